"""Documents with their annotations on the way to an annotation tool and back.

A `Sheet` is a document as such a tool holds it, a `Mark` an annotation in it. What the tool neither
shows nor changes travels with the mark as `kept`, so that what nobody touched comes back as it was.
The formats know sheets alone, not whether they come from a run or from gold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import RunError
from annotate.gold.sources import SourceDocument
from annotate.gold.store import Gold, GoldAnnotation
from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.schema.categories import Schema

_RESULTS = ("format", "annotate", "status", "counts", "statuses", "refused", "usage", "inputs")
"""What a manifest says beyond how the run was made."""
_PLACED = ("document", "start", "end", "category", "attributes", "quote", "line")


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation in a tool: what it shows, and what only we keep.

    Attributes:
        start, end: code points, half-open.
        kept: of a run its `evidence`; of gold `id`, `status`, `must_find` and `note`.
        place: where it was read, for messages; "" where it was not.
    """

    start: int
    end: int
    category: str
    attributes: Mapping[str, JsonValue]
    kept: Mapping[str, JsonValue] = field(default_factory=dict)
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its marks.

    Attributes:
        chunks: how its text was read, as rows of `chunk`, `start`, `end` and `status`; empty where
            no run read it.
    """

    document: Document
    marks: tuple[Mark, ...]
    chunks: tuple[Mapping[str, JsonValue], ...] = ()


def origin_of(run: Run, schema: Schema) -> dict[str, JsonValue]:
    """Return what an export of a run says about where it comes from."""
    made = {name: value for name, value in run.manifest.items() if name not in _RESULTS}
    return {"schema": f"{schema.name} {schema.version}", "run": made}


def sheets_of(run: Run) -> Iterator[Sheet]:
    """Yield the documents of a run.

    Raises:
        RunError: where a row is damaged, or names a document that the run does not hold.
    """
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    chunks: defaultdict[str, list[Mapping[str, JsonValue]]] = defaultdict(list)
    for annotation in run.annotations():
        marks[annotation.document].append(_mark(annotation))
    for entry in run.ledger():
        chunks[entry.document].append(_chunk(entry))
    for document in run.documents():
        yield Sheet(document, tuple(marks.pop(document.id, ())), tuple(chunks[document.id]))
    for name in marks:
        raise RunError(f"{run.path}/annotations.jsonl: {name} is not in documents.jsonl")


def _mark(annotation: Annotation) -> Mark:
    evidence = annotation.to_json()["evidence"]
    return Mark(
        annotation.start,
        annotation.end,
        annotation.category,
        annotation.attributes,
        {"evidence": evidence},
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
        "schema": f"{manifest.schema_name} {manifest.schema_version}",
        "gold": {"gold": manifest.gold, "codebook": manifest.codebook},
    }


def sheets_of_gold(gold: Gold, sources: Mapping[str, SourceDocument]) -> Iterator[Sheet]:
    """Yield the documents of gold; `sources` holds every one of them."""
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for each in gold.annotations:
        marks[each.document].append(_gold_mark(each))
    for pinned in gold.manifest.documents:
        yield Sheet(sources[pinned.id].document, tuple(marks[pinned.id]))


def _gold_mark(each: GoldAnnotation) -> Mark:
    kept = {name: value for name, value in each.to_json().items() if name not in _PLACED}
    return Mark(each.start, each.end, each.category, each.attributes, kept)
