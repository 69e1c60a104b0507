"""The JSON schema on the wire, against the written rules of strict structured output."""

from copy import deepcopy
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from annotate.schema.categories import Schema
from annotate.schema.strict import strict_schema
from schemas.incident_report import SCHEMA as INCIDENTS
from schemas.privacy_policy import SCHEMA as PRIVACY_POLICY
from tests.support.strict_rules import RULES, broken, characters, nodes

SCHEMAS = [
    pytest.param(PRIVACY_POLICY, id="privacy_policy"),
    pytest.param(INCIDENTS, id="incident_report"),
]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_on_the_wire_breaks_no_rule(schema: Schema) -> None:
    assert [said for rule in RULES for said in rule.check(schema.json_schema)] == []


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_is_far_from_the_limits(schema: Schema) -> None:
    every = [node for _, node in nodes(schema.json_schema)]
    assert sum(len(node.get("properties", ())) for node in every) < 200
    assert sum(len(node.get("enum", ())) for node in every) < 500
    assert characters(schema.json_schema) < 10_000


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
