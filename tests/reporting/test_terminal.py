"""Tables fit a terminal: no figure is cut, no two names look alike, and what gave way is said."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from annotate.reporting.terminal import FittedTable, shortened, table

FIGURES = ("support", "precision", "recall", "points of F1")
LONG = "a/very/long/folder/of/policies/with-a-name-that-ends-in-{}.html"


def printed(shown: FittedTable, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(shown)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def made(*names: str, figure: str = "12,345,678") -> FittedTable:
    shown = table("Scores", ("document", *FIGURES), drops=FIGURES[:0:-1])
    for name in names:
        shown.add_row(name, *(figure for _ in FIGURES))
    return shown


def cells(text: str, column: int) -> list[str]:
    """Return what a column holds, line by line."""
    rows = [line.split("│")[1:-1] for line in text.splitlines() if line.startswith("│")]
    return [row[column].strip() for row in rows if column < len(row)]


@pytest.mark.parametrize("width", [200, 80, 60, 44, 30])
def test_no_figure_is_cut_and_names_differ_whatever_the_width(width: int) -> None:
    text = printed(made(LONG.format("one"), LONG.format("two")), width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "…" not in text
    assert set(re.findall(r"(?<!F)[0-9][0-9,]*", text)) == {"12,345,678"}
    names = "".join(cells(text, 0))
    assert names == LONG.format("one") + LONG.format("two")


def test_columns_give_way_in_their_order_and_the_table_says_which() -> None:
    shown = made("a.txt")
    assert "no room" not in printed(shown, 80)
    narrow = printed(shown, 45)
    assert "points of F1" in narrow.partition("no room for ")[2]
    assert "support" in narrow.partition("no room for ")[0]
    assert "points" not in narrow.partition("no room for ")[0]
    assert "no room" not in printed(shown, 80), "the table itself is as it was"


def test_what_is_left_out_below_a_table_is_said_as_well() -> None:
    text = printed(shortened(made("a.txt"), 70, 60), 45)  # type: ignore[arg-type]
    assert "10 more in --json" in text
    assert "no room for" in text


def test_wide_letters_count_as_wide_as_they_are() -> None:
    text = printed(made("検索が遅かった" * 5), 60)
    assert "".join(cells(text, 0)) == "検索が遅かった" * 5


@given(st.lists(st.text(max_size=40), max_size=4), st.integers(30, 120))
def test_any_names_fit(names: list[str], width: int) -> None:
    shown = made(*(re.sub(r"[\x00-\x1f\x7f-\x9f\[\]]", "", name) for name in names))
    assert printed(shown, width).count("12,345,678") >= len(names)
