"""Write a matrix of documents and facts as one HTML page: a table, which a script can filter.

Without the script the whole table is there, and on paper too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotate.formatting import NOTHING, ratio
from annotate.report.facts import Count, Matrix, Stance, State
from annotate.report.report import Report
from annotate.scoring.facts import Fact
from annotate.viewer.page import asset, render

SIGNS: dict[State, str] = {
    "stated": "yes",
    "denied": "no",
    "both": "both",
    "silent": NOTHING,
    "unknown": "?",
}
_SKELETON = Path(__file__).with_name("assets") / "matrix.html"
_MOST_DOCUMENTS = 500  # a browser that draws more cells is of no use
_MOST_ON_PAPER = 8  # columns that landscape A4 has room for


@dataclass(frozen=True, slots=True)
class _Row:
    """A fact as the page shows it."""

    fact: Fact
    title: str
    count: Count
    stances: tuple[Stance, ...]

    @property
    def interval(self) -> str:
        ends = self.count.interval
        return NOTHING if ends is None else f"{ratio(ends[0])} to {ratio(ends[1])}"


def matrix_page(report: Report, matrix: Matrix) -> str:
    """Return a matrix as a page; facts that no document states are left out, and it says so."""
    shown = list(_rows(report, matrix))
    notices, notes = list(report.notices), []
    documents = matrix.documents
    if left := len(matrix.facts) - len(shown):
        notes.append(f"{left} facts that no document states are left out; CSV has them.")
    if len(documents) > _MOST_DOCUMENTS:
        notices.append(
            f"{len(documents):,} documents have no room on a page: only their counts are shown; "
            "CSV and Parquet have each of them."
        )
        documents = ()
    tags = dict.fromkeys(row.fact.category for row in shown)
    return render(
        _SKELETON,
        asset("matrix.css"),
        asset("matrix.js"),
        title=f"What the documents of {report.name} state",
        notices=notices,
        notes=notes,
        facts=report.facts,
        left=report.left,
        categories=[(tag, report.sentences.title(tag)) for tag in tags],
        signs=SIGNS,
        documents=documents,
        wide=len(documents) > _MOST_ON_PAPER,
        rows=shown,
    )


def _rows(report: Report, matrix: Matrix) -> Iterator[_Row]:
    few = len(matrix.documents) <= _MOST_DOCUMENTS
    for position, fact in enumerate(matrix.facts):
        count = matrix.count(position)
        if count.stated or count.denied or not fact.attribute:
            stances = tuple(row[position] for row in matrix.rows) if few else ()
            yield _Row(fact, _title(report, fact), count, stances)


def _title(report: Report, fact: Fact) -> str:
    if not fact.attribute:
        return report.sentences.title(fact.category)
    name, value = (each.replace("_", " ") for each in (fact.attribute, fact.value))
    return f"{name}: {value}" if value else name
