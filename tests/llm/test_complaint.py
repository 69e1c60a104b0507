"""The body of an error, in every shape in which servers send one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.causes import Cause
from annotate.llm.complaint import complaint_of, read_complaint
from annotate.llm.errors import Asked, CallFailed, EndpointStopped, TransientError, meaning_of
from annotate.redaction import hide

INNER = {"message": "No such thing", "type": "bad_request", "param": "seed", "code": "no_thing"}

SHAPES: dict[str, Any] = {
    "OpenAI": {"error": INNER},
    "vLLM before 0.10": {"object": "error", **INNER},
    "Gemini, a list": [{"error": INNER}],
    "Anthropic": {"type": "error", "error": INNER, "request_id": "req_1"},
    "LiteLLM, a message that is an object": {"error": {"message": {"error": INNER}}},
    "a message that is JSON": {"error": {"message": json.dumps({"error": INNER}), "code": 400}},
    "OpenRouter, the provider's own": {
        "error": {"code": 400, "metadata": {"raw": json.dumps({"error": INNER})}}
    },
    "watsonx": {"errors": [INNER], "trace": "x", "status_code": 400},
    "integer codes": {"error": {**INNER, "status": 400, "code": "no_thing"}},
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_the_same_is_read_from_every_shape(body: Any) -> None:
    found = read_complaint(400, json.dumps(body).encode())
    assert found.names[:2] == ("no_thing", "bad_request")
    assert "no such thing" in found.message
    assert found.parameter == "seed"
    assert found.status == 400


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "model 'x' not found"}, "model 'x' not found"),
        ({"detail": "Not Found"}, "not found"),
        ({"message": "Unauthorized", "request_id": "1"}, "unauthorized"),
        ("just words", "just words"),
        (7, ""),
        ([], ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_short_bodies_are_read_too(body: Any, message: str) -> None:
    assert complaint_of(400, body).message == message


def test_what_is_no_json_is_words_and_a_page_is_none() -> None:
    assert read_complaint(503, b"Model is overloaded").message == "model is overloaded"
    assert read_complaint(502, b" <html><h1>Loading model</h1></html>").message == ""
    assert read_complaint(500, b"\xff\xfe\x00").status == 500


@pytest.mark.parametrize(
    ("loc", "parameter"),
    [
        (["body", "max_completion_tokens"], "max_completion_tokens"),
        (["body", "tools", 0, "function", "strict"], "tools"),
        ("response_format.type", "response_format"),
        ("messages[0].content", "messages"),
        ("None", ""),
        (None, ""),
        (["body", 0], ""),
        ("ключ", ""),
    ],
)
def test_the_parameter_is_the_first_name_of_a_path(loc: Any, parameter: str) -> None:
    key = "loc" if isinstance(loc, list) else "param"
    assert complaint_of(422, {"detail": [{key: loc, "msg": "x"}]}).parameter == parameter


def test_an_error_that_comes_as_an_answer_says_its_status_itself() -> None:
    assert complaint_of(200, {"error": {"code": 402, "message": "x"}}).status == 402
    assert complaint_of(200, {"error": {"code": "503", "message": "x"}}).status == 503
    assert complaint_of(200, {"error": {"code": 7, "message": "x"}}).status == 200
    assert complaint_of(400, {"error": {"code": 500, "message": "x"}}).status == 400


def test_a_wait_in_the_body_is_read() -> None:
    details = [{"@type": "RetryInfo", "retryDelay": "34.5s"}]
    assert complaint_of(429, {"error": {"details": details}}).pause == 34.5
    assert complaint_of(429, {"error": {"details": [{"retryDelay": "soon"}]}}).pause is None


def test_what_was_sent_is_not_read_as_what_is_wrong() -> None:
    """Servers repeat the request, and what a model wrote: both may hold any words."""
    said = "the prompt is too long"
    body = {"error": {"message": "no", "input": said, "failed_generation": said, "body": said}}
    assert complaint_of(400, body).message == "no"


def test_a_body_without_end_is_read_in_part() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = {"error": [deep, deep]}
    assert complaint_of(400, deep).status == 400
    wide = {"error": [{"message": "y" * 100} for _ in range(10_000)]}
    assert len(complaint_of(400, wide).message) <= 4000
    assert read_complaint(400, b"[" * 60_000).message.startswith("[")


KEY = "sk-verysecretkey0123456789"
_WORDS = st.sampled_from(
    [KEY, "error", "model", "tools", "None", "max_tokens", "too large", "{", "[1]", '{"error":1}']
)
_LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), _WORDS)
_KEYS = st.one_of(
    st.sampled_from(
        "error message code type param loc detail status metadata raw n_ctx n_prompt_tokens "
        "retryDelay reason errors".split()
    ),
    st.text(),
)
_BODIES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=20,
)


@given(status=st.integers(100, 599), body=_BODIES)
def test_no_error_crashes_the_classifier_or_shows_the_key(status: int, body: Any) -> None:
    hide(KEY)
    asked = Asked(frozenset({"model", "tools", "temperature"}), 8192)
    text = json.dumps(body).encode()
    for content in (text, text[: len(text) // 2]):
        meaning = meaning_of(read_complaint(status, content), asked)
        assert isinstance(meaning, CallFailed | EndpointStopped | TransientError)
        assert isinstance(meaning.cause, Cause)
        shown = str(CallFailed(str(meaning)))  # as a call ends that was tried again
        assert KEY not in shown
        assert shown.isprintable()
        assert len(shown) < 400


@given(content=st.binary(max_size=300), status=st.integers(100, 599))
def test_no_bytes_crash_the_classifier(content: bytes, status: int) -> None:
    assert str(meaning_of(read_complaint(status, content)))
