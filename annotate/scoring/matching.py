"""Pair gold and predicted annotations, one to one, whatever order either side comes in.

An edge joins a gold and a predicted label of one document and category whose spans overlap enough.
Among all ways to pair them off along edges, the one chosen has the most pairs (required gold before
optional); then the greatest sum of ½·IoU + ½·attribute agreement; then the most values in common;
what is still tied is decided by a canonical order of the labels. A score of the pairs is therefore
a function of two multisets, and it is the same one when the two sides change places.

Knows spans and values, no text beyond the edges of a span and no schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from annotate.scoring.assignment import heaviest_assignment
from annotate.scoring.labels import Label, shared_values
from annotate.scoring.overlap import HEADLINE, REACHES, RUNGS, Edge, Rung


def match(
    edges: Iterable[Edge], gold: Sequence[Label], predicted: Sequence[Label], rung: Rung = HEADLINE
) -> list[Edge]:
    """Return the best pairs among the edges that reach `rung`, in the order of `gold`."""
    lone, contested = _parted(filter(REACHES[rung], edges))
    return sorted([*lone, *_chosen(contested, gold, predicted)])


def climb(
    edges: Iterable[Edge], gold: Sequence[Label], predicted: Sequence[Label]
) -> dict[Rung, list[Edge]]:
    """Return the best pairs on every rung, in no order.

    What nobody contests on one rung, and what does not reach it, are so on the rungs above.
    """
    ladder: dict[Rung, list[Edge]] = {}
    lone, contested = _parted(edges)
    chosen: list[Edge] = []
    competed: list[Edge] = []
    for rung in RUNGS:
        lone = list(filter(REACHES[rung], lone))
        if contested:
            freed, contested = _parted(filter(REACHES[rung], contested))
            lone += freed
            if contested != competed:
                chosen, competed = _chosen(contested, gold, predicted), contested
        ladder[rung] = lone + chosen
    return ladder


def extend(
    pairs: Iterable[Edge], edges: Iterable[Edge], gold: Sequence[Label], rung: Rung = HEADLINE
) -> dict[int, int]:
    """Return as many pairs as there can be among the edges that reach `rung`, gold to predicted.

    Starts from `pairs`, a choice among the edges: the nearer it is to the largest, the faster. For
    their number alone; which pairs they are depends on the start, where `match` finds the best.
    """
    neighbours: dict[int, list[int]] = {}
    for edge in filter(REACHES[rung], edges):
        neighbours.setdefault(edge.gold, []).append(edge.predicted)
    return augment(pairs, lambda index: neighbours.get(index, []), gold)


def augment(
    pairs: Iterable[Edge], near: Callable[[int], Iterable[int]], gold: Sequence[Label]
) -> dict[int, int]:
    """Do what `extend` does where `near` returns what a gold label may pair with.

    A choice that no augmenting path extends is a largest one (C. Berge, PNAS 43(9), 1957).
    """
    partner = {pair.gold: pair.predicted for pair in pairs if gold[pair.gold].status == "required"}
    owner = {predicted: index for index, predicted in partner.items()}
    free = [index for index in range(len(gold)) if index not in partner]
    for index in sorted(free, key=lambda index: gold[index].status != "required"):
        _augment(index, near, partner, owner)
    return partner


def _augment(
    index: int,
    near: Callable[[int], Iterable[int]],
    partner: dict[int, int],
    owner: dict[int, int],
) -> None:
    """Look breadth first for a free partner of `index`; move everybody on the way there on."""
    source: dict[int, int] = {}
    queue = [index]
    for at in queue:
        for predicted in near(at):
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


def _parted(edges: Iterable[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Part the edges whose ends have no other edge from those that compete."""
    edges = list(edges)
    golds, predictions = [edge.gold for edge in edges], [edge.predicted for edge in edges]
    if len(set(golds)) == len(set(predictions)) == len(edges):
        return edges, []
    left, right = Counter(golds), Counter(predictions)
    lone: list[Edge] = []
    contested: list[Edge] = []
    for edge in edges:
        alone = left[edge.gold] == 1 == right[edge.predicted]
        (lone if alone else contested).append(edge)
    return lone, contested


def _chosen(
    contested: Iterable[Edge], gold: Sequence[Label], predicted: Sequence[Label]
) -> list[Edge]:
    return [edge for each in components(contested) for edge in _paired(each, gold, predicted)]


def components(edges: Iterable[Edge]) -> Iterable[list[Edge]]:
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
        weights[row][column] = weight(edge, gold[edge.gold], predicted[edge.predicted])
    chosen = enumerate(heaviest_assignment(weights))
    return [cells[cell] for cell in chosen if cell in cells]


Key: TypeAlias = tuple[int, int, str, str, list[tuple[str, list[str]]]]


def canonical(label: Label) -> Key:
    """Return what labels are put in order by, whatever order they came in."""
    values = [(name, sorted(label.attributes[name])) for name in sorted(label.attributes)]
    return label.start, label.end, label.category, label.status, values


def _ordered(indices: Iterable[int], labels: Sequence[Label]) -> list[tuple[Key, int]]:
    return sorted((canonical(labels[index]), index) for index in indices)


def _keys(ordered: Iterable[tuple[Key, int]]) -> Iterable[Key]:
    return (key for key, _ in ordered)


def _positions(ordered: Iterable[tuple[Key, int]]) -> dict[int, int]:
    return {index: position for position, (_, index) in enumerate(ordered)}


# The three aims as digits of one integer, so that sums compare exactly: pairs (required gold a
# little more, which decides only between equally many), quality in 2**-40, values in common.
_PAIR, _REQUIRED, _QUALITY = 1 << 120, 1 << 96, 1 << 32
_STEPS = 1 << 40


def weight(edge: Edge, gold: Label, predicted: Label) -> int:
    """Weigh a pair: of two, the heavier one is the better.

    Attribute agreement is 2·common / (values of both), 1 where there are none.
    """
    common, values = shared_values(gold, predicted), gold.size + predicted.size
    agreeing, of = (2 * common, values) if values else (1, 1)
    both = edge.shared * of + agreeing * edge.union
    quality = both * _STEPS // (2 * edge.union * of)
    required = _REQUIRED if gold.status == "required" else 0
    return _PAIR + required + quality * _QUALITY + common
