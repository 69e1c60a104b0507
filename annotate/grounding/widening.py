"""Widen a range to the whole units that it touches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from annotate.documents.units import Segmentation, Unit


def widen(segmentation: Segmentation, start: int, end: int) -> tuple[int, int]:
    """Return the range of the whole units that `[start, end)` touches; headings only if alone."""
    stated = stated_units(segmentation, start, end)
    if not stated:
        return start, end
    return stated[0].start, stated[-1].end


def stated_units(segmentation: Segmentation, start: int, end: int) -> list[Unit]:
    """Return the units that `[start, end)` touches, without headings where it touches others."""
    touched = _touched(segmentation.units, start, end)
    return [unit for unit in touched if unit.kind != "heading"] or touched


def _touched(units: Sequence[Unit], start: int, end: int) -> list[Unit]:
    # Units are apart and in order: the first that can be touched is the last that starts before.
    first = max(bisect_right(units, start, key=lambda unit: unit.start) - 1, 0)
    touched = []
    for unit in units[first:]:
        if unit.start >= end:
            break
        if unit.end > start:
            touched.append(unit)
    return touched
