"""One tool call is asked for where the endpoint takes that, and nothing that was paid is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotate.testing import Rule, Server, asks
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import Body, Place, quotes, report, statuses, truthful

WISH = "parallel_tool_calls"
NAMED = b.unsupported(WISH)
UNKNOWN = b.failing(400, f'Bad request: json: unknown field "{WISH}"', code="BAD_REQUEST")
EXTRA = b.failing(422, f"[{{'type': 'extra_forbidden', 'loc': ('body', '{WISH}')}}]")
NAMELESS = b.failing(400, "The request is not valid.")


def run(place: Place, *rules: Rule, mode: str = "tools", count: int = 4, **settings: Any) -> Any:
    """Run over documents one after the other; return the run and the bodies that came."""
    with Server(truthful, *rules) as server:
        texts = place.write(*(report(number) for number in range(count)))
        made = place.run(server, texts, mode=mode, concurrency=1, **settings)
        return made, [each.body for each in server.chats]


def test_it_is_asked_for_in_tools_mode_alone(place: Place) -> None:
    made, asked = run(place)
    assert statuses(made) == ["ok"] * 4
    assert [each[WISH] for each in asked] == [False] * 4
    for mode in ("json_schema", "json"):
        _, asked = run(place, mode=mode, out=mode)
        assert not any(WISH in each for each in asked)


@pytest.mark.parametrize("refusal", [NAMED, UNKNOWN, EXTRA, NAMELESS])
def test_an_endpoint_that_refuses_it_is_asked_without(place: Place, refusal: Behaviour) -> None:
    made, asked = run(place, Rule(refusal, when=asks(WISH)), price=(1.0, 10.0))
    assert statuses(made) == ["ok"] * 4
    assert [WISH in each for each in asked] == [True] + [False] * 4
    assert len(quotes(made)) == 8


def test_another_refusal_is_not_blamed_on_it(place: Place) -> None:
    made, asked = run(place, Rule(NAMELESS, containing="Search 2-"))
    assert statuses(made) == ["ok", "ok", "failed", "ok"]
    assert [WISH in each for each in asked] == [True] * 4
    made, asked = run(place, Rule(NAMELESS), out="all")
    assert [WISH in each for each in asked][:3] == [True, False, True]


def test_it_can_be_left_out(place: Place) -> None:
    _, asked = run(place, drop=(WISH,))
    assert not any(WISH in each for each in asked)


def test_it_is_no_part_of_the_request_that_is_kept(place: Place) -> None:
    """So answers in caches from before it was asked for still answer."""
    _, asked = run(place, count=1)
    (stored,) = place.stored()
    assert stored == {key: value for key, value in asked[0].items() if key != WISH}


def test_calls_are_united_where_the_wish_is_not_heard(place: Place) -> None:
    def in_calls(completion: Body) -> Body:
        (choice,) = completion["choices"]
        (call,) = choice["message"]["tool_calls"]
        found = json.loads(call["function"]["arguments"])["annotations"]
        calls = [
            {
                **call,
                "function": {**call["function"], "arguments": json.dumps({"annotations": part})},
            }
            for part in ([], *([each] for each in found))
        ]
        return {**completion, "choices": [{**choice, "message": {"tool_calls": calls}}]}

    made, asked = run(place, Rule(b.edited(in_calls)), price=(1.0, 10.0))
    assert statuses(made) == ["ok"] * 4
    assert (len(asked), len(quotes(made))) == (4, 8)
