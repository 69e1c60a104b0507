"""Check a schema: what no task can work with, and what a model or an annotator would stumble on.

`errors_of` is what loading a task refuses; `check_schema` is that and everything else, for whoever
asks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from annotate.findings import Finding, Severity, in_order
from annotate.schema.acceptance import accepts
from annotate.schema.categories import Category, Schema
from annotate.schema.sayable import unsayable, unwise
from annotate.schema.source import finding, line_of_schema
from annotate.schema.values import Values

_BELOW = "write a string below it that says what it holds"
# Names that an attribute cannot have, and what has them.
IN_ANSWERS = {
    "quote": "the evidence",
    "annotations": "the list of an answer",
    **dict.fromkeys(
        ("document", "start", "end", "grounding", "evidence", "attributes"), "an export"
    ),
}
_UNITS = (None, "sentence")
_EMPTY = re.compile(r"(todo|tbd|fixme|xxx|\W|_)*", re.IGNORECASE)
_SMALL = frozenset("a an the of to in on at for is are was were it its that this or and".split())


def errors_of(schema: Schema, path: Path) -> Iterator[Finding]:
    """Yield what keeps a schema from being used; `path` is the file that `SCHEMA` stands in."""
    if schema.unit not in _UNITS:
        said = f"SCHEMA has the unit {schema.unit!r}, which there is not"
        remedy = 'write unit="sentence", or leave it out where a quote stands for itself'
        yield Finding("error", path, line_of_schema(path, "unit"), said, remedy)
    for tag, category in schema.categories.items():
        if not (category.__doc__ or "").strip():
            remedy = "write a docstring that says what states it"
            yield finding(category, "", f"category {tag!r} has no definition", remedy)
        for name, field in category.model_fields.items():
            if name != "category":
                yield from _errors_of_attribute(category, name, field)


def _errors_of_attribute(
    category: type[Category], name: str, field: FieldInfo
) -> Iterator[Finding]:
    place = f"attribute {name!r} of {category.__name__}"
    if name == "quote":
        yield finding(category, name, f"{place}: is a name kept for the evidence", "rename it")
    elif hasattr(Category, name):
        yield finding(category, name, f"{place}: is a name that each category has", "rename it")
    if not (field.description or "").strip():
        yield finding(category, name, f"{place} has no definition", _BELOW)


def check_schema(schema: Schema, path: Path) -> list[Finding]:
    """Return what is wrong with a schema, and what deserves a look, by line.

    `path` is the file that `SCHEMA` stands in.
    """
    categories = list(schema.categories.values())
    return in_order(
        [
            *errors_of(schema, path),
            *_of_the_call(schema, path),
            *unsayable(categories),
            *unwise(categories),
            *_of_names(schema),
            *_of_definitions(schema),
            *_of_values(schema),
            *_of_defaults(categories),
            *_left_out(schema, path),
        ]
    )


def _of_the_call(schema: Schema, path: Path) -> Iterator[Finding]:
    for name in ("version", "description"):
        given = getattr(schema, name)
        if not isinstance(given, str) or (name == "version" and not given.strip()):
            said = f"SCHEMA has the {name} {given!r}"
            yield Finding(
                "error", path, line_of_schema(path, name), said, f'needs a text: {name}="1"'
            )


# ---- Names ----


def _of_names(schema: Schema) -> Iterator[Finding]:
    for tag, other in _alike(schema.categories):
        said = f"categories {tag!r} and {other!r} differ in their spelling alone"
        yield finding(
            schema.categories[other], "category", said, "rename one of them, or unite them"
        )
    for tag, category in schema.categories.items():
        if not tag.strip() or tag != tag.strip() or not tag.isprintable():
            said = f"category {tag!r} is no name"
            yield finding(category, "category", said, "name it with letters and _")
        for name in category.__private_attributes__:
            said = f"attribute {name!r} of {category.__name__}: is left out of answers for its _"
            yield finding(category, name, said, "name it without a _ in front")
        for name, other in _alike(("category", "quote", *category.attributes())):
            said = (
                f"attributes {name!r} and {other!r} of {category.__name__} differ in spelling alone"
            )
            if other != "quote":
                yield finding(category, other, said, "rename one of them")
        for name in IN_ANSWERS.keys() & {*category.attributes()} - {"quote"}:
            said = (
                f"attribute {name!r} of {category.__name__} has the name that {IN_ANSWERS[name]} "
                "uses beside the attributes"
            )
            yield finding(category, name, said, f"rename it, as in {category.tag()}_{name}")


def _alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that differ in case, and in what joins or ends words, alone."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(folded(name), name)
        if other != name:
            yield other, name


def folded(name: str) -> str:
    """Return a name without case, and without what joins or ends its words."""
    return re.sub(r"[\W_]+", "", name.casefold())


def stem(name: str) -> str:
    """Return a folded name without what another spelling may have: plurals, -ise and -our."""
    words = re.split(r"[\W_]+", name.casefold())
    spelled = (re.sub("is(?=e|ation|ing)", "iz", word).replace("our", "or") for word in words)
    return "".join(re.sub("s$", "", re.sub("ies$", "y", word)) for word in spelled)


# ---- Definitions ----


def _of_definitions(schema: Schema) -> Iterator[Finding]:
    defined = {tag: each.__doc__ or "" for tag, each in schema.categories.items()}
    for other, tag, how, severity in _defined_alike(defined):
        said = f"categories {other!r} and {tag!r} have definitions that are {how}"
        yield finding(schema.categories[tag], "", said, "say what tells them apart", severity)
    for tag in _undefined(defined):
        said = f"category {tag!r} has a definition that says nothing"
        yield finding(schema.categories[tag], "", said, "write what states it")
    for category in schema.categories.values():
        fields = {
            name: category.model_fields[name].description or "" for name in category.attributes()
        }
        for other, name, how, severity in _defined_alike(fields):
            both = f"attributes {other!r} and {name!r} of {category.__name__}"
            said = f"{both} have definitions that are {how}"
            yield finding(category, name, said, "say what tells them apart", severity)
        for name in _undefined(fields):
            said = f"attribute {name!r} of {category.__name__} has a definition that says nothing"
            yield finding(category, name, said, _BELOW)


def _undefined(definitions: Mapping[str, str]) -> list[str]:
    """Return what is defined by no word but one that stands in for a definition."""
    return [name for name, said in definitions.items() if said.strip() and _EMPTY.fullmatch(said)]


def _defined_alike(definitions: Mapping[str, str]) -> Iterator[tuple[str, str, str, Severity]]:
    """Yield pairs of names with definitions of the same words, in whatever order."""
    words = {name: re.findall(r"\w+", said.casefold()) for name, said in definitions.items()}
    for (first, one), (second, other) in combinations(words.items(), 2):
        if one and one == other:
            yield first, second, "the same", "error"
        elif one and {*one} - _SMALL == {*other} - _SMALL:
            yield first, second, "alike but for small words", "warning"


# ---- Values ----


def _of_values(schema: Schema) -> Iterator[Finding]:
    for values in _value_sets(schema):
        yield from _of_value_names(values)
        for name, member in values.__members__.items():
            said = f"value {str(member)!r} of {values.__name__}"
            if name != member.name:
                remedy = "give it a value of its own, or take it out"
                yield finding(
                    values, name, f"{name} has the value of {member.name}: {said}", remedy
                )
            elif not member.definition.strip() or _EMPTY.fullmatch(member.definition):
                yield finding(
                    values, name, f"{said} has no definition", "write it behind the value"
                )
            for beside in member.alone.beside if member.alone else ():
                if beside not in [str(each) for each in values]:
                    there = ", ".join(map(str, values))
                    yield finding(
                        values,
                        name,
                        f"{said} may stand beside {beside!r}, which is no value",
                        f"use one of {there}",
                    )
        definitions = {str(each): each.definition for each in values}
        for other, value, how, severity in _defined_alike(definitions):
            both = f"values {other!r} and {value!r} of {values.__name__}"
            said = f"{both} have definitions that are {how}"
            yield finding(values, _name(values, value), said, "say what tells them apart", severity)


def _of_value_names(values: type[Values]) -> Iterator[Finding]:
    names = [str(each) for each in values]
    for other, value in _alike(names):
        said = f"values {other!r} and {value!r} of {values.__name__} differ in their spelling alone"
        yield finding(values, _name(values, value), said, "rename one of them, or unite them")
    stems: dict[str, str] = {}
    for value in names:
        other = stems.setdefault(stem(value), value)
        if other != value and folded(other) != folded(value):
            said = (
                f"values {other!r} and {value!r} of {values.__name__} are two spellings of a word"
            )
            remedy = "rename one of them, or unite them"
            yield finding(values, _name(values, value), said, remedy)
        if value in ("true", "false") or value.startswith("_"):
            said = f"value {value!r} of {values.__name__} is read as something else in a lexicon"
            yield finding(
                values, _name(values, value), said, "rename it; for yes and no there is bool"
            )
        elif not value.strip() or value != value.strip() or not value.isprintable():
            said = f"value {value!r} of {values.__name__} is empty, or has spaces around it"
            yield finding(values, _name(values, value), said, "write it as one word, with _")


def _name(values: type[Values], value: str) -> str:
    return next(each.name for each in values if each == value)


def _value_sets(schema: Schema) -> list[type[Values]]:
    found = (
        category.values_of(name)
        for category in schema.categories.values()
        for name in category.attributes()
    )
    return list(dict.fromkeys(each for each in found if each is not None))


# ---- What is never used ----


def _of_defaults(categories: Iterable[type[Category]]) -> Iterator[Finding]:
    """Find defaults that their own attribute would refuse."""
    for category in categories:
        for name, field in category.model_fields.items():
            given = field.default_factory is None and not field.is_required()
            given = given and not (name != "category" and hasattr(Category, name))  # said already
            if given and not accepts(category, name, field.default):
                shown = _shown_default(field.default)
                place = f"attribute {name!r} of {category.__name__}"
                said = f"{place} has a default that it cannot hold: {shown}"
                yield finding(category, name, said, "write one that it can hold, or none")


def _shown_default(value: Any) -> str:
    return repr(str(value) if isinstance(value, str) else value)[:60]


def _left_out(schema: Schema, path: Path) -> Iterator[Finding]:
    """Find categories and value sets of the schema's file that no answer can hold."""
    here = [
        each
        for module in sorted({each.__module__ for each in schema.categories.values()})
        for each in vars(sys.modules[module]).values()
        if isinstance(each, type) and each.__module__ == module and _stands_in(module, path)
    ]
    categories = [each for each in here if issubclass(each, Category)]
    asked = {base for each in schema.categories.values() for base in each.__mro__}
    for each in categories:
        if each not in asked and get_args(each.model_fields["category"].annotation):
            said = f"category {each.tag()!r} is not among those of SCHEMA, and never asked for"
            yield finding(each, "", said, "add it to practice, or take it out", "warning")
    used = {each.values_of(name) for each in categories for name in each.attributes()}
    for each in here:
        if issubclass(each, Values) and each not in used and len(each):
            said = f"values {each.__name__} belong to no attribute"
            yield finding(each, "", said, "give them one, or take them out", "warning")


def _stands_in(module: str, path: Path) -> bool:
    return getattr(sys.modules[module], "__file__", None) == str(path)
