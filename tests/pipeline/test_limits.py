"""Limits of a run over HTTP: requests, requests and tokens a minute, and money."""

from __future__ import annotations

import pytest

from annotate.errors import Stopped, UsageError
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Body
from tests.support import endpoints
from tests.support.endpoints import Place, truthful
from tests.support.sleepless import sleepless


def test_max_requests_holds_with_failed_attempts_and_the_same_command_goes_on(
    place: Place,
) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(12)])
    with sleepless(), Server(truthful, Rule(b.server_error(), at=[1, 3])) as server:
        sent = []
        for _ in range(3):
            with pytest.raises(Stopped, match="--max-requests 5"):
                place.run(server, paths, max_requests=5, concurrency=4)
            sent.append(len(server.chats))
            server.reset()
        assert sent == [5, 5, 5] or sum(sent) <= 15
        run = place.run(server, paths)
    assert run.complete


def test_requests_a_minute_hold_with_retries(place: Place) -> None:
    moments: list[float] = []

    def respond(body: Body) -> Body:
        moments.append(elapsed())
        return truthful(body)

    paths = place.write(*[endpoints.report(i) for i in range(16)])
    with sleepless() as elapsed, Server(respond, Rule(b.rate_limited(0), at=[2, 5, 7])) as server:
        place.run(server, paths, rpm=600)
    assert len(moments) == 19
    for number, moment in enumerate(moments, start=1):
        assert number <= 10 * moment + 10 + 1e-6  # ten a second, and one second's worth at once


def test_tokens_a_minute_hold(place: Place) -> None:
    used: list[tuple[float, int]] = []

    def noted(completion: Body) -> Body:
        used.append((elapsed(), completion["usage"]["total_tokens"]))
        return completion

    paths = place.write(*[endpoints.report(i, 20) for i in range(12)])
    with sleepless() as elapsed, Server(truthful, Rule(b.edited(noted))) as server:
        place.run(server, paths, tpm=60_000, concurrency=1)
    assert len(used) == 12
    in_all = 0
    for moment, tokens in used:
        in_all += tokens
        assert in_all <= 1000 * moment + 1000 + 1e-3  # a thousand a second
    assert in_all > 3000


def test_the_cost_of_a_model_without_a_known_price_is_asked_for(place: Place) -> None:
    with (
        Server(truthful) as server,
        pytest.raises(UsageError, match="--price"),
    ):
        place.run(server, place.write("Search was slow."), max_cost=1.0)
    assert server.chats == ()


@pytest.mark.parametrize("concurrency", [1, 64])
def test_a_cap_stops_before_it_is_passed(place: Place, concurrency: int) -> None:
    charged: list[float] = []

    def counted(completion: Body) -> Body:
        took = completion["usage"]
        charged.append((took["prompt_tokens"] + 10 * took["completion_tokens"]) / 1e6)
        return completion

    paths = place.write(*[endpoints.report(i) for i in range(80)])
    with (
        Server(truthful, Rule(b.edited(counted)), Rule(b.late(0.01))) as server,
        pytest.raises(Stopped, match="--max-cost"),
    ):
        place.run(server, paths, price="1,10", max_cost=0.03, concurrency=concurrency)
    assert 0 < sum(charged) <= 0.03
    ledger = list(Run(place.folder / "run").ledger())
    assert sum(entry.cost or 0 for entry in ledger) == pytest.approx(sum(charged))
    assert {entry.status for entry in ledger} == {"ok", "unsent"}


def test_answers_that_were_lost_on_the_way_count_against_the_cap(place: Place) -> None:
    charged: list[float] = []

    def counted(completion: Body) -> Body:
        took = completion["usage"]
        charged.append((took["prompt_tokens"] + 10 * took["completion_tokens"]) / 1e6)
        return completion

    paths = place.write(*[endpoints.report(i) for i in range(40)])
    rules = [Rule(b.edited(counted)), Rule(b.connection_cut("mid-body"))]
    with (
        sleepless(),
        Server(truthful, *rules) as server,
        pytest.raises(Stopped, match="--max-cost"),
    ):
        place.run(server, paths, price="1,10", max_cost=0.02, timeout=2)
    assert 0 < sum(charged) <= 0.02
