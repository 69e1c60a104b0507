"""How often the verdicts of a verification were right, where gold says so.

A verdict is held against what the scorer made of its annotation. Gold that may be annotated or not
judges none, and neither does an annotation that has no place among the scored ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.annotation import VERDICTS, Annotation, Verdict
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.verdicts import Clusters, by_cluster
from annotate.scoring.intervals import clustered_interval
from annotate.scoring.labels import Label
from annotate.scoring.outcomes import Kind

_STATED: frozenset[Kind] = frozenset(("matched", "boundary", "duplicate"))
_NOT_STATED: frozenset[Kind] = frozenset(("spurious", "category", "category+boundary"))
_DENIED = ("null", "false")  # values by which an annotation says that nothing is stated


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some were right.

    Attributes:
        clusters: how many were right, and of how many, in each part of the texts.
    """

    clusters: tuple[tuple[int, int], ...]

    @property
    def right(self) -> int:
        """How many were right."""
        return sum(right for right, _ in self.clusters)

    @property
    def of(self) -> int:
        """How many there are."""
        return sum(of for _, of in self.clusters)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval of the share, as of a precision; None where there are none."""
        return clustered_interval(self.clusters)

    def to_json(self) -> dict[str, JsonValue]:
        """Return it as JSON."""
        ends = self.interval
        return {"right": self.right, "of": self.of, "interval": list(ends) if ends else None}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often verdicts were right.

    `supported` is right where gold states the category there, and every value; `unsupported` where
    gold states no such thing there; `partly` where it states the category there, and one of the
    named values at least is not in it.

    Attributes:
        documents: that have gold.
        verdicts: by verdict.
        values: of those that were named as not supported, how many are not in the gold.
        wrong: of all annotations with a verdict, how many the gold does not state: how often
            `unsupported` would have been right for any of them.
    """

    documents: int
    verdicts: Mapping[Verdict, Share]
    values: Share
    wrong: Share

    def to_json(self) -> dict[str, JsonValue]:
        """Return it as JSON."""
        return {
            "documents": self.documents,
            "verdicts": {name: each.to_json() for name, each in self.verdicts.items()},
            "values": self.values.to_json(),
            "wrong": self.wrong.to_json(),
        }


def agreement(evaluation: Evaluation) -> Agreement:
    """Return how often the verdicts of the evaluated run were right."""
    clusters = Clusters(evaluation.documents)
    cases: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
    for annotation, label, gold, kind in _judged(evaluation):
        said = annotation.verification
        if said is None or kind not in _STATED | _NOT_STATED:
            continue
        stated, cluster = kind in _STATED, clusters.at(annotation.document, annotation.start)
        named = [(name, value) for name, values in said.values.items() for value in values]
        absent = [_absent(name, value, gold) for name, value in named] if gold else []
        correct = {
            "supported": stated and (gold is None or _all_in(label, gold)),
            "partly": stated and any(absent),
            "unsupported": not stated,
        }
        cases[said.verdict].append((cluster, correct[said.verdict]))
        cases["all"].append((cluster, not stated))
        if stated and said.verdict == "partly":
            cases["values"] += [(cluster, each) for each in absent]
    shares = {name: Share(tuple(by_cluster(cases[name]))) for name in (*VERDICTS, "values", "all")}
    return Agreement(
        len(evaluation.documents),
        {name: shares[name] for name in VERDICTS},
        shares["values"],
        shares["all"],
    )


def _judged(
    evaluation: Evaluation,
) -> Iterator[tuple[Annotation, Label, Label | None, Kind]]:
    """Yield each annotation with its label, that of its gold, and what became of it."""
    for place, annotation in enumerate(evaluation.annotations):
        outcome = evaluation.outcomes.predicted[place]
        gold = None if outcome.partner is None else evaluation.gold_labels[outcome.partner]
        yield annotation, evaluation.predicted_labels[place], gold, outcome.kind


def _all_in(label: Label, gold: Label) -> bool:
    return all(
        values <= gold.attributes.get(name, frozenset())
        for name, values in label.attributes.items()
    )


def _absent(name: str, value: str, gold: Label) -> bool:
    stated = gold.attributes.get(name, frozenset())
    return bool(stated) if value in _DENIED else value not in stated
