"""Count, segment by segment, what is right and wrong: the rows that two runs can exchange.

A segment is a heading, a paragraph or a list of the document, whatever a run's chunks were. A gold
annotation's counts belong to the segment of its start, a pair's to that of its gold, an unmatched
prediction's to that of its own start, and an answer without a place to that where its chunk starts.
Over all segments the counts are those of `annotate.scoring.scorer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import lcm
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.segments import Segments
from annotate.scoring.counts import Three
from annotate.scoring.labels import Label, trim
from annotate.scoring.matching import extend
from annotate.scoring.measures import MEASURES, Measure
from annotate.scoring.overlap import overlaps

Column: TypeAlias = tuple[str, str]
"""The name of a measure, and a category, "" for all."""

Tally: TypeAlias = NDArray[np.int64]
"""Counts as (segments, columns, 3): right, wrong, missed."""

TESTED = tuple(each for each in MEASURES if each.one)
"""The measures that can be counted by segment."""

BY_CATEGORY = tuple(each for each in TESTED if each.typed)
"""Those of them that each category has as well."""


def all_columns(categories: Iterable[str]) -> tuple[Column, ...]:
    """Return every measure that is tested, of all categories and of each, in a tally's order."""
    by_category = ((each.name, category) for category in categories for each in BY_CATEGORY)
    return (*((each.name, "") for each in TESTED), *by_category)


def tally(evaluation: Evaluation, segments: Segments, columns: Sequence[Column]) -> Tally:
    """Count what is right, wrong and missed in each segment, for each column."""
    positions = {column: position for position, column in enumerate(columns)}
    counted = np.zeros((segments.count, len(columns), 3), dtype=np.int64)
    found = [
        (row, positions[column], *counts)
        for row, column, counts in _counts(evaluation, segments)
        if column in positions
    ]
    if found:
        cells = np.array(found)
        np.add.at(counted, (cells[:, 0], cells[:, 1]), cells[:, 2:])
    return counted


def pooled(
    before: Sequence[Tally], after: Sequence[Tally]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what each side has in all repeats as 2·TP and 2·TP + FP + FN, (segments, columns, 2).

    The side of fewer repeats counts each of them several times, so that both count the same number:
    means over repeats that stay whole numbers.
    """
    repeats = lcm(len(before), len(after))
    first, second = (_pooled(side) * (repeats // len(side)) for side in (before, after))
    return first, second


def _pooled(side: Sequence[Tally]) -> NDArray[np.float64]:
    right, wrong, missed = np.moveaxis(np.sum(side, axis=0), -1, 0)
    return np.stack((2 * right, 2 * right + wrong + missed), axis=-1).astype(np.float64)


# ---- What is counted, and where ----

_Partners: TypeAlias = Mapping[int, int]


class _Event(NamedTuple):
    """A pair, or what pairs with nothing, and the segment in which it counts."""

    row: int
    gold: Label | None
    predicted: Label | None

    def counts(self, measures: Iterable[Measure]) -> Iterator[tuple[str, Three]]:
        """Yield the name of each measure and what the event is to it: right, wrong, missed."""
        for measure in measures:
            if measure.one:
                yield measure.name, measure.one(self.gold, self.predicted)


def _counts(evaluation: Evaluation, segments: Segments) -> Iterator[tuple[int, Column, Three]]:
    sides = _Sides(evaluation, segments)
    for event in sides.events(sides.typed):
        label = event.gold or event.predicted
        for name, counted in event.counts(BY_CATEGORY):
            for category in {"", label.category if label else ""}:  # an answer may name none
                yield event.row, (name, category), counted
    untyped = [each for each in TESTED if not each.typed]
    for event in sides.events(sides.untyped()):
        for name, counted in event.counts(untyped):
            yield event.row, (name, ""), counted


class _Sides:
    """Gold and predictions of one evaluation, with the segment of each and the typed pairs."""

    def __init__(self, evaluation: Evaluation, segments: Segments) -> None:
        self.gold = trim(evaluation.gold_labels, evaluation.texts)
        self.predicted = trim(evaluation.predicted_labels, evaluation.texts)
        self.gold_rows = [segments.row(label.document, label.start) for label in self.gold]
        starts = zip(self.predicted, _starts(evaluation, self.predicted), strict=True)
        self.rows = [segments.row(label.document, start) for label, start in starts]
        self.typed = {pair.gold: pair.predicted for pair in evaluation.scores.pairs}

    def untyped(self) -> _Partners:
        """Return pairs that overlap enough whatever their category, as many as there can be.

        Which ones there are depends on the order of the edges, and that is the order of the text.
        """
        edges = overlaps(self.gold, self.predicted, typed=False)
        typed = (edge for edge in edges if self.typed.get(edge.gold) == edge.predicted)
        return extend(list(typed), edges, self.gold)

    def events(self, partners: _Partners) -> Iterator[_Event]:
        """Yield the pairs and what is left over, without gold that need not be found."""
        for i, label in enumerate(self.gold):
            if label.status == "required":
                partner = partners.get(i)
                found = None if partner is None else self.predicted[partner]
                yield _Event(self.gold_rows[i], label, found)
        taken = set(partners.values())
        for j, label in enumerate(self.predicted):
            if j not in taken:
                yield _Event(self.rows[j], None, label)


def _starts(evaluation: Evaluation, predicted: Sequence[Label]) -> list[int]:
    """Return where predictions stand; those without a place, where they were answered."""
    given = [each.start for each in evaluation.annotations]
    answered = [start for _, start in evaluation.refused()]
    return [
        label.start if label.start < label.end else start
        for label, start in zip(predicted, [*given, *answered], strict=True)
    ]
