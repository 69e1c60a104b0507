"""What is sent beside the messages: the prompt's parameters, as the model's profile takes them."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.errors import UsageError
from annotate.llm.parameters import answer_limit, sent_parameters
from annotate.llm.prompts.prompt import Parameters
from annotate.project.settings import resolve_settings
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.support.endpoints import Body, Place, quotes, read, statuses, truthful

PROMPT = {"temperature": 0.0, "max_completion_tokens": 256}  # those of the project's prompt


def sent(**settings: Any) -> dict[str, Any]:
    parameters = Parameters.model_validate(PROMPT)
    return sent_parameters(parameters, resolve_settings(settings, environment={}))


CHANGED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, PROMPT),
    ({"drop": "temperature"}, {"max_completion_tokens": 256}),
    ({"drop": "seed"}, PROMPT),
    ({"answer_parameter": "max_tokens"}, {"temperature": 0.0, "max_tokens": 256}),
    ({"answer_tokens": 100}, {"temperature": 0.0, "max_completion_tokens": 100}),
    ({"reasoning_effort": "low"}, {**PROMPT, "reasoning_effort": "low"}),
    ({"extra_body": '{"temperature": 1, "seed": 2}'}, {**PROMPT, "temperature": 1, "seed": 2}),
]


@pytest.mark.parametrize(("settings", "expected"), CHANGED)
def test_a_profile_leaves_out_renames_and_adds(
    settings: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert sent(**settings) == expected


def test_without_a_profile_the_order_is_the_prompts() -> None:
    assert list(sent()) == ["max_completion_tokens", "temperature"]  # as in bodies that are cached


def test_the_limit_of_an_answer_is_found_under_each_of_its_names() -> None:
    assert answer_limit(sent()) == answer_limit(sent(answer_parameter="max_tokens")) == 256
    assert answer_limit({"max_tokens": True}) == answer_limit({}) == 0


# ---- On the wire ----


def refusing(body: Body) -> bool:
    return "temperature" in body or "max_completion_tokens" in body


STRICT_SERVER = Rule(
    b.failing(400, "Unsupported value: 'temperature'", param="temperature"), when=refusing
)


def test_a_server_that_takes_neither_name_is_asked_as_its_profile_says(place: Place) -> None:
    profile = '[models."m"]\ndrop = ["temperature"]\nanswer_parameter = "max_tokens"\n'
    add_profile(place, profile)
    with Server(truthful, STRICT_SERVER) as server:
        run = place.run(server, place.write("Search was slow."))
        (chat,) = server.chats
    assert statuses(run) == ["ok"]
    assert len(quotes(run)) == 1
    assert chat.body["max_tokens"] == 256
    assert run.manifest["parameters"] == {"max_tokens": 256}
    assert run.manifest["drop"] == ["temperature"]


def test_the_request_that_is_shown_is_the_one_that_is_sent(place: Place) -> None:
    _, _, (body,) = read(place, drop="temperature", extra_body='{"seed": 7}')
    assert body["seed"] == 7
    assert "temperature" not in body


def test_the_cap_reserves_for_the_longest_answer_that_is_allowed(place: Place) -> None:
    # 1 USD a token that is written: an answer of 300 tokens does not fit under the cap.
    limits: dict[str, Any] = {"price": "0,1000000", "max_cost": 299.0, "answer_tokens": 300}
    with Server(truthful) as server:
        with pytest.raises(Exception, match="--max-cost"):
            place.run(server, place.write("Search was slow."), **limits)
        assert not server.chats
        place.run(
            server, place.write("Search was slow."), "fits", **{**limits, "answer_tokens": 299}
        )
        assert len(server.chats) == 1


# ---- The context window ----


@pytest.mark.parametrize(
    ("context", "said"),
    [
        (256, "an answer may have 256 tokens, and the context window has 256.*--answer-tokens"),
        (260, "the prompt takes more than .* the context window of 260 is too small"),
    ],
)
def test_a_context_that_no_request_fits_into_is_refused_before_any_is_sent(
    place: Place, context: int, said: str
) -> None:
    with Server(truthful) as server:
        with pytest.raises(UsageError, match=said):
            place.run(server, place.write("Search was slow."), context=context)
        assert not server.chats
        place.run(server, place.write("Search was slow."), context=1000)
        assert len(server.chats) == 1


def add_profile(place: Place, text: str) -> None:
    settings = place.folder / "annotate.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + text, encoding="utf-8")
