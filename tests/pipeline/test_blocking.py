"""Runs beside a running event loop, as in a notebook."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import UsageError
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, REPORT, contents
from tests.support.many import lines
from tests.support.waiting import until


def test_a_run_inside_a_running_event_loop_is_the_same(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)

    async def cell() -> tuple[Run, list[annotate.Annotation]]:
        return annotate.run(reports, out=tmp_path / "loop"), [*annotate.annotate(REPORT)]

    _, inside = asyncio.run(cell())
    annotate.run(reports, out=tmp_path / "plain")
    assert contents(tmp_path / "loop") == contents(tmp_path / "plain")
    assert inside == [*annotate.annotate(REPORT)]
    assert len(inside) > 5


def test_an_error_inside_a_running_event_loop_reaches_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)

    async def cell() -> None:
        annotate.run(tmp_path / "*.txt", out=tmp_path / "run")

    with pytest.raises(UsageError, match="no file matches"):
        asyncio.run(cell())


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_the_stop_button_of_a_notebook_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    many = lines(tmp_path / "many.jsonl", 1000, 100)
    before = threading.active_count()

    def stop(progress: Any) -> None:
        if progress.documents == 5:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        if progress.documents >= 5:
            time.sleep(0.01)  # lets the main thread have its turn

    async def cell() -> None:
        previous = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            annotate.run(many, out=tmp_path / "run", on_progress=stop)
        finally:
            signal.signal(signal.SIGINT, previous)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(cell())
    until(lambda: threading.active_count() <= before)  # a thread may take a moment to end
    assert not list((tmp_path / "run").glob(".*"))
    assert 0 < Run(tmp_path / "run").manifest["counts"]["documents"] < 1000
