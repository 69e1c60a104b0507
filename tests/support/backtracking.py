"""A regular expression engine that counts: how much work does a pattern of `re` take on a text?

It reads the parse tree of the standard library and tries alternatives in the order of its engine,
backtracking as that does; it knows none of its short cuts, which change how fast a step is and not
how the number of steps grows. Case is folded one letter at a time, which is enough to count.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Then = Callable[[int], bool]
Nodes = Sequence[tuple[Any, Any]]

_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
}
_OPPOSITES = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
_SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


_IGNORECASE, _DOTALL, _MULTILINE = int(re.IGNORECASE), int(re.DOTALL), int(re.MULTILINE)


@cache
def tree(pattern: re.Pattern[str]) -> Nodes:
    """Return the parse tree of a pattern, in tuples; that of a look-around with its width last."""
    return _in_tuples(_parser.parse(pattern.pattern, pattern.flags))


def _in_tuples(nodes: Any) -> Nodes:
    return tuple((kind, _value_in_tuples(kind, value)) for kind, value in nodes)


def _value_in_tuples(kind: Any, value: Any) -> Any:
    if kind in _REPEATS or kind is sre.SUBPATTERN:
        return (*value[:-1], _in_tuples(value[-1]))
    if kind is sre.BRANCH:
        return value[0], tuple(map(_in_tuples, value[1]))
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return value[0], _in_tuples(value[1]), value[1].getwidth()[0]
    if kind is sre.ATOMIC_GROUP:
        return _in_tuples(value)
    return tuple(value) if kind is sre.IN else value


MOST_STEPS = 80_000
"""Where counting ends: some patterns would go on for ever."""


def steps_of(pattern: re.Pattern[str], text: str, uses: Container[str] = ("finditer",)) -> int:
    """Return how many steps it takes to look for a pattern in a text, `MOST_STEPS` at most.

    Args:
        pattern: the pattern.
        text: the text.
        uses: the methods by which the package looks for it; the most that one of them needs counts.
    """
    engine = Counting(pattern, text)
    try:
        _look(engine, uses)
    except _Enough:
        return MOST_STEPS
    return engine.steps


class _Enough(Exception):
    """Raised where counting ends."""


def _look(engine: Counting, uses: Container[str]) -> None:
    if not any(each in uses for each in ("finditer", "findall", "split", "sub", "subn")):
        if "search" in uses:
            next(engine.spans(), None)
        else:
            engine.match(0)
        return
    for _ in engine.spans():
        pass


class Counting:
    """One search through one text.

    Attributes:
        steps: how often a piece of the pattern was tried at a place.
    """

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.steps = 0
        self._text = text
        self._nodes = tree(pattern)
        self._flags = pattern.flags
        self._groups: dict[int, tuple[int, int]] = {}

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the places of all matches, as `finditer` does."""
        position = 0
        while position <= len(self._text):
            if (end := self.match(position)) is None:
                position += 1
                continue
            yield position, end
            position = max(end, position + 1)

    def match(self, position: int) -> int | None:
        """Return where a match at a position ends, None where there is none."""
        self._groups.clear()
        with _deep():
            return self._end(self._nodes, position, self._flags)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _Enough

    def _run(self, nodes: Nodes, at: int, position: int, flags: int, then: Then) -> bool:
        if at == len(nodes):
            return then(position)
        self._step()
        kind, value = nodes[at]

        def go_on(reached: int) -> bool:
            return self._run(nodes, at + 1, reached, flags, then)

        if kind in _SINGLE:
            return self._is(kind, value, position, flags) and go_on(position + 1)
        if kind in _REPEATS:
            return self._repeat(kind, value, position, flags, go_on)
        if kind is sre.BRANCH:
            return any(self._run(way, 0, position, flags, go_on) for way in value[1])
        if kind is sre.SUBPATTERN:
            return self._group(value, position, flags, go_on)
        if kind is sre.ATOMIC_GROUP:
            end = self._end(value, position, flags)
            return end is not None and go_on(end)
        if kind in (sre.ASSERT, sre.ASSERT_NOT):
            return self._looks(value, position, flags) is (kind is sre.ASSERT) and go_on(position)
        if kind is sre.AT:
            return self._stands(value, position, flags) and go_on(position)
        if kind is sre.GROUPREF:
            start, end = self._groups.get(value, (0, 0))
            same = self._text[start:end].lower()
            return self._text[position : position + end - start].lower() == same and go_on(
                position + end - start
            )
        raise NotImplementedError(f"the engine that counts does not know {kind}")

    # ---- One character ----

    def _is(self, kind: Any, value: Any, position: int, flags: int) -> bool:
        if position >= len(self._text):
            return False
        character = self._text[position]
        if kind is sre.ANY:
            return bool(flags & _DOTALL) or character != "\n"
        if kind is sre.IN:
            return in_set(value, character, flags)
        return _same(value, character, flags) is (kind is sre.LITERAL)

    # ---- What is tried more than once ----

    def _repeat(self, kind: Any, value: Any, position: int, flags: int, go_on: Then) -> bool:
        least, most, body = value
        if len(body) == 1 and body[0][0] in _SINGLE:
            return self._repeat_one(kind, least, most, body[0], position, flags, go_on)
        if kind is sre.POSSESSIVE_REPEAT:
            count = 0
            while count < most:
                end = self._end(body, position, flags)
                if end is None or (end == position and count >= least):
                    break
                position, count = end, count + 1
            return count >= least and go_on(position)

        def again(count: int, here: int) -> bool:
            def more() -> bool:
                return count < most and self._run(
                    body,
                    0,
                    here,
                    flags,
                    lambda end: (end > here or count < least) and again(count + 1, end),
                )

            def enough() -> bool:
                return count >= least and go_on(here)

            return (more() or enough()) if kind is sre.MAX_REPEAT else (enough() or more())

        return again(0, position)

    def _repeat_one(
        self,
        kind: Any,
        least: int,
        most: int,
        node: tuple[Any, Any],
        position: int,
        flags: int,
        go_on: Then,
    ) -> bool:
        if kind is sre.MIN_REPEAT:
            for count in range(min(most, len(self._text) - position) + 1):
                self._step()
                if count >= least and go_on(position + count):
                    return True
                if not self._is(*node, position + count, flags):
                    return False
            return False
        count = 0
        while count < most and self._is(*node, position + count, flags):
            self._step()
            count += 1
        for tried in range(count, least - 1, -1):
            self._step()
            if go_on(position + tried):
                return True
            if kind is sre.POSSESSIVE_REPEAT:
                break
        return False

    # ---- Groups and looking around ----

    def _group(self, value: Any, position: int, flags: int, go_on: Then) -> bool:
        number, added, removed, body = value

        def closed(end: int) -> bool:
            before = self._groups.get(number)
            self._groups[number] = (position, end)
            if go_on(end):
                return True
            if before is None:
                del self._groups[number]
            else:
                self._groups[number] = before
            return False

        return self._run(body, 0, position, (flags | added) & ~removed, closed)

    def _end(self, body: Nodes, position: int, flags: int) -> int | None:
        """Return where the first way through `body` ends, and take no other."""
        ends: list[int] = []

        def ended(end: int) -> bool:
            ends.append(end)
            return True

        return ends[0] if self._run(body, 0, position, flags, ended) else None

    def _looks(self, value: Any, position: int, flags: int) -> bool:
        direction, body, width = value
        if direction < 0:
            position -= width
        return position >= 0 and self._end(body, position, flags) is not None

    def _stands(self, value: Any, position: int, flags: int) -> bool:
        text, end = self._text, len(self._text)
        if value is sre.AT_BEGINNING_STRING or value is sre.AT_BEGINNING:
            lines = value is sre.AT_BEGINNING and flags & _MULTILINE
            return position == 0 or bool(lines and text[position - 1] == "\n")
        if value is sre.AT_END_STRING:
            return position == end
        if value is sre.AT_END:
            last = position == end or text[position:] == "\n"
            return last or bool(flags & _MULTILINE and text[position] == "\n")
        word = _CATEGORIES[sre.CATEGORY_WORD]
        before, after = position > 0 and word(text[position - 1]), position < end
        return (before != (after and word(text[position]))) is (value is sre.AT_BOUNDARY)


@contextmanager
def _deep() -> Iterator[None]:
    """Let calls nest as deep as a pattern repeats."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _same(code: int, character: str, flags: int) -> bool:
    if flags & _IGNORECASE:
        return chr(code).lower() == character.lower()
    return code == ord(character)


@cache
def in_set(members: Nodes, character: str, flags: int) -> bool:
    """Tell whether a character is one of a set in square brackets."""
    negated = members[0][0] is sre.NEGATE
    cases = {character, character.lower(), character.upper()}
    if not flags & _IGNORECASE:
        cases = {character}
    found = any(_member(each, case) for each in members for case in cases if len(case) == 1)
    return found is not negated


def _member(member: tuple[Any, Any], character: str) -> bool:
    kind, value = member
    if kind is sre.LITERAL:
        return bool(value == ord(character))
    if kind is sre.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    if kind is sre.CATEGORY:
        if value in _OPPOSITES:
            return not _CATEGORIES[_OPPOSITES[value]](character)
        return _CATEGORIES[value](character)
    return False  # NEGATE
