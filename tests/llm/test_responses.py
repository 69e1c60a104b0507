"""Whatever an endpoint answers ends as one of a few kinds, and nothing it answers raises."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.responses import parse
from annotate.llm.usage import read_usage
from tests.support.work import steps

ITEM = {"category": "cause", "quote": "A deploy broke it.", "triggers": ["deployment"]}
ANSWER = {"annotations": [ITEM]}
TEXT = json.dumps(ANSWER)


def reply(content: Any = TEXT, *, finish: Any = "stop", **message: Any) -> dict[str, Any]:
    return {
        "choices": [
            {"message": {"role": "assistant", "content": content, **message}}
            | {"finish_reason": finish}
        ]
    }


def called(arguments: Any, **call: Any) -> dict[str, Any]:
    function = {"name": "Annotations", "arguments": arguments}
    return reply(None, tool_calls=[{"id": "call_1", "function": function, **call}])


def beside(arguments: str, content: str | None, *more: str) -> dict[str, Any]:
    """Return a reply with tool calls beside its text."""
    calls = [
        {"id": f"call_{number}", "function": {"name": "Annotations", "arguments": each}}
        for number, each in enumerate((arguments, *more), start=1)
    ]
    return reply(content, tool_calls=calls)


# ---- Answers ----


@pytest.mark.parametrize(
    "answer",
    [
        reply(),
        reply(f"\n\n {TEXT} \n"),
        reply(TEXT, finish=None),
        reply(TEXT, refusal=None),
        reply(TEXT, refusal=""),
        reply(f"```json\n{TEXT}\n```"),
        reply(f"```\r\n{TEXT}\r\n```\r\n"),
        reply(f"```JSON\n{json.dumps(ANSWER, indent=2)}\n```"),
        reply(f"Here it is:\n```json\n{TEXT}\n```\nAnything else?"),
        reply(f"```json\n{TEXT}\n```\nOnce more:\n```json\n {TEXT}\n```"),
        reply(f"It says:\n```text\nA deploy broke it.\n```\nSo:\n```json\n{TEXT}\n```"),
        reply(f"```json\n{TEXT}\n```\nSaid in:\n```text\nA deploy broke it.\n```"),
        reply(f"<think>\nLet me read {{this}} first.\n</think>\n\n{TEXT}"),
        reply(f'<think>{{"annotations": []}}</think>{TEXT}'),
        reply(f"<THINKING>a</THINKING>\n<think>b</think>{TEXT}"),
        reply(f"<think>a</think>\n```json\n{TEXT}\n```"),
        reply(f"The first tag was kept by the endpoint.\n</think>\n{TEXT}"),
        called(TEXT),
        called(ANSWER),
        called(f"```json\n{TEXT}\n```"),
        beside(TEXT, f"I call it with\n```json\n{TEXT}\n```"),
        beside(TEXT, "I call {it} now."),
        {**reply(), "error": None, "unknown": [1]},
        {"choices": [reply()["choices"][0], {"message": {"content": "another"}}]},
    ],
)
def test_an_answer_is_parse(answer: Any) -> None:
    parsed = parse(answer)
    assert (parsed.kind, parsed.problem) == ("answer", "")
    assert list(parsed.items) == [ITEM]
    assert parsed.content.strip()


def test_an_empty_list_is_an_answer() -> None:
    assert parse(reply('{"annotations": []}')).kind == "answer"


def test_raw_line_ends_in_strings_are_read_as_they_stand() -> None:
    (item,) = parse(reply('{"annotations": [{"quote": "one\ntwo\r\nthree\tfour"}]}')).items
    assert item == {"quote": "one\ntwo\r\nthree\tfour"}


@pytest.mark.parametrize(
    "quote",
    [
        "We use <think>tags</think> here.",
        "See </think> there.",
        "Type ```json and {{ more }}.",
        "```json\nfenced\n```",
        "{% raw %}",
        "a\\ud83d\\ude00b",
    ],
)
def test_a_quote_is_never_changed(quote: str) -> None:
    words = json.dumps({"annotations": [{"quote": quote}]})
    for each in (reply(words), called(words), reply(f"<think>x</think>{words}")):
        assert parse(each).items == ({"quote": quote},)


def test_the_id_of_a_tool_call_is_kept_for_a_repair() -> None:
    assert parse(called("{}")).tool_call == "call_1"
    assert parse(called("")).tool_call == "call_1"
    assert parse(called(TEXT, id=None)).tool_call == "call"
    assert parse(reply()).tool_call == ""


# ---- Several values ----

OTHER = json.dumps({"annotations": [{**ITEM, "quote": "We rolled back."}]})


def test_all_tool_calls_of_an_answer_are_read() -> None:
    parsed = parse(beside(TEXT, None, '{"annotations": []}', OTHER))
    assert [item["quote"] for item in parsed.items] == [ITEM["quote"], "We rolled back."]
    # A repair shows them as one call, which has one result.
    assert json.loads(parsed.content) == {"annotations": list(parsed.items)}
    assert parsed.tool_call == "call_1"
    assert parse(beside('{"annotations": []}', None, TEXT)).items == (ITEM,)


@pytest.mark.parametrize("other", ["", "{}", TEXT[:-1], '{"annotations": 1}'])
def test_a_tool_call_that_cannot_be_read_is_not_passed_over(other: str) -> None:
    for each in (beside(TEXT, None, other), beside(other, None, TEXT)):
        assert (parse(each).kind, parse(each).items) == ("malformed", ())


def test_an_answer_beside_a_tool_call_is_one_too_many() -> None:
    parsed = parse(beside(TEXT, OTHER))
    assert (parsed.kind, "several JSON values" in parsed.problem) == ("malformed", True)


# ---- Everything else ----

DEEP = '{"annotations": ' + "[" * 200 + "]" * 200 + "}"
DEEPER = '{"annotations": ' + "[" * 200_000 + "]" * 200_000 + "}"


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (None, "malformed", "without a choice"),
        ("", "malformed", "without a choice"),
        ("<!doctype html><h1>Welcome</h1>", "malformed", "without a choice"),
        ([], "malformed", "without a choice"),
        (7, "malformed", "without a choice"),
        ({}, "malformed", "without a choice"),
        ({"choices": None}, "malformed", "without a choice"),
        ({"choices": []}, "malformed", "without a choice"),
        ({"choices": {}}, "malformed", "without a choice"),
        ({"choices": ["x"]}, "malformed", "without a choice"),
        ({"choices": [{}]}, "malformed", "empty"),
        ({"choices": [{"message": None}]}, "malformed", "empty"),
        ({"choices": [{"message": "x", "finish_reason": {}}]}, "malformed", "empty"),
        (reply(None), "malformed", "empty"),
        (reply(" \n"), "malformed", "empty"),
        (reply([{"type": "image_url"}]), "malformed", "empty"),
        (reply(None, tool_calls=[]), "malformed", "empty"),
        (reply(None, tool_calls=[None]), "malformed", "empty"),
        (reply(None, tool_calls=[{"function": None}]), "malformed", "empty"),
        (called(None), "malformed", "empty"),
        (called(["x"]), "malformed", "empty"),
        (reply(None, refusal="I will not."), "refused", "the model refused"),
        (reply(TEXT, refusal="I will not."), "refused", "the model refused"),
        (reply("", finish="content_filter"), "refused", "content filter"),
        (reply(TEXT[:20], finish="content_filter"), "refused", "content filter"),
        (reply(TEXT[:20], finish="length"), "truncated", "token limit"),
        (reply(TEXT, finish="length"), "truncated", "token limit"),
        (reply(None, finish="length"), "truncated", "token limit"),
        (reply("I'm sorry, but I can't."), "malformed", "no valid JSON (character 0)"),
        (reply(TEXT[:-1]), "malformed", "no valid JSON (character"),
        (reply(TEXT + "\nThat is all." + TEXT), "malformed", "no valid JSON (character"),
        (reply(f"```json\n{TEXT[:-1]}"), "malformed", "no valid JSON"),
        (reply("<think>and on and on"), "malformed", "thought without an end"),
        (reply("<think>a</think>"), "malformed", "no valid JSON"),
        (reply(TEXT.replace('"deployment"', "NaN")), "malformed", "no valid JSON"),
        (reply(TEXT.replace('"deployment"', "-Infinity")), "malformed", "no valid JSON"),
        (called({"annotations": [float("nan")]}), "malformed", "no valid JSON"),
        (reply('{"annotations": [], "annotations": []}'), "malformed", "the key annotations"),
        (reply('{"annotations": [{"a": 1, "a": 1}]}'), "malformed", "the key a stands twice"),
        (reply("[]"), "malformed", 'the form {"annotations"'),
        (reply(json.dumps([ITEM, 1])), "malformed", 'the form {"annotations"'),
        (reply('"text"'), "malformed", 'the form {"annotations"'),
        (reply("null"), "malformed", 'the form {"annotations"'),
        (reply("{}"), "malformed", 'the form {"annotations"'),
        (reply('{"annotations": {}}'), "malformed", 'the form {"annotations"'),
        (reply('{"annotations": [], "notes": "-"}'), "malformed", "other keys"),
        (reply('{"annotations": [1' + "0" * 5000 + "]}"), "malformed", "no valid JSON"),
        (reply(DEEP), "malformed", "nested too deeply"),
        (reply(DEEPER), "malformed", "longer than"),
        (called(json.loads(DEEP)), "malformed", "nested too deeply"),
        (reply('{"annotations": [{"quote": "half \\ud83d"}]}'), "malformed", "surrogate"),
        (reply('{"annotations": [{"quote": "half \\uDE00"}]}'), "malformed", "surrogate"),
    ],
)
def test_what_is_no_answer_ends_in_an_kind(answer: Any, kind: str, says: str) -> None:
    parsed = parse(answer)
    assert parsed.kind == kind
    assert says in parsed.problem
    assert parsed.items == ()


def test_a_problem_quotes_no_saidof_a_document() -> None:
    said = "We sell your data"
    for answer in (
        f'{{"{said}": 1, "{said}": 2}}',
        f'{{"annotations": [], "{said}": 2}}',
        f"{said}: {TEXT[:-1]}",
        f'["{said}"]',
    ):
        parsed = parse(reply(answer))
        assert parsed.kind == "malformed"
        assert said not in parsed.problem
        assert said in parsed.content  # a repair request shows the model its own words


def test_saidfor_a_repair_can_always_be_sent() -> None:
    for each in (reply("half \ud83d"), called("half \ud83d"), called("x", id="\ud83d")):
        parsed = parse(each)
        assert (parsed.content + parsed.tool_call).encode("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000_000,
        "```\n" + " " * 10_000_000,
        "```json\n" + "\n" * 5_000_000,
        "```\n" * 2_500_000,
        "<think>" * 1_400_000,
        "<think>" + "</think" * 1_400_000,
        "</think>" * 1_200_000,
        "{" * 10_000_000,
        '{"annotations": [' + '"x", ' * 2_000_000,
        '{"annotations": ["' + "x" * 10_000_000 + '"]}',
    ],
    ids=lambda words: f"{words[:12]!r}",
)
def test_ten_megabytes_are_read(words: str) -> None:
    assert parse(reply(words)).kind in ("answer", "malformed")


@pytest.mark.parametrize(
    "words",
    ["\n", "```\n", "<think>", "</think", "</think>", "{", '"x", ', "<think>{</think>"],
    ids=lambda words: f"{words!r}",
)
def test_the_work_grows_with_the_words_and_no_faster(words: str) -> None:
    few, many = (steps(parse, reply(words * count)) for count in (1_000, 4_000))
    assert many <= 4 * few + 100


# ---- Anything at all ----

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from([TEXT, "<think>", "</think>", "```", "length", '{"annotations": [{}]}']),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "choices message content refusal finish_reason tool_calls function arguments id "
                "usage prompt_tokens completion_tokens".split()
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_raises(value: Any) -> None:
    parse(value)
    read_usage(value)


@given(JSON, JSON, JSON, JSON)
def test_no_message_raises(content: Any, finish: Any, refusal: Any, calls: Any) -> None:
    parsed = parse(reply(content, finish=finish, refusal=refusal, tool_calls=calls))
    assert (parsed.kind == "answer") == (parsed.problem == "")


@given(st.text(st.characters()) | st.text('{}[]",:`<>/think \n0e-\\ud', max_size=60))
def test_no_saidraise(words: str) -> None:
    parse(reply(words)).content.encode()
    parse(called(words)).content.encode()
