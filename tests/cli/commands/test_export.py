"""`annotate export`: what is written is read back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from annotate.runs.reader import Run
from tests.conftest import Command


def test_exports_are_read_back(incidents: Command, run: Path, tmp_path: Path) -> None:
    annotations = list(Run(run).annotations())
    texts = {document.id: document.text for document in Run(run).documents()}
    piped = incidents("export", run, "--to", "csv")
    filed = incidents("export", run, "--to", "csv", "--out", tmp_path / "out.csv")
    assert (filed.returncode, filed.stdout) == (0, "")
    assert filed.stderr == f"{len(annotations)} annotations in {tmp_path / 'out.csv'}\n"
    assert piped.stdout.encode() == (tmp_path / "out.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(piped.stdout, newline="")))
    assert len(rows) == len(annotations) > 5
    for row in rows:
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"]
    lines = incidents("export", run, "--to", "jsonl").stdout
    sourced = [json.loads(line) for line in lines.splitlines()]
    assert {row.pop("source")["encoding"] for row in sourced} == {"utf-8"}
    kept = (run / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    assert sourced == [json.loads(line) for line in kept]
