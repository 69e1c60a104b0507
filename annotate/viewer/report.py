"""Sections of a report in a panel: a title, sentences, a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from annotate.formatting import ratio
from annotate.scoring.measures import HEADLINES
from annotate.scoring.scores import Part
from annotate.viewer.marks import plain


def section(
    title: str,
    notes: Iterable[str] = (),
    columns: Sequence[str] = (),
    rows: Iterable[Sequence[str]] = (),
) -> JsonValue:
    """Return one section as JSON; the first cell of a row is its name, the others are figures."""
    return {
        "title": plain(title),
        "notes": [plain(note) for note in notes],
        "columns": list(columns),
        "rows": [[plain(cell) for cell in row] for row in rows],
    }


def scores(title: str, part: Part) -> JsonValue:
    """Return the headline scores of a part, precision and recall with them."""
    found = {each.title: part[each.name] for each in HEADLINES}
    rows = [
        (name, ratio(counts.f1), ratio(counts.precision), ratio(counts.recall))
        for name, counts in found.items()
    ]
    return section(title, (), ("", "F1", "precision", "recall"), rows)
