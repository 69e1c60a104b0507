"""Cut a document into chunks of whole segments, each with the headings and stems it needs.

Chunks tile the text: they follow each other without gap or overlap, and
`text[chunk.start:chunk.end] == chunk.text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotate.documents.graphemes import splits_grapheme
from annotate.documents.units import Segmentation, Unit

DEFAULT_SIZE = 4000
"""Characters a chunk holds at most."""

CONTEXT_SIZE = 4000
"""Characters of context a chunk gets at most, the nearest ones: a lead-in may be pages long."""

# How good a border is to cut at: before a segment, before the line of a unit, behind a heading
# (which stays with what it heads), at the edge of a unit in its line.
_SEGMENT, _LINE, _HEADED, _EDGE = 3, 2, 1, 0
_MAX_MARKER = 24  # characters before a unit that may be its indent and marker


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a document that is read in one request.

    Attributes:
        index: position among the document's chunks.
        start, end: code points, half-open.
        units: indices of the units that start inside it (`Segmentation.units`).
        context: headings, lead-ins and stems that end before it and that its units need, in text
            order: read, never quoted.
        furniture: why it is not read, "" where it is.
    """

    index: int
    start: int
    end: int
    text: str
    units: range
    context: tuple[str, ...]
    furniture: str = ""


Chunker = Callable[[Segmentation], list[Chunk]]
"""Cuts a segmented text into chunks that tile it. `Settings.chunker` says which one a run uses."""


def chunk(
    segmentation: Segmentation, size: int = DEFAULT_SIZE, *, furniture: bool = False
) -> list[Chunk]:
    """Return the chunks of a segmented text, none of them longer than `size` characters.

    What stands around the text is in chunks of its own, however long; with `furniture` it is
    divided as the text is. A chunk ends at the border of a segment where one fits, else of a unit,
    else (a unit alone longer than `size`) at white space inside it, else between two characters as
    a reader sees them.
    """
    if furniture:
        segmentation = replace(segmentation, furniture=())
    return chunks_between(segmentation, _cuts(segmentation, max(size, 1)))


def chunks_between(segmentation: Segmentation, cuts: Sequence[int]) -> list[Chunk]:
    """Return the chunks that a text falls into at `cuts`, each with its units and context.

    Another chunker finds other cuts and calls this.
    """
    text, units = segmentation.text, segmentation.units
    contexts = _Contexts(segmentation)
    reasons = {each.start: each.reason for each in segmentation.furniture}
    chunks: list[Chunk] = []
    first = 0
    for start, end in pairwise([0, *cuts, len(text)]):
        if start == end:
            continue
        last = first
        while last < len(units) and units[last].start < end:
            last += 1
        inside = range(first, last)
        context = contexts.before(start, inside)
        reason = reasons.get(start, "")
        chunks.append(Chunk(len(chunks), start, end, text[start:end], inside, context, reason))
        first = last
    return chunks


def context_before(segmentation: Segmentation, start: int, units: range) -> tuple[str, ...]:
    """Return what `units` need to read from before `start`, in text order."""
    return _Contexts(segmentation).before(start, units)


# ---- Where to cut ----


def _cuts(segmentation: Segmentation, size: int) -> list[int]:
    """Return the borders between chunks, without 0 and the length of the text."""
    text = segmentation.text
    borders = _borders(segmentation, size)
    cuts: list[int] = []
    start = 0
    for begin, end in _furniture(segmentation):
        cuts += [*_cuts_between(text, borders, size, start, begin), begin, end]
        start = end
    return cuts + _cuts_between(text, borders, size, start, len(text))


def _furniture(segmentation: Segmentation) -> Iterator[tuple[int, int]]:
    """Yield the ranges of furniture, each with the white space behind it, up to the next."""
    text = segmentation.text
    following = [each.start for each in segmentation.furniture[1:]]
    for each, limit in zip(segmentation.furniture, (*following, len(text)), strict=False):
        end = each.end
        while end < limit and text[end].isspace():
            end += 1
        yield each.start, end


def _cuts_between(
    text: str, borders: Sequence[tuple[int, int]], size: int, start: int, end: int
) -> list[int]:
    """Return the cuts in a stretch of text."""
    cuts: list[int] = []
    index = bisect_right(borders, (start, _SEGMENT))
    while end - start > size:
        while index < len(borders) and borders[index][0] <= start:
            index += 1
        best: dict[int, int] = {}
        while index < len(borders) and borders[index][0] <= start + size:
            position, rank = borders[index]
            best[rank] = position
            index += 1
        start = _best(best, start + size // 4) or _inside(text, start, start + size)
        while index and borders[index - 1][0] > start:
            index -= 1
        cuts.append(start)
    return cuts


def _borders(segmentation: Segmentation, size: int) -> list[tuple[int, int]]:
    """Return where the text may be cut outside a unit, each with its rank, in text order."""
    text, units, segments = segmentation.text, segmentation.units, segmentation.segments
    ranks: dict[int, int] = {s.start: _SEGMENT for s in segments}
    behind = 0
    for unit in units:
        line = _line_start(text, unit.start)
        if line < behind:  # what stands before it in its line is a sentence, not a marker
            line = unit.start
        behind = unit.end
        ranks.setdefault(line, _LINE)
        if unit.kind == "heading" and unit.index + 1 < len(units):
            ranks[segments[units[unit.index + 1].segment].start] = _HEADED
        if unit.end - line > size >= unit.end - unit.start:  # it fits, but not with its marker
            ranks.setdefault(unit.start, _EDGE)
    for unit in units:
        ranks.setdefault(unit.end, _EDGE)
    return sorted(
        (position, rank)
        for position, rank in ranks.items()
        if 0 < position < len(text) and not splits_grapheme(text, position)
    )


def _best(positions: dict[int, int], early: int) -> int:
    """Return the best-ranked position behind `early`, else the last one, 0 where there is none.

    A segment border near the front would leave a tiny chunk: then a unit border serves.
    """
    for rank in (_SEGMENT, _LINE, _HEADED, _EDGE):
        if positions.get(rank, 0) > early:
            return positions[rank]
    return max(positions.values(), default=0)


def _inside(text: str, start: int, end: int) -> int:
    """Cut a unit that alone is too long: at the last white space of its second half, else at `end`.

    The cut steps back over combined characters, unless one fills all of the chunk.
    """
    for position in range(end, (start + end) // 2, -1):
        spaced = text[position - 1].isspace() and not text[position].isspace()
        if spaced and not splits_grapheme(text, position):
            return position
    whole = (position for position in range(end, start, -1) if not splits_grapheme(text, position))
    return next(whole, end)


def _line_start(text: str, position: int) -> int:
    """Return where the line of a unit begins if nothing but its marker stands before it."""
    low = max(0, position - _MAX_MARKER)
    begin = max(text.rfind("\n", low, position), text.rfind("\r", low, position)) + 1
    if begin == 0 and low > 0:
        return position
    return position if any(c.isalpha() for c in text[begin:position]) else begin


# ---- What stands before ----


class _Contexts:
    """Finds what chunks need to read from before them; a lead-in is looked up once."""

    def __init__(self, segmentation: Segmentation) -> None:
        self._segmentation = segmentation
        self._lead_ins: dict[int, Sequence[Unit]] = {}

    def before(self, start: int, units: range) -> tuple[str, ...]:
        every = self._segmentation.units
        if units.start and every[units.start - 1].end > start:  # a long unit that goes on here
            units = range(units.start - 1, units.stop)
        alike = {(every[i].headings, every[i].stem, every[i].lead): every[i] for i in units}
        needed: dict[int, Unit] = {}
        for unit in alike.values():
            outer = [every[i] for i in unit.headings]
            outer += [*self._segmentation.stems(unit), *self._lead_in(unit)]
            needed.update((each.index, each) for each in outer if each.end <= start)
        nearest = _nearest(needed[index] for index in sorted(needed, reverse=True))
        return tuple(self._segmentation.quote(unit) for unit in reversed(nearest))

    def _lead_in(self, unit: Unit) -> Sequence[Unit]:
        if unit.lead is None:
            return ()
        if unit.lead not in self._lead_ins:
            self._lead_ins[unit.lead] = _nearest(reversed(self._segmentation.lead_in(unit)))
        return self._lead_ins[unit.lead]


def _nearest(units: Iterable[Unit]) -> list[Unit]:
    """Return those of `units`, the nearest first, that fit into the size of a context."""
    left = CONTEXT_SIZE
    kept: list[Unit] = []
    for unit in units:
        length = unit.end - unit.start
        if length <= left:
            kept.append(unit)
            left -= length
    return kept
