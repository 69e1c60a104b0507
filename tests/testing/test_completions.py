"""The form of an answer: as content or as a call, as the request asks for it."""

from __future__ import annotations

import json

import pytest

from annotate.testing import Server
from annotate.testing.answers import Body
from tests.support.wire import (
    SCHEMA_FORM,
    TOOL_FORM,
    VALUE,
    ask,
    chat,
    client,
)


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


def test_lone_surrogates_come_through() -> None:
    with Server(lambda _: {"annotations": ["\ud800"]}) as server:
        status, body = ask(server)
    assert status == 200
    assert "\ud800" in body["choices"][0]["message"]["content"]
