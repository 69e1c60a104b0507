"""Scores: the published vectors, small cases by hand, and laws that hold for any two sides."""

import json
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.scoring.confusion import confusion
from annotate.scoring.labels import Label, Status
from annotate.scoring.overlap import RUNGS
from annotate.scoring.scorer import score
from annotate.scoring.scores import AttributeScore, Counts, Part, Scores, macro

TEXT = "Data is kept, (mostly). We do not sell it.  \n- Ask us: we delete it."
TEXTS = {"first": "Nothing.", "one": TEXT, "two": TEXT, "last": ""}

Side = Sequence[Label]


def label(
    category: str,
    start: int,
    end: int,
    status: Status = "required",
    document: str = "doc",
    **values: str,
) -> Label:
    """Return a label whose attributes hold each letter of their value."""
    attributes = {name: frozenset(letters) for name, letters in values.items()}
    return Label(document, start, end, category, attributes, status)


def spans(category: str, *ends: tuple[int, int]) -> list[Label]:
    return [label(category, start, end) for start, end in ends]


def scored(gold: Side, predicted: Side) -> Scores:
    """Score labels of one document without a text."""
    return score(gold, predicted, {"doc": None})


def counts(scores: Scores) -> list[tuple[int, int, int]]:
    return [(c.tp, c.fp, c.fn) for c in scores.overall.ladder.values()]


# ---- The vectors: true positives at any overlap, above one half, and exact ----

VECTORS = {
    "giant": (
        spans("A", *((n, n + 10) for n in (0, 300, 600, 990))),
        spans("A", (0, 1000)),
        1,
        0,
        0,
    ),
    "adjacent": (spans("A", (0, 10)), spans("A", (10, 20)), 0, 0, 0),
    "crossed": (spans("A", (0, 50), (51, 100)), spans("A", (50, 100), (0, 49)), 2, 2, 0),
    "greedy trap": (spans("A", (0, 10), (12, 30)), spans("A", (5, 28), (0, 4)), 2, 1, 0),
    "nested": (spans("A", (0, 100), (20, 40)), spans("A", (20, 45), (0, 100)), 2, 2, 1),
    "triplicate": (spans("A", (0, 10)), spans("A", (0, 10)) * 3, 1, 1, 1),
    "unknown category": (spans("A", (0, 5)), spans("A", (0, 5)) + spans("Z", (0, 5)) * 2, 1, 1, 1),
    "two labels, one span": (
        spans("A", (0, 10)) + spans("B", (0, 10)),
        spans("B", (0, 10)) + spans("A", (0, 10)),
        *(2, 2, 2),
    ),
    "confusion": (spans("A", (0, 10)), spans("B", (0, 10)), 0, 0, 0),
    "split in half": (spans("A", (0, 100)), spans("A", (0, 50), (50, 100)), 1, 0, 0),
    "split 60/40": (spans("A", (0, 100)), spans("A", (0, 60), (60, 100)), 1, 1, 0),
    "count first": (spans("A", (0, 100), (0, 60)), spans("A", (0, 62), (0, 34)), 2, 2, 0),
}


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


def test_nothing_against_nothing_is_no_score() -> None:
    part = scored([], []).overall
    assert (part["annotation"].precision, part["annotation"].recall) == (None, None)
    assert [
        c.f1 for c in (part["annotation"], part["value"], part["document"], part["character"])
    ] == [None] * 4
    assert scored([], []).to_json()["untyped"] == Counts().to_json()
    assert Counts().to_json()["f1"] is None


def test_something_against_nothing_is_zero() -> None:
    something = [label("A", 0, 10, x="p")]
    for scores in (scored([], something), scored(something, [])):
        part = scores.overall
        assert [c.f1 for c in (part["annotation"], part["value"], part["document"])] == [0, 0, 0]
        assert (part["character"].f1, scores["untyped"].f1) == (0, 0)
    assert scored([], something).overall["annotation"].recall is None
    assert scored([], something).overall["annotation"].precision == 0


def test_a_label_of_another_document_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"^elsewhere: "):
        scored([label("A", 0, 1, document="elsewhere")], [])


# ---- Values, facts, characters, attributes, by hand ----


def test_value_f1_counts_annotations_and_their_values() -> None:
    gold = [label("A", 0, 10, x="pq", y="r"), label("A", 20, 30, x="p")]
    predicted = [label("A", 0, 10, x="qs", y="r"), label("B", 40, 50, x="p")]
    # In common: the first annotation, q and r. Wrong: s, B and its p. Missed: p, the second, its p.
    assert scored(gold, predicted).overall["value"] == Counts(3, 3, 3)


def test_values_need_more_than_half_of_the_span() -> None:
    assert scored([label("A", 0, 10, x="p")], [label("A", 0, 5, x="p")]).overall["value"] == Counts(
        0, 2, 2
    )


def test_document_f1_is_blind_to_spans_and_repeats() -> None:
    gold = [label("A", 0, 10, x="pq"), label("A", 20, 30, x="p"), label("B", 40, 50)]
    predicted = [label("A", 70, 80, x="pr"), label("A", 90, 95, x="p")]
    # A and A's p are known; A's r is wrong; A's q and B are missed.
    assert scored(gold, predicted).overall["document"] == Counts(2, 1, 2)


def test_facts_of_two_documents_are_kept_apart() -> None:
    gold, predicted = [label("A", 0, 9, document="a")], [label("A", 0, 9, document="b")]
    assert score(gold, predicted, {"a": None, "b": None}).overall["document"] == Counts(0, 1, 1)


def test_a_fact_without_a_place_in_the_text_is_wrong_even_where_it_is_true() -> None:
    gold = [label("A", 0, 10, x="p")]
    scores = scored(gold, [label("A", 5, 5, x="p")])
    assert counts(scores) == [(0, 1, 1)] * 4
    assert scores.overall["document"] == Counts(0, 2, 2)
    assert scores.overall["value"] == Counts(0, 2, 2)
    assert scores["untyped"] == Counts(0, 1, 1)
    assert scored([label("A", 5, 5, x="p")], gold).overall["document"] == Counts(0, 2, 2)
    # What a grounded annotation states as well is stated.
    scores = scored(gold, [label("A", 5, 5, x="pq"), label("A", 0, 10, x="p")])
    assert scores.overall["document"] == Counts(2, 1, 0)


def test_character_f1_counts_each_covered_character_once_a_category() -> None:
    gold = spans("A", (0, 10), (5, 20), (6, 9)) + spans("B", (0, 4))
    predicted = spans("A", (15, 18), (16, 30)) + spans("B", (0, 4), (0, 4))
    scores = scored(gold, predicted)
    assert scores.by_category["A"]["character"] == Counts(5, 10, 15)
    assert scores.overall["character"] == Counts(9, 10, 15)


def test_characters_at_the_edges_do_not_count() -> None:
    scores = score([label("A", 0, 7)], [label("A", 1, 5)], {"doc": "“Data.” "})
    assert scores.overall["character"] == Counts(4, 0, 0)
    assert counts(scores)[-1] == (1, 0, 0)


def test_attributes_are_compared_on_pairs() -> None:
    gold = [
        label("A", 0, 10, x="pq", y=""),
        label("A", 20, 30, x="p", y=""),
        label("A", 40, 50, x="", y="r"),
        label("A", 60, 70, x="p", y="r"),  # missed: not a pair
    ]
    predicted = [
        label("A", 0, 10, x="qp", y=""),
        label("A", 20, 30, x="pq", y="r"),
        label("A", 40, 50, x="", y="s"),
    ]
    part = scored(gold, predicted).overall
    x, y = part.attributes["x"], part.attributes["y"]
    assert x == AttributeScore(equal=1, different=1, silent=1, values=Counts(3, 1, 0))
    assert y == AttributeScore(equal=0, different=2, silent=1, values=Counts(0, 2, 1))
    assert (x.accuracy, x.stated_accuracy) == (2 / 3, 0.5)
    assert (y.accuracy, y.stated_accuracy) == (1 / 3, 0)
    assert part.attribute == AttributeScore(1, 3, 2, Counts(3, 3, 1))


def test_an_attribute_that_one_side_lacks_is_compared_as_silence() -> None:
    part = scored([label("A", 0, 9, x="p")], [label("A", 0, 9, y="")]).overall
    assert part.attributes["x"] == AttributeScore(different=1, values=Counts(0, 0, 1))
    assert part.attributes["y"] == AttributeScore(silent=1)
    assert AttributeScore().accuracy is None
    assert AttributeScore(silent=1).stated_accuracy is None


# ---- Optional gold ----


def test_optional_gold_is_no_miss() -> None:
    scores = scored([label("A", 0, 10, "optional", x="p")], [])
    assert counts(scores) == [(0, 0, 0)] * 4
    part = scores.overall
    assert [part["value"], part["document"], part["character"], scores["untyped"]] == [Counts()] * 4
    assert (part.support, part.optional) == (0, 1)


def test_a_pair_with_optional_gold_is_neither_right_nor_wrong() -> None:
    gold = [label("A", 0, 10, "optional", x="p"), label("A", 20, 30, x="p")]
    scores = scored(gold, [label("A", 0, 10, x="p"), label("A", 20, 30, x="p")])
    assert counts(scores) == [(1, 0, 0)] * 4
    assert scores.overall["value"] == Counts(2, 0, 0)
    assert scores.overall["document"] == Counts(2, 0, 0)
    assert scores.overall["character"] == Counts(10, 0, 0)
    assert scores.overall.attributes["x"] == AttributeScore(equal=1, values=Counts(1, 0, 0))
    assert scores["untyped"] == Counts(1, 0, 0)
    assert (scores.overall.support, scores.overall.optional) == (1, 1)


def test_facts_and_characters_that_only_optional_gold_has_are_left_out() -> None:
    gold = [label("A", 0, 10, "optional", x="pq"), label("A", 5, 15, x="r")]
    part = scored(gold, [label("A", 0, 20, x="prs")]).overall
    assert part["document"] == Counts(2, 1, 0)  # A and r; wrong is s; p may be said, q need not
    assert part["character"] == Counts(10, 5, 0)


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


def test_macro_leaves_out_parts_that_have_no_score() -> None:
    gold = [label("A", 0, 5, document="one"), label("A", 0, 5, document="two")]
    parts = score(gold, gold[:1], TEXTS).by_document.values()
    assert macro(parts, "annotation") == 0.5
    assert macro([], "annotation") is None


def test_pairs_are_positions_in_what_was_given() -> None:
    gold, predicted = spans("A", (50, 60), (0, 10)), spans("A", (80, 90), (0, 9), (50, 60))
    pairs = [(edge.gold, edge.predicted) for edge in scored(gold, predicted).pairs]
    assert pairs == [(0, 2), (1, 1)]


def test_scores_are_json() -> None:
    scores = scored([label("A", 0, 10, x="p")], [label("A", 0, 10, x="q")])
    content = json.loads(json.dumps(scores.to_json()))
    assert set(content) == {"overall", "untyped", "macro", "by_category", "by_document"}
    overall = content["overall"]
    assert list(overall["annotation"]) == list(RUNGS)
    assert overall["annotation"][">.5"]["f1"] == 1
    assert overall["value"] == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "tp": 1,
        "fp": 1,
        "fn": 1,
    }
    assert (overall["support"], overall["attribute"]["accuracy"]) == (1, 0)
    assert content["macro"]["category"] == {"annotation": 1, "value": 0.5, "document": 0.5}


# ---- Confusion ----


def test_confusion_sets_what_only_one_side_has_against_the_other() -> None:
    units = {"doc": [(0, 10), (12, 20), (20, 30), (31, 40)]}
    gold = spans("A", (0, 10), (12, 20)) + spans("B", (0, 10), (31, 40)) + spans("C", (20, 30))
    predicted = spans("A", (0, 10), (31, 40)) + spans("C", (1, 9)) + spans("D", (12, 30))
    assert confusion(gold, predicted, units) == {
        ("A", "A"): 1,
        ("A", "D"): 1,  # second unit
        ("B", "A"): 1,  # fourth
        ("B", "C"): 1,  # first, where A is right
        ("C", "D"): 1,  # third
    }


def test_confusion_names_what_was_missed_and_what_was_invented() -> None:
    units = {"doc": [(0, 10), (12, 20)]}
    found = confusion(spans("A", (0, 10)), spans("B", (12, 20), (12, 20)), units)
    assert found == {("A", None): 1, (None, "B"): 1}


def test_confusion_sets_every_missed_category_against_every_invented_one() -> None:
    gold, predicted = spans("A", (0, 9)) + spans("B", (0, 9)), spans("C", (0, 9))
    assert confusion(gold, predicted, {"doc": [(0, 9)]}) == {("A", "C"): 1, ("B", "C"): 1}


def test_confusion_leaves_optional_gold_out() -> None:
    units = {"doc": [(0, 10), (12, 20)]}
    gold = [label("A", 0, 10, "optional"), label("B", 12, 20, "optional")]
    assert confusion(gold, spans("A", (0, 10)), units) == {}
    assert confusion([*gold, label("B", 0, 10)], spans("A", (0, 10)), units) == {("B", None): 1}
    assert confusion([*gold, label("A", 0, 9)], spans("A", (0, 10)), units) == {("A", "A"): 1}


# ---- Laws ----

some_labels = st.lists(
    st.builds(
        lambda document, category, start, length, x, y: label(
            category, start, min(start + length, len(TEXT)), document=document, x=x, y=y
        ),
        st.sampled_from(["one", "two"]),
        st.sampled_from("AB"),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 30),
        st.sampled_from(["", "p", "q", "pq", "r"]),
        st.sampled_from(["", "t", "u"]),
    ),
    max_size=10,
)
some_gold = some_labels.flatmap(
    lambda labels: st.tuples(
        *(
            st.sampled_from(["required", "required", "optional"]).map(
                lambda status, each=each: Label(  # type: ignore[misc]
                    each.document, each.start, each.end, each.category, each.attributes, status
                )
            )
            for each in labels
        )
    ).map(list)
)


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
