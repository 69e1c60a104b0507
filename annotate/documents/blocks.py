"""Read a text as lines and group them into blocks: headings with marks, paragraphs, items, rows.

Knows the surface of plain text and Markdown only. What a block means (an unmarked heading, a stem,
a section) is decided in `segmentation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, cast

BlockKind = Literal["heading", "paragraph", "item", "row"]

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
# Possessive (*+, ++), so that a line of thousands of marks takes one pass.
_RULE = re.compile(
    r"[ \t]*+(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|={3,}+)[ \t]*+$"
)
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_MARKDOWN = re.compile(r"^#{1,6} |\]\((?:https?:|mailto:|#|/)|\*\*\S", re.MULTILINE)
_MARKS = re.compile(r"\*{1,3}|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])")
_OPENING_MARKS = re.compile(r"[*_][*_ ]*")
_CLOSING_MARKS = re.compile(r"[*_]{2,6}(?=[^\s*_])")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMERAL_LETTERS = {1: 9, 5: 22, 10: 24}  # i, v, x as letters of the alphabet
_EMPHASIS = ("*", "_")
_EMPHASIS_OR_SPACE = "*_ \t"
_TERMINAL = (".", "!", "?", ":", ";", "。", "！", "？", "：")
# Shorter lines than this are never read as broken in mid-sentence without a wrap width to prove it.
_SHORT_LINE = 40


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines that belong together.

    Attributes:
        start, end: the content, without marker, outer white space or line end; `begin` is where its
            first line starts.
        level: of a marked heading, from 1; 0 where the marks give none.
        indent: columns before the marker or the text.
        family: what kind of marker an item has ("-", "1.", "(a)"); items of one list share it.
        ordinal: the value of a number or letter marker; 0 for bullets.
        apart: a blank line, or the start of the text, stands before it.
        lines: how many lines it spans.
    """

    kind: BlockKind
    begin: int
    start: int
    end: int
    level: int = 0
    indent: int = 0
    family: str = ""
    ordinal: int = 0
    apart: bool = False
    lines: int = 1


@dataclass(frozen=True, slots=True)
class _Line:
    begin: int
    mark_start: int  # behind the indent
    start: int  # of the content, behind the marker too
    end: int  # without line end and trailing white space
    indent: int = 0
    hashes: int = 0
    family: str = ""
    ordinal: int = 0

    @property
    def blank(self) -> bool:
        return self.mark_start >= self.end


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text` in order. They never overlap."""
    return _Grouping(text).run()


def wholly_emphasised(content: str) -> bool:
    """Tell whether every word of `content` stands inside Markdown emphasis."""
    return content[:1] in _EMPHASIS and _Emphasis(content).whole


def without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip marks off both edges; a full stop between closing marks goes with them."""
    while start < end and text[start] in _EMPHASIS_OR_SPACE:
        start += 1
    while end > start and text[end - 1] in _EMPHASIS_OR_SPACE:
        end -= 1
    inner = end - 1 if start < end and text[end - 1] in ".:" else end
    while inner > start and text[inner - 1] in _EMPHASIS_OR_SPACE:
        inner -= 1
    while inner < end and text[inner] not in _EMPHASIS:
        inner += 1  # white space before a mark stays, as it would before a word
    return start, inner if start < inner else end


class _Emphasis:
    """Follows Markdown emphasis through the lines of one block, each read once."""

    def __init__(self, first: str) -> None:
        self._open: set[str] = set()
        self._words = False
        self._outside = first[:1] not in _EMPHASIS
        self._unmarked = False  # words behind the last mark, which may still close behind them
        self.feed(first)

    @property
    def whole(self) -> bool:
        """Whether all words read so far are emphasised and the last mark stands behind them."""
        return self._words and not self._outside and not self._unmarked

    def feed(self, line: str) -> None:
        """Read on."""
        if self._outside:
            return
        position = 0
        for match in _MARKS.finditer(line):
            if self._unmarked or _ALPHANUMERIC.search(line, position, match.start()):
                self._words, self._unmarked = True, False
                if not self._open:
                    self._outside = True
                    return
            self._open ^= {match[0]} if len(match[0]) < 3 else {match[0][0], match[0][:2]}
            position = match.end()
        self._unmarked = self._unmarked or bool(_ALPHANUMERIC.search(line, position))


class _Grouping:
    """One pass over the lines of a text; holds the block under construction."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(_lines(text))
        self.markdown = _MARKDOWN.search(text) is not None
        self.width = _wrap_width(text, self.lines)
        self.spaced = self.width > 0 and _double_spaced(text, self.lines)
        self.found: list[Block] = []
        self.current: Block | None = None
        self.emphasis = _Emphasis("")  # of the current block
        self.counters: dict[str, int] = {}

    def run(self) -> list[Block]:
        previous: _Line | None = None  # the last line that was not blank
        apart = True
        for line in self.lines:
            if line.blank:
                apart = True
                continue
            if _RULE.match(self.text, line.begin, line.end):
                self._rule(line, apart)
            else:
                self._line(line, previous, apart)
            previous = line
            apart = False
        self._close()
        return self.found

    def _line(self, line: _Line, previous: _Line | None, apart: bool) -> None:
        text = self.text
        line = self._alphabetic(line)
        if text[line.mark_start] == "|":
            self._open(line, "row", apart)
        elif line.hashes:
            self._open(line, "heading", apart)
            self._close()
        elif line.family and self._starts_item(line, previous, apart):
            self.counters[line.family] = line.ordinal
            self._open(line, "item", apart)
        elif previous and self._continues(line, previous, apart):
            self._extend(line)
        else:
            plain = replace(line, start=line.mark_start, family="", ordinal=0)
            self._open(plain, "paragraph", apart, skip=self._closing_marks(plain, previous, apart))

    def _open(self, line: _Line, kind: BlockKind, apart: bool, skip: int = 0) -> None:
        self._close()
        if kind == "row" and _TABLE_RULE.match(self.text, line.mark_start, line.end):
            return
        start = min(line.start, line.end) + skip
        self.current = Block(
            kind,
            line.begin,
            start,
            line.end,
            line.hashes,
            line.indent,
            line.family,
            line.ordinal,
            apart,
        )
        self.emphasis = _Emphasis(self.text[start : line.end])

    def _extend(self, line: _Line) -> None:
        if self.current:
            self.emphasis.feed(self.text[line.begin : line.end])
            self.current = replace(self.current, end=line.end, lines=self.current.lines + 1)

    def _close(self) -> None:
        if self.current and self.current.start < self.current.end:
            self.found.append(self.current)
        self.current = None

    def _rule(self, line: _Line, apart: bool) -> None:
        """A line of dashes is a setext underline directly below one line of text, else a rule."""
        under = self.current
        mark = self.text[line.mark_start]
        if under and under.kind == "paragraph" and under.lines == 1 and not apart and mark in "=-":
            self.current = replace(under, kind="heading", level=1 if mark == "=" else 2)
        self._close()

    def _alphabetic(self, line: _Line) -> _Line:
        """Read "(i)" behind "(h)" as the ninth letter, not as the numeral one."""
        if "i" not in line.family.lower():
            return line
        family = line.family.replace("i", "a").replace("I", "A")
        ninth = _NUMERAL_LETTERS.get(line.ordinal, 0)
        if ninth and self.counters.get(family) == ninth - 1:
            return replace(line, family=family, ordinal=ninth)
        return line

    def _starts_item(self, line: _Line, previous: _Line | None, apart: bool) -> bool:
        """Decide whether a marker is one: "30. Foo" may be the tail of a wrapped sentence."""
        if not line.ordinal or (line.ordinal == 1 and not line.family.startswith("A")):
            return True
        last = self.counters.get(line.family, 0)
        follows = last < line.ordinal <= last + 3
        if line.family[-1:] in ".)" and line.family.strip("().")[:1] in ("a", "A", "i", "I"):
            return follows or (line.ordinal == 1 and apart)
        return follows or apart or previous is None or self._ended(previous)

    def _ended(self, line: _Line) -> bool:
        return self.text[line.begin : line.end].rstrip("*_ ").endswith(_TERMINAL)

    def _continues(self, line: _Line, previous: _Line, apart: bool) -> bool:
        current = self.current
        if (
            current is None
            or current.kind not in ("paragraph", "item")
            or (apart and not self.spaced)
        ):
            return False
        if self.emphasis.whole or self._closing_marks(line, previous, apart):
            return False
        if self.markdown and not apart:
            return True  # CommonMark: only a blank line or a marker ends a paragraph
        word_end = line.mark_start
        while word_end < line.end and not self.text[word_end].isspace():
            word_end += 1
        room = previous.end - previous.begin + 1 + (word_end - line.mark_start)
        if self.width and room > self.width:
            return True
        if current.kind == "item" and not apart and line.indent > current.indent:
            return True
        lower = self.text[line.mark_start].islower()
        long_enough = previous.end - previous.begin >= _SHORT_LINE
        return lower and long_enough and not self._ended(previous)

    def _closing_marks(self, line: _Line, previous: _Line | None, apart: bool) -> int:
        """Count emphasis marks that open a line but close what the line before opened."""
        if previous is None or apart or self.current is None or self.current.lines > 1:
            return 0
        marks = _CLOSING_MARKS.match(self.text, line.mark_start)
        if marks is None:
            return 0
        before = self.text[previous.start : previous.end]
        opener = _OPENING_MARKS.match(before)
        closed = opener is None or before.count("*") != opener[0].count("*")
        return 0 if closed else len(marks[0])


def _lines(text: str) -> Iterator[_Line]:
    begin = 0
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip()
        yield _line(content, begin) if content else _Line(begin, begin, begin, begin)
        begin += len(raw)


def _line(content: str, begin: int) -> _Line:
    match = cast("re.Match[str]", _LINE.match(content))  # all of it is optional
    indent = 0
    if match.end("inner"):
        indent = len(match["indent"].expandtabs(4)) + 2 * match["quoted"].count(">")
        indent += len(match["inner"].expandtabs(4))
    family, ordinal = _marker(match)
    mark_start = begin + match.end("inner")
    return _Line(
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
        return "1." * len(parts) if "(" not in number else "(1)", int(parts[-1]) + (
            parts[-1] == "0"
        )
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


def _wrap_width(text: str, lines: Sequence[_Line]) -> int:
    """Return the column at which the text was hard-wrapped, or 0 where it was not.

    In wrapped text a line breaks only where the next word would not have fitted.
    """
    full = [line for line in lines if not line.blank and not line.hashes]
    lengths = sorted(line.end - line.begin for line in full)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 50 else lengths[-1]
    if not 45 <= width <= 130:
        return 0
    near = sum(1 for length in lengths if length > width * 0.8)
    return width if near >= len(lengths) * 0.3 else 0


def _double_spaced(text: str, lines: Sequence[_Line]) -> bool:
    """Tell whether a blank line follows every hard-broken line, as some converters leave it."""
    full = [(i, line) for i, line in enumerate(lines) if not line.blank]
    breaks = [(a, b, j - i > 1) for (i, a), (j, b) in pairwise(full)]
    cut = [
        blank
        for a, b, blank in breaks
        if not b.family
        and text[b.mark_start].islower()
        and not text[a.begin : a.end].endswith(_TERMINAL)
    ]
    return len(cut) >= 5 and sum(cut) >= 0.8 * len(cut)
