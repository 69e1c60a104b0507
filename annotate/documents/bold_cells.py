"""Find the cells that head a table though its source says so by bold print alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from annotate.documents.layout import LayoutBlock

_MOST = 120  # characters of a cell that heads others


def bold_heads(blocks: Sequence[LayoutBlock]) -> set[int]:
    """Return the positions of cells in bold: a first row or a first column that alone is so."""
    tables: dict[int, list[int]] = defaultdict(list)
    for position, block in enumerate(blocks):
        if block.table and block.kind in ("cell", "head"):
            tables[block.table].append(position)
    heads: set[int] = set()
    for cells in tables.values():
        heads |= _heads(blocks, cells)
    return heads


def _heads(blocks: Sequence[LayoutBlock], cells: Sequence[int]) -> set[int]:
    top = blocks[cells[0]].row
    row = [at for at in cells if blocks[at].row == top]
    below = [at for at in cells if blocks[at].row != top]
    heads: set[int] = set()
    if below and all(_is_bold(blocks[at]) for at in row) and not _all_bold(blocks, below):
        heads.update(row)
    seen: set[int] = set(heads)
    column: list[int] = []  # the first block of each cell in the first column
    others: list[int] = []
    rows: set[int] = set()
    for at in below if heads else cells:
        block = blocks[at]
        if block.column == 0 and block.row not in rows:
            rows.add(block.row)
            column.append(at)
        elif block.column:
            others.append(at)
    bold = all(_is_bold(blocks[at]) for at in column)
    if column and others and bold and not _all_bold(blocks, others):
        seen.update(column)
    return seen


def _is_bold(block: LayoutBlock) -> bool:
    return block.kind == "head" or (block.strong and block.end - block.start <= _MOST)


def _all_bold(blocks: Sequence[LayoutBlock], cells: Sequence[int]) -> bool:
    return all(blocks[at].strong or blocks[at].kind == "head" for at in cells)
