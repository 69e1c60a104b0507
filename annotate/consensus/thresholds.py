"""Look on gold for a confidence from which annotations are right often enough.

The lowest such confidence is taken: it costs the least recall. Gold that chose it has judged it
too, which flatters it; so it is chosen again on all documents but one and judged on that one, in
turn, and the figures of these are what to expect of other documents of the kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.predictions import Predictions
from annotate.evaluation.verdicts import Clusters, Verdict, precision_interval, verdicts
from annotate.gold.store import Gold
from annotate.schema.categories import Schema
from annotate.scoring.scores import Counts

_MOST = 50  # thresholds that are tried


@dataclass(frozen=True, slots=True)
class Judged:
    """What is right where some annotations are delivered and others are not.

    Attributes:
        counts: right, wrong and missed annotations.
        interval: of the precision; None where nothing is delivered.
    """

    counts: Counts
    interval: tuple[float, float] | None

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        interval: list[JsonValue] | None = list(self.interval) if self.interval else None
        return {**self.counts.to_json(), "precision_interval": interval}


@dataclass(frozen=True, slots=True)
class CrossValidated:
    """A threshold chosen without the document that it is judged on, for each document in turn.

    Attributes:
        judged: over all documents.
        thresholds: how often each was chosen.
        unreached: how often no threshold had the precision, so that the most precise one was taken.
    """

    judged: Judged
    thresholds: Mapping[float, int]
    unreached: int

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        chosen: list[JsonValue] = [
            {"threshold": each, "times": times} for each, times in sorted(self.thresholds.items())
        ]
        return {**self.judged.to_json(), "thresholds": chosen, "unreached": self.unreached}


@dataclass(frozen=True)
class Choice:
    """The threshold for a wanted precision.

    Attributes:
        wanted: the precision.
        tried: what is right at each threshold, from the lowest on, which delivers everything.
        threshold: the lowest that has the precision; None where none has.
        documents: those of the gold that were read.
        clusters: what the intervals take for independent, "documents" or "segments".
        crossed: what to expect of other documents; None for a single one.
    """

    wanted: float
    tried: Mapping[float, Judged]
    threshold: float | None
    documents: tuple[str, ...]
    clusters: str
    crossed: CrossValidated | None

    @property
    def everything(self) -> Judged:
        """What is right without a threshold."""
        return next(iter(self.tried.values()))

    @property
    def chosen(self) -> Judged | None:
        """What is right at the threshold, on the gold that chose it."""
        return None if self.threshold is None else self.tried[self.threshold]

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        tried: list[JsonValue] = [
            {"threshold": each, **judged.to_json()} for each, judged in self.tried.items()
        ]
        return {
            "wanted_precision": self.wanted,
            "threshold": self.threshold,
            "tried": tried,
            "cross_validated": self.crossed.to_json() if self.crossed else None,
            "documents": list(self.documents),
            "intervals_by": self.clusters,
        }


def choose(
    at: Callable[[float], Predictions],
    confidences: Iterable[float],
    gold: Gold,
    schema: Schema,
    documents: Mapping[str, Document],
    wanted: float,
) -> Choice:
    """Return the lowest threshold at which the share of right annotations is as wanted.

    Args:
        at: returns what is delivered at a threshold.
        confidences: of all annotations.
        gold: what judges them.
        schema: that of both.
        documents: the texts that have gold.
        wanted: the precision.

    Raises:
        NotComparable: where the gold cannot judge them.
    """
    return _Trials(at, _candidates(confidences), gold, schema, documents).choice(wanted)


def _candidates(confidences: Iterable[float]) -> list[float]:
    """Return the thresholds to try, from one that delivers everything on."""
    distinct = sorted({*confidences}) or [0.0]
    step = -(-len(distinct) // _MOST)
    return [*distinct[::step]]


class _Trials:
    """What gold says at each threshold, by document."""

    def __init__(
        self,
        at: Callable[[float], Predictions],
        candidates: Sequence[float],
        gold: Gold,
        schema: Schema,
        documents: Mapping[str, Document],
    ) -> None:
        self._counts: dict[float, Mapping[str, Counts]] = {}
        self._verdicts: dict[float, Sequence[Verdict]] = {}
        clusters: Clusters | None = None
        for threshold in candidates:
            found = evaluate_predictions(at(threshold), gold, schema, documents)
            clusters = clusters or Clusters(found.documents)
            by_document = found.scores.by_document
            self._counts[threshold] = {
                name: by_document[name]["annotation"] for name in found.documents
            }
            self._verdicts[threshold] = verdicts(found, clusters)
        self._clusters = clusters.kind if clusters else "segments"
        self._documents = tuple(self._counts[candidates[0]])

    def choice(self, wanted: float) -> Choice:
        every = self._documents
        return Choice(
            wanted,
            {
                threshold: self._judged(dict.fromkeys(every, threshold))
                for threshold in self._counts
            },
            self._lowest(every, wanted),
            every,
            self._clusters,
            self._crossed(wanted) if len(every) > 1 else None,
        )

    def _crossed(self, wanted: float) -> CrossValidated:
        chosen, unreached = {}, 0
        for held_out in self._documents:
            others = [name for name in self._documents if name != held_out]
            found = self._lowest(others, wanted)
            unreached += found is None
            chosen[held_out] = self._most_precise(others) if found is None else found
        return CrossValidated(self._judged(chosen), Counter(chosen.values()), unreached)

    def _judged(self, thresholds: Mapping[str, float]) -> Judged:
        """Return what is right where each document has a threshold of its own."""
        counts = sum((self._counts[t][name] for name, t in thresholds.items()), Counts())
        found = (
            each
            for threshold in {*thresholds.values()}
            for each in self._verdicts[threshold]
            if thresholds[each.document] == threshold
        )
        return Judged(counts, precision_interval(found))

    def _precision(self, threshold: float, documents: Collection[str]) -> float:
        counts = sum((self._counts[threshold][name] for name in documents), Counts())
        return counts.precision or 0.0

    def _lowest(self, documents: Collection[str], wanted: float) -> float | None:
        reached = (t for t in self._counts if self._precision(t, documents) >= wanted)
        return next(reached, None)

    def _most_precise(self, documents: Collection[str]) -> float:
        return max(self._counts, key=lambda threshold: self._precision(threshold, documents))
