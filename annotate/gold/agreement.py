"""How far two labellers agree who read the same units without sight of each other.

Measured on their raw passes, before anything is adjudicated. Neither labeller is right here: F1 is
the same in both directions, precision and recall only change places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import JsonValue

from annotate.errors import UsageError
from annotate.gold.passes import Pass
from annotate.schema.categories import Schema
from annotate.scoring.confusion import Confusion, confusion
from annotate.scoring.labels import Label
from annotate.scoring.scorer import score
from annotate.scoring.scores import Scores

STABLE = 0.667
"""The least alpha from which tentative conclusions can be drawn (Krippendorff, Content Analysis,
2004, p. 241); a category below it stays out of gates."""


class Aim(NamedTuple):
    """What agreement ought to reach before it is adjudicated."""

    name: str
    value: float | None
    least: float

    @property
    def met(self) -> bool:
        """Whether it does."""
        return self.value is not None and self.value >= self.least


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two passes agree.

    Attributes:
        units: how many units both labelled, headings left out.
        alpha: Krippendorff's alpha over every unit x category of the schema; None where nothing
            varies.
        alpha_by_category: as `alpha`, for each category of the schema.
        alpha_by_document: as `alpha`, for each document.
        scores: of the second pass against the first.
        confusion: unit by unit, first pass against second.
    """

    first: str
    second: str
    units: int
    alpha: float | None
    alpha_by_category: Mapping[str, float | None]
    alpha_by_document: Mapping[str, float | None]
    scores: Scores
    confusion: Confusion

    @property
    def unstable(self) -> tuple[str, ...]:
        """The categories on which the labellers agree too little for a gate."""
        return tuple(
            name
            for name, value in self.alpha_by_category.items()
            if value is not None and value < STABLE
        )

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What gold of this project has to reach before adjudication."""
        known = [value for value in self.alpha_by_category.values() if value is not None]
        overall = self.scores.overall
        return (
            Aim("alpha", self.alpha, 0.80),
            Aim("least alpha of a category", min(known, default=None), STABLE),
            Aim("annotation F1", overall["annotation"].f1, 0.80),
            Aim("attribute accuracy", overall.attribute.accuracy, 0.85),
            Aim("document F1", overall["document"].f1, 0.90),
        )

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name; the scores are those of the second pass."""
        return {
            "first": self.first,
            "second": self.second,
            "units": self.units,
            "alpha": self.alpha,
            "alpha_by_category": dict(self.alpha_by_category),
            "alpha_by_document": dict(self.alpha_by_document),
            "unstable": list(self.unstable),
            "aims": [{**aim._asdict(), "met": aim.met} for aim in self.aims],
            "scores": self.scores.to_json(),
            "confusion": [
                {"first": first, "second": second, "units": count}
                for (first, second), count in self.confusion.items()
            ],
        }


def agreement(first: Pass, second: Pass, schema: Schema) -> Agreement:
    """Compare two passes over the same units.

    Raises:
        UsageError: where they do not have the same units, an annotation does not fit the schema, or
            the package for alpha is missing.
    """
    # Alpha counts units that both left empty as agreement: each must have read every one of them.
    _same_units(first, second)
    units = {
        document: [(row.start, row.end) for row in rows]
        for document, rows in first.documents.items()
    }
    sides = first.labels(schema), second.labels(schema)
    grid = _Grid(units, list(schema.categories), sides)
    return Agreement(
        first=first.folder.name,
        second=second.folder.name,
        units=sum(map(len, units.values())),
        alpha=grid.alpha(),
        alpha_by_category={name: grid.alpha(category=name) for name in schema.categories},
        alpha_by_document={name: grid.alpha(document=name) for name in units},
        scores=score(*sides, dict.fromkeys(units)),
        confusion=confusion(*sides, units),
    )


def _same_units(first: Pass, second: Pass) -> None:
    for one, other in ((first, second), (second, first)):
        if missing := sorted(one.documents.keys() - other.documents.keys()):
            raise UsageError(
                f"{other.folder}: lacks {', '.join(missing)}; compare passes of the same documents"
            )
    for document, rows in first.documents.items():
        others = second.documents[document]
        same = zip(rows, others, strict=False)
        differing = (b for a, b in same if (a.unit, a.start, a.end) != (b.unit, b.start, b.end))
        if (row := next(differing, None)) is not None:
            raise UsageError(
                f"{second.file(document)}:{row.line}: is another unit than in {first.folder}; both "
                "passes need a row for every unit of the same segmentation"
            )
        if len(rows) != len(others):
            shorter = min(first, second, key=lambda one: len(one.documents[document]))
            raise UsageError(
                f"{shorter.file(document)}: ends before the other pass does; label it to its end"
            )


class _Grid:
    """Which of the two sides sees which category on which unit."""

    def __init__(
        self,
        units: Mapping[str, Sequence[tuple[int, int]]],
        categories: Sequence[str],
        sides: tuple[Sequence[Label], Sequence[Label]],
    ) -> None:
        self.units = units
        self.categories = categories
        self.seen = tuple(
            {(label.document, label.start, label.end, label.category) for label in side}
            for side in sides
        )

    def alpha(self, *, document: str | None = None, category: str | None = None) -> float | None:
        """Return alpha on the cells of one document, of one category, or on all."""
        cells = [
            (name, start, end, tag)
            for name in ([document] if document else self.units)
            for start, end in self.units[name]
            for tag in ([category] if category else self.categories)
        ]
        first, second = ([cell in seen for cell in cells] for seen in self.seen)
        return alpha(first, second)


def alpha(first: Sequence[bool], second: Sequence[bool]) -> float | None:
    """Return Krippendorff's alpha of two labellers on one yes-or-no question, unit by unit.

    None where nothing varies: agreement by chance is then certain. The formula is that of
    K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania,
    2011), for nominal data; the computation is the `krippendorff` package's.

    Raises:
        UsageError: where that package is not installed.
    """
    if len({*first, *second}) < 2:  # which the package refuses
        return None
    try:
        import krippendorff
    except ImportError:
        raise UsageError("alpha needs pip install 'policy-annotate[evaluation]'") from None
    answers = [[int(answer) for answer in side] for side in (first, second)]
    return float(krippendorff.alpha(reliability_data=answers, level_of_measurement="nominal"))
