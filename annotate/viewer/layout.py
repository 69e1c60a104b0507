"""Lay a text out as blocks of pieces that can be drawn one by one, without any offset.

A block is a heading, a paragraph, a list item or a table row. Its pieces joined are its characters,
and the blocks joined are the text: nothing is left out, nothing is added, so that what a reader
sees highlighted is exactly what an annotation covers, whatever a browser counts its offsets in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from annotate.documents.blocks import Block as Lines
from annotate.documents.document import Document
from annotate.documents.segmentation import read_blocks
from annotate.documents.units import Unit

BlockKind = Literal["heading", "paragraph", "item", "row"]
"""What a block is drawn as; a cell of a table is drawn as a row of its own."""

Role = Literal["content", "marker", "tail", "rest"]
"""The words of a block; the marker before them; white space behind them; a rule or the like."""

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that all stand under the same annotations.

    Attributes:
        covered: which spans cover it, as positions in what `lay_out` was given.
        cited: which of these were cited with these very characters.
        unread: which unread range it stands in, None where it was read.
    """

    text: str
    role: Role
    covered: tuple[int, ...] = ()
    cited: tuple[int, ...] = ()
    unread: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the layout.

    Attributes:
        level: of a heading, from 1 for the outermost; of an item, how deep its list is nested.
    """

    kind: BlockKind
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of characters, half-open, that belongs to `owner`."""

    start: int
    end: int
    owner: int


def lay_out(
    document: Document,
    covered: Iterable[Span] = (),
    cited: Iterable[Span] = (),
    unread: Iterable[Span] = (),
) -> list[Block]:
    """Return the blocks of a document, cut into pieces wherever a span begins or ends."""
    sweep = _Sweep(document.text, covered, cited, unread)
    return [
        Block(
            kind,
            level,
            tuple(piece for role, start, end in parts for piece in sweep.pieces(role, start, end)),
        )
        for kind, level, parts in _blocks(document)
    ]


_Part = tuple[Role, int, int]


def _blocks(document: Document) -> Iterator[tuple[BlockKind, int, list[_Part]]]:
    """Yield kind, level and parts of each block; the parts joined are the text."""
    text, segmentation = document.text, document.segmentation
    found = read_blocks(text, document.layout)
    if not found:
        yield "paragraph", 1, [("content", 0, len(text))]
        return
    starts = [unit.start for unit in segmentation.units]
    for position, lines in enumerate(found):
        begin = lines.begin if position else 0
        end = found[position + 1].begin if position + 1 < len(found) else len(text)
        units = segmentation.units[bisect_left(starts, lines.start) : bisect_left(starts, end)]
        kind, level = _role(lines, units)
        first, last = (units[0].start, units[-1].end) if units else (lines.start, lines.end)
        parts = _parts(text, begin, first, last, end)
        if lines.furniture:  # drawn like what says nothing; the chunk it stands in says why
            parts = [("rest", start, stop) for _, start, stop in parts]
        yield kind, level, parts


def _role(lines: Lines, units: Sequence[Unit]) -> tuple[BlockKind, int]:
    """Tell what a block is: what segmentation took its first unit for, else what it looks like."""
    in_table = lines.kind == "row" or lines.table > 0
    if not units:
        return ("row" if in_table else "item" if lines.kind == "item" else "paragraph"), 1
    unit = units[0]
    if in_table:
        return "row", 1
    if unit.kind == "heading":
        return "heading", min(len(unit.headings) + 1, _DEEPEST)
    return ("item", min(unit.depth, _DEEPEST)) if unit.depth else ("paragraph", 1)


def _parts(text: str, begin: int, start: int, end: int, stop: int) -> list[_Part]:
    """Part a block into marker, words and what follows; empty parts are left out."""
    after: Role = "rest" if text[end:stop].strip() else "tail"
    before: Role = "marker" if text[begin:start].strip() else "tail"
    parts: list[_Part] = [(before, begin, start), ("content", start, end), (after, end, stop)]
    return [part for part in parts if part[1] < part[2]]


class _Sweep:
    """Knows which spans cover a place; asked from left to right."""

    def __init__(
        self, text: str, covered: Iterable[Span], cited: Iterable[Span], unread: Iterable[Span]
    ) -> None:
        self._text = text
        self._covered, self._cited, self._unread = map(_Cover, (covered, cited, unread))
        sides = (self._covered, self._cited, self._unread)
        edges = {edge for side in sides for edge in side.edges if 0 <= edge <= len(text)}
        self._cuts = sorted(edges)

    def pieces(self, role: Role, start: int, end: int) -> Iterator[Piece]:
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        for left, right in zip([start, *inner], [*inner, end], strict=True):
            unread = self._unread.at(left)
            yield Piece(
                self._text[left:right],
                role,
                self._covered.at(left),
                self._cited.at(left),
                unread[0] if unread else None,
            )


class _Cover:
    """Which owners cover a place, for places asked in ascending order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        kept = [span for span in spans if span.start < span.end]
        self.edges = [edge for span in kept for edge in (span.start, span.end)]
        self._coming = sorted(kept, key=lambda span: span.start, reverse=True)
        self._open: list[Span] = []

    def at(self, place: int) -> tuple[int, ...]:
        while self._coming and self._coming[-1].start <= place:
            self._open.append(self._coming.pop())
        self._open = [span for span in self._open if span.end > place]
        return tuple(sorted({span.owner for span in self._open}))


def joined(pieces: Sequence[Piece]) -> str:
    """Return the characters of pieces."""
    return "".join(piece.text for piece in pieces)
