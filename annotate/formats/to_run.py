"""Make a run of what was read from an annotation tool.

An annotation that breaks the schema goes to the quarantine, as a model's would; a document that
could not be read is listed as unreadable. The manifest names the model `imported`, and says from
what.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence, Grounding
from annotate.documents.document import Document
from annotate.errors import DocumentError, InvalidAnnotation
from annotate.formats.annotated_document import Mark, Sheet
from annotate.formats.corrections import Corrections, Problem
from annotate.ledger import Entry, Status
from annotate.project.tasks import Task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from annotate.schema.categories import Schema
from annotate.version import version

MODEL = "imported"


def import_run(read: Corrections, task: Task, out: Path) -> tuple[Run, list[Problem]]:
    """Write a run into a folder and return it, with what could not become a part of it.

    What was evidence stays evidence where the words are the same; other words are cited exactly.
    Nothing was asked of a model: requests, tokens and cost are none.

    Raises:
        OutputExists: where the folder holds another run.
        UsageError: where it holds something else, or cannot be written.
    """
    problems: list[Problem] = []
    with RunWriter(out, _identity(read, task), version()) as writer:
        for sheet in read.sheets:
            made = _Made(sheet, task.schema)
            for mark in sheet.marks:
                made.add(mark)
            made.unread(read.problems)
            writer.add(sheet.document, made.in_order(), made.entries(), made.quarantine)
            problems += made.problems
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


class _Made:
    """What becomes of one sheet."""

    def __init__(self, sheet: Sheet, schema: Schema) -> None:
        self.document = sheet.document
        self.problems: list[Problem] = []
        self.quarantine: list[dict[str, JsonValue]] = []
        self._schema = schema
        self._rank = {category: position for position, category in enumerate(schema.categories)}
        self._chunks = _chunks(sheet)
        self._annotations: list[Annotation] = []

    def add(self, mark: Mark) -> None:
        """Take an annotation, or quarantine it where it breaks the schema."""
        item: dict[str, JsonValue] = {**mark.attributes, "category": mark.category}
        try:
            self._schema.parse(item)
        except InvalidAnnotation as error:
            quote = self.document.text[mark.start : mark.end]
            self._refuse({**item, "quote": quote}, list(error.problems), mark.start)
            self._problem(mark, f"breaks the schema ({error}) and is in the quarantine; mend it")
            return
        if mark.kept.get("note"):
            self._problem(mark, "its remark is not part of a run; import it as gold", lost=False)
        self._annotations.append(self._annotation(mark))

    def unread(self, problems: Iterable[Problem]) -> None:
        """Quarantine what could not be read of this document, and report what is there twice."""
        for each in problems:
            if each.lost and each.document == self.document.id:
                self._refuse(each.item, [each.message], 0)
        self._report_repeats()

    def in_order(self) -> list[Annotation]:
        """Return the annotations in the order that merging gives them."""
        return sorted(
            self._annotations,
            key=lambda a: (
                a.start,
                a.end,
                self._rank[a.category],
                json.dumps(a.attributes, sort_keys=True),
            ),
        )

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

    def _annotation(self, mark: Mark) -> Annotation:
        quote = self.document.text[mark.start : mark.end]
        cited = Evidence(quote, mark.start, mark.end, "exact", self._chunk_at(mark.start))
        fresh = Annotation(
            self.document.id,
            mark.start,
            mark.end,
            mark.category,
            self._written(mark),
            quote,
            (cited,),
        )
        if "evidence" not in mark.kept:
            return fresh
        if not _is_evidence(mark.kept["evidence"], mark):
            self._problem(mark, "its evidence is damaged; the words count as cited", lost=False)
            return fresh
        return Annotation.from_json({**fresh.to_json(), "evidence": mark.kept["evidence"]})

    def _written(self, mark: Mark) -> Mapping[str, JsonValue]:
        """Return the attributes in full and in the order of the schema."""
        item = {**mark.attributes, "category": mark.category}
        return self._schema.parse(item).attribute_values()

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

    def _problem(self, mark: Mark, message: str, *, lost: bool = True) -> None:
        self.problems.append(Problem(mark.place, message, self.document.id, lost=lost))

    def _report_repeats(self) -> None:
        ordered = self.in_order()
        for number, first in enumerate(ordered):
            for second in ordered[number + 1 :]:
                if (first.start, first.end, first.category) != (
                    second.start,
                    second.end,
                    second.category,
                ):
                    break
                if self._schema.unite(first.category, first.attributes, second.attributes):
                    place = f"{self.document.id} [{first.start}:{first.end}]"
                    message = f"two {first.category} say the same of the same words; unite them"
                    self.problems.append(Problem(place, message, self.document.id, lost=False))


def _chunks(sheet: Sheet) -> list[Entry]:
    """Return how a run read the text, or one chunk of all of it where a person did."""
    found = [_entry(sheet.document, row) for row in sheet.chunks]
    whole = Entry(sheet.document.id, 0, 0, len(sheet.document.text), "ok")
    return [each for each in found if each is not None] or [whole]


def _entry(document: Document, row: Mapping[str, Any]) -> Entry | None:
    match row:
        case {"chunk": int(chunk), "start": int(start), "end": int(end), "status": str(status)}:
            if status in get_args(Status):
                return Entry(document.id, chunk, start, end, status)  # type: ignore[arg-type]
    return None


def _status(status: Status, refused: bool) -> Status:
    return "partial" if refused and status in ("ok", "repaired") else status


def _is_evidence(rows: object, mark: Mark) -> bool:
    """Tell whether what a tool kept for us is still evidence for the words of a mark."""
    return isinstance(rows, list) and bool(rows) and all(_cites(row, mark) for row in rows)


def _cites(row: object, mark: Mark) -> bool:
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
            inside = mark.start <= start <= end <= mark.end  # what it quotes is what stands there
            return inside and found in get_args(Grounding)
    return False
