"""The paths of the protocol, and what the server says of a request that it cannot answer."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import openai
import pytest

from annotate.testing import Answer, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Body
from tests.support.wire import (
    VALUE,
    Wire,
    ask,
    chat,
    client,
)


def test_models_are_listed(plain: Server) -> None:
    with client(plain) as api:
        assert [model.id for model in api.models.list()] == ["test-model"]
        assert api.models.retrieve("test-model").id == "test-model"
        with pytest.raises(openai.NotFoundError):
            api.models.retrieve("other")


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


def test_respond_sees_the_body_and_may_return_a_text() -> None:
    with Server(lambda body: body["messages"][0]["content"].upper()) as server:
        _, body = ask(server, chat("Hello"))
    assert body["choices"][0]["message"]["content"] == "HELLO"


def test_respond_may_return_an_answer() -> None:
    with Server(lambda _: Answer(VALUE).but(b.fenced)) as server:
        _, body = ask(server)
    assert body["choices"][0]["message"]["content"].startswith("```json\n{")


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
