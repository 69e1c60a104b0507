"""In which order annotations come up."""

from __future__ import annotations

from collections import Counter

from annotate.review.decisions import Decision
from annotate.review.doubts import Doubt
from annotate.review.draw import drawn
from annotate.review.items import Item, identified, items
from annotate.review.order import in_order
from tests.support.handmade import CHECK, DEPLOY, LOST, ROLLED_BACK, SLOW, annotation

CATEGORIES = ("impact", "cause", "action")
FOUND = dict(identified(map(annotation, (CHECK, LOST, ROLLED_BACK, DEPLOY, SLOW))))
ITEMS = list(items(FOUND, {}))


def quotes(names: list[str]) -> list[str]:
    return [FOUND[name].quote for name in names]


def test_by_the_place_in_the_text() -> None:
    expected = [place[1] for place in (SLOW, DEPLOY, ROLLED_BACK, LOST, CHECK)]
    assert quotes(in_order(ITEMS, ["a.txt"])) == expected


def test_by_category_as_the_schema_orders_them() -> None:
    found = in_order(ITEMS, ["a.txt"], "category", categories=CATEGORIES)
    assert quotes(found) == [place[1] for place in (SLOW, LOST, DEPLOY, ROLLED_BACK, CHECK)]


def test_the_most_doubtful_first_and_what_is_equal_by_place() -> None:
    by_quote = {each.quote: name for name, each in FOUND.items()}
    doubts = {by_quote[LOST[1]]: Doubt(1, 1), by_quote[CHECK[1]]: Doubt(1, 1.5)}
    found = quotes(in_order(ITEMS, ["a.txt"], "doubt", doubts=doubts))
    assert found == [place[1] for place in (CHECK, LOST, SLOW, DEPLOY, ROLLED_BACK)]


def test_a_draw_is_the_same_each_time_and_none_of_the_other_orders() -> None:
    names = [str(number) for number in range(100)]
    assert drawn(names) == drawn(reversed(names))
    assert sorted(drawn(names)) == sorted(names) != drawn(names)


def test_in_a_run_that_has_grown_what_was_drawn_keeps_its_order() -> None:
    names = [str(number) for number in range(100)]
    grown = drawn([*names, *(f"new-{number}" for number in range(50))])
    assert [each for each in grown if each in names] == drawn(names)


def test_each_name_may_come_first() -> None:
    first = Counter(drawn(f"{run}-{number}" for number in range(4))[0][-1] for run in range(400))
    assert all(60 < count < 140 for count in first.values())
    assert len(first) == 4


def test_what_was_added_is_not_drawn() -> None:
    added = Decision(
        n=1,
        at="2026-01-01T00:00:00Z",
        by="ada",
        action="add",
        id="new-1",
        document="a.txt",
        category="cause",
        attributes={},
        start=0,
        end=6,
        quote="Search",
    )
    every: list[Item] = list(items(FOUND, {"new-1": added}))
    found = in_order(every, ["a.txt"], "random")
    assert found[-1] == "new-1"
    assert found[:-1] == drawn(FOUND)
