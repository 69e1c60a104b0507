"""Gates: how often they fire where nothing changed, and what each of them names."""

import json
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.comparison.deltas import CategoryDelta, Delta, Deltas
from annotate.comparison.gates import (
    Check,
    Gates,
    doubts,
    excluded,
    must_find_checks,
    rises,
    score_checks,
)
from annotate.comparison.items import Item
from annotate.comparison.significance import Floats, adjusted, exchange, ratios
from annotate.evaluation.segments import Segments
from annotate.reporting import wording
from benchmarks.collapses import Errors, share_that_collapses
from tests.support.noisy import Rates, bench, changed, evaluated, say

NOTHING = Delta(None, None)


def checks(value: Delta, **categories: CategoryDelta) -> list[Check]:
    found = Deltas({"value": value}, {}, categories, {})
    return list(score_checks(found, Gates()))


def failed(found: list[Check]) -> list[str]:
    return [check.what for check in found if check.status == "failed"]


# ---- The overall gate ----


@pytest.mark.parametrize(
    ("before", "after", "p_drop", "fails"),
    [
        (0.80, 0.70, 0.001, True),
        (0.80, 0.70, 0.05, True),
        (0.80, 0.71, 0.051, False),
        (0.80, 0.70, 0.9, True),
        (0.15, 0.14, 0.01, True),  # one point, whatever binary fractions make of it
        (0.80, 0.791, 0.01, False),
        (0.70, 0.80, 0.999, False),
        (None, 0.80, 0.001, False),
    ],
)
def test_a_drop_fails_when_it_is_both_significant_and_large_enough(
    before: float | None, after: float, p_drop: float, fails: bool
) -> None:
    (check,) = checks(Delta(before, after, None, p_drop, 1.0))
    assert (check.gate, check.what, check.status == "failed") == ("overall", "value F1", fails)


def test_the_message_says_the_figures_and_the_rule() -> None:
    (check,) = checks(Delta(0.812, 0.765, None, 0.0004, 1.0))
    assert check.message == (
        "value F1 .812 → .765 (−4.7 points), p < .001 one-sided; a drop of 1.0 points or more "
        "with p ≤ .050, or of 10.0 whatever its p, fails"
    )


def test_an_improvement_has_to_be_as_sure_and_as_large() -> None:
    assert rises(Delta(0.7, 0.8, None, 1.0, 0.05), Gates())
    assert not rises(Delta(0.7, 0.8, None, 1.0, 0.051), Gates())
    assert not rises(Delta(0.7, 0.705, None, 1.0, 0.001), Gates())
    assert not rises(NOTHING, Gates())


# ---- Categories ----


def test_thin_and_unstable_categories_are_not_gated() -> None:
    reasons = excluded({"a": 20, "b": 19, "c": 300}, {"c"}, Gates())
    assert reasons == {"b": "support 19 is below 20", "c": "its labellers agree too little"}
    worse = Delta(0.9, 0.1, None, 0.0001, 1.0)
    gated = CategoryDelta(20, {"value": worse}, 0.0002, "")
    thin = CategoryDelta(19, {"value": worse}, None, "support 19 is below 20")
    found = checks(NOTHING, a=gated, b=thin)
    assert failed(found) == ["a"]
    assert found[2].status == "excluded"
    assert found[2].message.endswith("not gated: support 19 is below 20")


@pytest.mark.parametrize(
    ("before", "after", "fails"), [(0.6, 0.19, True), (0.6, 0.2, False), (0.49, 0.0, False)]
)
def test_a_category_that_collapses_fails_in_however_few_segments_it_stands(
    before: float, after: float, fails: bool
) -> None:
    delta = Delta(before, after, None, 0.0078, 1.0)
    found = checks(NOTHING, a=CategoryDelta(20, {"value": delta}, 0.055, ""))
    assert (failed(found) == ["a"]) == fails
    assert found[1].message.endswith("less than a third is left") == fails


def test_a_category_in_too_few_segments_says_that_no_test_is_made() -> None:
    delta = Delta(0.93, 0.5, None, 0.125, 1.0, least_p=0.125)
    thin = CategoryDelta(3, {"value": delta}, None, "")
    found = checks(NOTHING, a=thin)
    assert found[1].message == (
        "value F1 .930 → .500 (−43.0 points), no p below .125 in so few segments, so only a "
        "collapse fails, support 3"
    )


FEW = Gates(min_support=3, must_find=False)


def few_of(category: str, kept: int, gates: Gates = FEW) -> Comparison:
    """Compare everything with the same without all but some annotations of a category."""
    everything = say(1, Rates(missed=0, value=0, boundary=0, spurious=0))
    left = iter(range(1000))
    after = changed(
        everything, lambda a: [a] if a.category != category or next(left) < kept else []
    )
    return compare_evaluations([evaluated(everything)], [evaluated(after)], gates, rounds=200)


def test_a_category_of_four_labels_that_keeps_one_fails_though_no_test_can_tell() -> None:
    collapsed = few_of("policy_date", 0)
    row = collapsed.by_category["policy_date"]
    assert (row.gated.least_p, row.adjusted, row.untested != "") == (0.0625, None, True)
    assert collapsed.by_category["use"].untested == ""
    assert failed(list(collapsed.checks)) == ["policy_date"]
    shown = {cells[0]: cells[-1] for cells in wording.category_rows(collapsed)}
    assert shown["policy_date"] == "no p below .062 in so few segments, so only a collapse fails"
    assert (shown["use"], shown["legal_basis"]) == ("yes", "no: support 2 is below 3")


def test_what_broke_for_the_most_part_is_said_where_no_gate_can_fail_it() -> None:
    lost = few_of("policy_date", 1)
    assert (lost.passed, lost.verdict) == (True, "no change detected")
    said = "3 of 4 of policy_date are broken, too few to tell from chance"
    assert wording.verdict(lost).startswith(f"no change detected overall; {said}; a true drop")
    assert lost.to_json()["doubts"] == [
        {
            "category": "policy_date",
            "support": 4,
            "broken": 3,
            "why": "too few to tell from chance",
        }
    ]
    ungated = few_of("policy_date", 0, Gates(must_find=False))
    assert said.replace("3", "4", 1) in wording.verdict(ungated)
    assert few_of("policy_date", 2).doubts == ()


def test_scores_that_are_halved_are_said_though_nothing_broke() -> None:
    halved = CategoryDelta(3, {"value": Delta(0.9, 0.4, None, 0.125)}, None, "")
    (doubt,) = doubts({"a": halved}, [], [])
    assert str(doubt) == ("value F1 of a .900 → .400 (−50.0 points), too few to tell from chance")
    unstable = CategoryDelta(30, {"value": Delta(0.9, 0.4)}, None, "its labellers agree too little")
    (doubt,) = doubts({"a": unstable}, [], [])
    assert str(doubt).endswith("not gated: its labellers agree too little")


# ---- What must be found ----


def item(after: int, category: str = "use") -> Item:
    return Item("a.txt", 5, 9, category, "q", "", "", 3, after, "missed", "failed", "a-1", True)


def test_gold_that_must_be_found_may_not_be_missed_by_most_repeats() -> None:
    found = [next(iter(must_find_checks([item(n)], 3, set()))).status for n in range(4)]
    assert found == ["failed", "failed", "passed", "passed"]
    halves = [next(iter(must_find_checks([item(n)], 2, set()))).status for n in range(3)]
    assert halves == ["failed", "passed", "passed"]
    (check,) = must_find_checks([item(1)], 3, set())
    assert check.what == "a-1"
    assert check.message == (
        "use, a.txt [5:9]: was found, and is missed by 2 of 3 (missed, its chunk failed)"
    )
    (check,) = must_find_checks([item(0)], 3, {"use"})
    assert check.status == "excluded"


# ---- How often they fire where nothing changed ----


def gold_by_segment() -> dict[str, NDArray[np.int64]]:
    """Return how many values the gold states in each segment, by category with enough support."""
    segments = Segments(bench().documents)
    found: dict[str, NDArray[np.int64]] = {}
    support: dict[str, int] = {}
    for each in bench().gold.annotations:
        row = segments.row(each.document, each.start)
        found.setdefault(each.category, np.zeros(segments.count, np.int64))[row] += 1
        support[each.category] = support.get(each.category, 0) + 1
    return {name: counts for name, counts in sorted(found.items()) if support[name] >= 20}


def noisy(gold: Mapping[str, NDArray[np.int64]], seed: int) -> Floats:
    """Return what a run of fixed error rates has in each segment: a column a category, and all."""
    drawn = np.random.Generator(np.random.PCG64(seed))
    columns = []
    for wanted in gold.values():
        values = wanted * 4  # an annotation and its values are right or wrong together
        right = drawn.binomial(wanted, 0.8) * 4
        wrong = drawn.poisson(0.03, len(wanted)) * 4
        columns.append(np.stack((2 * right, right + wrong + values), axis=-1))
    columns.append(np.sum(columns, axis=0))
    return np.stack(columns, axis=1).astype(np.float64)


@pytest.mark.parametrize(("labels", "of_a_thousand"), [(3, 5), (4, 2), (20, 0)])
def test_noise_seldom_looks_like_a_collapse(labels: int, of_a_thousand: int) -> None:
    shares = share_that_collapses(labels, 1, Errors(0.1, 0.1, 0.1), 5000)
    assert 1000 * shares <= of_a_thousand


def test_under_run_noise_the_gates_fire_in_about_one_comparison_of_twenty() -> None:
    gold = gold_by_segment()
    assert len(gold) == 7
    overall = category = 0
    for n in range(400):
        before, after = noisy(gold, 2 * n), noisy(gold, 2 * n + 1)
        drop = exchange(before, after, rounds=299, seed=n).drop
        old, new = ratios(before.sum(axis=0)), ratios(after.sum(axis=0))
        deltas = [
            Delta(float(a), float(b), None, float(p))
            for a, b, p in zip(old, new, drop, strict=True)
        ]
        p = adjusted([float(each) for each in drop[:-1]])
        by_category = {
            name: CategoryDelta(20, {"value": delta}, q, "")
            for name, delta, q in zip(gold, deltas, p, strict=False)
        }
        names = failed(checks(deltas[-1], **by_category))
        overall += "value F1" in names
        category += any(name in gold for name in names)
    assert 0.025 <= overall / 400 <= 0.075
    assert 0.01 <= category / 400 <= 0.075


def test_settings_and_checks_are_json() -> None:
    assert json.loads(json.dumps(Gates().to_json()))["min_support"] == 20
    (check,) = checks(NOTHING)
    assert check.to_json()["status"] == "passed"
