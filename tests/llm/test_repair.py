"""What is sent back: only what is wrong, without a growing history, and never the same twice."""

from __future__ import annotations

import json

import pytest

import annotate
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request
from annotate.testing import Answer, in_turn
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour, Respond
from tests.support.endpoints import (
    TEXT,
    Body,
    Place,
    cause,
    impact,
    quotes,
    read,
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


@pytest.mark.parametrize("behaviour", [b.breaks_schema, b.malformed, b.empty])
@pytest.mark.parametrize("mode", ["tools", "json"])
def test_a_repair_is_said_in_texts_that_every_server_takes(
    place: Place, behaviour: Behaviour, mode: str
) -> None:
    _, entry, (first, second) = read(place, behaviour, first=1, mode=mode)
    assert entry.status == "repaired"
    roles = [each["role"] for each in second["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    for message in second["messages"]:
        assert message.keys() == {"role", "content"}
        assert isinstance(message["content"], str)
        assert message["content"].strip()
    assert second.get("tools") == first.get("tools")


def _as_formerly(body: Body, call: str) -> Body:
    """Write a repair as it was written for tool calls before, with content null."""
    *before, answer, wanted = body["messages"]
    function = {"name": "Annotations", "arguments": answer["content"]}
    calls = [{"id": call, "type": "function", "function": function}]
    said = {"role": "assistant", "content": None, "tool_calls": calls}
    result = {"role": "tool", "tool_call_id": call, "content": wanted["content"]}
    return {**body, "messages": [*before, said, result]}


def test_repairs_in_older_caches_are_not_paid_again(place: Place) -> None:
    _, entry, _ = read(place, b.breaks_schema, first=1, mode="tools")
    cache = Cache(place.cache)
    rows = sorted(cache.rows(), key=lambda row: len(row["request"]["body"]["messages"]))
    cache.close()
    first, repair = rows
    (call,) = first["reply"]["choices"][0]["message"]["tool_calls"]
    base_url = first["request"]["endpoint"]
    older = Cache(place.folder / "older")
    older.put(Request.from_json(first["request"]), Stored(first["reply"]))
    body = _as_formerly(repair["request"]["body"], call["id"])
    older.put(Request(body, base_url), Stored(repair["reply"]))
    older.close()
    run = annotate.run(
        place.write(TEXT),
        out=place.folder / "again",
        model="m",
        base_url=base_url,
        mode="tools",
        cache_dir=place.folder / "older",
        offline=True,
    )
    assert [each.status for each in run.ledger()] == [entry.status] == ["repaired"]
    assert quotes(run) == ["Search was slow.", "It was caused by load."]
