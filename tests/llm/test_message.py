"""The words of a model are found wherever an endpoint puts them, and are paid for once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotate.llm.message import said
from annotate.llm.responses import parse
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support.endpoints import Body, Place, quotes, read

THOUGHT = "The first sentence is an impact. Is the second a cause?"


def text(words: str) -> Body:
    return {"type": "text", "text": words}


def put(place: Callable[[str], Body], **choice: Any) -> Behaviour:
    """Put the words of the answer where an endpoint puts them."""

    def edit(completion: Body) -> Body:
        (first,) = completion["choices"]
        message = {"role": "assistant", "content": None, **place(first["message"]["content"])}
        return {**completion, "choices": [{**first, "message": message, **choice}]}

    return b.edited(edit)


def halves(words: str) -> list[Body]:
    return [text(words[: len(words) // 2]), text(words[len(words) // 2 :])]


def as_thought(words: str) -> list[Body]:
    return [{"type": "thinking", "thinking": [text(THOUGHT)]}, text(words)]


def tool_use(words: str) -> Body:
    return {"type": "tool_use", "id": "t", "name": "Annotations", "input": json.loads(words)}


READ: dict[str, Callable[[str], Body]] = {
    "OpenAI": lambda words: {"content": words, "refusal": None, "annotations": []},
    "a part": lambda words: {"content": [text(words)]},
    "parts": lambda words: {"content": halves(words)},
    "bare parts": lambda words: {"content": [part["text"] for part in halves(words)]},
    "output text": lambda words: {"content": [{"type": "output_text", "text": words}]},
    "one part": lambda words: {"content": text(words)},
    "Mistral": lambda words: {"content": as_thought(words)},
    "Anthropic": lambda words: {"content": [{"type": "thinking", "thinking": "?"}, text(words)]},
    "Anthropic, redacted": lambda words: {
        "content": [{"type": "redacted_thinking", "data": "eA"}, text(words)]
    },
    "Anthropic, tools": lambda words: {"content": [text("I note:"), tool_use(words)]},
    "parsed": lambda words: {"content": json.loads(words)},
    "DeepSeek": lambda words: {"content": words, "reasoning_content": THOUGHT},
    "OpenRouter": lambda words: {
        "content": words,
        "reasoning": THOUGHT,
        "reasoning_details": [{"type": "reasoning.text", "text": THOUGHT}],
    },
    "Ollama": lambda words: {"content": words, "thinking": THOUGHT},
    # What a server took for thoughts is the answer, where it is nothing but the answer.
    "vLLM": lambda words: {"content": None, "reasoning_content": words},
    "vLLM, later": lambda words: {"content": None, "reasoning": f"\n{words}\n"},
    "LM Studio": lambda words: {"content": "", "reasoning_content": words, "tool_calls": []},
    "parts of thought": lambda words: {"content": [{"type": "thinking", "thinking": words}]},
    "function call": lambda words: {"function_call": {"name": "Annotations", "arguments": words}},
}


@pytest.mark.parametrize("where", READ)
def test_the_words_are_read_wherever_they_stand(place: Place, where: str) -> None:
    run, entry, asked = read(place, put(READ[where]), price=(1.0, 10.0))
    assert (entry.status, entry.requests, len(asked)) == ("ok", 1, 1)
    assert quotes(run) == ["Search was slow.", "It was caused by load."]


def test_the_words_of_older_completions_are_read(place: Place) -> None:
    def edit(completion: Body) -> Body:
        words = completion["choices"][0]["message"]["content"]
        return {**completion, "choices": [{"text": words, "finish_reason": "stop"}]}

    run, entry, _ = read(place, b.edited(edit))
    assert (entry.status, len(quotes(run))) == ("ok", 2)


ELSEWHERE: dict[str, Callable[[str], Body]] = {
    "reasoning_content": lambda words: {"content": "", "reasoning_content": THOUGHT},
    "reasoning": lambda words: {"reasoning": f"{THOUGHT} Maybe {words}? Or not."},
    "thinking": lambda words: {"content": " ", "thinking": THOUGHT + words},
    "reasoning_details": lambda words: {"reasoning_details": [{"summary": THOUGHT}]},
    "content": lambda words: {"content": as_thought(words)[:1]},
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_words_that_are_thoughts_alone_are_named_and_not_paid_twice(
    place: Place, where: str
) -> None:
    run, entry, asked = read(place, put(ELSEWHERE[where]), price=(1.0, 10.0))
    assert (entry.status, len(asked), quotes(run)) == ("failed", 1, [])
    assert f"all words came as thoughts (in {where})" in entry.note
    assert THOUGHT not in entry.note
    _, again, asked = read(place, put(ELSEWHERE[where]), out="again")
    assert again.status == "failed"


def test_thoughts_that_fill_the_limit_are_told_from_a_long_answer(place: Place) -> None:
    thinking = put(lambda _: {"content": "", "reasoning_content": THOUGHT}, finish_reason="length")
    _, entry, asked = read(place, thinking, text="Search was slow.")
    assert entry.status == "truncated"
    assert "which reasoning used up" in entry.note
    inline = put(lambda _: {"content": "<think>" + THOUGHT}, finish_reason="length")
    _, entry, asked = read(place, inline, text="Search was slow.", out="inline")
    assert "which reasoning used up" in entry.note
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("message", "content", "thoughts"),
    [
        ({"content": "", "reasoning_content": "abc"}, "", "abc"),
        ({"content": "<think>abc"}, "", "<think>abc"),
        ({"content": '{"annotations": [', "reasoning": "abc"}, '{"annotations": [', "abc"),
    ],
)
def test_of_what_was_cut_words_and_thoughts_stand_apart(
    message: Body, content: str, thoughts: str
) -> None:
    parsed = parse({"choices": [{"message": message, "finish_reason": "length"}]})
    assert (parsed.kind, parsed.content, parsed.thoughts) == ("truncated", content, thoughts)


@pytest.mark.parametrize("calls", [None, [], {}, "x", [None], [{"function": []}], [[]]])
@pytest.mark.parametrize(
    "content", [None, 7, [], [None, 7, []], {}, {"type": {}}, [[[[["deep"]]]]]]
)
def test_no_shape_raises(content: Any, calls: Any) -> None:
    for name in ("reasoning", "refusal", "reasoning_details", "function_call"):
        said({"message": {"content": content, "tool_calls": calls, name: content}})


def test_a_part_may_refuse(place: Place) -> None:
    part = {"type": "refusal", "refusal": "No."}
    _, entry, asked = read(place, put(lambda _: {"content": [part]}))
    assert (entry.status, len(asked)) == ("refused", 1)
