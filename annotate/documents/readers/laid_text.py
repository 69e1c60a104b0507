"""Write a text block by block, with the layout that says what each of them is.

Words come in the order of the text, and each block begins in the `Place` that is current then. The
text is plain: what marks would say, the layout says. Of what a page draws around words, only the
numbers of items are written, before the blocks that they belong to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from annotate.documents.layout import Furniture, Layout, LayoutBlock, LayoutKind

_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEPEST_INDENT = 6  # lists that are nested deeper are not indented further
_MOST_HEADS = 8  # of one block: what is nested deeper heads it less than its neighbours do


class Place(NamedTuple):
    """Where words stand; the attributes are those of `LayoutBlock`.

    Attributes:
        item: a number of the list item that words stand in; its first block alone is of the kind
            "item", and what follows in it are paragraphs.
        furniture: why this is furniture, "" where it is not.
    """

    kind: LayoutKind = "paragraph"
    item: int = 0
    level: int = 0
    depth: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    heads: tuple[int, ...] = ()
    furniture: str = ""
    columns: int = 1
    rows: int = 1

    def headed(self, *heads: int) -> Place:
        """Return this place with more that heads it."""
        if not heads:
            return self
        return self._replace(heads=tuple(dict.fromkeys((*self.heads, *heads)))[-_MOST_HEADS:])


class LaidText:
    """A text under construction.

    Attributes:
        place: where the next block begins. Whoever changes it has ended the block before.
        bold: how many elements that set words in bold are open.
        blocks: what is written so far.
        latest: the words of the last of them.
    """

    def __init__(self) -> None:
        self.place = Place()
        self.bold = 0
        self.blocks: list[LayoutBlock] = []
        self.latest = ""
        self._items: set[int] = set()  # whose first block is written
        self._written: list[str] = []
        self._length = 0
        self._furniture: list[Furniture] = []
        self._pieces: list[str] = []  # of the block under construction
        self._begun = self.place  # where it began
        self._number = ""
        self._space = False
        self._breaks = 0
        self._all_bold = True
        self._marks: list[str] = []

    @property
    def last(self) -> str:
        """The words that were written last in the open block, as far as they matter here."""
        return "" if self._space or self._breaks or not self._pieces else self._pieces[-1][-8:]

    # ---- Words ----

    def words(self, text: str) -> None:
        """Write text, with white space as a reader sees it."""
        # A soft hyphen is drawn at the end of a line alone, and no part of the word.
        text = _SPACES.sub(" ", text.replace("\xad", ""))
        core = text.strip(" ")
        if core:
            if text[0] == " ":
                self.space()
            self.verbatim(core)
        if text and text[-1] == " ":
            self.space()

    def verbatim(self, text: str) -> None:
        """Write text as it is."""
        if not self._pieces:
            self._begun = self.place
            self._all_bold = True
        elif self._breaks:
            self._pieces.append("\n")
        elif self._space:
            self._pieces.append(" ")
        self._space, self._breaks = False, 0
        self._all_bold &= self.bold > 0
        self._pieces.append(text)

    def space(self) -> None:
        """Part what comes from what is written."""
        self._space = True

    def line_end(self) -> None:
        """End a line inside a block; two of them end the block."""
        if self._pieces:
            self._breaks += 1
            if self._breaks > 1:
                self.end_block()

    def number(self, text: str) -> None:
        """Let a number stand before the next block."""
        self._number = text

    def apart(self, text: str) -> None:
        """Write what is no part of the words around it behind their block, or their table."""
        self._marks.append(text)

    # ---- Blocks ----

    def end_block(self) -> None:
        """End the open block, if there is one."""
        if self._pieces:
            self._put("".join(self._pieces).strip(" \n"), self._begun, self._all_bold)
            self._pieces = []
        self._space, self._breaks = False, 0
        if self._marks and not self.place.table:
            marks, self._marks = self._marks, []
            furniture = self.place.furniture
            self._put(" ".join(marks), Place("mark", furniture=furniture), False)

    def _put(self, words: str, place: Place, strong: bool) -> None:
        if not words:
            return
        if place.kind == "item" and place.item in self._items:
            place = place._replace(kind="paragraph")
        self._items.add(place.item)
        before = self._before(place) + self._number_of(place)
        start = self._length + len(before)
        end = start + len(words)
        if place.furniture:
            self._mark(self._length if self._goes_on(place) else start, end, place.furniture)
        self._written += (before, words)
        self._length = end
        self.latest = words
        self.blocks.append(
            LayoutBlock(
                place.kind,
                start,
                end,
                place.level,
                place.depth,
                place.table,
                place.row,
                place.column,
                place.heads,
                strong and place.kind != "heading",
                place.columns,
                place.rows,
            )
        )

    def _before(self, place: Place) -> str:
        """Return what parts a block from the one before, with its indent."""
        indent = "  " * (min(place.depth, _DEEPEST_INDENT) - (place.kind in ("item", "heading")))
        if not self.blocks:
            return indent
        last = self.blocks[-1]
        if place.table and last.table == place.table:
            if last.row != place.row:
                return "\n" + indent
            return "\n" if last.column == place.column else "\t"
        together = (place.depth and last.depth) or place.kind in ("mark", "option", "definition")
        return ("\n" if together else "\n\n") + indent

    def _number_of(self, place: Place) -> str:
        number, self._number = self._number, ""
        return f"{number} " if number else ""

    def _goes_on(self, place: Place) -> bool:
        last = self._furniture[-1] if self._furniture else None
        return last is not None and (last.end, last.reason) == (self._length, place.furniture)

    def _mark(self, start: int, end: int, reason: str) -> None:
        if self._furniture and self._furniture[-1].end == start:
            start = self._furniture.pop().start
        self._furniture.append(Furniture(start, end, reason))

    def forget_furniture(self, since: int) -> None:
        """Take back the marks of what is written behind a length, which proved to be text."""
        while self._furniture and self._furniture[-1].end > since:
            last = self._furniture.pop()
            if last.start < since:
                self._furniture.append(replace(last, end=since))

    @property
    def length(self) -> int:
        """How many characters are written."""
        return self._length

    def finished(self) -> tuple[str, Layout]:
        """Return the text and its layout."""
        self.place = Place()
        self.end_block()
        return "".join(self._written), Layout(tuple(self.blocks), (), tuple(self._furniture))
