"""The model server for tests, from the outside: each behaviour is what the wire shows."""

import gzip
import http.client
import json
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import openai
import pytest

from annotate.testing import (
    Answer,
    Batching,
    Rule,
    Server,
    asks,
    in_turn,
    quote_first,
)
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour, Body

ANNOTATION = {"category": "x", "quote": "We keep it.", "sure": True}
VALUE = {"annotations": [ANNOTATION]}
SCHEMA_FORM: Body = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "r", "schema": {"type": "object"}},
    }
}
TOOL_FORM: Body = {
    "tools": [
        {"type": "function", "function": {"name": "other"}},
        {"type": "function", "function": {"name": "note"}},
    ],
    "tool_choice": {"type": "function", "function": {"name": "note"}},
}


def said(_: Body) -> Body:
    return VALUE


def chat(text: str = "Hello there", **more: Any) -> Body:
    return {"model": "m", "messages": [{"role": "user", "content": text}], **more}


class Wire:
    """One plain connection to a server."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=10)

    def send(
        self, method: str, path: str, content: bytes = b"", **headers: str
    ) -> http.client.HTTPResponse:
        self.connection.request(method, path, content, headers)
        return self.connection.getresponse()

    def chat(self, body: Any = None) -> tuple[int, Any]:
        answer = self.send("POST", "/v1/chat/completions", json.dumps(body or chat()).encode())
        return answer.status, json.loads(answer.read())


@pytest.fixture
def plain() -> Iterator[Server]:
    with Server(said) as server:
        yield server


def ask(server: Server, body: Any = None) -> tuple[int, Any]:
    wire = Wire(server)
    with closing(wire.connection):
        return wire.chat(body)


def answered(*behaviours: Behaviour, body: Any = None) -> tuple[int, Any]:
    """Return status and parsed body of a request that meets `behaviours`."""
    with Server(said, Rule(*behaviours)) as server:
        return ask(server, body)


def words(*behaviours: Behaviour) -> str:
    status, body = answered(*behaviours)
    assert status == 200
    text = body["choices"][0]["message"]["content"]
    assert isinstance(text, str)
    return text


def client(server: Server) -> openai.OpenAI:
    return openai.OpenAI(base_url=server.base_url, api_key="k", max_retries=0)


# ---- The form of an answer ----


@pytest.mark.parametrize("form", [SCHEMA_FORM, {"response_format": {"type": "json_object"}}, {}])
def test_without_tools_the_words_are_content(plain: Server, form: Body) -> None:
    _, body = ask(plain, chat(**form))
    message = body["choices"][0]["message"]
    assert json.loads(message["content"]) == VALUE
    assert "tool_calls" not in message
    assert body["choices"][0]["finish_reason"] == "stop"


def test_a_named_tool_is_called_with_the_words_as_arguments(plain: Server) -> None:
    _, body = ask(plain, chat(**TOOL_FORM))
    choice = body["choices"][0]
    function = choice["message"]["tool_calls"][0]["function"]
    assert function["name"] == "note"
    assert json.loads(function["arguments"]) == VALUE
    assert choice["message"]["content"] is None
    assert choice["finish_reason"] == "stop"


@pytest.mark.parametrize(
    ("choice", "name", "finish"),
    [("auto", "other", "tool_calls"), ("required", "other", "tool_calls"), ("none", None, "stop")],
)
def test_a_tool_that_is_not_named_is_the_first(
    plain: Server, choice: str, name: str | None, finish: str
) -> None:
    _, body = ask(plain, chat(**(TOOL_FORM | {"tool_choice": choice})))
    calls = body["choices"][0]["message"].get("tool_calls")
    assert (calls[0]["function"]["name"] if calls else None) == name
    assert body["choices"][0]["finish_reason"] == finish


def test_usage_is_estimated_from_characters_and_the_model_is_the_one_asked_for() -> None:
    with Server(lambda _: "12345") as server:
        _, body = ask(server, chat("123456789"))
    assert body["usage"] == {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
    assert body["model"] == "m"


def test_the_same_request_gets_the_same_bytes(plain: Server) -> None:
    assert ask(plain) == ask(plain)


def test_openai_reads_the_answer(plain: Server) -> None:
    with client(plain) as api:
        made = api.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "Hello"}]
        )
        assert json.loads(made.choices[0].message.content or "") == VALUE
        assert made.usage is not None
        assert made.usage.completion_tokens > 0


def test_models_are_listed(plain: Server) -> None:
    with client(plain) as api:
        assert [model.id for model in api.models.list()] == ["test-model"]
        assert api.models.retrieve("test-model").id == "test-model"
        with pytest.raises(openai.NotFoundError):
            api.models.retrieve("other")


def test_respond_sees_the_body_and_may_return_a_text() -> None:
    with Server(lambda body: body["messages"][0]["content"].upper()) as server:
        _, body = ask(server, chat("Hello"))
    assert body["choices"][0]["message"]["content"] == "HELLO"


def test_respond_may_return_an_answer() -> None:
    with Server(lambda _: Answer(VALUE).but(b.fenced)) as server:
        _, body = ask(server)
    assert body["choices"][0]["message"]["content"].startswith("```json\n{")


def test_lone_surrogates_come_through() -> None:
    with Server(lambda _: {"annotations": ["\ud800"]}) as server:
        status, body = ask(server)
    assert status == 200
    assert "\ud800" in body["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    "body",
    [[], {"messages": [{}]}, {"model": "m"}, {"model": "m", "messages": []}, chat(stream=True)],
)
def test_a_request_that_is_no_chat_is_a_400(plain: Server, body: Any) -> None:
    wire = Wire(plain)
    with closing(wire.connection):
        answer = wire.send("POST", "/v1/chat/completions", json.dumps(body).encode())
        assert answer.status == 400
        assert json.loads(answer.read())["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/chat/completions", 405),
        ("POST", "/v1/models/test-model", 405),
        ("GET", "/v1/files/none", 404),
        ("GET", "/v1/batches/none", 404),
        ("GET", "/v1/models?limit=1", 200),
    ],
)
def test_paths(plain: Server, method: str, path: str, status: int) -> None:
    wire = Wire(plain)
    with closing(wire.connection):
        answer = wire.send(method, path)
        assert answer.status == status
        answer.read()


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
    date = retry_after(b.rate_limited(30, as_date=True))
    assert date is not None
    wait = parsedate_to_datetime(date) - datetime.now(UTC)
    assert 29 <= wait.total_seconds() <= 31


def test_errors_keep_delivery() -> None:
    with Server(said, Rule(b.late(0.05), b.server_error())) as server:
        started = time.monotonic()
        assert ask(server)[0] == 500
    assert time.monotonic() - started >= 0.05


# ---- Delivery ----


def test_late_waits_before_the_first_byte() -> None:
    with Server(said, Rule(b.late(0.1))) as server:
        ask(server)
        (request,) = server.requests
    assert request.answered is not None
    assert request.answered - request.arrived >= 0.1


def test_late_holds_up_nobody_else() -> None:
    with Server(said, Rule(b.late(60), containing="slow")) as server, ThreadPoolExecutor() as pool:
        slow = pool.submit(ask, server, chat("slow"))
        until(lambda: server.in_flight == 1)
        assert ask(server, chat("quick"))[0] == 200
        server.__exit__(None, None, None)
        assert isinstance(slow.exception(5), ConnectionError)


def raw(server: Server) -> tuple[bytes, bool]:
    """Send a chat over a socket; return all bytes until the end, and whether it was a reset."""
    content = json.dumps(chat()).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(content)}\r\n\r\n"
    address = urlsplit(server.base_url)
    received = b""
    with socket.create_connection((address.hostname, address.port or 0), 10) as peer:
        peer.sendall(head.encode() + content)
        try:
            while piece := peer.recv(65536):
                received += piece
        except ConnectionResetError:
            return received, True
    return received, False


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("where", ["before headers", "after headers", "mid-body"])
def test_a_connection_is_cut_where_it_is_told(where: Any, reset: bool) -> None:
    with Server(said, Rule(b.connection_cut(where, reset=reset))) as server:
        received, was_reset = raw(server)
        assert was_reset == reset
        (request,) = server.requests
        assert request.answered is not None
        assert server.in_flight == 0
    head, _, body = received.partition(b"\r\n\r\n")
    assert request.status == (None if where == "before headers" else 200)
    if where == "before headers":
        assert received == b""
        return
    assert b"content-length: " in head
    length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
    assert len(body) == (length // 2 if where == "mid-body" else 0)


def test_a_cut_connection_is_a_connection_error_for_openai() -> None:
    rule = Rule(b.connection_cut("mid-body"))
    with (
        Server(said, rule) as server,
        client(server) as api,
        pytest.raises(openai.APIConnectionError),
    ):
        api.chat.completions.create(model="m", messages=[{"role": "user", "content": "a"}])


def test_dripping_sends_the_body_in_pieces() -> None:
    rule = Rule(b.dripping(0.01, size=100))
    with Server(said, rule) as server:
        started = time.monotonic()
        status, body = ask(server)
        took = time.monotonic() - started
    assert status == 200
    pieces = len(json.dumps(body)) // 100
    assert pieces >= 3
    assert took >= pieces * 0.01


def test_dripping_defeats_a_timeout_a_read() -> None:
    with Server(said, Rule(b.dripping(0.02, size=20))) as server, client(server) as api:
        started = time.monotonic()
        api.with_options(timeout=0.4).chat.completions.create(
            model="m", messages=[{"role": "user", "content": "a"}]
        )
        assert time.monotonic() - started > 0.4


def test_a_dripping_body_can_be_cut() -> None:
    with Server(said, Rule(b.dripping(0.001, size=50), b.connection_cut("mid-body"))) as server:
        received, _ = raw(server)
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert not received.endswith(b"}")


def test_a_client_that_leaves_is_no_longer_in_flight() -> None:
    with Server(said, Rule(b.late(30))) as server:
        wire = Wire(server)
        wire.connection.timeout = 0.05
        with closing(wire.connection), pytest.raises(TimeoutError):
            wire.chat()
        until(lambda: server.in_flight == 0)
        (request,) = server.requests
        assert request.answered is None
        assert request.status is None


def until(condition: Any) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


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


# ---- The words ----


@pytest.mark.parametrize("behaviour", [b.malformed, b.words_cut(0.7), b.raw_newlines, b.fenced])
def test_words_that_are_no_json(behaviour: Behaviour) -> None:
    text = words(behaviour)
    with pytest.raises(ValueError, match="line 1"):
        json.loads(text)


def test_raw_newlines_are_all_that_is_wrong_with_their_json() -> None:
    text = words(b.raw_newlines)
    (annotation,) = json.loads(text, strict=False)["annotations"]
    assert annotation["quote"] == "We\nkeep it."


def test_fences_and_thoughts_stand_around_the_json() -> None:
    assert words(b.fenced) == f"```json\n{json.dumps(VALUE)}\n```"
    text = words(b.thinking("Hm {"))
    assert text == f"<think>\nHm {{\n</think>\n\n{json.dumps(VALUE)}"
    assert words(b.fenced, b.thinking()).endswith("```")
    assert words(b.saying("plain")) == "plain"


def test_duplicate_keys_name_each_key_twice() -> None:
    pairs: list[list[tuple[str, Any]]] = []
    json.loads(words(b.duplicate_keys), object_pairs_hook=lambda found: pairs.append(found))
    names = list(ANNOTATION)
    assert [name for name, _ in pairs[0]] == names + names
    assert [value for _, value in pairs[0]] == [None] * len(names) + list(ANNOTATION.values())


def first(*behaviours: Behaviour) -> Body:
    annotation = json.loads(words(*behaviours))["annotations"][0]
    assert isinstance(annotation, dict)
    return annotation


def test_changes_of_the_first_annotation() -> None:
    assert first(b.wrong_types) == {"category": 0, "quote": 0, "sure": "a text"}
    assert first(b.extra_keys) == {**ANNOTATION, "unasked": "really"}
    assert math.isnan(first(b.not_a_number("score"))["score"])
    assert "NaN" in words(b.not_a_number("score"))
    assert first(b.without_keys("quote", "absent")) == {"category": "x", "sure": True}
    assert first(b.breaks_schema) == {}
    assert first(b.changed(lambda found: found.clear())) == {}
    assert VALUE == {"annotations": [{"category": "x", "quote": "We keep it.", "sure": True}]}


def test_invented_quotes_stand_in_every_annotation() -> None:
    with Server(lambda _: {"annotations": [{}, {"quote": "a"}]}, Rule(b.invented_quotes())) as s:
        _, body = ask(s)
    found = json.loads(body["choices"][0]["message"]["content"])["annotations"]
    assert found == [{"quote": "This sentence stands nowhere."}] * 2


def test_an_empty_answer_can_break_a_schema() -> None:
    assert Answer().but(b.breaks_schema).said == {"annotations": [{}]}
    assert Answer({"a": 1}).but(b.breaks_schema).said == {}


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


@pytest.mark.parametrize(
    "make",
    [
        lambda: b.body_cut(1),
        lambda: b.truncated(-0.1),
        lambda: b.words_cut(2),
        lambda: b.dripping(1, size=0),
        lambda: b.connection_cut("now"),  # type: ignore[arg-type]
        Rule,
        lambda: Rule(b.fenced, first=0),
        lambda: Rule(b.fenced, each=True),
        in_turn,
        lambda: quote_first({"quote": "none"}),
    ],
)
def test_errors_come_at_construction(make: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


def test_a_behaviour_without_its_parameters_is_named() -> None:
    with pytest.raises(TypeError, match=r"late\(…\)"):
        Answer().but(b.late)  # type: ignore[arg-type]


# ---- Scripts ----


def statuses(server: Server, *texts: str) -> list[int]:
    return [ask(server, chat(text))[0] for text in texts]


def test_rules_by_number_words_and_condition() -> None:
    rules = [
        Rule(b.server_error(500), at=0),
        Rule(b.server_error(503), at=[1, 2]),
        Rule(b.unauthorized, containing="key"),
        Rule(b.unsupported("tools"), when=asks("tools")),
        Rule(b.unsupported(), when=asks("response_format", "json_schema")),
    ]
    with Server(said, *rules) as server:
        assert statuses(server, "", "", "", "the key", "") == [500, 503, 503, 401, 200]
        assert ask(server, chat(**TOOL_FORM))[0] == 400
        assert ask(server, chat(**SCHEMA_FORM))[0] == 400
        assert ask(server, chat(response_format={"type": "json_object"}))[0] == 200


def test_the_first_so_many_then_ok() -> None:
    with Server(said, Rule(b.server_error(), containing="a", first=2)) as server:
        assert statuses(server, "a", "b", "a", "a") == [500, 200, 500, 200]


def test_the_first_of_each_document_then_ok() -> None:
    with Server(said, Rule(b.server_error(), first=1, each=True)) as server:
        assert statuses(server, "a", "b", "a", "b", "c") == [500, 500, 200, 200, 500]
        repair = chat("d")
        assert ask(server, repair)[0] == 500
        repair["messages"] += [
            {"role": "assistant", "content": "?"},
            {"role": "user", "content": [{"type": "text", "text": "Mend it."}]},
        ]
        assert ask(server, repair)[0] == 200


def test_all_rules_that_are_met_apply_in_order() -> None:
    with Server(said, Rule(b.extra_keys), Rule(b.fenced, b.thinking("Hm"))) as server:
        _, body = ask(server)
    text = body["choices"][0]["message"]["content"]
    assert text.startswith("<think>\nHm\n</think>\n\n```json\n")
    assert "unasked" in text


def test_a_reply_breaks_the_schema_once_or_always() -> None:
    with Server(said, Rule(b.breaks_schema, first=1)) as server:
        contents = [ask(server)[1]["choices"][0]["message"]["content"] for _ in range(2)]
    assert [json.loads(text)["annotations"][0] for text in contents] == [{}, ANNOTATION]


def test_replies_in_turn_end_with_the_last_and_start_anew() -> None:
    with Server(in_turn("a", "b")) as server:

        def texts() -> list[str]:
            return [ask(server)[1]["choices"][0]["message"]["content"] for _ in range(3)]

        assert texts() == ["a", "b", "b"]
        server.reset()
        assert texts() == ["a", "b", "b"]


# ---- Records ----


def test_requests_are_recorded_with_headers_body_and_times() -> None:
    with Server(said) as server:
        wire = Wire(server)
        with closing(wire.connection):
            wire.send("GET", "/v1/models", Authorization="Bearer k").read()
            wire.chat(chat("Hello"))
        models, request = server.requests
    assert models.headers["authorization"] == "Bearer k"
    assert (models.method, models.path, models.body) == ("GET", "/v1/models", None)
    assert server.chats == (request,)
    assert request.body == chat("Hello")
    assert json.loads(request.content) == request.body
    assert request.answered is not None
    assert models.arrived <= request.arrived <= request.answered
    assert (request.status, request.in_flight) == (200, 1)


def test_in_flight_is_counted() -> None:
    with Server(said, Rule(b.late(60))) as server, ThreadPoolExecutor(8) as pool:
        under_way = [pool.submit(raw, server) for _ in range(8)]
        until(lambda: server.in_flight == 8)
        server.__exit__(None, None, None)
        assert [each.result(5)[0] for each in under_way] == [b""] * 8
    assert (server.in_flight, server.max_in_flight) == (0, 8)
    assert [each.in_flight for each in server.requests] == list(range(1, 9))


def test_reset_forgets_and_counts_anew() -> None:
    with Server(said, Rule(b.server_error(), first=1)) as server:
        assert statuses(server, "", "") == [500, 200]
        server.reset()
        assert server.requests == ()
        assert server.max_in_flight == 0
        assert statuses(server, "") == [500]


def test_only_so_many_requests_are_kept() -> None:
    with Server(said, keep=1) as server:
        statuses(server, "a", "b")
        assert [each.body for each in server.requests] == [chat("b")]


def test_what_respond_raises_is_a_400_and_is_raised_at_the_end() -> None:
    def respond(body: Body) -> Body:
        raise LookupError(body["model"])

    def block() -> None:
        with Server(respond) as server:
            status, body = ask(server)
            assert status == 400
            assert body["error"]["code"] == "respond_failed"

    with pytest.raises(LookupError, match="m"):
        block()


def test_what_respond_raises_is_a_note_where_the_block_fails_too() -> None:
    def block() -> None:
        with Server(lambda _: 7) as server:  # type: ignore[arg-type, return-value]
            ask(server)
            raise OSError("block")

    with pytest.raises(OSError, match="block") as caught:
        block()
    assert "returned int" in caught.value.__notes__[0]


# ---- The connection ----


def test_a_connection_serves_many_requests(plain: Server) -> None:
    wire = Wire(plain)
    with closing(wire.connection):
        wire.chat()
        peer = wire.connection.sock
        wire.chat()
        assert wire.connection.sock is peer
        wire.send("GET", "/v1/models", Connection="close").read()
        assert wire.connection.sock is None


def exchange(server: Server, *pieces: bytes) -> bytes:
    """Send pieces one by one over a socket and return all that comes until the server closes."""
    address = urlsplit(server.base_url)
    received = b""
    with socket.create_connection((address.hostname, address.port or 0), 10) as peer:
        for piece in pieces:
            peer.sendall(piece)
            time.sleep(0.005)
        while more := peer.recv(65536):
            received += more
    return received


def test_requests_in_pieces_pipelined_and_chunked(plain: Server) -> None:
    content = json.dumps(chat()).encode()
    chunked = (
        b"POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
        b"Connection: close\r\n\r\n"
        + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (content[:9], content[9:]))
        + b"0\r\n\r\n"
    )
    two = b"GET /v1/models HTTP/1.1\r\n\r\n" + chunked
    received = exchange(plain, two[:10], two[10:60], two[60:150], two[150:])
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert [each.method for each in plain.requests] == ["GET", "POST"]
    assert plain.chats[0].body == chat()


def test_a_client_may_wait_for_100_continue(plain: Server) -> None:
    head = b"POST /v1/files HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    assert exchange(plain, head, b"{}").startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400")


@pytest.mark.parametrize(
    "head", [b"nonsense\r\n\r\n", b"GET / HTTP/2\r\n\r\n", b"GET / HTTP/1.1\r\nx\r\n\r\n"]
)
def test_what_is_no_http_is_a_400(plain: Server, head: bytes) -> None:
    assert exchange(plain, head).startswith(b"HTTP/1.1 400")


def test_a_head_without_end_is_refused(plain: Server) -> None:
    assert exchange(plain, b"GET /" + b"x" * 70_000).startswith(b"HTTP/1.1 400")


def test_only_the_loopback_interface_is_bound(plain: Server) -> None:
    assert urlsplit(plain.base_url).hostname == "127.0.0.1"


def test_at_the_end_thread_and_port_are_gone_with_requests_under_way() -> None:
    with Server(said, Rule(b.late(30))) as server, ThreadPoolExecutor() as pool:
        under_way = pool.submit(raw, server)
        until(lambda: server.in_flight == 1)
        server.__exit__(None, None, None)
        assert under_way.result(5)[0] == b""
    assert "annotate.testing" not in [each.name for each in threading.enumerate()]
    address = urlsplit(server.base_url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port or 0), 1)


def test_a_server_runs_once_at_a_time(plain: Server) -> None:
    with pytest.raises(RuntimeError, match="running"):
        plain.__enter__()


# ---- Batches ----


def lines(*bodies: Body) -> bytes:
    rows = (
        {"custom_id": f"n{i}", "method": "POST", "url": "/v1/chat/completions", "body": body}
        for i, body in enumerate(bodies)
    )
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def submitted(api: openai.OpenAI, content: bytes) -> str:
    file = api.files.create(file=("requests.jsonl", content), purpose="batch")
    assert file.bytes == len(content)
    assert api.files.content(file.id).content == content
    return api.batches.create(
        input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
    ).id


def rows(api: openai.OpenAI, file: str | None) -> dict[str, Body]:
    assert file is not None
    found = [json.loads(line) for line in api.files.content(file).text.splitlines()]
    return {row["custom_id"]: row for row in found}


def test_a_batch_is_done_after_its_polls_and_its_failed_lines_stand_apart() -> None:
    rules = [
        Rule(b.server_error(), containing="bad"),
        Rule(b.connection_cut(), containing="late"),
        Rule(b.html, containing="page"),
    ]
    with Server(said, *rules, batching=Batching(polls=2)) as server, client(server) as api:
        bodies = [chat("Größe\u2028"), chat("bad"), chat("late"), chat("page"), chat(**TOOL_FORM)]
        number = submitted(api, lines(*bodies))
        assert [api.batches.retrieve(number).status for _ in range(2)] == ["in_progress"] * 2
        batch = api.batches.retrieve(number)
        assert batch.status == "completed"
        assert batch.request_counts is not None
        assert batch.request_counts.model_dump() == {"completed": 3, "failed": 2, "total": 5}
        output, errors = rows(api, batch.output_file_id), rows(api, batch.error_file_id)
        assert set(output) == {"n0", "n3", "n4"}
        assert set(errors) == {"n1", "n2"}
        message = output["n0"]["response"]["body"]["choices"][0]["message"]
        assert json.loads(message["content"]) == VALUE
        assert output["n3"]["response"]["body"].startswith("<!doctype")
        assert errors["n1"]["response"]["status_code"] == 500
        assert errors["n2"]["error"]["code"] == "batch_expired"
        assert errors["n2"]["response"] is None
        assert [each.id for each in api.batches.list()] == [number]
        api.files.delete(batch.output_file_id or "")
        with pytest.raises(openai.NotFoundError):
            api.files.content(batch.output_file_id or "")


@pytest.mark.parametrize(
    ("order", "found"),
    [("input", ["n0", "n1", "n2", "n3"]), ("reversed", ["n3", "n2", "n1", "n0"])],
)
def test_results_come_in_the_order_asked_for(order: Any, found: list[str]) -> None:
    batching = Batching(polls=0, order=order)
    with Server(said, batching=batching) as server, client(server) as api:
        number = submitted(api, lines(*[chat()] * 4))
        batch = api.batches.retrieve(number)
        assert list(rows(api, batch.output_file_id)) == found
        assert batch.error_file_id is None


def test_results_are_shuffled_otherwise() -> None:
    with Server(said, batching=Batching(polls=0)) as server, client(server) as api:
        batch = api.batches.retrieve(submitted(api, lines(*[chat()] * 20)))
        found = list(rows(api, batch.output_file_id))
    assert found != sorted(found, key=lambda name: int(name[1:]))
    assert len(found) == 20


def test_a_cancelled_batch_has_no_results() -> None:
    with Server(said) as server, client(server) as api:
        number = submitted(api, lines(chat()))
        assert api.batches.cancel(number).status == "cancelling"
        batch = api.batches.retrieve(number)
        assert (batch.status, batch.output_file_id) == ("cancelled", None)
        with pytest.raises(openai.ConflictError):
            api.batches.cancel(number)


LINE = json.loads(lines(chat()))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"{", "invalid_json_line"),
        (json.dumps({**LINE, "custom_id": None}).encode(), "missing_required_parameter"),
        (json.dumps({**LINE, "method": "GET"}).encode(), "invalid_method"),
        (json.dumps({**LINE, "url": "/v1/other"}).encode(), "mismatched_url"),
        (json.dumps({**LINE, "body": {}}).encode(), "invalid_request"),
        (lines(chat()) * 2, "duplicate_custom_id"),
    ],
)
def test_a_batch_with_a_wrong_line_fails(content: bytes, code: str) -> None:
    with Server(said) as server, client(server) as api:
        batch = api.batches.retrieve(submitted(api, content))
        assert batch.status == "failed"
        assert batch.errors is not None
        assert [each.code for each in batch.errors.data or ()] == [code]


def test_batches_end_as_they_are_told() -> None:
    for outcome in ("failed", "expired"):
        batching = Batching(polls=0, outcome=outcome)
        with Server(said, batching=batching) as server, client(server) as api:
            batch = api.batches.retrieve(submitted(api, lines(chat())))
            assert batch.status == outcome
            assert (batch.output_file_id is None) == (outcome == "failed")


def test_what_the_batch_api_refuses(plain: Server) -> None:
    with client(plain) as api:
        with pytest.raises(openai.BadRequestError, match="purpose"):
            api.files.create(file=b"{}", purpose="assistants")
        file = api.files.create(file=b"{}", purpose="batch").id
        with pytest.raises(openai.BadRequestError, match="endpoint"):
            api.batches.create(
                input_file_id=file, endpoint="/v1/responses", completion_window="24h"
            )
        with pytest.raises(openai.NotFoundError):
            api.batches.create(
                input_file_id="none", endpoint="/v1/chat/completions", completion_window="24h"
            )


# ---- Quoting, and the process ----

POLICY = "# Privacy of things\n\nEnacted 2024.\n\n- We collect e.g. names, as said. And more.\n"


@pytest.mark.parametrize(
    ("message", "quote"),
    [
        (POLICY, "- We collect e.g. names, as said."),
        (
            f"Read it.\n<document-1f>\n{POLICY}\n</document-1f>\n",
            "- We collect e.g. names, as said.",
        ),
        ("<document>\nOf an example, that is.\n</document>\n<document>\nMine\n</document>", "Mine"),
        ("A heading\nand no sentence", "A heading"),
    ],
)
def test_the_first_sentence_of_the_document_is_quoted(message: str, quote: str) -> None:
    template = {"category": "x", "quote": "{quote}", "nested": [{"also": "{quote}"}]}
    with Server(quote_first(template)) as server:
        _, body = ask(server, chat(message))
    found = json.loads(body["choices"][0]["message"]["content"])
    assert found == {
        "annotations": [{"category": "x", "quote": quote, "nested": [{"also": quote}]}]
    }
    assert quote in message


def test_a_document_without_text_has_nothing_to_quote() -> None:
    with Server(quote_first({"quote": "{quote}"})) as server:
        _, body = ask(server, chat("<document>\n \n</document>"))
    assert json.loads(body["choices"][0]["message"]["content"]) == {"annotations": []}


def process(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "annotate.testing", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )


@pytest.mark.parametrize(
    ("arguments", "annotations"),
    [
        ((), []),
        (
            ("--quote-first", "--template", '{"c": 1, "quote": "{quote}"}', "--delay", "0.05"),
            [{"c": 1, "quote": "Hello to you all."}],
        ),
    ],
)
def test_the_process_prints_its_url_and_ends_cleanly(
    arguments: tuple[str, ...], annotations: list[Body]
) -> None:
    with process(*arguments) as running:
        try:
            url = urlsplit((running.stdout.readline() if running.stdout else "").strip())
            with closing(http.client.HTTPConnection(url.netloc, timeout=10)) as connection:
                content = json.dumps(chat("Hello to you all. More."))
                connection.request("POST", f"{url.path}/chat/completions", content)
                body = json.loads(connection.getresponse().read())
                connection.request("GET", "/stats")
                stats = json.loads(connection.getresponse().read())
        finally:
            running.send_signal(signal.SIGTERM)
        _, errors = running.communicate(timeout=10)
    assert json.loads(body["choices"][0]["message"]["content"]) == {"annotations": annotations}
    assert (stats["requests"], stats["max_in_flight"]) == (2, 1)
    assert stats["cpu_seconds"] > 0
    assert (running.returncode, errors) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [("--quote-first", "--template", "{"), ("--quote-first", "--template", "[]"), ("--nothing",)],
)
def test_wrong_options_are_wrong_usage(arguments: tuple[str, ...]) -> None:
    with process(*arguments) as running:
        _, errors = running.communicate(timeout=10)
    assert running.returncode == 2
    assert "error:" in errors
