"""What an endpoint sends is turned into values only as far as they fit into memory."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotate.grounding.ground import Rejected
from annotate.llm.extent import MOST_ANNOTATIONS, MOST_CHARACTERS, MOST_REPEATED, MOST_VALUES
from annotate.llm.repair import correction
from annotate.llm.responses import ParsedReply, parse
from annotate.llm.words import read_annotations
from tests.support.transports import completion


def answer(*items: object) -> str:
    return json.dumps({"annotations": items})


@pytest.mark.parametrize("inner", [{}, [], 1, "", None, [[]], {"a": {"b": 1}}])
def test_an_answer_holds_so_many_annotations_and_no_more(inner: Any) -> None:
    items, problem = read_annotations(answer(*[inner] * MOST_ANNOTATIONS))
    assert (len(items or ()), problem) == (MOST_ANNOTATIONS, "")
    items, problem = read_annotations(answer(*[inner] * (MOST_ANNOTATIONS + 1)))
    assert (items, problem) == (None, "the answer holds more than 1,000 annotations")


@pytest.mark.parametrize(
    "one", [[1] * MOST_VALUES, [[]] * MOST_VALUES, {str(n): n for n in range(MOST_VALUES)}]
)
def test_one_annotation_is_not_more_than_all_may_be(one: Any) -> None:
    assert read_annotations(answer(one))[0] is None


def test_brackets_in_a_quote_are_words() -> None:
    quote = "[{" * 9_000
    assert read_annotations(answer({"quote": quote})) == ([{"quote": quote}], "")


def test_words_without_an_end_are_not_read() -> None:
    long = answer("x" * MOST_CHARACTERS)
    assert read_annotations(long) == (None, "the answer is longer than 400,000 characters")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (completion("x" * (3 * MOST_REPEATED)), "malformed"),
        (completion("x" * (3 * MOST_REPEATED), finish="length"), "truncated"),
    ],
)
def test_of_what_cannot_be_read_the_beginning_is_kept(body: Any, kind: str) -> None:
    parsed = parse(body)
    assert (parsed.kind, len(parsed.content)) == (kind, MOST_REPEATED)


def test_the_id_of_a_call_is_short() -> None:
    call = {"id": "x" * 9999, "function": {"arguments": answer()}}
    body = {"choices": [{"message": {"tool_calls": [call]}, "finish_reason": "stop"}]}
    assert len(parse(body).tool_call) == 200


# ---- What goes back ----


def size(parsed: ParsedReply, *rejected: Rejected) -> int:
    return len(json.dumps(correction([], parsed, rejected, "").messages, ensure_ascii=False))


def rejected(item: Any, problem: str = "quote: missing") -> Rejected:
    return Rejected("invalid", item, (problem,), 0)


@pytest.mark.parametrize("call", ["", "call-1"])
def test_what_a_repair_sends_back_is_bounded(call: str) -> None:
    small = rejected({"quote": "x" * 1000})
    parsed = ParsedReply("answer", (), answer("x" * 350_000), tool_call=call)
    assert size(parsed, *[small] * 900) < 1.2 * MOST_REPEATED
    assert size(parsed, rejected("x" * 350_000, "y" * 350_000)) < 1.2 * MOST_REPEATED


def test_an_annotation_that_is_too_long_to_be_repeated_is_named_with_what_is_wrong() -> None:
    parsed = ParsedReply("answer", (), answer())
    said = str(correction([], parsed, [rejected("x" * 30_000), rejected({"a": 1})], "").messages)
    assert "(one of 30,002 characters)" in said
    assert said.count("quote: missing") == 2


def test_a_repair_of_an_ordinary_answer_is_as_it_always_was() -> None:
    """Its words belong to its key in the cache."""
    parsed = ParsedReply("answer", (), answer({"quote": "x"}))
    _, wanted = correction([], parsed, [rejected({"quote": "x"})], "").messages
    assert wanted["content"] == (
        'These annotations cannot be used:\n- {"quote": "x"}\n  quote: missing\n'
        "Answer in the same form with the corrected annotations alone, in this order. Leave out "
        "what the text does not state. All other annotations are kept."
    )
