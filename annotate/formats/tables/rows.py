"""The rows of the tables: what one run says of itself, of its documents and of its annotations."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import RunError
from annotate.formats.metadata import Sources
from annotate.formats.tables.columns import VERSION
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.silence import Silence, silences
from annotate.schema.vocabulary import singles, word_of

Row: TypeAlias = dict[str, Any]

_COUNTS = (
    "documents",
    "unreadable",
    "skipped",
    "characters",
    "chunks",
    "annotations",
    "quarantined",
)
_USAGE = ("requests", "prompt_tokens", "completion_tokens", "cost")
_NO_SCHEMA = "the schema that the run was made with is not at hand"


class RunRows:
    """The rows of one run.

    Args:
        run: the run.
        selection: which documents and annotations are meant.
    """

    def __init__(self, run: Run, selection: Selection) -> None:
        self._run = run
        self._selection = selection
        self._made = _made(run)

    def of_run(self) -> Row:
        """Return the row of the run."""
        manifest = self._run.manifest
        return {
            **self._made,
            "annotate": manifest.get("annotate"),
            "tables": VERSION,
            "complete": self._run.complete,
            **{name: manifest["counts"].get(name) for name in _COUNTS},
            **{name: manifest["usage"].get(name) for name in _USAGE},
        }

    def documents(self) -> Iterator[Row]:
        """Yield a row for each document, whether anything was found in it or not."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for annotation in self._run.annotations():
            found[annotation.document][annotation.category] += 1
        chunks, answered = Counter[str](), Counter[str]()
        for entry in self._run.ledger():
            chunks[entry.document] += 1
            answered[entry.document] += entry.answered
        order = list(self._run.schema.categories) if self._run.schema else []
        for document, silence in self._silences():
            if not self._selection.takes_document(document.id):
                continue
            own = found[document.id]
            yield {
                **self._made,
                **_of_document(document),
                "format": document.format,
                "language": document.languages.main or None,
                "characters": len(document.text),
                "pages": len(document.layout.pages) if document.layout else 0,
                "chunks": chunks[document.id],
                "answered": answered[document.id],
                "annotations": own.total(),
                "found": [tag for tag in order if tag in own] or sorted(own),
                **_of_silence(silence),
            }

    def annotations(self) -> Iterator[Row]:
        """Yield a row for each annotation that is meant."""
        sources = Sources.of(self._run)
        documents = {each.id: _of_document(each) for each in self._run.documents()}
        for number, annotation in enumerate(self._run.annotations()):
            if not self._selection.takes(annotation):
                continue
            if annotation.document not in documents:
                raise RunError(
                    f"{self._run.path}/annotations.jsonl:{number + 1}: its document is not in "
                    "documents.jsonl; the same annotate run writes it anew"
                )
            yield {
                **self._made,
                **documents[annotation.document],
                "number": number,
                **_of_annotation(annotation, sources),
            }

    def _silences(self) -> Iterator[tuple[Document, Silence | None]]:
        schema = self._run.schema
        if schema is not None:
            yield from silences(self._run, schema.categories)
        else:
            yield from ((document, None) for document in self._run.documents())


def _made(run: Run) -> Row:
    """Return how a run was made, which every row says."""
    manifest = run.manifest
    return {
        "run": run.path.as_posix(),
        "task": manifest.get("task"),
        "schema": manifest.get("schema"),
        "schema_version": run.schema.version if run.schema else None,
        "model": manifest["model"],
        "prompt": manifest.get("prompt"),
        "repeat": manifest.get("repeat", 0),
        "date": _date(run),
    }


def _date(run: Run) -> datetime | None:
    """Return when a run was last made or resumed, in UTC; None where its history does not say."""
    for row in reversed(run.history()):
        try:
            return datetime.fromisoformat(row["time"]).astimezone(UTC).replace(tzinfo=None)
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
    return None


def _of_document(document: Document) -> Row:
    source = document.provenance
    return {
        "document": document.id,
        "text_sha256": document.sha256,
        "source": source.name or None,
        "source_sha256": source.sha256 or None,
        "metadata": json.dumps(dict(source.metadata)) if source.metadata else None,
    }


def _of_silence(silence: Silence | None) -> Row:
    """Return what was not found; None stands for what nobody can say without the schema."""
    if silence is None:
        return {"silent": None, "unknown": None, "why": _NO_SCHEMA}
    silent, unknown = list(silence.silent), list(silence.open)
    return {"silent": silent, "unknown": unknown, "why": silence.why or None}


def _of_annotation(annotation: Annotation, sources: Sources) -> Row:
    source: Mapping[str, Any] = sources.source(annotation)
    said = annotation.verification
    return {
        "category": annotation.category,
        "attributes": [
            (name, [word_of(each) for each in singles(value)])
            for name, value in annotation.attributes.items()
        ],
        "quote": annotation.quote,
        "start": annotation.start,
        "end": annotation.end,
        "pages": source["pages"],
        "language": source["language"] or None,
        "furniture": source["furniture"] or None,
        "grounding": annotation.grounding,
        "ambiguous": annotation.ambiguous,
        "evidence": [each.quote for each in annotation.evidence],
        "confidence": annotation.confidence,
        "value_confidence": [
            (n, [*each.items()]) for n, each in annotation.value_confidence.items()
        ],
        "verdict": said.verdict if said else None,
        "unsupported": [(name, [*values]) for name, values in said.values.items()] if said else [],
        "verdict_reason": (said.reason or None) if said else None,
    }
