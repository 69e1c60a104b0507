"""Reading runs takes the memory of a document, not of all: ten times the documents, hardly more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.large_runs import gold_of, repeated, small_run
from tests.conftest import ROOT

FEW, MANY = 200, 2_000
LABELLED = 20
GROWS = 1.04  # times the memory at most, for ten times the documents
COMMANDS = (
    "show RUN",
    "show RUN --json",
    "show RUN --category sharing",
    "score RUN --gold RUN.gold",
    "compare RUN RUN --gold RUN.gold",
    "view RUN --out RUN.view",  # few on one page, many in a folder
    "export RUN --to jsonl --out RUN.jsonl",
    "export RUN --to csv --out RUN.csv",
    "export RUN --to web-annotation --out RUN.json",
)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are read from /proc")
def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    small = small_run(tmp_path / "small", count=10, characters=300)
    runs = [repeated(small, tmp_path / f"{count}", count) for count in (FEW, MANY)]
    for run in runs:
        gold_of(run, tmp_path / f"{run.path.name}.gold", LABELLED)
    given = json.dumps([str(run.path) for run in runs]), json.dumps(COMMANDS)
    words = [sys.executable, "-m", "tests.support.reading", *given]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    few, many = json.loads(done.stdout)
    grown = {name: f"{m / f:.3f}" for name, f, m in zip(COMMANDS, few, many, strict=True)}
    assert {name: times for name, times in grown.items() if float(times) > GROWS} == {}
