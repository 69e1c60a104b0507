"""How far a command has come: on a terminal a bar, else a line every few seconds."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any, cast

import pytest

from annotate.cli.progress import Pace, progress_lines, progress_text, run_progress
from annotate.pipeline.progress import Progress

STATE = Progress(2, 3000, 40, 0.5, chunks=12, of=60, counted=True, asked=12)


class Named:
    name = "v1 × m\x1b"


@pytest.mark.parametrize(
    ("state", "rate", "said"),
    [
        (
            STATE,
            2.0,
            "12 of 60 chunks · 2.0 a second · 0:24 left · 2 documents, 40 annotations · 0.5000 USD",
        ),
        (STATE, 0.01, "12 of 60 chunks · 0.6 a minute · 1:20:00 left · "),
        (replace(STATE, counted=False), 2.0, "12 of 60 or more chunks · 2.0 a second · 2 doc"),
        (replace(STATE, cached=5), 0.0, "12 of 60 chunks (5 from the cache) · 2 documents"),
        (replace(STATE, cost=None), 0.0, "annotations · price unknown"),
        (replace(STATE, cost=0.0), 0.0, "annotations · 0.0000 USD"),
    ],
)
def test_a_state_is_said_in_one_line(state: Progress, rate: float, said: str) -> None:
    assert said in progress_text(state, rate)


def test_what_asks_nobody_has_no_cost() -> None:
    assert progress_text(replace(STATE, asked=0, cost=0.0), 0.0).endswith("40 annotations")


def test_the_pace_is_that_of_the_last_minute_and_of_what_is_not_cached() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.see(replace(STATE, chunks=100, cached=100)) == 0.0
    for second in range(1, 600):
        now[0] = second
        chunks = 100 + 10 * min(second, 300) + max(second - 300, 0)
        rate = pace.see(replace(STATE, chunks=chunks, cached=100))
    assert rate == pytest.approx(1.0)


def test_a_line_is_printed_when_the_last_one_is_some_seconds_old(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = [100.0]
    report = progress_lines(lambda: now[0])
    trial = cast(Any, Named())
    for seconds in (1.0, 8.9, 0.1, 2.0, 8.1):
        now[0] += seconds
        report(trial, STATE)
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) == 2
    assert all(each.startswith("v1 × m\\u001b: 12 of 60 chunks · ") for each in lines)


def test_a_pipe_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    with run_progress(lambda: now[0]) as report:
        for chunks in range(0, 61, 4):
            report(replace(STATE, chunks=chunks))
            now[0] += 2.0
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "20 of 60 chunks · 2.0 a second · 0:20 left · 2 documents, 40 annotations · 0.5000 USD",
        "40 of 60 chunks · 2.0 a second · 0:10 left · 2 documents, 40 annotations · 0.5000 USD",
        "60 of 60 chunks · 2.0 a second · 0:00 left · 2 documents, 40 annotations · 0.5000 USD",
    ]


def test_a_terminal_gets_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with run_progress() as report:
        report(STATE)
    assert "12 of 60 chunks" in capsys.readouterr().err


def test_where_a_run_is_interrupted_it_is_said_how_far_it_came() -> None:
    def interrupted(state: Progress) -> None:
        with run_progress() as report:
            report(state)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"^12 of 60 chunks \(7 from the cache\) · 2 doc"):
        interrupted(replace(STATE, cached=7))
    with pytest.raises(KeyboardInterrupt) as caught:  # the same command begins anew
        interrupted(replace(STATE, asked=0))
    assert not caught.value.args
