"""Which predictions are right, and in which part of the texts they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from annotate.documents.document import Document
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.segments import Segments
from annotate.scoring.intervals import clustered_interval

MANY_DOCUMENTS = 20
"""From so many documents on, what belongs together is a document; below, a segment of one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What gold says of one prediction.

    Attributes:
        position: among the predicted labels of the evaluation.
        partner: the gold that it is paired with, by position; None where there is none.
        right: whether gold that has to be found is paired with it; None where it is paired with
            optional gold, which makes it neither right nor wrong.
        cluster: number of the part of the texts in which it stands.
    """

    position: int
    document: str
    partner: int | None
    right: bool | None
    cluster: int


class Clusters:
    """The parts of some texts that are taken for independent of each other.

    Documents, where there are many; else their segments, so that an interval says how sure a figure
    is for texts such as these and not for other ones.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.kind: Literal["documents", "segments"] = (
            "documents" if len(documents) >= MANY_DOCUMENTS else "segments"
        )
        self._numbers = {name: number for number, name in enumerate(sorted(documents))}
        self._segments = Segments(documents) if self.kind == "segments" else None

    @property
    def count(self) -> int:
        """How many there are."""
        return self._segments.count if self._segments else len(self._numbers)

    def at(self, document: str, offset: int) -> int:
        """Return the number of the part that holds a place."""
        return self._segments.row(document, offset) if self._segments else self._numbers[document]


def verdicts(evaluation: Evaluation, clusters: Clusters) -> list[Verdict]:
    """Return what gold says of each prediction, answers that were refused among them."""
    partners = {pair.predicted: pair.gold for pair in evaluation.scores.pairs}
    starts = [each.start for each in evaluation.annotations]
    starts += [start for _, start in evaluation.refused()]
    found = []
    for position, label in enumerate(evaluation.predicted_labels):
        partner = partners.get(position)
        right: bool | None = partner is not None
        if partner is not None and evaluation.gold_labels[partner].status == "optional":
            right = None
        cluster = clusters.at(label.document, starts[position])
        found.append(Verdict(position, label.document, partner, right, cluster))
    return found


def precision_interval(found: Iterable[Verdict]) -> tuple[float, float] | None:
    """Return the interval of the share of predictions that are right; None where there is none."""
    judged = ((each.cluster, each.right) for each in found if each.right is not None)
    return clustered_interval(by_cluster(judged))


def by_cluster(cases: Iterable[tuple[int, bool]]) -> list[tuple[int, int]]:
    """Return of each cluster how many cases are right, and of how many."""
    counted: dict[int, list[int]] = {}
    for cluster, right in cases:
        row = counted.setdefault(cluster, [0, 0])
        row[0] += right
        row[1] += 1
    return [(right, of) for right, of in counted.values()]
