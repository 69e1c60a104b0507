"""Scores: the published vectors, small cases by hand, and laws that hold for any two sides."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.scoring.labels import Label
from annotate.scoring.overlap import RUNGS
from annotate.scoring.scorer import score
from annotate.scoring.scores import AttributeScore, Counts, Part
from tests.support.labels import (
    TEXT,
    TEXTS,
    VECTORS,
    Side,
    label,
    scored,
    some_gold,
    some_labels,
    spans,
)

# ---- The vectors: true positives at any overlap, above one half, and exact ----


@pytest.mark.parametrize(
    ("gold", "predicted", "overlapping", "half", "exact"), VECTORS.values(), ids=VECTORS.keys()
)
def test_vector(gold: Side, predicted: Side, overlapping: int, half: int, exact: int) -> None:
    found = scored(gold, predicted).overall.ladder
    assert [found[rung].tp for rung in ("any", ">.5", "exact")] == [overlapping, half, exact]
    for each in found.values():
        assert (each.tp + each.fn, each.tp + each.fp) == (len(gold), len(predicted))


def test_unknown_categories_count_as_wrong() -> None:
    scores = scored(*VECTORS["unknown category"][:2])
    assert scores.overall["annotation"].precision == pytest.approx(1 / 3)
    assert scores.by_category["Z"]["annotation"] == Counts(0, 2, 0)


def test_a_confused_category_is_found_untyped() -> None:
    scores = scored(*VECTORS["confusion"][:2])
    assert scores["untyped"] == Counts(1, 0, 0)
    assert scores.by_category["A"]["annotation"] == Counts(0, 0, 1)
    assert scores.by_category["B"]["annotation"] == Counts(0, 1, 0)


def test_the_third_rung_takes_three_quarters_and_the_second_no_half() -> None:
    scores = scored(spans("A", (0, 100)), spans("A", (0, 75)))
    assert [c.tp for c in scores.overall.ladder.values()] == [1, 1, 1, 0]
    scores = scored(spans("A", (0, 100)), spans("A", (50, 100)))
    assert [c.tp for c in scores.overall.ladder.values()] == [1, 0, 0, 0]


# ---- Nothing ----


def test_a_label_of_another_document_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"^elsewhere: "):
        scored([label("A", 0, 1, document="elsewhere")], [])


# ---- Optional gold ----


def test_required_gold_is_matched_before_optional_gold_that_fits_better() -> None:
    gold = [label("A", 0, 10, "optional"), label("A", 0, 8)]
    assert scored(gold, spans("A", (0, 10))).overall["annotation"] == Counts(1, 0, 0)
    assert scored(gold, spans("A", (0, 10)))["untyped"] == Counts(1, 0, 0)


# ---- Parts ----


def test_categories_and_documents_sum_to_the_whole() -> None:
    gold = [label("A", 0, 5, document="one", x="p"), label("B", 8, 12, document="two", x="q")]
    predicted = [label("A", 0, 5, document="one", x="p"), label("A", 0, 5, document="two", x="p")]
    scores = score(gold, predicted, TEXTS)
    assert list(scores.by_document) == ["first", "one", "two", "last"]
    assert list(scores.by_category) == ["A", "B"]
    assert scores.by_document["one"]["annotation"] == Counts(1, 0, 0)
    assert scores.by_document["two"]["annotation"] == Counts(0, 1, 1)
    assert scores.by_document["first"]["annotation"].f1 is None
    assert scores.overall["annotation"] == Counts(1, 1, 1)
    assert scores.overall["value"] == Counts(2, 2, 2)


def test_pairs_are_positions_in_what_was_given() -> None:
    gold, predicted = spans("A", (50, 60), (0, 10)), spans("A", (80, 90), (0, 9), (50, 60))
    pairs = [(edge.gold, edge.predicted) for edge in scored(gold, predicted).pairs]
    assert pairs == [(0, 2), (1, 1)]


# ---- Laws ----


def swapped(part: Part) -> Part:
    def turn(found: Counts) -> Counts:
        return Counts(found.tp, found.fn, found.fp)

    return Part(
        {name: turn(found) for name, found in part.counts.items()},
        {
            name: AttributeScore(each.equal, each.different, each.silent, turn(each.values))
            for name, each in part.attributes.items()
        },
    )


@given(some_gold, some_labels, st.randoms(use_true_random=False))
def test_the_order_of_either_side_has_no_say(
    gold: list[Label], predicted: list[Label], rng: random.Random
) -> None:
    shuffled = rng.sample(gold, len(gold)), rng.sample(predicted, len(predicted))
    assert score(*shuffled, TEXTS).to_json() == score(gold, predicted, TEXTS).to_json()


@given(some_labels)
def test_gold_against_itself_is_right_in_everything(gold: list[Label]) -> None:
    scores = score(gold, gold, TEXTS)
    for part in (scores.overall, *scores.by_category.values(), *scores.by_document.values()):
        assert {found.f1 for found in part.counts.values()} <= {1.0, None}
        assert {each.accuracy for each in part.attributes.values()} <= {1.0}
    assert scores.overall.support == len(gold)
    assert scores["untyped"].f1 == (1.0 if gold else None)


@given(some_labels, some_labels)
def test_swapping_the_sides_swaps_precision_and_recall(
    gold: list[Label], predicted: list[Label]
) -> None:
    there, back = score(gold, predicted, TEXTS), score(predicted, gold, TEXTS)
    assert swapped(there.overall) == back.overall
    assert {name: swapped(part) for name, part in there.by_category.items()} == back.by_category
    assert {name: swapped(part) for name, part in there.by_document.items()} == back.by_document
    assert there["untyped"] == Counts(back["untyped"].tp, back["untyped"].fn, back["untyped"].fp)


@given(some_gold, some_labels)
def test_a_higher_rung_finds_no_more(gold: list[Label], predicted: list[Label]) -> None:
    scores = score(gold, predicted, TEXTS)
    for part in (scores.overall, *scores.by_category.values(), *scores.by_document.values()):
        found = [part.ladder[rung].tp for rung in RUNGS]
        assert found == sorted(found, reverse=True)
    assert scores["untyped"].tp >= scores.overall["annotation"].tp


@given(some_gold, some_labels)
def test_every_label_is_counted_once(gold: list[Label], predicted: list[Label]) -> None:
    scores = score(gold, predicted, TEXTS)
    optional = sum(each.status == "optional" for each in gold)
    excused = sum(gold[edge.gold].status == "optional" for edge in scores.pairs)
    found = scores.overall["annotation"]
    assert found.tp + found.fn == len(gold) - optional
    assert found.tp + found.fp == len(predicted) - excused
    assert scores.overall.optional == optional


# Sentences that do not overlap, as gold has them: a duplicate finds no second partner there.
SENTENCES = [(0, 23), (24, 42), (47, len(TEXT))]


@given(st.lists(st.sampled_from(SENTENCES), unique=True), some_labels, st.data())
def test_a_duplicate_leaves_recall_and_lowers_precision(
    places: list[tuple[int, int]], predicted: list[Label], data: st.DataObject
) -> None:
    gold = [label("A", *place, document="one", x="p") for place in places]
    predicted = [*predicted, *gold]
    twice = [*predicted, data.draw(st.sampled_from(predicted))] if predicted else []
    before = score(gold, predicted, TEXTS).overall
    after = score(gold, twice, TEXTS).overall
    for rung in RUNGS[1:]:
        one, other = before.ladder[rung], after.ladder[rung]
        assert other.recall == one.recall
        assert not one.precision or (other.precision or 0) < one.precision
    assert after["document"] == before["document"]
    assert after["value"].recall == before["value"].recall


@given(some_gold, some_labels)
def test_documents_without_annotations_change_nothing(
    gold: list[Label], predicted: list[Label]
) -> None:
    inner = score(gold, predicted, {"one": TEXT, "two": TEXT})
    outer = score(gold, predicted, TEXTS)
    assert outer.overall == inner.overall
    assert outer.by_category == inner.by_category
    for name in ("first", "last"):
        assert outer.by_document[name]["annotation"].f1 is None
        assert outer.by_document[name].support == 0
