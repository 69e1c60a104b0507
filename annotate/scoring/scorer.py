"""Score predicted annotations against gold: how much was found, how much of it is right.

Every score is a ratio of counts, and counts add up: a cell is one category of one document, and the
figures by category, by document and overall are sums of cells. Pure functions on labels; what
produced them, and what a change means, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotate.scoring.counts import Matched
from annotate.scoring.labels import Label, Texts
from annotate.scoring.matching import augment, climb
from annotate.scoring.measures import TYPED, UNTYPED
from annotate.scoring.overlap import HEADLINE, Cell, Edge, Nearby, Rung, Sides, by_document
from annotate.scoring.scores import AttributeScore, Counts, Part, Scores


def score(gold: Sequence[Label], predicted: Sequence[Label], texts: Texts) -> Scores:
    """Score predictions against gold on the documents of `texts`.

    Raises:
        UsageError: where a label's document is not in `texts`.
    """
    scorer = Scorer()
    for document in by_document(gold, predicted, texts):
        scorer.add(document)
    return scorer.scores()


class Scorer:
    """Scores one document after the other."""

    def __init__(self) -> None:
        self._categories: dict[str, list[_Tally]] = {}
        self._documents: dict[str, _Tally] = {}
        self._untyped = {each.name: Counts() for each in UNTYPED}
        self._pairs: list[Edge] = []

    def add(self, document: Sides) -> list[Edge]:
        """Score a document; return the pairs of the headlines, as positions in it."""
        tallies: list[_Tally] = []
        pairs: list[Edge] = []
        for category, cell in document.cells.items():
            ladder = climb(cell.edges, document.gold, document.predicted)
            tallies.append(_tally(_matched(cell, ladder, document)))
            self._categories.setdefault(category, []).append(tallies[-1])
            pairs += ladder[HEADLINE]
        self._documents[document.document] = _summed(tallies)
        untyped = _untyped(document, pairs)
        for each in UNTYPED:
            self._untyped[each.name] += Counts(*each.count(untyped))
        self._pairs += map(document.given, pairs)
        return pairs

    def scores(self) -> Scores:
        """Return the scores of all documents so far."""
        by_category = {name: _summed(self._categories[name]) for name in sorted(self._categories)}
        return Scores(
            _part(_summed(by_category.values())),
            dict(self._untyped),
            {name: _part(each) for name, each in by_category.items()},
            {name: _part(each) for name, each in self._documents.items()},
            tuple(sorted(self._pairs)),
        )


def _matched(cell: Cell, ladder: Mapping[Rung, Iterable[Edge]], document: Sides) -> Matched:
    """Return the labels of a cell with their pairs on every rung."""
    gold, predicted = document.gold, document.predicted
    return Matched(
        [gold[index] for _, _, index in cell.gold],
        [predicted[index] for _, _, index in cell.predicted],
        {rung: [(gold[i], predicted[j]) for i, j, _, _ in ladder[rung]] for rung in ladder},
    )


def _untyped(document: Sides, typed: Iterable[Edge]) -> Matched:
    """Return all labels of a document, paired where spans reach the headline's rung."""
    gold, predicted = document.gold, document.predicted
    pairs = augment(typed, Nearby(gold, predicted), gold)
    found = [(gold[i], predicted[j]) for i, j in pairs.items()]
    return Matched(gold, predicted, {HEADLINE: found})


# ---- Sums ----


@dataclass(frozen=True, slots=True)
class _Tally:
    """What was counted in some cells, as rows of integers: these are summed in one go.

    Attributes:
        figures: how many gold annotations are optional; then right, wrong and missed of each typed
            measure.
        attributes: by name equal, different, silent; then right, wrong and missed values.
    """

    figures: Sequence[int]
    attributes: Mapping[str, Sequence[int]]


_NOTHING = (0,) * (1 + 3 * len(TYPED))


def _tally(cell: Matched) -> _Tally:
    figures = [len(cell.optional)]
    for measure in TYPED:
        figures += measure.count(cell)
    return _Tally(figures, cell.attributes)


def _summed(tallies: Iterable[_Tally]) -> _Tally:
    figures: list[Sequence[int]] = [_NOTHING]
    attributes: dict[str, list[Sequence[int]]] = {}
    for tally in tallies:
        figures.append(tally.figures)
        for name, row in tally.attributes.items():
            attributes.setdefault(name, []).append(row)
    return _Tally(_added(figures), {name: _added(rows) for name, rows in attributes.items()})


def _added(rows: Iterable[Sequence[int]]) -> Sequence[int]:
    return list(map(sum, zip(*rows, strict=True)))


def _part(tally: _Tally) -> Part:
    """Return the scores that a tally comes to."""
    optional, *figures = tally.figures
    counts = (Counts(*figures[i : i + 3]) for i in range(0, len(figures), 3))
    attributes = {
        name: AttributeScore(equal, different, silent, Counts(*rest))
        for name, (equal, different, silent, *rest) in sorted(tally.attributes.items())
    }
    names = (each.name for each in TYPED)
    return Part(dict(zip(names, counts, strict=True)), attributes, optional)
