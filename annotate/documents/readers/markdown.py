"""Write Markdown in one pass: words, the marks around them, line breaks, containers and tables.

Knows no HTML. What is asked for before a word (a space, a line end, a mark) is written when the
word comes, so that nothing is written around nothing. The work grows with what is given and not
with how deep it is nested. Indents end at a width, so that the text stays in bounds too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WIDEST_INDENT = 24
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class Mark:
    """Something written before a word, such as the "**" of bold.

    Attributes:
        at: its place among the written pieces, -1 while no word has come.
    """

    text: str
    at: int = -1
    dropped: bool = False

    @property
    def written(self) -> bool:
        """Whether a word has come behind it."""
        return self.at >= 0


@dataclass(slots=True)
class Container:
    """What indents the lines inside it: a list item, a quoted block.

    Attributes:
        marker: stands in place of the indent before the first word.
        shown: its place among the indents, -1 where it is too deep to be indented.
    """

    indent: str
    marker: str
    shown: int = -1
    used: bool = False


@dataclass(slots=True)
class _Row:
    """A row of a table under construction; `at` is where its first piece stands."""

    at: int
    indent: str
    columns: int = 0
    heads_only: bool = True


@dataclass(slots=True)
class _Table:
    begun: bool = False
    row: _Row | None = None


@dataclass(slots=True)
class MarkdownWriter:
    """Takes words and structure in the order of the text; `finished` returns the Markdown."""

    pieces: list[str] = field(default_factory=list)
    _indents: list[Container] = field(default_factory=list)
    _width: int = 0
    _markers: list[Container] = field(default_factory=list)  # with a marker that is not written
    _marks: list[Mark] = field(default_factory=list)  # not written
    _tables: list[_Table] = field(default_factory=list)
    _breaks: int = 0  # line ends asked for: 1 ends a line, 2 a block
    _returns: int = 0  # line breaks inside a paragraph
    _space: bool = False
    _bare: bool = True  # nothing is written yet where a space would not count
    _low: int = 0  # containers that were open all the time since the last word
    _flat: int = 0  # how many of what holds one line alone are open

    def finished(self) -> str:
        """Return the Markdown without outer white space."""
        return "".join(self.pieces).strip()

    # ---- Words and what parts them ----

    def words(self, text: str) -> None:
        """Write text, with white space as a reader sees it."""
        text = _SPACES.sub(" ", text)
        core = text.strip(" ")
        if core:
            if text[0] == " ":
                self.space()
            self.verbatim(core)
        if text.endswith(" "):
            self.space()

    def verbatim(self, text: str) -> None:
        """Write text as it is."""
        self._catch_up()
        self._write_marks()
        self.pieces.append(text)

    def space(self) -> None:
        """Part what comes from what is written."""
        self._space = not self._bare

    def break_(self, lines: int) -> None:
        """End the line (1) or the block (2); where one line holds all, part the words."""
        if self._flat:
            self.space()
        elif not self._markers:  # an item begins with its first word
            self._breaks = max(self._breaks, lines)

    def return_(self) -> None:
        """Break the line inside a paragraph."""
        if self._flat:
            self.space()
        elif not self._bare and not self._breaks:
            self._returns += 1

    def _write_marks(self) -> None:
        for mark in self._marks:
            if not mark.dropped:
                mark.at = len(self.pieces)
                self.pieces.append(mark.text)
        self._marks.clear()

    def _catch_up(self) -> None:
        """Write what was asked for before a word or a row."""
        if self._breaks or not self.pieces:
            if self.pieces:
                blank = self._indent(self._low).rstrip() if self._breaks > 1 else ""
                between = blank if ">" in blank else ""
                self.pieces.append(f"\n{between}" * (self._breaks > 1) + "\n")
            self.pieces.append(self._begun_line())
        elif self._returns:
            self.pieces.append(f"  \n{self._indent(len(self._indents))}" * self._returns)
        elif self._space:
            self.pieces.append(" ")
        self._breaks = self._returns = 0
        self._space = self._bare = False
        self._low = len(self._indents)

    def _indent(self, containers: int) -> str:
        return "".join(each.indent for each in self._indents[:containers])

    def _begun_line(self) -> str:
        """Return what stands before the first word of a line: indents, and markers once."""
        starts = [each.indent for each in self._indents]
        for each in self._markers:
            each.used = True
            if each.shown >= 0:
                starts[each.shown] = each.marker
            else:
                starts.append(each.marker)
        self._markers.clear()
        return "".join(starts)

    # ---- Marks around words ----

    def open(self, text: str) -> Mark:
        """Return a mark to be written before the next word."""
        mark = Mark(text)
        self._marks.append(mark)
        return mark

    def close(self, mark: Mark, text: str) -> None:
        """Write `text` behind the last word, unless none has come behind the mark."""
        if mark.written and not mark.dropped:
            self.pieces.append(text)
        mark.dropped = True

    def behind(self, mark: Mark) -> str:
        """Return what is written behind a mark that is written."""
        return "".join(self.pieces[mark.at + 1 :])

    # ---- Containers, and what holds one line alone ----

    def enter(self, indent: str, marker: str = "") -> Container:
        """Begin to indent lines; a marker, if any, stands before the first of them."""
        if self._flat:
            self.space()
            self.open(marker)
            return Container("", "")
        container = Container(indent, marker)
        if self._width + len(indent) <= _WIDEST_INDENT:
            container.shown = len(self._indents)
            self._indents.append(container)
            self._width += len(indent)
        if marker:
            self._markers.append(container)
        return container

    def leave(self, container: Container) -> None:
        """End the innermost container; the line behind it follows at once."""
        if container.shown >= 0:
            self._indents.pop()
            self._width -= len(container.indent)
            self._low = min(self._low, len(self._indents))
        if container.used:
            self._breaks = 1
        elif container.marker:
            self._markers.pop()

    @property
    def flat(self) -> bool:
        """Whether what comes is part of one line."""
        return self._flat > 0

    def flatten(self) -> None:
        """Let what comes be one line, such as a heading or a cell, until `unflatten`."""
        self._flat += 1

    def unflatten(self) -> None:
        """End what `flatten` began."""
        self._flat -= 1

    # ---- Tables ----

    def open_table(self) -> None:
        """Begin a table; inside a cell its words are parted alone."""
        self.break_(2)
        self._tables.append(_Table())

    def close_table(self) -> None:
        """End the innermost table."""
        self.end_row()
        self._tables.pop()
        self.break_(2)

    def begin_cell(self, *, head: bool) -> bool:
        """Begin a cell, and a row where there is none; say whether it is one.

        It is none outside tables, and inside another cell.
        """
        if self._flat or not self._tables:
            self.break_(2)
            return False
        table = self._tables[-1]
        if table.row is None:
            self.break_(1)
            self._catch_up()
            table.row = _Row(len(self.pieces), self._indent(len(self._indents)))
            self.pieces.append("|")
        table.row.heads_only &= head
        self.pieces.append(" ")
        self._bare, self._space = True, False
        self.flatten()
        return True

    def end_cell(self, columns: int) -> None:
        """End a cell that is `columns` wide."""
        self.unflatten()
        self.pieces.append(" |" * columns)
        self._space = False
        row = self._tables[-1].row
        if row is not None:
            row.columns += columns

    def end_row(self, *, head: bool = False) -> None:
        """End the row, if one is open; the first of a table gets a rule, and an empty head."""
        if not self._tables:
            return
        table, row = self._tables[-1], self._tables[-1].row
        table.row = None
        if row is None or self._flat:
            return
        if not table.begun:
            line_end = f"\n{row.indent}"
            rule = "| " + " | ".join(["---"] * row.columns) + " |"
            if head or row.heads_only:
                self.pieces += [line_end, rule]
            else:
                empty = "| " + " | ".join([""] * row.columns) + " |"
                self.pieces[row.at] = f"{empty}{line_end}{rule}{line_end}|"
        table.begun = True
        self.break_(1)
