"""How the chunks of a united run ended: one that a sample answered is answered.

Samples that were cut in the same way give the same chunks; where they were cut otherwise, a chunk
ends wherever one of a sample's does.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from annotate.consensus.reach import read_ranges, touches, without
from annotate.ledger import ANSWERED, Entry, Status

# From what says most of a chunk to what says least.
_BEST: tuple[Status, ...] = ("ok", "repaired", "partial", "furniture")
_CLOSEST: tuple[Status, ...] = (
    "truncated",
    "refused",
    "failed",
    "abstained",
    "unsent",
    "furniture",
)


def united_entries(samples: Sequence[Sequence[Entry]]) -> list[Entry]:
    """Return the chunks of one document with how they ended, and what they took in all samples.

    What was found in each is not counted yet.

    Args:
        samples: the rows of the document in the ledger of each sample that read it.
    """
    every = [entry for entries in samples for entry in entries]
    read = read_ranges(every)
    borders = sorted({border for entry in every for border in (entry.start, entry.end)})
    found: list[list[Entry]] = [[] for _ in borders[1:]]
    for entry in every:
        for at in range(bisect_left(borders, entry.start), bisect_left(borders, entry.end)):
            found[at].append(entry)
    pieces = [
        (start, end, own) for (start, end), own in zip(pairwise(borders), found, strict=True) if own
    ]
    if not pieces and every:  # a document without any text
        pieces = [(every[0].start, every[0].end, every)]
    return [
        _entry(number, start, end, own, without(start, end, read), len(samples))
        for number, (start, end, own) in enumerate(pieces)
    ]


def chunk_at(entries: Sequence[Entry], place: int) -> int:
    """Return the number of the chunk in which a place stands."""
    return max(0, bisect_right(entries, place, key=lambda entry: entry.start) - 1)


def _entry(
    number: int,
    start: int,
    end: int,
    found: Sequence[Entry],
    unread: list[tuple[int, int]],
    samples: int,
) -> Entry:
    status = _status(found, unread)
    missing = tuple(unread) if status not in ANSWERED and unread != [(start, end)] else ()
    begun = [entry for entry in found if entry.start == start]
    costs = [entry.cost for entry in begun if entry.requests]
    known = [cost for cost in costs if cost is not None]
    return replace(
        Entry(found[0].document, number, start, end, status, unread=missing),
        requests=sum(entry.requests for entry in begun),
        prompt_tokens=sum(entry.prompt_tokens for entry in begun),
        completion_tokens=sum(entry.completion_tokens for entry in begun),
        cost=round(math.fsum(known), 8) if known and len(known) == len(costs) else None,
        seconds=round(math.fsum(entry.seconds for entry in begun), 3),
        note=_note(found, start, end, samples, answered=status in ANSWERED),
    )


def _status(found: Sequence[Entry], unread: Sequence[tuple[int, int]]) -> Status:
    statuses = {entry.status for entry in found}
    if not unread:
        # Parts of chunks that were cut can make a whole that no sample answered alone.
        return next((each for each in _BEST[:3] if each in statuses), "ok")
    if statuses == {"furniture"}:
        return "furniture"
    return next(each for each in (*_CLOSEST, *_BEST) if each in statuses)


def _note(found: Sequence[Entry], start: int, end: int, samples: int, *, answered: bool) -> str:
    """Say why a chunk was not answered, or which part of the samples answered it."""
    if not answered:
        return min((entry.note for entry in found if not entry.answered and entry.note), default="")
    if any(entry.status == "furniture" for entry in found):
        return ""
    able = sum(touches(read_ranges([entry]), start, end) for entry in found)
    return "" if able >= samples else f"answered by {able} of {samples} samples"
