"""Tell at which column a text was hard-wrapped, so that its broken lines can be put together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from annotate.documents.lines import TERMINAL, Line

_FEWEST_LINES = 4
_WIDTHS = range(45, 131)  # no program wraps prose narrower or wider
_FEWEST_BREAKS = 5


def wrap_width(text: str, lines: Sequence[Line]) -> int:
    """Return the column at which the text was hard-wrapped, or 0 where it was not.

    In wrapped text a line breaks only where the next word would not have fitted.
    """
    full = [line for line in lines if not line.blank and not line.hashes]
    lengths = sorted(line.end - line.begin for line in full)
    if len(lengths) < _FEWEST_LINES:
        return 0
    # In a longer text a few lines stick out, such as addresses that nothing could break.
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 50 else lengths[-1]
    if width not in _WIDTHS:
        return 0
    # Where a text was wrapped, many lines come near the width; in a list of names few do.
    near = sum(1 for length in lengths if length > width * 0.8)
    return width if near >= len(lengths) * 0.3 else 0


def is_double_spaced(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether a blank line follows every hard-broken line, as some converters leave it."""
    full = [(i, line) for i, line in enumerate(lines) if not line.blank]
    breaks = [(a, b, j - i > 1) for (i, a), (j, b) in pairwise(full)]
    cut = [
        blank
        for a, b, blank in breaks
        if not b.family
        and text[b.mark_start].islower()
        and not text[a.begin : a.end].endswith(TERMINAL)
    ]
    return len(cut) >= _FEWEST_BREAKS and sum(cut) >= 0.8 * len(cut)
