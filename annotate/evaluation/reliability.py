"""How far a run can be relied on, whatever gold says: what was grounded, repeated, left unanswered.

Rates are over the whole run, scored or not, but for duplicates, which only gold can tell from what
the text says twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from annotate.evaluation.predictions import Predictions
from annotate.ledger import ANSWERED
from annotate.scoring.outcomes import Outcomes


@dataclass(frozen=True, slots=True)
class Reliability:
    """What a run can be held to without knowing what is right. Rates of nothing are None.

    Attributes:
        grounding_rate: of the quotes that were looked up in the end, after repairs, those that are
            in the text: grounded / (grounded + ungrounded).
        hallucination_rate: of the quotes that were looked up in any answer, also in one that a
            repair replaced, those that are not in the text. An answer that broke the schema was
            never looked up.
        duplicate_rate: of the scored predictions, those that repeat one that is paired.
        grounded: annotations as they were answered, before equal ones were united.
        invalid, ungrounded: answers that were refused in the end, by kind.
        repaired: refused answers that a repair replaced.
        misquoted: scored annotations whose quote is not the text at their place; 0 in any run that
            nobody edited.
        chunks: how many ended in which way.
    """

    grounding_rate: float | None
    hallucination_rate: float | None
    duplicate_rate: float | None
    grounded: int
    invalid: int
    ungrounded: int
    repaired: int
    misquoted: int
    chunks: Mapping[str, int]

    @property
    def unanswered(self) -> int:
        """How many chunks say nothing about their text, or not all that was asked."""
        return sum(count for status, count in self.chunks.items() if status not in ANSWERED)

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name; "mended" is what `repaired` was first called."""
        names = {"repaired": "mended"}
        figures = {names.get(name, name): value for name, value in asdict(self).items()}
        return {**figures, "unanswered": self.unanswered}

    @classmethod
    def of(
        cls, predictions: Predictions, outcomes: Outcomes, texts: Mapping[str, str]
    ) -> Reliability:
        """Sum up a run whose documents `texts` were scored with these outcomes."""
        entries, rest = predictions.entries, predictions.rest
        grounded = rest.grounded + sum(entry.annotations for entry in entries)
        invented = rest.ungrounded + sum(entry.ungrounded for entry in entries)
        in_all = invented + rest.invalid + sum(entry.invalid for entry in entries)
        kinds = Counter[str](each.kind for each in predictions.refused) + Counter(rest.refused)
        statuses = Counter[str](each.status for each in entries) + Counter(rest.statuses)
        duplicates = sum(each.kind == "duplicate" for each in outcomes.predicted)
        return cls(
            grounding_rate=_ratio(grounded, grounded + kinds["ungrounded"]),
            hallucination_rate=_ratio(invented, grounded + invented),
            duplicate_rate=_ratio(duplicates, len(outcomes.predicted)),
            grounded=grounded,
            invalid=kinds["invalid"],
            ungrounded=kinds["ungrounded"],
            repaired=max(0, in_all - kinds.total()),
            misquoted=_misquoted(predictions, texts),
            chunks=dict(sorted(statuses.items())),
        )


def _misquoted(predictions: Predictions, texts: Mapping[str, str]) -> int:
    return sum(
        texts[each.document][each.start : each.end] != each.quote
        for each in predictions.annotations
        if each.document in texts
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
