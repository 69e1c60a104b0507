"""What a comparison of labels comes to: counts, and the ratios that are made of them.

Counts add up, ratios do not: nothing is averaged but where the name says `macro`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from pydantic import JsonValue

from annotate.scoring.measures import HEADLINES, LADDER, TYPED, UNTYPED
from annotate.scoring.overlap import Edge, Rung

LOW_SUPPORT = 20
"""Fewer gold annotations than this carry no conclusion."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was right, what was wrong, and what was missed, in whatever unit is counted.

    Ratios whose denominator is 0 are None: there is no share of nothing.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        """Right ones among the predicted."""
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Right ones among the gold."""
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """2·TP / (gold + predicted): the harmonic mean of precision and recall."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    def to_json(self) -> dict[str, JsonValue]:
        """Return counts and ratios."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class AttributeScore:
    """How one attribute fares on paired annotations.

    Attributes:
        equal: pairs that state the same values.
        different: pairs that do not.
        silent: pairs in which neither side states a value.
        values: single values, over all pairs.
    """

    equal: int = 0
    different: int = 0
    silent: int = 0
    values: Counts = Counts()

    @property
    def pairs(self) -> int:
        """How many were compared."""
        return self.equal + self.different + self.silent

    @property
    def accuracy(self) -> float | None:
        """The share of pairs with equal values, silence on both sides being equal."""
        return _ratio(self.equal + self.silent, self.pairs)

    @property
    def stated_accuracy(self) -> float | None:
        """The share of pairs with equal values where either side states one."""
        return _ratio(self.equal, self.equal + self.different)

    def __add__(self, other: AttributeScore) -> AttributeScore:
        return AttributeScore(
            self.equal + other.equal,
            self.different + other.different,
            self.silent + other.silent,
            self.values + other.values,
        )

    def to_json(self) -> dict[str, JsonValue]:
        """Return counts and ratios."""
        return {
            "accuracy": self.accuracy,
            "stated_accuracy": self.stated_accuracy,
            "equal": self.equal,
            "different": self.different,
            "silent": self.silent,
            "values": self.values.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """The scores of some of the cells: of a category, of a document, or of all.

    `part["value"]` are the counts of the measure of that name.

    Attributes:
        counts: by the name of each typed measure.
        attributes: by name.
        optional: how many gold annotations may be found and need not.
    """

    counts: Mapping[str, Counts]
    attributes: Mapping[str, AttributeScore]
    optional: int = 0

    def __getitem__(self, measure: str) -> Counts:
        return self.counts[measure]

    @property
    def ladder(self) -> Mapping[Rung, Counts]:
        """Typed pairs, at each overlap that may be asked for."""
        return {each.rung: self[each.name] for each in LADDER if each.rung}

    @property
    def support(self) -> int:
        """How many gold annotations had to be found."""
        return self["annotation"].tp + self["annotation"].fn

    @property
    def attribute(self) -> AttributeScore:
        """All attributes as one."""
        return sum(self.attributes.values(), AttributeScore())

    def to_json(self) -> dict[str, JsonValue]:
        """Return every score by its name, those of the ladder under "annotation"."""
        return {
            "support": self.support,
            "optional": self.optional,
            "annotation": {rung: counts.to_json() for rung, counts in self.ladder.items()},
            **{each.name: self[each.name].to_json() for each in TYPED if each.rung is None},
            "attribute": self.attribute.to_json(),
            "attributes": {name: s.to_json() for name, s in sorted(self.attributes.items())},
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """What one set of predictions is worth against one gold.

    `scores["untyped"]` are the counts of the measure of that name, over all documents.

    Attributes:
        untyped: by the name of each measure that does not look at categories.
        by_category: every category that either side has; unknown ones of a prediction too.
        by_document: every document in scope, also those in which neither side has anything.
        pairs: the pairs behind the headlines, as positions in the labels that were given.
    """

    overall: Part
    untyped: Mapping[str, Counts]
    by_category: Mapping[str, Part]
    by_document: Mapping[str, Part]
    pairs: tuple[Edge, ...]

    def __getitem__(self, measure: str) -> Counts:
        return self.untyped[measure] if measure in self.untyped else self.overall[measure]

    def to_json(self) -> dict[str, JsonValue]:
        """Return every score by its name; pairs are left out."""
        return {
            "overall": self.overall.to_json(),
            **{each.name: self[each.name].to_json() for each in UNTYPED},
            "macro": {
                "category": _macros(self.by_category.values()),
                "document": _macros(self.by_document.values()),
            },
            "by_category": {name: part.to_json() for name, part in self.by_category.items()},
            "by_document": {name: part.to_json() for name, part in self.by_document.items()},
        }


def macro(parts: Iterable[Part], measure: str) -> float | None:
    """Return the mean F1 of parts, without those in which there is nothing to find or be wrong."""
    scores = [f1 for part in parts if (f1 := part[measure].f1) is not None]
    return fmean(scores) if scores else None


def _macros(parts: Iterable[Part]) -> dict[str, JsonValue]:
    parts = list(parts)
    return {each.name: macro(parts, each.name) for each in HEADLINES}
