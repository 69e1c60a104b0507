"""What speaks against annotations: how unsure a run is of them, and what others say in their place.

Others are runs over the same texts, or gold. An annotation is held against each of them as a run is
scored against gold: the same category, more than half of the characters in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.annotation import Annotation
from annotate.runs.reader import by_document
from annotate.scoring.labels import Label, Statement, differing, trim
from annotate.scoring.matching import match
from annotate.scoring.overlap import overlaps

NOT_THERE = 1.0
"""The doubt about an annotation that another side does not make."""

OTHERWISE = 0.5
"""The doubt about one that another side makes with other values."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against an annotation.

    Attributes:
        score: from 0, nothing known, to 1: that of the reason that weighs most.
        total: of all reasons, which parts those of one score.
        reasons: in words, the one that weighs most first.
    """

    score: float = 0.0
    total: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Other:
    """Another side: a run over the same texts, or gold.

    Attributes:
        name: what reasons call it.
        statements: what it says, by document. Of a document that is left out it says nothing, and
            nothing is held against what is said there.
    """

    name: str
    statements: Mapping[str, Sequence[Statement]]


def doubts(
    suggested: Mapping[str, Annotation], texts: Mapping[str, str], others: Sequence[Other] = ()
) -> dict[str, Doubt]:
    """Return what speaks against each annotation, by its id."""
    found: dict[str, list[tuple[float, str]]] = {
        name: [*_own(each)] for name, each in suggested.items()
    }
    for other in others:
        for name, score, reason in _held_against(suggested, texts, other):
            found[name].append((score, reason))
    return {name: _doubt(said) for name, said in found.items()}


def _doubt(said: list[tuple[float, str]]) -> Doubt:
    ranked = sorted(said, key=lambda each: -each[0])
    scores = [score for score, _ in ranked]
    return Doubt(max(scores, default=0.0), sum(scores), tuple(reason for _, reason in ranked))


def _own(annotation: Annotation) -> Iterator[tuple[float, str]]:
    """Yield what its own run says against an annotation."""
    if annotation.confidence is not None and annotation.confidence < 1:
        yield 1 - annotation.confidence, f"confidence {annotation.confidence:.2f}"
    for attribute, values in annotation.value_confidence.items():
        for value, sure in values.items():
            if sure < 1:
                yield 1 - sure, f"{attribute} {value}: confidence {sure:.2f}"
    said = annotation.verification
    if said is not None and said.verdict == "unsupported":
        yield NOT_THERE, f"a model finds it unsupported: {said.reason}"
    elif said is not None and said.values:
        yield OTHERWISE, f"a model does not find {', '.join(said.values)} supported: {said.reason}"
    if annotation.ambiguous:
        yield OTHERWISE, "its words stand at several places"


def _held_against(
    suggested: Mapping[str, Annotation], texts: Mapping[str, str], other: Other
) -> Iterator[tuple[str, float, str]]:
    every = by_document(suggested, lambda name: suggested[name].document)
    for document, names in every.items():
        said = other.statements.get(document)
        if said is None:
            continue
        own = trim((Label.of(suggested[name]) for name in names), texts)
        labels = trim(map(Label.of, said), texts)
        pairs = {edge.predicted: edge.gold for edge in match(overlaps(labels, own), labels, own)}
        for number, name in enumerate(names):
            if number not in pairs:
                yield name, NOT_THERE, f"{other.name} does not say it"
            elif values := sorted(differing(own[number], labels[pairs[number]])):
                yield name, OTHERWISE, f"{other.name} says otherwise: {', '.join(values)}"
