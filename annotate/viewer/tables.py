"""Place the cells of a table in the rows of a page, as a browser wants to have them.

A browser puts each cell behind the one before, so that it has to be told where one is empty. What a
source or a stored run says of places is bounded by the cells that there are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_SPANNED = 1000  # what browsers allow
_MOST_FOLLOWED = 200  # cells that reach into later rows


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell stands, as its source states it.

    Attributes:
        table: which table; cells of one table that follow each other are drawn as one.
        row, column: from 0.
        head: whether it heads others.
    """

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a browser puts a cell.

    Attributes:
        row: from 0; rows without any words are left out.
        before: how many empty columns stand between it and the cell before it.
    """

    row: int
    before: int
    rows: int
    columns: int


def placed(cells: Sequence[Cell]) -> list[Place]:
    """Return the places of the cells of one table, which come row by row."""
    rows = sorted({cell.row for cell in cells})
    numbers = {row: number for number, row in enumerate(rows)}
    found: list[Place] = []
    reaching: list[tuple[int, int, int]] = []  # first and last column, last row
    current, reached = -1, 0
    for cell in cells:
        row = numbers[cell.row]
        if row != current:
            current, reached = row, 0
            reaching = sorted(each for each in reaching if each[2] >= row)
        below = bisect_left(rows, cell.row + max(cell.rows, 1))  # the first row that it spares
        columns = min(max(cell.columns, 1), _MOST_SPANNED)
        taken = sum(
            max(0, min(end, cell.column) - max(start, reached)) for start, end, _ in reaching
        )
        before = max(0, cell.column - reached - taken)
        found.append(Place(row, min(before, _MOST_SPANNED), below - row, columns))
        reached = max(reached, cell.column) + columns
        if below - row > 1 and len(reaching) < _MOST_FOLLOWED:
            reaching.append((cell.column, cell.column + columns, below - 1))
    return found
