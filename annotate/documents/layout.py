"""The layout that a source states: its blocks, its pages, and what of it is furniture.

Readers of HTML, DOCX and PDF give it beside the text, so that nobody has to guess from marks what
the source said plainly. Plain text and Markdown have none: there the marks are the layout. All
offsets count code points of the text, and every range is half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast, get_args

from pydantic import JsonValue

LayoutKind = Literal[
    "heading",
    "paragraph",
    "item",
    "cell",
    "head",
    "summary",
    "term",
    "definition",
    "caption",
    "note",
    "mark",
    "option",
]
"""What a block is: a heading, a paragraph, a list item, a cell of a table and one that heads it,
the summary of what can be opened, a term and its definition, the caption of a table, figure or
group, a note, the mark that leads to one or says how a word is read, a choice of a form."""

_KINDS = frozenset(get_args(LayoutKind))


class LayoutBlock(NamedTuple):
    """A block as its source states it.

    Attributes:
        start, end: its words, without outer white space and without the number of an item.
        level: of a heading, from 1; 0 where the source gives none.
        depth: how many lists it stands in.
        table: which table it is a cell of, from 1; 0 for none. `row` and `column` count from 0.
        columns, rows: how many columns and rows of its table it spans.
        heads: positions in `Layout.blocks` of what heads it beside headings, outermost first: the
            caption and the heads of its row and column, the summary, the term.
        strong, slanted: all of its words are set in bold, in italics.
        label: how many of its characters, from the first, are emphasised as a label is.
    """

    kind: LayoutKind
    start: int
    end: int
    level: int = 0
    depth: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    heads: tuple[int, ...] = ()
    strong: bool = False
    columns: int = 1
    rows: int = 1
    slanted: bool = False
    label: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source: its number, from 1, and what of the text stands on it."""

    number: int
    start: int
    end: int


LINK_WITHIN = "link within the page"
"""Why a block is furniture that does nothing but lead to a place on the same page."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the text: shown, listed, not annotated.

    Attributes:
        reason: how it was known, in a few words.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a source states about a text.

    Attributes:
        blocks: in text order, without overlap; empty where the source states none, as a PDF does,
            and the text is read by its marks.
        pages: in order; empty where the source has none.
        furniture: in text order, without overlap.
    """

    blocks: tuple[LayoutBlock, ...] = ()
    pages: tuple[Page, ...] = ()
    furniture: tuple[Furniture, ...] = ()

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """Return the pages that a range stands on; running heads stand on none."""
        first = bisect_right(self.pages, start, key=lambda page: page.end)
        after = bisect_left(self.pages, max(end, start + 1), key=lambda page: page.start)
        return tuple(page for page in self.pages[first:after] if page.start < page.end)

    def furniture_at(self, place: int) -> str:
        """Return why what stands at a place is furniture, "" where it is not."""
        index = bisect_right(self.furniture, place, key=lambda each: each.start) - 1
        here = index >= 0 and place < self.furniture[index].end
        return self.furniture[index].reason if here else ""

    def furnished(self, *, but: str = "") -> list[bool]:
        """Tell for each block whether it is furniture, for another reason than `but`."""
        told: list[bool] = []
        coming = list(reversed(self.furniture))
        for block in self.blocks:
            while coming and coming[-1].end <= block.start:
                coming.pop()
            here = bool(coming) and coming[-1].start <= block.start
            told.append(here and coming[-1].reason != but)
        return told

    def to_json(self) -> dict[str, JsonValue]:
        """Return the layout as JSON; what most blocks do not have is left out."""
        found: dict[str, JsonValue] = {}
        if self.blocks:
            found["blocks"] = [_row(block) for block in self.blocks]
        if self.pages:
            found["pages"] = [[each.number, each.start, each.end] for each in self.pages]
        if self.furniture:
            found["furniture"] = [[each.start, each.end, each.reason] for each in self.furniture]
        return found

    @classmethod
    def from_json(cls, row: Mapping[str, Any], length: int) -> Layout:
        """Read a layout of a text of so many characters.

        Raises:
            ValueError: where it is none of such a text.
        """
        layout = cls(
            tuple(_block(each) for each in row.get("blocks", ())),
            tuple(Page(int(n), int(start), int(end)) for n, start, end in row.get("pages", ())),
            tuple(
                Furniture(int(start), int(end), str(reason))
                for start, end, reason in row.get("furniture", ())
            ),
        )
        layout.check(length)
        return layout

    def check(self, length: int) -> None:
        """Check that the layout can be one of a text of so many characters.

        Raises:
            ValueError: where it cannot.
        """
        for ranges in (self.blocks, self.pages, self.furniture):
            _check_order(ranges, length)
        for position, block in enumerate(self.blocks):
            if block.kind not in _KINDS:
                raise ValueError(f"the layout has a block of an unknown kind, {block.kind!r}")
            if not all(0 <= head < position for head in block.heads):
                raise ValueError("a block of the layout is headed by one that is not before it")


def _check_order(ranges: Sequence[LayoutBlock | Page | Furniture], length: int) -> None:
    reached = 0
    for each in ranges:
        if not reached <= each.start <= each.end <= length:
            raise ValueError("the ranges of the layout are not those of the text")
        reached = each.end


_ALWAYS = 3  # fields of a block that its row always has
_OPTIONAL = LayoutBlock._fields[_ALWAYS:]
_BLANK = LayoutBlock("paragraph", 0, 0)[_ALWAYS:]


def _row(block: LayoutBlock) -> JsonValue:
    row: dict[str, JsonValue] = {"kind": block.kind, "start": block.start, "end": block.end}
    if (optional := block[_ALWAYS:]) != _BLANK:
        for name, value, blank in zip(_OPTIONAL, optional, _BLANK, strict=True):
            if value != blank:
                row[name] = list(value) if isinstance(value, tuple) else value
    return row


def _block(row: Mapping[str, Any]) -> LayoutBlock:
    optional = {name: row[name] for name in _OPTIONAL if name in row}
    if "heads" in optional:
        optional["heads"] = tuple(optional["heads"])
    return LayoutBlock(cast("LayoutKind", row["kind"]), row["start"], row["end"], **optional)
