"""Reports that several tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.report.report import Report, report_on
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, ROOT
from tests.support import drawn


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report on a run in which everything that comes from outside is hostile."""
    monkeypatch.chdir(INCIDENTS)
    return report_on(drawn.hostile_run(tmp_path / "run"))


@pytest.fixture
def policies_report(policies: Run, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The report on what the baseline says of the five policies."""
    monkeypatch.chdir(ROOT)
    return report_on(policies)
