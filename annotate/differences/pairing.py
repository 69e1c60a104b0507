"""Pair the statements of two documents, one to one, whatever their order.

On the same text statements pair by their spans, as predictions pair with gold
(`annotate.scoring.matching`); what is left at the same place under another category is a pair too.
On different texts they pair by content, the surest first:

1. the same words and values below the same headings and stems, then anywhere;
2. the same words with other values;
3. what is most alike (`annotate.differences.likeness`): among pairs that are alike by .8, then
   by .6, then by the least that counts, the assignment with the greatest sum, the same method as in
   scoring. Of equally good pairs the one that stands at the same place in the order is taken.

Where a statement stands several times, the first pairs with the first, and so on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias

from annotate.differences.likeness import IN_PLACE, LEAST, Likeness
from annotate.differences.statements import Statement
from annotate.scoring.assignment import heaviest_assignment
from annotate.scoring.labels import Label, trim
from annotate.scoring.matching import components, match
from annotate.scoring.overlap import Edge, overlaps

Pair: TypeAlias = tuple[Statement, Statement]

_ROUNDS = (0.8, 0.6, LEAST)
_MOST_STEPS = 2_000_000  # of one assignment; beyond it the likeliest pair is taken, then the next


def pair_by_content(before: Sequence[Statement], after: Sequence[Statement]) -> list[Pair]:
    """Return the pairs of statements of two texts, in no order."""
    sides = _Sides(before, after)
    for key in (_all, _said, _worded):
        sides.pair_equal(key)
    likeness = Likeness(before, after)
    for one, other in sides.left_by(lambda _, each: each.category):
        edges = likeness.pairs(one, other)
        for least in _ROUNDS:
            chosen = list(_assigned(edges, least, len(one), len(other)))
            sides.add((one[edge.gold], other[edge.predicted]) for edge in chosen)
            edges = _without(edges, chosen)
    for backwards in (False, True):
        for one, other in sides.left_by(sides.neighbour(backwards=backwards)):
            edges = likeness.pairs(one, other, IN_PLACE)
            in_place = _assigned(edges, IN_PLACE, len(one), len(other))
            sides.add((one[edge.gold], other[edge.predicted]) for edge in in_place)
    return sides.pairs


def _all(each: Statement) -> Hashable:
    return each.category, each.words.key, each.content, each.around.key


def _said(each: Statement) -> Hashable:
    return each.category, each.words.key, each.content


def _worded(each: Statement) -> Hashable:
    return each.category, each.words.key, each.around.key


class _Sides:
    """The pairs that were found, and the statements that are left on either side."""

    def __init__(self, before: Sequence[Statement], after: Sequence[Statement]) -> None:
        self.left = list(before), list(after)
        self.pairs: list[Pair] = []

    def add(self, pairs: Iterable[Pair]) -> None:
        found = list(pairs)
        self.pairs += found
        for side, left in enumerate(self.left):
            gone = {pair[side].place for pair in found}
            left[:] = [each for each in left if each.place not in gone]

    def pair_equal(self, key: Callable[[Statement], Hashable]) -> None:
        """Pair what has the same key, the first with the first and so on."""
        waiting: dict[Hashable, list[Statement]] = {}
        for each in reversed(self.left[1]):
            waiting.setdefault(key(each), []).append(each)
        self.add([(each, same.pop()) for each in self.left[0] if (same := waiting.get(key(each)))])

    def left_by(
        self, key: Callable[[int, Statement], Hashable]
    ) -> Iterator[tuple[list[Statement], list[Statement]]]:
        """Yield what is left and has the same key, where there is such on both sides."""
        groups: dict[Hashable, tuple[list[Statement], list[Statement]]] = {}
        for side, left in enumerate(self.left):
            for each in left:
                groups.setdefault(key(side, each), ([], []))[side].append(each)
        yield from (group for group in groups.values() if all(group))

    def neighbour(self, *, backwards: bool) -> Callable[[int, Statement], Hashable]:
        """Return what tells the category of a statement, and which pair stands next before it.

        Backwards, which stands next behind it.
        """
        around: list[dict[int, int]] = []
        for side, left in enumerate(self.left):
            pairs = {pair[side].place: number for number, pair in enumerate(self.pairs)}
            found, last = {}, -1
            for at in sorted([*pairs, *(each.place for each in left)], reverse=backwards):
                found[at] = last = pairs.get(at, last)
            around.append(found)
        return lambda side, each: (each.category, around[side][each.place])


# ---- The assignment ----


def _assigned(edges: Iterable[Edge], least: float, *sizes: int) -> Iterator[Edge]:
    """Yield the edges of the greatest sum that share no end, of those that are alike enough."""
    for component in components(edge for edge in edges if edge.shared >= least * edge.union):
        rows = sorted({edge.gold for edge in component})
        columns = sorted({edge.predicted for edge in component})
        fewer, more = sorted((len(rows), len(columns)))
        if fewer * fewer * more > _MOST_STEPS:
            yield from _likeliest(component)
        else:
            yield from _heaviest(component, rows, columns, sizes)


def _heaviest(
    component: Sequence[Edge], rows: Sequence[int], columns: Sequence[int], sizes: Sequence[int]
) -> Iterator[Edge]:
    turned = len(rows) > len(columns)
    lines, across = (columns, rows) if turned else (rows, columns)
    weights = [[0] * len(across) for _ in lines]
    edges: dict[tuple[int, int], Edge] = {}
    for edge in component:
        ends = (edge.predicted, edge.gold) if turned else (edge.gold, edge.predicted)
        cell = bisect_left(lines, ends[0]), bisect_left(across, ends[1])
        edges[cell] = edge
        # What stands at the same place in the order, as a share of it, decides between equals.
        near = 1 - abs(edge.gold / sizes[0] - edge.predicted / sizes[1])
        weights[cell[0]][cell[1]] = (edge.shared << 10) + int(near * 1023)
    for cell in enumerate(heaviest_assignment(weights)):
        if cell in edges:
            yield edges[cell]


def _likeliest(component: Iterable[Edge]) -> Iterator[Edge]:
    """Yield the edge of most in common, then the next that shares no end with it, and so on."""
    taken: tuple[set[int], set[int]] = (set(), set())
    for edge in sorted(component, key=lambda e: (-e.shared, abs(e.gold - e.predicted), e)):
        if edge.gold not in taken[0] and edge.predicted not in taken[1]:
            taken[0].add(edge.gold)
            taken[1].add(edge.predicted)
            yield edge


# ---- On the same text ----


def pair_by_span(before: Sequence[Statement], after: Sequence[Statement], text: str) -> list[Pair]:
    """Return the pairs of statements of one text that two runs made, in no order."""
    one, other = _labels(before, text), _labels(after, text)
    pairs = match(overlaps(one, other), one, other)
    pairs += match(_without(overlaps(one, other, typed=False), pairs), one, other)
    return [(before[edge.gold], after[edge.predicted]) for edge in pairs]


def _without(edges: Iterable[Edge], chosen: Iterable[Edge]) -> list[Edge]:
    """Return the edges that share no end with those that were chosen."""
    ends = {edge.gold for edge in chosen}, {edge.predicted for edge in chosen}
    return [each for each in edges if each.gold not in ends[0] and each.predicted not in ends[1]]


def _labels(side: Sequence[Statement], text: str) -> list[Label]:
    return trim(
        (Label.of(each.annotation) for each in side),
        {each.annotation.document: text for each in side},
    )
