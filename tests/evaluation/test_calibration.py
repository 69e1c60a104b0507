"""Calibration: error and area as they are defined, ties in random order, and what is left out."""

from __future__ import annotations

from itertools import permutations
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.consensus.consensus import consensus
from annotate.evaluation.calibration import Calibration, Case, calibrate, calibrations
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.references import read_references
from annotate.evaluation.verdicts import Clusters, precision_interval, verdicts
from annotate.gold.store import read_gold
from annotate.reporting import dataframes
from annotate.reporting.json import of_evaluations
from annotate.runs.reader import Run
from tests.conftest import ROOT
from tests.support.sampled import SCHEMA, noisy_samples

CASES = [
    Case(1.0, True, 0),
    Case(1.0, True, 1),
    Case(1.0, False, 2),
    Case(0.5, True, 0),
    Case(0.5, False, 1),
    Case(0.25, False, 2),
]


def test_the_error_is_the_mean_distance_by_bin() -> None:
    found = calibrate("annotations", CASES)
    assert [(each.low, each.cases, each.right) for each in found.bins] == [
        (1.0, 3, 2),
        (0.5, 2, 1),
        (0.25, 1, 0),
    ]
    assert found.error == pytest.approx((3 * (1 - 2 / 3) + 2 * 0 + 1 * 0.25) / 6)
    assert found.each
    low, high = found.error_interval
    assert 0 <= low <= found.error <= high <= 1


def test_risk_and_coverage_go_from_the_surest_to_all() -> None:
    found = calibrate("annotations", CASES)
    assert [each[0] for each in found.curve] == [1.0, 0.5, 0.25]
    assert [each[1] for each in found.curve] == pytest.approx([3 / 6, 5 / 6, 1.0])
    assert [each[2] for each in found.curve] == pytest.approx([1 / 3, 2 / 5, 3 / 6])
    assert found.risk == 0.5


def mean_risk(order: tuple[Case, ...]) -> float:
    wrong = [not case.right for case in order]
    return fmean(sum(wrong[: n + 1]) / (n + 1) for n in range(len(order)))


@given(
    cases=st.lists(
        st.builds(Case, st.sampled_from([0.2, 0.6, 1.0]), st.booleans(), st.integers(0, 2)),
        min_size=1,
        max_size=6,
    )
)
def test_the_area_is_the_mean_risk_of_all_orders_that_the_confidences_allow(
    cases: list[Case],
) -> None:
    ordered = [
        o
        for o in permutations(cases)
        if [c.confidence for c in o] == sorted((c.confidence for c in cases), reverse=True)
    ]
    found = calibrate("annotations", cases)
    assert found.area == pytest.approx(fmean(map(mean_risk, ordered)))
    assert found.best == pytest.approx(min(map(mean_risk, permutations(cases))))
    assert found.risk == pytest.approx(fmean(map(mean_risk, permutations(cases))))
    low, high = found.area_interval
    assert 0 <= low <= high <= 1


def test_many_confidences_go_into_ten_bins_of_equal_width() -> None:
    cases = [Case(number / 200, number % 2 == 0, number % 7) for number in range(201)]
    found = calibrate("annotations", cases)
    assert (len(found.bins), found.each) == (10, False)
    assert (found.bins[0].low, found.bins[0].high) == (0.9, 1.0)
    assert sum(each.cases for each in found.bins) == 201
    assert len(found.curve) <= 100


def test_figures_are_the_same_each_time() -> None:
    assert calibrate("values", CASES) == calibrate("values", CASES)


# ---- Of a run ----


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory, policies: Run) -> Evaluation:
    """Three samples in which all is right that two make, united, against the gold."""
    folder = tmp_path_factory.mktemp("calibrated")
    gold = read_gold(ROOT / "eval" / "gold" / "privacy_policy", SCHEMA)
    made = consensus(noisy_samples(folder, policies, gold), folder / "run")
    assert made.run is not None
    return evaluate(made.run, gold)


@pytest.fixture(scope="module")
def found(evaluation: Evaluation) -> dict[str, Calibration]:
    return {each.of: each for each in calibrations(evaluation)}


def test_annotations_are_right_where_the_scorer_pairs_them(
    evaluation: Evaluation, found: dict[str, Calibration]
) -> None:
    counts = evaluation.scores["annotation"]
    annotations = found["annotations"]
    assert (annotations.cases, sum(each.right for each in annotations.bins)) == (
        counts.tp + counts.fp,
        counts.tp,
    )
    assert [each.share for each in annotations.bins[:2]] == [1.0, 1.0]
    assert annotations.bins[2].share < 0.5
    assert annotations.area < annotations.risk


def test_values_are_right_where_the_paired_gold_states_them(
    evaluation: Evaluation, found: dict[str, Calibration]
) -> None:
    values, whole = found["values"], evaluation.scores["value"]
    right = evaluation.scores["annotation"].tp
    assert sum(each.right for each in values.bins) == whole.tp - right
    assert values.cases == sum(
        len(said) for each in evaluation.annotations for said in each.value_confidence.values()
    )


def test_verdicts_are_those_of_the_scores(evaluation: Evaluation) -> None:
    clusters = Clusters(evaluation.documents)
    assert clusters.kind == "segments"
    given = verdicts(evaluation, clusters)
    counts = evaluation.scores["annotation"]
    assert sum(each.right is True for each in given) == counts.tp
    assert sum(each.right is False for each in given) == counts.fp
    assert {each.cluster for each in given} <= set(range(clusters.count))
    interval = precision_interval(given)
    assert interval is not None
    assert interval[0] < (counts.precision or 0) < interval[1]


def test_documents_are_independent_where_there_are_many(evaluation: Evaluation) -> None:
    (document, *_) = evaluation.documents.values()
    clusters = Clusters({str(number): document for number in range(20)})
    assert (clusters.kind, clusters.count, clusters.at("3", 500)) == ("documents", 20, 13)


def test_json_and_frames_have_every_figure(
    evaluation: Evaluation, found: dict[str, Calibration]
) -> None:
    printed = of_evaluations([evaluation], read_references(evaluation.gold.folder))
    said = printed["calibration"]
    assert isinstance(said, dict)
    assert said == {name: each.to_json() for name, each in found.items()}
    frame = dataframes.calibration(evaluation)
    assert frame.groupby("of")["cases"].sum().to_dict() == {
        name: each.cases for name, each in found.items()
    }
    curve = dataframes.risk_coverage(evaluation)
    assert len(curve) == sum(len(each.curve) for each in found.values())


def test_a_run_that_does_not_say_how_sure_it_is_has_no_calibration(policies: Run) -> None:
    silent = evaluate(policies)
    assert not silent.says_how_sure
    assert calibrations(silent) == []
    assert "calibration" not in of_evaluations([silent], read_references(silent.gold.folder))
    assert dataframes.calibration(silent).empty
