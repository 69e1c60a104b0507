"""The categories of a page: their signs, and the definitions that the schema gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue

from annotate.formatting import visible
from annotate.schema.categories import Category, Schema
from annotate.schema.definitions import describe
from annotate.viewer.palette import Sign, signs

_UNKNOWN: dict[str, Any] = {"definition": "", "attributes": []}


@dataclass(frozen=True, slots=True)
class Legend:
    """The categories of a schema, and behind them those that only the data know.

    Attributes:
        places: position of each category by its tag.
    """

    schema: Schema | None
    places: Mapping[str, int]
    signs: tuple[Sign, ...]

    @classmethod
    def of(cls, schema: Schema | None, used: Iterable[str]) -> Legend:
        """Make the legend of a schema and of what else is used, which the alphabet orders."""
        declared = list(schema.categories) if schema else []
        names = [*declared, *sorted(set(used) - set(declared))]
        places = {name: place for place, name in enumerate(names)}
        return cls(schema, places, tuple(signs(names)))

    def to_json(self) -> list[JsonValue]:
        """Return the categories in their order."""
        return [self._category(name, self.signs[place]) for name, place in self.places.items()]

    def _category(self, name: str, sign: Sign) -> JsonValue:
        model = self.schema.categories.get(name) if self.schema else None
        known: dict[str, Any] = describe(model) if model else _UNKNOWN
        return {
            "name": visible(name),
            "code": sign.code,
            "hue": sign.hue,
            "pattern": sign.pattern,
            "definition": known["definition"],
            "attributes": {
                each["name"]: {
                    "definition": each["definition"],
                    "values": _values(model, each["name"]),
                }
                for each in known["attributes"]
            },
        }


def _values(model: type[Category] | None, attribute: str) -> dict[str, JsonValue]:
    """Return the definition of each value of a closed set; {} where values are open."""
    values = model.values_of(attribute) if model else None
    return {str(value): value.definition for value in values} if values else {}


def stated(attributes: Mapping[str, JsonValue]) -> list[JsonValue]:
    """Return each attribute with its values as text, in the order of the annotation."""
    return [
        [visible(name), list(map(_word, _several(value)))] for name, value in attributes.items()
    ]


def _several(value: JsonValue) -> list[JsonValue]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _word(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(str(value))
