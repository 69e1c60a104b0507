"""What is too much at once is split between units and asked again."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.errors import Stopped
from annotate.llm.splitting import MOST_SPLITS
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import (
    Body,
    Place,
    document,
    quotes,
    read,
    statuses,
    truthful,
)


def longer_than(sentences: int) -> Any:
    return lambda body: document(body).count(".") > sentences


# Eight sentences, of which two are more than what is never cut.
SENTENCES = [f"Search {i} was slow {'and slower still ' * 32}that day." for i in range(8)]
LONG = "\n\n".join(SENTENCES)


@pytest.mark.parametrize("behaviour", [b.truncated(), b.context_too_long])
def test_what_is_too_much_at_once_is_split_and_asked_again(
    place: Place, behaviour: Behaviour
) -> None:
    """Twelve truncated answers must not be twelve chunks gone (defect 5)."""
    with Server(truthful, Rule(behaviour, when=longer_than(2))) as server:
        run = place.run(server, place.write(LONG), chunk_size=8000)
        texts = [document(each.body) for each in server.chats]
    (entry,) = run.ledger()
    assert entry.status == "repaired"
    assert "split" in entry.note
    assert quotes(run) == SENTENCES
    assert texts[0] == LONG
    assert max(text.count(".") for text in texts[3:]) <= 4
    assert run.complete


def test_an_answer_that_is_cut_at_one_unit_is_truncated(place: Place) -> None:
    run, entry, asked = read(place, b.truncated(), text="Search was slow.")
    assert (entry.status, len(asked)) == ("truncated", 1)
    assert not run.complete


def test_one_unit_that_is_cut_does_not_lose_the_others(place: Place) -> None:
    with Server(truthful, Rule(b.truncated(), containing="Search 5 ")) as server:
        run = place.run(server, place.write(LONG), chunk_size=8000)
    assert statuses(run) == ["truncated"]
    assert quotes(run) == [*SENTENCES[:5], *SENTENCES[6:]]
    assert not run.complete


def test_a_short_text_that_does_not_fit_stops_the_run(place: Place) -> None:
    with Server(truthful, Rule(b.context_too_long)) as server:
        with pytest.raises(Stopped, match="the prompt alone fills the context; give the model"):
            place.run(server, place.write("Search was slow."))
        assert len(server.chats) == 1


def test_the_second_half_knows_its_headings(place: Place) -> None:
    text = "# Impact\n\n" + LONG
    with Server(truthful, Rule(b.truncated(), when=longer_than(4))) as server:
        run = place.run(server, place.write(text), chunk_size=8000)
        second = server.chats[-1].body["messages"][1]["content"]
    assert len(quotes(run)) == 8
    assert "> Impact" in second


# ---- Where cutting cannot help ----


def test_a_short_chunk_is_not_cut(place: Place) -> None:
    text = "\n\n".join(f"Search {i} was slow." for i in range(28))
    _, _, asked = read(place, b.truncated(), text=text, repairs=0)
    assert (len(text), len(asked)) == (576, 1)


def thoughts(words: str = "", written: int = 8192) -> Behaviour:
    """Let reasoning use up the limit, as its endpoint reports."""

    def edit(completion: Body) -> Body:
        (choice,) = completion["choices"]
        message = {**choice["message"], "content": words}
        details = {"reasoning_tokens": written}
        return {
            **completion,
            "choices": [{**choice, "message": message, "finish_reason": "length"}],
            "usage": {
                **completion["usage"],
                "completion_tokens": written,
                "completion_tokens_details": details,
            },
        }

    return b.edited(edit)


@pytest.mark.parametrize("words", ["", "  \n", '{"annotations": [{"quo'])
@pytest.mark.parametrize("mode", ["json_schema", "json"])
def test_reasoning_that_used_up_the_limit_is_not_cut(place: Place, words: str, mode: str) -> None:
    run, entry, asked = read(
        place, thoughts(words), text=LONG, chunk_size=8000, mode=mode, price="1,10"
    )
    assert (entry.status, len(asked)) == ("truncated", 1)
    assert entry.cost is not None
    assert entry.cost < 0.1
    assert "8,192 of 8,192 tokens" in entry.note
    assert "raise the answer limit (--answer-tokens)" in entry.note
    assert "reasoning effort" in entry.note
    assert not run.complete


def test_an_answer_that_repeats_itself_is_not_cut(place: Place) -> None:
    said = '{"annotations": [' + 400 * '{"category": "cause", "quote": "It fell over."}, '
    circling = (b.saying(said), b.finished("length"))
    _, entry, asked = read(place, *circling, text=LONG, chunk_size=8000)
    assert (entry.status, len(asked)) == ("truncated", 1)
    assert "the model repeats itself" in entry.note


@pytest.mark.parametrize("size", [4000, 12_000, 100_000])
def test_cutting_ends_where_it_does_not_help(place: Place, size: int) -> None:
    text = "\n\n".join(f"Search {i} was slow, and {i * i} people said so." for i in range(2000))
    with Server(truthful, Rule(b.truncated())) as server:
        run = place.run(server, place.write(text[: size - 100]), chunk_size=size)
        asked = len(server.chats)
    assert statuses(run) == ["truncated"]
    assert asked <= 1 + 2 * MOST_SPLITS


def test_a_prompt_that_fills_the_context_alone_stops_the_run(place: Place) -> None:
    texts = [LONG.replace("slow", f"slow in week {n}") for n in range(40)]
    with Server(truthful, Rule(b.context_too_long)) as server:
        with pytest.raises(Stopped, match="the prompt alone fills the context"):
            place.run(server, place.write(*texts), chunk_size=8000)
        asked = len(server.chats)
    assert asked <= 12


def test_chunks_of_which_halves_fit_are_all_read(place: Place) -> None:
    texts = [LONG.replace("slow", f"slow in week {n}") for n in range(20)]
    with Server(truthful, Rule(b.context_too_long, when=longer_than(4))) as server:
        run = place.run(server, place.write(*texts), chunk_size=8000)
        asked = len(server.chats)
    assert set(statuses(run)) == {"repaired"}
    assert asked == 20 * 3
    assert run.complete
