"""What changed between two sides of repeats, and how sure that is, as scores.

The tests are those of `significance` on the counts of `segment_counts`. Document F1 is about the
set of facts of a whole document and has no counts by segment: its change is given without a test.
Which change matters is decided in `gates`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

from pydantic import JsonValue

from annotate.comparison.segment_counts import (
    BY_CATEGORY,
    Column,
    all_columns,
    pooled,
    tally,
)
from annotate.comparison.significance import (
    adjusted,
    bootstrap,
    exchange,
    least_p,
    ratios,
    t_interval,
)
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.segments import Segments
from annotate.formatting import ratio
from annotate.scoring.measures import COMPARED, GATED, HEADLINES, Measure
from annotate.scoring.scores import Counts

Side: TypeAlias = Sequence[Evaluation]
"""The repeats of one configuration."""


@dataclass(frozen=True, slots=True)
class Delta:
    """One F1 before and after, each pooled over its repeats, as fractions.

    Attributes:
        interval: of the change, at 95%, over other segments like these; None where not computed.
        p_drop, p_rise: one-sided, of a change this large or larger without any difference between
            the sides; None where not tested.
        detectable: the smallest true drop that would be found in four cases of five; None where not
            tested, or where the sides say the same.
        least_p: the smallest p that a test on so few segments can come to; 0 where not tested.
    """

    before: float | None
    after: float | None
    interval: tuple[float, float] | None = None
    p_drop: float | None = None
    p_rise: float | None = None
    detectable: float | None = None
    least_p: float = 0.0

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
        scores: by the name of each measure that is tested by category.
        adjusted: the one-sided p of a drop of the gated measure, adjusted for the number of gated
            categories by Benjamini and Hochberg; None where the category is not tested.
        excluded: why it is not gated; "" where it is.
    """

    support: int
    scores: Mapping[str, Delta]
    adjusted: float | None
    excluded: str

    @property
    def gated(self) -> Delta:
        """The measure that a gate looks at."""
        return self.scores[GATED.name]

    @property
    def untested(self) -> str:
        """Why a gated category is not tested, and what fails it all the same; "" where it is."""
        if self.excluded or self.adjusted is not None:
            return ""
        least = ratio(self.gated.least_p)
        return f"no p below {least} in so few segments, so only a collapse fails"

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        return {
            "support": self.support,
            **{name: delta.to_json() for name, delta in self.scores.items()},
            "adjusted": self.adjusted,
            "least_p": self.gated.least_p,
            "excluded": self.excluded,
        }


@dataclass(frozen=True, slots=True)
class Deltas:
    """Every change of a score between two sides.

    Attributes:
        headlines: every measure that is compared, on these documents.
        elsewhere: the headline measures on other documents.
        by_document: the headline measures of each document.
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
        fdr: the level of the tests by category; what cannot come below it is not tested.
    """

    alpha: float = 0.05
    least: float = 0.01
    rounds: int = 10_000
    seed: int = 0
    fdr: float = 0.05


def deltas(before: Side, after: Side, excluded: Mapping[str, str], design: Design) -> Deltas:
    """Compare the scores of two sides on the same documents and gold.

    `excluded` are the categories that are not gated, with the reason.
    """
    categories = supports(before, after)
    tested = _tested(before, after, sorted(categories), design)
    old, new = headlines(before), headlines(after)
    documents = {
        document: _by_document(before, after, document) for document in sorted(before[0].texts)
    }
    return Deltas(
        {name: tested.get((name, "")) or Delta(old[name], new[name]) for name in old},
        {each.name: _elsewhere(row[each.name] for row in documents.values()) for each in HEADLINES},
        _by_category(tested, categories, excluded, design.fdr),
        documents,
    )


def headlines(side: Side) -> dict[str, float | None]:
    """Return every F1 that is compared of one side, pooled over its repeats."""
    return {
        measure.name: _pooled_f1(each.scores[measure.name] for each in side) for measure in COMPARED
    }


def _pooled_f1(repeats: Iterable[Counts]) -> float | None:
    return sum(repeats, Counts()).f1


def supports(before: Side, after: Side) -> dict[str, int]:
    """Return every category of gold or predictions, and how many annotations have to be found."""
    parts = [item for each in (*before, *after) for item in each.scores.by_category.items()]
    return {name: part.support for name, part in sorted(parts, key=lambda item: item[0]) if name}


def _tested(
    before: Side, after: Side, categories: Sequence[str], design: Design
) -> dict[Column, Delta]:
    """Test every measure that has counts by segment; one draw of segments serves them all."""
    segments, columns = Segments(before[0].documents), all_columns(categories)
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
        least_p(old, new),
        strict=True,
    )
    return {
        column: Delta(_known(a), _known(b), _ends(ends), float(drop), float(rise), size, float(p))
        for column, (a, b, ends, drop, rise, size, p) in zip(columns, figures, strict=True)
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _ends(ends: Iterable[float]) -> tuple[float, float] | None:
    low, high = map(float, ends)
    return None if math.isnan(low) else (low, high)


def _by_document(before: Side, after: Side, document: str) -> dict[str, Delta]:
    def scored(side: Side, measure: Measure) -> float | None:
        return _pooled_f1(each.scores.by_document[document][measure.name] for each in side)

    return {each.name: Delta(scored(before, each), scored(after, each)) for each in HEADLINES}


def _elsewhere(documents: Iterable[Delta]) -> Elsewhere:
    changes = [delta.change for delta in documents if delta.change is not None]
    return Elsewhere(fmean(changes) if changes else None, t_interval(changes), len(changes))


def _by_category(
    tested: Mapping[Column, Delta],
    categories: Mapping[str, int],
    excluded: Mapping[str, str],
    fdr: float,
) -> dict[str, CategoryDelta]:
    # What cannot come out whatever happens would only weaken the adjustment for the others.
    gated = [n for n in categories if n not in excluded and tested[GATED.name, n].least_p <= fdr]
    p = adjusted([tested[GATED.name, name].p_drop or 0.0 for name in gated])
    found = dict(zip(gated, p, strict=True))
    return {
        name: CategoryDelta(
            support,
            {each.name: tested[each.name, name] for each in BY_CATEGORY},
            found.get(name),
            excluded.get(name, ""),
        )
        for name, support in categories.items()
    }
