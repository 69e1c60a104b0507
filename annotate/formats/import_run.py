"""Import what people corrected in an annotation tool as a run.

An annotation that breaks the schema goes to the quarantine, as a model's would; a document that
could not be read is listed as unreadable. The manifest names the model `imported`, and says from
what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, groupby
from pathlib import Path
from typing import Any, get_args

from pydantic import JsonValue

from annotate.annotation import (
    CERTAINTY,
    VERIFICATION,
    Annotation,
    Evidence,
    Grounding,
    check_certainty,
)
from annotate.documents.document import Document
from annotate.errors import DocumentError, InvalidAnnotation
from annotate.formats.annotated_document import AnnotatedDocument, Span
from annotate.formats.corrections import Corrections, Problem
from annotate.formats.integers import are_integers
from annotate.grounding.merge import in_text_order
from annotate.ledger import Entry, Status
from annotate.project.tasks import Task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from annotate.schema.categories import Schema
from annotate.scoring.labels import stated
from annotate.version import version

MODEL = "imported"


def import_run(
    read: Corrections, task: Task, out: Path, *, replace: bool = False
) -> tuple[Run, list[Problem]]:
    """Write a run into a folder and return it, with what could not become a part of it.

    With `replace` any run in the folder may be replaced.

    What was evidence stays evidence where the words are the same; other words are cited exactly.
    Nothing was asked of a model: requests, tokens and cost are none.

    Raises:
        OutputExists: where the folder holds another run.
        UsageError: where it holds something else, or cannot be written.
    """
    problems: list[Problem] = []
    with RunWriter(out, _identity(read, task), version(), replace=replace) as writer:
        for each in read.documents:
            imported = _ImportedDocument(each, task.schema)
            for span in each.spans:
                imported.add(span)
            imported.quarantine_unread(read.problems)
            imported.report_repeats()
            writer.add(each.document, imported.in_order(), imported.entries(), imported.quarantine)
            problems += imported.problems
        for problem in read.problems:
            if problem.lost and not problem.document:
                writer.add_unreadable(DocumentError(problem.place, problem.message))
    return Run(out), problems


def _identity(read: Corrections, task: Task) -> dict[str, JsonValue]:
    return {
        "task": task.name,
        "schema": task.schema.fingerprint,
        "model": MODEL,
        "imported": {"from": read.tool, "sha256": read.digest, **read.origin},
        "inputs": [read.source],
        "repeat": 0,
    }


class _ImportedDocument:
    """What a run holds of one document: annotations, quarantine and ledger."""

    def __init__(self, annotated: AnnotatedDocument, schema: Schema) -> None:
        self.document = annotated.document
        self.problems: list[Problem] = []
        self.quarantine: list[dict[str, JsonValue]] = []
        self._schema = schema
        self._chunks = _chunks(annotated)
        self._annotations: list[Annotation] = []

    def add(self, span: Span) -> None:
        """Take an annotation, or quarantine it where it breaks the schema."""
        item = span.item()
        try:
            stated = self._schema.parse(item)
        except InvalidAnnotation as error:
            quote = self.document.text[span.start : span.end]
            self._refuse({**item, "quote": quote}, list(error.problems), span.start)
            self._problem(span, f"breaks the schema ({error}) and is in the quarantine; correct it")
            return
        if span.kept.get("note"):
            self._problem(span, "its remark is not part of a run; import it as gold", lost=False)
        self._annotations.append(self._annotation(span, stated.attribute_values()))

    def quarantine_unread(self, problems: Iterable[Problem]) -> None:
        """Quarantine what could not be read of this document."""
        for each in problems:
            if each.lost and each.item is not None and each.document == self.document.id:
                self._refuse(each.item, [each.message], 0)

    def report_repeats(self) -> None:
        """Report annotations that merging would unite; people may have meant both."""
        ordered = groupby(self.in_order(), key=lambda a: (a.start, a.end, a.category))
        for (start, end, category), group in ordered:
            for first, second in combinations(group, 2):
                if self._schema.unite(category, first.attributes, second.attributes):
                    place = f"{self.document.id} [{start}:{end}]"
                    message = f"two {category} say the same of the same words; unite them"
                    self.problems.append(Problem(place, message, self.document.id, lost=False))

    def in_order(self) -> list[Annotation]:
        """Return the annotations in the order that merging gives them."""
        return in_text_order(self._annotations, self._schema)

    def entries(self) -> list[Entry]:
        """Return how the chunks were read, with what came of each."""
        refused = [row["chunk"] for row in self.quarantine]
        cited = [each.chunk for found in self._annotations for each in found.evidence]
        return [
            Entry(
                self.document.id,
                chunk.chunk,
                chunk.start,
                chunk.end,
                _status(chunk.status, chunk.chunk in refused),
                annotations=cited.count(chunk.chunk),
                invalid=refused.count(chunk.chunk),
                note=MODEL,
            )
            for chunk in self._chunks
        ]

    def _annotation(self, span: Span, attributes: Mapping[str, JsonValue]) -> Annotation:
        quote = self.document.text[span.start : span.end]
        pieces = span.pieces or ((span.start, span.end),)
        cited = tuple(self._cited(start, end) for start, end in pieces)
        fresh = Annotation(
            self.document.id,
            span.start,
            span.end,
            span.category,
            attributes,
            quote,
            cited,
        )
        if "evidence" not in span.kept:
            return fresh
        if not _is_evidence(span.kept["evidence"], span):
            self._problem(span, "its evidence is damaged; the words count as cited", lost=False)
            return fresh
        row = {**fresh.to_json(), "evidence": span.kept["evidence"]}
        return Annotation.from_json({**row, **_certainty(span)})

    def _cited(self, start: int, end: int) -> Evidence:
        words = self.document.text[start:end]
        return Evidence(words, start, end, "exact", self._chunk_at(start))

    def _chunk_at(self, start: int) -> int:
        found = (each.chunk for each in self._chunks if each.start <= start < each.end)
        return next(found, self._chunks[0].chunk)

    def _refuse(self, item: JsonValue, problems: list[str], start: int) -> None:
        self.quarantine.append(
            {
                "document": self.document.id,
                "chunk": self._chunk_at(start),
                "kind": "invalid",
                "problems": [*problems],
                "item": item,
            }
        )

    def _problem(self, span: Span, message: str, *, lost: bool = True) -> None:
        self.problems.append(Problem(span.place, message, self.document.id, lost=lost))


def _chunks(annotated: AnnotatedDocument) -> list[Entry]:
    """Return how a run read the text, or one chunk of all of it where a person did."""
    document = annotated.document
    found = [_entry(document, row) for row in annotated.chunks]
    whole = Entry(document.id, 0, 0, len(document.text), "ok")
    return [each for each in found if each is not None] or [whole]


def _entry(document: Document, row: Mapping[str, Any]) -> Entry | None:
    match row:
        case {"chunk": int(chunk), "start": int(start), "end": int(end), "status": str(status)}:
            if are_integers(chunk, start, end) and status in get_args(Status):
                return Entry(document.id, chunk, start, end, status)  # type: ignore[arg-type]
    return None


def _status(status: Status, refused: bool) -> Status:
    # "partial" says that something of an answer is in the quarantine, as it does for a model's.
    return "partial" if refused and status in ("ok", "repaired") else status


def _is_evidence(rows: object, span: Span) -> bool:
    """Tell whether what a tool kept for us is still evidence for the words of a span."""
    return isinstance(rows, list) and bool(rows) and all(_cites(row, span) for row in rows)


def _certainty(span: Span) -> dict[str, Any]:
    """Return how sure its maker was of a span; nothing where a person has changed its values."""
    # A verdict is not kept: whoever corrected the annotations has seen it.
    names = (name for name in CERTAINTY if name != VERIFICATION and name in span.kept)
    kept: dict[str, Any] = {name: span.kept[name] for name in names}
    try:
        check_certainty(kept)
    except (TypeError, ValueError):
        return {}
    said = {name: {*values} for name, values in kept.get("value_confidence", {}).items()}
    now = {name: {*stated(value)} for name, value in span.attributes.items() if stated(value)}
    return kept if said in ({}, now) else {}


def _cites(row: object, span: Span) -> bool:
    if not isinstance(row, dict):
        return False
    numbers = (row[each] for each in ("start", "end", "chunk", "places") if each in row)
    if not are_integers(*numbers):
        return False
    match row:
        case {
            "start": int(),
            "end": int(),
            "grounding": str(found),
            "chunk": int(),
            "quote": str(),
        }:
            return found in get_args(Grounding)
        case {"quote": _}:
            return False
        case {"start": int(start), "end": int(end), "grounding": str(found), "chunk": int()}:
            inside = span.start <= start <= end <= span.end  # what it quotes is what stands there
            return inside and found in get_args(Grounding)
    return False
