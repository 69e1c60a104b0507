"""Statements of two texts find each other by what they say, whatever their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.differences.changes import changes
from annotate.differences.likeness import Likeness
from annotate.differences.pairing import pair_by_content
from annotate.differences.statements import Statement, same_value
from tests.support.work import steps


def said(*quotes: str, above: str = "", **values: JsonValue) -> list[Statement]:
    """Return statements of one category, one a quote, with the same values."""
    return [
        Statement(
            Annotation("a", 9 * at, 9 * at + 9, "c", {"p": "affirmed", **values}, quote, EVIDENCE),
            at,
            (above,) if above else (),
        )
        for at, quote in enumerate(quotes)
    ]


EVIDENCE = (Evidence("", 0, 0, "exact", 0),)


def paired(before: Sequence[Statement], after: Sequence[Statement]) -> list[tuple[int, int]]:
    return sorted((old.place, new.place) for old, new in pair_by_content(before, after))


def kinds(before: Sequence[Statement], after: Sequence[Statement]) -> list[str]:
    return [c.kind for c in changes(before, after, pair_by_content(before, after))]


def test_what_stands_several_times_pairs_in_its_order() -> None:
    both = said("We keep logs.", "We keep mail.", "We keep logs.")
    assert paired(both, both) == [(0, 0), (1, 1), (2, 2)]
    assert kinds(both, both[:2]) == ["kept", "kept", "removed"]


def test_what_stands_below_the_same_heading_pairs_first() -> None:
    before = [*said("E-mail", above="We collect:"), *said("", "E-mail", above="We share:")[1:]]
    after = [*said("E-mail", above="We share:"), *said("", "E-mail", above="We collect:")[1:]]
    assert paired(before, after) == [(0, 1), (1, 0)]


def test_one_statement_that_moved_is_one_move() -> None:
    names = ["We keep logs.", "We sell cars.", "You may call.", "It is safe here."]
    moved = [*names[1:], names[0]]
    assert kinds(said(*names), said(*moved)) == ["kept", "kept", "kept", "moved"]


def test_two_pairs_that_fit_less_well_do_not_part_one_that_fits() -> None:
    before = said("We sell personal data to brokers", "We sell the data of children")
    after = said("Letters may be written home", "We sell personal data to many brokers")
    assert paired(before, after) == [(0, 1)]


def test_nothing_pairs_across_categories_and_nothing_with_nothing() -> None:
    one, other = said("We keep logs."), said("We keep logs.")
    assert pair_by_content([], other) == pair_by_content(one, []) == []


def test_what_stands_in_the_place_of_another_is_its_change() -> None:
    before = said("We keep logs.", "Updated: May 20, 2024", "You may call.", kind="a")
    after = said("We keep logs.", "Updated: June 1, 2025", "You may call.", kind="a")
    assert paired(before, after) == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("P24M", "P2Y", True),
        ("P" + "9" * 5000 + "D", "P" + "9" * 5000 + "D", True),  # more digits than Python reads
        ("P7D", "P1W", True),
        ("PT48H", "P2D", True),
        ("P1M", "PT1M", False),
        ("P30D", "P1M", False),
        ("1 Main St.,\nSpringfield", "1 Main St., Springfield", True),
        ("P", "P0D", False),
    ],
)
def test_when_two_values_are_the_same(one: str, other: str, same: bool) -> None:
    assert (same_value(one) == same_value(other)) is same


def test_likeness_is_one_for_the_same_and_the_same_in_both_directions() -> None:
    one, other = said("We sell your data", "We may keep some of your data")
    likeness = Likeness([one], [other])
    assert likeness(one, one) == pytest.approx(1)
    assert likeness(one, other) == pytest.approx(likeness(other, one))


def _long(count: int, word: str) -> list[Statement]:
    return said(
        *(f"We {word} the item {n} of kind {n % 7} for reason {n % 11}" for n in range(count))
    )


def test_the_work_grows_with_the_number_of_statements_and_not_its_square() -> None:
    def work(count: int) -> int:
        return steps(lambda: pair_by_content(_long(count, "keep"), _long(count, "hold")))

    work(50)  # what is made once
    assert work(800) < 3 * work(400)


def test_hundreds_that_are_all_alike_are_paired_without_an_assignment_of_all() -> None:
    before, after = said(*["We sell it."] * 300, x="1"), said(*["We do sell it."] * 300, x="1")
    assert paired(before, after) == [(n, n) for n in range(300)]


def places(found: Iterable[tuple[Statement, Statement]]) -> set[tuple[int, int]]:
    return {(old.place, new.place) for old, new in found}


def test_turned_round_the_same_statements_are_pairs() -> None:
    before = said("We sell data", "We may keep mail", "You can call us", "Nothing is lost")
    after = said("Data is sold", "Mail is kept by us", "You can write to us")
    there = places(pair_by_content(before, after))
    assert there == {(old, new) for new, old in places(pair_by_content(after, before))}


def test_what_is_parted_in_two_or_put_together_is_reworded() -> None:
    whole = said("We keep your logs and your mail for you.", what=["logs", "mail"])
    parts = [
        *said("We keep your logs for you.", what=["logs"]),
        *said("", "We keep your mail for you.", what=["mail"])[1:],
    ]
    assert kinds(whole, parts) == kinds(parts, whole) == ["reworded", "reworded"]
    more = [*parts, *said("", "", "We keep your cars for you.", what=["cars"])[2:]]
    assert sorted(kinds(whole, more)) == ["added", "reworded", "reworded"]
    less = parts[:1]
    assert kinds(whole, less) == ["changed"]
