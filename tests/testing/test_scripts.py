"""Which requests a rule applies to, and replies in turn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotate.testing import Answer, Rule, Server, asks, in_turn, quote_first
from annotate.testing import behaviours as b
from tests.support.wire import (
    ANNOTATION,
    SCHEMA_FORM,
    TOOL_FORM,
    ask,
    chat,
    said,
    statuses,
)


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
