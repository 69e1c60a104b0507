"""What one run is worth against one gold: scores, what became of each annotation, what is missing.

A value that is passed on; `annotate.evaluation.evaluate` makes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.evaluation.predictions import Predictions, Refused
from annotate.evaluation.reliability import Reliability
from annotate.gold.store import Gold, GoldAnnotation
from annotate.scoring.confusion import Confusion, confusion
from annotate.scoring.gains import gains
from annotate.scoring.labels import Label
from annotate.scoring.outcomes import Outcome, Outcomes
from annotate.scoring.scores import Scores

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Evaluation:
    """What one run is worth against one gold.

    Attributes:
        documents: those that are scored, by id, in the order of the gold.
        golds: their gold; `gold_labels[i]` belongs to `golds[i]`.
        annotations: what the run says about them; `predicted_labels[i]` belongs to
            `annotations[i]`, and behind these stands a label without a place for each refused
            answer.
        reasons: for gold that is missed because its chunk was not answered, by position, how the
            chunk ended: "failed", "refused", "truncated" or "unsent".
        unscored: documents of the run without gold; of a run folder they are read when asked for.
        absent: documents of the gold that the run did not read.
        same_schema: whether the run was made with this very schema; if not, with another edition
            (other definitions) that its annotations fit.
    """

    predictions: Predictions
    gold: Gold
    documents: Mapping[str, Document]
    golds: tuple[GoldAnnotation, ...]
    gold_labels: tuple[Label, ...]
    predicted_labels: tuple[Label, ...]
    annotations: tuple[Annotation, ...]
    scores: Scores
    outcomes: Outcomes
    reasons: Mapping[int, str]
    unscored: Collection[str]
    absent: tuple[str, ...]
    reliability: Reliability
    same_schema: bool = True

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts of the documents, for what does not divide them."""
        return {name: document.text for name, document in self.documents.items()}

    @property
    def complete(self) -> bool:
        """Whether the run was read and answered to its end."""
        return self.predictions.complete

    @property
    def says_how_sure(self) -> bool:
        """Whether any of its annotations says how sure it is."""
        return any(each.certainty() for each in self.annotations)

    def refused(self) -> Iterator[tuple[Refused, int]]:
        """Yield the refused answers that are scored, each with the start of its chunk.

        They are in the order of their labels, which stand behind those of `annotations`.
        """
        starts = {(each.document, each.chunk): each.start for each in self.predictions.entries}
        for answer in self.predictions.refused:
            if answer.document in self.documents:
                yield answer, starts.get((answer.document, answer.chunk), 0)

    def confusion(self) -> Confusion:
        """Count, unit by unit, which categories of gold stand against which of the run."""
        units = {
            name: [(u.start, u.end) for u in document.segmentation.units if u.kind != "heading"]
            for name, document in self.documents.items()
        }
        placed = (label for label in self.predicted_labels if label.start < label.end)
        return confusion(self.gold_labels, placed, units)

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name, and each annotation that is not simply right."""
        return {
            "format": FORMAT_VERSION,
            "run": self.predictions.name,
            "complete": self.complete,
            "identity": dict(self.predictions.identity),
            "usage": dict(self.predictions.usage),
            "gold": {
                "version": self.gold.manifest.gold,
                "schema": f"{self.gold.manifest.schema_name} {self.gold.manifest.schema_version}",
                "same_schema": self.same_schema,
            },
            "documents": {
                "scored": list(self.documents),
                "unscored": list(self.unscored),
                "absent": list(self.absent),
            },
            "scores": self.scores.to_json(),
            "outcomes": _counted(self.outcomes),
            "gains": [{"kind": kind, "f1": gain} for kind, gain in gains(self.outcomes).items()],
            "unanswered": dict(sorted(Counter(self.reasons.values()).items())),
            "confusion": [
                {"gold": wanted, "predicted": given, "units": units}
                for (wanted, given), units in self.confusion().items()
            ],
            "reliability": self.reliability.to_json(),
            "gold_items": list(_gold_items(self)),
            "predicted_items": list(_predicted_items(self)),
        }


# ---- As JSON ----


def _counted(outcomes: Outcomes) -> dict[str, JsonValue]:
    kinds: dict[str, JsonValue] = {
        kind: {"gold": gold, "predicted": predicted}
        for kind, (gold, predicted) in outcomes.by_kind().items()
    }
    flags: dict[str, JsonValue] = {
        flag: {
            side: sum(getattr(each, flag) for each in getattr(outcomes, side))
            for side in ("gold", "predicted")
        }
        for flag in ("split", "merge")
    }
    return {"kinds": kinds, "flags": flags}


def _gold_items(evaluation: Evaluation) -> Iterator[JsonValue]:
    """Yield the gold that is not simply found, in the order of the gold."""
    found = zip(evaluation.golds, evaluation.outcomes.gold, strict=True)
    for position, (each, outcome) in enumerate(found):
        if outcome.kind != "matched" or outcome.split or outcome.merge:
            yield {
                "id": each.id,
                **_item(each.document, evaluation.gold_labels[position], outcome),
                "reason": evaluation.reasons.get(position),
            }


def _predicted_items(evaluation: Evaluation) -> Iterator[JsonValue]:
    """Yield the predictions that are not simply right, by document and in text order."""
    rows: list[dict[str, JsonValue]] = []
    found = zip(evaluation.predicted_labels, evaluation.outcomes.predicted, strict=True)
    for label, outcome in found:
        if outcome.kind != "matched" or outcome.split or outcome.merge:
            partner = outcome.partner
            joined = None if partner is None else evaluation.golds[partner].id
            rows.append({**_item(label.document, label, outcome), "gold": joined})
    place = {document: position for position, document in enumerate(evaluation.documents)}
    yield from sorted(rows, key=lambda row: (place[str(row["document"])], *map(str, row.values())))


def _item(document: str, label: Label, outcome: Outcome) -> dict[str, JsonValue]:
    return {
        "document": document,
        "start": label.start,
        "end": label.end,
        "category": label.category,
        "outcome": outcome.kind,
        "split": outcome.split,
        "merge": outcome.merge,
    }
