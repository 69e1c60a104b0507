"""What became of every annotation: found, missed and why, wrong and in which way.

The kinds are exclusive and exhaustive: they sum to the gold and to the predictions. Pairs of the
headline score are `matched`. What is left is classified in this order, and joined one to one, as
many as there can be, where the two sides share characters:

    optional            gold that need not be found, found or not, and a prediction paired with it
    ungrounded          a prediction whose quote is not in the text
    invalid             another one without a place in the text, or of an unknown category
    duplicate           would match gold that a better prediction has taken
    boundary            same category, overlap too small
    category            another category, overlap large enough
    category+boundary   another category, and overlap too small
    missed, spurious    the rest of the gold, the rest of the predictions

Two flags go with any kind. Gold that two or more predictions of its category overlap is `split`,
and so are these predictions; a prediction that overlaps two or more annotations of gold of its
category is a `merge`, and so are these. Duplicates are left aside, and so are overlaps of two
labels that are paired with others: where a sentence states two things of one category, finding both
splits and merges nothing.

Pure functions on labels, as in the scorer. The kinds are near those of D. Bolya et al., "TIDE: A
General Toolbox for Identifying Object Detection Errors" (ECCV 2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from annotate.scoring.labels import Label, Texts
from annotate.scoring.matching import match
from annotate.scoring.overlap import HEADLINE, Edge, Rung, Sides, by_document, overlaps
from annotate.scoring.scorer import Scorer
from annotate.scoring.scores import Scores

Kind = Literal[
    "matched",
    "boundary",
    "category",
    "category+boundary",
    "missed",
    "spurious",
    "duplicate",
    "invalid",
    "ungrounded",
    "optional",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

JOINED: tuple[Kind, ...] = ("boundary", "category", "category+boundary")
"""The errors that join one annotation of gold and one prediction."""


class Outcome(NamedTuple):
    """What became of one label.

    Attributes:
        partner: position on the other side of what it is joined with; of a duplicate, the gold that
            it repeats; None where there is none.
        split, merge: the flags.
    """

    kind: Kind
    partner: int | None = None
    split: bool = False
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of every label, position by position of the labels that were given."""

    gold: tuple[Outcome, ...]
    predicted: tuple[Outcome, ...]

    def by_kind(self) -> dict[Kind, tuple[int, int]]:
        """Return how many labels of gold and how many of the prediction are of each kind."""
        gold = Counter([each.kind for each in self.gold])
        predicted = Counter([each.kind for each in self.predicted])
        for kind in ("matched", *JOINED):
            assert gold[kind] == predicted[kind], f"{kind} is one to one"  # noqa: S101 (a law)
        return {kind: (gold[kind], predicted[kind]) for kind in KINDS}


def outcomes(
    gold: Sequence[Label],
    predicted: Sequence[Label],
    texts: Texts,
    pairs: Iterable[Edge],
    *,
    categories: Set[str],
    ungrounded: Set[int] = frozenset(),
) -> Outcomes:
    """Tell what became of every label.

    `pairs` are those of the headline score, as `score` returns them for the same labels;
    `categories` the known ones; `ungrounded` the positions of predictions without a place whose
    quote is not in the text.

    Raises:
        UsageError: where a label's document is not in `texts`.
    """
    classifier = _Classifier(gold, predicted, categories, ungrounded)
    partner = {pair.gold: pair.predicted for pair in pairs}
    for document in by_document(gold, predicted, texts):
        at = {index: j for j, index in enumerate(document.predictions)}
        found = ((i, partner.get(index)) for i, index in enumerate(document.golds))
        classifier.add(document, [(i, at[index]) for i, index in found if index is not None])
    return classifier.outcomes()


def score_and_classify(
    gold: Sequence[Label],
    predicted: Sequence[Label],
    texts: Texts,
    *,
    categories: Set[str],
    ungrounded: Set[int] = frozenset(),
) -> tuple[Scores, Outcomes]:
    """Return what `score` and `outcomes` do, looking at each document once."""
    scorer, classifier = Scorer(), _Classifier(gold, predicted, categories, ungrounded)
    for document in by_document(gold, predicted, texts):
        pairs = scorer.add(document)
        classifier.add(document, [(pair.gold, pair.predicted) for pair in pairs])
    return scorer.scores(), classifier.outcomes()


class _Classifier:
    """Classifies labels, one document after the other."""

    def __init__(
        self,
        gold: Sequence[Label],
        predicted: Sequence[Label],
        categories: Set[str],
        ungrounded: Set[int],
    ) -> None:
        self._gold = [Outcome("missed")] * len(gold)
        self._predicted = [Outcome("spurious")] * len(predicted)
        self._categories = categories
        self._ungrounded = ungrounded

    def add(self, document: Sides, pairs: Iterable[tuple[int, int]]) -> None:
        """Classify the labels of a document; `pairs` are those of the headline, inside it."""
        # The order decides: what an earlier step has named is no longer left over for a later one.
        leftovers = _Leftovers(document)
        leftovers.take(pairs)
        leftovers.refuse(self._categories, self._ungrounded)
        leftovers.set_duplicates_aside()
        leftovers.join()
        leftovers.flag()
        leftovers.gold.write(self._gold, document.golds, document.predictions)
        leftovers.predicted.write(self._predicted, document.predictions, document.golds)

    def outcomes(self) -> Outcomes:
        """Return what became of every label."""
        return Outcomes(tuple(self._gold), tuple(self._predicted))


@dataclass(slots=True)
class _Side:
    """One side of a document, by position in it; a label without a kind is left over.

    Attributes:
        rest: the kind of what is left over in the end.
    """

    rest: Kind
    kinds: dict[int, Kind] = field(default_factory=dict)
    partners: dict[int, int] = field(default_factory=dict)
    split: Set[int] = frozenset()
    merge: Set[int] = frozenset()

    def write(self, outcomes: list[Outcome], own: Sequence[int], other: Sequence[int]) -> None:
        """Write into `outcomes`; `own` and `other` are the positions among all labels."""
        kinds, partners, split, merge = self.kinds, self.partners, self.split, self.merge
        for position, index in enumerate(own):
            partner = partners.get(position)
            outcomes[index] = Outcome(
                kinds.get(position, self.rest),
                None if partner is None else other[partner],
                position in split,
                position in merge,
            )


class _Leftovers:
    """The labels of one document while they are classified."""

    def __init__(self, document: Sides) -> None:
        self.gold, self.predicted = _Side("missed"), _Side("spurious")
        self._document = document
        self._paired: dict[int, int] = {}
        self._taken: Set[int] = frozenset()
        self._edges = [edge for cell in document.cells.values() for edge in cell.edges]

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Name what is paired, and gold that need not be found."""
        for i, label in enumerate(self._document.gold):
            if label.status == "optional":
                self.gold.kinds[i] = "optional"
        for i, j in pairs:
            self._join(self.gold.kinds.get(i, "matched"), i, j)
        self._paired, self._taken = dict(self.gold.partners), set(self.predicted.partners)

    def _join(self, kind: Kind, i: int, j: int) -> None:
        self.gold.kinds[i] = self.predicted.kinds[j] = kind
        self.gold.partners[i], self.predicted.partners[j] = j, i

    def refuse(self, categories: Set[str], ungrounded: Set[int]) -> None:
        """Name the predictions that could not have been right."""
        kinds = self.predicted.kinds
        for j, label in enumerate(self._document.predicted):
            if j not in kinds and not (label.start < label.end and label.category in categories):
                lost = self._document.predictions[j] in ungrounded
                kinds[j] = "ungrounded" if lost else "invalid"

    def set_duplicates_aside(self) -> None:
        """Name the predictions that are like one that is paired, with the gold nearest to them."""
        nearest: dict[int, Edge] = {}
        for edge in self._edges:
            if edge.predicted not in self.predicted.kinds and 2 * edge.shared > edge.union:
                best = nearest.setdefault(edge.predicted, edge)
                if edge.shared * best.union > best.shared * edge.union:
                    nearest[edge.predicted] = edge
        for j, edge in nearest.items():
            self.predicted.kinds[j], self.predicted.partners[j] = "duplicate", edge.gold

    def join(self) -> None:
        """Join what is left of both sides where it overlaps."""
        self._join_where("boundary", self._edges, "any")
        others = self._between_categories()
        self._join_where("category", others, HEADLINE)
        self._join_where("category+boundary", others, "any")

    def _join_where(self, kind: Kind, edges: Iterable[Edge], rung: Rung) -> None:
        gold, predicted = self.gold.kinds, self.predicted.kinds
        free = [e for e in edges if e.gold not in gold and e.predicted not in predicted]
        for pair in match(free, self._document.gold, self._document.predicted, rung):
            self._join(kind, pair.gold, pair.predicted)

    def _between_categories(self) -> list[Edge]:
        """Return the overlaps of what is left; no category has any by itself by now."""
        gold, predicted = self._document.gold, self._document.predicted
        golds = [i for i in range(len(gold)) if i not in self.gold.kinds]
        predictions = [j for j in range(len(predicted)) if j not in self.predicted.kinds]
        edges = overlaps([gold[i] for i in golds], [predicted[j] for j in predictions], typed=False)
        return [
            edge._replace(gold=golds[edge.gold], predicted=predictions[edge.predicted])
            for edge in edges
        ]

    def flag(self) -> None:
        """Flag what is split and what is merged."""
        edges = [edge for edge in self._edges if self._tells(edge)]
        split = _repeated([edge.gold for edge in edges])
        merge = _repeated([edge.predicted for edge in edges])
        self.gold.split, self.predicted.merge = split, merge
        if split:
            self.predicted.split = {edge.predicted for edge in edges if edge.gold in split}
        if merge:
            self.gold.merge = {edge.gold for edge in edges if edge.predicted in merge}

    def _tells(self, edge: Edge) -> bool:
        """Leave out duplicates, and overlaps of what is paired with others."""
        if edge.gold in self._paired and edge.predicted in self._taken:
            return self._paired[edge.gold] == edge.predicted
        return self.predicted.kinds.get(edge.predicted) != "duplicate"


def _repeated(positions: Sequence[int]) -> set[int]:
    if len(set(positions)) == len(positions):
        return set()
    return {position for position, count in Counter(positions).items() if count > 1}
