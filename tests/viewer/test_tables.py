"""Cells get the places that a browser wants: spans, gaps, and rows without words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.viewer.tables import Cell, Place, placed


def test_cells_stand_behind_those_that_reach_down_and_behind_empty_ones() -> None:
    cells = [
        Cell(1, 0, 0, rows=2),
        Cell(1, 0, 1, columns=2),
        Cell(1, 1, 1),
        Cell(1, 1, 2),
        Cell(1, 2, 2),
        Cell(1, 5, 1),
    ]
    assert placed(cells) == [
        Place(0, 0, 2, 1),
        Place(0, 0, 1, 2),
        Place(1, 0, 1, 1),
        Place(1, 0, 1, 1),
        Place(2, 2, 1, 1),
        Place(3, 1, 1, 1),
    ]


def test_a_span_ends_with_the_rows_that_there_are() -> None:
    found = placed([Cell(1, 0, 0, rows=65_534), Cell(1, 0, 1), Cell(1, 7, 1)])
    assert found == [Place(0, 0, 2, 1), Place(0, 0, 1, 1), Place(1, 0, 1, 1)]


NUMBERS = st.integers(0, 5) | st.integers(0, 10**9)


@given(st.lists(st.builds(Cell, st.just(1), NUMBERS, NUMBERS, NUMBERS, NUMBERS)))
def test_whatever_a_stored_run_says_is_bounded_by_its_cells(cells: list[Cell]) -> None:
    found = placed(cells)
    assert len(found) == len(cells)
    for place in found:
        assert 0 <= place.row < len(cells)
        assert 1 <= place.rows <= len(cells)
        assert 1 <= place.columns <= 1000
        assert 0 <= place.before <= 1000
