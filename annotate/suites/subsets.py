"""The headline scores of all documents and, apart, of those held out and of those tuned on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.evaluation.evaluation import Evaluation
from annotate.scoring.measures import HEADLINES
from annotate.scoring.scores import Counts
from annotate.suites.suite import Suite


@dataclass(frozen=True, slots=True)
class Subset:
    """The headline scores of some documents, pooled over the repeats.

    Attributes:
        name: which documents these are: "all", "held out" or "tuned on".
        counts: by the name of each headline measure.
    """

    name: str
    documents: tuple[str, ...]
    counts: Mapping[str, Counts]

    @property
    def support(self) -> int:
        """How many gold annotations had to be found, in all repeats."""
        found = self.counts["annotation"]
        return found.tp + found.fn

    def to_json(self) -> dict[str, JsonValue]:
        """Return the scores by name."""
        return {
            "name": self.name,
            "documents": list(self.documents),
            **{name: counts.f1 for name, counts in self.counts.items()},
        }


def subsets(suite: Suite, evaluations: Sequence[Evaluation]) -> Iterator[Subset]:
    """Yield the scores of all documents, then of those that the suite sets apart."""
    every = tuple(evaluations[0].texts)
    yield _subset("all", every, evaluations)
    for name, listed in (("held out", suite.holdout), ("tuned on", suite.tuned_on)):
        scored = tuple(each for each in listed if each in every)
        if scored:
            yield _subset(name, scored, evaluations)


def _subset(name: str, documents: tuple[str, ...], evaluations: Sequence[Evaluation]) -> Subset:
    parts = [each.scores.by_document[document] for each in evaluations for document in documents]
    counts = {each.name: sum((part[each.name] for part in parts), Counts()) for each in HEADLINES}
    return Subset(name, documents, counts)
