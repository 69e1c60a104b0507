"""Cells in bold head the others of their column or row, where the others are not bold."""

import pytest

from annotate.documents.readers.html import read_page
from annotate.documents.segmentation import segment


def headed(html: str, words: str) -> list[str]:
    text, layout = read_page(html, "a")
    found = segment(text, layout)
    unit = next(unit for unit in found.units if found.quote(unit) == words)
    return [unit.kind, *(found.quote(found.units[at]) for at in unit.headings)]


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}" for row in rows) + "</table>"


def test_a_first_row_in_bold_heads_columns() -> None:
    html = table("<td><b>Tea</b><td><b>Time</b>", "<td>Assam<td>Three minutes.")
    assert headed(html, "Time")[0] == "heading"
    assert headed(html, "Three minutes.") == ["item", "Time", "Assam"]


def test_a_first_column_in_bold_heads_rows() -> None:
    html = table("<td><b>Assam</b><td>Three minutes.", "<td><b>Darjeeling</b><td>Two minutes.")
    assert headed(html, "Three minutes.") == ["item", "Assam"]
    assert headed(html, "Two minutes.") == ["item", "Darjeeling"]
    assert headed(html, "Darjeeling")[0] == "heading"


def test_a_line_in_bold_above_others_of_the_first_cell_heads_its_row() -> None:
    html = table("<td><b>Tea</b><td><b>Why</b>", "<td><p><b>Assam</b><p>It is strong.<td>To wake.")
    assert headed(html, "To wake.") == ["item", "Why", "Assam"]


@pytest.mark.parametrize("cell", ["<td>Assam<td>Milk", "<td><b>Assam<td><b>Milk"])
def test_where_all_or_none_is_bold_a_cell_states_something(cell: str) -> None:
    assert headed(table(cell, cell.replace("Assam", "Oolong")), "Assam")[0] == "item"
