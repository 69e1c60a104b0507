"""Which categories stand against which, unit by unit of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from annotate.scoring.labels import Label

Confusion: TypeAlias = Mapping[tuple[str | None, str | None], int]
"""How many units have a category in gold and one in the prediction; None where there is none."""


def confusion(
    gold: Iterable[Label],
    predicted: Iterable[Label],
    units: Mapping[str, Sequence[tuple[int, int]]],
) -> Confusion:
    """Count, unit by unit, which categories of gold stand against which of the prediction.

    A label is on every unit whose characters it shares. A category on both sides stands against
    itself; one that only one side has stands against each that only the other side has, or against
    None. A category that only optional gold has is left out of its unit.
    """
    required = _on_units(filter(_required, gold := list(gold)), units)
    optional = _on_units((label for label in gold if not _required(label)), units)
    given = _on_units(predicted, units)
    counts: Counter[tuple[str | None, str | None]] = Counter()
    nobody: list[str | None] = [None]
    for unit in required.keys() | given.keys():
        wanted = required.get(unit, set())
        found = given.get(unit, set()) - (optional.get(unit, set()) - wanted)
        counts.update((category, category) for category in wanted & found)
        missed, extra = sorted(wanted - found), sorted(found - wanted)
        if missed or extra:
            counts.update(product(missed or nobody, extra or nobody))
    return dict(sorted(counts.items(), key=lambda item: tuple(name or "" for name in item[0])))


def _on_units(
    labels: Iterable[Label], units: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[tuple[str, int], set[str]]:
    """Return the categories on each unit (document, position) that has any; units are sorted."""
    found: dict[tuple[str, int], set[str]] = {}
    for label in labels:
        spans = units[label.document]
        position = bisect_right(spans, label.start, key=lambda span: span[1])
        while position < len(spans) and spans[position][0] < label.end:
            found.setdefault((label.document, position), set()).add(label.category)
            position += 1
    return found


def _required(label: Label) -> bool:
    return label.status == "required"
