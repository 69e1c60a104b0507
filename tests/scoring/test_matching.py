"""Pairing: what overlaps, what is best, and that no order on either side has a say."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from annotate.scoring.labels import Label, Status
from annotate.scoring.matching import climb, extend, match
from annotate.scoring.overlap import HEADLINE, RUNGS, Edge, Rung, overlaps
from tests.support.labels import six, six_required

LEAST: Mapping[Rung, Fraction] = {
    "any": Fraction(1, 10**9),
    ">.5": Fraction(1, 2) + Fraction(1, 10**9),
    ">=.75": Fraction(3, 4),
    "exact": Fraction(1),
}


def label(start: int, end: int, values: str = "", status: Status = "required") -> Label:
    """Return a label of one category whose attribute x holds each letter of `values`."""
    return Label("doc", start, end, "A", {"x": frozenset(values)} if values else {}, status)


def pairs(gold: Sequence[Label], predicted: Sequence[Label], rung: Rung = HEADLINE) -> list[Edge]:
    """Return the pairs of two sides that need no trimming."""
    return match(overlaps(gold, predicted), gold, predicted, rung)


def paired(gold: Sequence[Label], predicted: Sequence[Label]) -> list[tuple[int, int]]:
    """Return which gold goes with which prediction."""
    return [(edge.gold, edge.predicted) for edge in pairs(gold, predicted)]


# ---- The best pairs ----


def values(each: Label) -> frozenset[str]:
    return each.attributes.get("x", frozenset())


def quality(gold: Label, predicted: Label, iou: Fraction) -> int:
    """Return ½·IoU + ½·attribute agreement in the steps in which it is compared."""
    total = len(values(gold)) + len(values(predicted))
    common = len(values(gold) & values(predicted))
    agreement = Fraction(2 * common, total) if total else Fraction(1)
    return floor((iou + agreement) / 2 * 2**40)


def aims(
    chosen: Sequence[tuple[int, int, Fraction]], gold: Sequence[Label], predicted: Sequence[Label]
) -> tuple[int, int, int, int]:
    """Return what a matching is judged by: pairs, required ones, quality, values in common."""
    return (
        len(chosen),
        sum(gold[i].status == "required" for i, _, _ in chosen),
        sum(quality(gold[i], predicted[j], iou) for i, j, iou in chosen),
        sum(len(values(gold[i]) & values(predicted[j])) for i, j, _ in chosen),
    )


def best(
    gold: Sequence[Label], predicted: Sequence[Label], rung: Rung
) -> tuple[int, int, int, int]:
    """Try every matching there is."""
    edges = [
        (edge.gold, edge.predicted, Fraction(edge.shared, edge.union))
        for edge in overlaps(gold, predicted)
        if Fraction(edge.shared, edge.union) >= LEAST[rung]
    ]
    matchings: list[list[tuple[int, int, Fraction]]] = [[]]
    for edge in edges:
        matchings += [
            [*chosen, edge]
            for chosen in matchings
            if all(edge[0] != i and edge[1] != j for i, j, _ in chosen)
        ]
    return max(aims(chosen, gold, predicted) for chosen in matchings)


@given(six, six_required, st.sampled_from(RUNGS))
def test_no_other_choice_is_better_for_up_to_six_a_side(
    gold: list[Label], predicted: list[Label], rung: Rung
) -> None:
    chosen = [
        (edge.gold, edge.predicted, Fraction(edge.shared, edge.union))
        for edge in pairs(gold, predicted, rung)
    ]
    assert len({i for i, _, _ in chosen}) == len({j for _, j, _ in chosen}) == len(chosen)
    assert aims(chosen, gold, predicted) == best(gold, predicted, rung)


@given(six, six_required, st.randoms(use_true_random=False))
def test_shuffling_either_side_changes_no_pair(
    gold: list[Label], predicted: list[Label], rng: random.Random
) -> None:
    def found(gold: list[Label], predicted: list[Label]) -> list[str]:
        return sorted(
            repr((gold[edge.gold], predicted[edge.predicted])) for edge in pairs(gold, predicted)
        )

    shuffled = rng.sample(gold, len(gold)), rng.sample(predicted, len(predicted))
    assert found(*shuffled) == found(gold, predicted)


@given(six_required, six_required, st.sampled_from(RUNGS))
def test_the_two_sides_may_change_places(
    gold: list[Label], predicted: list[Label], rung: Rung
) -> None:
    there = [
        repr((gold[edge.gold], predicted[edge.predicted])) for edge in pairs(gold, predicted, rung)
    ]
    back = [
        repr((gold[edge.predicted], predicted[edge.gold])) for edge in pairs(predicted, gold, rung)
    ]
    assert sorted(there) == sorted(back)


@given(six, six_required)
def test_climbing_is_matching_on_every_rung(gold: list[Label], predicted: list[Label]) -> None:
    edges = overlaps(gold, predicted)
    ladder = climb(edges, gold, predicted)
    assert {rung: sorted(chosen) for rung, chosen in ladder.items()} == {
        rung: match(edges, gold, predicted, rung) for rung in RUNGS
    }


def test_pairs_come_before_their_quality() -> None:
    gold, predicted = [label(0, 100), label(0, 60)], [label(0, 62), label(0, 34)]
    assert paired(gold, predicted) == [(0, 0), (1, 1)]  # although (1, 0) overlaps by 97%


def test_equal_spans_are_paired_by_their_values() -> None:
    assert paired([label(0, 9, "pq"), label(0, 9, "r")], [label(0, 9, "r"), label(0, 9, "p")]) == [
        (0, 1),
        (1, 0),
    ]


def test_of_equal_quality_more_common_values_win() -> None:
    gold = [label(0, 9, "pq")]
    # Agreement is 2/3 on both: one value out of three, or two out of six.
    assert paired(gold, [label(0, 9, "p"), label(0, 9, "pqrs")]) == [(0, 1)]


def test_a_tie_is_broken_alike_in_any_order() -> None:
    gold, predicted = [label(2, 7, "p"), label(1, 6, "p")], [label(3, 6, "p")]
    assert paired(gold, predicted) == [(1, 0)]
    assert paired(gold[::-1], predicted) == [(0, 0)]


def test_a_tie_is_broken_alike_from_both_sides() -> None:
    one = [label(3, 5, "pq"), label(1, 6, "pq")]
    other = [label(0, 4), label(0, 4, "pq")]
    there = match(overlaps(one, other), one, other, "any")
    back = match(overlaps(other, one), other, one, "any")
    assert [(e.gold, e.predicted) for e in there] == sorted((e.predicted, e.gold) for e in back)


def test_required_gold_goes_before_better_optional_gold() -> None:
    gold = [label(0, 10, "p", "optional"), label(0, 8)]
    assert paired(gold, [label(0, 10, "p")]) == [(1, 0)]


# ---- As many pairs as there can be ----


@given(six, six_required, st.data())
def test_extending_any_start_finds_as_many_pairs_as_the_best_choice(
    gold: list[Label], predicted: list[Label], data: st.DataObject
) -> None:
    edges = overlaps(gold, predicted)
    start = [pair for pair in pairs(gold, predicted) if data.draw(st.booleans())]
    found = extend(start, edges, gold)
    reaching = {(e.gold, e.predicted) for e in edges if 2 * e.shared > e.union}
    wanted = sum(gold[i].status == "required" for i in found)
    assert found.items() <= reaching
    assert len(set(found.values())) == len(found)
    assert (len(found), wanted) == best(gold, predicted, HEADLINE)[:2]


def test_a_start_that_stands_in_the_way_moves_on() -> None:
    gold, predicted = [label(0, 10), label(1, 11)], [label(0, 10), label(0, 6)]
    (in_the_way,) = (e for e in overlaps(gold, predicted) if (e.gold, e.predicted) == (0, 0))
    assert extend([in_the_way], overlaps(gold, predicted), gold) == {0: 1, 1: 0}


def test_extending_serves_required_gold_first() -> None:
    gold, predicted = [label(0, 9, status="optional"), label(0, 10)], [label(0, 10)]
    edges = overlaps(gold, predicted)
    assert extend([], edges, gold) == {1: 0}
    assert extend(edges[:1], edges, gold) == {1: 0}


# ---- Assignments ----


def test_two_hundred_spans_on_top_of_each_other_find_their_like() -> None:
    gold = [label(i, 1000 - i) for i in range(200)]
    order = [77 * i % 200 for i in range(200)]
    found = paired(gold, [gold[i] for i in order])
    assert [(i, order[j]) for i, j in found] == [(i, i) for i in range(200)]


def test_two_hundred_spans_that_agree_on_nothing_end() -> None:
    gold = [label(i, i + 1000) for i in range(200)]
    predicted = [label(7 + 2 * i, 990 + i) for i in range(200)]
    assert len(pairs(gold, predicted)) == 200
