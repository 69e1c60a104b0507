"""A run in the names of another label set: its annotations, once for each label that they reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from annotate.annotation import Annotation
from annotate.crosswalks.table import Label, Table, find_table
from annotate.crosswalks.target import schema_of
from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.ledger import Entry
from annotate.project.tasks import Task, load_task
from annotate.runs.found import silences
from annotate.runs.reader import Run
from annotate.runs.silence import claimed_category
from annotate.schema.categories import Schema
from annotate.schema.vocabulary import Vocabulary

STATED_AS = "stated_as"
"""The attribute that says by which category of the task something was stated."""


class MappedRun(Run):
    """A run whose annotations are called as another label set calls them.

    An annotation stands there once for each label that it reaches, with its attributes and with
    `stated_as`, its category in the task; one that reaches none is left out, and `unlabelled`
    counts these. Documents, ledger and settings are those of the run.

    Attributes:
        task: the task of the run.
        table: says which annotation is called what.
    """

    def __init__(self, run: Run, task: Task, table: Table) -> None:
        self.path = run.path
        self.task = task
        self.table = table
        made = {"to": table.name, "version": table.version, "sha256": table.digest}
        self.manifest = {**run.manifest, "crosswalk": made}
        self._run = run

    @cached_property
    def schema(self) -> Schema:
        """The labels, as categories without attributes."""
        return schema_of(self.table)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The labels, with what their annotations state."""
        stated = Vocabulary.of_annotations(self._annotations())
        return stated | Vocabulary.of_schema(self.schema)

    def documents(self) -> Iterator[Document]:
        """Yield the documents of the run."""
        return self._run.documents()

    def document_names(self) -> Iterator[str]:
        """Yield the ids of the documents of the run."""
        return self._run.document_names()

    def ledger(self) -> Iterator[Entry]:
        """Yield how each chunk of the run ended."""
        return self._run.ledger()

    def quarantine(self) -> Iterator[dict[str, Any]]:
        """Yield the refused answers, once for each label that their category may reach."""
        for row in self._run.quarantine():
            category = claimed_category(row.get("item"))
            if category not in self.table.schema.categories:
                yield row  # it may have meant any label
                continue
            for label in self.table.reached_by(category):
                yield {**row, "item": {**row["item"], "category": label, STATED_AS: category}}

    def unreadable(self) -> Iterator[dict[str, Any]]:
        """Yield the inputs of the run that could not be read."""
        return self._run.unreadable()

    def history(self) -> list[dict[str, Any]]:
        """Return when the run was made or resumed."""
        return self._run.history()

    def sent(self) -> list[dict[str, Any]]:
        """Return the requests of the run that ask for a chunk."""
        return self._run.sent()

    def unlabelled(self) -> Counter[tuple[str, str]]:
        """Count the annotations without a label, by category and why the table leaves them out."""
        table = self.table
        return Counter(
            (each.category, table.why_left_out(each))
            for each in self._run.annotations()
            if not table.labels_of(each)
        )

    def _annotations(self) -> Iterator[Annotation]:
        for each in self._run.annotations():
            attributes = {STATED_AS: each.category, **each.attributes}
            for label in self.table.labels_of(each):
                yield replace(each, category=label, attributes=attributes)


def crosswalk(run: Run | str | Path, to: str) -> MappedRun:
    """Return a run in the names of another label set; `to` names a table beside its schema.

    Raises:
        RunError: where there is no run.
        ProjectError: where the task has no such table, or it cannot be used.
        UsageError: where the run was made with another schema than stands here.
    """
    opened = run if isinstance(run, Run) else Run(run)
    task = load_task(str(opened.manifest.get("task", "")))
    table = find_table(task, to)
    if opened.manifest.get("schema") != task.schema.fingerprint:
        raise UsageError(
            f"{opened.path}: was made with another schema {task.name} than stands here, which the "
            "table belongs to; run it again"
        )
    return MappedRun(opened, task, table)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the documents of a run say of one label.

    Attributes:
        annotations: how many have it.
        stated: the documents that state something of it.
        silent: those that do not.
        open: those of which nobody knows, since not all of them was read.
    """

    label: Label
    annotations: int
    stated: tuple[str, ...]
    silent: tuple[str, ...]
    open: tuple[str, ...]


def standings(run: MappedRun) -> list[Standing]:
    """Return what is said of each label, in the order of the table.

    Raises:
        RunError: where the run is damaged.
    """
    counts = Counter(each.category for each in run.annotations())
    known = [(document.id, found) for document, found in silences(run, run.table.labels)]
    return [
        Standing(
            label,
            counts[name],
            tuple(doc for doc, found in known if name not in (*found.silent, *found.open)),
            tuple(doc for doc, found in known if name in found.silent),
            tuple(doc for doc, found in known if name in found.open),
        )
        for name, label in run.table.labels.items()
    ]
