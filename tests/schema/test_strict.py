"""The JSON schema on the wire against the written rules of strict structured output.

The rules are OpenAI's for `strict: true`, each with where it is written. DOCS is OpenAI's guide
"Structured Outputs", section "Supported schemas", as of February 2026; a public summary with the
same limits is jsonschemaprofiles.unitvectorylabs.com/schemas/openai. Where the guide is silent and
the service is not, the rule names a public report of the refusal.

A rule that could not fail would be worth nothing, so each one is shown a planted violation. Then
the schemas are compiled by llguidance, an engine that constrains decoding on several servers, and
replies are put through it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from llguidance import LLMatcher, LLTokenizer
from pydantic import BaseModel, Field, TypeAdapter

from annotate.errors import InvalidAnnotation
from annotate.schema.categories import Category, Schema, conflicts
from annotate.schema.strict import strict_schema
from annotate.schema.types import COUNTRY_CODES, Date, Duration
from schemas.privacy_policy import SCHEMA as PRIVACY_POLICY
from tests.projects.incidents.schemas.incidents import SCHEMA as INCIDENTS

Node = dict[str, Any]

SCHEMAS = [
    pytest.param(PRIVACY_POLICY, id="privacy_policy"),
    pytest.param(INCIDENTS, id="incidents"),
]

DOCS = "OpenAI, Structured Outputs, Supported schemas"
SUPPORTED = frozenset(
    """type properties required additionalProperties items enum const anyOf $ref $defs description
    pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems
    """.split()
)
FORMATS = frozenset("date-time time date duration email hostname ipv4 ipv6 uuid".split())


# The rules: each yields a sentence a violation.


def nodes(node: Node, place: str = "root") -> Iterator[tuple[str, Node]]:
    """Yield every schema inside a schema, itself first, with the place where it stands."""
    yield place, node
    for key in ("properties", "$defs"):
        for name, child in node.get(key, {}).items():
            yield from nodes(child, f"{place}.{key}.{name}")
    if "items" in node:
        yield from nodes(node["items"], f"{place}.items")
    for number, child in enumerate(node.get("anyOf", ())):
        yield from nodes(child, f"{place}.anyOf.{number}")


def resolved(node: Node, root: Node) -> Node:
    """Follow a reference into the definitions of the root."""
    while "$ref" in node:
        node = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return node


def root_is_an_object(root: Node) -> Iterator[str]:
    if root.get("type") != "object" or "anyOf" in root:
        yield "the root is no plain object"


def objects_are_closed(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if node.get("type") == "object" and node.get("additionalProperties") is not False:
            yield f"{place} is open to other properties"


def properties_are_required(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if node.get("type") == "object" and node.get("required") != list(node["properties"]):
            yield f"{place} does not require its properties in their order"


def keywords_are_supported(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        for keyword in node.keys() - SUPPORTED:
            yield f"{place} uses {keyword}"


def references_stand_alone(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if "$ref" in node and len(node) > 1:
            yield f"{place} has keywords beside $ref"


def formats_are_supported(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        if node.get("format", "date") not in FORMATS:
            yield f"{place} has format {node['format']}"


def branches_differ_in_their_first_key(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        branches = [resolved(branch, root) for branch in node.get("anyOf", ())]
        firsts = Counter(_first_key(b) for b in branches if b.get("type") == "object")
        if any(count > 1 for count in firsts.values()):
            yield f"{place} has objects that begin alike"


def _first_key(node: Node) -> tuple[str, Any]:
    name, declared = next(iter(node["properties"].items()))
    return name, declared.get("const")


def annotations_begin_with_their_category(root: Node) -> Iterator[str]:
    items = root["properties"].get("annotations", {}).get("items", {})
    for number, branch in enumerate(items.get("anyOf", ())):
        name, constant = _first_key(resolved(branch, root))
        if name != "category" or constant is None:
            yield f"branch {number} begins with {name}"


def properties_are_few(root: Node) -> Iterator[str]:
    count = sum(len(node.get("properties", ())) for _, node in nodes(root))
    if count > 5000:
        yield f"{count} properties"


def nesting_is_shallow(root: Node) -> Iterator[str]:
    if (depth := _depth(root, root)) > 10:
        yield f"{depth} levels"


def _depth(node: Node, root: Node) -> int:
    # Lists count as a level too: the guide does not say that they do not.
    node = resolved(node, root)
    inner = [*node.get("properties", {}).values(), *node.get("anyOf", ())]
    inner += [node["items"]] if "items" in node else []
    below = max((_depth(child, root) for child in inner), default=0)
    return below + (node.get("type") in ("object", "array"))


def names_are_short(root: Node) -> Iterator[str]:
    if (size := _characters(root)) > 120_000:
        yield f"{size} characters of names and values"


def _characters(root: Node) -> int:
    strings = [
        text
        for _, node in nodes(root)
        for text in (
            *node.get("properties", ()),
            *node.get("$defs", ()),
            *node.get("enum", ()),
            node.get("const", ""),
        )
    ]
    return sum(len(str(text)) for text in strings)


def values_are_few(root: Node) -> Iterator[str]:
    count = sum(len(node.get("enum", ())) for _, node in nodes(root))
    if count > 1000:
        yield f"{count} enum values"


def long_enums_are_short(root: Node) -> Iterator[str]:
    for place, node in nodes(root):
        values = node.get("enum", ())
        if len(values) > 250 and sum(len(str(v)) for v in values) > 15_000:
            yield f"{place} is a long enum of long values"


@dataclass(frozen=True)
class Rule:
    """A rule of strict mode and where it is written."""

    check: Callable[[Node], Iterable[str]]
    source: str


RULES = [
    Rule(root_is_an_object, f"{DOCS}: root objects must not be anyOf and must be an object"),
    Rule(objects_are_closed, f"{DOCS}: additionalProperties: false must always be set in objects"),
    Rule(properties_are_required, f"{DOCS}: all fields must be required; key ordering"),
    Rule(keywords_are_supported, f"{DOCS}: supported properties; keywords not yet supported"),
    Rule(
        references_stand_alone,
        'refused with "$ref cannot have keywords": github.com/langchain-ai/langchainjs/pull/11384',
    ),
    Rule(formats_are_supported, f"{DOCS}: supported string properties, format"),
    Rule(
        branches_differ_in_their_first_key,
        "refused with \"Objects provided via 'anyOf' must not share identical first keys. "
        'Consider adding a discriminator key": github.com/openai/openai-python/issues/2193',
    ),
    Rule(annotations_begin_with_their_category, "the same, as this tool keeps it"),
    Rule(properties_are_few, f"{DOCS}: up to 5 000 object properties in total"),
    Rule(nesting_is_shallow, f"{DOCS}: up to 10 levels of nesting"),
    Rule(
        names_are_short,
        f"{DOCS}: 120 000 characters of property names, definition names, enum and const values",
    ),
    Rule(values_are_few, f"{DOCS}: up to 1 000 enum values across all enum properties"),
    Rule(long_enums_are_short, f"{DOCS}: above 250 values, 15 000 characters a string enum"),
]


def broken(schema: Node) -> set[str]:
    """Return the names of the rules that a schema breaks."""
    return {rule.check.__name__ for rule in RULES if list(rule.check(schema))}


# A schema that keeps every rule, and violations to plant in it.

SOUND: Node = {
    "type": "object",
    "properties": {
        "annotations": {
            "type": "array",
            "items": {"anyOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]},
        }
    },
    "required": ["annotations"],
    "additionalProperties": False,
    "$defs": {
        name: {
            "type": "object",
            "properties": {
                "category": {"type": "string", "const": name.lower()},
                "quote": {"type": "string", "format": "email"},
            },
            "required": ["category", "quote"],
            "additionalProperties": False,
        }
        for name in ("Cat", "Dog")
    },
}


def planted(change: Callable[[Node], object]) -> Node:
    """Return the sound schema with one thing changed."""
    schema = deepcopy(SOUND)
    change(schema)
    return schema


def cat(schema: Node) -> Node:
    found = schema["$defs"]["Cat"]
    assert isinstance(found, dict)
    return found


def turned(schema: Node) -> None:
    """Put the quote before the tag in both branches."""
    for name in ("Cat", "Dog"):
        node = schema["$defs"][name]
        node["properties"] = dict(reversed(node["properties"].items()))
        node["required"] = list(node["properties"])


def nested(schema: Node) -> None:
    """Wrap the list of annotations in ten more lists."""
    for _ in range(10):
        wrapped = {"type": "array", "items": schema["properties"]["annotations"]}
        schema["properties"]["annotations"] = wrapped


def many_properties(schema: Node) -> None:
    node = cat(schema)
    node["properties"] |= {f"p{n}": {"type": "string"} for n in range(5000)}
    node["required"] = list(node["properties"])


VIOLATIONS: list[tuple[str, Callable[[Node], object]]] = [
    ("root_is_an_object", lambda s: s.update(anyOf=[{"$ref": "#/$defs/Cat"}])),
    ("root_is_an_object", lambda s: s.update(type="array")),
    ("objects_are_closed", lambda s: cat(s).pop("additionalProperties")),
    ("objects_are_closed", lambda s: cat(s).update(additionalProperties=True)),
    ("objects_are_closed", lambda s: s.update(additionalProperties={"type": "string"})),
    ("properties_are_required", lambda s: cat(s)["required"].pop()),
    ("properties_are_required", lambda s: cat(s)["required"].reverse()),
    ("properties_are_required", lambda s: cat(s).pop("required")),
    *(
        ("keywords_are_supported", lambda s, word=word: cat(s).update({word: {}}))
        for word in (
            *("allOf", "oneOf", "not", "if", "then", "else", "dependentRequired"),
            *("dependentSchemas", "patternProperties", "propertyNames", "minProperties"),
            *("unevaluatedProperties", "uniqueItems", "prefixItems", "contains", "minLength"),
            *("maxLength", "title", "default", "examples", "discriminator"),
        )
    ),
    ("references_stand_alone", lambda s: _branches(s)[0].update(description="A cat.")),
    ("formats_are_supported", lambda s: cat(s)["properties"]["quote"].update(format="uri")),
    (
        "branches_differ_in_their_first_key",
        lambda s: cat(s)["properties"]["category"].update(const="dog"),
    ),
    ("branches_differ_in_their_first_key", turned),
    (
        "annotations_begin_with_their_category",
        lambda s: cat(s)["properties"]["category"].pop("const"),
    ),
    ("annotations_begin_with_their_category", turned),
    ("properties_are_few", many_properties),
    ("nesting_is_shallow", nested),
    ("names_are_short", lambda s: _quote(s).update(enum=["x" * 120_000])),
    ("names_are_short", lambda s: _quote(s).update(const="x" * 120_000)),
    ("names_are_short", lambda s: s["$defs"].update({"X" * 120_000: {"type": "null"}})),
    ("values_are_few", lambda s: _quote(s).update(enum=[str(n) for n in range(1001)])),
    ("long_enums_are_short", lambda s: _quote(s).update(enum=[f"{n:060}" for n in range(251)])),
]


def _branches(schema: Node) -> list[Node]:
    found = schema["properties"]["annotations"]["items"]["anyOf"]
    assert isinstance(found, list)
    return found


def _quote(schema: Node) -> Node:
    found = cat(schema)["properties"]["quote"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_on_the_wire_breaks_no_rule(schema: Schema) -> None:
    assert [said for rule in RULES for said in rule.check(schema.json_schema)] == []


def test_the_sound_schema_breaks_no_rule() -> None:
    assert broken(SOUND) == set()


@pytest.mark.parametrize(("rule", "change"), VIOLATIONS)
def test_a_planted_violation_is_found(rule: str, change: Callable[[Node], object]) -> None:
    assert rule in broken(planted(change))


def test_every_rule_has_a_source_and_a_planted_violation() -> None:
    assert {rule for rule, _ in VIOLATIONS} == {rule.check.__name__ for rule in RULES}
    assert all(rule.source for rule in RULES)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_is_far_from_the_limits(schema: Schema) -> None:
    every = [node for _, node in nodes(schema.json_schema)]
    assert sum(len(node.get("properties", ())) for node in every) < 200
    assert sum(len(node.get("enum", ())) for node in every) < 500
    assert _characters(schema.json_schema) < 10_000


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_definition_is_referred_to(schema: Schema) -> None:
    wire = schema.json_schema
    used = {node["$ref"] for _, node in nodes(wire) if "$ref" in node}
    assert used == {f"#/$defs/{name}" for name in wire["$defs"]}


class Inner(BaseModel):
    """Inside."""

    title: str = Field(default="none", examples=["a"])
    default: int


class Outer(BaseModel):
    """Outside."""

    said: Inner = Field(description="Described where it stands.")
    plain: Inner | None = None


class Tagged(BaseModel):
    tag: Literal["tagged"]


class Other(BaseModel):
    tag: Literal["other"]


class Union(BaseModel):
    one: Tagged | Other = Field(discriminator="tag")


class TestStrictSchema:
    def test_what_goes_in_is_left_as_it_was(self) -> None:
        given_schema = Outer.model_json_schema()
        before = deepcopy(given_schema)
        strict_schema(given_schema)
        assert given_schema == before

    def test_what_comes_out_keeps_the_rules(self) -> None:
        for model in (Inner, Outer, Union):
            assert broken(strict_schema(model.model_json_schema())) == set()

    def test_keywords_without_effect_go_and_properties_of_their_names_stay(self) -> None:
        wire = strict_schema(Inner.model_json_schema())
        assert wire == {
            "type": "object",
            "description": "Inside.",
            "properties": {"title": {"type": "string"}, "default": {"type": "integer"}},
            "required": ["title", "default"],
            "additionalProperties": False,
        }

    def test_a_described_reference_is_written_out_with_both_descriptions(self) -> None:
        said = strict_schema(Outer.model_json_schema())["properties"]["said"]
        assert said["description"] == "Described where it stands.\nInside."
        assert said["required"] == ["title", "default"]
        assert "$ref" not in said

    def test_a_discriminated_union_becomes_any_of(self) -> None:
        one = strict_schema(Union.model_json_schema())["properties"]["one"]
        assert list(one) == ["anyOf"]
        assert len(one["anyOf"]) == 2

    def test_the_tag_and_the_quote_come_first(self) -> None:
        class Late(BaseModel):
            where: str
            quote: str
            category: Literal["late"]

        wire = strict_schema(Late.model_json_schema())
        assert list(wire["properties"]) == wire["required"] == ["category", "quote", "where"]


# Replies, made from the categories alone.

# Every category is tried, so that fewer examples of each will do; engines start slowly.
CHECKED = settings(max_examples=20, deadline=None)

DURATIONS = st.builds("P{}{}".format, st.integers(0, 9999), st.sampled_from("YMWD")) | (
    st.builds("PT{}{}".format, st.integers(0, 9999), st.sampled_from("HMS"))
)
DATES = st.builds(lambda day, size: day.isoformat()[:size], st.dates(), st.sampled_from((4, 7, 10)))
BY_PATTERN = {
    TypeAdapter(Duration).json_schema()["pattern"]: DURATIONS,
    TypeAdapter(Date).json_schema()["pattern"]: DATES,
}
COUNTRIES = [*sorted(COUNTRY_CODES), "various"]
# The engine lets a model write any character but DEL, raw or escaped.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"))


def value_of(declared: Node) -> st.SearchStrategy[Any]:
    """Generate values of an open attribute from what pydantic declares of it."""
    if "anyOf" in declared:
        return st.one_of(*(value_of(branch) for branch in declared["anyOf"]))
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        "integer": st.integers(declared.get("minimum"), declared.get("maximum", 10_000)),
        "string": BY_PATTERN.get(declared.get("pattern", ""), TEXT),
    }
    return by_type[declared["type"]]


def attribute(category: type[Category], name: str) -> st.SearchStrategy[Any]:
    """Generate values of an attribute of a category."""
    values = category.values_of(name)
    if name not in category.sets():
        declared = category.model_json_schema()["properties"][name]
        return value_of(declared) if values is None else st.sampled_from(values).map(str)
    pool: list[str] = COUNTRIES if values is None else list(values)
    together = st.lists(st.sampled_from(pool), max_size=4).filter(lambda vs: not conflicts(vs))
    return together.map(lambda vs: [str(v) for v in vs])


def annotations_of(schema: Schema, tag: str) -> st.SearchStrategy[Node]:
    """Generate valid annotations of a category with their quotes, keys in the schema's order."""
    category = schema.categories[tag]
    drawn = st.tuples(*(attribute(category, name) for name in category.attributes()))
    content = drawn.map(lambda values: dict(zip(category.attributes(), values, strict=True)))

    def valid(attributes: Node) -> bool:
        try:
            schema.parse({"category": tag, **attributes})
        except InvalidAnnotation:
            return False
        return True

    return st.builds(
        lambda quote, attributes: {"category": tag, "quote": quote, **attributes},
        TEXT,
        content.filter(valid),
    )


def replies(schema: Schema) -> st.SearchStrategy[Node]:
    """Generate whole valid replies."""
    any_category = st.one_of(*(annotations_of(schema, tag) for tag in schema.categories))
    return st.lists(any_category, max_size=3).map(lambda items: {"annotations": items})


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
    Draft202012Validator(schema.json_schema).validate(reply)
    read = schema.reply_model.model_validate(reply).model_dump(mode="json")
    Draft202012Validator(schema.json_schema).validate(read)


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
        assert not Draft202012Validator(schema.json_schema).is_valid(reply)


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
    engine, validator = ENGINES[schema.name], Draft202012Validator(schema.json_schema)
    assert engine.accepts(json.dumps({"annotations": [item]}))
    assert validator.is_valid({"annotations": [item]})
    wrong = {"annotations": [item | change]}
    assert not engine.accepts(json.dumps(wrong))
    assert not validator.is_valid(wrong)


def test_the_engine_holds_a_model_to_the_order_of_the_schema() -> None:
    turned_round = {"annotations": [dict(reversed(RETENTION.items()))]}
    assert Draft202012Validator(PRIVACY_POLICY.json_schema).is_valid(turned_round)
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
