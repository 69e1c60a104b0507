"""Repeats of one configuration: their mean and range, and what is not a repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.repeats import evaluate_repeats, spread
from tests.conftest import INCIDENTS
from tests.support.handmade import (
    everything,
    write_gold,
    write_run,
)


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the project of the second domain."""
    monkeypatch.chdir(INCIDENTS)


@pytest.mark.usefixtures("inside")
def test_repeats_have_a_mean_and_a_range(tmp_path: Path, gold: Path) -> None:
    runs = [
        write_run(tmp_path / f"run-{n}", everything()[: n + 3], repeat=n).path for n in range(3)
    ]
    found = evaluate_repeats(runs, gold)
    headline = spread(found)["annotation"]
    f1 = [6 / 8, 8 / 9, 1.0]
    assert list(headline) == pytest.approx([sum(f1) / 3, f1[0], f1[2]])
    assert found[1] == evaluate(runs[1], gold)


@pytest.mark.usefixtures("inside")
def test_runs_of_two_configurations_are_not_repeats(tmp_path: Path, gold: Path) -> None:
    one = write_run(tmp_path / "one", everything(), prompt="v1")
    two = write_run(tmp_path / "two", everything(), prompt="v2", repeat=1)
    with pytest.raises(UsageError, match=r"two: its prompt is another than that of .*one"):
        evaluate_repeats([one, two], gold)


@pytest.mark.usefixtures("inside")
def test_the_spread_of_nothing_is_nothing(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", [])
    found = evaluate_repeats([write_run(tmp_path / "run")], gold)
    assert set(spread(found).values()) == {(None, None, None)}
