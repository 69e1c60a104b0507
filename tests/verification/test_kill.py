"""A verification that is killed or interrupted: what was answered is not paid for again."""

from __future__ import annotations

import math
import signal
from pathlib import Path

import annotate
from annotate.runs.reader import Run
from annotate.testing import Server
from tests.conftest import contents
from tests.support import endpoints
from tests.support.endpoints import Place, bodies, written
from tests.support.forks import started
from tests.support.holding import Holding
from tests.support.verifying import arguments, by_category, judging, verdicts, verified
from tests.support.waiting import until


def test_a_killed_and_an_interrupted_verification_go_on_and_end_the_same(
    place: Place, tmp_path: Path
) -> None:
    inputs = endpoints.reports(place.folder / "in", 40, 4)
    run = annotate.run(inputs, model="lexicon", out=place.folder / "run")
    holding = Holding()
    stored: set[str] = set()
    with Server(judging(by_category), holding.rule) as server:
        undisturbed = verified(
            place, server, run, out=place.folder / "undisturbed", cache_dir=place.folder / "other"
        )
        line = [*arguments(server, run.path), "--concurrency", "4"]
        for number, wanted in ((signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)):
            server.reset()
            holding.answers = 10
            with started(place.folder, line, tmp_path / "printed") as fork:
                until(lambda: len(server.chats) >= 12 or not fork.alive)
                fork.send(number)
                assert fork.ended() == wanted
            sent = bodies(server.chats)
            assert stored.isdisjoint(sent), "an answer that was stored was paid for again"
            stored = set(map(written, place.stored()))
            assert stored
        assert "the same command again finishes it" in fork.stderr
        assert not Run(place.folder / "run-verified").complete
        server.reset()
        holding.answers = math.inf
        done = verified(place, server, run)
        assert 0 < len(stored) < 40
        assert stored.isdisjoint(bodies(server.chats))
        assert len(server.chats) + len(stored) == 40
    assert verdicts(done) == {"supported": 80}
    assert contents(done.path) == contents(undisturbed.path)
