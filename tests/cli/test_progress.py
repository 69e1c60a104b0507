"""How far a command has come: on a terminal a bar, else a line every few seconds."""

from __future__ import annotations

import sys
from typing import Any, cast

import pytest

from annotate.cli.progress import progress_bar, progress_lines
from annotate.pipeline.run import Progress


class Named:
    name = "v1 × m\x1b"


def test_a_line_is_printed_when_the_last_one_is_some_seconds_old(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [100.0]
    report = progress_lines(lambda: now[0])
    trial = cast(Any, Named())
    for seconds in (1.0, 3.9, 0.1, 2.0, 3.1):
        now[0] += seconds
        report(trial, Progress(2, 3000, 40, 0.5))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == 2 * "v1 × m\\u001b: 2 documents, 40 annotations, 0.5000 USD\n"


def test_a_pipe_gets_no_bar() -> None:
    with progress_bar() as report:
        assert report is None


def test_a_terminal_gets_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar() as report:
        assert report is not None
        report(Progress(2, 3000, 40, 0.5))
    assert "2 documents · 40 annotations" in capsys.readouterr().err
