"""Count what is right, wrong and missed in one cell, the labels of one category in one document.

Everything that is scored by category is counted here, as rows of integers that are summed in one go
and made into a `Part` at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from annotate.scoring.labels import Label
from annotate.scoring.overlap import HEADLINE, RUNGS, Cell, Edge, Rung, Span
from annotate.scoring.scores import AttributeScore, Counts, Part


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in some cells.

    Attributes:
        figures: how many gold annotations are optional; then right, wrong and missed on each rung,
            of values, of facts, and of characters.
        attributes: by name equal, different, silent; then right, wrong and missed values.
    """

    figures: Sequence[int]
    attributes: Mapping[str, Sequence[int]]


_NOTHING = (0,) * (1 + 3 * (len(RUNGS) + 3))


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    figures: list[Sequence[int]] = [_NOTHING]
    attributes: dict[str, list[Sequence[int]]] = {}
    for tally in tallies:
        figures.append(tally.figures)
        for name, row in tally.attributes.items():
            attributes.setdefault(name, []).append(row)
    return Tally(_added(figures), {name: _added(rows) for name, rows in attributes.items()})


def _added(rows: Iterable[Sequence[int]]) -> Sequence[int]:
    return list(map(sum, zip(*rows, strict=True)))


def part(tally: Tally) -> Part:
    """Return the scores that a tally comes to."""
    optional, *figures = tally.figures
    counts = [Counts(*figures[i : i + 3]) for i in range(0, len(figures), 3)]
    values, facts, characters = counts[-3:]
    attributes = {
        name: AttributeScore(equal, different, silent, Counts(*rest))
        for name, (equal, different, silent, *rest) in sorted(tally.attributes.items())
    }
    rungs = dict(zip(RUNGS, counts, strict=False))
    return Part(rungs, values, facts, characters, attributes, optional)


def tally(
    cell: Cell,
    ladder: Mapping[Rung, Sequence[Edge]],
    gold: Sequence[Label],
    predicted: Sequence[Label],
) -> Tally:
    """Count everything that is scored by category.

    `ladder` has the pairs of the cell on every rung; positions in both point to `gold` and to
    `predicted`.
    """
    required = cell.gold
    optional = [span for span in cell.gold if gold[span[2]].status == "optional"]
    pairs = [(gold[i], predicted[j]) for i, j, _, _ in ladder[HEADLINE]]
    found = [(len(edges), 0) for edges in ladder.values()]
    excused: list[Label] = []
    if optional:
        required = [span for span in cell.gold if gold[span[2]].status == "required"]
        excused = [each for label, each in pairs if label.status == "optional"]
        pairs = [pair for pair in pairs if pair[0].status == "required"]
        found = [_by_status(edges, gold) for edges in ladder.values()]
    figures = [len(optional)]
    for right, needless in found:
        figures += (right, len(cell.predicted) - right - needless, len(required) - right)
    attributes = _compared(pairs)
    shared = len(pairs) + sum([row[_RIGHT] for row in attributes.values()])
    wanted, given = _Stated(_at(required, gold)), _Stated(_at(cell.predicted, predicted))
    figures += (shared, given.size - _Stated(excused).size - shared, wanted.size - shared)
    figures += _facts(wanted, _Stated(_at(optional, gold)), given)
    figures += _characters(required, cell.gold, cell.predicted)
    return Tally(figures, attributes)


def _by_status(edges: Iterable[Edge], gold: Sequence[Label]) -> tuple[int, int]:
    statuses = [gold[edge.gold].status for edge in edges]
    return statuses.count("required"), statuses.count("optional")


def _at(spans: Iterable[Span], labels: Sequence[Label]) -> list[Label]:
    return [labels[index] for _, _, index in spans]


# ---- Attributes ----

_EQUAL, _DIFFERENT, _SILENT, _RIGHT, _WRONG, _MISSED = range(6)
_NO_VALUES: frozenset[str] = frozenset()


def _compared(pairs: Iterable[tuple[Label, Label]]) -> dict[str, list[int]]:
    """Count what pairs say of each attribute that either side has."""
    rows: dict[str, list[int]] = {}
    for gold, predicted in pairs:
        wanted, given = gold.attributes, predicted.attributes
        for name, values in wanted.items():
            row = rows.get(name) or rows.setdefault(name, [0] * 6)
            _compare(row, values, given.get(name, _NO_VALUES))
        if wanted.keys() != given.keys():
            for name in given.keys() - wanted.keys():
                _compare(rows.setdefault(name, [0] * 6), _NO_VALUES, given[name])
    return rows


def _compare(row: list[int], wanted: Set[str], given: Set[str]) -> None:
    if wanted == given:
        row[_EQUAL if wanted else _SILENT] += 1
        row[_RIGHT] += len(wanted)
    else:
        shared = len(wanted & given)
        row[_DIFFERENT] += 1
        row[_RIGHT] += shared
        row[_WRONG] += len(given) - shared
        row[_MISSED] += len(wanted) - shared


# ---- Facts ----

_Facts: TypeAlias = Mapping[str, Set[str]]
"""Values by attribute; that there is such a label at all is the value "" of ""."""


class _Stated:
    """What labels state.

    Attributes:
        size: the number of labels and of their values.
        facts: their values as sets.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        facts: dict[str, set[str]] = {"": {""}} if labels else {}
        size = len(labels)
        for label in labels:
            for name, values in label.attributes.items():
                size += len(values)
                known = facts.get(name)
                if known is None:
                    facts[name] = set(values)
                else:
                    known |= values
        self.labels = labels
        self.facts: _Facts = facts
        self.size = size


def _facts(gold: _Stated, optional: _Stated, predicted: _Stated) -> tuple[int, int, int]:
    """Compare what the two sides state as sets.

    What only labels without a place in the text state is never right: it has no evidence.
    """
    wanted, lost = _proven(gold)
    allowed, _ = _proven(optional)
    given, unproven = _proven(predicted)
    right = _common(given, wanted)
    wrong = _number(given) - right - _common(_without(allowed, wanted), given)
    return right, wrong + unproven, _number(wanted) - right + lost


def _proven(stated: _Stated) -> tuple[_Facts, int]:
    """Return the facts that placed labels state, and how many the others alone do."""
    placed = [label for label in stated.labels if label.start < label.end]
    if len(placed) == len(stated.labels):
        return stated.facts, 0
    facts = _Stated(placed).facts
    return facts, _number(_without(stated.facts, facts))


def _number(facts: _Facts) -> int:
    return sum(map(len, facts.values()))


def _common(first: _Facts, second: _Facts) -> int:
    return sum([len(v & second[name]) for name, v in first.items() if name in second])


def _without(first: _Facts, second: _Facts) -> _Facts:
    return {name: values - second.get(name, _NO_VALUES) for name, values in first.items()}


# ---- Characters ----

_Ranges: TypeAlias = list[tuple[int, int]]


def _characters(
    required: Sequence[Span], gold: Sequence[Span], predicted: Sequence[Span]
) -> tuple[int, int, int]:
    """Compare the characters covered; what only optional gold covers is left out."""
    wanted, given = _covered(required), _covered(predicted)
    shared = within = _shared(wanted, given)
    if len(required) < len(gold):
        within = _shared(_covered(gold), given)
    return shared, _length(given) - within, _length(wanted) - shared


def _covered(spans: Iterable[Span]) -> _Ranges:
    """Return the characters that sorted spans cover as ranges, sorted and apart."""
    ranges: _Ranges = []
    reach = -1
    for start, end, _ in spans:
        if start > reach:
            if start < end:
                ranges.append((start, end))
                reach = end
        elif end > reach:
            ranges[-1] = (ranges[-1][0], end)
            reach = end
    return ranges


def _length(ranges: _Ranges) -> int:
    return sum([end - start for start, end in ranges])


def _shared(first: _Ranges, second: _Ranges) -> int:
    """Return how many characters two lists of ranges have in common."""
    shared, others = 0, iter(second)
    other_start, other_end = next(others, _END)
    for start, end in first:
        while other_end <= end:
            if other_end > start:
                shared += other_end - (start if start > other_start else other_start)
            other_start, other_end = next(others, _END)
        if other_start < end:
            shared += end - (start if start > other_start else other_start)
    return shared


_END = (1 << 62, 1 << 62)
