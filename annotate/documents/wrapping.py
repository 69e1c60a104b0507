"""Tell where a text was hard-wrapped, so that its broken lines can be put together.

A program that wraps breaks a line before the word that would not fit, or behind the one that
reaches over the width. Lines that break in mid-sentence show which of the two, and at which column.
Where none does exactly, as in what a PDF leaves, the width is that of the longest lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from annotate.documents.lines import TERMINAL, Line

_FEWEST_LINES = 4
_WIDTHS = range(45, 131)  # no program wraps prose narrower or wider, unless all breaks say so
_FEWEST_BREAKS = 5
_PROVEN_WIDTHS = range(24, 201)
_OF_BREAKS = 0.9  # that one width explains; the others are breaks that a writer made
_OF_LINES = 0.9  # that keep to it; addresses and headings may stick out


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was wrapped.

    Attributes:
        width: characters of a line before or behind which it breaks; 0 where it was not wrapped.
        proven: breaks in mid-sentence all stand there, so that a line with room left is a last one.
        over: lines break behind the word that reaches over the width.
    """

    width: int = 0
    proven: bool = False
    over: bool = False

    def is_full(self, text: str, line: Line, following: Line) -> bool:
        """Tell whether a line breaks where the first word of the next one stands."""
        length = line.end - line.begin
        if self.over:
            return length > self.width
        return 0 < self.width < length + 1 + _first_word(text, following)


def wrapping(text: str, lines: Sequence[Line]) -> Wrapping:
    """Return how the text was wrapped."""
    cut = [
        (a, b)
        for a, b in pairwise(line for line in lines if not line.blank)
        if _breaks_a_sentence(text, a, b)
    ]
    if len(cut) >= _FEWEST_BREAKS:
        ends = [a.end - a.begin for a, _ in cut]
        before = _commonest(
            (end, end + _first_word(text, b)) for end, (_, b) in zip(ends, cut, strict=True)
        )
        over = _commonest(
            (end - 1 - _last_word(text, a), end - 1) for end, (a, _) in zip(ends, cut, strict=True)
        )
        # Each is the one of which a line is the longest, or the shortest.
        found = ((False, before[0], before[2]), (True, over[1], over[2]))
        for is_over, width, explained in found:
            kept = explained >= _OF_BREAKS * len(cut) and width in _PROVEN_WIDTHS
            if kept and _is_kept_to(text, lines, width, is_over):
                return Wrapping(width, True, is_over)
    return Wrapping(_width(lines))


def _width(lines: Sequence[Line]) -> int:
    """Return the length of the longest lines where many come near it, or 0."""
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


def _breaks_a_sentence(text: str, line: Line, following: Line) -> bool:
    """Tell whether a sentence goes over the end of a line."""
    if line.hashes or following.hashes or following.family:
        return False
    return text[following.mark_start].islower() and not text.endswith(TERMINAL, 0, line.end)


def _commonest(intervals: Iterable[tuple[int, int]]) -> tuple[int, int, int]:
    """Return the first and the last number that most closed intervals hold, and how many do."""
    steps: Counter[int] = Counter()
    for low, high in intervals:
        steps[low] += 1
        steps[high + 1] -= 1
    places = sorted(steps)
    held = list(accumulate(steps[place] for place in places))
    most = max(range(len(places) - 1), key=lambda at: (held[at], at))
    return places[most], places[most + 1] - 1, held[most]


def _is_kept_to(text: str, lines: Sequence[Line], width: int, over: bool) -> bool:
    """Tell whether few lines go on where they could have been broken."""
    full = [line for line in lines if not line.blank and not line.hashes]
    long = [line for line in full if line.end - line.begin > width]
    firsts = (line.begin + width + 1 if over else line.start for line in long)
    unbroken = sum(
        1 for first, line in zip(firsts, long, strict=True) if text.find(" ", first, line.end) >= 0
    )
    return unbroken <= (1 - _OF_LINES) * len(full)


def _first_word(text: str, line: Line) -> int:
    """Return how long the first word of a line is."""
    end = line.mark_start
    while end < line.end and not text[end].isspace():
        end += 1
    return end - line.mark_start


def _last_word(text: str, line: Line) -> int:
    start = line.end
    while start > line.mark_start and not text[start - 1].isspace():
        start -= 1
    return line.end - start


def is_double_spaced(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether a blank line follows every hard-broken line, as some converters leave it."""
    full = [(i, line) for i, line in enumerate(lines) if not line.blank]
    breaks = [(a, b, j - i > 1) for (i, a), (j, b) in pairwise(full)]
    cut = [blank for a, b, blank in breaks if _breaks_a_sentence(text, a, b)]
    return len(cut) >= _FEWEST_BREAKS and sum(cut) >= 0.8 * len(cut)
