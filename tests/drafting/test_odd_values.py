"""A column of one kind says so when a cell of it is not: nothing becomes text without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotate.drafting.spellings import respelt
from tests.drafting.conftest import Draft

Problems = Callable[..., list[str]]


def table(*values: str) -> str:
    rows = [f'"Text {n} is here.","Text {n} is here.",fee,"{v}"' for n, v in enumerate(values)]
    return "\n".join(["text,quote,category,a", *rows])


@pytest.mark.parametrize(
    ("values", "line", "cure"),
    [
        (["800", "950", "1,250", "700"], 4, "write 1250"),
        (["800", "1’250.50", "9.5"], 3, "write 1250.50"),
        (["800", "€ 900", "700 EUR", "12"], 3, "write 900"),
        (["1,000", "12"], 2, "write 1000"),
        (["2027-03-01", "01/03/2027"], 3, "write 2027-01-03 or 2027-03-01"),
        (["2027-03-01", "20.03.2027"], 3, "write 2027-03-20"),
        (["2027-03-01", "31.02.2027"], 3, "write a day of the calendar as 2024-05-20"),
        (["2027-03", "20 March 2027"], 3, "write 2027-03-20"),
        (["2027-03-01", "2027-03-02 00:00"], 3, "write 2027-03-02"),
        (["P30D", "P1M", "two weeks"], 4, "write P2W"),
        (["09:05", "9:05 pm"], 3, "write 21:05"),
        (["yes", "no", "y"], 4, "write yes"),
    ],
)
def test_a_cell_in_another_spelling_than_its_column_is_named_with_the_right_one(
    values: list[str], line: int, cure: str, problems_of: Problems
) -> None:
    found = [each for each in problems_of(table(*values)) if each.startswith(f"{line}: ")]
    assert [each.endswith(cure) for each in found] == [True]
    assert "attribute 'a': " in found[0]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["1", "2", "3", "studio"], "line 5: 'studio' makes 'a' text, where 3 values are numbers"),
        ([*"123456", "loft", "attic"], "lines 8, 9: 'loft' and others make 'a' text, where 6"),
        (["yes", "no", "no", "?"], "line 5: '?' makes 'a' text, where 3 values are yes or no"),
        (["20 May 2026", "3 May 2026"], "line 2: 'a': '20 May 2026' and others are read as text"),
        (["yard", "garage", "garage", "garage, yard"], "line 5: 'a': 'garage, yard' is one value"),
        (["garage", "Street", "garage", "yard"], "lines 3, 5: 'a' is text, for 3 different values"),
    ],
)
def test_a_cell_that_may_be_meant_is_named_in_the_summary(
    values: list[str], said: str, draft: Draft
) -> None:
    assert [line for line in draft(table(*values)).summary if line.startswith(said)]


@pytest.mark.parametrize(
    "values",
    [
        ["we", "you", "we"],
        ["SEV-1", "SEV-2", "SEV-2"],
        ["8a", "9p"],
        ["007", "012"],
        ["one thing", "another"],
        ["P30D", "soon"],
        ["A+", "A-"],
    ],
)
def test_other_columns_are_left_in_peace(values: list[str], draft: Draft) -> None:
    assert not [line for line in draft(table(*values)).summary if "'a'" in line]


@pytest.mark.parametrize("kind", ["number", "date", "duration", "time", "boolean", "text"])
@pytest.mark.parametrize("value", ["", "soon", "007", "1.2.3", "99/99/2027", "a" * 99, "٣"])
def test_what_looks_like_nothing_is_given_no_other_spelling(kind: str, value: str) -> None:
    assert respelt(kind, value) == ""


def test_a_quote_and_a_value_that_are_wrong_are_both_named(problems_of: Problems) -> None:
    rows = table("street", "street", "street", "Street").replace('1 is here.",fee', '1 was.",fee')
    found = problems_of(rows)
    assert [each.split(":")[0] for each in found] == ["3", "5"]
    assert "does not stand in its text" in found[0]
    assert "'Street' reads like 'street'" in found[1]
    # What stands in the very row that has no place counts as well.
    found = problems_of(rows.replace('fee,"street"\n"Text 2', 'fee,"STREET"\n"Text 2'))
    assert [each.split(":")[0] for each in found] == ["3", "3", "5"]
