"""Names and closed values in another spelling: the one that is meant, where only one can be.

Models write `Cause`, `THIRD PARTY` or `third-party` where the schema has `cause` and `third_party`,
and a value alone where a set of values is wanted. Case, and what joins words, tell no two members
of a set apart, so nothing is guessed; a word that no member has, or two have, stays as it is. Open
values (dates, durations, numbers, quotes) are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotate.schema.categories import Category

_JOINS = re.compile(r"[\s_-]+")


def as_spelled(
    item: Mapping[str, Any], categories: Mapping[str, type[Category]]
) -> dict[str, Any] | None:
    """Return an annotation in the schema's spelling, None where it names no category."""
    keys = ("category", "quote")
    tag = next((value for key, value in item.items() if _meant(key, keys) == "category"), None)
    meant = _meant(tag, categories)
    category = categories.get(meant) if isinstance(meant, str) else None
    if category is None:
        return None
    names = (*keys, *category.attributes())
    spelled = {_meant(key, names): value for key, value in item.items()}
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
        return _meant(value, known)
    given = [value] if _meant(value, known) in known else value
    return [_meant(each, known) for each in given] if isinstance(given, list) else value


def _meant(given: Any, known: Iterable[str]) -> Any:
    """Return the one of `known` that is spelled like `given` but for case and joins, else it."""
    if not isinstance(given, str):
        return given
    folded = _folded(given)
    found = [each for each in known if _folded(each) == folded]
    return found[0] if len(found) == 1 else given


def _folded(word: str) -> str:
    return _JOINS.sub("_", word.strip().casefold())
