"""How much two statements of one category are alike: by their values, words and surroundings.

Each value and each word counts the more, the fewer statements have it (inverse document frequency;
K. Spärck Jones, Journal of Documentation 28(1), 1972): nearly all are "affirmed" and say "we", one
says "sell". Of values, words and what leads in, the share that both sides have is taken (Dice), and
the three are weighed. 1 is the same, 0 has nothing in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from heapq import nlargest
from math import log

from annotate.differences.statements import Statement
from annotate.scoring.overlap import Edge

LEAST = 0.45
"""Statements that are less alike are no pair. Chosen on planted changes; see the docs."""

IN_PLACE = 0.3
"""The same of statements between the same neighbours: one stands in the place of the other."""

WHOLE = 1 << 30
"""`Edge.union` of statements that are compared by content: `shared` is the part in common."""

_OF_WORDS, _OF_VALUES, _OF_CONTEXT = 0.5, 0.4, 0.1
_MOST_COMPARED = 4_000  # pairs of a category that are all looked at
_COMMON = 40  # statements with a feature; one that more have finds no candidates
_CANDIDATES = 8  # of one statement, the likeliest


class Likeness:
    """Knows how rare values and words are in two documents, and how much statements are alike."""

    def __init__(self, before: Sequence[Statement], after: Sequence[Statement]) -> None:
        every = [*before, *after]
        self._words = _weights(each.words.roots for each in every)
        self._around = _weights(each.around.roots for each in every)
        self._values = {
            name: _weights(each.content for each in every if each.category == name)
            for name in {each.category for each in every}
        }

    def __call__(self, one: Statement, other: Statement) -> float:
        """Return how much two statements of one category are alike, from 0 to 1."""
        return (
            _OF_WORDS * _share(one.words.roots, other.words.roots, self._words)
            + _OF_VALUES * _share(one.content, other.content, self._values[one.category])
            + _OF_CONTEXT * _share(one.around.roots, other.around.roots, self._around)
        )

    def pairs(
        self, before: Sequence[Statement], after: Sequence[Statement], least: float = LEAST
    ) -> list[Edge]:
        """Return which statements of one category may be a pair, and how much they are alike.

        Of long lists only those are looked at that share something rare.
        """
        if len(before) * len(after) <= _MOST_COMPARED:
            near: Iterable[Iterable[int]] = [range(len(after))] * len(before)
        else:
            near = self._near(before, after)
        found = []
        for one, candidates in enumerate(near):
            for other in candidates:
                alike = self(before[one], after[other])
                if alike >= least:
                    found.append(Edge(one, other, int(alike * WHOLE), WHOLE))
        return found

    def _near(
        self, before: Sequence[Statement], after: Sequence[Statement]
    ) -> Iterable[Sequence[int]]:
        """Yield for each statement those on the other side with which it shares most."""
        having: dict[Hashable, list[int]] = {}
        for place, each in enumerate(after):
            for feature in _features(each):
                having.setdefault(feature, []).append(place)
        for each in before:
            shared: defaultdict[int, float] = defaultdict(float)
            values = self._values[each.category]
            for feature in _features(each):
                places = having.get(feature, ())
                if len(places) <= _COMMON:
                    weight = values[feature] if isinstance(feature, tuple) else self._words[feature]
                    for place in places:
                        shared[place] += weight
            yield nlargest(_CANDIDATES, shared, key=lambda place: (shared[place], -place))


def _features(statement: Statement) -> Iterable[Hashable]:
    yield from sorted(statement.words.roots)
    yield from sorted(statement.content)


def _weights(every: Iterable[Set[Hashable]]) -> Mapping[Hashable, float]:
    having: Counter[Hashable] = Counter()
    total = 0
    for total, features in enumerate(every, start=1):  # noqa: B007
        having.update(features)
    return {feature: log(1 + total / count) for feature, count in having.items()}


def _share(one: Set[Hashable], other: Set[Hashable], weights: Mapping[Hashable, float]) -> float:
    """Return 2 · what is common / what both have, 1 where neither has anything."""
    of = sum(map(weights.__getitem__, one)) + sum(map(weights.__getitem__, other))
    return 2 * sum(map(weights.__getitem__, one & other)) / of if of else 1.0
