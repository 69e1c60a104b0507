"""What an endpoint can do to a run that trusts it with a prompt."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import annotate
from tests.conftest import Command
from tests.support.bombs import Once
from tests.support.checkout import ROOT
from tests.support.endpoints import Place
from tests.support.hostile import Hostile, leading
from tests.support.typed import KEY

TEXT = "the patient of room nine"


def test_a_run_whose_endpoint_leads_elsewhere_stops_and_says_where(place: Place) -> None:
    paths = place.write(f"Search was slow for {TEXT}.")
    log = place.folder / "log.txt"
    with leading("/v1/chat/completions?to=abc123") as (server, other):
        words = ["--model", "m", "--base-url", server.base_url]
        done = Command(place.folder)(
            *("-v", "--log-file", log, "run"),
            *paths,
            *("--out", "run", *words),
            env={"OPENAI_API_KEY": KEY},
        )
        asked = Command(place.folder)("doctor", *words, env={"OPENAI_API_KEY": KEY})
        assert other.asked == []
    assert (done.returncode, asked.returncode) == (5, 5)
    run = annotate.Run(place.folder / "run")
    notes = " ".join(entry.note for entry in run.ledger())
    for said in (done.stderr, asked.stderr, log.read_text(encoding="utf-8"), notes):
        assert f"answers 307 and leads to {other.origin}" in said
        assert "abc123" not in said


# One of each family: that every answer ends within its bound is shown in tests/llm/test_bounded.py.
KINDS = (
    *("endless body", "endless error", "gzip bomb", "endless headers", "values", "annotations"),
    *("quotes", "keys", "one wide letter", "one wide quote", "slow body"),
)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are read from /proc")
def test_no_endpoint_makes_a_run_take_more_than_500_mb(place: Place) -> None:
    """One process for all: that of the tests is large already."""
    place.write(*(" ".join(f"Search {n}-{i} was slow." for i in range(60)) for n in range(5)))
    with Hostile(Once()) as server:
        measured = subprocess.run(
            [sys.executable, "-m", "tests.support.peaks", place.folder, server.base_url, *KINDS],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env=Command.environment({"OPENAI_API_KEY": KEY}),
        )
    found = json.loads(measured.stdout)
    assert set(found) == set(KINDS)
    for kind, run in found.items():
        assert run["peak"] < 500, (kind, run)
        assert sum(run["statuses"].values()) > 32, (kind, run)
        # What an endpoint says without a word that can be grounded is never an answer.
        assert kind == "quotes" or not set(run["statuses"]) & {"ok", "repaired"}, (kind, run)
