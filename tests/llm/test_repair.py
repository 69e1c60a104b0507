"""What is sent back: only what is wrong, without a growing history, and never the same twice."""

from __future__ import annotations

import json

import pytest

from annotate.testing import Answer, in_turn
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour, Respond
from tests.support.endpoints import (
    Body,
    Place,
    cause,
    impact,
    quotes,
    read,
    truthful,
)


def test_a_repair_names_only_what_is_wrong(place: Place) -> None:
    found = [impact("Search was slow."), {"category": "cause", "quote": "It was caused by load."}]
    _, entry, (first, second) = read(
        place, respond=in_turn({"annotations": found}, {"annotations": [cause(found[1]["quote"])]})
    )
    assert entry.status == "repaired"
    assert second["messages"][:2] == first["messages"]
    answer, wanted = second["messages"][2:]
    assert json.loads(answer["content"]) == {"annotations": found}
    assert json.dumps(found[1]) in wanted["content"]
    assert json.dumps(found[0]) not in wanted["content"]
    assert "triggers: missing" in wanted["content"]


def test_the_history_of_repairs_does_not_grow(place: Place) -> None:
    answers = [
        {"annotations": [impact(f"Search was slow {i}."), impact("Search was slow.")]}
        for i in range(9)
    ]
    _, entry, asked = read(place, respond=in_turn(*answers), repairs=8)
    assert (entry.status, len(asked)) == ("partial", 9)
    assert [len(body["messages"]) for body in asked] == [2] + [4] * 8
    sizes = [len(json.dumps(body)) for body in asked[1:]]
    assert max(sizes) - min(sizes) < 1000


def test_a_repair_that_cannot_be_read_does_not_lose_the_last_answer(place: Place) -> None:
    found = [impact("Search was slow."), {"category": "cause", "quote": "It was caused by load."}]
    corrected = {"annotations": [cause("It was caused by load.")]}
    run, entry, asked = read(place, respond=in_turn({"annotations": found}, "Sorry?", corrected))
    assert entry.status == "repaired"
    assert quotes(run) == ["Search was slow.", "It was caused by load."]
    answer, wanted = asked[2]["messages"][2:]
    assert json.loads(answer["content"]) == {"annotations": found}
    assert json.dumps(found[1]) in wanted["content"]
    assert "no valid JSON" in wanted["content"]


def test_a_model_that_repeats_itself_is_not_asked_the_same_again(place: Place) -> None:
    stubborn = {"annotations": [impact("Search was slow."), {"category": "cause", "quote": "It"}]}
    run, entry, asked = read(place, respond=lambda _: stubborn, repairs=5)
    assert (entry.status, entry.requests, len(asked)) == ("partial", 2, 2)
    assert entry.annotations == 1
    assert quotes(run) == ["Search was slow."]


def test_a_model_that_repeats_everything_gets_nothing_twice(place: Place) -> None:
    bad = {"category": "cause", "quote": "It was caused by load."}
    whole = [impact("Search was slow."), cause("It was caused by load.")]
    run, entry, _ = read(
        place, respond=in_turn({"annotations": [whole[0], bad]}, {"annotations": whole})
    )
    assert (entry.status, entry.annotations) == ("repaired", 2)
    assert len(quotes(run)) == 2


def test_no_repairs_means_none(place: Place) -> None:
    _, entry, asked = read(place, b.breaks_schema, repairs=0)
    assert (entry.status, len(asked)) == ("partial", 1)


def test_a_repair_that_the_model_refuses_leaves_the_rest_standing(place: Place) -> None:
    replies: Respond = in_turn(
        {"annotations": [impact("Search was slow."), {"category": "cause", "quote": "It"}]},
        Answer().but(b.refused()),
    )
    run, entry, asked = read(place, respond=replies)
    assert (entry.status, len(asked)) == ("partial", 2)
    assert quotes(run) == ["Search was slow."]


@pytest.mark.parametrize("behaviour", [b.breaks_schema, b.malformed])
def test_a_tool_s_answer_is_repaired_as_a_tool_s(place: Place, behaviour: Behaviour) -> None:
    def respond(body: Body) -> Body:
        found = truthful(body)["annotations"]
        return {"annotations": found}

    _, entry, (_, second) = read(place, behaviour, respond=respond, first=1, mode="tools")
    assert entry.status == "repaired"
    answer, wanted = second["messages"][2:]
    assert wanted["role"] == "tool"
    assert wanted["tool_call_id"] == answer["tool_calls"][0]["id"]
    assert answer["tool_calls"][0]["function"]["name"] == second["tools"][0]["function"]["name"]
