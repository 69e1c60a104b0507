"""The account of a chunk: each answer is counted once, and the same again from the cache."""

from __future__ import annotations

import pytest

from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.support import endpoints
from tests.support.endpoints import (
    TEXT,
    Body,
    Place,
    read,
    truthful,
)


def test_tokens_and_cost_are_added_once_an_attempt(place: Place) -> None:
    def counted(completion: Body) -> Body:
        return {**completion, "usage": {"prompt_tokens": 1000, "completion_tokens": 100}}

    with Server(truthful, Rule(b.breaks_schema, first=1), Rule(b.edited(counted))) as server:
        run = place.run(server, place.write(TEXT), price="1,10")
    (entry,) = run.ledger()
    assert (entry.requests, entry.prompt_tokens, entry.completion_tokens) == (2, 2000, 200)
    assert entry.cost == pytest.approx(2 * (1000 * 1 + 100 * 10) / 1e6)
    assert run.manifest["usage"]["cost"] == pytest.approx(entry.cost)


def test_an_answer_that_reports_no_usage_costs_what_it_can_have_cost_at_most(place: Place) -> None:
    _, reported, _ = read(place, price="1,10")
    _, silent, _ = read(place, b.without_usage, price="1,10", text=TEXT + " ", out="silent")
    assert reported.cost is not None
    assert silent.cost is not None
    assert silent.cost > reported.cost
    assert silent.cost >= 256 * 10 / 1e6


def test_a_ledger_from_the_cache_is_the_ledger_of_the_first_run(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(8)]
    with Server(truthful, Rule(b.breaks_schema, first=3)) as server:
        first = place.run(server, place.write(*texts), price="1,10")
        kept = (first.path / "ledger.jsonl").read_bytes()
        sent = len(server.chats)
        again = place.run(server, place.write(*texts), price="1,10")
        assert len(server.chats) == sent
    assert (again.path / "ledger.jsonl").read_bytes() == kept
