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


def test_what_is_asked_for_is_exported(incidents: Command, run: Path, tmp_path: Path) -> None:
    asked = ("--category", "impact", "--value", "effects!=slow")
    wanted = list(Run(run).annotations(category="impact", where="effects!=slow"))
    assert 0 < len(wanted) < Run(run).manifest["counts"]["annotations"]
    quotes = [each.quote for each in wanted]
    table = csv.DictReader(io.StringIO(incidents("export", run, "--to", "csv", *asked).stdout))
    assert [row["quote"] for row in table] == quotes
    lines = incidents("export", run, "--to", "jsonl", *asked).stdout.splitlines()
    assert [json.loads(line)["quote"] for line in lines] == quotes
    page = json.loads(incidents("export", run, "--to", "web-annotation", *asked).stdout)
    assert page["total"] == len(page["first"]["items"]) == len(quotes)
    refused = incidents("export", run, "--to", "brat", *asked, "--out", tmp_path / "brat")
    assert refused.returncode == 2
    assert "--to brat: takes --document alone" in refused.stderr
    one = ("--document", "booking.md", "--out", tmp_path / "brat")
    assert incidents("export", run, "--to", "brat", *one).returncode == 0
    assert [each.name for each in (tmp_path / "brat").glob("*.txt")] == ["booking_md.txt"]
