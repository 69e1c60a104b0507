"""Count what is right, wrong and missed among matched labels: a function for each way to count.

A `Matched` holds the gold and the predictions that are counted together, in most cases those of one
category in one document, and their pairs on each rung. Every count is three whole numbers, so that
counts of cells add up. Which way of counting makes which score is declared in
`annotate.scoring.measures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import TypeAlias

from annotate.scoring.labels import Label, shared_values
from annotate.scoring.overlap import HEADLINE, Rung

Three: TypeAlias = tuple[int, int, int]
"""How many are right, wrong and missed."""

Pair: TypeAlias = tuple[Label, Label]
"""A label of gold and the prediction that is matched with it."""


class Matched:
    """The labels that are counted together, and how they pair.

    Gold of status "optional" may be found and need not: an unpaired one is not a miss, and what
    pairs with one is neither right nor wrong.

    Attributes:
        required, optional: the gold, in text order.
        predicted: in text order.
        ladder: the pairs on each rung that was matched, those with optional gold among them.
    """

    def __init__(
        self,
        gold: Sequence[Label],
        predicted: Sequence[Label],
        ladder: Mapping[Rung, Sequence[Pair]],
    ) -> None:
        self.gold = self.required = gold
        self.optional = [label for label in gold if label.status == "optional"]
        if self.optional:
            self.required = [label for label in gold if label.status == "required"]
        self.predicted = predicted
        self.ladder = ladder

    @cached_property
    def pairs(self) -> Sequence[Pair]:
        """The pairs of the headlines whose gold is required."""
        return _required(self.ladder[HEADLINE]) if self.optional else self.ladder[HEADLINE]

    @cached_property
    def attributes(self) -> dict[str, list[int]]:
        """By attribute of `pairs`: equal, different, silent; then right, wrong, missed values."""
        return _compared(self.pairs)

    @cached_property
    def wanted(self) -> Statements:
        """What the required gold states."""
        return Statements(self.required)

    @cached_property
    def given(self) -> Statements:
        """What the predictions state."""
        return Statements(self.predicted)


def _required(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[0].status == "required"]


# ---- Annotations ----


def pairs_on(rung: Rung) -> Callable[[Matched], Three]:
    """Return the function that counts annotations: right are the pairs that reach `rung`."""

    def counted(cell: Matched) -> Three:
        pairs = cell.ladder[rung]
        right = len(_required(pairs)) if cell.optional else len(pairs)
        return right, len(cell.predicted) - len(pairs), len(cell.required) - right

    return counted


def one_annotation(gold: Label | None, predicted: Label | None) -> Three:
    """Count a pair, or one label that pairs with nothing, as an annotation."""
    if gold is None:
        return 0, 1, 0
    return (0, 0, 1) if predicted is None else (1, 0, 0)


# ---- Values and attributes ----

EQUAL, DIFFERENT, SILENT, RIGHT, WRONG, MISSED = range(6)
"""The places in a row of `Matched.attributes`."""

_NO_VALUES: frozenset[str] = frozenset()


def values(cell: Matched) -> Three:
    """Count (annotation, attribute, value) tuples, the annotation itself being one."""
    pairs = cell.pairs
    right = len(pairs) + sum([row[RIGHT] for row in cell.attributes.values()])
    excused = 0
    if cell.optional:
        paired = (each for gold, each in cell.ladder[HEADLINE] if gold.status == "optional")
        excused = sum(1 + each.size for each in paired)
    return right, cell.given.size - excused - right, cell.wanted.size - right


def values_of_one(gold: Label | None, predicted: Label | None) -> Three:
    """Count a pair, or one label that pairs with nothing, as `values` counts all of them."""
    wanted = 1 + gold.size if gold else 0
    given = 1 + predicted.size if predicted else 0
    if gold is None or predicted is None:
        return 0, given, wanted
    right = 1 + shared_values(gold, predicted)
    return right, given - right, wanted - right


def _compared(pairs: Iterable[Pair]) -> dict[str, list[int]]:
    """Count what pairs say of each attribute that either side has."""
    rows: dict[str, list[int]] = {}
    for gold, predicted in pairs:
        wanted, given = gold.attributes, predicted.attributes
        for name, stated in wanted.items():
            row = rows.get(name) or rows.setdefault(name, [0] * 6)
            _compare(row, stated, given.get(name, _NO_VALUES))
        if wanted.keys() != given.keys():
            for name in given.keys() - wanted.keys():
                _compare(rows.setdefault(name, [0] * 6), _NO_VALUES, given[name])
    return rows


def _compare(row: list[int], wanted: Set[str], given: Set[str]) -> None:
    if wanted == given:
        row[EQUAL if wanted else SILENT] += 1
        row[RIGHT] += len(wanted)
    else:
        shared = len(wanted & given)
        row[DIFFERENT] += 1
        row[RIGHT] += shared
        row[WRONG] += len(given) - shared
        row[MISSED] += len(wanted) - shared


# ---- Facts ----

_Facts: TypeAlias = Mapping[str, Set[str]]
"""Values by attribute; that there is such a label at all is the value "" of the attribute ""."""


class Statements:
    """What labels state.

    Attributes:
        size: the number of labels and of their values.
        facts: their values as sets.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        facts: dict[str, set[str]] = {"": {""}} if labels else {}
        size = len(labels)
        for label in labels:
            for name, stated in label.attributes.items():
                size += len(stated)
                known = facts.get(name)
                if known is None:
                    facts[name] = set(stated)
                else:
                    known |= stated
        self.labels = labels
        self.facts: _Facts = facts
        self.size = size


def facts(cell: Matched) -> Three:
    """Compare what the two sides state as sets, blind to spans.

    What only labels without a place in the text state is never right: it has no evidence.
    """
    wanted, lost = _proven(cell.wanted)
    given, unproven = _proven(cell.given)
    right = _common(given, wanted)
    wrong = _number(given) - right
    if cell.optional:
        allowed, _ = _proven(Statements(cell.optional))
        wrong -= _common(_without(allowed, wanted), given)
    return right, wrong + unproven, _number(wanted) - right + lost


def _proven(stated: Statements) -> tuple[_Facts, int]:
    """Return the facts that placed labels state, and how many the others alone do."""
    placed = [label for label in stated.labels if label.start < label.end]
    if len(placed) == len(stated.labels):
        return stated.facts, 0
    found = Statements(placed).facts
    return found, _number(_without(stated.facts, found))


def _number(found: _Facts) -> int:
    return sum(map(len, found.values()))


def _common(first: _Facts, second: _Facts) -> int:
    return sum([len(v & second[name]) for name, v in first.items() if name in second])


def _without(first: _Facts, second: _Facts) -> _Facts:
    return {name: stated - second.get(name, _NO_VALUES) for name, stated in first.items()}


# ---- Characters ----

_Ranges: TypeAlias = list[tuple[int, int]]


def characters(cell: Matched) -> Three:
    """Compare the characters covered; what only optional gold covers is left out."""
    wanted, given = _covered(cell.required), _covered(cell.predicted)
    shared = within = _shared(wanted, given)
    if cell.optional:
        within = _shared(_covered(cell.gold), given)
    return shared, _length(given) - within, _length(wanted) - shared


def _covered(labels: Iterable[Label]) -> _Ranges:
    """Return the characters that labels in text order cover as ranges, sorted and apart."""
    ranges: _Ranges = []
    reach = -1
    for label in labels:
        start, end = label.start, label.end
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
