"""Statements that were parted in two, or put together, without a change of what they say.

"We keep logs and mail" becomes "We keep logs. We keep mail": beside the pair stands a statement
that would count as added. It is a part where it stands near, says nothing that the whole does not
say, in words that are mostly the whole's, and the parts together say all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotate.differences.pairing import Pair
from annotate.differences.statements import Statement

_NEAR = 4  # places in the order of the text
_WORDS = 0.6  # of the words of a part stand in the whole


def parted(pairs: Iterable[Pair], after: Iterable[Statement]) -> list[Pair]:
    """Return each part that is left on the side afterwards, with the whole that it is a part of.

    Turned round, what was put together.
    """
    left: dict[str, list[Statement]] = {}
    for each in after:
        left.setdefault(each.category, []).append(each)
    taken: set[int] = set()
    found = []
    for whole, first in pairs if left else ():
        near = [
            each
            for each in left.get(whole.category, ())
            if each.place not in taken and abs(each.place - first.place) <= _NEAR
        ]
        for part in _parts(whole, first, near):
            taken.add(part.place)
            found.append((whole, part))
    return found


def _parts(whole: Statement, first: Statement, near: Sequence[Statement]) -> Iterator[Statement]:
    """Yield what together with `first` says what the whole says; nothing where that is not so."""
    if whole.words.key == first.words.key:
        return  # it is all there still
    parts = [
        each
        for each in near
        if each.content <= whole.content
        and len(each.words.roots & whole.words.roots) >= _WORDS * len(each.words.roots)
    ]
    if frozenset().union(first.content, *(each.content for each in parts)) == whole.content:
        yield from parts
