"""Each answer is paid for once, and every attempt at it is reserved, sent and booked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import CacheError, Stopped
from annotate.llm.budget import Budget
from annotate.llm.cache.patience import PatientCache
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.completions import Completion, Completions, OfflineMiss, Options
from annotate.llm.errors import CallFailed, TransientError, Unbilled
from annotate.llm.pricing import Price
from annotate.llm.rate_limit import RateLimit
from annotate.llm.request import Request
from annotate.llm.retry import Retry
from annotate.llm.usage import Usage
from annotate.llm.written import encode
from tests.support.clock import Clock, run
from tests.support.stored import request
from tests.support.transports import Scripted, completion

PRICE = Price(1.0, 10.0)
USED = {"prompt_tokens": 1000, "completion_tokens": 100}
COST = PRICE.of(Usage(1000, 100))
ANSWER = completion(usage=USED)
LOST = TransientError("the connection failed")


class Refused(TransientError, Unbilled):
    pass


class Endpoint:
    """Completions over a scripted transport, with a budget whose bookings are kept."""

    def __init__(self, folder: Path, transport: Scripted, **settings: Any) -> None:
        limits = {name: settings.pop(name, None) for name in ("rpm", "tpm", "cap")}
        self.transport = transport
        self.cache = Cache(folder / "cache")
        self.budget = Budget(limits["cap"], None)
        self.costs: list[float] = []
        book = self.budget.book

        def booked(reservation: Any, cost: float | None) -> None:
            self.costs.append(reservation.usd if cost is None else cost)
            book(reservation, cost)

        self.budget.book = booked  # type: ignore[method-assign]
        options = {"max_completion_tokens": 64, "price": PRICE, **settings}
        self.completions = Completions(
            transport,
            self.cache,
            self.budget,
            RateLimit(limits["rpm"], limits["tpm"]),
            Retry(20.0, 3),
            Options(**options),
        )

    def get(self, *requests: Request) -> list[Any]:
        """Ask for all at once; return the completion or the error of each."""

        async def work() -> list[Any]:
            asked = (self.completions.get(each) for each in requests)
            return await asyncio.gather(*asked, return_exceptions=True)

        found: list[Any] = self.run(work())
        return found

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        async def closing() -> Any:
            try:
                return await work
            finally:
                await self.completions.close()

        return run(Clock(), closing())


def reserved(asked: Request) -> float:
    """Return what one attempt is reserved for: a token per byte, and the longest answer."""
    return PRICE.of(Usage(len(encode(asked.body)) + 512, 64))


# ---- Paid for once ----


def test_an_answer_is_stored_and_comes_from_the_cache_the_next_time(tmp_path: Path) -> None:
    transport = Scripted(ANSWER, takes=0.3)
    first = Endpoint(tmp_path, transport)
    (paid,) = first.get(request())
    assert isinstance(paid, Completion)
    assert (paid.reply.body, paid.reply.parsed.kind, paid.cost) == (ANSWER, "answer", COST)
    assert paid.seconds == 0.3
    again = Endpoint(tmp_path, transport)
    assert again.get(request()) == [paid]
    assert len(transport.sent) == 1
    assert (first.completions.sent, first.completions.cached) == (1, 0)
    assert (again.completions.sent, again.completions.cached) == (0, 1)
    assert transport.closed


def test_identical_requests_under_way_are_one(tmp_path: Path) -> None:
    transport = Scripted(ANSWER, takes=1.0)
    endpoint = Endpoint(tmp_path, transport)
    found = endpoint.get(*[request() for _ in range(12)], request("another"))
    assert len(transport.sent) == 2
    assert found[0] is found[11]


def test_whoever_stops_waiting_does_not_cancel_what_is_paid(tmp_path: Path) -> None:
    endpoint = Endpoint(tmp_path, Scripted(ANSWER, takes=1.0))

    async def work() -> Any:
        waiting = [asyncio.ensure_future(endpoint.completions.get(request())) for _ in range(2)]
        await asyncio.sleep(0.5)
        waiting[0].cancel()
        return await waiting[1]

    assert endpoint.run(work()).cost == COST


def test_no_more_requests_are_under_way_than_allowed(tmp_path: Path) -> None:
    transport = Scripted(ANSWER, takes=1.0)
    endpoint = Endpoint(tmp_path, transport, concurrency=5)
    endpoint.get(*[request(f"text {number}") for number in range(40)])
    assert transport.most_in_flight == 5
    assert transport.times[-1] - transport.times[0] == pytest.approx(7.0)


def test_another_process_s_answer_that_was_stored_meanwhile_stays(tmp_path: Path) -> None:
    theirs = {**ANSWER, "id": "theirs"}
    endpoint = Endpoint(tmp_path, Scripted(ANSWER, takes=1.0))

    async def work() -> Any:
        asked = asyncio.ensure_future(endpoint.completions.get(request()))
        await asyncio.sleep(0.5)
        endpoint.cache.put(request(), Stored(theirs, 0.5))
        return await asked

    found = endpoint.run(work())
    assert (found.reply.body, found.cost) == (theirs, 0.5)


@pytest.mark.parametrize(
    "reply", [completion("no JSON"), completion("{", finish="length"), {"choices": []}]
)
def test_what_is_worth_asking_again_is_kept_and_asked_again_once(
    tmp_path: Path, reply: dict[str, Any]
) -> None:
    transport = Scripted(reply)
    Endpoint(tmp_path, transport).get(request())
    kept = Endpoint(tmp_path, transport)
    kept.get(request())
    assert len(transport.sent) == 1
    again = Endpoint(tmp_path, transport, retry_failed=True)

    async def twice() -> None:
        await again.completions.get(request())
        await again.completions.get(request())

    again.run(twice())
    assert len(transport.sent) == 2


def test_offline_names_what_it_would_have_sent(tmp_path: Path) -> None:
    transport = Scripted(ANSWER)
    endpoint = Endpoint(tmp_path, transport, offline=True)
    found = endpoint.get(request("one"), request("two"), request("one"))
    assert [type(each) for each in found] == [OfflineMiss] * 3
    assert set(endpoint.completions.missing) == {request("one").key, request("two").key}
    assert transport.sent == []


# ---- Every attempt in the books ----


def test_an_attempt_costs_what_its_answer_says(tmp_path: Path) -> None:
    endpoint = Endpoint(tmp_path, Scripted(ANSWER))
    endpoint.get(request())
    assert endpoint.costs == [COST]


def test_an_answer_without_usage_costs_the_most_it_can_have_cost(tmp_path: Path) -> None:
    endpoint = Endpoint(tmp_path, Scripted(completion()))
    (found,) = endpoint.get(request())
    assert endpoint.costs == [found.cost] == [reserved(request())]


def test_an_attempt_that_was_refused_costs_nothing_and_one_whose_answer_was_lost_may_have(
    tmp_path: Path,
) -> None:
    endpoint = Endpoint(tmp_path, Scripted(Refused("busy"), LOST, ANSWER))
    (found,) = endpoint.get(request())
    assert endpoint.costs == [0.0, reserved(request()), COST]
    assert found.cost == COST
    assert endpoint.completions.sent == 3


def test_without_a_price_nothing_is_known_to_cost(tmp_path: Path) -> None:
    endpoint = Endpoint(tmp_path, Scripted(ANSWER), price=None)
    (found,) = endpoint.get(request())
    assert found.cost is None
    assert endpoint.costs == [0.0]


def test_the_cap_holds_before_a_request_goes_out(tmp_path: Path) -> None:
    transport = Scripted(ANSWER)
    endpoint = Endpoint(tmp_path, transport, cap=reserved(request()) / 2)
    (found,) = endpoint.get(request())
    assert isinstance(found, Stopped)
    assert "--max-cost" in str(endpoint.completions.stopped)
    assert transport.sent == []


def test_requests_wait_for_their_minute_and_give_back_the_tokens_they_did_not_take(
    tmp_path: Path,
) -> None:
    asked = [request(f"text {number}") for number in range(4)]
    transport = Scripted(completion(usage={"prompt_tokens": 1, "completion_tokens": 1}))
    Endpoint(tmp_path / "requests", transport, rpm=6, concurrency=1).get(*asked)
    first = transport.times[0]
    assert [moment - first for moment in transport.times] == pytest.approx([0, 10, 20, 30])
    guess = (len(encode(asked[0].body)) + 512 + 64) // 4
    frugal, silent = Scripted(transport._outcomes[0]), Scripted(completion())
    for folder, scripted in (("frugal", frugal), ("silent", silent)):
        Endpoint(tmp_path / folder, scripted, tpm=guess, concurrency=1).get(*asked)
    assert frugal.times[-1] - frugal.times[0] < silent.times[-1] - silent.times[0] <= 180


# ---- Stopping ----


def test_what_stops_one_request_stops_those_that_wait(tmp_path: Path) -> None:
    transport = Scripted(Stopped("the endpoint refuses the key (401)"), takes=1.0)
    endpoint = Endpoint(tmp_path, transport, concurrency=4)
    found = endpoint.get(*[request(f"text {number}") for number in range(30)])
    assert all(isinstance(each, Stopped) for each in found)
    assert len(transport.sent) <= 4
    assert str(endpoint.completions.stopped) == "the endpoint refuses the key (401)"


def test_an_endpoint_that_is_down_does_not_cost_hours(tmp_path: Path) -> None:
    transport = Scripted(LOST)
    endpoint = Endpoint(tmp_path, transport, concurrency=1)
    found = endpoint.get(*[request(f"text {number}") for number in range(60)])
    assert sum(isinstance(each, CallFailed) for each in found) == 16
    assert len(transport.sent) == 3 * 16
    assert "16 requests in a row got no answer" in str(endpoint.completions.stopped)


def test_an_answer_that_cannot_be_kept_is_used_and_nothing_more_is_bought(tmp_path: Path) -> None:
    class Full(Cache):
        def add(self, request: Request, stored: Stored, *, wait: bool = True) -> Stored:
            raise CacheError("an answer cannot be kept")

    transport = Scripted(ANSWER)
    endpoint = Endpoint(tmp_path, transport, concurrency=1)
    endpoint.completions._cache = PatientCache(Full(tmp_path / "full"))
    first, second = endpoint.get(request("one"), request("two"))
    assert first.cost == COST
    assert isinstance(second, Stopped)
    assert len(transport.sent) == 1
    endpoint.cache.close()


def test_a_cache_that_cannot_be_read_stops_the_run(tmp_path: Path) -> None:
    class Damaged(Cache):
        def get(self, request: Request, *, wait: bool = True) -> Stored | None:
            raise CacheError("a row of the cache is damaged")

    endpoint = Endpoint(tmp_path, Scripted(ANSWER))
    endpoint.completions._cache = PatientCache(Damaged(tmp_path / "damaged"))
    (found,) = endpoint.get(request())
    assert isinstance(found, Stopped)
    assert str(endpoint.completions.stopped) == "a row of the cache is damaged"
    endpoint.cache.close()
