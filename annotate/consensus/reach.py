"""What of a text a sample read: who did not read the words cannot have seen what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from annotate.ledger import Entry

Range: TypeAlias = tuple[int, int]
"""Start and end in code points, half-open."""


def read_ranges(entries: Iterable[Entry]) -> list[Range]:
    """Return what was asked about and answered, as ranges in text order, sorted and apart.

    What failed, was refused, truncated or never sent was not read, nor was what was taken for
    furniture; of a chunk that was answered in part, the rest was.
    """
    found: list[Range] = []
    for start, end in sorted(each for entry in entries for each in _read(entry)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def holds(ranges: Sequence[Range], start: int, end: int) -> bool:
    """Tell whether one of the ranges holds all of a span."""
    return any(first <= start and end <= last for first, last in ranges)


def touches(ranges: Sequence[Range], start: int, end: int) -> bool:
    """Tell whether one of the ranges shares a character with a span."""
    return any(first < end and start < last for first, last in ranges)


def without(start: int, end: int, ranges: Iterable[Range]) -> list[Range]:
    """Return the parts of a span that none of some sorted ranges covers."""
    left, at = [], start
    for first, last in ranges:
        if last <= at or first >= end:
            continue
        if first > at:
            left.append((at, first))
        at = max(at, last)
    return [*left, (at, end)] if at < end else left


def _read(entry: Entry) -> Iterator[Range]:
    if entry.answered:
        if entry.status != "furniture":
            yield entry.start, entry.end
    elif entry.unread:
        yield from without(entry.start, entry.end, sorted(entry.unread))
