"""Names and closed values in another spelling: the one that is meant, where only one can be.

Models write `Cause`, `THIRD PARTY` or `third-party` where the schema has `cause` and `third_party`,
and a value alone where a set of values is wanted. Case, and what joins words, tell no two members
of a set apart, so nothing is guessed; a word that no member has, or two have, stays as it is. Open
values (dates, durations, numbers, quotes) are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import Any

from annotate.schema.categories import Category

_JOINS = re.compile(r"[\s_-]+")
_LONGEST = 100  # characters that are compared with other words
_MOST_COMPARED = 100  # words


def as_spelled(
    item: Mapping[str, Any], categories: Mapping[str, type[Category]]
) -> dict[str, Any] | None:
    """Return an annotation in the schema's spelling, None where it names no category."""
    keys = ("category", "quote")
    tag = next((value for key, value in item.items() if meant(key, keys) == "category"), None)
    named = meant(tag, categories)
    category = categories.get(named) if isinstance(named, str) else None
    if category is None:
        return None
    names = (*keys, *category.attributes())
    spelled = {meant(key, names): value for key, value in item.items()}
    if len(spelled) < len(item):  # "Quote" beside "quote": which of them is a guess
        return None
    for name in category.attributes():
        if name in spelled:
            spelled[name] = _values(category, name, spelled[name])
    return {**spelled, "category": category.tag()}


def _values(category: type[Category], name: str, value: Any) -> Any:
    members = category.values_of(name)
    if members is None:
        return value
    known = tuple(map(str, members))
    if name not in category.sets():
        return meant(value, known)
    given = [value] if meant(value, known) in known else value
    return [meant(each, known) for each in given] if isinstance(given, list) else value


def meant(given: Any, known: Iterable[str]) -> Any:
    """Return the one of `known` that is spelled like `given` but for case and joins, else it."""
    if not isinstance(given, str):
        return given
    folded = _folded(given)
    found = [each for each in known if _folded(each) == folded]
    return found[0] if len(found) == 1 else given


def nearest(given: str, known: Iterable[str]) -> str:
    """Return the one of `known` that is spelled most like `given`, "" where none is near."""
    from difflib import get_close_matches  # only what is refused needs it

    words = {_folded(each): each for each in known}
    word = _folded(given[:_LONGEST])
    # A slip leaves the rest of a word as it is; to compare very many in full would take too long.
    near = nlargest(_MOST_COMPARED, words, key=lambda each: _same_ends(word, each))
    found = get_close_matches(word, near, 1)
    return words[found[0]] if found else ""


def one_of(given: str, known: Iterable[str]) -> str:
    """Say what to write in place of what is none of `known`: the nearest, or another of them."""
    names = list(known)
    near = nearest(given, names)
    meant = f"{near!r} is the nearest; " if near else ""
    return f"{meant}use one of {', '.join(names) or 'none, for there are none yet'}"


def there_is(given: str, known: Iterable[str]) -> str:
    """Say what there is in place of what is none of `known`, the nearest one first."""
    names = list(known)
    near = nearest(given, names)
    meant = f"{near!r} is the nearest, " if near else ""
    return f"{meant}there is {', '.join(names) or 'none'}"


def _same_ends(first: str, second: str) -> int:
    """Return how many letters two words share at their beginnings and at their ends."""
    return _same_start(first, second) + _same_start(first[::-1], second[::-1])


def _same_start(first: str, second: str) -> int:
    unlike = (place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b)
    return next(unlike, min(len(first), len(second)))


def _folded(word: str) -> str:
    return _JOINS.sub("_", word.strip().casefold())
