"""What an endpoint can do to a run that trusts it with a prompt."""

from __future__ import annotations

import annotate
from tests.conftest import Command
from tests.support.endpoints import Place
from tests.support.hostile import leading
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
