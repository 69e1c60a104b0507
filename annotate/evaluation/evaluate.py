"""Hold what a run says against gold: its scores, what became of every annotation, what is missing.

Only documents that were read and have gold are scored; the others are named. What a chunk that was
not answered would have said counts as missed, and says so. An answer that was refused counts as a
prediction without a place, so it is wrong; its values do not count, for nobody has checked them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.segmentation import segment
from annotate.errors import UsageError
from annotate.evaluation.comparability import check_schema, scored_texts
from annotate.evaluation.predictions import Predictions, Refused, check_repeat
from annotate.evaluation.reliability import Reliability
from annotate.gold.store import Gold, GoldAnnotation, read_gold
from annotate.ledger import ANSWERED, Entry
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from annotate.scoring.confusion import Confusion, confusion
from annotate.scoring.gains import gains
from annotate.scoring.labels import Label
from annotate.scoring.measures import HEADLINES
from annotate.scoring.outcomes import Outcome, Outcomes, score_and_classify
from annotate.scoring.scores import Scores

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one run is worth against one gold.

    Attributes:
        texts: the documents that are scored, in the order of the gold.
        golds: their gold; `gold_labels[i]` belongs to `golds[i]`.
        annotations: what the run says about them; `predicted_labels[i]` belongs to
            `annotations[i]`, and behind these stands a label without a place for each refused
            answer.
        reasons: for gold that is missed because its chunk was not answered, by position, how the
            chunk ended: "failed", "refused", "truncated" or "unsent".
        unscored: documents of the run without gold.
        absent: documents of the gold that the run did not read.
        same_schema: whether the run was made with this very schema; if not, with another edition
            (other definitions) that all of its annotations fit.
    """

    predictions: Predictions
    gold: Gold
    texts: Mapping[str, str]
    golds: tuple[GoldAnnotation, ...]
    gold_labels: tuple[Label, ...]
    predicted_labels: tuple[Label, ...]
    annotations: tuple[Annotation, ...]
    scores: Scores
    outcomes: Outcomes
    reasons: Mapping[int, str]
    unscored: tuple[str, ...]
    absent: tuple[str, ...]
    reliability: Reliability
    same_schema: bool = True

    @property
    def complete(self) -> bool:
        """Whether the run was read and answered to its end."""
        return self.predictions.complete

    def confusion(self) -> Confusion:
        """Count, unit by unit, which categories of gold stand against which of the run."""
        units = {
            document: [(u.start, u.end) for u in segment(text).units if u.kind != "heading"]
            for document, text in self.texts.items()
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
                "scored": list(self.texts),
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


class Spread(NamedTuple):
    """A score over repeats; None where no repeat has it."""

    mean: float | None
    least: float | None
    most: float | None


def spread(evaluations: Sequence[Evaluation]) -> dict[str, Spread]:
    """Return how far the headline F1 of repeats of one configuration lie apart, by measure."""
    return {
        measure.name: _spread(each.scores[measure.name].f1 for each in evaluations)
        for measure in HEADLINES
    }


def _spread(scores: Iterable[float | None]) -> Spread:
    known = [score for score in scores if score is not None]
    return Spread(fmean(known), min(known), max(known)) if known else Spread(None, None, None)


# ---- Evaluating ----


def evaluate(
    run: Run | str | Path, gold: Gold | str | Path | None = None, *, task: str | None = None
) -> Evaluation:
    """Evaluate a run against gold, without `gold` against that of its task.

    Raises:
        RunError: where there is no run, or a row of it is damaged.
        UsageError: where there is no gold, or it cannot be read.
        NotComparable: where no document of the run has gold, or the gold belongs to another text or
            schema.
    """
    opened = run if isinstance(run, Run) else Run(run)
    loaded = load_task(task or str(opened.manifest.get("task", "")))
    held = gold if isinstance(gold, Gold) else read_gold(gold or gold_folder(loaded))
    texts = {document.id: document.text for document in opened.documents()}
    return evaluate_predictions(Predictions.of(opened), held, loaded.schema, texts)


def evaluate_repeats(
    runs: Sequence[Run | str | Path],
    gold: Gold | str | Path | None = None,
    *,
    task: str | None = None,
) -> list[Evaluation]:
    """Evaluate the repeats of one configuration against the same gold.

    Raises:
        UsageError: where they are no repeats of each other, and as `evaluate`.
    """
    first = evaluate(runs[0], gold, task=task)
    others = [evaluate(run, first.gold, task=task) for run in runs[1:]]
    for each in others:
        check_repeat(first.predictions, each.predictions)
    return [first, *others]


def gold_folder(task: Task) -> Path:
    """Return where the gold of a task stands.

    Raises:
        UsageError: where it has none.
    """
    folder = task.gold_folder
    if not folder.is_dir():
        raise UsageError(f"{folder}: task {task.name} has no gold; name a folder with --gold")
    return folder


def evaluate_predictions(
    predictions: Predictions, gold: Gold, schema: Schema, texts: Mapping[str, str]
) -> Evaluation:
    """Evaluate what a run said against gold, on `texts`, which may hold other documents as well.

    Raises:
        NotComparable: as `evaluate`.
    """
    same_schema = check_schema(predictions, gold, schema)
    scored = scored_texts(predictions, gold, texts)
    golds = tuple(each for each in gold.annotations if each.document in scored)
    annotations = tuple(each for each in predictions.annotations if each.document in scored)
    refused = [each for each in predictions.refused if each.document in scored]
    gold_labels = tuple(Label.of(each, each.status) for each in golds)
    labels = (*map(Label.of, annotations), *map(_placeless, refused))
    behind = enumerate(refused, start=len(annotations))
    scores, outcomes = score_and_classify(
        gold_labels,
        labels,
        scored,
        categories=schema.categories.keys(),
        ungrounded={position for position, each in behind if each.kind == "ungrounded"},
    )
    pinned = {document.id for document in gold.manifest.documents}
    return Evaluation(
        predictions=predictions,
        gold=gold,
        texts=scored,
        golds=golds,
        gold_labels=gold_labels,
        predicted_labels=labels,
        annotations=annotations,
        scores=scores,
        outcomes=outcomes,
        reasons=_reasons(golds, outcomes.gold, predictions.entries),
        unscored=tuple(name for name in predictions.documents if name not in pinned),
        absent=tuple(
            document.id
            for document in gold.manifest.documents
            if document.id not in predictions.documents
        ),
        reliability=Reliability.of(predictions, outcomes, scored),
        same_schema=same_schema,
    )


def _placeless(refused: Refused) -> Label:
    return Label(refused.document, 0, 0, refused.category)


def _reasons(
    golds: Sequence[GoldAnnotation], outcomes: Sequence[Outcome], entries: Iterable[Entry]
) -> dict[int, str]:
    silent: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.status not in ANSWERED:
            silent.setdefault(entry.document, []).append(entry)
    reasons: dict[int, str] = {}
    for position, (each, outcome) in enumerate(zip(golds, outcomes, strict=True)):
        if outcome.kind == "missed":
            for entry in silent.get(each.document, ()):
                if entry.start < each.end and each.start < entry.end:
                    reasons.setdefault(position, entry.status)
    return reasons


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
    place = {document: position for position, document in enumerate(evaluation.texts)}
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
