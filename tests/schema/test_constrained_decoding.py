"""Replies through the JSON schema on the wire, and through an engine that constrains decoding.

llguidance compiles the schema as several servers do; what it accepts, a model so constrained could
write.
"""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from llguidance import LLMatcher, LLTokenizer

from annotate.errors import InvalidAnnotation
from annotate.schema.categories import Schema
from schemas.incident_report import SCHEMA as INCIDENTS
from schemas.privacy_policy import SCHEMA as PRIVACY_POLICY
from tests.support.replies import annotations_of, replies
from tests.support.strict_rules import Node

SCHEMAS = [
    pytest.param(PRIVACY_POLICY, id="privacy_policy"),
    pytest.param(INCIDENTS, id="incident_report"),
]

# Replies, made from the categories alone.

VALIDATORS = {
    schema.name: Draft202012Validator(schema.json_schema) for schema in (PRIVACY_POLICY, INCIDENTS)
}

# Every category is tried, so that half the examples of each will do; engines start slowly.
CHECKED = settings(max_examples=settings().max_examples // 2)

EACH_CATEGORY = [
    pytest.param(schema, tag, id=f"{schema.name}.{tag}")
    for schema in (PRIVACY_POLICY, INCIDENTS)
    for tag in schema.categories
]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_schema_on_the_wire_is_a_json_schema(schema: Schema) -> None:
    Draft202012Validator.check_schema(schema.json_schema)


@pytest.mark.parametrize(("schema", "tag"), EACH_CATEGORY)
@CHECKED
@given(data=st.data())
def test_whatever_the_categories_accept_validates_on_the_wire(
    schema: Schema, tag: str, data: st.DataObject
) -> None:
    reply = {"annotations": [data.draw(annotations_of(schema, tag))]}
    VALIDATORS[schema.name].validate(reply)
    read = schema.reply_model.model_validate(reply).model_dump(mode="json")
    VALIDATORS[schema.name].validate(read)


# The same through an engine that constrains decoding.
TOKENIZER = LLTokenizer("byte")


class Engine:
    """A grammar compiled from a schema: says whether a model so constrained could write a text."""

    def __init__(self, schema: Schema) -> None:
        grammar = LLMatcher.grammar_from_json_schema(schema.json_schema)
        self._start = LLMatcher(TOKENIZER, grammar)
        self.complaints = [self._start.get_error(), *self._start.get_grammar_warnings()]

    def accepts(self, text: str) -> bool:
        """Say whether a text is a whole answer, token by token."""
        state = self._start.deep_copy()
        tokens = TOKENIZER.tokenize_bytes(text.encode())
        return state.try_consume_tokens(tokens) == len(tokens) and state.is_accepting()


ENGINES = {schema.name: Engine(schema) for schema in (PRIVACY_POLICY, INCIDENTS)}


def written(value: object) -> Iterator[str]:
    """Yield the ways in which servers let a model write JSON: spaced, compact, laid out.

    Characters stand for themselves: the engine lets an escape through only where JSON needs one.
    """
    yield json.dumps(value, ensure_ascii=False)
    yield json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    yield json.dumps(value, ensure_ascii=False, indent=2)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_engine_compiles_the_schema_without_a_warning(schema: Schema) -> None:
    assert ENGINES[schema.name].complaints == [""]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_engine_accepts_an_empty_reply_and_no_less(schema: Schema) -> None:
    engine = ENGINES[schema.name]
    assert engine.accepts('{"annotations": []}')
    for text in ("", "{}", "[]", "null", '{"annotations": []', '{"annotations": null}'):
        assert not engine.accepts(text)


@pytest.mark.parametrize(("schema", "tag"), EACH_CATEGORY)
@CHECKED
@given(data=st.data())
def test_the_engine_accepts_whatever_a_category_accepts(
    schema: Schema, tag: str, data: st.DataObject
) -> None:
    reply = {"annotations": [data.draw(annotations_of(schema, tag))]}
    assert all(ENGINES[schema.name].accepts(text) for text in written(reply))


@pytest.mark.parametrize("schema", SCHEMAS)
@CHECKED
@given(data=st.data())
def test_the_engine_accepts_several_categories_in_one_reply(
    schema: Schema, data: st.DataObject
) -> None:
    assert all(ENGINES[schema.name].accepts(text) for text in written(data.draw(replies(schema))))


@pytest.mark.parametrize(("schema", "tag"), EACH_CATEGORY)
@CHECKED
@given(data=st.data())
def test_engine_and_validator_refuse_a_missing_and_an_extra_attribute(
    schema: Schema, tag: str, data: st.DataObject
) -> None:
    item = data.draw(annotations_of(schema, tag))
    lost = data.draw(st.sampled_from(list(item)))
    for wrong in ({k: v for k, v in item.items() if k != lost}, {**item, "note": "x"}):
        reply = {"annotations": [wrong]}
        assert not any(ENGINES[schema.name].accepts(text) for text in written(reply))
        assert not VALIDATORS[schema.name].is_valid(reply)


RETENTION: Node = {
    "category": "retention",
    "quote": "We keep logs for 90 days.",
    "periods": ["stated"],
    "duration": "P90D",
    "data_types": ["usage"],
}

CONTACT: Node = {
    "category": "contact",
    "quote": "Write to us.",
    "channels": [],
    "value": None,
    "officer": "company",
}

AUDIENCE: Node = {
    "category": "audience",
    "quote": "Nobody under 16.",
    "audience": "children",
    "provisions": ["not_directed"],
    "minimum_age": 16,
}

IMPACT: Node = {
    "category": "impact",
    "quote": "Mail was slow in Austria for two hours.",
    "effects": ["slow"],
    "countries": ["AT"],
    "duration": "PT2H",
    "customers_named": False,
    "polarity": "affirmed",
}

WRONG: list[tuple[Schema, Node, Node]] = [
    (PRIVACY_POLICY, RETENTION, {"category": "weather"}),
    (PRIVACY_POLICY, RETENTION, {"category": "Retention"}),
    (PRIVACY_POLICY, RETENTION, {"category": "security"}),
    (PRIVACY_POLICY, RETENTION, {"quote": None}),
    (PRIVACY_POLICY, RETENTION, {"periods": []}),
    (PRIVACY_POLICY, RETENTION, {"periods": ["forever"]}),
    (PRIVACY_POLICY, RETENTION, {"periods": "stated"}),
    (PRIVACY_POLICY, RETENTION, {"periods": None}),
    (PRIVACY_POLICY, RETENTION, {"data_types": ["usage", 3]}),
    (PRIVACY_POLICY, RETENTION, {"duration": "90 days"}),
    (PRIVACY_POLICY, RETENTION, {"duration": "P90D or so"}),
    (PRIVACY_POLICY, RETENTION, {"duration": "P1D1Y"}),
    (PRIVACY_POLICY, RETENTION, {"duration": 90}),
    (PRIVACY_POLICY, RETENTION, {"duration": ["P90D"]}),
    (PRIVACY_POLICY, CONTACT, {"officer": None}),
    (PRIVACY_POLICY, CONTACT, {"officer": "Jane"}),
    (PRIVACY_POLICY, CONTACT, {"value": 5}),
    (PRIVACY_POLICY, AUDIENCE, {"minimum_age": "16"}),
    (PRIVACY_POLICY, AUDIENCE, {"minimum_age": 16.5}),
    (PRIVACY_POLICY, AUDIENCE, {"minimum_age": -1}),
    (PRIVACY_POLICY, AUDIENCE, {"minimum_age": 1000}),
    (INCIDENTS, IMPACT, {"category": "retention"}),
    (INCIDENTS, IMPACT, {"customers_named": "no"}),
    (INCIDENTS, IMPACT, {"customers_named": 0}),
    (INCIDENTS, IMPACT, {"countries": ["Austria"]}),
    (INCIDENTS, IMPACT, {"countries": ["at"]}),
    (INCIDENTS, IMPACT, {"effects": [None]}),
]


@pytest.mark.parametrize(("schema", "item", "change"), WRONG)
def test_engine_and_validator_refuse_what_the_schema_does_not_say(
    schema: Schema, item: Node, change: Node
) -> None:
    engine, validator = ENGINES[schema.name], VALIDATORS[schema.name]
    assert engine.accepts(json.dumps({"annotations": [item]}))
    assert validator.is_valid({"annotations": [item]})
    wrong = {"annotations": [item | change]}
    assert not engine.accepts(json.dumps(wrong))
    assert not validator.is_valid(wrong)


def test_the_engine_holds_a_model_to_the_order_of_the_schema() -> None:
    turned_round = {"annotations": [dict(reversed(RETENTION.items()))]}
    assert VALIDATORS["privacy_policy"].is_valid(turned_round)
    assert not ENGINES["privacy_policy"].accepts(json.dumps(turned_round))


# The wire is wider than the categories: these come through it and are asked again.
WIDER: list[tuple[Schema, Node, Node]] = [
    (PRIVACY_POLICY, RETENTION, {"periods": ["stated", "unspecified"]}),
    (PRIVACY_POLICY, RETENTION, {"periods": ["as_needed"]}),
    (PRIVACY_POLICY, RETENTION, {"data_types": ["generic", "usage"]}),
    (PRIVACY_POLICY, RETENTION, {"duration": "P"}),
    (PRIVACY_POLICY, RETENTION, {"duration": "PT"}),
    (INCIDENTS, IMPACT, {"countries": ["UK"]}),
]


@pytest.mark.parametrize(("schema", "item", "change"), WIDER)
def test_what_no_grammar_says_is_left_to_the_categories(
    schema: Schema, item: Node, change: Node
) -> None:
    wider = item | change
    assert ENGINES[schema.name].accepts(json.dumps({"annotations": [wider]}))
    with pytest.raises(InvalidAnnotation):
        schema.parse({name: value for name, value in wider.items() if name != "quote"})
