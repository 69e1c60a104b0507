"""Thresholds: the lowest one that is precise enough, what it costs, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from annotate.consensus.consensus import Consensus, consensus
from annotate.consensus.thresholds import Choice
from annotate.evaluation.evaluate import evaluate
from annotate.gold.store import Gold
from annotate.runs.reader import Run
from tests.support.sampled import INVENTED, sample


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, samples: Sequence[Run], gold: Gold
) -> Consensus:
    folder = tmp_path_factory.mktemp("chosen") / "run"
    return consensus(samples, folder, precision=0.99, gold=gold)


@pytest.fixture(scope="module")
def choice(found: Consensus) -> Choice:
    assert found.choice is not None
    return found.choice


def test_the_lowest_threshold_that_is_precise_enough_is_used(
    found: Consensus, choice: Choice
) -> None:
    assert found.threshold == choice.threshold == 0.6667
    assert list(choice.tried) == [0.3333, 0.6667, 1.0]
    precisions = [judged.counts.precision or 0 for judged in choice.tried.values()]
    assert precisions[0] < 0.9
    assert precisions[1:] == [1.0, 1.0]


def test_what_is_said_of_a_threshold_is_what_the_run_scores(
    found: Consensus, choice: Choice, gold: Gold
) -> None:
    assert found.run is not None
    assert choice.chosen is not None
    assert evaluate(found.run, gold).scores["annotation"] == choice.chosen.counts


def test_it_says_what_recall_it_costs_and_how_far_it_can_be_trusted(choice: Choice) -> None:
    assert choice.chosen is not None
    before, after = choice.everything.counts.recall, choice.chosen.counts.recall
    assert before is not None
    assert after is not None
    assert 0.9 < after < before
    assert choice.everything.interval is not None
    low, high = choice.everything.interval
    assert low < (choice.everything.counts.precision or 0) < high
    assert choice.clusters == "segments"


def test_it_is_chosen_without_the_document_that_it_is_judged_on(choice: Choice) -> None:
    crossed = choice.crossed
    assert crossed is not None
    assert crossed.thresholds == {0.6667: 5}
    assert crossed.unreached == 0
    assert choice.chosen is not None
    assert crossed.judged.counts == choice.chosen.counts  # as all documents choose the same


def test_where_no_threshold_is_precise_enough_nothing_is_written(
    tmp_path: Path, samples: Sequence[Run], gold: Gold
) -> None:
    wrong = [invented_alone(run, tmp_path / run.path.name) for run in samples]
    made = consensus(wrong, tmp_path / "wrong", precision=0.5, gold=gold)
    assert made.run is None
    assert made.choice is not None
    assert (made.choice.threshold, made.choice.chosen) == (None, None)
    assert made.choice.crossed is not None
    assert made.choice.crossed.unreached == 5
    assert not (tmp_path / "wrong").exists()


def invented_alone(run: Run, folder: Path) -> Run:
    documents = list(run.documents())
    found = list(run.annotations(where=INVENTED))
    return sample(folder, found, list(run.ledger()), (), documents)


def test_a_single_document_says_nothing_of_others(
    tmp_path: Path, samples: Sequence[Run], gold: Gold
) -> None:
    runs = []
    for run in samples:
        (first, *_) = run.documents()
        found = [each for each in run.annotations() if each.document == first.id]
        entries = [each for each in run.ledger() if each.document == first.id]
        runs.append(sample(tmp_path / run.path.name, found, entries, (), [first]))
    made = consensus(runs, tmp_path / "run", precision=0.9, gold=gold)
    assert made.choice is not None
    assert made.choice.crossed is None
    assert len(made.choice.documents) == 1
