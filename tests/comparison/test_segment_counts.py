"""Counts by segment: they add up to the scores, and stand where the definitions put them."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from annotate.comparison.segment_counts import (
    BY_CATEGORY,
    TESTED,
    all_columns,
    pooled,
    tally,
)
from annotate.documents.document import Document
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Refused
from annotate.evaluation.segments import Segments
from annotate.scoring.scores import Counts
from tests.support.noisy import Rates, Said, bench, made, predictions, say, shuffled

DOCUMENT = "infotech.txt"


def evaluated(said: Said, *refused: Refused) -> Evaluation:
    run = predictions(said)
    fields = {name: getattr(run, name) for name in type(run).__slots__}
    given = type(run)(**{**fields, "refused": refused})
    return evaluate_predictions(given, bench().gold, bench().task.schema, bench().documents)


def counts(row: NDArray[np.int64]) -> Counts:
    return Counts(*map(int, row))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_counts_of_all_segments_are_those_of_the_scores(seed: int) -> None:
    found = evaluated(say(seed), Refused(DOCUMENT, 1, "ungrounded", "use", None))
    categories = sorted(found.scores.by_category)
    columns = all_columns(categories)
    sums = tally(found, Segments(found.documents), columns).sum(axis=0)
    expected: Mapping[tuple[str, str], Counts] = {
        **{(each.name, ""): found.scores[each.name] for each in TESTED},
        **{
            (each.name, name): part[each.name]
            for name, part in found.scores.by_category.items()
            for each in BY_CATEGORY
        },
    }
    assert {column: counts(sums[i]) for i, column in enumerate(columns)} == expected


def test_rows_in_another_order_count_in_the_same_segments() -> None:
    said = say(3, Rates(spurious=1.0, boundary=0.2))
    segments = Segments(bench().documents)
    columns = all_columns(bench().task.schema.categories)
    first = tally(evaluated(said), segments, columns)
    for seed in range(3):
        again = tally(evaluated(shuffled(said, seed)), segments, columns)
        assert np.array_equal(first, again)


def row_of(start: int) -> int:
    """Return which segment of all a place of the document is in, counted by hand."""
    before = sorted(bench().segmentations)
    before = before[: before.index(DOCUMENT)]
    earlier = sum(len(bench().segmentations[name].segments) for name in before)
    inside = [each for each in bench().segmentations[DOCUMENT].segments if each.start <= start]
    return earlier + len(inside) - 1


def test_an_answer_without_a_place_counts_where_its_chunk_starts() -> None:
    perfect = say(0, Rates(0, 0, 0, 0, 0))
    for category in ("use", ""):
        found = evaluated(perfect, Refused(DOCUMENT, 2, "invalid", category, None))
        counted = tally(found, Segments(found.documents), all_columns([]))
        start = bench().chunks(DOCUMENT)[2][0]
        wrong = np.argwhere(counted[:, :, 1])
        assert {tuple(each) for each in wrong} == {
            (row_of(start), column) for column in range(len(TESTED))
        }


def test_which_span_pairs_without_categories_does_not_depend_on_the_order_of_rows() -> None:
    """Two wrongly named spans lie on one gold, and start in different segments."""
    text = bench().texts[DOCUMENT]
    gold = next(
        each
        for each in bench().of(DOCUMENT)
        if each.end - each.start > 150 and row_of(each.start) > row_of(each.start - 4)
    )
    wider = made(DOCUMENT, gold.start - 20, gold.end, "policy_date", gold, text)
    inside = made(DOCUMENT, gold.start, gold.end - 20, "policy_date", gold, text)
    first, second = (
        tally(
            evaluated({DOCUMENT: rows}),
            Segments({DOCUMENT: Document(DOCUMENT, text)}),
            all_columns([]),
        )
        for rows in ([wider, inside], [inside, wider])
    )
    assert np.array_equal(first, second)
    untyped = all_columns([]).index(("untyped", ""))
    assert first[:, untyped].sum(axis=0)[:2].tolist() == [1, 1]


def test_what_is_missed_or_made_up_counts_where_it_starts() -> None:
    perfect = say(0, Rates(0, 0, 0, 0, 0))
    missed = next(each for each in perfect[DOCUMENT] if each.category == "retention")
    rest = {**perfect, DOCUMENT: [each for each in perfect[DOCUMENT] if each is not missed]}
    counted = tally(evaluated(rest), Segments(bench().documents), all_columns([]))
    assert {row for row, _ in np.argwhere(counted[:, :, 2])} == {row_of(missed.start)}
    extra = {**perfect, DOCUMENT: [*perfect[DOCUMENT], missed]}
    counted = tally(evaluated(extra), Segments(bench().documents), all_columns([]))
    assert {row for row, _ in np.argwhere(counted[:, :, 1])} == {row_of(missed.start)}
    size = sum(len(v) if isinstance(v, list) else v is not None for v in missed.attributes.values())
    value = all_columns([]).index(("value", ""))
    assert counted[row_of(missed.start), value, 1] == 1 + size


def test_what_stands_before_the_first_segment_counts_in_it() -> None:
    segments = Segments({"a": Document("a", "One."), "b": Document("b", "\n\n\nTwo.")})
    assert segments.row("b", 0) == segments.row("b", 3) == 1


def test_a_text_without_a_segment_is_one() -> None:
    segments = Segments({"b": Document("b", ""), "a": Document("a", "One.\n\nTwo.")})
    assert segments.count == 3
    assert [segments.row("a", at) for at in (0, 3, 5, 6, 99)] == [0, 0, 0, 1, 1]
    assert segments.row("b", 0) == 2


def test_a_side_of_fewer_repeats_weighs_as_much() -> None:
    one, other = np.array([[[1, 2, 3]]]), np.array([[[2, 2, 2]]])
    before, after = pooled([one, other], [one, one, other])
    assert before.tolist() == [[[3 * 6, 3 * (6 + 4 + 5)]]]
    assert after.tolist() == [[[2 * 8, 2 * (8 + 6 + 8)]]]
