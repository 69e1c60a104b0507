"""Group the lines of a text into blocks: headings with marks, paragraphs, list items, table rows.

Knows the surface of plain text and Markdown only. What a block means (an unmarked heading, a stem,
a section) is decided in `annotate.documents.segmentation`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from annotate.documents.emphasis import Emphasis
from annotate.documents.lines import TERMINAL, Line, read_lines
from annotate.documents.openings import Above, Openings
from annotate.documents.wrapping import is_double_spaced, wrapping

BlockKind = Literal["heading", "paragraph", "item", "row", "cell", "label", "mark"]
"""What marks show, and what only a stated layout tells: a cell of a table, a label that heads
others (a cell, a term, a summary), a mark that is no part of the words."""

# Possessive (*+, ++), so that a line of thousands of marks takes one pass.
_RULE = re.compile(
    r"[ \t]*+(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|={3,}+)[ \t]*+$"
)
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
# What an empty cell may hold, and what parts it from the next.
_EMPTY_CELLS = re.compile(r"[\s|*_]|&nbsp;|<br ?/?>")
_INNER_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")  # behind the marker of a list item
_MARKDOWN = re.compile(r"^#{1,6} |\]\((?:https?:|mailto:|#|/)|\*\*\S", re.MULTILINE)
_OPENING_MARKS = re.compile(r"[*_][*_ ]*")
_CLOSING_MARKS = re.compile(r"[*_]{2,6}(?=[^\s*_])")
_LABEL_END = re.compile(r"[^\s*_][*_]{1,3}\.\Z")
_NUMERAL_LETTERS = {1: 9, 5: 22, 10: 24}  # i, v, x as letters of the alphabet
# Shorter lines than this are never read as broken in mid-sentence without a wrap width to prove it.
_SHORT_LINE = 40


class Block(NamedTuple):
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
        full: how many of them end where the next word would not have fitted.
        stated: its source states what it is, so that marks in it are words.
        position: in the blocks of a stated layout; `heads` are positions there.
        table: which table it stands in, 0 for none.
        head: whether a row names what the rows below it hold; None where no mark says so.
        furniture: why it is furniture, "" where it is not.
        label: how many of its characters, from the first, its source emphasises.
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
    full: int = 0
    stated: bool = False
    position: int = -1
    heads: tuple[int, ...] = ()
    table: int = 0
    head: bool | None = None
    furniture: str = ""
    label: int = 0

    @property
    def is_one_line(self) -> bool:
        """Whether its author wrote it on one line, which may since have been broken to a width."""
        return self.lines - self.full == 1


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text` in order. They never overlap."""
    return _Grouping(text).run()


class _Grouping:
    """One pass over the lines of a text; holds the block under construction."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(read_lines(text))
        marked = "#" in text or "](" in text or "**" in text  # which nearly no plain text has
        self.markdown = marked and _MARKDOWN.search(text) is not None
        self.wrapping = wrapping(text, self.lines)
        self.spaced = self.wrapping.width > 0 and is_double_spaced(text, self.lines)
        self.openings = Openings(text, self.lines, self.wrapping, spaced=self.spaced)
        self.at = 0  # the line that is read
        self.found: list[Block] = []
        self.current: Block | None = None
        self.emphasis = Emphasis("")  # of the current block
        self.counters: dict[str, int] = {}
        self.table_begin = -1  # where the first row of the table starts that is read
        self.headless = False  # that row says nothing

    def run(self) -> list[Block]:
        previous: Line | None = None  # the last line that was not blank
        apart = True
        for at, line in enumerate(self.lines):
            self.at = at
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

    def _line(self, line: Line, previous: Line | None, apart: bool) -> None:
        text = self.text
        line = self._alphabetic(line)
        inner = _INNER_HEADING.match(text, line.start, line.end) if line.family else None
        if text[line.mark_start] == "|":
            self._row(line, previous, apart)
        elif inner:
            hashes = len(inner[0].rstrip())
            self._open(line._replace(start=inner.end(), hashes=hashes), "heading", apart)
            self._close()
        elif line.hashes:
            self._open(line, "heading", apart)
            self._close()
        elif line.family and self._starts_item(line, previous, apart):
            self.counters[line.family] = line.ordinal
            self._open(line, "item", apart)
        elif previous and self._continues(line, previous, apart):
            self._extend(line, previous)
        else:
            plain = line._replace(start=line.mark_start, family="", ordinal=0)
            self._open(plain, "paragraph", apart, skip=self._closing_marks(plain, previous, apart))

    def _row(self, line: Line, previous: Line | None, apart: bool) -> None:
        """A row; a rule below the first one makes it the head, and one without words is none."""
        content = self.text[line.mark_start : line.end]
        empty = not _EMPTY_CELLS.sub("", content)
        if apart or previous is None or self.text[previous.mark_start] != "|":
            self.table_begin, self.headless = line.begin, empty
        if _TABLE_RULE.match(content):
            if self.current and self.current.begin == self.table_begin:
                self.current = self.current._replace(head=True)
            self._close()
        elif empty:
            self._close()
        else:
            self._open(line, "row", apart)
            if self.current and self.headless:
                self.current = self.current._replace(head=False)

    def _open(self, line: Line, kind: BlockKind, apart: bool, skip: int = 0) -> None:
        self._close()
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
        self.emphasis = Emphasis(self.text[start : line.end])

    def _extend(self, line: Line, previous: Line) -> None:
        if self.current:
            self.emphasis.feed(self.text[line.begin : line.end])
            full = self.current.full + self.wrapping.is_full(self.text, previous, line)
            lines = self.current.lines + 1
            self.current = self.current._replace(end=line.end, lines=lines, full=full)

    def _close(self) -> None:
        if self.current and self.current.start < self.current.end:
            self.found.append(self.current)
        self.current = None

    def _rule(self, line: Line, apart: bool) -> None:
        """A line of dashes is a setext underline directly below one line of text, else a rule."""
        under = self.current
        mark = self.text[line.mark_start]
        if under and under.kind == "paragraph" and under.lines == 1 and not apart and mark in "=-":
            self.current = under._replace(kind="heading", level=1 if mark == "=" else 2)
        self._close()

    def _alphabetic(self, line: Line) -> Line:
        """Read "(i)" behind "(h)" as the ninth letter, not as the numeral one."""
        if "i" not in line.family.lower():
            return line
        family = line.family.replace("i", "a").replace("I", "A")
        ninth = _NUMERAL_LETTERS.get(line.ordinal, 0)
        if ninth and self.counters.get(family) == ninth - 1:
            return line._replace(family=family, ordinal=ninth)
        return line

    def _starts_item(self, line: Line, previous: Line | None, apart: bool) -> bool:
        """Decide whether a marker is one: "30. Foo" may be the tail of a wrapped sentence."""
        if previous and not apart and self.wrapping.proven:
            full = self.wrapping.is_full(self.text, previous, line)
            last = self.counters.get(line.family, 0)
            if full and self.openings.is_within(self.at, previous, last):
                return False
        if not line.ordinal or (line.ordinal == 1 and not line.family.startswith("A")):
            return True
        last = self.counters.get(line.family, 0)
        follows = last < line.ordinal <= last + 3
        if line.family[-1:] in ".)" and line.family.strip("().")[:1] in ("a", "A", "i", "I"):
            return follows or (line.ordinal == 1 and apart)
        return follows or apart or previous is None or self._ended(previous)

    def _ended(self, line: Line) -> bool:
        return self.text[line.begin : line.end].rstrip("*_ ").endswith(TERMINAL)

    def _continues(self, line: Line, previous: Line, apart: bool) -> bool:
        current = self.current
        if (
            current is None
            or current.kind not in ("paragraph", "item")
            or (apart and not self.spaced)
        ):
            return False
        full = self.wrapping.is_full(self.text, previous, line)
        lower = self.text[line.mark_start].islower()
        if self.emphasis.whole and not (full and (lower or self._is_label(previous))):
            return False
        if self._closing_marks(line, previous, apart):
            return False
        if self.markdown and not apart:
            return True  # CommonMark: only a blank line or a marker ends a paragraph
        if full:
            above = Above(current.start, previous, current.kind == "item", current.indent)
            return not self.openings.opens(self.at, above)
        if current.kind == "item" and not apart and line.indent > current.indent:
            return True
        long_enough = previous.end - previous.begin >= _SHORT_LINE
        return lower and long_enough and not self._ended(previous)

    def _is_label(self, line: Line) -> bool:
        """Tell whether a full line in italics may go on, as "_Website data_." can."""
        return _LABEL_END.search(self.text, line.begin, line.end) is not None

    def _closing_marks(self, line: Line, previous: Line | None, apart: bool) -> int:
        """Count emphasis marks that open a line but close what the line before opened."""
        if previous is None or apart or self.current is None or not self.current.is_one_line:
            return 0
        marks = _CLOSING_MARKS.match(self.text, line.mark_start)
        if marks is None:
            return 0
        before = self.text[self.current.start : previous.end]
        opener = _OPENING_MARKS.match(before)
        closed = opener is None or before.count("*") != opener[0].count("*")
        return 0 if closed else len(marks[0])
