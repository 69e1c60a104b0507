"""A prompt that a server cut without a word is told from one that it read, and is never silence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.prompt_cut import prompt_cut
from annotate.llm.usage import Usage, read_usage
from annotate.testing import Answer, Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import Body, Place, quotes, read, statuses, truthful

PROSE = "We keep the logs of our servers for ninety days and then we delete them. "
GERMAN = "Wir verarbeiten personenbezogene Daten ausschließlich zur Vertragserfüllung. "


def sent(*texts: Any) -> Body:
    return {"messages": [{"role": "user", "content": text} for text in texts]}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (PROSE * 580, 2048),  # 42 000 characters: what Ollama reads of them by default
        (PROSE * 580, 4096),
        (PROSE * 580, 128),
        (GERMAN * 500, 2048),
        (PROSE * 40, 256),
    ],
)
def test_what_was_cut_is_seen(text: str, tokens: int) -> None:
    said = prompt_cut(sent("You annotate.", text), Usage(tokens, 5))
    assert f"read {tokens:,} tokens of a request of " in said
    assert "num_ctx" in said
    assert "--ctx-size" in said
    assert "ninety" not in said


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # As counted with OpenAI's three vocabularies.
        ("This is a plain sentence about how we use what you give to us and why. " * 200, 3200),
        ("Wir verarbeiten Daten ausschließlich zur Datenschutzverbesserung. " * 100, 1100),
        (PROSE * 580, 42_000 // 5),
        (" " * 40_000 + PROSE, 500),
        ("=" * 40_000, 640),
        ("A" * 40_000, 5000),
        ("- a\n" * 10_000, 10_000),
        ("我们会保存您的日志九十天。" * 1000, 8000),
        (PROSE * 580, 1),  # no number of tokens
        (PROSE, 130),
        ("", 1),
    ],
)
def test_what_was_read_is_not_called_cut(text: str, tokens: int) -> None:
    assert not prompt_cut(sent(text), Usage(tokens, 5))


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": 9500, "prompt_tokens_details": {"cached_tokens": 9216}},
        {"prompt_tokens": 284, "cache_read_input_tokens": 9216},
        {"prompt_tokens": 284, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 9216},
        {"prompt_tokens": 9500, "prompt_cache_hit_tokens": 9216, "prompt_cache_miss_tokens": 284},
        {"prompt_tokens": 0},
        {"prompt_tokens": None},
        {},
    ],
)
def test_what_came_from_a_cache_or_was_not_counted_was_not_cut(usage: Body) -> None:
    used = read_usage({"usage": {"completion_tokens": 5, **usage}})
    assert not prompt_cut(sent(PROSE * 580), used)


@given(st.lists(st.text("ab \n", max_size=400)), st.integers(1, 400))
def test_a_token_for_each_word_is_always_enough(texts: list[str], more: int) -> None:
    words = sum(len(text.split()) for text in texts)
    assert not prompt_cut(sent(*texts), Usage(words + more, 0))


@pytest.mark.parametrize("body", [{}, {"messages": None}, sent(None, 7, [{"text": "a"}])])
def test_other_requests_are_not_judged(body: Body) -> None:
    assert not prompt_cut(body, Usage(1, 1))


# ---- In runs ----


def reads_at_most(tokens: int) -> Behaviour:
    """Read so many tokens of any prompt, find nothing in them, and say so in the usage alone."""

    def cut(answer: Answer) -> Answer:
        def edit(completion: Body) -> Body:
            used = completion["usage"]
            return {**completion, "usage": {**used, "prompt_tokens": tokens}}

        return b.edited(edit)(b.saying('{"annotations": []}')(answer))

    return cut


def longer_than(tokens: int) -> Any:
    def is_longer(body: Body) -> bool:
        return sum(len(each["content"]) for each in body["messages"]) > 4.5 * tokens

    return is_longer


LONG = "\n\n".join(f"Search was slow on {day} days for all of our customers." for day in range(300))


def lengthen_prompt(place: Place) -> None:
    path = place.folder / "prompts" / "incident_report" / "v1.md"
    prompt = path.read_text(encoding="utf-8")
    path.write_text(prompt.replace("You annotate", PROSE * 40 + "You annotate"), encoding="utf-8")


def test_a_prompt_that_fills_the_context_alone_fails_at_once(place: Place) -> None:
    lengthen_prompt(place)
    run, entry, asked = read(place, reads_at_most(256), text=LONG, chunk_size=50_000)
    assert (entry.status, len(asked), quotes(run)) == ("failed", 1, [])
    assert "it cut the prompt to its context" in entry.note
    assert "num_ctx" in entry.note


def test_a_chunk_that_was_cut_is_read_in_parts(place: Place) -> None:
    rule = Rule(reads_at_most(1500), when=longer_than(1500))
    with Server(truthful, rule) as server:
        run = place.run(server, place.write(LONG), chunk_size=50_000, price=(1.0, 10.0))
        sizes = [len(each.content) for each in server.chats]
    assert statuses(run) == ["repaired"]
    assert len(quotes(run)) == 300
    assert len(sizes) == 7  # the whole, two halves, four quarters
    (entry,) = run.ledger()
    assert "the request was too long; the chunk was split" in entry.note


def test_more_context_helps_after_retry_failed(place: Place) -> None:
    lengthen_prompt(place)
    with Server(truthful, Rule(reads_at_most(256), first=1)) as server:
        paths = place.write(LONG)
        cut = place.run(server, paths, chunk_size=50_000)
        assert statuses(cut) == ["failed"]
        assert statuses(place.run(server, paths, chunk_size=50_000)) == ["failed"]
        assert len(server.chats) == 1
        run = place.run(server, paths, chunk_size=50_000, retry_failed=True)
        assert statuses(run) == ["ok"]
        assert statuses(place.run(server, paths, chunk_size=50_000)) == ["ok"]
        assert len(server.chats) == 2
