"""Words of the model that are changed on their way."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from annotate.testing import Answer, Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour, Body
from tests.support.wire import (
    ANNOTATION,
    VALUE,
    ask,
    words,
)


@pytest.mark.parametrize("behaviour", [b.malformed, b.words_cut(0.7), b.raw_newlines, b.fenced])
def test_words_that_are_no_json(behaviour: Behaviour) -> None:
    text = words(behaviour)
    with pytest.raises(ValueError, match="line 1"):
        json.loads(text)


def test_raw_newlines_are_all_that_is_wrong_with_their_json() -> None:
    text = words(b.raw_newlines)
    (annotation,) = json.loads(text, strict=False)["annotations"]
    assert annotation["quote"] == "We\nkeep it."


def test_fences_and_thoughts_stand_around_the_json() -> None:
    assert words(b.fenced) == f"```json\n{json.dumps(VALUE)}\n```"
    text = words(b.thinking("Hm {"))
    assert text == f"<think>\nHm {{\n</think>\n\n{json.dumps(VALUE)}"
    assert words(b.fenced, b.thinking()).endswith("```")
    assert words(b.saying("plain")) == "plain"


def test_duplicate_keys_name_each_key_twice() -> None:
    pairs: list[list[tuple[str, Any]]] = []
    json.loads(words(b.duplicate_keys), object_pairs_hook=lambda found: pairs.append(found))
    names = list(ANNOTATION)
    assert [name for name, _ in pairs[0]] == names + names
    assert [value for _, value in pairs[0]] == [None] * len(names) + list(ANNOTATION.values())


def first(*behaviours: Behaviour) -> Body:
    annotation = json.loads(words(*behaviours))["annotations"][0]
    assert isinstance(annotation, dict)
    return annotation


def test_changes_of_the_first_annotation() -> None:
    assert first(b.wrong_types) == {"category": 0, "quote": 0, "sure": "a text"}
    assert first(b.extra_keys) == {**ANNOTATION, "unasked": "really"}
    assert math.isnan(first(b.not_a_number("score"))["score"])
    assert "NaN" in words(b.not_a_number("score"))
    assert first(b.without_keys("quote", "absent")) == {"category": "x", "sure": True}
    assert first(b.breaks_schema) == {}
    assert first(b.changed(lambda found: found.clear())) == {}
    assert VALUE == {"annotations": [{"category": "x", "quote": "We keep it.", "sure": True}]}


def test_invented_quotes_stand_in_every_annotation() -> None:
    with Server(lambda _: {"annotations": [{}, {"quote": "a"}]}, Rule(b.invented_quotes())) as s:
        _, body = ask(s)
    found = json.loads(body["choices"][0]["message"]["content"])["annotations"]
    assert found == [{"quote": "This sentence stands nowhere."}] * 2


def test_an_empty_answer_can_break_a_schema() -> None:
    assert Answer().but(b.breaks_schema).said == {"annotations": [{}]}
    assert Answer({"a": 1}).but(b.breaks_schema).said == {}
