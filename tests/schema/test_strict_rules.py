"""The written rules of strict mode, each shown a planted violation.

A rule that could not fail would be worth nothing.
"""

from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.support.strict_rules import RULES, Node, broken

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


def test_the_sound_schema_breaks_no_rule() -> None:
    assert broken(SOUND) == set()


@pytest.mark.parametrize(("rule", "change"), VIOLATIONS)
def test_a_planted_violation_is_found(rule: str, change: Callable[[Node], object]) -> None:
    assert rule in broken(planted(change))


def test_every_rule_has_a_source_and_a_planted_violation() -> None:
    assert {rule for rule, _ in VIOLATIONS} == {rule.check.__name__ for rule in RULES}
    assert all(rule.source for rule in RULES)
