"""What is nearly in the form asked for is read at once where no value has to be guessed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.words import read_annotations
from annotate.testing import Server
from tests.support.endpoints import Body, Place, document, quotes, statuses, truthful
from tests.support.work import steps

ITEM = {"category": "cause", "quote": "A deploy broke it.", "triggers": ["deployment"]}
ANSWER = {"annotations": [ITEM, {**ITEM, "certainty": None, "count": 3, "sure": True}]}
TEXT = json.dumps(ANSWER)


def python(value: Any) -> str:
    return repr(value)


def single(value: Any) -> str:
    """Write JSON with every string in single quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{single(k)}: {single(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(single, value)) + "]"
    if isinstance(value, str):
        return "'" + json.dumps(value)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
    return json.dumps(value)


def trailing(value: Any) -> str:
    """Write JSON with a comma and a comment behind every element."""
    if isinstance(value, dict):
        return "{" + "".join(f"{json.dumps(k)}: {trailing(v)}, " for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + "".join(f"{trailing(v)}, // one more: {{}}\n" for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def bare_keys(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {bare_keys(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(bare_keys, value)) + "]"
    return json.dumps(value)


def call(value: Any, **arguments: Any) -> Any:
    return {"name": "Annotations", **(arguments or {"arguments": value})}


NEAR: dict[str, Callable[[Any], str]] = {
    # Around the value.
    "prose in front": lambda v: f"Here is the JSON you asked for: {json.dumps(v)}",
    "prose behind": lambda v: f"{json.dumps(v)}\n\nLet me know if {{anything}} is [1] missing.",
    "a heading": lambda v: f"**Answer**\n\n{json.dumps(v, indent=1)}\n\n---",
    "a byte-order mark": lambda v: f"\ufeff{json.dumps(v)}",
    "ChatML": lambda v: f"<|im_start|>assistant\n{json.dumps(v)}<|im_end|>",
    "Llama": lambda v: f"<s>{json.dumps(v)}</s>",
    "Llama 3": lambda v: f"{json.dumps(v)}<|eot_id|><|end_of_text|>",
    "Gemma": lambda v: f"{json.dumps(v)}<end_of_turn>\n<eos>",
    "DeepSeek": lambda v: f"{json.dumps(v)}<\uff5cend▁of▁sentence\uff5c>",
    "an answer tag": lambda v: f"<answer>\n{json.dumps(v)}\n</answer>",
    "an open fence": lambda v: f"```json\n{json.dumps(v)}",
    "a closed fence": lambda v: f"{json.dumps(v)}\n```",
    "a fence in prose": lambda v: f"Sure: ```json {json.dumps(v)} ``` as asked.",
    "brackets too many": lambda v: f"{json.dumps(v)}}}]",
    "without the first bracket": lambda v: json.dumps(v)[1:],
    # Thoughts.
    "Mistral's thoughts": lambda v: f'[THINK]Or {{"annotations": []}}?[/THINK]{json.dumps(v)}',
    "Seed's thoughts": lambda v: f"<seed:think>Hm.</seed:think>{json.dumps(v)}",
    "Kimi's thoughts": lambda v: f"◁think▷Hm.◁/think▷{json.dumps(v)}",
    "Cohere's thoughts": lambda v: f"<|START_THINKING|>a<|END_THINKING|>{json.dumps(v)}",
    "gpt-oss's channels": lambda v: (
        "<|channel|>analysis<|message|>Two {causes}.<|end|><|start|>assistant"
        f"<|channel|>final <|constrain|>json<|message|>{json.dumps(v)}<|return|>"
    ),
    "reasoning and prose": lambda v: f"<reasoning>a</reasoning>\nHere: {json.dumps(v)}.",
    # Other notations.
    "trailing commas and comments": trailing,
    "block comments": lambda v: (
        "{ # a\n" + json.dumps(v, separators=(", /* { */ ", ": ")).removeprefix("{")
    ),
    "Python": python,
    "single quotes": single,
    "keys without quotes": bare_keys,
    # Around the object.
    "a list of one": lambda v: json.dumps([v]),
    "under a key": lambda v: json.dumps({"result": v}),
    "under keys": lambda v: json.dumps({"output": {"json": [v]}}),
    "twice under its key": lambda v: json.dumps({"annotations": v}),
    "in a string": lambda v: json.dumps(json.dumps(v)),
    "the list in a string": lambda v: json.dumps({"annotations": json.dumps(v["annotations"])}),
    "the list alone": lambda v: json.dumps(v["annotations"]),
    "the list under another key": lambda v: json.dumps({"items": v["annotations"]}),
    "another case": lambda v: json.dumps({"Annotations": v["annotations"]}),
    "empty values beside": lambda v: json.dumps({**v, "notes": "", "errors": [], "x": None}),
    "a call in words": lambda v: f"<tool_call>\n{json.dumps(call(v))}\n</tool_call>",
    "Mistral's call in words": lambda v: f"[TOOL_CALLS][{json.dumps(call(v))}]",
    "Llama's call in words": lambda v: json.dumps(call(v, parameters=v)),
    "OpenAI's call in words": lambda v: json.dumps({"type": "function", "function": call(v)}),
    "calls in words": lambda v: json.dumps(
        [call({"annotations": [each]}) for each in v["annotations"]] + [call({"annotations": []})]
    ),
}


@pytest.mark.parametrize("form", NEAR)
def test_what_needs_no_guess_is_read(form: str) -> None:
    assert read_annotations(NEAR[form](ANSWER)) == (ANSWER["annotations"], "")


def test_one_annotation_alone_is_read() -> None:
    assert read_annotations(json.dumps(ITEM)) == ([ITEM], "")
    assert read_annotations(f"I found: {single(ITEM)}") == ([ITEM], "")


@pytest.mark.parametrize(
    "words",
    [
        # Something is missing, or there is too much of it.
        TEXT[:-1],
        TEXT[:-2],
        TEXT.replace('"quote"', "'quote"),
        TEXT.replace("}, {", "} {"),
        TEXT.replace("}, {", "}, , {"),
        TEXT.replace("[{", "[, {"),
        TEXT.replace("}]", "}, ...]"),
        TEXT.replace("}]", "})"),
        TEXT + ", " + TEXT,
        f"First {json.dumps(ITEM)}, then {json.dumps(ITEM)}.",
        f"{json.dumps(ITEM)}\n{json.dumps(ITEM)}",
        f'{TEXT}, "more": 1}}',
        f'"summary": 1, {TEXT}',
        # A value would have to be guessed.
        TEXT.replace('"deployment"', "deployment"),
        TEXT.replace('"deployment"', "“deployment”"),
        TEXT.replace('"deployment"', '"a" "b"'),
        TEXT.replace('"deployment"', "NaN"),
        TEXT.replace(" 3", " 3,5"),
        TEXT.replace(" 3", " 0x3"),
        TEXT.replace(" 3", " +3"),
        TEXT.replace("A deploy", "A \\deploy"),
        TEXT.replace("A deploy", 'A "deploy"'),
        "{'annotations': [{'category': 'cause', 'quote': 'It's down.'}]}",
        # Nothing, in a form that may mean something else.
        "[]",
        "{}",
        "[{}]",
        "[[]]",
        '{"result": []}',
        '{"annotations": {}}',
        '{"annotations": null}',
        '{"annotations": ""}',
        '{"annotations": [], "more": true}',
        '{"annotations": [], "Annotations": []}',
        "There are no annotations.",
        "None",
        '""',
    ],
)
def test_what_needs_a_guess_is_sent_back(words: str) -> None:
    items, problem = read_annotations(words)
    assert items is None
    assert problem


@pytest.mark.parametrize(
    "quote",
    ["</think>{'annotations': []}", "</think>[{", '{"annotations": []}', "// no", "a,}", "it's \\"],
)
@pytest.mark.parametrize("form", ["prose in front", "single quotes", "Python", "a call in words"])
def test_a_quote_of_the_document_is_never_read_as_an_answer(quote: str, form: str) -> None:
    answer = {"annotations": [{**ITEM, "quote": quote}]}
    items, _ = read_annotations(NEAR[form](answer))
    assert items in (None, answer["annotations"])


# ---- No value is changed ----

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=12)
    | st.text("'\"\\,{}[]#/*:<>think \n", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab_", min_size=1), inner),
    max_leaves=6,
)  # fmt: skip
ITEMS = st.lists(
    st.fixed_dictionaries({"category": st.text("ab"), "quote": st.text()}, optional={"x": VALUES}),
    min_size=1,
    max_size=3,
)


@given(ITEMS, st.sampled_from(sorted(NEAR)))
def test_what_is_read_is_what_was_said(items: list[Any], form: str) -> None:
    found, _ = read_annotations(NEAR[form]({"annotations": items}))
    assert found is None or found == items


def leaves(value: Any) -> Iterator[str]:
    inner = value.items() if isinstance(value, dict) else ()
    for each in [*value] if isinstance(value, list) else [part for pair in inner for part in pair]:
        yield from leaves(each)
    if isinstance(value, str):
        yield value


@given(
    st.sampled_from(sorted(NEAR)),
    st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(list("'\"\\,{}[]#/* :xn"))), max_size=4
    ),
)
def test_every_string_that_is_read_stands_in_the_words(
    form: str, slips: list[tuple[int, str]]
) -> None:
    words = NEAR[form](ANSWER)
    for place, sign in slips:
        words = words[:place] + sign + words[place + 1 :]
    found, _ = read_annotations(words)
    plain = words.replace("\\", "")
    for each in leaves(found or []):
        # As JSON writes it: a slip may make an escape of a letter, as in "\\riggers".
        assert json.dumps(each, ensure_ascii=False)[1:-1].replace("\\", "") in plain


@pytest.mark.parametrize(
    "piece",
    ['{"a": ', "{'", "[", "{a:", "/*", "//", "#", "\\'", "'", "},", "<|a|>", '["x",', " ,]"],
)
def test_the_work_grows_with_the_words_and_no_faster(piece: str) -> None:
    few, many = (steps(read_annotations, '{"a": [' + piece * count) for count in (500, 2_000))
    assert many <= 4.2 * few + 200
    read_annotations('{"a": [' + piece * (390_000 // len(piece)))


# ---- In runs ----


@pytest.mark.parametrize("mode", ["json", "tools"])
def test_no_form_is_paid_for_twice(place: Place, mode: str) -> None:
    forms = sorted(NEAR)
    texts = [
        f"Search {number} was slow. {number} was caused by load." for number in range(len(forms))
    ]

    def respond(body: Body) -> str:
        number = int(document(body).split()[1])
        return NEAR[forms[number]](truthful(body))

    with Server(respond) as server:
        run = place.run(server, place.write(*texts), mode=mode, price=(1.0, 10.0))
        asked = len(server.chats)
    ended = dict(zip(forms, statuses(run), strict=True))
    assert ended == dict.fromkeys(forms, "ok")
    assert asked == len(forms)
    assert len(quotes(run)) == 2 * len(forms)
