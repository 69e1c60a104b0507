"""Write a text block by block, with the layout that says what each of them is.

Words come in the order of the text, and each block begins in the `Place` that is current then. The
text is plain: what marks would say, the layout says. Of what a page draws around words, only the
numbers of items are written, before the blocks that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from annotate.documents.layout import LINK_WITHIN, Furniture, Layout, LayoutBlock, LayoutKind
from annotate.documents.readers import setting
from annotate.documents.readers.setting import BOLD, LINKED, SLANTED, Line

_SPACES = re.compile(r"[ \t\r\n\f]+")
_ODD_SPACES = ("\n", "  ", "\t", "\r", "\f")  # what is more or other than one space
_DEEPEST_INDENT = 6  # lists that are nested deeper are not indented further
_ONE_PART = [(0, 1)]
_MAY_BE_AROUND = frozenset(("paragraph", "item", "definition", "option"))
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
        setting: how the words that come are set, as bits of `annotate.documents.readers.setting`.
        around: why they stand around the text where they are set as a control.
        links: how many links have begun so far.
        linked: how many characters of them are written.
        blocks: what is written so far.
    """

    def __init__(self) -> None:
        self.place = Place()
        self.setting = 0
        self.around = ""
        self.links = 0
        self.linked = 0
        self.blocks: list[LayoutBlock] = []
        self._items: set[int] = set()  # whose first block is written
        self._written: list[str] = []
        self._length = 0
        self._reasons: list[str] = []  # why each block is furniture
        self._pieces: list[str] = []  # of the block under construction
        self._begun = self.place  # where it began
        self._number = ""
        self._space = False
        self._breaks = 0
        self._lines: list[Line] = []  # of this block
        self._links = 0  # that had begun before this line
        self._marks: list[str] = []
        self._controls: list[str] = []

    @property
    def last(self) -> str:
        """The words that were written last in the open block, as far as they matter here."""
        return "" if self._space or self._breaks or not self._pieces else self._pieces[-1][-8:]

    @property
    def is_open(self) -> bool:
        """Whether the open block has words."""
        return bool(self._pieces)

    def words_of(self, position: int) -> str:
        """Return the words of a block."""
        return self._written[2 * position + 1]

    # ---- Words ----

    def words(self, text: str) -> None:
        """Write text, with white space as a reader sees it."""
        if not text.strip(" \t\r\n\f"):  # as between most tags
            self._space |= text != ""
            return
        # A soft hyphen is drawn at the end of a line alone, and no part of the word.
        text = text.replace("\xad", "")
        if any(map(text.__contains__, _ODD_SPACES)):
            text = _SPACES.sub(" ", text)
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
            self._begin_line(0)
        elif self._breaks:
            self._pieces.append("\n")
            self._begin_line(len(self._pieces))
        elif self._space:
            self._pieces.append(" ")
            self._lines[-1].take(" ", setting.EVERY)
        self._space, self._breaks = False, 0
        self._lines[-1].take(text, self.setting)
        if self.setting & LINKED:
            self.linked += len(text)
        self._pieces.append(text)

    def _begin_line(self, piece: int) -> None:
        if self._lines:
            self._lines[-1].links = self.links - self._links
        # A link that is open already has begun before its words.
        self._links = self.links - bool(self.setting & LINKED)
        self._lines.append(Line(piece, self.around))

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

    def apart(self, text: str, *, controls: bool = False) -> None:
        """Write what is no part of the words around it behind their block, or their table."""
        (self._controls if controls else self._marks).append(text)

    # ---- Blocks ----

    def end_block(self) -> None:
        """End the open block, if there is one."""
        if self._pieces:
            self._lines[-1].links = self.links - self._links
            pieces, lines = self._pieces, self._lines
            self._pieces, self._lines = [], []
            for first, last in _parts(pieces, lines) if len(lines) > 1 else _ONE_PART:
                end = lines[last].piece if last < len(lines) else len(pieces)
                words = "".join(pieces[lines[first].piece : end]).strip(" \n")
                self._put(words, self._begun, setting.united(lines[first:last]))
        self._space, self._breaks = False, 0
        if (self._marks or self._controls) and not self.place.table:
            self._put_apart()

    def _put_apart(self) -> None:
        marks, self._marks = self._marks, []
        controls, self._controls = self._controls, []
        furniture = self.place.furniture
        self._put(" ".join(marks), Place("mark", furniture=furniture), Line())
        self._put(" ".join(controls), Place("mark", furniture=furniture or setting.PRESSED), Line())

    def _put(self, words: str, place: Place, line: Line) -> None:
        if not words:
            return
        is_column = place.kind == "cell" and "\n" in words  # a table that lays out the page
        doubted = not place.furniture and (place.kind in _MAY_BE_AROUND or is_column)
        if doubted and (around := setting.around_text(words, line, listed=place.depth > 0)):
            place = place._replace(furniture=around)
        if place.kind == "item" and place.item in self._items:
            place = place._replace(kind="paragraph")
        self._items.add(place.item)
        before = self._before(place) + self._number_of(place)
        start = self._length + len(before)
        end = start + len(words)
        self._reasons.append(place.furniture)
        self._written += (before, words)
        self._length = end
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
                place.kind != "heading" and line.every & BOLD > 0,
                place.columns,
                place.rows,
                line.every & SLANTED > 0,
                min(line.label, len(words)),
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

    def set_around(self, since: int, reason: str) -> None:
        """Let the blocks from a position on be furniture, but for those that are already."""
        for position in range(since, len(self._reasons)):
            if self._reasons[position] in ("", setting.PRESSED, LINK_WITHIN):
                self._reasons[position] = reason

    @property
    def length(self) -> int:
        """How many characters are written."""
        return self._length

    def finished(self) -> tuple[str, Layout]:
        """Return the text and its layout."""
        self.place = Place()
        self.end_block()
        furniture: list[Furniture] = []
        before = ""
        for block, reason in zip(self.blocks, self._reasons, strict=True):
            if reason:
                start = furniture.pop().start if reason == before else block.start
                furniture.append(Furniture(start, block.end, reason))
            before = reason
        return "".join(self._written), Layout(tuple(self.blocks), (), tuple(furniture))


def _parts(pieces: Sequence[str], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the lines of a block as ranges, parted where lines in bold head or follow others."""
    borders = [0]
    for at in range(1, len(lines)):
        begins = pieces[lines[at].piece][:1]
        if lines[at].apart_from(lines[at - 1]) and not begins.islower():
            borders.append(at)
    return list(pairwise((*borders, len(lines))))
