"""What changed from one side of a comparison to the other: a value that every report is made of.

`annotate.comparison.compare` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from annotate.comparison.changes import Changes
from annotate.comparison.deltas import (
    CategoryDelta,
    Delta,
    Design,
    Elsewhere,
)
from annotate.comparison.gates import (
    Check,
    Doubt,
    Gates,
    doubts,
    rises,
)
from annotate.comparison.usage import Usage
from annotate.evaluation.evaluation import Evaluation
from annotate.scoring.measures import GATED

FORMAT_VERSION = 1

Verdict = Literal["regression", "improvement", "no change detected"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one side to the other.

    Attributes:
        before, after: the repeats of either side, evaluated against the same gold.
        headlines: every measure that is compared, on these documents.
        elsewhere: the headline measures, as changes to be expected on other documents.
        checks: everything that the gates looked at.
        changes: the lists of single annotations.
        gold_delta: the headlines of the first side when it was blessed (`before`), and against the
            gold of now (`after`); None where the gold is the same.
        notes: what a reader has to know beside the figures.
    """

    before: tuple[Evaluation, ...]
    after: tuple[Evaluation, ...]
    gates: Gates
    design: Design
    headlines: Mapping[str, Delta]
    elsewhere: Mapping[str, Elsewhere]
    by_category: Mapping[str, CategoryDelta]
    by_document: Mapping[str, Mapping[str, Delta]]
    checks: tuple[Check, ...]
    changes: Changes
    gold_delta: Mapping[str, Delta] | None
    notes: tuple[str, ...]

    @property
    def failures(self) -> tuple[Check, ...]:
        """The gates that failed."""
        return tuple(check for check in self.checks if check.status == "failed")

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The categories that broke for the most part and that no gate fails."""
        return tuple(doubts(self.by_category, self.changes.broken, self.checks))

    @property
    def passed(self) -> bool:
        """Whether no gate failed."""
        return not self.failures

    @property
    def gated(self) -> Delta:
        """The measure that the overall gate looks at, value F1."""
        return self.headlines[GATED.name]

    @property
    def verdict(self) -> Verdict:
        """That a gate failed, or else that the gated measure rose as surely as it may not drop."""
        if not self.passed:
            return "regression"
        return "improvement" if rises(self.gated, self.gates) else "no change detected"

    @property
    def detectable(self) -> float | None:
        """The smallest true drop of the gated measure that shows here in four cases of five.

        None where both sides say the same, so that there is no noise to measure against.
        """
        return self.gated.detectable

    def may_hide(self, drop: float) -> bool:
        """Tell whether no change was detected and a true drop larger than this could be unseen."""
        return self.verdict == "no change detected" and (self.detectable or 0.0) > drop

    @property
    def complete(self) -> bool:
        """Whether every run afterwards was read and answered to its end."""
        return all(each.predictions.complete for each in self.after)

    @property
    def usage(self) -> tuple[Usage, Usage]:
        """What either side took."""
        return (
            Usage.of([each.predictions.usage for each in self.before]),
            Usage.of([each.predictions.usage for each in self.after]),
        )

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure, check and list by its name; texts are left out."""
        old, new = self.usage
        return {
            "format": FORMAT_VERSION,
            "verdict": self.verdict,
            "passed": self.passed,
            "complete": self.complete,
            "doubts": [each.to_json() for each in self.doubts],
            "detectable": self.detectable,
            "seed": self.design.seed,
            "rounds": self.design.rounds,
            "gates": self.gates.to_json(),
            "notes": [*self.notes],
            "before": _described(self.before),
            "after": _described(self.after),
            "documents": [*sorted(self.before[0].texts)],
            "headlines": _rows(self.headlines),
            "other_documents": _rows(self.elsewhere),
            "by_category": _rows(self.by_category),
            "by_document": {name: _rows(row) for name, row in self.by_document.items()},
            "gold_delta": None if self.gold_delta is None else _rows(self.gold_delta),
            "checks": [each.to_json() for each in self.checks],
            "changes": self.changes.to_json(),
            "usage": {
                "before": {"total": old.to_json(), "per_request": old.per_request().to_json()},
                "after": {"total": new.to_json(), "per_request": new.per_request().to_json()},
                "delta": {
                    "total": new.minus(old).to_json(),
                    "per_request": new.per_request().minus(old.per_request()).to_json(),
                },
            },
        }


def _rows(deltas: Mapping[str, Delta | Elsewhere | CategoryDelta]) -> dict[str, JsonValue]:
    return {name: delta.to_json() for name, delta in deltas.items()}


def _described(side: Sequence[Evaluation]) -> list[JsonValue]:
    """Return the name of each repeat and how it was made."""
    rows: list[JsonValue] = []
    for each in side:
        made = dict(each.predictions.identity)
        complete = each.predictions.complete
        rows.append({"name": each.predictions.name, "complete": complete, "identity": made})
    return rows
