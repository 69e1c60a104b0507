"""What becomes of every annotation: the vectors, a small case a kind, laws for any two sides."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.scoring.gains import gains
from annotate.scoring.labels import Label
from annotate.scoring.outcomes import KINDS, Kind, Outcome, Outcomes, outcomes
from annotate.scoring.outcomes import score_and_classify as scored_and_classified
from annotate.scoring.scorer import score
from tests.support.labels import (
    KNOWN,
    TEXTS,
    VECTORS,
    judged,
    label,
    some_gold,
    some_labels,
    spans,
    told,
)

Side = Sequence[Label]


def kinds(found: Outcomes) -> tuple[list[Kind], list[Kind]]:
    return [each.kind for each in found.gold], [each.kind for each in found.predicted]


def partners(found: Outcomes) -> tuple[list[int | None], list[int | None]]:
    return [each.partner for each in found.gold], [each.partner for each in found.predicted]


# ---- The vectors: kinds of gold, kinds of predictions ----

EXPECTED: dict[str, tuple[list[Kind], list[Kind]]] = {
    "giant": (["boundary", "missed", "missed", "missed"], ["boundary"]),
    "adjacent": (["missed"], ["spurious"]),
    "crossed": (["matched"] * 2, ["matched"] * 2),
    "greedy trap": (["boundary", "matched"], ["matched", "boundary"]),
    "nested": (["matched"] * 2, ["matched"] * 2),
    "triplicate": (["matched"], ["duplicate", "duplicate", "matched"]),
    "unknown category": (["matched"], ["invalid", "invalid", "matched"]),
    "two labels, one span": (["matched"] * 2, ["matched"] * 2),
    "confusion": (["category"], ["category"]),
    "split in half": (["boundary"], ["boundary", "spurious"]),
    "split 60/40": (["matched"], ["matched", "spurious"]),
    "count first": (["matched"] * 2, ["matched"] * 2),
}


@pytest.mark.parametrize("name", VECTORS)
def test_vector(name: str) -> None:
    gold, predicted = VECTORS[name][:2]
    found = judged(gold, predicted)
    told = kinds(found)
    assert (sorted(told[0]), sorted(told[1])) == tuple(map(sorted, EXPECTED[name]))
    assert (len(found.gold), len(found.predicted)) == (len(gold), len(predicted))


def test_the_greedy_trap_joins_each_gold_with_what_is_nearest() -> None:
    assert partners(judged(*VECTORS["greedy trap"][:2])) == ([1, 0], [1, 0])


# ---- Kinds, by hand ----


def test_a_boundary_error_is_an_overlap_of_one_half_or_less() -> None:
    for end, kind in ((51, "matched"), (50, "boundary"), (1, "boundary")):
        found = judged(spans("A", (0, 100)), spans("A", (0, end)))
        assert kinds(found) == ([kind], [kind])
        assert partners(found) == ([0], [0])


def test_a_category_error_overlaps_by_more_than_one_half_and_else_both_are_wrong() -> None:
    for end, kind in ((51, "category"), (50, "category+boundary"), (1, "category+boundary")):
        found = judged(spans("A", (0, 100)), spans("B", (0, end)))
        assert kinds(found) == ([kind], [kind])
        assert partners(found) == ([0], [0])


def test_the_same_category_is_joined_before_a_better_overlap_of_another() -> None:
    found = judged(spans("A", (0, 100)), spans("B", (0, 100)) + spans("A", (0, 10)))
    assert kinds(found) == (["boundary"], ["spurious", "boundary"])


def test_a_large_overlap_is_joined_before_a_small_one_of_another_category() -> None:
    found = judged(spans("A", (0, 100)), spans("B", (0, 10)) + spans("C", (0, 100)))
    assert kinds(found) == (["category"], ["spurious", "category"])
    assert partners(found) == ([1], [None, 0])


def test_leftovers_are_joined_as_often_as_they_can_be() -> None:
    # The first prediction overlaps both; taking the longer for it would leave the second alone.
    gold = spans("A", (0, 40), (41, 100))
    predicted = spans("B", (38, 60), (90, 150))
    assert kinds(judged(gold, predicted)) == (["category+boundary"] * 2,) * 2
    assert partners(judged(gold, predicted)) == ([0, 1], [0, 1])


def test_predictions_without_a_place_are_invalid_or_ungrounded() -> None:
    predicted = [label("A", 0, 0), label("A", 5, 3), label("Z", 0, 0), label("A", 0, 10)]
    found = judged(spans("A", (0, 10)), predicted, frozenset((0, 2)))
    assert kinds(found) == (["matched"], ["ungrounded", "invalid", "ungrounded", "matched"])


def test_a_prediction_of_an_unknown_category_is_joined_with_nothing() -> None:
    found = judged(spans("A", (0, 10)), spans("Z", (0, 10)))
    assert kinds(found) == (["missed"], ["invalid"])


def test_a_span_behind_the_end_of_the_text_is_invalid() -> None:
    texts, gold, predicted = {"doc": "Short."}, spans("A", (0, 5)), spans("A", (0, 50))
    found = outcomes(gold, predicted, texts, [], categories=KNOWN)
    assert kinds(found) == (["missed"], ["invalid"])


def test_a_duplicate_names_the_gold_that_it_repeats() -> None:
    gold = spans("A", (0, 10), (20, 30))
    found = judged(gold, spans("A", (20, 30), (20, 29), (0, 10)))
    assert kinds(found) == (["matched"] * 2, ["matched", "duplicate", "matched"])
    assert partners(found) == ([2, 0], [1, 1, 0])


def test_a_duplicate_repeats_the_gold_that_it_is_nearest_to() -> None:
    found = judged(spans("A", (0, 10), (0, 14)), spans("A", (0, 14), (0, 10), (0, 13)))
    assert kinds(found)[1] == ["matched", "matched", "duplicate"]
    assert partners(found) == ([1, 0], [1, 0, 1])


def test_a_duplicate_of_a_prediction_that_gold_may_have_is_a_duplicate() -> None:
    found = judged([label("A", 0, 10, "optional")], spans("A", (0, 10)) * 2)
    assert (found.gold[0].kind, Counter(kinds(found)[1])) == (
        "optional",
        Counter(["optional", "duplicate"]),
    )


def test_optional_gold_is_optional_found_or_not() -> None:
    gold = [label("A", 0, 10, "optional"), label("A", 20, 30, "optional")]
    found = judged(gold, spans("A", (20, 30)))
    assert kinds(found) == (["optional"] * 2, ["optional"])
    assert partners(found) == ([None, 0], [1])


def test_a_prediction_too_far_from_optional_gold_is_spurious() -> None:
    found = judged([label("A", 0, 100, "optional")], spans("A", (0, 10)) + spans("B", (0, 100)))
    assert kinds(found) == (["optional"], ["spurious", "spurious"])


def test_positions_are_among_all_labels_of_all_documents() -> None:
    gold = [label("A", 0, 9, document="b"), label("B", 0, 9, document="a")]
    predicted = [label("A", 0, 9, document="a"), label("A", 0, 9, document="b")]
    texts = {"a": None, "b": None}
    found = outcomes(gold, predicted, texts, score(gold, predicted, texts).pairs, categories=KNOWN)
    assert kinds(found) == (["matched", "category"], ["category", "matched"])
    assert partners(found) == ([1, 0], [1, 0])


# ---- Flags ----


def flags(side: Sequence[Outcome], flag: str) -> list[bool]:
    return [getattr(each, flag) for each in side]


def test_gold_that_several_predictions_share_is_split_and_so_are_they() -> None:
    for name in ("split in half", "split 60/40"):
        found = judged(*VECTORS[name][:2])
        assert flags(found.gold, "split") == [True]
        assert flags(found.predicted, "split") == [True, True]
        assert not any(flags(found.gold, "merge") + flags(found.predicted, "merge"))


def test_a_prediction_over_several_annotations_is_a_merge_and_so_are_they() -> None:
    found = judged(*VECTORS["giant"][:2])
    assert flags(found.predicted, "merge") == [True]
    assert flags(found.gold, "merge") == [True] * 4
    assert not any(flags(found.gold, "split") + flags(found.predicted, "split"))


def test_duplicates_split_nothing() -> None:
    found = judged(*VECTORS["triplicate"][:2])
    assert not any(flags(found.gold, "split") + flags(found.predicted, "split"))


def test_other_categories_split_and_merge_nothing() -> None:
    found = judged(spans("A", (0, 100)), spans("A", (0, 60)) + spans("B", (60, 100)))
    assert not any(flags(found.gold, "split") + flags(found.predicted, "split"))


def test_two_statements_on_one_sentence_that_are_both_found_are_no_merge() -> None:
    two = [label("A", 0, 50, x="p"), label("A", 0, 50, x="q")]
    found = judged(two, two)
    assert {each[1:] for side in (found.gold, found.predicted) for each in side} <= {
        (0, False, False),
        (1, False, False),
    }
    alone = judged(two, two[:1])
    assert flags(alone.gold, "merge") == [True, True]


# ---- Laws ----


@given(some_gold, some_labels)
def test_kinds_sum_to_gold_and_to_predictions_and_to_the_scores(
    gold: list[Label], predicted: list[Label]
) -> None:
    found = told(gold, predicted).by_kind()
    assert list(found) == list(KINDS)
    assert sum(pair[0] for pair in found.values()) == len(gold)
    assert sum(pair[1] for pair in found.values()) == len(predicted)
    scored = score(gold, predicted, TEXTS).overall
    assert found["matched"] == (scored["annotation"].tp,) * 2
    assert found["optional"][0] == scored.optional
    assert (
        len(predicted) - found["optional"][1] == scored["annotation"].tp + scored["annotation"].fp
    )
    assert not any(found[kind][0] for kind in ("spurious", "duplicate", "invalid", "ungrounded"))
    assert found["missed"][1] == 0


@given(some_gold, some_labels)
def test_partners_belong_together(gold: list[Label], predicted: list[Label]) -> None:
    found = told(gold, predicted)
    for i, each in enumerate(found.gold):
        if each.partner is not None:
            assert found.predicted[each.partner].partner == i
            assert found.predicted[each.partner].kind == each.kind
    for each in found.predicted:
        if each.partner is not None and each.kind != "duplicate":
            assert found.gold[each.partner].kind == each.kind
    alone = {"missed", "spurious", "invalid", "ungrounded"}
    for each in (*found.gold, *found.predicted):
        assert (each.partner is None) or each.kind not in alone


@given(some_gold, some_labels, st.randoms(use_true_random=False))
def test_the_order_of_either_side_has_no_say(
    gold: list[Label], predicted: list[Label], rng: random.Random
) -> None:
    def figures(gold: Side, predicted: Side) -> object:
        found = told(gold, predicted)
        sides = zip((gold, predicted), (found.gold, found.predicted), strict=True)
        alike = [Counter(repr((a, b[0], b[2:])) for a, b in zip(*s, strict=True)) for s in sides]
        return alike, found.by_kind(), gains(found)

    shuffled = rng.sample(gold, len(gold)), rng.sample(predicted, len(predicted))
    assert figures(*shuffled) == figures(gold, predicted)


@given(some_labels)
def test_gold_against_itself_is_matched_without_a_flag(gold: list[Label]) -> None:
    pairs = score(gold, gold, TEXTS).pairs
    found = outcomes(gold, gold, TEXTS, pairs, categories=frozenset("AB"))
    for each in (*found.gold, *found.predicted):
        assert (each.kind, each.split, each.merge) == ("matched", False, False)


@given(some_gold, some_labels)
def test_both_at_once_is_one_after_the_other(gold: list[Label], predicted: list[Label]) -> None:
    known = frozenset("A")
    scores, found = scored_and_classified(gold, predicted, TEXTS, categories=known)
    assert scores == score(gold, predicted, TEXTS)
    assert found == outcomes(gold, predicted, TEXTS, scores.pairs, categories=known)
