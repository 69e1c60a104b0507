"""Pair gold and predicted annotations, one to one, whatever order either side comes in.

An edge joins a gold and a predicted label of one document and category whose spans overlap enough.
Among all ways to pair them off along edges, the one chosen has the most pairs (required gold before
optional); then the greatest sum of ½·IoU + ½·attribute agreement; then the most values in common;
what is still tied is decided by a canonical order of the labels. A score of the pairs is therefore
a function of two multisets, and it is the same one when the two sides change places.

Knows spans and values, no text beyond the edges of a span and no schema.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple, Protocol, TypeAlias

from pydantic import JsonValue

from annotate.errors import UsageError

Status = Literal["required", "optional"]
"""Whether gold must be found, or may be."""

Texts: TypeAlias = Mapping[str, str | None]
"""The documents in scope and their texts; None where spans are to be compared as they are."""

Rung = Literal["any", ">.5", ">=.75", "exact"]
"""How much two spans must overlap, as intersection over union (IoU) of their characters."""

RUNGS: tuple[Rung, ...] = ("any", ">.5", ">=.75", "exact")
HEADLINE: Rung = ">.5"
"""The rung of the headline scores; above one half, a span has one partner among disjoint ones."""


class Statement(Protocol):
    """What a label is made of: annotations of a run and those of gold both are statements."""

    @property
    def document(self) -> str:
        """Id of the document."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Behind the last character."""

    @property
    def category(self) -> str:
        """What it states."""

    @property
    def attributes(self) -> Mapping[str, JsonValue]:
        """The particulars."""


@dataclass(frozen=True, slots=True)
class Label:
    """What scoring sees of an annotation.

    Attributes:
        document: id of the document.
        start, end: code points, half-open. Where `start >= end` the label has no place in the text:
            it pairs with nothing, and still counts as an annotation.
        attributes: the values of each attribute as text; an empty set where nothing is stated.
        status: of gold; predictions are all "required".
    """

    document: str
    start: int
    end: int
    category: str
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    status: Status = "required"

    @classmethod
    def of(cls, statement: Statement, status: Status = "required") -> Label:
        """Make a label of an annotation."""
        values = {name: stated(value) for name, value in statement.attributes.items()}
        return cls(
            statement.document, statement.start, statement.end, statement.category, values, status
        )

    @property
    def size(self) -> int:
        """The number of values that it states."""
        return sum(map(len, self.attributes.values()))


def stated(value: JsonValue) -> frozenset[str]:
    """Return what a JSON value states; null, false and an empty list state nothing."""
    if isinstance(value, str):
        return frozenset((value,))
    if value is None or value is False:
        return frozenset()
    values = value if isinstance(value, list) else [value]
    return frozenset(v if isinstance(v, str) else json.dumps(v, sort_keys=True) for v in values)


def shared_values(first: Label, second: Label) -> int:
    """Count the (attribute, value) tuples that two labels have in common."""
    others = second.attributes
    shared = 0
    for name, values in first.attributes.items():
        if name in others:
            shared += len(values & others[name])
    return shared


def trim(labels: Iterable[Label], texts: Texts) -> list[Label]:
    """Return the labels on the spans to compare: without edge white space and edge punctuation.

    A span of nothing else stays as it is. One that the text does not have becomes [0, 0).

    Raises:
        UsageError: where a label's document is none of `texts`.
    """
    return [_trimmed(label, texts) for label in labels]


def _trimmed(label: Label, texts: Texts) -> Label:
    if label.document not in texts:
        raise UsageError(
            f"{label.document}: is labelled and is none of the documents to score; score the "
            "documents that both sides have"
        )
    text, start, end = texts[label.document], label.start, label.end
    if not 0 <= start < end or (text is not None and end > len(text)):
        return _moved(label, 0, 0)
    if text is None:
        return label
    while start < end and _at_edge(text[start]):
        start += 1
    while start < end and _at_edge(text[end - 1]):
        end -= 1
    unchanged = start == end or (start, end) == (label.start, label.end)
    return label if unchanged else _moved(label, start, end)


def _moved(label: Label, start: int, end: int) -> Label:
    """Do what `dataclasses.replace` does, three times as fast."""
    return Label(label.document, start, end, label.category, label.attributes, label.status)


@cache
def _at_edge(character: str) -> bool:
    """Tell white space (also of no width) and punctuation from what carries a span."""
    return (
        character.isspace()
        or character in "\u200b\ufeff`"
        or unicodedata.category(character).startswith("P")
    )


# ---- Edges ----


class Edge(NamedTuple):
    """Two labels whose spans overlap: positions on either side, characters shared and in all."""

    gold: int
    predicted: int
    shared: int
    union: int


_REACHES: Mapping[Rung, Callable[[Edge], bool]] = {
    "any": lambda edge: edge.shared > 0,
    ">.5": lambda edge: 2 * edge.shared > edge.union,
    ">=.75": lambda edge: 4 * edge.shared >= 3 * edge.union,
    "exact": lambda edge: edge.shared == edge.union,
}


def overlaps(
    gold: Sequence[Label], predicted: Sequence[Label], *, typed: bool = True
) -> list[Edge]:
    """Return every overlap of one document and, if `typed`, of one category."""
    sides: dict[tuple[str, str], tuple[list[_Span], list[_Span]]] = {}
    for side, labels in enumerate((gold, predicted)):
        for index, label in enumerate(labels):
            if label.start < label.end:
                group = (label.document, label.category if typed else "")
                span = (label.start, label.end, index)
                sides.setdefault(group, ([], []))[side].append(span)
    return [edge for left, right in sides.values() for edge in _joined(sorted(left), sorted(right))]


_Span: TypeAlias = tuple[int, int, int]


def _joined(left: Sequence[_Span], right: Sequence[_Span]) -> Iterable[Edge]:
    """Sweep over two sorted lists of spans and yield the pairs that overlap."""
    reach = _furthest_ends(right)
    first = 0
    for start, end, index in left:
        while first < len(right) and reach[first] <= start:
            first += 1
        for position in range(first, len(right)):
            other_start, other_end, other = right[position]
            if other_start >= end:
                break
            if other_end > start:
                shared = min(end, other_end) - max(start, other_start)
                yield Edge(index, other, shared, end - start + other_end - other_start - shared)


def _furthest_ends(spans: Sequence[_Span]) -> list[int]:
    """Return, for each span, the furthest end up to it: what lies behind it has been passed."""
    furthest, ends = 0, []
    for _, end, _ in spans:
        furthest = max(furthest, end)
        ends.append(furthest)
    return ends


# ---- Pairs ----


def match(
    edges: Iterable[Edge], gold: Sequence[Label], predicted: Sequence[Label], rung: Rung = HEADLINE
) -> list[Edge]:
    """Return the best pairs among the edges that reach `rung`, in the order of `gold`."""
    lone, contested = _parted(edges)
    return _matched(lone, contested, gold, predicted, rung)


def climb(
    edges: Iterable[Edge], gold: Sequence[Label], predicted: Sequence[Label]
) -> dict[Rung, list[Edge]]:
    """Return the best pairs on every rung."""
    lone, contested = _parted(edges)  # what nobody contests at the bottom, nobody does above
    return {rung: _matched(lone, contested, gold, predicted, rung) for rung in RUNGS}


def extend(
    pairs: Iterable[Edge], edges: Iterable[Edge], gold: Sequence[Label], rung: Rung = HEADLINE
) -> dict[int, int]:
    """Return as many pairs as there can be among the edges that reach `rung`, gold to predicted.

    Starts from `pairs`, a choice among the edges: the nearer it is to the largest, the faster. For
    their number alone; which pairs they are depends on the start, where `match` finds the best. (A
    choice that no augmenting path extends is a largest one: C. Berge, PNAS 43(9), 1957.)
    """
    partner = {pair.gold: pair.predicted for pair in pairs if gold[pair.gold].status == "required"}
    owner = {predicted: index for index, predicted in partner.items()}
    neighbours: dict[int, list[int]] = {}
    for edge in filter(_REACHES[rung], edges):
        neighbours.setdefault(edge.gold, []).append(edge.predicted)
    for index in sorted(neighbours, key=lambda index: gold[index].status != "required"):
        if index not in partner:
            _augment(index, neighbours, partner, owner)
    return partner


def _augment(
    index: int, neighbours: Mapping[int, list[int]], partner: dict[int, int], owner: dict[int, int]
) -> None:
    """Look breadth first for a free partner of `index`; move everybody on the way there on."""
    source: dict[int, int] = {}
    queue = [index]
    for at in queue:
        for predicted in neighbours[at]:
            if predicted not in source:
                source[predicted] = at
                if predicted in owner:
                    queue.append(owner[predicted])
                else:
                    _move_on(predicted, source, partner, owner)
                    return


def _move_on(
    free: int, source: Mapping[int, int], partner: dict[int, int], owner: dict[int, int]
) -> None:
    """Give `free` to the one that looked at it, what that one had to the next, and so on."""
    at: int | None = free
    while at is not None:
        mover = source[at]
        left_behind = partner.get(mover)
        owner[at], partner[mover] = mover, at
        at = left_behind


def _matched(
    lone: Iterable[Edge],
    contested: Iterable[Edge],
    gold: Sequence[Label],
    predicted: Sequence[Label],
    rung: Rung,
) -> list[Edge]:
    pairs = list(filter(_REACHES[rung], lone))
    settled, contested = _parted(filter(_REACHES[rung], contested))
    pairs += settled
    for component in _components(contested):
        pairs += _paired(component, gold, predicted)
    return sorted(pairs)


def _parted(edges: Iterable[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Part the edges whose ends have no other edge from those that compete."""
    edges = list(edges)
    left = Counter([edge.gold for edge in edges])
    right = Counter([edge.predicted for edge in edges])
    lone: list[Edge] = []
    contested: list[Edge] = []
    for edge in edges:
        alone = left[edge.gold] == 1 == right[edge.predicted]
        (lone if alone else contested).append(edge)
    return lone, contested


def _components(edges: Iterable[Edge]) -> Iterable[list[Edge]]:
    """Group edges that hang together, by union-find over both sides (predicted ones as ~index)."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = node = parent[above]
        return node

    edges = list(edges)
    for edge in edges:
        parent[root(edge.gold)] = root(~edge.predicted)
    groups: dict[int, list[Edge]] = {}
    for edge in edges:
        groups.setdefault(root(edge.gold), []).append(edge)
    return groups.values()


def _paired(
    component: Sequence[Edge], gold: Sequence[Label], predicted: Sequence[Label]
) -> Iterable[Edge]:
    """Solve one component as an assignment; what shares no edge pairs at weight 0, so not at all.

    Rows and columns stand in canonical order and the smaller side makes the rows, so that neither
    the order of the labels nor which side is called gold has a say.
    """
    left = _ordered({edge.gold for edge in component}, gold)
    right = _ordered({edge.predicted for edge in component}, predicted)
    turned = (len(right), *_keys(right)) < (len(left), *_keys(left))
    rows = _positions(right if turned else left)
    columns = _positions(left if turned else right)
    weights = [[0] * len(columns) for _ in rows]
    cells: dict[tuple[int, int], Edge] = {}
    for edge in component:
        ends = (edge.predicted, edge.gold) if turned else (edge.gold, edge.predicted)
        row, column = rows[ends[0]], columns[ends[1]]
        cells[row, column] = edge
        weights[row][column] = _weight(edge, gold[edge.gold], predicted[edge.predicted])
    chosen = enumerate(heaviest_assignment(weights))
    return [cells[cell] for cell in chosen if cell in cells]


_Key: TypeAlias = tuple[int, int, str, str, list[tuple[str, list[str]]]]


def _key(label: Label) -> _Key:
    values = [(name, sorted(label.attributes[name])) for name in sorted(label.attributes)]
    return label.start, label.end, label.category, label.status, values


def _ordered(indices: Iterable[int], labels: Sequence[Label]) -> list[tuple[_Key, int]]:
    return sorted((_key(labels[index]), index) for index in indices)


def _keys(ordered: Iterable[tuple[_Key, int]]) -> Iterable[_Key]:
    return (key for key, _ in ordered)


def _positions(ordered: Iterable[tuple[_Key, int]]) -> dict[int, int]:
    return {index: position for position, (_, index) in enumerate(ordered)}


# The three aims as digits of one integer, so that sums compare exactly: pairs (required gold a
# little more, which decides only between equally many), quality in 2**-40, values in common.
_PAIR, _REQUIRED, _QUALITY = 1 << 120, 1 << 96, 1 << 32
_STEPS = 1 << 40


def _weight(edge: Edge, gold: Label, predicted: Label) -> int:
    """Weigh a pair; attribute agreement is 2·common / (values of both), 1 where there are none."""
    common, values = shared_values(gold, predicted), gold.size + predicted.size
    agreeing, of = (2 * common, values) if values else (1, 1)
    both = edge.shared * of + agreeing * edge.union
    quality = both * _STEPS // (2 * edge.union * of)
    required = _REQUIRED if gold.status == "required" else 0
    return _PAIR + required + quality * _QUALITY + common


def heaviest_assignment(weights: Sequence[Sequence[int]]) -> list[int]:
    """Return the column of each row in an assignment of the greatest total weight.

    Needs at least as many columns as rows, and takes O(rows² x columns) steps: the Hungarian method
    with shortest augmenting paths (R. Jonker and A. Volgenant, Computing 38, 1987, in the form of
    D. F. Crouse, IEEE Transactions on Aerospace and Electronic Systems 52(4), 2016).
    """
    return _Assignment(weights).solve()


class _Assignment:
    """The rows assigned so far, and prices that prove them optimal.

    The reduced cost `-weight - row price - column price` of a cell is never negative, and 0 where a
    row is assigned; a new row enters along the cheapest path of reduced costs to a free column.
    """

    def __init__(self, weights: Sequence[Sequence[int]]) -> None:
        self.weights = weights
        self.rows = len(weights)
        self.columns = len(weights[0]) if weights else 0
        self.row_price = [0] * self.rows
        self.column_price = [0] * self.columns
        self.column_of = [-1] * self.rows
        self.row_of = [-1] * self.columns

    def solve(self) -> list[int]:
        for row in range(self.rows):
            self._enter(row)
        return self.column_of

    def _enter(self, row: int) -> None:
        """Find the cheapest path from `row` to a free column, adjust prices, and move along it."""
        beyond = 1 << 256
        distance, previous = [beyond] * self.columns, [-1] * self.columns
        unseen, seen = list(range(self.columns)), []
        at, length = row, 0
        while True:
            length, column = self._nearest(at, length, unseen, distance, previous)
            unseen.remove(column)
            at = self.row_of[column]
            if at < 0:
                break
            seen.append(column)
        self.row_price[row] += length
        for passed in seen:
            self.row_price[self.row_of[passed]] += length - distance[passed]
            self.column_price[passed] -= length - distance[passed]
        while at != row:
            at = self.row_of[column] = previous[column]
            self.column_of[at], column = column, self.column_of[at]

    def _nearest(
        self, row: int, length: int, unseen: list[int], distance: list[int], previous: list[int]
    ) -> tuple[int, int]:
        """Look on from `row`; return the distance of the nearest unseen column, and that column."""
        costs, prices, row_of = self.weights[row], self.column_price, self.row_of
        offset = length - self.row_price[row]
        nearest, found = 1 << 256, -1
        for column in unseen:
            through = offset - costs[column] - prices[column]
            known = distance[column]
            if through < known:
                distance[column] = known = through
                previous[column] = row
            # Of two columns equally near, the free one ends the search.
            if known < nearest or (known == nearest and row_of[column] < 0 <= row_of[found]):
                nearest, found = known, column
        return nearest, found
