"""What a review of a random sample says about the whole run."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from annotate.review.decisions import Verdict
from annotate.review.draw import drawn
from annotate.review.items import Item, identified, items
from annotate.review.rates import Precision, needed, precision, recall
from annotate.scoring.intervals import clustered_interval, wilson_interval
from tests.support.handmade import SLOW, annotation

MANY = {
    f"{number:03}": replace(annotation(SLOW), document=f"{number}.txt") for number in range(200)
}


def reviewed(verdicts: dict[str, Verdict]) -> list[Item]:
    return [replace(each, verdict=verdicts.get(each.id, "open")) for each in items(MANY, {})]


def test_the_annotations_of_a_run_have_ids_of_their_own() -> None:
    assert len(dict(identified(MANY.values()))) == 200


def test_precision_is_the_share_of_the_drawn_ones_that_were_accepted() -> None:
    order = drawn(MANY)
    verdicts: dict[str, Verdict] = dict.fromkeys(order[:40], "accepted")
    verdicts |= dict.fromkeys(order[3:8], "rejected")
    found = precision(reviewed(verdicts))
    assert (found.drawn, found.of, found.right) == (40, 200, 35)
    effective = 40 * 199 / 160
    assert found.interval(35) == wilson_interval(35 / 40 * effective, effective)


def test_what_was_picked_out_of_turn_or_skipped_does_not_count() -> None:
    order = drawn(MANY)
    verdicts: dict[str, Verdict] = dict.fromkeys(order[:20], "accepted")
    verdicts |= {order[10]: "skipped", order[150]: "rejected"}
    assert precision(reviewed(verdicts)).drawn == 10


def test_a_correction_of_values_leaves_the_place_right() -> None:
    order = drawn(MANY)
    found = reviewed(dict.fromkeys(order[:2], "corrected"))
    moved = [
        replace(each, start=each.end, end=each.end + 9) if each.id == order[1] else each
        for each in found
    ]
    counted = precision(moved)
    assert (counted.drawn, counted.right, counted.placed) == (2, 0, 1)


def test_of_a_run_that_was_reviewed_whole_nothing_is_guessed() -> None:
    found = precision(reviewed(dict.fromkeys(MANY, "accepted")))
    assert found.interval(found.right) == (1.0, 1.0)
    assert precision(reviewed({})).interval(0) is None
    assert precision([]) == Precision(0, 0, 0, 0)
    assert precision([]).interval(0) is None


def test_recall_is_what_was_found_of_what_stands_there() -> None:
    found = recall([(4, 1), (5, 0), (0, 0), (3, 2)] * 10, of=1000)
    assert (found.chunks, found.found, found.missed) == (40, 120, 30)
    assert found.share == pytest.approx(0.8)
    assert found.interval == clustered_interval([(4, 5), (5, 5), (0, 0), (3, 5)] * 10)


def test_a_few_chunks_are_not_taken_for_many_statements() -> None:
    alone = recall([(20, 0)], of=1000).interval
    assert alone == pytest.approx(wilson_interval(20 / 2.9, 20 / 2.9)), (
        "19 others beside each, alike by .1"
    )
    even = recall([(16, 4), (16, 4)], of=1000).interval
    assert even == pytest.approx(wilson_interval(32 / 2.9, 40 / 2.9))
    assert recall([(16, 4)] * 20, of=1000).interval == wilson_interval(320, 400)


def test_where_nothing_stands_there_is_no_share() -> None:
    empty = recall([(0, 0), (0, 0)], of=50)
    assert (empty.share, empty.interval) == (None, None)


def test_the_intervals_hold_what_they_estimate() -> None:
    drawn_by = random.Random(3)  # noqa: S311 (a sample, not a secret)
    inside = {"precision": 0, "recall": 0}
    for _ in range(300):
        right = sum(drawn_by.random() < 0.9 for _ in range(120))
        ends = wilson_interval(right, 120)
        inside["precision"] += ends is not None and ends[0] <= 0.9 <= ends[1]
        rows = []
        for _ in range(40):
            every = drawn_by.randrange(9)
            hit = sum(drawn_by.random() < 0.8 for _ in range(every))
            rows.append((hit, every - hit))
        interval = recall(rows, of=10**6).interval
        inside["recall"] += interval is not None and interval[0] <= 0.8 <= interval[1]
    assert all(270 <= count <= 298 for count in inside.values()), inside


@pytest.mark.parametrize(("half", "share"), [(0.05, 0.5), (0.05, 0.9), (0.02, 0.95), (0.1, 1.0)])
def test_a_sample_of_the_planned_size_is_as_sure_as_was_wanted(half: float, share: float) -> None:
    count = needed(half, share)
    widths = [
        ends[1] - ends[0]
        for each in (count, count - 1)
        if (ends := wilson_interval(share * each, each)) is not None
    ]
    assert widths[0] / 2 <= half < widths[1] / 2


def test_the_least_certain_share_needs_the_textbook_number() -> None:
    assert needed(0.05, 0.5) == pytest.approx(385, abs=5)


def test_no_more_is_planned_than_there_is() -> None:
    assert needed(0.01, 0.5, of=80) <= 80
    assert needed(0.05, 0.5, of=500) < needed(0.05, 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        needed(0, 0.5)
