"""The rows of the tables: what one run says of itself, of its documents and of its annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeAlias

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.formats.metadata import source_of
from annotate.formats.tables.columns import VERSION
from annotate.runs.found import annotated, found_in
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.silence import Silence
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
        order = list(self._run.schema.categories) if self._run.schema else []
        for found in found_in(self._run, self._selection):
            document, entries = found.document, found.entries
            own = {each.category for each in found.annotations}
            silence = found.silence(own) if self._run.schema else None
            yield {
                **self._made,
                **_of_document(document),
                "format": document.format,
                "language": document.languages.main or None,
                "characters": len(document.text),
                "pages": len(document.layout.pages) if document.layout else 0,
                "chunks": len(entries),
                "answered": sum(each.answered for each in entries),
                "annotations": len(found.annotations),
                "found": [tag for tag in order if tag in own] or sorted(own),
                **_of_silence(silence),
            }

    def annotations(self) -> Iterator[Row]:
        """Yield a row for each annotation that is meant."""
        numbers = count()
        for document, own in annotated(self._run):
            known = {**self._made, **_of_document(document)}
            for each, number in zip(own, numbers, strict=False):
                if self._selection.takes(each):
                    yield {**known, "number": number, **_of_annotation(document, each)}


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


def _of_annotation(document: Document, annotation: Annotation) -> Row:
    source: Mapping[str, Any] = source_of(document, annotation)
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
