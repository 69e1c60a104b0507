"""`annotate view`: where the page is written, and what it cannot do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

import annotate
from annotate.viewer import view
from tests.conftest import INCIDENTS, Command
from tests.support import drawn
from tests.support.drawn import TEXT


def test_the_command_writes_a_page_into_the_run_and_says_where(
    incidents: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    done = incidents("view", run.path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{run.path / 'view.html'}\n"
    assert (run.path / "view.html").read_text(encoding="utf-8") == view(run).html
    assert list(annotate.Run(run.path).annotations()) != []


def test_the_command_names_what_it_cannot_do(incidents: Command, tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, model="\x1b[31m", schema="0")
    done = incidents("view", run.path, "--document", "b.txt")
    assert done.returncode == 2
    assert "it has a.txt" in done.stderr
    done = incidents("view", run.path, "--gold", tmp_path, "--out", tmp_path / "page.html")
    assert done.returncode == 2
    assert not (tmp_path / "page.html").exists()
    done = incidents("view", run.path, "--out", tmp_path / "page.html")
    assert (done.returncode, "have changed since" in done.stderr) == (0, True)


def test_the_command_opens_the_page_where_it_is_asked_to(
    incidents: Command, tmp_path: Path
) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT})
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    out = tmp_path / "p q.html"
    # A process: Python looks for a browser once and keeps to it.
    incidents.process("view", run.path, "--out", out, "--open", env={"BROWSER": str(browser)})
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"{out.as_uri()}\n"
