"""What a page shows, as plain JSON values: its documents as they are drawn, and what is about them.

The script of the page draws from these values alone; renderers without a script use the blocks and
the marks that stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.formatting import visible
from annotate.ledger import Entry
from annotate.viewer import coverage, marks, origin
from annotate.viewer.layout import Block, Piece, lay_out
from annotate.viewer.legend import Legend
from annotate.viewer.marks import Kind, Layer, Mark


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as it is drawn, and what the page says about it."""

    document: Document
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    row: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a page shows.

    Attributes:
        data: what the script of the page reads.
    """

    title: str
    documents: tuple[Drawn, ...]
    legend: Legend
    data: Mapping[str, JsonValue]


def assembled(
    title: str,
    documents: Sequence[Drawn],
    legend: Legend,
    layers: Iterable[Layer],
    outcomes: Iterable[Kind] = (),
    **more: JsonValue,
) -> Content:
    """Return the content of a page; `more` is what there is beside documents and marks."""
    title = visible(title)
    nothing: dict[str, JsonValue] = {
        "subtitle": "",
        "badge": None,
        "facts": [],
        "notices": [],
        "report": [],
        "unreadable": [],
        "skipped": [],
    }
    data: dict[str, JsonValue] = {
        "title": title,
        **nothing,
        **more,
        "layers": [layer.to_json() for layer in layers],
        "outcomes": [kind.to_json() for kind in outcomes],
        "categories": legend.to_json(),
        "documents": [dict(drawn.row) for drawn in documents],
    }
    return Content(title, tuple(documents), legend, data)


def draw(
    document: Document,
    found: Sequence[Mark],
    legend: Legend,
    entries: Sequence[Entry] = (),
    **more: JsonValue,
) -> Drawn:
    """Lay a document out under its marks; `more` is what else there is to say about it."""
    ordered = marks.in_order(found, legend)
    unread = coverage.unread(entries)
    blocks = lay_out(document, marks.spans(ordered), marks.cited(ordered), unread)
    around = {each: origin.left_out(each, entries) for each in {b.furniture for b in blocks}}
    row: dict[str, JsonValue] = {
        "name": visible(document.id),
        "language": origin.language(document.languages.main),
        "others": origin.other_languages(document),
        "facts": origin.facts(document),
        "characters": len(document.text),
        "blocks": [_block(block, around[block.furniture]) for block in blocks],
        "marks": marks.rows(ordered, legend, document),
        "chunks": coverage.chunks(entries),
        "refused": [],
        "silence": None,
        "report": [],
        **more,
    }
    return Drawn(document, tuple(blocks), tuple(ordered), row)


def _block(block: Block, around: str) -> JsonValue:
    """Return a block; what most blocks do not have is left out."""
    pieces: list[JsonValue] = [_piece(piece) for piece in block.pieces]
    row: dict[str, JsonValue] = {"kind": block.kind, "level": block.level, "pieces": pieces}
    if around:
        row["around"] = around
    if language := origin.language(block.language):
        row["language"] = language
    if block.cell and block.place:
        row["cell"] = {
            "table": block.cell.table,
            "row": block.place.row,
            "column": block.cell.column,
            "before": block.place.before,
            "rows": block.place.rows,
            "columns": block.place.columns,
            "head": block.cell.head,
        }
    return row


def _piece(piece: Piece) -> JsonValue:
    """Return a piece; what most pieces do not have is left out."""
    row: dict[str, JsonValue] = {"text": piece.text}
    if piece.role != "content":
        row["role"] = piece.role
    if piece.covered:
        row["marks"] = list(piece.covered)
    if piece.cited != piece.covered:
        row["cited"] = list(piece.cited)
    if piece.unread is not None:
        row["unread"] = piece.unread
    if piece.style:
        row["style"] = piece.style
    if piece.pages:
        row["pages"] = list(piece.pages)
    return row
