"""Find which labels of two sides share characters, and how many, document by document.

Labels are compared on trimmed spans. Knows no text beyond the edges of a span and no schema; which
overlaps make pairs is decided in `annotate.scoring.matching`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple, Protocol, TypeAlias

from annotate.scoring.labels import Label, Texts, trim

Rung = Literal["any", ">.5", ">=.75", "exact"]
"""How much two spans must overlap, as intersection over union (IoU) of their characters."""

RUNGS: tuple[Rung, ...] = ("any", ">.5", ">=.75", "exact")
HEADLINE: Rung = ">.5"
"""The rung of the headline scores; above one half, a span has one partner among disjoint ones."""


class Extent(Protocol):
    """Where something stands in a document."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Behind the last character."""


class Edge(NamedTuple):
    """Two labels whose spans overlap: positions on either side, characters shared and in all."""

    gold: int
    predicted: int
    shared: int
    union: int


REACHES: Mapping[Rung, Callable[[Edge], bool]] = {
    "any": lambda edge: edge.shared > 0,
    ">.5": lambda edge: 2 * edge.shared > edge.union,
    ">=.75": lambda edge: 4 * edge.shared >= 3 * edge.union,
    "exact": lambda edge: edge.shared == edge.union,
}
"""Tells whether an overlap is large enough."""


def shares_most(first: Extent, second: Extent) -> bool:
    """Tell whether two spans of one document share enough for the headline scores."""
    return REACHES[HEADLINE](common(first, second))


def common(first: Extent, second: Extent) -> Edge:
    """Return how much two spans of one document share: less than a character where they do not."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    return Edge(0, 0, shared, max(first.end, second.end) - min(first.start, second.start))


Span: TypeAlias = tuple[int, int, int]
"""Start, end, and the position of the label."""


@dataclass(frozen=True)
class Sides:
    """The labels of one document, on the spans to compare, and their positions among all."""

    document: str
    gold: Sequence[Label]
    predicted: Sequence[Label]
    golds: Sequence[int]
    predictions: Sequence[int]

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The labels by category, with their overlaps."""
        spans = by_cell(self.gold, self.predicted)
        return {name: Cell(*both, joined(*both)) for (_, name), both in spans.items()}

    def given(self, edge: Edge) -> Edge:
        """Return an edge of this document with positions among all labels."""
        return Edge(
            self.golds[edge.gold], self.predictions[edge.predicted], edge.shared, edge.union
        )


class Cell(NamedTuple):
    """The labels of one category in one document: their spans in text order, what overlaps."""

    gold: Sequence[Span]
    predicted: Sequence[Span]
    edges: Sequence[Edge]


def by_document(gold: Sequence[Label], predicted: Sequence[Label], texts: Texts) -> Iterator[Sides]:
    """Yield the trimmed labels document by document, in the order of `texts`.

    Raises:
        UsageError: where a label's document is not in `texts`.
    """
    positions: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in texts}
    for side, labels in enumerate((gold, predicted)):
        for index, label in enumerate(labels):
            try:
                positions[label.document][side].append(index)
            except KeyError:
                trim([label], texts)  # says what is wrong
    for name, (golds, predictions) in positions.items():
        one = trim([gold[i] for i in golds], texts)
        other = trim([predicted[j] for j in predictions], texts)
        yield Sides(name, one, other, golds, predictions)


def overlaps(
    gold: Sequence[Label], predicted: Sequence[Label], *, typed: bool = True
) -> list[Edge]:
    """Return every overlap of one document and, if `typed`, of one category."""
    cells = by_cell(gold, predicted, typed=typed).values()
    return [edge for left, right in cells for edge in joined(left, right)]


def by_cell(
    gold: Sequence[Label], predicted: Sequence[Label], *, typed: bool = True
) -> dict[tuple[str, str], tuple[list[Span], list[Span]]]:
    """Return the sorted spans of both sides by document and, if `typed`, by category."""
    cells: dict[tuple[str, str], tuple[list[Span], list[Span]]] = {}
    for side, labels in enumerate((gold, predicted)):
        for index, label in enumerate(labels):
            key = (label.document, label.category if typed else "")
            cell = cells.get(key) or cells.setdefault(key, ([], []))
            cell[side].append((label.start, label.end, index))
    for left, right in cells.values():
        left.sort()
        right.sort()
    return cells


def joined(left: Sequence[Span], right: Sequence[Span]) -> list[Edge]:
    """Sweep over two sorted lists of spans and return the pairs that overlap."""
    edges: list[Edge] = []
    reach = _furthest_ends(right)
    first, count = 0, len(right)
    for start, end, index in left:
        while first < count and reach[first] <= start:
            first += 1
        for position in range(first, count):
            other_start, other_end, other = right[position]
            if other_start >= end:
                break
            if other_end > start:
                shared = (end if end < other_end else other_end) - (
                    start if start > other_start else other_start
                )
                union = end - start + other_end - other_start - shared
                edges.append(Edge(index, other, shared, union))
    return edges


def _furthest_ends(spans: Iterable[Span]) -> list[int]:
    """Return, for each span, the furthest end up to it: what lies behind it has been passed."""
    return list(accumulate([end for _, end, _ in spans], max))


class Nearby:
    """Looks up predictions that share more than half of their characters with a gold label."""

    def __init__(self, gold: Sequence[Label], predicted: Sequence[Label]) -> None:
        self._gold = gold
        self._spans: dict[str, list[Span]] = {}
        for index, label in enumerate(predicted):
            span = (label.start, label.end, index)
            self._spans.setdefault(label.document, []).append(span)
        for spans in self._spans.values():
            spans.sort()
        self._reach = {name: _furthest_ends(spans) for name, spans in self._spans.items()}

    def __call__(self, index: int) -> list[int]:
        """Return the positions of the predictions near the gold label at `index`."""
        label = self._gold[index]
        spans = self._spans.get(label.document, [])
        first = bisect_right(self._reach.get(label.document, []), label.start)
        last = bisect_left(spans, (label.end,), lo=first)
        edges = joined([(label.start, label.end, index)], spans[first:last])
        return [edge.predicted for edge in filter(REACHES[HEADLINE], edges)]
