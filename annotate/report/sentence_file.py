"""The sentences beside a schema, `schemas/<schema>.sentences.toml`, read and checked against it.

    [denied]                        the value by which a statement says that something is not done
    polarity = "denied"

    [values.DataType]               words for the values of a set, wherever they stand
    contact = "contact details"

    [category.retention]
    title = "How long data is kept" heads what is said of the category
    silent = "It does not say how long data is kept."
    empty = { data_types = "data" } words where an attribute states nothing
    say = [                         the first one that fits; the last one fits always
      { when = { duration = true }, text = "The company keeps {data_types} for {duration}." },
      { text = "The company keeps {data_types} {periods}." },
    ]

    [category.retention.words.periods]
    as_needed = "as long as needed" words for the values of one attribute; "" for one not to say

In `when`, a text is a value that is stated, a list is all that is stated, true and false are
whether anything is. What the file leaves out has words made of its name. How sentences are written
is said in `annotate.report.templates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from annotate.errors import ProjectError, refuse
from annotate.findings import Finding, in_order
from annotate.project.toml_file import TomlFile, read_toml
from annotate.project.toml_lines import Keys
from annotate.report.templates import Template, read_template
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema

Wanted: TypeAlias = str | bool | list[str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Say(_Strict):
    """A sentence, and what a statement holds for which it is said."""

    when: Mapping[str, Wanted] = {}
    text: str


class CategoryWords(_Strict):
    """What the file says of one category."""

    title: str = ""
    silent: str = ""
    empty: Mapping[str, str] = {}
    words: Mapping[str, Mapping[str, str]] = {}
    say: tuple[Say, ...] = ()


class _File(_Strict):
    denied: Mapping[str, str] = {}
    values: Mapping[str, Mapping[str, str]] = {}
    category: Mapping[str, CategoryWords] = {}


@dataclass(frozen=True)
class SentenceFile:
    """What a file of sentences says; empty where a task has none.

    Attributes:
        denied: values by which a statement says that something is not done, by attribute.
        values: words by the name of a set and the value.
        categories: what is said of each category that the file has.
        templates: the sentences of each category, in the order of the file.
    """

    denied: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    categories: Mapping[str, CategoryWords] = field(default_factory=dict)
    templates: Mapping[str, tuple[Template, ...]] = field(default_factory=dict)


def read_sentences(path: Path, schema: Schema) -> SentenceFile:
    """Read a file of sentences for a schema.

    Raises:
        ProjectError: for a file that cannot be read, and for a category, attribute, set, value or
            sentence that the schema does not know or cannot fill; it names the file and the line.
    """
    file, faults = _parsed(read_toml(path), schema)
    refuse(faults)
    if file is None:
        raise AssertionError("a file that cannot be read has a fault")
    templates = {
        name: tuple(read_template(each.text) for each in own.say)
        for name, own in file.category.items()
    }
    return SentenceFile(file.denied, file.values, file.category, templates)


def check_sentences(path: Path, schema: Schema) -> list[Finding]:
    """Return what is wrong with a file of sentences, by line."""
    try:
        return in_order(_parsed(read_toml(path), schema)[1])
    except ProjectError as error:
        return list(error.findings)


def _parsed(toml: TomlFile, schema: Schema) -> tuple[_File | None, list[Finding]]:
    """Return what a file says, None where it has another form, and all that is wrong with it."""
    try:
        file = _File.model_validate(_frozen(toml.content))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        return None, [toml.error(detail["loc"], *_said(detail)) for detail in details]
    return file, [toml.error(keys, *said) for keys, said in _problems(file, schema)]


def _frozen(content: object) -> object:
    """Return what TOML holds with the lists of sentences as tuples, as the strict model wants."""
    if isinstance(content, dict):
        return {
            key: tuple(value) if key == "say" and isinstance(value, list) else _frozen(value)
            for key, value in content.items()
        }
    return content


_Said: TypeAlias = tuple[str, str]
"""What is wrong, and what to do."""


def _said(detail: ErrorDetails) -> _Said:
    """Say what is wrong with the form of the file."""
    keys = ".".join(str(key) for key in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"{keys}: is not known here", "docs/guides/report.md lists what a file may say"
    return f"{keys}: {detail['msg']}", "correct it"


# ---- Against the schema ----


def _problems(file: _File, schema: Schema) -> Iterator[tuple[Keys, _Said]]:
    """Yield what does not fit the schema: the keys that lead there, and what is wrong."""
    attributes = {tag: attributes_of(model) for tag, model in schema.categories.items()}
    yield from _of_values(file, attributes)
    for tag, own in file.category.items():
        if tag not in attributes:
            yield ("category", tag), (f"category {tag!r} is unknown", _there_is(attributes))
            continue
        known = {each.name: each for each in attributes[tag]}
        yield from _of_words(tag, own, known)
        for number, say in enumerate(own.say):
            keys = ("category", tag, "say", number)
            found = (*_of_sentence(say, known), *_of_empty(number, own, known))
            yield from ((keys, said) for said in found)
            if number == len(own.say) - 1 and say.when:
                yield keys, ("the last sentence must fit always", "add one without `when`")


def _of_values(
    file: _File, attributes: Mapping[str, tuple[Attribute, ...]]
) -> Iterator[tuple[Keys, _Said]]:
    every = [each for own in attributes.values() for each in own]
    sets = {each.values.__name__: each for each in every if each.values is not None}
    for name, words in file.values.items():
        if name not in sets:
            yield ("values", name), (f"set {name!r} is unknown", _there_is(sets))
            continue
        for value in words:
            if problem := _unknown_value(sets[name], value):
                yield ("values", name, value), problem
    for name, value in file.denied.items():
        named = [each for each in every if each.name == name]
        if not named:
            yield ("denied", name), (f"no category has an attribute {name!r}", "correct it")
        elif problem := _unknown_value(named[0], value):
            yield ("denied", name), problem


def _of_words(
    tag: str, own: CategoryWords, known: Mapping[str, Attribute]
) -> Iterator[tuple[Keys, _Said]]:
    for kind, names in (("empty", own.empty), ("words", own.words)):
        for name in names:
            if name not in known:
                yield ("category", tag, kind, name), _unknown(name, known)
    for name, words in own.words.items():
        for value in words if name in known else ():
            if problem := _unknown_value(known[name], value):
                yield ("category", tag, "words", name, value), problem


def _of_sentence(say: Say, known: Mapping[str, Attribute]) -> Iterator[_Said]:
    try:
        template = read_template(say.text)
    except ValueError as error:
        yield str(error), "correct it"
        return
    for name, wanted in say.when.items():
        if name not in known:
            yield _unknown(name, known)
            continue
        values = [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, list) else []
        yield from filter(None, (_unknown_value(known[name], value) for value in values))
    yield from (_unknown(name, known) for name in sorted(template.names - known.keys()))


def _of_empty(number: int, own: CategoryWords, known: Mapping[str, Attribute]) -> Iterator[_Said]:
    """Yield the places of a sentence at which there may be nothing to say."""
    say = own.say[number]
    try:
        needed = read_template(say.text).needed & known.keys()
    except ValueError:
        return
    for name in sorted(needed):
        if known[name].required or name in own.empty or say.when.get(name):
            continue
        if not any(_spares(earlier, say, name) for earlier in own.say[:number]):
            yield (
                f"{name} may state nothing",
                "put its place into [ ], give words for that in `empty`, or put a sentence for "
                "that before this one",
            )


def _spares(earlier: Say, say: Say, name: str) -> bool:
    """Tell whether an earlier sentence is said wherever an attribute states nothing."""
    others = {other: wanted for other, wanted in earlier.when.items() if other != name}
    return earlier.when.get(name, True) in ([], False) and others.items() <= say.when.items()


def _unknown(name: str, known: Mapping[str, Attribute]) -> _Said:
    return f"attribute {name!r} is unknown", _there_is(known)


def _unknown_value(attribute: Attribute, value: str) -> _Said | None:
    """Say that an attribute cannot hold a value, None where it can."""
    if attribute.values is not None:
        allowed = [str(each) for each in attribute.values]
        if value not in allowed:
            return f"{attribute.name} has no value {value!r}", f"there is {', '.join(allowed)}"
    elif attribute.kind == "boolean" and value not in ("true", "false"):
        return f"{attribute.name} is true or false, not {value!r}", "correct it"
    return None


def _there_is(names: Mapping[str, object]) -> str:
    return f"there is {', '.join(names) or 'none'}"
