"""What counts as right, wrong and missed: values, facts, characters, attributes, optional gold."""

from annotate.scoring.scorer import score
from annotate.scoring.scores import AttributeScore, Counts, Scores
from tests.support.labels import label, scored, spans


def counts(scores: Scores) -> list[tuple[int, int, int]]:
    return [(c.tp, c.fp, c.fn) for c in scores.overall.ladder.values()]


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
