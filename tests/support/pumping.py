"""Texts on which a pattern may take more work than it should: parts of it, repeated.

They are read off the pattern's own parse tree: what each of its pieces matches, pieces in pairs,
and its beginnings, each many times, behind what has to stand before and in front of what fits not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

from tests.support.backtracking import Nodes, in_set, tree

_CANDIDATES = "a1 .-,:/@()[]<>*_#\\\"'xX\n\tAß。"
_MOST_PIECES = 7
_BODIES = {sre.SUBPATTERN: 3, sre.MAX_REPEAT: 2, sre.MIN_REPEAT: 2, sre.POSSESSIVE_REPEAT: 2}


def pumped(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what stands before, what is to be repeated, and what stands behind."""
    nodes = tree(pattern)
    pieces = list(dict.fromkeys(_pieces(nodes, pattern.flags)))[:_MOST_PIECES]
    starts = [_sample(nodes[:end], pattern.flags) for end in range(1, len(nodes) + 1)]
    pairs = ["".join(pair) for pair in product(pieces, repeat=2) if pair[0] != pair[1]]
    before = dict.fromkeys(("", *starts[-2:-1]))
    for pump in dict.fromkeys((*pieces, *starts, *pairs)):
        if pump:
            for prefix in before:
                yield prefix, pump, "\0"  # which fits nothing, so that all is tried


def _pieces(nodes: Nodes, flags: int) -> Iterator[str]:
    """Yield what each piece of a tree matches, those of repeats first."""
    for kind, value in nodes:
        if kind in _BODIES:
            body = value[_BODIES[kind]]
            if kind is not sre.SUBPATTERN:
                yield _sample(body, flags) * max(value[0], 1)
            yield from _pieces(body, flags)
        elif kind is sre.BRANCH:
            for way in value[1]:
                yield _sample(way, flags)
                yield from _pieces(way, flags)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _pieces(value[1], flags)
        elif kind is sre.ATOMIC_GROUP:
            yield from _pieces(value, flags)
        else:
            yield from _characters(kind, value, flags)


def _sample(nodes: Nodes, flags: int) -> str:
    """Return a short text that a piece of a tree may match."""
    text = ""
    for kind, value in nodes:
        if kind in _BODIES:
            body = _sample(value[_BODIES[kind]], flags)
            text += body if kind is sre.SUBPATTERN else body * max(value[0], 1)
        elif kind is sre.BRANCH:
            text += _sample(value[1][0], flags)
        elif kind is sre.ATOMIC_GROUP:
            text += _sample(value, flags)
        else:
            text += next(_characters(kind, value, flags), "")
    return text


def _characters(kind: Any, value: Any, flags: int) -> Iterator[str]:
    """Yield up to three characters that a piece of one character matches."""
    if kind is sre.LITERAL:
        yield chr(value)
    elif kind is sre.NOT_LITERAL:
        yield "a" if value != ord("a") else "b"
    elif kind is sre.ANY:
        yield "a"
    elif kind is sre.IN:
        yield from _members(value, flags)[:3]


def _members(value: Nodes, flags: int) -> list[str]:
    named = [chr(each) for kind, each in value if kind is sre.LITERAL]
    ranged = [chr(each[0]) for kind, each in value if kind is sre.RANGE]
    tried = (*_CANDIDATES, *named, *ranged)
    return list(dict.fromkeys(each for each in tried if in_set(value, each, flags)))
