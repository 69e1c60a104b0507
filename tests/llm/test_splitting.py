"""What is too much at once is split between units and asked again."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import (
    Place,
    document,
    quotes,
    read,
    statuses,
    truthful,
)


def longer_than(sentences: int) -> Any:
    return lambda body: document(body).count(".") > sentences


LONG = "\n\n".join(f"Search {i} was slow." for i in range(8))


@pytest.mark.parametrize("behaviour", [b.truncated(), b.context_too_long])
def test_what_is_too_much_at_once_is_split_and_asked_again(
    place: Place, behaviour: Behaviour
) -> None:
    """Twelve truncated answers must not be twelve chunks gone (defect 5)."""
    with Server(truthful, Rule(behaviour, when=longer_than(2))) as server:
        run = place.run(server, place.write(LONG))
        texts = [document(each.body) for each in server.chats]
    (entry,) = run.ledger()
    assert entry.status == "repaired"
    assert "split" in entry.note
    assert quotes(run) == [f"Search {i} was slow." for i in range(8)]
    assert texts[0] == LONG
    assert max(text.count(".") for text in texts[3:]) <= 4
    assert run.complete


def test_an_answer_that_is_cut_at_one_unit_is_truncated(place: Place) -> None:
    run, entry, asked = read(place, b.truncated(), text="Search was slow.")
    assert (entry.status, len(asked)) == ("truncated", 1)
    assert not run.complete


def test_one_unit_that_is_cut_does_not_lose_the_others(place: Place) -> None:
    with Server(truthful, Rule(b.truncated(), containing="Search 5 ")) as server:
        run = place.run(server, place.write(LONG))
    assert statuses(run) == ["truncated"]
    assert quotes(run) == [f"Search {i} was slow." for i in range(8) if i != 5]
    assert not run.complete


def test_one_unit_that_is_too_long_fails(place: Place) -> None:
    _, entry, asked = read(place, b.context_too_long, text="Search was slow.")
    assert (entry.status, len(asked)) == ("failed", 1)


def test_the_second_half_knows_its_headings(place: Place) -> None:
    text = "# Impact\n\n" + LONG
    with Server(truthful, Rule(b.truncated(), when=longer_than(4))) as server:
        run = place.run(server, place.write(text))
        second = server.chats[-1].body["messages"][1]["content"]
    assert len(quotes(run)) == 8
    assert "> Impact" in second
