"""What repeats agree on: each two of them, by category and attribute, whatever gold says."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.evaluation.repeats import evaluate_repeats
from annotate.evaluation.stability import Stability, stability
from tests.conftest import INCIDENTS
from tests.support.handmade import (
    CHECK,
    DEPLOY,
    LOST,
    ROLLED_BACK,
    SLOW,
    Place,
    annotation,
    quarantined,
    write_run,
)

FLIPPED: Place = (*SLOW[:2], {"effects": ["unavailable"]})


def of(*said: tuple[Place, ...], folder: Path, gold: Path) -> Stability | None:
    runs = [
        write_run(
            folder / f"run-{number}",
            map(annotation, places),
            rejected=[quarantined("invalid", 7)],
            repeat=number,
        )
        for number, places in enumerate(said)
    ]
    return stability(evaluate_repeats(runs, gold))


def test_each_two_repeats_are_held_against_each_other(
    tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    first = (SLOW, DEPLOY, ROLLED_BACK)
    second = (SLOW, DEPLOY, ROLLED_BACK, LOST)
    third = (FLIPPED, DEPLOY, CHECK)
    found = of(first, second, third, folder=tmp_path, gold=gold)
    assert found is not None
    assert (found.repeats, found.pairs) == (3, 3)
    categories = found.scores.by_category
    # Pairs 1-2, 1-3, 2-3: of (1 + 2), (1 + 1) and (2 + 1) impacts, one pair each is the same place.
    assert categories["impact"]["annotation"].f1 == pytest.approx(2 * 3 / 8)
    assert categories["cause"]["annotation"].f1 == 1
    assert categories["action"]["annotation"].f1 == pytest.approx(2 * 1 / 6)
    assert (found.support("impact"), found.support("cause")) == (1, 1)
    effects = found.scores.overall.attributes["effects"]
    assert effects.pairs == 3
    assert effects.accuracy == pytest.approx(1 / 3)
    # A refused answer has no place, and nothing to agree on.
    assert set(categories) == {"impact", "cause", "action"}


def test_one_run_alone_has_nobody_to_agree_with(
    tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    assert of((SLOW,), folder=tmp_path, gold=gold) is None
