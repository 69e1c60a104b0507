"""Valid replies in a schema, drawn from its categories alone."""

from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from annotate.errors import InvalidAnnotation
from annotate.schema.categories import Category, Schema
from annotate.schema.types import COUNTRY_CODES, Date, Duration
from annotate.schema.values import conflicts
from tests.support.strict_rules import Node

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
        "number": st.floats(declared.get("minimum", 0), declared.get("maximum", 10_000)).map(
            lambda number: round(number, 2)
        ),
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
    return _annotations_of(schema.categories[tag], schema.parse)


@cache  # a strategy is built from the JSON schema of its category, which takes longer than a draw
def _annotations_of(
    category: type[Category], parse: Callable[[Node], Category]
) -> st.SearchStrategy[Node]:
    tag = category.tag()
    drawn = st.tuples(*(attribute(category, name) for name in category.attributes()))
    content = drawn.map(lambda values: dict(zip(category.attributes(), values, strict=True)))

    def valid(attributes: Node) -> bool:
        try:
            parse({"category": tag, **attributes})
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
