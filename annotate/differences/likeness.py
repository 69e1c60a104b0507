"""How much two statements of one category are alike: by their values, words and surroundings.

Each value and each word counts the more, the fewer statements have it (inverse document frequency;
K. Spärck Jones, Journal of Documentation 28(1), 1972): nearly all are "affirmed" and say "we", one
says "sell". Of values, words and what leads in, the share that both sides have is taken (Dice), and
the three are weighed. 1 is the same, 0 has nothing in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence, Set
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

_FEWEST_WORDS = 0.1  # in common, as a share
_OF_WORDS, _OF_VALUES, _OF_CONTEXT = 0.5, 0.4, 0.1
_MOST_COMPARED = 4_000  # pairs of a category that are all looked at
_COMMON = 40  # statements with a feature; one that more have finds no candidates
_CANDIDATES = 8  # of one statement, the likeliest


class _Rarity:
    """Knows how rare each feature is among some statements."""

    def __init__(self, every: Iterable[Set[Hashable]]) -> None:
        having: Counter[Hashable] = Counter()
        total = 0
        for total, features in enumerate(every, start=1):  # noqa: B007
            having.update(features)
        self.weights = {feature: log(1 + total / count) for feature, count in having.items()}
        self._sums: dict[Set[Hashable], float] = {}

    def share(self, one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
        """Return 2 · what is common / what both have, 1 where neither has anything."""
        of = self._sum(one) + self._sum(other)
        return 2 * sum(map(self.weights.__getitem__, one & other)) / of if of else 1.0

    def _sum(self, features: frozenset[Hashable]) -> float:
        if features not in self._sums:
            self._sums[features] = sum(map(self.weights.__getitem__, features))
        return self._sums[features]


class Likeness:
    """Knows how rare values and words are in two documents, and how much statements are alike."""

    def __init__(self, before: Sequence[Statement], after: Sequence[Statement]) -> None:
        every = [*before, *after]
        self._words = _Rarity(each.words.roots for each in every)
        self._around = _Rarity(each.around.roots for each in every)
        content: dict[str, list[Set[Hashable]]] = {}
        for each in every:
            content.setdefault(each.category, []).append(each.content)
        self._values = {name: _Rarity(found) for name, found in content.items()}

    def __call__(self, one: Statement, other: Statement, least: float = LEAST) -> float:
        """Return how much two statements of one category are alike, from 0 to 1.

        0 where it cannot be `least`, or they have no words in common. Many statements have the same
        values: those are alike without a word in common only where one stands in the place of the
        other (`least` is `IN_PLACE`).
        """
        words = self._words.share(one.words.roots, other.words.roots)
        if words < _FEWEST_WORDS and least > IN_PLACE:
            return 0.0
        values = self._values[one.category].share(one.content, other.content)
        alike = _OF_WORDS * words + _OF_VALUES * values
        if alike + _OF_CONTEXT < least:
            return 0.0
        return alike + _OF_CONTEXT * self._around.share(one.around.roots, other.around.roots)

    def pairs(
        self, before: Sequence[Statement], after: Sequence[Statement], least: float = LEAST
    ) -> list[Edge]:
        """Return which statements of one category may be a pair, and how much they are alike.

        Of long lists only those are looked at that share something rare, or stand at the same
        place.
        """
        if len(before) * len(after) <= _MOST_COMPARED:
            near: Iterable[Iterable[int]] = [range(len(after))] * len(before)
        else:
            near = self._near(before, after)
        found = []
        for one, candidates in enumerate(near):
            for other in candidates:
                alike = self(before[one], after[other], least)
                if alike >= least:
                    found.append(Edge(one, other, int(alike * WHOLE), WHOLE))
        return found

    def _near(
        self, before: Sequence[Statement], after: Sequence[Statement]
    ) -> Iterable[Iterable[int]]:
        """Yield for each statement those with which it shares most, and those at its place."""
        having: dict[Hashable, list[int]] = {}
        for place, each in enumerate(after):
            for feature in _features(each):
                having.setdefault(feature, []).append(place)
        for number, each in enumerate(before):
            shared: defaultdict[int, float] = defaultdict(float)
            values, words = self._values[each.category].weights, self._words.weights
            for feature in _features(each):
                places = having.get(feature, ())
                if len(places) <= _COMMON:
                    weight = values[feature] if isinstance(feature, tuple) else words[feature]
                    for place in places:
                        shared[place] += weight
            at = number * len(after) // len(before)
            near = range(max(0, at - _CANDIDATES // 2), min(len(after), at + _CANDIDATES // 2))
            rare = nlargest(_CANDIDATES, shared, key=lambda place: (shared[place], -place))
            yield dict.fromkeys([*rare, *near])


def _features(statement: Statement) -> Iterable[Hashable]:
    yield from sorted(statement.words.roots)
    yield from sorted(statement.content)
