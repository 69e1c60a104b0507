"""How trials are judged: what the worst of several is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from annotate.suites.suite import find_suite
from annotate.suites.trials import Overrides
from annotate.suites.verdicts import STATUSES, Conditions, evaluate_trials, plan, worst
from tests.support.evaluated import Place
from tests.support.simulated import project, text_of


def test_the_worst_trial_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(project(tmp_path / "project", text_of(0), text_of(1)))
    monkeypatch.chdir(place.folder)
    place.suite('models = ["lexicon"]')
    conditions = Conditions()
    (one,) = evaluate_trials(plan(find_suite("mine"), Overrides(), conditions), conditions)
    for worse, better in pairwise(STATUSES):
        assert worst([replace(one, status=better), replace(one, status=worse)]) == worse
