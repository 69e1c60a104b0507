"""Score predicted annotations against gold: how much was found, how much of it is right.

Every score is a ratio of counts, and counts add up: a cell is one category of one document, and the
figures by category, by document and overall are sums of cells. Pure functions on labels; what
produced them, and what a change means, is not known here.

Gold of status "optional" is what may be annotated or not: it is no miss where nothing pairs with
it, and a pair with it counts neither as right nor as wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotate.scoring.counts import Tally, part, summed, tally
from annotate.scoring.labels import Label, Texts
from annotate.scoring.matching import augment, climb
from annotate.scoring.overlap import HEADLINE, Edge, Nearby, Sides, by_document
from annotate.scoring.scores import Counts, Scores


def score(gold: Sequence[Label], predicted: Sequence[Label], texts: Texts) -> Scores:
    """Score predictions against gold on the documents of `texts`.

    Raises:
        UsageError: where a label's document is none of `texts`.
    """
    scorer = Scorer()
    for document in by_document(gold, predicted, texts):
        scorer.add(document)
    return scorer.scores()


class Scorer:
    """Scores one document after the other."""

    def __init__(self) -> None:
        self._categories: dict[str, list[Tally]] = {}
        self._documents: dict[str, Tally] = {}
        self._untyped = Counts()
        self._pairs: list[Edge] = []

    def add(self, document: Sides) -> list[Edge]:
        """Score a document; return the pairs of the headlines, as positions in it."""
        gold, predicted = document.gold, document.predicted
        tallies: list[Tally] = []
        pairs: list[Edge] = []
        for category, cell in document.cells.items():
            ladder = climb(cell.edges, gold, predicted)
            tallies.append(tally(cell, ladder, gold, predicted))
            self._categories.setdefault(category, []).append(tallies[-1])
            pairs += ladder[HEADLINE]
        self._documents[document.document] = summed(tallies)
        self._untyped += _untyped(document, pairs)
        self._pairs += map(document.given, pairs)
        return pairs

    def scores(self) -> Scores:
        """Return the scores of all documents so far."""
        by_category = {name: summed(self._categories[name]) for name in sorted(self._categories)}
        return Scores(
            part(summed(by_category.values())),
            self._untyped,
            {name: part(each) for name, each in by_category.items()},
            {name: part(each) for name, each in self._documents.items()},
            tuple(sorted(self._pairs)),
        )


def _untyped(document: Sides, typed: Iterable[Edge]) -> Counts:
    """Count pairs that share more than half of their characters, whatever their category."""
    gold, predicted = document.gold, document.predicted
    pairs = augment(typed, Nearby(gold, predicted), gold)
    found = sum([gold[index].status == "required" for index in pairs])
    wanted = sum([label.status == "required" for label in gold])
    return Counts(found, len(predicted) - len(pairs), wanted - found)
