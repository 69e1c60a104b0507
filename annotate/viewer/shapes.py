"""Tell what each part of a document is drawn as: what its source states, or what its marks say.

The parts of the shapes joined are the text. What only marks the text up (the signs of Markdown, the
strokes between the cells of a table) is a part that a page keeps and does not show, so that offsets
still count what the page holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from annotate.documents.blocks import Block as Lines
from annotate.documents.document import Document
from annotate.documents.layout import LayoutKind
from annotate.documents.segmentation import read_blocks
from annotate.documents.units import Unit
from annotate.viewer.markup import Markup, Style, definitions, find_markup
from annotate.viewer.tables import Cell

BlockKind = Literal[
    "heading", "paragraph", "item", "cell", "summary", "term", "definition", "caption", "note"
]
"""What a block is drawn as."""

Role = Literal["content", "marker", "tail", "rest", "markup"]
"""The words of a block; the marker before them; white space behind them; a rule or the like; what
is not shown, as it only marks words up."""

_DEEPEST = 4
_SHOWN_AS: Mapping[LayoutKind, BlockKind] = {
    "summary": "summary",
    "term": "term",
    "definition": "definition",
    "caption": "caption",
    "note": "note",
    "mark": "note",
    "option": "item",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A range of characters that are drawn alike."""

    role: Role
    start: int
    end: int
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A block without what stands on it.

    Attributes:
        level: of a heading, from 1 for the outermost; of an item, how deep its list is nested; of
            what else stands in items, one more than that.
        cell: where it stands in a table, None outside of tables.
        furniture: why it is furniture, "" where it is not.
        words: where its words begin.
    """

    kind: BlockKind
    level: int
    parts: tuple[Part, ...]
    words: int = 0
    cell: Cell | None = None
    furniture: str = ""


def shapes(document: Document) -> Iterator[Shape]:
    """Yield the shapes of a document, in text order."""
    found = read_blocks(document.text, document.layout)
    if found:
        yield from _Shaping(document, found).run()
    else:
        yield Shape("paragraph", 1, (Part("content", 0, len(document.text)),))


@dataclass
class _Shaping:
    """One pass over the blocks of a document."""

    document: Document
    found: Sequence[Lines]
    table: int = 0  # read from marks: its number, and the row that is read
    row: int = -1
    starts: list[int] = field(default_factory=list)
    defined: frozenset[str] | None = None  # references; None where marks of Markdown are words

    def run(self) -> Iterator[Shape]:
        text = self.document.text
        self.starts = [unit.start for unit in self.document.segmentation.units]
        if self.document.format == "markdown" and not self.found[0].stated:
            self.defined = definitions(text)
        begins = [0, *(_begin(text, *pair) for pair in pairwise(self.found)), len(text)]
        for position, lines in enumerate(self.found):
            begin, end = begins[position : position + 2]
            if lines.kind == "row":
                before = self.found[position - 1] if position else None
                yield from self._cells(lines, before, begin, end)
            else:
                yield self._shape(lines, begin, end)

    def _shape(self, lines: Lines, begin: int, end: int) -> Shape:
        units = self._units(lines.start, end)
        kind, level = self._kind(lines, units)
        first, last = (units[0].start, units[-1].end) if units else (lines.start, lines.end)
        parts = self._parts(begin, first, last, end)
        return Shape(kind, level, parts, first, self._cell(lines), lines.furniture)

    def _units(self, start: int, end: int) -> Sequence[Unit]:
        units = self.document.segmentation.units
        return units[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _kind(self, lines: Lines, units: Sequence[Unit]) -> tuple[BlockKind, int]:
        """Tell what a block is: as stated, else as its first unit was taken, else as it looks."""
        layout = self.document.layout
        stated = layout.blocks[lines.position] if layout and lines.stated else None
        depth = min(units[0].depth, _DEEPEST) if units else 0
        if stated:
            depth = min(stated.depth, _DEEPEST)
        if stated and stated.kind in ("cell", "head"):
            return "cell", 1
        if stated and (shown := _SHOWN_AS.get(stated.kind)):
            return shown, max(depth, 1) if shown == "item" else depth + 1
        if units and units[0].kind == "heading":
            return "heading", min(len(units[0].headings) + 1, _DEEPEST)
        if lines.kind == "item":
            return "item", max(depth, 1)
        return "paragraph", depth + 1

    def _cell(self, lines: Lines) -> Cell | None:
        layout = self.document.layout
        if not lines.table or layout is None:
            return None
        stated = layout.blocks[lines.position]
        return Cell(
            stated.table,
            stated.row,
            stated.column,
            stated.rows,
            stated.columns,
            stated.kind == "head",
        )

    # ---- Parts ----

    def _parts(self, begin: int, start: int, end: int, stop: int) -> tuple[Part, ...]:
        """Part a block into marker, words and what follows; empty parts are left out."""
        text = self.document.text
        after: Role = "rest" if text[end:stop].strip() else "tail"
        before: Role = "marker" if text[begin:start].strip() else "tail"
        markup = Markup()
        if self.defined is not None:
            markup = find_markup(text, begin, stop, self.defined)
            after, before = self._without_signs(end, stop), self._without_signs(begin, start)
        ranges: list[tuple[Role, int, int]] = [
            (before, begin, start),
            ("content", start, end),
            (after, end, stop),
        ]
        return tuple(_split([each for each in ranges if each[1] < each[2]], markup))

    def _without_signs(self, start: int, end: int) -> Role:
        """Tell what is drawn of a part of Markdown beside the words: numbers, and no other sign."""
        around = self.document.text[start:end].strip()
        if not around:
            return "tail"
        return "marker" if any(map(str.isalnum, around)) else "markup"

    # ---- Tables that are written with strokes ----

    def _cells(self, lines: Lines, before: Lines | None, begin: int, end: int) -> Iterator[Shape]:
        """Yield the cells of a row; the strokes stand before them, and behind the last."""
        text = self.document.text
        if before is None or before.kind != "row" or lines.apart:
            self.table, self.row = self.table + 1, -1
        self.row += 1
        ranges = _between_strokes(text, lines.start, lines.end)
        for column, (start, stop) in enumerate(ranges):
            last = column + 1 == len(ranges)
            place = Cell(self.table, self.row, column, head=bool(lines.head))
            markup = Markup() if self.defined is None else find_markup(text, start, stop)
            parts: list[tuple[Role, int, int]] = [
                ("markup", begin, start),
                ("content", start, stop),
                ("markup", stop, end if last else stop),
            ]
            split = _split([each for each in parts if each[1] < each[2]], markup)
            yield Shape("cell", 1, tuple(split), start, place, lines.furniture)
            begin = stop


def _begin(text: str, before: Lines, lines: Lines) -> int:
    """Return where a block begins: a number that its source states stands before its words."""
    gap = text[before.end : lines.start] if lines.stated else ""
    return lines.start - len(gap.lstrip()) if gap.strip() else lines.begin


def _between_strokes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words of each cell of a row, without white space around them; there is one."""
    strokes = [
        place
        for place in range(start, end)
        if text[place] == "|" and text[place - 1 : place] != "\\"
    ]
    borders = [*strokes, *([] if strokes and not text[strokes[-1] + 1 : end].strip() else [end])]
    if not strokes or text[start : strokes[0]].strip():
        borders.insert(0, start - 1)
    found = []
    for left, right in pairwise(borders):
        words = text[left + 1 : right]
        begin = left + 1 + len(words) - len(words.lstrip())
        found.append((begin, max(begin, left + 1 + len(words.rstrip()))))
    return found or [(start, end)]


def _split(parts: Sequence[tuple[Role, int, int]], markup: Markup) -> Iterator[Part]:
    """Yield parts in text order, cut where signs stand and where words are set otherwise."""
    ranges = [*markup.signs, *((start, end) for start, end, _ in markup.styles)]
    edges = sorted({edge for each in ranges for edge in each})
    signs, styles = list(markup.signs[::-1]), list(markup.styles[::-1])
    open_: list[tuple[int, int, Style]] = []
    for role, start, end in parts:
        inner = edges[bisect_left(edges, start + 1) : bisect_left(edges, end)]
        for left, right in zip([start, *inner], [*inner, end], strict=True):
            while signs and signs[-1][1] <= left:
                signs.pop()
            while styles and styles[-1][0] <= left:
                open_.append(styles.pop())
            open_ = [each for each in open_ if each[1] > left]
            hidden = bool(signs) and signs[-1][0] <= left
            style = open_[-1][2] if open_ else ""
            if hidden:
                yield Part("markup", left, right)
            else:
                yield Part(role, left, right, style if role == "content" else "")
