"""The client over real HTTP: a request goes out once, and its failure is told for what it is."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from annotate.errors import Stopped, UsageError
from annotate.llm.causes import Cause, Reaction
from annotate.llm.client import Client
from annotate.llm.errors import CallFailed, TransientError, Unbilled, unanswered
from annotate.llm.written import encode
from annotate.testing import Answer, Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour

TEXT = "the patient of room nine"
KEY = "sk-verysecretkey0123456789"
BODY = {"model": "m", "messages": [{"role": "user", "content": TEXT}]}


def send(base_url: str, *, key: str = KEY, timeout: float = 20.0, times: int = 1) -> list[Any]:
    """Send so many times with a client of its own; return each body or error."""

    async def go() -> list[Any]:
        client = Client(base_url, key, timeout=timeout)
        try:
            sending = [client.send(encode(BODY)) for _ in range(times)]
            return [(await asyncio.gather(each, return_exceptions=True))[0] for each in sending]
        finally:
            await client.close()

    return asyncio.run(go())


def answer(*behaviours: Behaviour) -> Any:
    """Return the body of an answer that meets these behaviours."""
    with Server(lambda _: "{}", *([Rule(*behaviours)] if behaviours else [])) as server:
        (body,) = send(server.base_url)
    if isinstance(body, Exception):
        raise body
    return body


def failure(*behaviours: Behaviour, **settings: Any) -> Exception:
    """Return how a request fails that meets these behaviours; it is sent once."""
    with Server(lambda _: "{}", Rule(*behaviours)) as server:
        (error,) = send(server.base_url, **settings)
        assert len(server.chats) == 1
    assert isinstance(error, TransientError | CallFailed | Stopped)
    return error


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
def test_what_may_pass_is_told_as_that_and_passes(behaviour: Behaviour) -> None:
    with Server(lambda _: "{}", Rule(behaviour, first=1)) as server:
        error, body = send(server.base_url, times=2)
        assert len(server.chats) == 2  # nothing below tries again on its own
    assert isinstance(error, TransientError)
    assert body["choices"][0]["message"]["content"] == "{}"


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_read(as_date: bool) -> None:
    error = failure(b.rate_limited(5, as_date=as_date))
    assert isinstance(error, TransientError)
    assert error.pause is not None
    assert 3 <= error.pause <= 6  # a date has whole seconds
    assert f"asks to wait {error.pause:.0f} s" in str(error)


@pytest.mark.parametrize(
    ("said", "pause", "shown"),
    [
        ("5", 5, "5 s"),
        ("1.5", 1.5, "2 s"),
        ("1e308", 86_400, "a day or longer"),
        ("inf", 86_400, "a day or longer"),
        ("9" * 400, 86_400, "a day or longer"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400, "a day or longer"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, "0 s"),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0, "0 s"),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 86_400, "a day or longer"),
        ("-5", None, ""),
        ("-1e308", None, ""),
        ("nan", None, ""),
        ("soon", None, ""),
        ("", None, ""),
        ("Fri, 99 Foo 99999999999 99:99:99 GMT", None, ""),
    ],
)
def test_any_retry_after_is_a_time_or_none(said: str, pause: float | None, shown: str) -> None:
    def answer(limited: Answer) -> Answer:
        return replace(b.rate_limited()(limited), headers={"retry-after": said})

    error = failure(answer)
    assert isinstance(error, TransientError)
    assert error.pause == pause
    assert str(error) == "the endpoint answered 429" + (
        f" and asks to wait {shown}" if shown else ""
    )


def test_a_page_instead_of_a_completion_names_the_setting() -> None:
    error = failure(b.html)
    assert str(error) == "what came is not a completion (text/html); check --base-url"


def test_without_retry_after_no_wait_is_asked_for() -> None:
    error = failure(b.server_error())
    assert isinstance(error, TransientError)
    assert error.pause is None


def test_a_read_that_takes_too_long_may_pass() -> None:
    error = failure(b.late(9), timeout=2.0)
    assert isinstance(error, TransientError)
    assert "did not answer in time" in str(error)


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
    error = failure(behaviour)
    assert isinstance(error, Stopped)
    assert said in str(error)


def test_a_form_that_is_not_supported_names_the_setting() -> None:
    error = failure(b.unsupported("response_format"))
    assert isinstance(error, CallFailed)
    assert error.unsupported
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
    error = failure(behaviour)
    assert isinstance(error, CallFailed)
    assert error.too_long
    assert not error.unsupported


def test_another_400_is_this_call_s_alone() -> None:
    error = failure(b.failing(400, f"Invalid value: {TEXT}", code="invalid_value"))
    assert isinstance(error, CallFailed)
    assert (error.unsupported, error.too_long, error.exhausted) == (False, False, False)
    assert "400 invalid_value" in str(error)


# ---- What comes ----


def test_a_compressed_answer_is_read() -> None:
    with Server(lambda _: '{"a": "é"}', Rule(b.gzipped)) as server:
        (body,) = send(server.base_url)
    assert body["choices"][0]["message"]["content"] == '{"a": "é"}'


def test_an_answer_is_what_came_whatever_is_odd_about_it() -> None:
    def strange(completion: dict[str, Any]) -> dict[str, Any]:
        return {"choices": completion["choices"], "usage": None, "object": 7, "unknown": [1]}

    assert answer(b.edited(strange))["unknown"] == [1]


def test_an_error_in_a_body_with_status_200_is_no_answer_and_may_pass() -> None:
    wrapped = b.edited(lambda _: {"error": {"message": "overloaded", "code": 502}})
    assert isinstance(failure(wrapped), TransientError)


@pytest.mark.parametrize("behaviour", [b.late(0.3), b.dripping(0.001, 60)], ids=["late", "drip"])
def test_a_late_answer_is_an_answer(behaviour: Behaviour) -> None:
    assert answer(behaviour)["choices"]


# ---- Accounting ----


@pytest.mark.parametrize(
    "behaviour",
    [
        *(b.server_error(), b.rate_limited(), b.rate_limited(0)),
        *(b.unauthorized, b.quota_exhausted, b.context_too_long),
    ],
)
def test_what_was_refused_costs_nothing(behaviour: Behaviour) -> None:
    assert isinstance(failure(behaviour), Unbilled)


@pytest.mark.parametrize(
    "behaviour", [b.connection_cut("mid-body"), b.html, b.server_error(504), b.body_cut(0.5)]
)
def test_an_attempt_whose_answer_was_lost_may_have_cost(behaviour: Behaviour) -> None:
    assert not isinstance(failure(behaviour), Unbilled)


def test_an_endpoint_that_is_not_there_costs_nothing() -> None:
    with Server() as server:
        pass
    (error,) = send(server.base_url)
    assert isinstance(error, TransientError)
    assert isinstance(error, Unbilled)
    assert "connection failed" in str(error)


def unreached(behind: Exception) -> Exception:
    """Return what it means that a connection failed for this, wrapped as the library does."""
    outer, middle = aiohttp.ClientError("no"), OSError("no")
    middle.__context__ = behind
    outer.__cause__ = middle
    return unanswered(outer, sent=False)


def test_a_certificate_that_is_not_trusted_stops_the_run() -> None:
    error = unreached(ssl.SSLCertVerificationError("self-signed certificate"))
    assert isinstance(error, Stopped)
    assert isinstance(error, Unbilled)
    assert "SSL_CERT_FILE" in str(error)


def test_a_host_that_nobody_knows_is_not_waited_for_as_one_that_starts() -> None:
    error = unreached(socket.gaierror(-2, "Name or service not known"))
    assert isinstance(error, TransientError)
    assert error.cause is Cause.NO_HOST
    assert "--base-url" in str(error)
    assert error.cause.reaction is Reaction.RETRY
    refused = unreached(ConnectionRefusedError(111, "refused"))
    assert isinstance(refused, TransientError)
    assert refused.cause is Cause.UNREACHABLE
    assert refused.cause.reaction is Reaction.WAIT


# ---- What is shown ----

FAILING: list[Callable[[], Exception]] = [
    lambda: failure(b.failing(400, f"{TEXT} {KEY}")),
    lambda: failure(b.failing(422, f"{TEXT} {KEY}", code=f"{TEXT}")),
    lambda: failure(b.failing(401, f"Incorrect API key provided: {KEY}")),
    lambda: failure(b.failing(500, f"{TEXT} {KEY}")),
    lambda: failure(b.connection_cut()),
    lambda: failure(b.late(9), timeout=2.0),
]


@pytest.mark.parametrize("fail", FAILING)
def test_neither_key_nor_text_is_in_errors_or_logs(
    fail: Callable[[], Exception], caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("aiohttp", "aiohttp.client"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    error = fail()
    shown = f"{error} {error.__cause__!r} {caplog.text}"
    assert KEY not in shown
    assert TEXT not in shown
    assert TEXT.replace(" ", "") not in shown
    assert error.__context__ is None or error.__suppress_context__


def test_credentials_in_an_address_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Server(lambda _: "{}") as server:
        (body,) = send(server.base_url.replace("://", f"://user:{KEY}@"), key="k")
    assert body["choices"]
    assert KEY not in caplog.text


@pytest.mark.parametrize("key", ["sk-1\n2", "sk-ключ", "\x00"])
def test_a_key_that_no_header_carries_is_refused_unseen(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        Client("http://127.0.0.1:1/v1", key, timeout=1)
    assert "OPENAI_API_KEY" in str(caught.value)
    assert "sk-" not in str(caught.value)


def test_white_space_around_a_key_is_left_out() -> None:
    with Server(lambda _: "{}") as server:
        send(server.base_url, key=f" {KEY}\n")
        assert server.chats[0].headers["authorization"] == f"Bearer {KEY}"
