"""Find the bullets and numbers that were typed before lines, where no list states them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.documents.lines import read_lines

_CIRCLE = re.compile(r"o[ \xa0]{2,}(?=\S)")  # Word's bullet of the second level
_REACH = 400  # characters of a line that are looked at


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a line, as in `annotate.documents.lines.Line`.

    Attributes:
        start: of the words behind it.
    """

    start: int
    family: str
    ordinal: int


def typed_marks(text: str, lines: Sequence[tuple[int, int]]) -> dict[int, Mark]:
    """Return the marks of lines, by their positions in `lines`.

    A number counts only beside the one before or behind it: "2.5 million" and "A. Smith" are words.
    """
    found: dict[int, Mark] = {}
    for position, (start, end) in enumerate(lines):
        mark = _mark(text, start, end)
        if mark is not None and mark.start < end:
            found[position] = mark
    counted = {(mark.family, mark.ordinal) for mark in found.values() if mark.ordinal}
    return {
        position: mark
        for position, mark in found.items()
        if not mark.ordinal
        or (mark.family, mark.ordinal - 1) in counted
        or (mark.family, mark.ordinal + 1) in counted
    }


def _mark(text: str, start: int, end: int) -> Mark | None:
    first = text[start : start + 1]
    if first.isalpha() and text[start + 1 : start + 2].isalpha() and first not in "ivxIVX":
        return None  # the ordinary line
    if circle := _CIRCLE.match(text, start, end):
        return Mark(circle.end(), "o", 0)
    line = next(read_lines(text[start : min(end, start + _REACH)]), None)
    if line is None or not line.family:
        return None
    return Mark(start + line.start, line.family, line.ordinal)
