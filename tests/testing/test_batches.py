"""Batches of requests: polled, ordered, cancelled, failed."""

from __future__ import annotations

import json
from typing import Any

import openai
import pytest

from annotate.testing import Batching, Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Body
from tests.support.wire import (
    TOOL_FORM,
    VALUE,
    chat,
    client,
    said,
)


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
