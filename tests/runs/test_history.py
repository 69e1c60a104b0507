"""The history of a run: a line for each time, apart from the bytes that stay the same."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

import annotate
from annotate.runs.history import HISTORY, append_history
from annotate.runs.reader import Run
from annotate.testing import Server
from annotate.version import version
from tests.conftest import INCIDENTS, Command, contents
from tests.support import endpoints


def test_each_time_is_a_line_and_nothing_else_changes(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    out = tmp_path / "my run"
    began = datetime.now(UTC).replace(microsecond=0)
    assert incidents("run", reports, "--out", out).returncode == 0
    before = contents(out)
    assert incidents("run", reports, "--out", out).returncode == 0
    assert contents(out) == before
    (reports / "bad.md").write_bytes(b"\0\1")
    assert incidents("run", reports, "--out", out).returncode == 4
    rows = Run(out).history()
    assert [row["status"] for row in rows] == ["complete", "complete", "incomplete"]
    times = [datetime.fromisoformat(row["time"]) for row in rows]
    assert began <= times[0] <= times[1] <= times[2] <= datetime.now(UTC)
    assert rows[0]["command"] == f"annotate run {reports} --out '{out}'"
    assert [row["counts"]["unreadable"] for row in rows] == [0, 0, 1]
    assert rows[0]["usage"]["requests"] == 0
    assert rows[0]["annotate"] == version()


def test_what_is_refused_leaves_no_line_and_no_run_no_file(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    incidents("run", reports, "--out", out)
    (reports / "booking.md").write_text("Edited.", encoding="utf-8")
    assert incidents("run", reports, "--out", out).returncode == 2
    assert len(Run(out).history()) == 1
    assert incidents("run", "nosuch", "--out", tmp_path / "none").returncode == 2
    assert not (tmp_path / "none").exists()


def test_credentials_are_hidden_and_what_is_sent_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = endpoints.project(tmp_path / "p")
    (folder / "a.txt").write_text("Search was slow. Nobody knew why.", encoding="utf-8")
    command = Command(folder)
    with Server(endpoints.truthful) as server:
        address = server.base_url.replace("://", "://user:s3cret-word@")
        words = ("run", "a.txt", "--model", "m", "--out", "run", "--base-url", address)
        done = command(*words)
        sent = [each.body for each in server.chats]
    assert done.returncode == 0, done.stderr
    run = Run(folder / "run")
    (row,) = run.history()
    assert "s3cret" not in (folder / "run" / HISTORY).read_text(encoding="utf-8")
    assert "***@" in row["command"]
    assert row["usage"]["requests"] == 1
    (kept,) = run.sent()
    (asked,) = sent
    assert kept.keys() == asked.keys()
    assert kept["messages"][0] == asked["messages"][0]
    assert "(the text of a chunk)" in kept["messages"][1]["content"]
    assert {**kept, "messages": []} == {**asked, "messages": []}
    assert "Search was slow" not in (folder / "run" / "requests.json").read_text(encoding="utf-8")
    monkeypatch.chdir(folder)
    annotate.run("a.txt", out="run", replace=True)
    assert Run(folder / "run").sent() == []
    assert [each["command"] for each in run.history()][1:] == ["python"]


def test_a_torn_line_is_passed_over_and_one_that_cannot_be_written_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    (tmp_path / "a.txt").write_text("Search was slow.", encoding="utf-8")
    run = annotate.run(tmp_path / "a.txt", out=tmp_path / "run")
    with (run.path / HISTORY).open("a", encoding="utf-8") as file:
        file.write('{"time": "20\n[]\n')
    append_history(run.path, run.manifest)
    assert len(run.history()) == 2
    (run.path / HISTORY).unlink()
    (run.path / HISTORY).mkdir()
    with caplog.at_level(logging.WARNING, "annotate"):
        append_history(run.path, run.manifest)
    assert "history.jsonl: cannot be written (Is a directory)" in caplog.text
    assert run.history() == []
