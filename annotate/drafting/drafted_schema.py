"""The schema of a drafted task: categories, attributes and closed sets as Python writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotate.drafting.examples import Examples, called
from annotate.drafting.inference import Attribute, Kind
from annotate.drafting.names import ClassNames, MemberNames, words
from annotate.schema import __all__ as schema_names

_TYPES: Mapping[Kind, str] = {
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "duration": "Duration",
    "date": "Date",
    "time": "Time",
    "country": "Country",
    "text": "str",
}


@dataclass(frozen=True, slots=True)
class DraftedValue:
    """A member of a closed set."""

    member: str
    value: str
    definition: str


@dataclass(frozen=True, slots=True)
class DraftedSet:
    """A closed set of values."""

    name: str
    definition: str
    values: tuple[DraftedValue, ...]


@dataclass(frozen=True, slots=True)
class DraftedField:
    """An attribute of a category: its name, its type as it is written, what it is, a remark."""

    name: str
    type: str
    definition: str
    remark: str


@dataclass(frozen=True, slots=True)
class DraftedCategory:
    """A category.

    Attributes:
        statements: how many examples it has.
    """

    tag: str
    name: str
    definition: str
    statements: int
    fields: tuple[DraftedField, ...]


@dataclass(frozen=True, slots=True)
class DraftedSchema:
    """Everything that stands in a schema file."""

    imports: tuple[str, ...]
    sets: tuple[DraftedSet, ...]
    categories: tuple[DraftedCategory, ...]


def draft_schema(
    examples: Examples, categories: Mapping[str, Sequence[Attribute]]
) -> DraftedSchema:
    """Return the schema that examples show."""
    names = ClassNames()
    classes = {tag: names.of(tag) for tag in categories}
    closed = {each.name: each for own in categories.values() for each in own if each.values}
    sets = {name: names.of(name) for name in closed}
    count = [each.category for each in examples.statements].count
    drafted = tuple(
        DraftedCategory(
            tag,
            classes[tag],
            f"A statement about {_called(examples, 'category', tag)}.",
            count(tag),
            tuple(_field(tag, each, sets, examples) for each in attributes),
        )
        for tag, attributes in categories.items()
    )
    types = " ".join(each.type for category in drafted for each in category.fields)
    used = {*re.findall(r"\w+", types)} & {*schema_names}
    imports = sorted({"Category", "Schema", *used, *(["Values"] if closed else [])})
    return DraftedSchema(
        tuple(imports),
        tuple(_set(sets[name], each, examples) for name, each in closed.items()),
        drafted,
    )


def _called(examples: Examples, kind: str, name: str) -> str:
    return words(called(examples, kind, name))


def _field(
    tag: str, attribute: Attribute, sets: Mapping[str, str], examples: Examples
) -> DraftedField:
    what = _called(examples, "attribute", attribute.name)
    of = f"a statement about {_called(examples, 'category', tag)}"
    one = sets.get(attribute.name) or _TYPES[attribute.kind]
    if attribute.many:
        kind = f"AtLeastOne[{one}]" if attribute.needed else f"Several[{one}]"
    else:
        kind = one if attribute.needed else f"{one} | None = None"
    if attribute.kind == "boolean" and not attribute.many:
        definition = f"Whether {of} says so: {what}."
    else:
        definition = f"What {of} says as {what}."
    silence = "" if attribute.needed else " Empty" if attribute.many else " Null"
    if silence:
        definition += f"{silence} where it says nothing of it."
    return DraftedField(attribute.name, kind, definition, _remark(attribute))


def _remark(attribute: Attribute) -> str:
    given = f"{attribute.given} examples give it" if attribute.given > 1 else "1 example gives it"
    if attribute.kind == "text" and attribute.different < attribute.given:
        return f"{given}; too different for a closed set"
    return given


def _set(name: str, attribute: Attribute, examples: Examples) -> DraftedSet:
    members = MemberNames()
    what = _called(examples, "attribute", attribute.name)
    return DraftedSet(
        name,
        f"What stands as {what}.",
        tuple(_value(value, what, members) for value in attribute.values),
    )


def _value(value: str, what: str, members: MemberNames) -> DraftedValue:
    return DraftedValue(members.of(value), value, f"{what[:1].upper()}{what[1:]}: {value}.")
