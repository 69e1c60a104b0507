"""Cut a chunk in two where it was too much at once, and only where that can help.

Every half is a whole request again, with the whole prompt: what is cut in vain is paid for twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from annotate.documents.chunking import Chunk, context_before
from annotate.documents.units import Segmentation

T = TypeVar("T")

SHORTEST = 1_000
"""Characters of a chunk that is worth cutting: what is too much in less is not its length."""

MOST_SPLITS = 7
"""In one pass over a chunk, which is read in eighths at least."""


class Splits:
    """What may still be cut in one pass over a chunk.

    Attributes:
        begun: whether something was cut.
        hopeless: even a short part was refused as too long, so every other one is.
    """

    def __init__(self) -> None:
        self.begun = False
        self.hopeless = False
        self._left = MOST_SPLITS

    def allow(self, halves: Callable[[], Sequence[T]]) -> Sequence[T]:
        """Return the halves of something; nothing where it has none, or enough was cut."""
        parts = halves() if self._left else ()
        # Where even a part that cannot be cut was too much, cutting others helps no more.
        self._left = self._left - 1 if parts else 0
        self.begun = self.begun or bool(parts)
        return parts


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
