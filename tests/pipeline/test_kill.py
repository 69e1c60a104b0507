"""Runs that are killed: each resumed run pays for what is missing, and the end is the same."""

from __future__ import annotations

import math
import random
import signal
import time
from pathlib import Path

from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Body
from tests.support import endpoints
from tests.support.charging import Charging
from tests.support.endpoints import Place, bodies, truthful, written
from tests.support.forks import Fork, started
from tests.support.holding import Holding
from tests.support.waiting import until

PARTS = ("annotations", "documents", "quarantine")


def parts(run: Path) -> dict[str, bytes]:
    return {part: (run / f"{part}.jsonl").read_bytes() for part in PARTS}


def wait_for(server: Server, requests: int, fork: Fork) -> None:
    """Return when so many requests have come in this session, or the run is over."""
    until(lambda: len(server.chats) >= requests or not fork.alive)


def test_a_run_killed_twenty_times_pays_once_for_what_it_kept_and_ends_the_same(
    place: Place, tmp_path: Path
) -> None:
    chance = random.Random(3)  # noqa: S311 (no secret)
    holding = Holding()
    rules = [Rule(b.late(0.02)), Rule(b.invented_quotes(), containing=" 7-0 "), holding.rule]
    inputs = endpoints.reports(place.folder / "in", 120)
    stored: set[str] = set()
    with Server(truthful, *rules) as server:
        undisturbed = place.run(server, inputs, out="undisturbed", cache_dir=place.folder / "other")
        line = [*place.arguments(server, inputs), "--concurrency", "8"]
        for _ in range(20):
            server.reset()
            holding.answers = 5  # so that there is something left to be done at the last kill
            requests = chance.randint(1, 9)
            with started(place.folder, line, tmp_path / "printed") as fork:
                wait_for(server, requests, fork)
                time.sleep(chance.random() * 0.05)
            assert fork.ended() == -signal.SIGKILL, "it was killed midway"
            sent = bodies(server.chats)
            assert stored.isdisjoint(sent), "an answer that was stored was paid for again"
            stored = set(map(written, place.stored()))
        server.reset()
        holding.answers = math.inf
        run = place.run(server, inputs)
        assert 0 < len(stored) < 120
        assert stored.isdisjoint(bodies(server.chats))
    assert parts(run.path) == parts(undisturbed.path)
    assert run.manifest["statuses"] == {"ok": 119, "partial": 1}


def test_the_cap_holds_at_64_in_flight_over_interrupted_runs_with_repairs(
    place: Place, tmp_path: Path
) -> None:
    cap = 1.2
    model = Charging()
    holding = Holding()
    rules = [
        Rule(b.edited(model.counted)),
        Rule(b.late(0.03)),
        Rule(b.server_error(), at=range(5, 400, 11)),
        Rule(b.connection_cut("mid-body"), at=range(3, 400, 17)),
        holding.rule,
    ]
    inputs = endpoints.reports(place.folder / "in", 400)
    spent = []
    with Server(model, *rules) as server:
        line = [
            *place.arguments(server, inputs),
            *("--concurrency", "64", "--price", "1,10", "--max-cost", str(cap)),
        ]
        for requests in (70, 140, None):
            holding.answers = math.inf if requests is None else 30
            with started(place.folder, line, tmp_path / "printed") as fork:
                if requests is None:
                    fork.ended()
                else:
                    wait_for(server, requests, fork)
            spent.append(model.cost(1, 10))
            assert spent[-1] <= cap
        assert fork.ended() == 5
        assert server.max_in_flight > 16
    assert spent == sorted(spent)
    assert spent[-1] > 0.1 * cap
    assert Run(place.folder / "run").manifest["statuses"]["unsent"] > 0


def test_two_processes_on_one_cache_pay_at_most_twice_and_agree(
    place: Place, tmp_path: Path
) -> None:
    answered = iter(range(10_000))

    def respond(body: Body) -> Body:
        """Answer the same request each time with another annotation."""
        found = truthful(body)["annotations"]
        return {"annotations": [found[next(answered) % 2]]}

    inputs = endpoints.reports(place.folder / "in", 60)
    with Server(respond, Rule(b.late(0.02))) as server:
        lines = [[*place.arguments(server, inputs, out=out)] for out in ("one", "two")]
        with (
            started(place.folder, lines[0], tmp_path / "one") as one,
            started(place.folder, lines[1], tmp_path / "two") as two,
        ):
            assert (one.ended(), two.ended()) == (0, 0)
        sent = bodies(server.chats)
        assert len(set(sent)) == 60
        assert max(map(sent.count, sent)) <= 2
        server.reset()
        third = place.run(server, inputs, out="three")
        assert server.chats == ()
    kept = parts(third.path)
    assert parts(place.folder / "one") == kept
    assert parts(place.folder / "two") == kept
