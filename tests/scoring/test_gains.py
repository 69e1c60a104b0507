"""What fixing all errors of one kind would gain, by hand and for any two sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.scoring.gains import gains
from annotate.scoring.labels import Label, Status
from annotate.scoring.scorer import score
from tests.support.labels import TEXTS, judged, label, some_gold, some_labels, spans, told


def test_gains_are_differences_of_annotation_f1() -> None:
    # R = 1, G = 4, P = 6: F1 = 2/10.
    gold = [*spans("A", (0, 10), (20, 40), (50, 60), (70, 80))]
    predicted = [
        *spans("A", (0, 10), (0, 10), (20, 22)),  # matched, duplicate, boundary
        *spans("B", (50, 60), (90, 99)),  # category, spurious
        label("A", 0, 0),  # invalid
    ]
    found = judged(gold, predicted)
    assert {kind: pair for kind, pair in found.by_kind().items() if any(pair)} == {
        "matched": (1, 1),
        "boundary": (1, 1),
        "category": (1, 1),
        "missed": (1, 0),
        "spurious": (0, 1),
        "duplicate": (0, 1),
        "invalid": (0, 1),
    }
    assert gains(found) == pytest.approx(
        {
            "boundary": 4 / 10 - 2 / 10,
            "category": 4 / 10 - 2 / 10,
            "missed": 4 / 11 - 2 / 10,
            "spurious": 2 / 9 - 2 / 10,
            "duplicate": 2 / 9 - 2 / 10,
            "invalid": 2 / 9 - 2 / 10,
            "category+boundary": 0,
            "ungrounded": 0,
        }
    )
    assert list(gains(found))[:4] == ["boundary", "category", "missed", "spurious"]


def test_optional_gold_and_its_predictions_gain_nothing() -> None:
    gold = [label("A", 0, 10, "optional"), label("A", 20, 30), label("A", 40, 50)]
    found = judged(gold, spans("A", (0, 10), (20, 30)))
    assert gains(found)["missed"] == pytest.approx(1 - 2 / 3)


def test_leaving_out_all_that_is_wrong_where_nothing_is_to_be_found_gains_all() -> None:
    assert gains(judged([], spans("A", (0, 10), (20, 30))))["spurious"] == 1
    assert set(gains(judged([], [])).values()) == {0}


@given(some_gold, some_labels)
def test_fixing_never_costs(gold: list[Label], predicted: list[Label]) -> None:
    gained = gains(told(gold, predicted))
    assert all(gain >= 0 for gain in gained.values())
    assert list(gained.values()) == sorted(gained.values(), reverse=True)


@given(some_gold, some_labels, st.sampled_from(["required", "optional"]))
def test_fixed_predictions_gain_what_was_foretold(
    gold: list[Label], predicted: list[Label], status: Status
) -> None:
    """Leave out what is spurious, and score again."""
    gold = [replace(each, status=status) for each in gold]
    found = told(gold, predicted)
    kept = [
        p for p, each in zip(predicted, found.predicted, strict=True) if each.kind != "spurious"
    ]
    before = score(gold, predicted, TEXTS).overall["annotation"].f1
    after = score(gold, kept, TEXTS).overall["annotation"].f1
    if before is not None:
        assert (1 if after is None else after) - before == pytest.approx(gains(found)["spurious"])
