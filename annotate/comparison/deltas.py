"""What changed between two sides of repeats, and how sure that is, as scores.

The tests are those of `significance` on the counts of `tallying`. Document F1 is about the set of
facts of a whole document and has no counts by segment: its change is given without a test. Which
change matters is decided in `gating`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from pydantic import JsonValue

from annotate.comparison.segment_counts import Measure, Segments, measures, pooled, tally
from annotate.comparison.significance import adjusted, bootstrap, exchange, ratios, t_interval
from annotate.evaluation.evaluate import Evaluation
from annotate.scoring.scores import Counts, Part

Side = Sequence[Evaluation]
"""The repeats of one configuration."""

BY_DOCUMENT: Mapping[str, Callable[[Part], Counts]] = {
    "annotation": lambda part: part.annotation,
    "value": lambda part: part.values,
    "document": lambda part: part.facts,
}
"""The headline scores that every document has."""


@dataclass(frozen=True, slots=True)
class Delta:
    """One F1 before and after, each pooled over its repeats, as fractions.

    Attributes:
        interval: of the change, at 95%, over other segments like these; None where not computed.
        p_drop, p_rise: one-sided, of a change this large or larger without any difference between
            the sides; None where not tested.
        detectable: the smallest true drop that would be found in four cases of five; None where not
            tested, or where the sides say the same.
    """

    before: float | None
    after: float | None
    interval: tuple[float, float] | None = None
    p_drop: float | None = None
    p_rise: float | None = None
    detectable: float | None = None

    @property
    def change(self) -> float | None:
        """After − before; None where either side has no score."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        return {
            "before": self.before,
            "after": self.after,
            "delta": self.change,
            "interval": None if self.interval is None else list(self.interval),
            "p_drop": self.p_drop,
            "p_rise": self.p_rise,
            "detectable": self.detectable,
        }


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the change would be on other documents like these, each of them weighing the same.

    Attributes:
        mean: of the changes of the single documents; None where no document has a score.
        interval: Student's, at 95%; None where fewer than two documents have a score.
        documents: how many have.
    """

    mean: float | None
    interval: tuple[float, float] | None
    documents: int

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        ends: JsonValue = None if self.interval is None else list(self.interval)
        return {"mean": self.mean, "interval": ends, "documents": self.documents}


@dataclass(frozen=True, slots=True)
class CategoryDelta:
    """What became of one category.

    Attributes:
        support: how many gold annotations have to be found.
        value: its value F1, which a gate looks at.
        adjusted: the one-sided p of a drop of value F1, adjusted for the number of gated categories
            by Benjamini and Hochberg; None where the category is not gated.
        excluded: why it is not gated; "" where it is.
    """

    support: int
    annotation: Delta
    value: Delta
    adjusted: float | None
    excluded: str

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        return {
            "support": self.support,
            "annotation": self.annotation.to_json(),
            "value": self.value.to_json(),
            "adjusted": self.adjusted,
            "excluded": self.excluded,
        }


@dataclass(frozen=True, slots=True)
class Deltas:
    """Every change of a score between two sides.

    Attributes:
        headlines: "annotation", "value", "document" and "untyped" F1 on these documents.
        elsewhere: the same on other documents, but for "untyped".
        by_document: as `elsewhere`, for each document.
    """

    headlines: Mapping[str, Delta]
    elsewhere: Mapping[str, Elsewhere]
    by_category: Mapping[str, CategoryDelta]
    by_document: Mapping[str, Mapping[str, Delta]]


@dataclass(frozen=True, slots=True)
class Design:
    """How changes are tested.

    Attributes:
        alpha: the one-sided level at which the smallest detectable drop is to be found.
        least: a smaller drop is none, as a fraction.
        rounds: of the randomisation test, and of the bootstrap.
    """

    alpha: float = 0.05
    least: float = 0.01
    rounds: int = 10_000
    seed: int = 0


def deltas(before: Side, after: Side, excluded: Mapping[str, str], design: Design) -> Deltas:
    """Compare the scores of two sides on the same documents and gold.

    `excluded` are the categories that are not gated, with the reason.
    """
    categories = supports(before, after)
    tested = _tested(before, after, sorted(categories), design)
    documents = {
        document: _by_document(before, after, document) for document in sorted(before[0].texts)
    }
    return Deltas(
        {
            "annotation": tested["annotation", ""],
            "value": tested["value", ""],
            "document": _scored(before, after, lambda each: each.scores.overall.facts),
            "untyped": tested["untyped", ""],
        },
        {name: _elsewhere(row[name] for row in documents.values()) for name in BY_DOCUMENT},
        _by_category(tested, categories, excluded),
        documents,
    )


def headlines(side: Side) -> dict[str, float | None]:
    """Return the headline F1 of one side, pooled over its repeats."""
    counted: dict[str, Callable[[Evaluation], Counts]] = {
        "annotation": lambda each: each.scores.overall.annotation,
        "value": lambda each: each.scores.overall.values,
        "document": lambda each: each.scores.overall.facts,
        "untyped": lambda each: each.scores.untyped,
    }
    return {name: sum(map(of, side), Counts()).f1 for name, of in counted.items()}


def supports(before: Side, after: Side) -> dict[str, int]:
    """Return every category of gold or predictions, and how many annotations have to be found."""
    parts = [item for each in (*before, *after) for item in each.scores.by_category.items()]
    return {name: part.support for name, part in sorted(parts, key=lambda item: item[0]) if name}


def _tested(
    before: Side, after: Side, categories: Sequence[str], design: Design
) -> dict[Measure, Delta]:
    """Test every measure that has counts by segment; one draw of segments serves them all."""
    segments, columns = Segments(before[0].texts), measures(categories)
    old, new = pooled(
        [tally(each, segments, columns) for each in before],
        [tally(each, segments, columns) for each in after],
    )
    null = exchange(old, new, rounds=design.rounds, seed=design.seed)
    figures = zip(
        ratios(old.sum(axis=0)),
        ratios(new.sum(axis=0)),
        bootstrap(old, new, rounds=design.rounds, seed=design.seed).T,
        null.drop,
        null.rise,
        null.detectable(design.alpha, design.least),
        strict=True,
    )
    return {
        measure: Delta(_known(a), _known(b), _ends(ends), float(drop), float(rise), least)
        for measure, (a, b, ends, drop, rise, least) in zip(columns, figures, strict=True)
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _ends(ends: Iterable[float]) -> tuple[float, float] | None:
    low, high = map(float, ends)
    return None if math.isnan(low) else (low, high)


def _scored(before: Side, after: Side, of: Callable[[Evaluation], Counts]) -> Delta:
    old, new = (sum(map(of, side), Counts()).f1 for side in (before, after))
    return Delta(old, new)


def _by_document(before: Side, after: Side, document: str) -> dict[str, Delta]:
    def scored(measure: Callable[[Part], Counts]) -> Delta:
        return _scored(before, after, lambda each: measure(each.scores.by_document[document]))

    return {name: scored(measure) for name, measure in BY_DOCUMENT.items()}


def _elsewhere(documents: Iterable[Delta]) -> Elsewhere:
    changes = [delta.change for delta in documents if delta.change is not None]
    return Elsewhere(fmean(changes) if changes else None, t_interval(changes), len(changes))


def _by_category(
    tested: Mapping[Measure, Delta], categories: Mapping[str, int], excluded: Mapping[str, str]
) -> dict[str, CategoryDelta]:
    gated = [name for name in categories if name not in excluded]
    p = adjusted([tested["value", name].p_drop or 0.0 for name in gated])
    found = dict(zip(gated, p, strict=True))
    return {
        name: CategoryDelta(
            support,
            tested["annotation", name],
            tested["value", name],
            found.get(name),
            excluded.get(name, ""),
        )
        for name, support in categories.items()
    }
