"""Read Label Studio's JSON export back: what people corrected of an export of ours, or any other.

Tasks that were not exported here are read as well: `document`, `id` or the task's number is the id
of a document, and the text is in `text`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.formats.annotated_document import AnnotatedDocument, Span, with_stated
from annotate.formats.corrections import Corrections, Problem
from annotate.formats.integers import as_pair
from annotate.formats.label_studio.annotators import agreed, names_of, passes, submitted
from annotate.formats.label_studio.configuration import TEXT, shown
from annotate.formats.label_studio.regions import ExportedTask, Labelling, read_spans
from annotate.formats.label_studio.source import Place, read_source
from annotate.formats.label_studio.writer import FORMAT, KEPT
from annotate.schema.categories import Schema


def read_label_studio(source: Path, schema: Schema) -> Corrections:
    """Read a file of tasks with annotations, exported as JSON.

    Raises:
        UsageError: where it is not such a file.
    """
    digest, tasks = read_source(source)
    reader = _Reader(schema)
    documents = tuple(reader.documents(tasks))
    return Corrections(
        "label-studio",
        str(source),
        digest,
        documents,
        tuple(reader.problems),
        reader.origin,
        reader.exported,
        reader.beside,
    )


class _Reader:
    """Reads the tasks of one file and gathers what goes wrong."""

    def __init__(self, schema: Schema) -> None:
        self.problems: list[Problem] = []
        self.origin: dict[str, JsonValue] = {}
        self.exported = 0
        self.beside: dict[str, bytes] = {}  # files that stand with gold that is made of it
        self._labelling = Labelling(schema)
        self._seen: set[str] = set()

    def documents(self, tasks: Iterable[tuple[Any, Place]]) -> Iterator[AnnotatedDocument]:
        """Yield the documents of the tasks that somebody annotated."""
        for number, (content, place) in enumerate(tasks):
            if not isinstance(content, dict) or not isinstance(content.get("data"), dict):
                message = "is not a task with data; export the project as JSON, not as JSON-MIN"
                self._problem(place, message)
                continue
            task = self._task(content, number, place)
            spans = self._spans(task, content) if task else None
            if task and spans is not None:
                yield AnnotatedDocument(task.document, spans, tuple(task.kept.get("chunks", ())))

    def _problem(self, place: Place, message: str) -> None:
        self.problems.append(Problem(str(place), message))

    def _task(self, content: Mapping[str, Any], number: int, place: Place) -> ExportedTask | None:
        data = content["data"]
        text, kept = data.get(TEXT), self._kept(place, data)
        if kept is None:
            return None
        if not isinstance(text, str):
            self._problem(place, f"has no text in its field {TEXT!r}; name the field so")
            return None
        self.exported += len(kept.get("regions", ()))
        # What the page shows may lack characters that no database takes; what was kept has them.
        name = kept.get("id") or data.get("document") or data.get("id") or content.get("id", number)
        document = Document(
            str(name),
            kept.get("text", text),
            kept.get("document_format", "text"),
        )
        if shown(document.text) != shown(text) or kept.get("sha256") not in (None, document.sha256):
            message = "is not the text that was exported; none of its annotations was read"
            self._problem(place, f"{message}, export the document again")
            return None
        try:
            document = with_stated(document, kept)
        except ValueError as error:
            self._problem(place, f"{error}; restore its field {KEPT!r}, or export it again")
            return None
        if document.id in self._seen:
            self._problem(place, f"is document {document.id} again; remove one of the two")
            return None
        self._seen.add(document.id)
        self.origin = self.origin or {n: kept[n] for n in ("schema", "run", "gold") if n in kept}
        return ExportedTask(place, document, kept)

    def _kept(self, place: Place, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return what an export kept in a task: {} where it kept nothing, None where damaged."""
        if KEPT not in data:
            return {}
        try:
            kept = json.loads(data[KEPT])
        except (TypeError, ValueError, RecursionError):
            kept = None
        if isinstance(kept, dict) and kept.get("format") == FORMAT and _is_whole(kept):
            return kept
        message = f"its field {KEPT!r} is damaged; restore it, or remove it to go without ids"
        self._problem(place, message)
        return None

    def _spans(self, task: ExportedTask, content: Mapping[str, Any]) -> tuple[Span, ...] | None:
        """Return what is marked in a task, None where nobody has submitted it.

        Of several annotations that is what everybody marked; each of them is kept as a pass.
        """
        made = submitted(content)
        if not made:
            self._problem(task.place, "nobody has annotated it; submit it in Label Studio")
            return None
        results = [each.get("result") for each in made]
        marked = [
            read_spans(task, each if isinstance(each, list) else [], self._labelling, self.problems)
            for each in results
        ]
        if len(made) == 1:
            return marked[0]
        self.beside.update(passes(task.document, names_of(made), marked))
        common, problems = agreed(str(task.place), task.document, made, marked)
        self.problems += problems
        return common


def _is_whole(kept: Mapping[str, Any]) -> bool:
    """Tell whether what a task keeps is as an export writes it."""
    regions, chunks = kept.get("regions"), kept.get("chunks")
    texts = (kept.get("id"), kept.get("sha256"), kept.get("document_format"), kept.get("text", ""))
    if not isinstance(regions, dict) or not isinstance(chunks, list):
        return False
    return all(isinstance(text, str) for text in texts) and all(map(_is_row, regions.values()))


def _is_row(row: object) -> bool:
    match row:
        case {"span": span, "category": str(), "attributes": dict()}:
            return as_pair(span) is not None
    return False
