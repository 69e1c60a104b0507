"""The second task is whole: its suite passes offline, and a run of its reports refuses nothing."""

from __future__ import annotations

import json
from pathlib import Path

from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from tests.conftest import ROOT, Command


def test_the_suite_of_the_second_task_passes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = Command(ROOT)("eval", "incident_report", "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder,) = (each.parent for each in out.glob("*/manifest.json"))
    assert Run(folder).manifest["task"] == "incident_report"
    assert (folder / "quarantine.jsonl").read_bytes() == b""
    chunks = (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["status"] for line in chunks} == {"ok", "furniture"}


def test_the_documents_of_each_task_are_its_own() -> None:
    policies, reports = (
        load_task(name, ROOT).documents_folder for name in ("privacy_policy", "incident_report")
    )
    assert policies == ROOT / "eval" / "documents"
    assert reports == ROOT / "eval" / "incident_report" / "documents"
    assert len(list(policies.rglob("*"))) == len(list(reports.iterdir())) == 5
