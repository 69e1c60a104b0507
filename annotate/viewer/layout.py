"""Lay a text out as blocks of pieces that can be drawn one by one, without any offset.

A block is a heading, a paragraph, a list item, a cell of a table or the like. Its pieces joined are
its characters, and the blocks joined are the text: nothing is left out, nothing is added, so that
what a reader sees highlighted is exactly what an annotation covers, whatever a browser counts its
offsets in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from annotate.documents.document import Document
from annotate.documents.layout import Page
from annotate.viewer.markup import Style
from annotate.viewer.shapes import BlockKind, Part, Role, Shape, shapes
from annotate.viewer.tables import Cell, Place, placed


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that all stand under the same annotations.

    Attributes:
        covered: which spans cover it, as positions in what `lay_out` was given.
        cited: which of these were cited with these very characters.
        unread: which unread range it stands in, None where it was read.
        pages: numbers of the pages that begin with it.
    """

    text: str
    role: Role
    covered: tuple[int, ...] = ()
    cited: tuple[int, ...] = ()
    unread: int | None = None
    style: Style = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the layout.

    Attributes:
        level: of a heading, from 1 for the outermost; of an item, how deep its list is nested; of
            what else stands in items, one more than that.
        cell: what cell of a table it stands in, and `place` where a browser puts that; both None
            outside of tables.
        furniture: why it is furniture, "" where it is not.
        language: of its text, where that is not the language of the document; else "".
    """

    kind: BlockKind
    level: int
    pieces: tuple[Piece, ...]
    cell: Cell | None = None
    place: Place | None = None
    furniture: str = ""
    language: str = ""


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
    found = list(shapes(document))
    pages = _page_starts(found, document.layout.pages if document.layout else ())
    sweep = _Sweep(document.text, covered, cited, unread, pages)
    languages = document.languages
    blocks: list[Block] = []
    for (table, _), group in groupby(found, key=_drawn_together):
        together = list(group)
        cells = [shape.cell for shape in together if shape.cell]
        places = placed(cells) if table else [None] * len(together)
        for shape, place in zip(together, places, strict=True):
            language = languages.at(shape.words)
            blocks.append(
                Block(
                    shape.kind,
                    shape.level,
                    tuple(piece for part in shape.parts for piece in sweep.pieces(part)),
                    shape.cell,
                    place,
                    shape.furniture,
                    language if language != languages.main else "",
                )
            )
    return blocks


def _drawn_together(shape: Shape) -> tuple[int, str]:
    """Return what cells share that are drawn as one table."""
    return (shape.cell.table if shape.cell else 0), shape.furniture


def _page_starts(found: Sequence[Shape], pages: Sequence[Page]) -> dict[int, tuple[int, ...]]:
    """Return which pages begin where: at a block where only white space is before its words."""
    words = [shape.words for shape in found]
    begins = [shape.parts[0].start if shape.parts else shape.words for shape in found]
    starts: dict[int, tuple[int, ...]] = {}
    for page in pages:
        at = bisect_right(begins, page.start) - 1
        place = page.start
        if at >= 0 and place <= words[at]:
            place = begins[at]
        elif at + 1 < len(found) and found[at].parts[-1].start <= place:
            place = begins[at + 1]  # in what follows the words of a block
        starts[place] = (*starts.get(place, ()), page.number)
    return starts


class _Sweep:
    """Knows which spans cover a place; asked from left to right."""

    def __init__(
        self,
        text: str,
        covered: Iterable[Span],
        cited: Iterable[Span],
        unread: Iterable[Span],
        pages: dict[int, tuple[int, ...]],
    ) -> None:
        self._text = text
        self._pages = pages
        self._covered, self._cited, self._unread = map(_Cover, (covered, cited, unread))
        sides = (self._covered, self._cited, self._unread)
        edges = {edge for side in sides for edge in side.edges if 0 <= edge <= len(text)}
        self._cuts = sorted(edges | pages.keys())

    def pieces(self, part: Part) -> Iterator[Piece]:
        start, end = part.start, part.end
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        for left, right in zip([start, *inner], [*inner, end], strict=True):
            unread = self._unread.at(left)
            yield Piece(
                self._text[left:right],
                part.role,
                self._covered.at(left),
                self._cited.at(left),
                unread[0] if unread else None,
                part.style,
                self._pages.get(left, ()),
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
