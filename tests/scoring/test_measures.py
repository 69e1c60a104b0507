"""The table of measures: what is declared once holds for every measure, whoever adds one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from annotate.scoring.counts import Matched
from annotate.scoring.labels import Label
from annotate.scoring.matching import climb
from annotate.scoring.measures import (
    COMPARED,
    GATED,
    HEADLINES,
    IN_DETAIL,
    LADDER,
    MEASURES,
    TYPED,
    UNTYPED,
    Measure,
)
from annotate.scoring.overlap import HEADLINE, RUNGS, by_document
from annotate.scoring.scorer import score
from tests.support.labels import TEXTS, label, some_gold, some_labels


def names(measures: tuple[Measure, ...]) -> list[str]:
    return [each.name for each in measures]


def test_no_two_measures_share_a_name_or_a_title() -> None:
    assert len(set(names(MEASURES))) == len({each.title for each in MEASURES}) == len(MEASURES)
    assert sorted(names(TYPED) + names(UNTYPED)) == sorted(names(MEASURES))


def test_the_headlines_come_first_and_one_of_them_is_gated() -> None:
    assert MEASURES[: len(HEADLINES)] == HEADLINES == IN_DETAIL[: len(HEADLINES)]
    assert names(HEADLINES)[:3] == ["annotation", "value", "document"]
    assert GATED.name == "value"
    assert GATED.one is not None  # what is not counted by segment cannot be tested
    assert {*HEADLINES} <= {*COMPARED}


def test_the_ladder_has_every_rung_and_the_headline_on_its_own() -> None:
    assert [each.rung for each in LADDER] == list(RUNGS)
    assert [each.rung for each in IN_DETAIL if each.rung] == [HEADLINE]


def test_every_measure_stands_where_it_says_in_the_scores_as_json() -> None:
    gold = [label("A", 0, 10, x="pq"), label("B", 20, 30, x="p")]
    scores = score(gold, [label("A", 1, 10, x="p"), label("C", 20, 30)], {"doc": None})
    content: Any = scores.to_json()
    for measure in MEASURES:
        found = content
        for name in measure.place:
            found = found[name]
        assert found == scores[measure.name].to_json()


@pytest.mark.parametrize(
    "measure", [each for each in TYPED if each.one], ids=lambda each: each.name
)
@given(gold=some_gold, predicted=some_labels)
def test_the_counts_of_pairs_and_of_what_is_left_over_add_up_to_the_measure(
    measure: Measure, gold: list[Label], predicted: list[Label]
) -> None:
    for document in by_document(gold, predicted, TEXTS):
        for cell in document.cells.values():
            edges = climb(cell.edges, document.gold, document.predicted)
            pairs = {
                rung: [
                    (document.gold[e.gold], document.predicted[e.predicted]) for e in edges[rung]
                ]
                for rung in RUNGS
            }
            wanted = [document.gold[index] for _, _, index in cell.gold]
            given_ = [document.predicted[index] for _, _, index in cell.predicted]
            assert measure.count(Matched(wanted, given_, pairs)) == summed(
                measure, wanted, given_, pairs[HEADLINE]
            )


def summed(
    measure: Measure,
    gold: list[Label],
    predicted: list[Label],
    pairs: list[tuple[Label, Label]],
) -> tuple[int, ...]:
    """Add up what a measure says of each pair and of each label without one."""
    assert measure.one is not None
    alone = [each for each in gold if each.status == "required"]
    left = list(predicted)
    rows = [(0, 0, 0)]
    for wanted, found in pairs:
        left.remove(found)
        if wanted.status == "required":
            alone.remove(wanted)
            rows.append(measure.one(wanted, found))
    rows += [measure.one(each, None) for each in alone]
    rows += [measure.one(None, each) for each in left]
    return tuple(map(sum, zip(*rows, strict=True)))
