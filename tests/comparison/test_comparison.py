"""The figures of a comparison: scores of both sides, intervals, verdict, tokens and cost."""

from typing import Any

import pytest

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.gates import Gates
from annotate.comparison.significance import adjusted
from tests.support.noisy import (
    SUPPORTED,
    Rates,
    evaluated,
    failed,
    say,
)


def test_the_headlines_are_the_scores_of_both_sides() -> None:
    before, after = evaluated(say(1)), evaluated(say(2))
    found = compare_evaluations([before], [after], rounds=200)
    for name, delta in found.headlines.items():
        expected = [each.scores[name].f1 for each in (before, after)]
        assert [delta.before, delta.after] == pytest.approx(expected)
    for name, row in found.by_category.items():
        for measure, delta in row.scores.items():
            parts = [each.scores.by_category[name] for each in (before, after)]
            expected = [part[measure].f1 for part in parts]
            assert [delta.before, delta.after] == pytest.approx(expected)
    for name, deltas in found.by_document.items():
        for measure, delta in deltas.items():
            assert delta.before == before.scores.by_document[name][measure].f1


def test_repeats_are_pooled() -> None:
    drawn = [evaluated(say(seed), seed) for seed in range(5)]
    found = compare_evaluations(drawn[:2], drawn[2:], rounds=200)
    counts = [each.scores.overall["value"] for each in drawn[2:]]
    right, given = sum(c.tp for c in counts), sum(2 * c.tp + c.fp + c.fn for c in counts)
    assert found.headlines["value"].after == pytest.approx(2 * right / given)
    low, high = found.headlines["value"].interval or (0, 0)
    assert low < (found.headlines["value"].change or 0) < high


def test_categories_are_adjusted_for_how_many_of_them_are_gated() -> None:
    found = compare_evaluations([evaluated(say(1))], [evaluated(say(2))], rounds=500).by_category
    gated = {name: delta for name, delta in found.items() if not delta.excluded}
    assert sorted(gated) == SUPPORTED
    assert [d.adjusted for d in gated.values()] == adjusted(
        [d.gated.p_drop or 0 for d in gated.values()]
    )
    assert {d.adjusted for name, d in found.items() if name not in gated} == {None}


def test_more_repeats_detect_smaller_drops() -> None:
    drawn = [evaluated(say(seed), seed) for seed in range(10)]
    one = compare_evaluations(drawn[:1], drawn[5:6], rounds=500).detectable
    five = compare_evaluations(drawn[:5], drawn[5:], rounds=500).detectable
    assert one is not None
    assert five is not None
    assert five < 0.6 * one


def test_other_documents_get_a_wide_interval_that_never_gates() -> None:
    found = compare_evaluations(
        [evaluated(say(1))], [evaluated(say(1, Rates(missed=0.5)))], rounds=200
    )
    wide, here = found.elsewhere["value"], found.headlines["value"]
    changes = [row["value"].change or 0 for row in found.by_document.values()]
    assert wide.mean == pytest.approx(sum(changes) / 5)
    assert wide.documents == 5
    assert wide.interval is not None
    assert wide.interval[0] < sum(changes) / 5 < wide.interval[1]
    assert here.p_drop is not None
    assert here.p_drop < 0.01
    one = {"infotech.txt": say(1)["infotech.txt"]}
    assert (
        compare_evaluations([evaluated(one)], [evaluated(one)], rounds=100)
        .elsewhere["value"]
        .interval
        is None
    )


def test_an_improvement_is_one() -> None:
    worse, better = evaluated(say(1, Rates(missed=0.5))), evaluated(say(1, Rates(missed=0.1)))
    assert (
        compare_evaluations([worse], [better], Gates(must_find=False), rounds=500).verdict
        == "improvement"
    )
    back = compare_evaluations([better], [worse], Gates(must_find=False), rounds=500)
    assert back.verdict == "regression"
    assert ("overall", "value F1") in failed(back)


def test_the_seed_is_printed_and_gives_the_same_figures_again() -> None:
    sides = [evaluated(say(1))], [evaluated(say(2))]
    first, again, other = (
        compare_evaluations(*sides, seed=seed, rounds=300).to_json() for seed in (4, 4, 5)
    )
    assert first == again != other
    assert (first["seed"], first["rounds"], first["format"]) == (4, 300, 1)


def test_tokens_and_cost_are_compared_in_total_and_a_request() -> None:
    cheap = {"requests": 12, "prompt_tokens": 6000, "completion_tokens": 1200, "cost": 0.012}
    before = [evaluated(say(1), 0), evaluated(say(2), 1)]
    found: Any = compare_evaluations(
        before, [evaluated(say(1), usage=cheap)], rounds=100
    ).to_json()["usage"]
    assert found["before"]["total"]["cost"] == pytest.approx(0.048)
    assert found["delta"]["total"]["prompt_tokens"] == 6000 - 24000
    assert found["delta"]["per_request"]["prompt_tokens"] == pytest.approx(500 - 1000)
    unknown = {"requests": 12, "prompt_tokens": 0, "completion_tokens": 0, "cost": None}
    found = compare_evaluations(before, [evaluated(say(1), usage=unknown)], rounds=100).to_json()[
        "usage"
    ]
    assert found["after"]["total"] == {
        "requests": 12.0,
        "prompt_tokens": None,
        "completion_tokens": None,
        "cost": None,
    }
    assert found["delta"]["per_request"]["cost"] is None
