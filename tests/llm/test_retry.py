"""How often a failed call is tried again, how long it waits, and when it gives up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from annotate.errors import Stopped
from annotate.llm.causes import Cause
from annotate.llm.client import Client
from annotate.llm.endpoint import place
from annotate.llm.errors import CallFailed, TransientError
from annotate.llm.retry import Call, Retry
from annotate.llm.written import encode
from annotate.project.settings import Settings
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.clock import Clock, run
from tests.support.transports import Scripted, completion

BUSY = TransientError("the endpoint answered 500")
ANSWER = completion()


def call(transport: Scripted, retry: Retry, waits: float = 0.0) -> Any:
    """Return what a call gets, in a loop whose waiting takes no time."""

    async def attempt(call: Call) -> Any:
        await asyncio.sleep(waits)  # as for a reservation
        async with call.sending():
            return await transport.send(b"{}")

    return run(Clock(), retry.run(attempt))


def failure(transport: Scripted, retry: Retry) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        call(transport, retry)
    assert caught.value.exhausted
    assert caught.value.__suppress_context__
    return caught.value


def test_one_failure_that_passes_costs_one_more_request() -> None:
    transport = Scripted(BUSY, ANSWER)
    assert call(transport, Retry(20, 6)) == ANSWER
    assert len(transport.sent) == 2


@pytest.mark.parametrize(("attempts", "said"), [(1, "(1 attempt)"), (3, "(3 attempts)")])
def test_a_call_is_tried_as_often_as_it_is_told(attempts: int, said: str) -> None:
    transport = Scripted(BUSY)
    error = failure(transport, Retry(20, attempts))
    assert len(transport.sent) == attempts
    assert str(error) == f"the endpoint answered 500 {said}"


@pytest.mark.parametrize(
    "error", [Stopped("no key"), CallFailed("too long", cause=Cause.PROMPT_TOO_LONG)]
)
def test_what_cannot_pass_is_not_tried_again(error: Exception) -> None:
    transport = Scripted(error)
    with pytest.raises(type(error)) as caught:
        call(transport, Retry(20, 6))
    assert caught.value is error
    assert len(transport.sent) == 1


def test_retry_after_is_minded() -> None:
    transport = Scripted(TransientError("busy", pause=7.0), ANSWER)
    call(transport, Retry(20))
    first, second = transport.times
    assert 7.0 <= second - first <= 7.25


def test_without_retry_after_pauses_grow_and_no_two_calls_are_in_step() -> None:
    def pauses() -> list[float]:
        transport = Scripted(BUSY)
        failure(transport, Retry(1000, 9))
        return [later - at for at, later in zip(transport.times, transport.times[1:], strict=False)]

    found = pauses()
    for number, pause in enumerate(found):
        longest = min(0.5 * 2**number, 60.0)
        assert longest / 2 <= pause <= longest + 1e-9
    assert found != pauses()


def test_a_wait_that_is_longer_than_the_call_may_take_fails_at_once() -> None:
    transport = Scripted(TransientError("the endpoint answered 429 and asks to wait 100 s", 100))
    error = failure(transport, Retry(5))
    assert len(transport.sent) == 1
    assert "asks to wait 100 s" in str(error)


def test_pauses_count_towards_the_total_time() -> None:
    transport = Scripted(BUSY)
    error = failure(transport, Retry(1.0, 50))
    assert 2 <= len(transport.sent) <= 4
    assert transport.times[-1] - transport.times[0] <= 1.0
    assert "500" in str(error)


def test_attempts_share_one_total_time() -> None:
    transport = Scripted(TransientError("slow", pause=0.0), takes=1.5)
    error = failure(transport, Retry(2.0, 50))
    assert len(transport.sent) == 2
    assert str(error) == "no answer within 2 s (2 attempts); raise --timeout"


# ---- A server that is not there yet ----

AWAY = [
    TransientError("the connection failed (ConnectError)", cause=Cause.UNREACHABLE),
    TransientError("the endpoint is loading the model (503)", cause=Cause.LOADING),
    TransientError("the endpoint answered 503", cause=Cause.OVERLOAD),
]


@pytest.mark.parametrize("away", AWAY)
def test_a_server_that_starts_within_the_time_is_waited_for(away: TransientError) -> None:
    class Starting(Scripted):
        async def send(self, content: bytes) -> Any:
            there = asyncio.get_running_loop().time() >= 1060
            self._outcomes = (ANSWER if there else away,)
            return await super().send(content)

    transport = Starting()
    assert call(transport, Retry(300, 6, patient=True)) == ANSWER
    assert len(transport.sent) > 6
    assert transport.times[-1] < 1060 + 60


def test_who_waits_for_a_server_is_told_where_it_should_be(
    caplog: pytest.LogCaptureFixture,
) -> None:
    where = place(Settings(base_url="http://me:hidden@localhost:8999/v1?key=hidden"))
    failure(Scripted(AWAY[0]), Retry(300, 6, patient=True, where=where))
    (said,) = [each.message for each in caplog.records if each.levelname == "WARNING"]
    assert said == (
        "the connection failed (ConnectError) to localhost:8999: does a server run there? "
        "It is waited for, up to --timeout 300 s"
    )
    caplog.clear()
    failure(Scripted(AWAY[1]), Retry(300, 6, patient=True, where=where))
    assert "(503); it is waited for" in caplog.text


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://models.example/v1", "models.example:443"),
        ("http://[::1]/v1", "[::1]:80"),
    ],
)
def test_a_place_has_a_port(url: str, where: str) -> None:
    assert place(Settings(base_url=url)) == where


@pytest.mark.parametrize("away", AWAY)
def test_a_server_that_never_comes_is_given_up_when_the_time_is_up(away: TransientError) -> None:
    transport = Scripted(away)
    error = failure(transport, Retry(300, 6, patient=True))
    assert error.cause is away.cause
    assert 200 < transport.times[-1] - transport.times[0] <= 300
    assert len(transport.sent) < 60
    assert str(error).startswith(f"{away} ({len(transport.sent)} attempts)")
    assert ("--timeout" in str(error)) is (away.cause is not Cause.OVERLOAD)


def test_who_is_not_patient_counts_every_failure() -> None:
    transport = Scripted(AWAY[0])
    failure(transport, Retry(300, 3))
    assert len(transport.sent) == 3


def test_waiting_does_not_use_up_the_attempts() -> None:
    transport = Scripted(*[AWAY[0]] * 9, BUSY, BUSY, ANSWER)
    assert call(transport, Retry(300, 3, patient=True)) == ANSWER
    transport = Scripted(*[AWAY[0]] * 9, BUSY)
    failure(transport, Retry(300, 3, patient=True))
    assert len(transport.sent) == 9 + 3


def test_an_endpoint_that_asks_for_no_pause_is_not_asked_without_end() -> None:
    transport = Scripted(TransientError("busy", 0.0, Cause.OVERLOAD))
    failure(transport, Retry(60, 6, patient=True))
    assert len(transport.sent) < 600


def test_what_an_attempt_waits_for_its_turn_does_not_count() -> None:
    assert call(Scripted(ANSWER), Retry(0.5), waits=0.6) == ANSWER


def test_calls_do_not_share_the_state_of_their_retries() -> None:
    async def both(retry: Retry) -> list[int]:
        transports = [Scripted(BUSY, BUSY, ANSWER) for _ in range(9)]

        async def one(transport: Scripted) -> None:
            async def attempt(call: Call) -> Any:
                async with call.sending():
                    return await transport.send(b"{}")

            await retry.run(attempt)

        await asyncio.gather(*map(one, transports))
        return [len(each.sent) for each in transports]

    assert run(Clock(), both(Retry(20, 3))) == [3] * 9


@pytest.mark.parametrize("behaviour", [b.dripping(0.05, 4), b.late(9)], ids=["drip", "silence"])
def test_one_total_time_bounds_a_call_over_http(behaviour: Behaviour) -> None:
    """A body that drips resets the timeout of every read, and comes whole in the end."""
    content = encode({"model": "m", "messages": [{"role": "user", "content": "Text."}]})

    async def go(server: Server) -> None:
        client = Client(server.base_url, "any", timeout=20)

        async def attempt(call: Call) -> Any:
            async with call.sending():
                return await client.send(content)

        try:
            await Retry(60).run(attempt)  # connects; on a busy machine that alone takes a second
            await Retry(0.6).run(attempt)
        finally:
            await client.close()

    with Server(lambda _: "{}", Rule(behaviour, at=1)) as server:
        with pytest.raises(CallFailed, match=r"no answer within 0\.6 s \(1 attempt\)"):
            asyncio.run(go(server))
        assert len(server.chats) == 2
