"""A report in the names of another label set: which of them a document states, with quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.crosswalks.mapped import STATED_AS, MappedRun, standings
from annotate.crosswalks.table import Table
from annotate.report.content import Section
from annotate.report.report import Report, report_on
from annotate.report.sentences import Sentences
from annotate.reporting.crosswalk import standing_lines, unlabelled_lines


@dataclass(frozen=True)
class LabelReport(Report):
    """What a run says in the names of another label set."""

    run: MappedRun

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{self.run.table.title}: report on {self.name}"

    @property
    def preface(self) -> Sequence[str]:
        """How to read it, and what is to be known of single labels."""
        table = self.run.table
        first = (
            f"Statements stand below the labels of {table.title} that they belong to. That a label "
            "is stated says neither that this is enough nor that it is true."
        )
        notes = (f"{each.name}: {each.note}" for each in table.labels.values() if each.note)
        return (first, *super().preface, *notes)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """How the run was made, and the table by which its statements have their labels."""
        table = self.run.table
        return [*super().facts, ("labels", f"{table.name} {table.version}, {table.digest}")]

    @property
    def left(self) -> list[Section]:
        """Which documents state what, and what there is no account of: inputs, and statements."""
        sections: list[Section] = [
            ("Labels by document", list(standing_lines(standings(self.run)))),
            ("Statements without a label", unlabelled_lines(self.run)),
        ]
        return [*(each for each in sections if each[1]), *super().left]


def label_report(run: MappedRun) -> LabelReport:
    """Return the report on a run in the names of another label set.

    Raises:
        ProjectError, UsageError, RunError: as `report_on`.
    """
    made = report_on(run)
    sentences = _Labels(made.sentences, run.table)
    return LabelReport(run, sentences, made.chosen, made.notices)


class _Labels(Sentences):
    """The sentences of a task, below the titles of labels."""

    def __init__(self, sentences: Sentences, table: Table) -> None:
        super().__init__(sentences.schema, sentences.file)
        self._table = table

    @property
    def categories(self) -> Sequence[str]:
        return tuple(self._table.labels)

    def title(self, category: str) -> str:
        label = self._table.labels.get(category)
        return f"{label.name}: {label.title}" if label else super().title(category)

    def silence(self, category: str) -> str:
        return f"It states nothing of {self.title(category)}."

    def say(self, category: str, attributes: Mapping[str, JsonValue]) -> str:
        own = {name: value for name, value in attributes.items() if name != STATED_AS}
        return super().say(str(attributes[STATED_AS]), own)
