"""A page about what changed: the statements of two sides beside each other, in text order.

It runs no script: what is shown of it is chosen with boxes to tick, which its style reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate.differences.changes import KINDS, OF_CONTENT, Change
from annotate.differences.diff import Diff, DocumentDiff
from annotate.differences.sides import Reading
from annotate.differences.statements import Statement
from annotate.differences.words import Piece, word_changes
from annotate.reporting import diff_wording as wording
from annotate.viewer.legend import Legend
from annotate.viewer.page import asset, colours, render
from annotate.viewer.palette import Sign

_SKELETON = Path(__file__).with_name("assets") / "diff.html"
_MOST_CONTEXT = 2  # of the headings and stems above a statement, the nearest


@dataclass(frozen=True, slots=True)
class _Side:
    context: Sequence[str]
    pieces: Sequence[Piece]
    place: str


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    category: str
    sign: Sign
    what: str
    before: _Side | None
    after: _Side | None


def diff_page(diff: Diff) -> str:
    """Return one HTML file about a difference, with everything that was kept."""
    legend = Legend.of(diff.schema, (change.category for change in diff.changes))
    counts = Counter(change.kind for change in diff.changes)
    kinds = [
        {
            "name": kind,
            "meaning": wording.MEANINGS[kind],
            "count": f"{counts[kind]:,}",
            "shown": kind in OF_CONTENT,
        }
        for kind in KINDS
    ]
    return render(
        _SKELETON,
        f"{colours()}{asset('diff.css')}",
        title=wording.title(diff),
        verdict=wording.verdict(diff),
        notes=diff.notes,
        columns=wording.COLUMNS,
        rows=list(wording.category_rows(diff)),
        kinds=kinds,
        documents=[_document(each, legend) for each in diff.documents],
    )


def _document(document: DocumentDiff, legend: Legend) -> Mapping[str, object]:
    return {
        "headline": wording.headline(document),
        "facts": list(wording.facts(document)),
        "before": f"before: {document.before.document.id}",
        "after": f"after: {document.after.document.id}",
        "changes": list(_rows(document, legend)),
    }


def _rows(document: DocumentDiff, legend: Legend) -> Iterator[_Row]:
    for change in document.changes:
        left, right = _pieces(change)
        yield _Row(
            change.kind,
            change.category,
            legend.signs[legend.places[change.category]],
            wording.what(change).removeprefix(change.category).lstrip(":, "),
            _side(change.before, left, document.before),
            _side(change.after, right, document.after),
        )


def _pieces(change: Change) -> tuple[Sequence[Piece], Sequence[Piece]]:
    before, after = (
        side.annotation.quote if side else "" for side in (change.before, change.after)
    )
    if change.before and change.after and change.reworded:
        return word_changes(before, after)
    return [Piece("same", before)], [Piece("same", after)]


def _side(statement: Statement | None, pieces: Sequence[Piece], reading: Reading) -> _Side | None:
    if statement is None:
        return None
    made = statement.annotation
    pages = [str(page.number) for page in reading.document.pages_of(made.start, made.end)]
    place = f"page {', '.join(pages)}" if pages else ""
    return _Side(statement.context[-_MOST_CONTEXT:], pieces, place)
