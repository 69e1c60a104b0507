"""Cut a chunk in two where it was too much at once."""

from __future__ import annotations

from dataclasses import replace

from annotate.documents.chunking import Chunk, context_before
from annotate.documents.units import Segmentation


def halves(chunk: Chunk, segmentation: Segmentation) -> list[Chunk]:
    """Cut a chunk in two between units, near its middle; [] where it is one unit."""
    units = segmentation.units
    middle = (chunk.start + chunk.end) // 2
    starts = (units[i].start for i in chunk.units[1:])
    # A unit that is longer than a chunk stands in several: it may start before this one.
    inside = [start for start in starts if chunk.start < start < chunk.end]
    if not inside:
        return []
    cut = min(inside, key=lambda start: abs(start - middle))
    border = next(i for i in chunk.units if units[i].start >= cut)
    text = segmentation.text
    first, second = range(chunk.units.start, border), range(border, chunk.units.stop)
    # The second half may start inside a list: it gets the headings and the stem before it.
    context = context_before(segmentation, cut, second)
    return [
        replace(chunk, end=cut, text=text[chunk.start : cut], units=first),
        replace(chunk, start=cut, text=text[cut : chunk.end], units=second, context=context),
    ]
