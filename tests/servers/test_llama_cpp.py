"""Runs against llama.cpp's server with a real, small model.

The model is bad at the task, so that what is asserted is what holds for every model: each
annotation is verbatim, each chunk is accounted for, nothing is asked twice, and each failure says
what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.runs.reader import Run
from tests.conftest import Command, contents
from tests.servers.conftest import KEY, annotate, free_port, llama
from tests.support.endpoints import Place

REPORT = "Search was slow for an hour. It was caused by a full disk.\n"
POLICY = "We collect your email address. We keep it for 30 days.\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with llama(tmp_path_factory.mktemp("llama")) as url:
        yield url


def test_what_a_real_model_answers_is_verbatim_accounted_for_and_asked_once(
    place: Place, server: str
) -> None:
    place.write(REPORT)
    done = annotate(place, server, "--mode", "json_schema", "--repairs", "0")
    run = Run(place.folder / "run")
    assert done.returncode in (0, 4, 5)  # a weak model may give nothing that can be used
    for document in run.documents():
        for found in (each for each in run.annotations() if each.document == document.id):
            assert document.text[found.start : found.end] == found.quote
    usable = [entry for entry in run.ledger() if entry.status in ("ok", "repaired")]
    assert usable or done.returncode != 0
    before = contents(place.folder / "run")
    again = annotate(place, server, "--mode", "json_schema", "--repairs", "0", "--offline")
    assert again.returncode == done.returncode
    assert contents(place.folder / "run") == before


def test_doctor_tells_what_the_server_takes(place: Place, server: str) -> None:
    done = Command(place.folder)(
        "doctor", "--model", "m", "--base-url", server, env={"OPENAI_API_KEY": KEY}
    )
    assert "json_schema" in done.stdout
    assert "no mode works" not in done.stdout + done.stderr


def test_a_prompt_that_does_not_fit_the_context_stops_at_once(
    tmp_path: Path, command: Command
) -> None:
    (tmp_path / "policy.txt").write_text(POLICY * 40, encoding="utf-8")
    with llama(tmp_path, context=2048, slots=1) as url:
        asked = ("run", "policy.txt", "--model", "m", "--base-url", url, "--out", "run")
        done = command(*asked, "--mode", "json_schema", env={"OPENAI_API_KEY": KEY})
    assert done.returncode == 5
    assert "context" in done.stderr
    assert "complete run" not in done.stdout


def test_a_wrong_key_stops_the_run_and_is_not_printed(place: Place, tmp_path: Path) -> None:
    place.write(REPORT)
    with llama(tmp_path, context=2048, slots=1, key="another") as url:
        done = annotate(place, url, "--mode", "json_schema")
    assert done.returncode == 5
    assert "OPENAI_API_KEY" in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_a_server_that_is_still_loading_is_waited_for(place: Place, tmp_path: Path) -> None:
    place.write(REPORT)
    port = free_port()
    with llama(tmp_path, port, wait=False) as url:
        done = annotate(place, url, "--mode", "json_schema", "--repairs", "0")
    failed = [entry for entry in Run(place.folder / "run").ledger() if entry.status == "failed"]
    assert (failed, "connection" in done.stderr) == ([], False)
