"""A chunk is asked only for what is missing: the lead-in of an item held twice, no spelling."""

from __future__ import annotations

import json

import pytest

from annotate.grounding.contexts import LEAD_INS_WANTED
from annotate.testing import in_turn
from tests.support.endpoints import Body, Place, cause, impact, quotes, read

TWICE = """We did not lose:

- your mail
- your files

We lost:

- your mail
"""
SECOND = TWICE.rindex("your mail")


def wanted(body: Body) -> bool:
    return LEAD_INS_WANTED in str(body["messages"][-1]["content"])


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_the_lead_in_is_asked_for_and_chooses_the_place(place: Place, mode: str) -> None:
    said = {"annotations": [impact("We lost: … your mail")]}
    run, entry, asked = read(place, respond=lambda _: said, text=TWICE, mode=mode)
    assert (entry.status, [wanted(body) for body in asked]) == ("ok", [True])
    (annotation,) = run.annotations()
    assert (annotation.start, annotation.quote) == (SECOND, "your mail")
    row = annotation.to_json()["evidence"]
    assert row == [
        {"start": SECOND, "end": SECOND + 9, "grounding": "exact", "chunk": 0}
        | {"places": 2, "choice": "context"}
    ]


def test_an_item_without_its_lead_in_is_marked(place: Place) -> None:
    said = {"annotations": [impact("your mail")]}
    run, entry, _ = read(place, respond=lambda _: said, text=TWICE)
    assert entry.status == "ok"
    assert [each.ambiguous for each in run.annotations()] == [True]


def test_a_lead_in_that_is_not_there_is_sent_back(place: Place) -> None:
    wrong, right = impact("We sold: … your mail"), impact("We lost: … your mail")
    answers = in_turn({"annotations": [wrong]}, {"annotations": [right]})
    run, entry, asked = read(place, respond=answers, text=TWICE)
    assert (entry.status, entry.ungrounded) == ("repaired", 1)
    assert all(wanted({"messages": body["messages"][:2]}) for body in asked)
    assert [each.start for each in run.annotations()] == [SECOND]


def test_other_chunks_are_asked_as_ever(place: Place) -> None:
    text = TWICE.replace("- your mail\n- your files", "- your files")
    _, _, (body,) = read(place, text=text)
    assert not wanted(body)
    assert body["messages"][1]["content"].endswith(">")  # of the document's tag: nothing follows


def test_what_is_said_again_in_a_repair_for_another_reason_is_said_once(place: Place) -> None:
    whole = [impact("your mail"), impact("your mail")]
    answers = in_turn({"annotations": [*whole, {"category": "cause"}]}, {"annotations": whole[:1]})
    run, entry, _ = read(place, respond=answers, text=TWICE)
    assert (entry.status, entry.annotations) == ("partial", 2)
    assert quotes(run) == ["your mail", "your mail"]
    assert [each.evidence[0].choice for each in run.annotations()] == ["order", "order"]


# ---- Values in another spelling ----


def test_another_spelling_of_closed_values_is_not_paid_for_twice(place: Place) -> None:
    said = [
        {**impact("Search was slow."), "category": "Impact", "effects": "SLOW"},
        {**cause("It was caused by load."), "triggers": ["Capacity"], "certainty": "CONFIRMED"},
    ]
    run, entry, asked = read(place, respond=lambda _: {"annotations": said})
    assert (entry.status, len(asked), entry.invalid) == ("ok", 1, 0)
    assert [(each.category, each.attributes) for each in run.annotations()] == [
        (answer["category"], {k: v for k, v in answer.items() if k not in ("category", "quote")})
        for answer in (impact("Search was slow."), cause("It was caused by load."))
    ]


def test_what_is_sent_back_is_what_came(place: Place) -> None:
    wrong = {**impact("Search was slow."), "category": "Impact", "effects": ["slowly"]}
    _, entry, asked = read(place, respond=in_turn({"annotations": [wrong]}, {"annotations": []}))
    assert (entry.status, entry.invalid) == ("partial", 1)
    assert json.dumps(wrong) in asked[1]["messages"][-1]["content"]
