"""The client over real HTTP: what it sends again, how long it waits, where it stops."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from annotate.errors import Stopped, UsageError
from annotate.llm.client import Answer, Attempt, Client, encoded
from annotate.llm.errors import CallFailed, Unbilled
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour

TEXT = "the patient of room nine"
KEY = "sk-verysecretkey0123456789"
BODY = {"model": "m", "messages": [{"role": "user", "content": TEXT}]}


def ask(server: Server, *, timeout: float = 20.0, attempts: int = 3, **more: Any) -> Answer:
    """Ask once with a client of its own."""

    async def go() -> Answer:
        client = Client(server.base_url, KEY, timeout=timeout, attempts=attempts)
        try:
            return await client.ask(BODY, **more)
        finally:
            await client.close()

    return asyncio.run(go())


def failure(*behaviours: Behaviour, **settings: Any) -> tuple[Exception, int]:
    """Return how a call fails that always meets these behaviours, and the requests it took."""
    with Server(lambda _: "{}", Rule(*behaviours)) as server:
        with pytest.raises((CallFailed, Stopped)) as caught:
            ask(server, **settings)
        return caught.value, len(server.chats)


# ---- What may pass ----

PASSING = {
    "500": b.server_error(500),
    "503": b.server_error(503),
    "429": b.rate_limited(),
    "408": b.failing(408, "timeout"),
    "409": b.failing(409, "conflict"),
    "cut before headers": b.connection_cut("before headers"),
    "cut after headers": b.connection_cut("after headers"),
    "cut in the body": b.connection_cut("mid-body"),
    "reset": b.connection_cut("mid-body", reset=True),
    "half of the JSON": b.body_cut(0.5),
    "HTML with status 200": b.html,
}


@pytest.mark.parametrize("behaviour", PASSING.values(), ids=PASSING.keys())
def test_one_failure_that_passes_costs_one_more_request(behaviour: Behaviour) -> None:
    with Server(lambda _: "{}", Rule(behaviour, first=1)) as server:
        answer = ask(server, attempts=6)
        assert answer.attempts == len(server.chats) == 2
        assert answer.reply["choices"][0]["message"]["content"] == "{}"


@pytest.mark.parametrize("name", ["500", "429", "cut in the body", "HTML with status 200"])
def test_one_layer_retries_as_often_as_it_is_told(name: str) -> None:
    error, sent = failure(PASSING[name], attempts=3)
    assert sent == 3
    assert isinstance(error, CallFailed)
    assert error.exhausted
    assert "3 attempts" in str(error)


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_minded(as_date: bool) -> None:
    with Server(lambda _: "{}", Rule(b.rate_limited(1, as_date=as_date), first=1)) as server:
        ask(server)
        first, second = server.chats
        assert 0.95 <= second.arrived - first.arrived < 4


def test_a_wait_that_is_longer_than_the_call_may_take_fails_at_once() -> None:
    began = time.monotonic()
    error, sent = failure(b.rate_limited(100), timeout=5)
    assert time.monotonic() - began < 4
    assert sent == 1
    assert "asks to wait 100 s" in str(error)


def test_calls_do_not_share_the_state_of_their_retries() -> None:
    async def go(server: Server) -> list[Answer]:
        client = Client(server.base_url, KEY, timeout=20, attempts=3)
        asked = [
            {"model": "m", "messages": [{"role": "user", "content": str(i)}]} for i in range(9)
        ]
        answers = await asyncio.gather(*(client.ask(body) for body in asked))
        await client.close()
        return answers

    with Server(lambda _: "{}", Rule(b.server_error(), first=1, each=True)) as server:
        answers = asyncio.run(go(server))
        assert [answer.attempts for answer in answers] == [2] * 9
        assert len(server.chats) == 18


# ---- Time ----


def test_a_late_answer_is_an_answer() -> None:
    with Server(lambda _: "{}", Rule(b.late(0.3))) as server:
        assert ask(server).seconds >= 0.3


@pytest.mark.parametrize("behaviour", [b.dripping(0.05, 4), b.late(9)], ids=["drip", "silence"])
def test_one_total_time_bounds_a_call(behaviour: Behaviour) -> None:
    began = time.monotonic()
    error, sent = failure(behaviour, timeout=0.6)
    assert time.monotonic() - began < 4
    assert sent == 1
    assert isinstance(error, CallFailed)
    assert "no answer within 0.6 s" in str(error)


def test_a_drip_that_ends_in_time_is_an_answer() -> None:
    with Server(lambda _: "{}", Rule(b.dripping(0.001, 60))) as server:
        assert ask(server).attempts == 1


def test_pauses_count_towards_the_total_time() -> None:
    began = time.monotonic()
    error, sent = failure(b.server_error(), timeout=1.0, attempts=50)
    assert time.monotonic() - began < 4
    assert 2 <= sent <= 4
    assert "500" in str(error)


def test_what_an_admission_waits_does_not_count() -> None:
    @asynccontextmanager
    async def slowly() -> AsyncIterator[Attempt]:
        await asyncio.sleep(0.6)
        yield Attempt()

    with Server(lambda _: "{}") as server:
        assert ask(server, timeout=0.5, admission=slowly).attempts == 1


# ---- What cannot pass ----

STOPPING: dict[str, tuple[Behaviour, str]] = {
    "401": (b.unauthorized, "OPENAI_API_KEY"),
    "402": (b.failing(402, "Insufficient Balance"), "quota is used up"),
    "403": (b.forbidden, "unsupported_country_region_territory"),
    "404": (b.model_not_found, "--model"),
    "quota": (b.quota_exhausted, "quota is used up (429 insufficient_quota)"),
    "400 for the model": (b.failing(400, "no", code="model_not_found"), "--model"),
}


@pytest.mark.parametrize(("behaviour", "said"), STOPPING.values(), ids=STOPPING.keys())
def test_what_no_waiting_mends_stops_the_run(behaviour: Behaviour, said: str) -> None:
    error, sent = failure(behaviour)
    assert isinstance(error, Stopped)
    assert sent == 1
    assert said in str(error)


def test_a_form_that_is_not_supported_names_the_setting() -> None:
    error, sent = failure(b.unsupported("response_format"))
    assert isinstance(error, CallFailed)
    assert error.unsupported
    assert sent == 1
    assert "--mode" in str(error)


@pytest.mark.parametrize(
    "behaviour",
    [
        b.context_too_long,
        b.failing(413, "Payload Too Large"),
        b.failing(400, "the request exceeds the available context size, tools or not"),
    ],
)
def test_a_request_that_is_too_long_is_told_apart(behaviour: Behaviour) -> None:
    error, sent = failure(behaviour)
    assert isinstance(error, CallFailed)
    assert error.too_long
    assert not error.unsupported
    assert sent == 1


def test_another_400_is_this_call_s_alone() -> None:
    error, sent = failure(b.failing(400, f"Invalid value: {TEXT}", code="invalid_value"))
    assert isinstance(error, CallFailed)
    assert (error.unsupported, error.too_long, error.exhausted, sent) == (False, False, False, 1)
    assert "400 invalid_value" in str(error)


# ---- What comes ----


def test_a_compressed_answer_is_read() -> None:
    with Server(lambda _: '{"a": "é"}', Rule(b.gzipped)) as server:
        assert ask(server).reply["choices"][0]["message"]["content"] == '{"a": "é"}'


def test_an_answer_is_what_came_whatever_openai_thinks_of_it() -> None:
    def strange(completion: dict[str, Any]) -> dict[str, Any]:
        return {"choices": completion["choices"], "usage": None, "object": 7, "unknown": [1]}

    with Server(lambda _: "{}", Rule(b.edited(strange))) as server:
        assert ask(server).reply["unknown"] == [1]


def test_an_error_in_a_body_with_status_200_is_no_answer() -> None:
    wrapped = b.edited(lambda _: {"error": {"message": "overloaded", "code": 502}})
    error, sent = failure(wrapped, attempts=2)
    assert isinstance(error, CallFailed)
    assert sent == 2


def test_lone_surrogates_reach_the_endpoint_as_escapes() -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "a\ud800b é"}]}
    assert json.loads(encoded(body)) == body
    assert "é".encode() in encoded({"é": 1})


def test_keys_go_out_in_their_order() -> None:
    """Endpoints write an answer's keys in the order of the schema, so no sorting."""
    assert encoded({"b": 1, "a": {"d": 1, "c": 2}}) == b'{"b":1,"a":{"d":1,"c":2}}'


# ---- Accounting ----


def spent(*behaviours: Behaviour) -> list[str]:
    """Return how each attempt ended, as its admission sees it."""
    seen: list[str] = []

    @asynccontextmanager
    async def watched() -> AsyncIterator[Attempt]:
        attempt = Attempt()
        try:
            yield attempt
        except Unbilled:
            seen.append("unbilled")
            raise
        except BaseException:
            seen.append("perhaps billed")
            raise
        seen.append("answered" if attempt.reply else "nothing")

    with (
        Server(lambda _: "{}", Rule(*behaviours, first=1)) as server,
        suppress(CallFailed, Stopped),
    ):
        ask(server, timeout=2, admission=watched)
    return seen


@pytest.mark.parametrize("behaviour", [b.server_error(), b.rate_limited(), b.rate_limited(0)])
def test_an_attempt_that_was_refused_costs_nothing(behaviour: Behaviour) -> None:
    assert spent(behaviour) == ["unbilled", "answered"]


@pytest.mark.parametrize("behaviour", [b.unauthorized, b.quota_exhausted, b.context_too_long])
def test_a_request_that_was_refused_costs_nothing(behaviour: Behaviour) -> None:
    assert spent(behaviour) == ["unbilled"]


@pytest.mark.parametrize(
    "behaviour", [b.connection_cut("mid-body"), b.html, b.server_error(504), b.body_cut(0.5)]
)
def test_an_attempt_whose_answer_was_lost_may_have_cost(behaviour: Behaviour) -> None:
    assert spent(behaviour) == ["perhaps billed", "answered"]


def test_an_endpoint_that_is_not_there_costs_nothing() -> None:
    with Server() as server:
        pass
    seen: list[BaseException] = []

    @asynccontextmanager
    async def watched() -> AsyncIterator[Attempt]:
        try:
            yield Attempt()
        except Exception as error:
            seen.append(error)
            raise

    with pytest.raises(CallFailed, match="connection failed"):
        ask(server, attempts=2, admission=watched)
    assert [isinstance(each, Unbilled) for each in seen] == [True, True]


# ---- What is shown ----

FAILING: list[Callable[[], Exception]] = [
    lambda: failure(b.failing(400, f"{TEXT} {KEY}"))[0],
    lambda: failure(b.failing(422, f"{TEXT} {KEY}", code=f"{TEXT}"))[0],
    lambda: failure(b.failing(401, f"Incorrect API key provided: {KEY}"))[0],
    lambda: failure(b.failing(500, f"{TEXT} {KEY}"), attempts=2)[0],
    lambda: failure(b.connection_cut(), attempts=2)[0],
    lambda: failure(b.late(9), timeout=0.3)[0],
]


@pytest.mark.parametrize("fail", FAILING)
def test_neither_key_nor_text_is_in_errors_or_logs(
    fail: Callable[[], Exception], caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.DEBUG)  # as OPENAI_LOG=debug does
    caplog.set_level(logging.DEBUG)
    error = fail()
    shown = f"{error} {error.__cause__!r} {caplog.text}"
    assert KEY not in shown
    assert TEXT not in shown
    assert TEXT.replace(" ", "") not in shown
    assert error.__suppress_context__


def test_credentials_in_an_address_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Server(lambda _: "{}") as server:

        async def go() -> None:
            url = server.base_url.replace("://", f"://user:{KEY}@")
            client = Client(url, "k", timeout=20)
            await client.ask(BODY)
            await client.close()

        asyncio.run(go())
    assert KEY not in caplog.text


@pytest.mark.parametrize("key", ["sk-1\n2", "sk-ключ", "", "\x00"])
def test_a_key_that_no_header_carries_is_refused_unseen(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        Client("http://127.0.0.1:1/v1", key, timeout=1)
    assert "OPENAI_API_KEY" in str(caught.value)
    assert "sk-" not in str(caught.value)


def test_white_space_around_a_key_is_left_out() -> None:
    async def go(server: Server) -> None:
        client = Client(server.base_url, f" {KEY}\n", timeout=20)
        await client.ask(BODY)
        await client.close()

    with Server(lambda _: "{}") as server:
        asyncio.run(go(server))
        assert server.chats[0].headers["authorization"] == f"Bearer {KEY}"
