"""Read the lines of plain text and Markdown: indent, marker, heading marks and content.

What a line is part of (a paragraph, a list) is decided in `annotate.documents.blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

SPACE = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
)
"""White space, and the two spaces of no width."""

_BULLET = r"[-*+•‣⁃◦▪▫■□●○∙·►▶➢➤✓✔❖–—](?=[ \t\u00a0])|[•‣⁃◦▪▫■□●○►▶➢➤✓✔❖](?=\S)"
_NUMBER = r"\d{1,3}(?:\.\d{1,3})+\\?[.):]?(?=[\s\u00a0])|\(\d{1,3}\)|\d{1,3}\\?[.)](?=[\s\u00a0]|$)"
_ORDINAL = r"(?:[ivxlc]{1,6}|[IVXLC]{1,6}|[a-zA-Z])"
_LETTER = rf"\({_ORDINAL}\)|{_ORDINAL}\\?[.)](?=[ \t\u00a0])"
_LINE = re.compile(
    rf"(?P<indent>[ \t\u00a0\u3000]*)(?P<quoted>(?:>[ \t]?)*)(?P<inner>[ \t\u00a0]*)"
    rf"(?:(?P<hashes>\#{{1,6}})(?=[ \t])|(?P<bullet>{_BULLET})|(?P<number>{_NUMBER})"
    rf"|(?P<letter>{_LETTER}))?"
    r"(?P<space>[\s\u00a0]*)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
TERMINAL = (".", "!", "?", ":", ";", "。", "！", "？", "：")
"""What ends a sentence or leads into what follows."""


def unspaced(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range of `text` without the white space at its edges."""
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return start, end


class Line(NamedTuple):
    """One line of a text, offsets in code points.

    Attributes:
        begin: where it starts.
        mark_start: behind its indent and the marks of a block quote.
        start: of the content, behind its marker too.
        end: without line end and trailing white space.
        indent: columns before the marker or the content; a quote mark counts as two.
        hashes: number of "#" of a heading.
        family: what kind of marker it has ("-", "1.", "(a)"), "" for none.
        ordinal: the value of a number or letter marker; 0 for bullets.
    """

    begin: int
    mark_start: int
    start: int
    end: int
    indent: int = 0
    hashes: int = 0
    family: str = ""
    ordinal: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing but white space and quote marks stands in it."""
        return self.mark_start >= self.end


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text in order, blank ones too."""
    begin = 0
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip()
        yield _line(content, begin) if content else Line(begin, begin, begin, begin)
        begin += len(raw)


def _line(content: str, begin: int) -> Line:
    match = cast("re.Match[str]", _LINE.match(content))  # all of it is optional
    indent = 0
    if match.end("inner"):
        indent = len(match["indent"].expandtabs(4)) + 2 * match["quoted"].count(">")
        indent += len(match["inner"].expandtabs(4))
    family, ordinal = _marker(match)
    mark_start = begin + match.end("inner")
    return Line(
        begin=begin,
        mark_start=mark_start,
        start=begin + match.end() if family or match["hashes"] else mark_start,
        end=begin + len(content),
        indent=indent,
        hashes=len(match["hashes"] or ""),
        family=family,
        ordinal=ordinal,
    )


def _marker(match: re.Match[str]) -> tuple[str, int]:
    """Return the family and the ordinal of a line's marker, ("", 0) where there is none."""
    if match["bullet"]:
        return match["bullet"], 0
    if match["number"]:
        number = match["number"].replace("\\", "")
        parts = re.findall(r"\d+", number)
        family = "(1)" if "(" in number else "1." * len(parts)
        # A list may count from "0.", and the ordinal 0 is that of bullets; "1.00" is an amount.
        return family, 1 if parts[-1] == "0" else int(parts[-1])
    if match["letter"]:
        return _letter_marker(match["letter"].replace("\\", ""))
    return "", 0


def _letter_marker(marker: str) -> tuple[str, int]:
    letters = marker.strip("().")
    shape = marker.replace(letters, "{}")
    lower = letters.lower()
    # A lone "c" or "l" is a letter of the alphabet; "i", "v", "x" are read as numerals.
    if len(letters) > 1 or lower in "ivx":
        return shape.format("i" if letters.islower() else "I"), _roman(lower)
    return shape.format("a" if letters.islower() else "A"), ord(lower) - ord("a") + 1


def _roman(numeral: str) -> int:
    digits = [_ROMAN[c] for c in numeral]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < after else digit for digit, after in pairs)
