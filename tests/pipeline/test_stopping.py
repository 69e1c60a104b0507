"""Runs that are stopped: what they leave is whole, and the same command finishes it."""

from __future__ import annotations

import json
import math
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.errors import Stopped
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.conftest import INCIDENTS, Command, contents
from tests.support import endpoints, forks
from tests.support.endpoints import Place, bodies, truthful, written
from tests.support.holding import Holding
from tests.support.many import lines
from tests.support.waiting import until

PARTS = ("documents", "annotations", "ledger", "quarantine", "unreadable")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two files of reports, more than what is read ahead or kept in a buffer."""
    folder = tmp_path_factory.mktemp("inputs")
    return [lines(folder / f"{name}.jsonl", 60, 3000) for name in ("first", "second")]


@pytest.fixture(scope="module")
def uninterrupted(inputs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a run over `inputs` that nothing disturbed."""
    out = tmp_path_factory.mktemp("uninterrupted") / "run"
    done = Command(INCIDENTS)("run", *inputs, "--out", out)
    assert done.returncode == 0, done.stderr
    return contents(out)


def stop_midway(
    inputs: list[Path], out: Path, how: signal.Signals
) -> subprocess.CompletedProcess[str]:
    """Start a run and send it a signal where it begins with its second input."""
    second = inputs[1]
    words = ["run", *map(str, inputs), "--out", str(out)]
    printed = out.with_name("printed")
    with forks.started(INCIDENTS, words, printed, forks.stopping_at(second)) as fork:
        code = forks.signalled(fork, second, how)
        return subprocess.CompletedProcess(words, code, fork.stdout, fork.stderr)


def assert_whole_lines(folder: Path) -> None:
    for part in PARTS:
        file = folder / f"{part}.jsonl"
        for line in file.read_bytes().splitlines(keepends=True) if file.exists() else ():
            assert line.endswith(b"\n")
            assert isinstance(json.loads(line), dict)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_a_stopped_run_is_finished_by_the_same_command(
    incidents: Command,
    inputs: list[Path],
    uninterrupted: dict[str, bytes],
    tmp_path: Path,
    how: signal.Signals,
) -> None:
    out = tmp_path / "run"
    stopped = stop_midway(inputs, out, how)
    assert "Traceback" not in stopped.stderr
    assert not Run(out).complete
    assert_whole_lines(out)
    if how is signal.SIGINT:
        assert stopped.returncode == 130
        assert stopped.stderr.splitlines()[-1] == (
            "annotate: interrupted; the same command again finishes it"
        )
        assert not list(out.glob(".*"))
        read = [document.id for document in Run(out).documents()]
        assert read == [f"first.jsonl#r{number}" for number in range(len(read))]
        assert 0 < len(read) <= 60
    else:
        assert stopped.returncode == -how
        assert incidents("show", out).returncode == 2
    assert incidents("run", *inputs, "--out", out).returncode == 0
    assert contents(out) == uninterrupted


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_repetition_leaves_the_whole_run_as_it_was(
    inputs: list[Path], uninterrupted: dict[str, bytes], tmp_path: Path, how: signal.Signals
) -> None:
    out = tmp_path / "run"
    out.mkdir()
    for name, data in uninterrupted.items():
        (out / name).write_bytes(data)
    stopped = stop_midway(inputs, out, how)
    assert stopped.returncode == (130 if how is signal.SIGINT else -how)
    for name, data in uninterrupted.items():
        assert (out / name).read_bytes() == data
    assert Run(out).complete


def test_interrupted_by_ctrl_c_it_goes_on_where_it_stopped(place: Place, tmp_path: Path) -> None:
    inputs = endpoints.reports(place.folder / "texts", 60)
    holding = Holding()
    with Server(truthful, holding.rule) as server:
        undisturbed = place.run(server, inputs, out="other", cache_dir=place.folder / "other-cache")
        server.reset()
        holding.answers = 20
        words = [*place.arguments(server, inputs), "--concurrency", "2"]
        with forks.started(place.folder, words, tmp_path / "printed") as fork:
            until(lambda: len(server.chats) == 22 or not fork.alive)
            fork.send(signal.SIGINT)
            code = fork.ended()
            stdout, stderr = fork.stdout, fork.stderr
        holding.answers = math.inf
        assert (code, stdout) == (130, "")
        (said,) = stderr.splitlines()
        assert re.search(r"interrupted at (1[0-9]|2[0-2]) of 60 chunks", said)
        assert "price unknown; the same command again finishes it" in said
        stored = set(map(written, place.stored()))
        assert len(stored) >= 18
        server.reset()
        run = place.run(server, inputs)
        assert stored.isdisjoint(bodies(server.chats))
    kept = (run.path / "annotations.jsonl").read_bytes()
    assert kept == (undisturbed.path / "annotations.jsonl").read_bytes()


def test_what_waits_for_its_turn_is_not_sent_once_the_run_is_stopped(place: Place) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(20)])
    with (
        Server(truthful, Rule(b.unauthorized)) as server,
        pytest.raises(Stopped, match="OPENAI_API_KEY"),
    ):
        place.run(server, paths, rpm=60, concurrency=2)
    assert len(server.chats) == 1
