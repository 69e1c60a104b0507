"""Follow the cells of a table: at which row and column each stands, and which cells head it.

What heads others is stated by `th`, `scope` and `thead`. Where a table has no such cells, the short
cells of its first row head its columns; the first cell of a row heads the others of it. Numbers
that a page gives are bounded, so that a cell takes the same work whatever it spans.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST_SPANNED = 50  # columns of one cell
_MOST_COLUMNS = 200  # that are followed; cells beyond are headed by their row alone
_MOST_ROWS = 65_534  # what HTML allows a cell to span
_MOST_ROW_HEADS = 4
_MOST_WORDS = 6  # of a cell that heads others though nothing says so
_MOST_ROW_WORDS = 12  # of the first cell of a row


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell stands.

    Attributes:
        heads: what heads it, as positions of blocks: of its column, then of its row.
    """

    row: int
    column: int
    columns: int
    rows: int
    is_head: bool
    scope: str
    heads: tuple[int, ...]


@dataclass(slots=True)
class Table:
    """A table that is being read.

    Attributes:
        number: of the table in its document, from 1.
        captions: blocks that head all of it.
    """

    number: int
    captions: tuple[int, ...] = ()
    in_head: bool = False
    in_row: bool = False
    row: int = -1
    _column: int = 0
    _taken: dict[int, int] = field(default_factory=dict)  # the last row that a column is taken in
    _stated: dict[int, tuple[int, ...]] = field(default_factory=dict)  # heads of columns
    _guessed: dict[int, int] = field(default_factory=dict)
    _row_heads: list[tuple[int, int]] = field(default_factory=list)  # block, last row
    _first: int | None = None  # the first cell of this row
    _data: bool = False  # whether this row has a cell that heads nothing
    _bold: list[bool] = field(default_factory=list)  # of each cell of the first row

    def begin_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.in_row = True
        self._column = 0
        self._row_heads = [each for each in self._row_heads if each[1] >= self.row]
        self._first = None
        self._data = False
        if self.row == 1 and self._bold[:1] == [True] and not all(self._bold):
            self._guessed.clear()  # the first column heads, and no first row

    def begin_cell(self, columns: int, rows: int, *, is_head: bool, scope: str) -> Cell:
        """Place a cell behind the last one."""
        if not self.in_row:
            self.begin_row()
        while self._taken.get(self._column, -1) >= self.row:
            self._column += 1
        columns = min(max(columns, 1), _MOST_SPANNED)
        rows = _MOST_ROWS if rows == 0 else min(max(rows, 1), _MOST_ROWS)
        column = self._column
        self._column += columns
        if rows > 1:
            for each in range(column, min(column + columns, _MOST_COLUMNS)):
                self._taken[each] = self.row + rows - 1
        is_head = is_head or self.in_head
        self._data |= not is_head
        return Cell(self.row, column, columns, rows, is_head, scope, self._heads(column, columns))

    def _heads(self, column: int, columns: int) -> tuple[int, ...]:
        heads = list(self.captions)
        for each in range(column, min(column + columns, _MOST_COLUMNS)):
            above = self._stated.get(each)
            if above is None and self._guessed.get(each) is not None and not self._stated:
                above = (self._guessed[each],)
            heads += above or ()
        heads += [block for block, _ in self._row_heads]
        if self._first is not None:
            heads.append(self._first)
        return tuple(dict.fromkeys(heads))

    def end_cell(self, cell: Cell, block: int, words: str, *, strong: bool = False) -> None:
        """Let a cell head others.

        Args:
            cell: as it was begun.
            block: the position of the first of its blocks.
            words: of its block, "" where it has several.
            strong: whether these are set in bold.
        """
        if cell.row == 0:
            self._bold.append(strong)
        if self._heads_row(cell):
            self._head_row(block, cell)
        elif cell.is_head:
            for each in range(cell.column, min(cell.column + cell.columns, _MOST_COLUMNS)):
                above = self._stated.get(each, ()) if self._stacked(cell) else ()
                self._stated[each] = (*above, block)[-3:]
        elif 0 < len(words.split()) <= (_MOST_WORDS if cell.row == 0 else _MOST_ROW_WORDS):
            # Nothing says that it heads others. It does so as context alone.
            if cell.row == 0 and not words.endswith((".", "!", "?")):
                for each in range(cell.column, min(cell.column + cell.columns, _MOST_COLUMNS)):
                    self._guessed[each] = block
                self._first = block if strong and cell.column == 0 else self._first
            elif cell.column == 0:
                if cell.rows > 1:
                    self._head_row(block, cell)
                else:
                    self._first = block

    def _head_row(self, block: int, cell: Cell) -> None:
        self._row_heads = [
            *self._row_heads[1 - _MOST_ROW_HEADS :],
            (block, cell.row + cell.rows - 1),
        ]

    def _heads_row(self, cell: Cell) -> bool:
        if not cell.is_head or cell.scope in ("col", "colgroup") or self.in_head:
            return False
        return cell.scope in ("row", "rowgroup") or (cell.column == 0 and cell.row > 0)

    def _stacked(self, cell: Cell) -> bool:
        """Tell whether a head stands below others of the same head rows, not in a later part."""
        return cell.row < 4 and not self._data
