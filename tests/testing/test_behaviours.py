"""What may go wrong with an answer is what the wire shows."""

from __future__ import annotations

import gzip
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import openai
import pytest

from annotate.testing import Answer, Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour, Body
from tests.support.waiting import until
from tests.support.wire import (
    SCHEMA_FORM,
    TOOL_FORM,
    VALUE,
    Wire,
    answered,
    ask,
    chat,
    client,
    said,
    words,
)

# ---- Errors ----


@pytest.mark.parametrize(
    ("behaviour", "status", "code"),
    [
        (b.rate_limited(), 429, "rate_limit_exceeded"),
        (b.quota_exhausted, 429, "insufficient_quota"),
        (b.server_error(), 500, None),
        (b.server_error(503), 503, None),
        (b.server_error(529), 529, None),
        (b.unauthorized, 401, "invalid_api_key"),
        (b.forbidden, 403, "unsupported_country_region_territory"),
        (b.model_not_found, 404, "model_not_found"),
        (b.context_too_long, 400, "context_length_exceeded"),
        (b.unsupported("tools"), 400, None),
        (b.failing(418, "short and stout", code="teapot"), 418, "teapot"),
    ],
)
def test_errors_have_the_form_of_the_protocol(
    behaviour: Behaviour, status: int, code: str | None
) -> None:
    found, body = answered(behaviour)
    assert found == status
    assert set(body["error"]) == {"message", "type", "param", "code"}
    assert body["error"]["code"] == code


def test_openai_maps_the_errors() -> None:
    with Server(said, Rule(b.quota_exhausted)) as server, client(server) as api:
        with pytest.raises(openai.RateLimitError) as caught:
            api.chat.completions.create(model="m", messages=[{"role": "user", "content": "a"}])
        assert caught.value.code == "insufficient_quota"


def test_an_unsupported_parameter_is_named() -> None:
    _, body = answered(b.unsupported("response_format"))
    assert body["error"]["param"] == "response_format"
    assert "response_format" in body["error"]["message"]


def retry_after(behaviour: Behaviour) -> str | None:
    with Server(said, Rule(behaviour)) as server:
        wire = Wire(server)
        with closing(wire.connection):
            answer = wire.send("POST", "/v1/chat/completions", json.dumps(chat()).encode())
            answer.read()
            return answer.getheader("Retry-After")


def test_retry_after_is_seconds_or_a_date_or_not_there() -> None:
    assert retry_after(b.rate_limited()) is None
    assert retry_after(b.rate_limited(1.5)) == "1.5"
    before = datetime.now(UTC)
    date = retry_after(b.rate_limited(30, as_date=True))
    assert date is not None
    asked = parsedate_to_datetime(date) - timedelta(seconds=30)
    assert before <= asked <= datetime.now(UTC) + timedelta(seconds=1)  # rounded up


def test_errors_keep_delivery() -> None:
    answer = Answer().but(b.late(0.05), b.server_error())
    assert (answer.status, answer.delivery.delay) == (500, 0.05)


# ---- Delivery ----


def test_late_answers_at_last() -> None:
    assert answered(b.late(0.01))[0] == 200


def test_late_holds_up_nobody_else() -> None:
    with Server(said, Rule(b.late(60), containing="slow")) as server, ThreadPoolExecutor() as pool:
        slow = pool.submit(ask, server, chat("slow"))
        until(lambda: server.in_flight == 1)
        assert ask(server, chat("quick"))[0] == 200
        server.__exit__(None, None, None)
        assert isinstance(slow.exception(5), ConnectionError)


def test_a_cut_connection_is_a_connection_error_for_openai() -> None:
    rule = Rule(b.connection_cut("mid-body"))
    with (
        Server(said, rule) as server,
        client(server) as api,
        pytest.raises(openai.APIConnectionError),
    ):
        api.chat.completions.create(model="m", messages=[{"role": "user", "content": "a"}])


def test_dripping_defeats_a_timeout_a_read() -> None:
    pause, size, timeout = 0.1, 30, 1.0
    with Server(said, Rule(b.dripping(pause, size))) as server, client(server) as api:
        made = api.with_options(timeout=timeout).chat.completions.with_raw_response.create(
            model="m", messages=[{"role": "user", "content": "a"}]
        )
    assert json.loads(made.content)["object"] == "chat.completion"
    assert len(made.content) // size * pause > timeout  # it was under way for longer than that


# ---- The body ----


def sent(behaviour: Behaviour) -> tuple[http.client.HTTPResponse, bytes]:
    with Server(said, Rule(behaviour)) as server:
        wire = Wire(server)
        with closing(wire.connection):
            answer = wire.send("POST", "/v1/chat/completions", json.dumps(chat()).encode())
            return answer, answer.read()


def test_html_comes_with_status_200() -> None:
    answer, content = sent(b.html)
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/html"
    assert content.startswith(b"<!doctype html>")


def test_a_cut_body_has_valid_headers_and_no_valid_json() -> None:
    answer, content = sent(b.body_cut(0.5))
    assert answer.getheader("Content-Length") == str(len(content))
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(content)


def test_a_gzipped_body() -> None:
    answer, content = sent(b.gzipped)
    assert answer.getheader("Content-Encoding") == "gzip"
    assert json.loads(gzip.decompress(content))["object"] == "chat.completion"
    with Server(said, Rule(b.gzipped)) as server, client(server) as api:
        made = api.chat.completions.create(model="m", messages=[{"role": "user", "content": "a"}])
        assert json.loads(made.choices[0].message.content or "") == VALUE


# ---- The completion ----


@pytest.mark.parametrize("form", [{}, TOOL_FORM])
def test_truncated_words_say_so(form: Body) -> None:
    _, body = answered(b.truncated(0.5), body=chat(**form))
    (choice,) = body["choices"]
    assert choice["finish_reason"] == "length"
    message = choice["message"]
    text = message["content"] or message["tool_calls"][0]["function"]["arguments"]
    assert text == json.dumps(VALUE)[: len(json.dumps(VALUE)) // 2]


@pytest.mark.parametrize("form", [{}, SCHEMA_FORM, TOOL_FORM])
def test_a_refusal_and_a_content_filter_have_no_content(form: Body) -> None:
    _, body = answered(b.refused("No."), body=chat(**form))
    (choice,) = body["choices"]
    assert choice["message"] == {"role": "assistant", "content": None, "refusal": "No."}
    assert choice["finish_reason"] == "stop"
    _, body = answered(b.content_filtered, body=chat(**form))
    (choice,) = body["choices"]
    assert choice["message"] == {"role": "assistant", "content": None, "refusal": None}
    assert choice["finish_reason"] == "content_filter"


def test_what_can_be_left_out() -> None:
    assert answered(b.without_choices)[1]["choices"] == []
    assert "usage" not in answered(b.without_usage)[1]
    assert words(b.empty) == ""
    assert answered(b.finished(None))[1]["choices"][0]["finish_reason"] is None


def test_a_completion_can_be_edited() -> None:
    _, body = answered(b.edited(lambda made: {**made, "model": "other"}))
    assert body["model"] == "other"


@pytest.mark.parametrize(
    ("answer", "behaviour", "reason"),
    [
        (Answer("no JSON"), b.extra_keys, "goes before what changes its text"),
        (Answer("[]"), b.extra_keys, "an object with a key"),
        (Answer(), b.invented_quotes(), "with an annotation"),
        (Answer(), b.raw_newlines, "two words"),
    ],
)
def test_a_behaviour_that_would_do_nothing_says_so(
    answer: Answer, behaviour: Behaviour, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        answer.but(behaviour)
