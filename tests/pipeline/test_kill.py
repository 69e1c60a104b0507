"""Runs that are killed: each resumed run pays for what is missing, and the end is the same.

The killed processes are forks of one that has imported everything, so that a session takes as long
as its requests.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Body
from tests.support import endpoints
from tests.support.endpoints import Place, bodies, truthful, written

PARTS = ("annotations", "documents", "quarantine")
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["annotate.pipeline.run", "annotate.llm.factory", "instructor", "openai"]
)


def command(folder: str, arguments: list[str]) -> None:
    """Run the command line in a process of its own (a target of `start`)."""
    os.chdir(folder)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    from annotate.cli.app import app

    app(arguments)


@contextmanager
def started(place: Place, arguments: list[str]) -> Iterator[BaseProcess]:
    """Start a run; whatever happens, it is dead at the end of the block."""
    process = _FORKS.Process(target=command, args=(str(place.folder), arguments))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def wait_for(server: Server, requests: int, process: BaseProcess) -> None:
    """Return when so many requests have come in this session, or the run is over."""
    deadline = time.monotonic() + 60
    while len(server.chats) < requests and process.is_alive():
        assert time.monotonic() < deadline, "no requests come"
        time.sleep(0.001)


def parts(run: Path) -> dict[str, bytes]:
    return {part: (run / f"{part}.jsonl").read_bytes() for part in PARTS}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return Place(folder)


def test_a_run_killed_twenty_times_pays_once_for_what_it_kept_and_ends_the_same(
    place: Place,
) -> None:
    chance = random.Random(3)  # noqa: S311 (no secret)
    rules = [Rule(b.late(0.02)), Rule(b.invented_quotes(), containing=" 7-0 ")]
    inputs = endpoints.reports(place.folder / "in", 200)
    stored: set[str] = set()
    with Server(truthful, *rules) as server:
        undisturbed = place.run(server, inputs, out="undisturbed", cache_dir=place.folder / "other")
        line = [*place.arguments(server, inputs), "--concurrency", "8"]
        for _ in range(20):
            server.reset()
            with started(place, line) as process:
                wait_for(server, chance.randint(1, 9), process)
                time.sleep(chance.random() * 0.05)
            assert process.exitcode == -9, "it was killed midway"
            sent = bodies(server.chats)
            assert stored.isdisjoint(sent), "an answer that was stored was paid for again"
            stored = set(map(written, place.stored()))
        server.reset()
        run = place.run(server, inputs)
        assert 0 < len(stored) < 200
        assert stored.isdisjoint(bodies(server.chats))
    assert parts(run.path) == parts(undisturbed.path)
    assert run.manifest["statuses"] == {"ok": 199, "partial": 1}


class Charging:
    """A model that breaks every third answer once, and sums up what its answers cost."""

    def __init__(self) -> None:
        self.tokens = [0, 0]

    def __call__(self, body: Body) -> Body:
        found = truthful(body)
        first = len(body["messages"]) == 2
        if first and any(f" {n}-0 " in body["messages"][1]["content"] for n in range(0, 400, 3)):
            found["annotations"][0]["quote"] = "This sentence stands nowhere."
        return found

    def counted(self, completion: Body) -> Body:
        self.tokens[0] += completion["usage"]["prompt_tokens"]
        self.tokens[1] += completion["usage"]["completion_tokens"]
        return completion

    def cost(self, prompt: float, completion: float) -> float:
        return (self.tokens[0] * prompt + self.tokens[1] * completion) / 1e6


def test_the_cap_holds_at_64_in_flight_over_interrupted_runs_with_repairs(place: Place) -> None:
    cap = 0.6
    model = Charging()
    rules = [
        Rule(b.edited(model.counted)),
        Rule(b.late(0.03)),
        Rule(b.server_error(), at=range(5, 400, 11)),
        Rule(b.connection_cut("mid-body"), at=range(3, 400, 17)),
    ]
    inputs = endpoints.reports(place.folder / "in", 400)
    spent = []
    with Server(model, *rules) as server:
        line = [
            *place.arguments(server, inputs),
            *("--concurrency", "64", "--price", "1,10", "--max-cost", str(cap)),
        ]
        for requests in (70, 140, None):
            with started(place, line) as process:
                if requests is None:
                    process.join(60)
                else:
                    wait_for(server, requests, process)
            spent.append(model.cost(1, 10))
            assert spent[-1] <= cap
        assert process.exitcode == 5
        assert server.max_in_flight > 16
    assert spent == sorted(spent)
    assert spent[-1] > 0.1 * cap
    assert Run(place.folder / "run").manifest["statuses"]["unsent"] > 0


def test_two_processes_on_one_cache_pay_at_most_twice_and_agree(place: Place) -> None:
    answered = iter(range(10_000))

    def respond(body: Body) -> Body:
        """Answer the same request each time with another annotation."""
        found = truthful(body)["annotations"]
        return {"annotations": [found[next(answered) % 2]]}

    inputs = endpoints.reports(place.folder / "in", 60)
    with Server(respond, Rule(b.late(0.02))) as server:
        lines = [[*place.arguments(server, inputs, out=out)] for out in ("one", "two")]
        with started(place, lines[0]) as one, started(place, lines[1]) as two:
            one.join(60)
            two.join(60)
            assert (one.exitcode, two.exitcode) == (0, 0)
        sent = bodies(server.chats)
        assert len(set(sent)) == 60
        assert max(map(sent.count, sent)) <= 2
        server.reset()
        third = place.run(server, inputs, out="three")
        assert server.chats == ()
    kept = parts(third.path)
    assert parts(place.folder / "one") == kept
    assert parts(place.folder / "two") == kept
