"""Wrong annotations of two sides: which of them are the same, and how often each was made.

Those of different repeats and sides are the same where category and document agree and their spans
share more than half of their characters (IoU).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from annotate.comparison.deltas import Side
from annotate.comparison.items import Item, text_around
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Refused
from annotate.scoring.labels import Label
from annotate.scoring.matching import match
from annotate.scoring.overlap import overlaps


class _Pool:
    """Wrong annotations of all repeats, each with how often either side made it."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.labels: list[Label] = []
        self.made: list[list[int]] = []
        self.placeless: dict[tuple[object, ...], int] = {}

    def add(self, side: int, evaluation: Evaluation) -> None:
        """Count what one repeat of a side (0 or 1) made wrong."""
        wrong = sorted(_wrong(evaluation), key=lambda pair: pair[0].place)
        labels = [label for _, label in wrong]
        edges = overlaps(self.labels, labels)
        known = {pair.predicted: pair.gold for pair in match(edges, self.labels, labels)}
        seen: Counter[tuple[object, ...]] = Counter()
        for position, (item, label) in enumerate(wrong):
            at = known.get(position)
            if label.start >= label.end:
                # Without a place nothing overlaps: alike are the answers that say the very same,
                # the first with the first of another repeat, the second with the second.
                key = (*item.place, seen[item.place])
                seen[item.place] += 1
                at = self.placeless.setdefault(key, len(self.items))
            if at is None or at == len(self.items):
                at = len(self.items)
                self.items.append(item)
                self.labels.append(label)
                self.made.append([0, 0])
            self.made[at][side] += 1

    def counted(self) -> list[Item]:
        """Return the items with how often they were made, in the order of the text."""
        counted = (
            replace(item, before=before, after=after)
            for item, (before, after) in zip(self.items, self.made, strict=True)
        )
        return sorted(counted, key=attrgetter("place"))


def false_positives(before: Side, after: Side) -> list[Item]:
    """Return every wrong annotation of either side, with how many repeats of each made it."""
    pool = _Pool()
    for side, evaluations in enumerate((before, after)):
        for evaluation in evaluations:
            pool.add(side, evaluation)
    return pool.counted()


def _wrong(evaluation: Evaluation) -> Iterator[tuple[Item, Label]]:
    """Yield the wrong annotations and refused answers of one run."""
    places = _places(evaluation)
    for place, label, outcome in zip(
        places, evaluation.predicted_labels, evaluation.outcomes.predicted, strict=True
    ):
        if outcome.kind not in ("matched", "optional"):
            start, end, quote = place
            where = label.document, start, end, label.category
            context = text_around(evaluation.texts[label.document], start, end)
            yield Item(*where, quote, *context, before=0, after=0, kind=outcome.kind), label


def _places(evaluation: Evaluation) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and quote of everything predicted, in the order of the labels."""
    for each in evaluation.annotations:
        text = evaluation.texts[each.document]
        yield each.start, each.end, text[max(0, each.start) : max(0, each.end)]
    for answer, start in evaluation.refused():
        yield start, start, _cited(answer)


def _cited(answer: Refused) -> str:
    quote = answer.item.get("quote") if isinstance(answer.item, dict) else None
    return quote if isinstance(quote, str) else ""
