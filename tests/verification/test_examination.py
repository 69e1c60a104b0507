"""What an answer gets wrong is asked again, by number; what was right is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotate.testing import Rule, Server, in_turn
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import Body, Place
from tests.support.verifying import (
    TEXT,
    asked,
    by_category,
    entries,
    entry,
    found,
    judging,
    said,
    verdicts,
    verified,
)

WHOLE = [entry(number) for number in range(1, 5)]
NAMES_NOTHING = entry(4, "partly")
REASONLESS = {**entry(4, "unsupported"), "reason": " "}

WRONG: dict[str, tuple[list[Any], str, str]] = {
    "left out": (WHOLE[:3], "4", "number: it has no entry, add one"),
    "twice": ([*WHOLE, entry(2, "unsupported")], "2", "number: it has several entries, give one"),
    "unknown": ([*WHOLE[:3], entry(9)], "4", "number: 9 was not asked, there is 1 to 4"),
    "another verdict": ([*WHOLE[:3], entry(4, "maybe")], "4", "verdict: Input should be"),
    "no values": ([*WHOLE[:3], NAMES_NOTHING], "4", "name those that are not supported"),
    "no reason": ([*WHOLE[:3], REASONLESS], "4", "reason: missing"),
    "values beside supported": (
        [*WHOLE[:3], entry(4, step="mitigated")],
        "4",
        "the verdict supported names none",
    ),
    "a value that is not stated": (
        [*WHOLE[:3], entry(4, "partly", step="resolved")],
        "4",
        'step does not state "resolved", it states "mitigated"',
    ),
    "an unknown attribute": (
        [*WHOLE[:3], entry(4, "partly", colour="red")],
        "4",
        '"colour" is no attribute of it, it has step, planned, date, attempts',
    ),
    "no number": ([*WHOLE[:3], {"verdict": "supported"}], "4", "number: Field required"),
    "no object": ([*WHOLE[:3], "supported"], "4", "number: it has no entry"),
}


@pytest.mark.parametrize(("first", "numbers", "problem"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_asked_again_and_the_rest_is_kept(
    place: Place, first: list[Any], numbers: str, problem: str
) -> None:
    def repaired(body: Body) -> Body:
        wanted = [int(each) for each in numbers.split(", ")]
        return entries(*(entry(number, "unsupported", "Repaired.") for number in wanted))

    run = found(place, TEXT)
    answers = iter((lambda _: entries(*first), repaired))
    with Server(lambda body: next(answers)(body)) as server:
        done = verified(place, server, run)
        _, again = (each.body["messages"] for each in server.chats)
    assert again[:2] == server.chats[0].body["messages"]
    words = again[-1]["content"]
    assert problem in words.replace("\\\\", "")
    assert f"with these numbers alone: {numbers}." in words
    reasons = [each and each.get("reason") for each in said(done)]
    place_of = int(numbers) - 1
    assert reasons[place_of] == "Repaired."
    assert [each for n, each in enumerate(reasons) if n != place_of] == [None] * 3
    assert done.complete


def test_a_repair_that_repeats_everything_changes_nothing_that_was_kept(place: Place) -> None:
    run = found(place, TEXT)
    whole = [entry(number, "unsupported", "Second.") for number in range(1, 5)]
    with Server(in_turn(entries(*WHOLE[:3]), entries(*whole))) as server:
        done = verified(place, server, run)
    assert verdicts(done) == {"supported": 3, "unsupported": 1}


def test_what_is_never_answered_stays_without_a_verdict_and_is_counted(place: Place) -> None:
    run = found(place, TEXT)
    with Server(lambda _: entries(*WHOLE[:3])) as server:
        done = verified(place, server, run)
        assert len(server.chats) == 2, "the same repair would get the same answer"
    assert verdicts(done) == {"supported": 3, "unanswered": 1}
    assert done.manifest["verified"]["why"] == {"1 annotations got no verdict that can be used": 1}
    assert not done.complete
    assert len(said(done)) == 4


BROKEN: dict[str, Behaviour] = {
    "malformed": b.malformed,
    "a text": b.saying("They all hold."),
    "empty": b.empty,
    "no choices": b.without_choices,
}


@pytest.mark.parametrize("behaviour", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_cannot_be_read_is_asked_again(place: Place, behaviour: Behaviour) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category), Rule(behaviour, first=1)) as server:
        done = verified(place, server, run)
        assert len(server.chats) == 2
    assert done.complete


@pytest.mark.parametrize("behaviour", [b.fenced, b.thinking(), b.without_usage, b.gzipped])
def test_what_can_be_read_is_read(place: Place, behaviour: Behaviour) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category), Rule(behaviour)) as server:
        done = verified(place, server, run)
        assert len(server.chats) == 1
    assert done.complete


def more_than(count: int) -> Callable[[Body], bool]:
    return lambda body: len(asked(body)) > count


@pytest.mark.parametrize("behaviour", [b.truncated(), b.context_too_long])
def test_what_is_too_much_at_once_is_asked_in_parts(place: Place, behaviour: Behaviour) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category), Rule(behaviour, when=more_than(2))) as server:
        done = verified(place, server, run)
        assert [len(asked(each.body)) for each in server.chats] == [4, 2, 2]
        passages = [each.body["messages"][1]["content"] for each in server.chats]
    assert verdicts(done) == {"supported": 2, "partly": 1, "unsupported": 1}
    assert done.complete
    assert len(passages[1]) < len(passages[0])


def test_a_refusal_is_asked_once_and_named(place: Place) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category), Rule(b.refused())) as server:
        done = verified(place, server, run)
        assert len(server.chats) == 1
    assert done.manifest["verified"]["why"] == {"the model refused": 4}
