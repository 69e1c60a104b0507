"""The words that annotations can be asked for by: categories, attributes, values.

They are read off the schema, or, where that is not at hand, off annotations. What somebody typed is
resolved here to what is meant; a word that nothing has is refused with the nearest one and the
list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from operator import or_
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, JsonValue, TypeAdapter, ValidationError

from annotate.annotation import Annotation
from annotate.errors import UsageError
from annotate.formatting import escaped
from annotate.schema.categories import Schema
from annotate.schema.spelling import meant, nearest
from annotate.schema.types import whole_type

T = TypeVar("T")

_MOST_SHOWN = 60  # characters of a word in a message
_MOST_LISTED = 40  # words


@dataclass(frozen=True)
class Words:
    """What stands for the values of one attribute.

    Attributes:
        values: what each word of a closed set stands for; None where values are open.
        read: returns what a word of an open set stands for, or raises a ValueError that says what
            to write.
        parts: those of the parts of its values, where these have parts.
    """

    values: Mapping[str, JsonValue] | None = None
    read: Callable[[str], JsonValue] = str
    parts: Mapping[str, Words] = field(default_factory=dict)

    def __or__(self, other: Words) -> Words:
        """Return what stands for the values of either; open ones go before closed ones."""
        parts = {**other.parts, **self.parts}
        if self.values is None or other.values is None:
            return Words(read=(other if other.values is None else self).read, parts=parts)
        return Words({**other.values, **self.values}, parts=parts)

    def value(self, word: str) -> JsonValue:
        """Return what a word stands for.

        Raises:
            ValueError: where it stands for nothing; says what there is.
        """
        if self.values is None:
            return self.read(word)
        known = meant(word, self.values)
        if known not in self.values:
            raise ValueError(unknown("value", word, self.values))
        return self.values[known]


@dataclass(frozen=True)
class Vocabulary:
    """The categories of a schema, or of some annotations, with their attributes."""

    categories: Mapping[str, Mapping[str, Words]]

    @classmethod
    def of_schema(cls, schema: Schema) -> Vocabulary:
        """Return what a schema lets annotations state."""
        return cls({tag: _parts_of(each) for tag, each in schema.categories.items()})

    @classmethod
    def of_annotations(cls, annotations: Iterable[Annotation]) -> Vocabulary:
        """Return what annotations state, for those whose schema is not at hand."""
        found: dict[str, dict[str, dict[str, JsonValue]]] = {}
        for each in annotations:
            attributes = found.setdefault(each.category, {})
            for name, value in each.attributes.items():
                values = attributes.setdefault(name, {})
                values.update((word_of(one), one) for one in singles(value))
        return cls(
            {
                tag: {name: Words(values) for name, values in attributes.items()}
                for tag, attributes in found.items()
            }
        )

    def __or__(self, other: Vocabulary) -> Vocabulary:
        """Return what either has."""
        return Vocabulary(_united(self.categories, other.categories, _united_words))

    @property
    def example(self) -> str:
        """How a value is asked for, to stand in a message; "" where none is known."""
        for attributes in self.categories.values():
            for name, words in attributes.items():
                for word in words.values or ():
                    return f", as in {shown(name)}={shown(word)}"
        return ""

    def category(self, word: str, option: str) -> str:
        """Return the category that a word names; `option` is what an error begins with.

        Raises:
            UsageError: where there is none.
        """
        found = meant(word, self.categories)
        if found not in self.categories:
            raise UsageError(f"{option} {unknown('category', word, self.categories)}")
        return str(found)


def _united(
    first: Mapping[str, T], second: Mapping[str, T], unite: Callable[[T, T], T]
) -> dict[str, T]:
    both = {name: unite(first[name], second[name]) for name in first.keys() & second.keys()}
    return {**second, **first, **both}


def _united_words(first: Mapping[str, Words], second: Mapping[str, Words]) -> Mapping[str, Words]:
    return _united(first, second, or_)


def singles(value: JsonValue) -> list[JsonValue]:
    """Return the values that are stated: those of a list, none for null."""
    return value if isinstance(value, list) else [] if value is None else [value]


def word_of(value: JsonValue) -> str:
    """Return the word that stands for a value: a string for itself, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shown(word: str) -> str:
    """Return what somebody typed, short and safe to print."""
    if not word.strip():
        return "''"
    return escaped(word if len(word) <= _MOST_SHOWN else word[: _MOST_SHOWN - 1] + "…")


def unknown(kind: str, word: str, known: Iterable[str]) -> str:
    """Say that a word is not known, which is the nearest one, and which there are."""
    names = list(known)
    near = nearest(word, names)
    hint = f" (did you mean {shown(near)}?)" if near else ""
    listed = ", ".join(map(shown, names[:_MOST_LISTED])) or "none"
    more = f" and {len(names) - _MOST_LISTED:,} more" if len(names) > _MOST_LISTED else ""
    return f"{shown(word)}: unknown {kind}{hint}, there is {listed}{more}"


def _parts_of(model: type[BaseModel]) -> dict[str, Words]:
    """Return what can be stated of a model, by the names of its fields but for the tag."""
    return {
        name: _words(whole_type(each))
        for name, each in model.model_fields.items()
        if name != "category"
    }


def _words(kind: Any) -> Words:
    single = _single(kind)
    plain = get_args(single)[0] if get_origin(single) is Annotated else single
    if plain is bool:
        return Words({"true": True, "false": False})
    if get_origin(plain) is Literal:
        return Words({word_of(each): each for each in get_args(plain)})
    if isinstance(plain, type) and issubclass(plain, Enum):
        return Words({str(each.value): each.value for each in plain})
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return Words({}, parts=_parts_of(plain))
    return Words(read=_reader(single))


def _single(kind: Any) -> Any:
    """Return the type of one value: of a set its members', of what may be null the other."""
    if get_origin(kind) is Annotated:
        inner, *metadata = get_args(kind)
        single = _single(inner)
        # What is said of a set does not hold for its members.
        return Annotated[(single, *metadata)] if single is inner else single
    arguments = [each for each in get_args(kind) if each not in (type(None), ...)]
    if get_origin(kind) in (tuple, list, set, frozenset) and arguments:
        return _single(arguments[0])
    if type(None) in get_args(kind) and len(arguments) == 1:
        return _single(arguments[0])
    return kind


def _reader(kind: Any) -> Callable[[str], JsonValue]:
    def read(word: str) -> JsonValue:
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        try:
            value: JsonValue = adapter.dump_python(adapter.validate_strings(word), mode="json")
        except ValidationError as error:
            said = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
            raise ValueError(said) from None
        return value

    return read
