"""Documents with their annotations on the way to an annotation tool and back.

A `Span` is an annotation as such a tool holds it. What the tool neither shows nor changes travels
with the span as `kept`, so that what nobody touched comes back as it was. The formats know only
annotated documents, not whether these come from a run or from gold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.documents.languages import Languages
from annotate.documents.layout import Layout
from annotate.documents.provenance import Provenance
from annotate.formats.integers import as_pair
from annotate.gold.sources import SourceDocument
from annotate.gold.store import Gold, GoldAnnotation
from annotate.ledger import Entry
from annotate.runs.found import found_in
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.schema.categories import Schema

PIECES = "pieces"
"""What is kept of a span that a person marked in several pieces: the start and end of each."""

_RESULTS = ("format", "annotate", "status", "counts", "statuses", "refused", "usage", "inputs")
"""What a manifest says beyond how the run was made."""
# What a span says itself of an annotation of gold; the rest of its row is kept with it.
_PLACED = ("document", "start", "end", "category", "attributes", "quote", "line")


@dataclass(frozen=True, slots=True)
class Span:
    """An annotation in a tool: what it shows, and what only we keep.

    Attributes:
        start, end: code points, half-open.
        kept: of a run its `evidence`, and how sure it is where it says so; of gold `id`, `status`,
            `must_find` and `note`; `pieces` where a person marked words that do not follow each
            other.
        place: where it was read, for messages; "" where it was not.
    """

    start: int
    end: int
    category: str
    attributes: Mapping[str, JsonValue]
    kept: Mapping[str, JsonValue] = field(default_factory=dict)
    place: str = field(default="", compare=False)

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """The pieces that a person marked in it; none where it is whole."""
        kept = self.kept.get(PIECES)
        found = (as_pair(each) for each in (kept if isinstance(kept, list) else ()))
        return [each for each in found if each and self.start <= each[0] <= each[1] <= self.end]

    def item(self) -> dict[str, JsonValue]:
        """Return category and attributes as a schema parses them."""
        return {**self.attributes, "category": self.category}


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with its spans.

    Attributes:
        chunks: how its text was read, as rows of `chunk`, `start`, `end` and `status`; empty where
            no run read it.
    """

    document: Document
    spans: tuple[Span, ...]
    chunks: tuple[Mapping[str, JsonValue], ...] = ()


def stated_of(document: Document) -> dict[str, JsonValue]:
    """Return what is known of a document beside its text, for an export to keep.

    No tool shows it; without it what comes back would be divided as a plain text.
    """
    kept: dict[str, JsonValue] = {"provenance": document.provenance.to_json()}
    if document.layout:
        kept["layout"] = document.layout.to_json()
    if document.stated_languages:
        kept["languages"] = document.stated_languages.to_json()
    return kept


def with_stated(document: Document, kept: Mapping[str, Any]) -> Document:
    """Return a document with what an export kept of it.

    Raises:
        ValueError: where that is damaged, or of another text.
    """
    try:
        return replace(
            document,
            provenance=Provenance.from_json(kept.get("provenance", {})),
            layout=Layout.from_json(kept["layout"], len(document.text))
            if "layout" in kept
            else None,
            stated_languages=Languages.from_json(kept.get("languages", {})),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"what it says of its source is damaged ({error})") from None


def origin_of_run(run: Run, schema: Schema) -> dict[str, JsonValue]:
    """Return what an export of a run says about where it comes from."""
    made = {name: value for name, value in run.manifest.items() if name not in _RESULTS}
    return {"schema": f"{schema.name} {schema.version}", "run": made}


def documents_of_run(run: Run, selection: Selection) -> Iterator[AnnotatedDocument]:
    """Yield those documents of a run that are meant, each with all that was found in it.

    Raises:
        RunError: where a row is damaged, or names a document that the run does not hold.
    """
    for each in found_in(run, selection):
        own = tuple(map(_span, selection.of(each.annotations)))
        yield AnnotatedDocument(each.document, own, tuple(map(_chunk, each.entries)))


def _span(annotation: Annotation) -> Span:
    evidence = annotation.to_json()["evidence"]
    return Span(
        annotation.start,
        annotation.end,
        annotation.category,
        annotation.attributes,
        {"evidence": evidence, **annotation.certainty()},
    )


def _chunk(entry: Entry) -> dict[str, JsonValue]:
    return {
        "chunk": entry.chunk,
        "start": entry.start,
        "end": entry.end,
        "status": entry.status,
    }


def origin_of_gold(gold: Gold) -> dict[str, JsonValue]:
    """Return what an export of gold says about where it comes from."""
    manifest = gold.manifest
    return {
        "schema": manifest.labelled_with,
        "gold": {"gold": manifest.gold, "codebook": manifest.codebook},
    }


def documents_of_gold(
    gold: Gold, sources: Mapping[str, SourceDocument]
) -> Iterator[AnnotatedDocument]:
    """Yield the documents of gold; `sources` holds every one of them."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for each in gold.annotations:
        spans[each.document].append(_gold_span(each))
    for pinned in gold.manifest.documents:
        yield AnnotatedDocument(sources[pinned.id].document, tuple(spans[pinned.id]))


def _gold_span(each: GoldAnnotation) -> Span:
    kept = {name: value for name, value in each.to_json().items() if name not in _PLACED}
    return Span(each.start, each.end, each.category, each.attributes, kept)
