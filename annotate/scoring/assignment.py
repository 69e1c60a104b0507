"""The assignment of greatest total weight, of rows to columns: exact, on integers of any size."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest_assignment(weights: Sequence[Sequence[int]]) -> list[int]:
    """Return the column of each row in an assignment of the greatest total weight.

    Needs at least as many columns as rows, and takes O(rows² x columns) steps: the Hungarian method
    with shortest augmenting paths (R. Jonker and A. Volgenant, Computing 38, 1987, in the form of
    D. F. Crouse, IEEE Transactions on Aerospace and Electronic Systems 52(4), 2016).
    """
    return _Assignment(weights).solve()


class _Assignment:
    """The rows assigned so far, and prices that prove them optimal.

    The reduced cost `-weight - row price - column price` of a cell is never negative, and 0 where a
    row is assigned; a new row enters along the cheapest path of reduced costs to a free column.
    """

    def __init__(self, weights: Sequence[Sequence[int]]) -> None:
        self.weights = weights
        self.rows = len(weights)
        self.columns = len(weights[0]) if weights else 0
        self.row_price = [0] * self.rows
        self.column_price = [0] * self.columns
        self.column_of = [-1] * self.rows
        self.row_of = [-1] * self.columns

    def solve(self) -> list[int]:
        for row in range(self.rows):
            self._enter(row)
        return self.column_of

    def _enter(self, row: int) -> None:
        """Find the cheapest path from `row` to a free column, adjust prices, and move along it."""
        beyond = 1 << 256
        distance, previous = [beyond] * self.columns, [-1] * self.columns
        unseen, seen = list(range(self.columns)), []
        at, length = row, 0
        while True:
            length, column = self._nearest(at, length, unseen, distance, previous)
            unseen.remove(column)
            at = self.row_of[column]
            if at < 0:
                break
            seen.append(column)
        self.row_price[row] += length
        for passed in seen:
            self.row_price[self.row_of[passed]] += length - distance[passed]
            self.column_price[passed] -= length - distance[passed]
        while at != row:
            at = self.row_of[column] = previous[column]
            self.column_of[at], column = column, self.column_of[at]

    def _nearest(
        self, row: int, length: int, unseen: list[int], distance: list[int], previous: list[int]
    ) -> tuple[int, int]:
        """Look on from `row`; return the distance of the nearest unseen column, and that column."""
        costs, prices, row_of = self.weights[row], self.column_price, self.row_of
        offset = length - self.row_price[row]
        nearest, found = 1 << 256, -1
        for column in unseen:
            through = offset - costs[column] - prices[column]
            known = distance[column]
            if through < known:
                distance[column] = known = through
                previous[column] = row
            # Of two columns equally near, the free one ends the search.
            if known < nearest or (known == nearest and row_of[column] < 0 <= row_of[found]):
                nearest, found = known, column
        return nearest, found
