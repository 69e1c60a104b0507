"""Cut a document into chunks of whole segments, each with the headings and stems it needs.

Chunks tile the text: they follow each other without gap or overlap, and
`text[chunk.start:chunk.end] == chunk.text`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from annotate.segmentation import Segmentation, Unit

DEFAULT_SIZE = 4000
"""Characters a chunk holds at most, unless one unit alone is longer."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a document that is read in one request.

    Attributes:
        index: position among the document's chunks.
        start, end: code points, half-open.
        units: indices of the units inside it (`Segmentation.units`).
        context: headings, lead-ins and stems that stand before it and that its first unit needs:
            read, never quoted.
    """

    index: int
    start: int
    end: int
    text: str
    units: range
    context: tuple[str, ...]


def chunk(segmentation: Segmentation, size: int = DEFAULT_SIZE) -> list[Chunk]:
    """Return the chunks of a segmented text.

    A chunk ends at the border of a segment where one fits, else of a unit, else (a unit alone
    longer than `size`) at white space inside it.
    """
    text, units = segmentation.text, segmentation.units
    cuts = [0, *_cuts(segmentation, max(size, 1)), len(text)]
    chunks: list[Chunk] = []
    first = 0
    for start, end in pairwise(cuts):
        if start == end:
            continue
        last = first
        while last < len(units) and units[last].start < end:
            last += 1
        chunks.append(
            Chunk(
                len(chunks),
                start,
                end,
                text[start:end],
                range(first, last),
                _context(segmentation, units, first, last, start),
            )
        )
        first = last
    return chunks


def _cuts(segmentation: Segmentation, size: int) -> list[int]:
    """Return the borders between chunks, without 0 and the length of the text."""
    text = segmentation.text
    borders = {s.start: 2 for s in segmentation.segments[1:]}
    heading_end = {
        u.end for u in segmentation.units if u.kind == "heading"
    }  # a heading stays with what it heads
    for unit in segmentation.units[1:]:
        borders.setdefault(_line_start(text, unit.start), 1)
    for unit in segmentation.units:
        following = unit.index + 1
        if unit.end in heading_end and following < len(segmentation.units):
            begin = segmentation.segments[segmentation.units[following].segment].start
            borders[begin] = 0
    positions = sorted(borders)
    cuts: list[int] = []
    start, index = 0, 0
    while len(text) - start > size:
        best: dict[int, int] = {}
        while index < len(positions) and positions[index] <= start:
            index += 1
        reach = index
        while reach < len(positions) and positions[reach] <= start + size:
            best[borders[positions[reach]]] = positions[reach]
            reach += 1
        # A segment border near the front would leave a tiny chunk: then a unit border serves.
        cut = next((best[rank] for rank in (2, 1, 0) if best.get(rank, 0) > start + size // 4), 0)
        cut = cut or max(best.values(), default=0) or _inside(text, start, size, positions, index)
        if cut >= len(text):
            break
        cuts.append(cut)
        start = cut
    return cuts


def _inside(text: str, start: int, size: int, positions: list[int], index: int) -> int:
    """Cut a unit that alone is too long: at the last white space that fits, else at the size."""
    end = start + size
    upcoming = positions[index] if index < len(positions) else len(text)
    if upcoming <= end:
        return upcoming
    for position in range(end, start + size // 2, -1):
        if text[position - 1].isspace() and not text[position].isspace():
            return position
    return _cluster_start(text, end, start)


def _cluster_start(text: str, position: int, start: int) -> int:
    """Step back over combining marks and a split line end, never to `start`."""
    while position > start + 1 and (
        unicodedata.combining(text[position])
        or text[position] in "\u200d\ufe0f\n"
        or text[position - 1] in "\u200d\r"
    ):
        position -= 1
    return position


def _line_start(text: str, position: int) -> int:
    """Return where the line of a unit begins if nothing but its marker stands before it."""
    begin = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    before = text[begin:position]
    return begin if not any(c.isalpha() for c in before) and len(before) < 24 else position


def _context(
    segmentation: Segmentation, units: tuple[Unit, ...], first: int, last: int, start: int
) -> tuple[str, ...]:
    """Return what the units of a chunk need to read from before it, in text order."""
    needed = {
        outer.index
        for unit in units[first:last]
        for outer in segmentation.context(unit)
        if outer.start < start
    }
    return tuple(segmentation.quote(units[index]) for index in sorted(needed))
