"""What is asked of the values of annotations: how it is typed, what it means, and whether it fits.

What is typed (`ATTRIBUTE=VALUE`, `ATTRIBUTE!=VALUE`, `CATEGORY.ATTRIBUTE=VALUE`) is checked against
a `Vocabulary`; a name or a value that there is not is an error, with the nearest one and the list.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.errors import UsageError
from annotate.schema.spelling import meant
from annotate.schema.vocabulary import Vocabulary, Words, shown, singles, unknown, word_of

Where: TypeAlias = str | Iterable[str] | Mapping[str, Any]
"""What is asked of values, all of which has to fit: as it is typed, or by the attribute's path:
{"sharing.recipients": ["affiliate", "authority"], "polarity": "denied"}."""

NOTHING = "null"
"""The word for what is not stated: null, or an empty list."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of one attribute.

    Attributes:
        wanted: by category that has the attribute, the values of which one has to be stated.
        path: the name of the attribute, and of the parts of its values.
        nothing: whether it may also state nothing.
        equal: False where none of all this may be.
        only: whether it names its category: then it asks nothing of other categories.
    """

    wanted: Mapping[str, frozenset[Hashable]]
    path: tuple[str, ...]
    nothing: bool = False
    equal: bool = True
    only: bool = False

    def fits(self, annotation: Annotation) -> bool:
        """Tell whether an annotation states what is asked for."""
        wanted = self.wanted.get(annotation.category)
        if wanted is None:
            return self.only
        values = list(_values_at(annotation.attributes, self.path))
        found = any(_key(each) in wanted for each in values) or (self.nothing and not values)
        return found is self.equal


_Asked: TypeAlias = tuple[str, bool, list[Any] | str]
"""The path of an attribute, whether it has to be equal, and to what: values, or words typed."""


def conditions(
    vocabulary: Vocabulary, where: Where, categories: tuple[str, ...] = (), option: str = "--value"
) -> list[Condition]:
    """Return what is asked of values; of these categories alone, where any are given.

    Raises:
        UsageError: where an attribute or a value is unknown; its message begins with `option`.
    """
    asked = _asked(vocabulary, where, option)
    return [_condition(vocabulary, option, each, categories) for each in asked]


def _asked(vocabulary: Vocabulary, where: Where, option: str) -> Iterator[_Asked]:
    if isinstance(where, Mapping):
        for path, value in where.items():
            several = isinstance(value, list | tuple | set | frozenset)
            yield path, True, (list(value) or [None]) if several else [value]
        return
    for pattern in [where] if isinstance(where, str) else where:
        yield _parted(vocabulary, pattern, option)


def _parted(vocabulary: Vocabulary, pattern: str, option: str) -> _Asked:
    path, sign, words = pattern.partition("=")
    if not sign or not path.strip(" !") or not words.strip():
        raise UsageError(
            f"{option} {shown(pattern)}: needs ATTRIBUTE=VALUE or ATTRIBUTE!=VALUE"
            f"{vocabulary.example}; {NOTHING} is what is not stated"
        )
    return path.removesuffix("!").strip(), not path.endswith("!"), words.strip()


def _condition(
    vocabulary: Vocabulary, option: str, asked: _Asked, categories: tuple[str, ...]
) -> Condition:
    path, equal, values = asked
    typed = values if isinstance(values, str) else ",".join(map(word_of, values))
    sign = "=" if equal else "!="
    begin = f"{option} {shown(f'{path}{sign}{typed}')}"
    found, names, only = _places(vocabulary, path, categories, begin)
    wanted: dict[str, frozenset[Hashable]] = {}
    nothing, problems = False, []
    for tag, words in found.items():
        try:
            read = _read(words, values)
        except ValueError as error:
            problems.append(f"{begin}: {tag}.{'.'.join(names)}: {error}")
            wanted[tag] = frozenset()  # what other categories may state, this one never does
            continue
        nothing = nothing or None in read
        wanted[tag] = frozenset(_key(each) for each in read if each is not None)
    if len(problems) == len(found):
        raise UsageError(problems[0])
    return Condition(wanted, names, nothing, equal, only)


def _places(
    vocabulary: Vocabulary, path: str, categories: tuple[str, ...], begin: str
) -> tuple[dict[str, Words], tuple[str, ...], bool]:
    """Return the attribute by category that has it, its names, and whether a category is named."""
    names = [each.strip() for each in path.split(".")]
    tag = meant(names[0], vocabulary.categories)
    only = len(names) > 1 and tag in vocabulary.categories
    if only and categories and tag not in categories:
        raise UsageError(f"{begin}: {tag} is none of the categories that --category names")
    tags = (tag,) if only else categories or tuple(vocabulary.categories)
    names = names[1:] if only else names
    found, spelled = {}, tuple(names)
    for each in tags:
        attributes: Mapping[str, Words] = vocabulary.categories[each]
        own: list[str] = []
        for name in names:
            own.append(meant(name, attributes))
            if own[-1] not in attributes:
                break
            words = attributes[own[-1]]
            attributes = words.parts
        else:
            found[each], spelled = words, tuple(own)
    if not found:
        _refuse(vocabulary, names, tags, begin)
    return found, spelled, only


def _refuse(vocabulary: Vocabulary, names: list[str], tags: tuple[str, ...], begin: str) -> None:
    known = dict.fromkeys(name for tag in tags for name in vocabulary.categories[tag])
    first = meant(names[0], known)
    if first not in known and len(names) > 1:
        known = {**dict.fromkeys(vocabulary.categories), **known}
        raise UsageError(f"{begin}: {unknown('category or attribute', names[0], known)}")
    if first not in known:
        of = f"attribute of {tags[0]}" if len(tags) == 1 else "attribute"
        raise UsageError(f"{begin}: {unknown(of, names[0], known)}")
    parts = dict.fromkeys(
        part for tag in tags if (own := vocabulary.categories[tag].get(first)) for part in own.parts
    )
    raise UsageError(f"{begin}: {unknown(f'part of {first}', '.'.join(names[1:]), parts)}")


def _read(words: Words, values: list[Any] | str) -> list[JsonValue]:
    """Return the values that are asked for; None for what is not stated.

    Raises:
        ValueError: where one is unknown.
    """
    if not isinstance(values, str):
        return [None if each is None else words.value(word_of(each)) for each in values]
    try:
        return [_value(words, values)]
    except ValueError:
        if "," not in values:
            raise
        return [_value(words, each.strip()) for each in values.split(",")]


def _value(words: Words, word: str) -> JsonValue:
    return None if word == NOTHING and word not in (words.values or ()) else words.value(word)


def _values_at(value: Any, path: tuple[str, ...]) -> Iterator[JsonValue]:
    """Yield what is stated at a path: in each member of a list, and nothing for null."""
    for each in singles(value):
        if not path:
            yield each
        elif isinstance(each, Mapping):
            yield from _values_at(each.get(path[0]), path[1:])


def _key(value: JsonValue) -> Hashable:
    """Return what is the same for the same values: 1 is 1.0, and True is neither."""
    if isinstance(value, bool | list | dict):
        return type(value), json.dumps(value, sort_keys=True)
    return value
