"""Hold what a run says against gold.

Only documents that were read and have gold are scored; the others are named. What a chunk that was
not answered would have said counts as missed, and says so. An answer that was refused counts as a
prediction without a place, so it is wrong; its values do not count, for nobody has checked them.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from pathlib import Path

from annotate.documents.document import Document
from annotate.errors import NoGold
from annotate.evaluation.comparability import check_quotes, check_schema, scored_documents
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions, Refused
from annotate.evaluation.reliability import Reliability
from annotate.gold.store import Gold, GoldAnnotation, read_gold
from annotate.ledger import Entry
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from annotate.scoring.labels import Label
from annotate.scoring.outcomes import Outcome, score_and_classify


def evaluate(
    run: Run | str | Path, gold: Gold | str | Path | None = None, *, task: str | None = None
) -> Evaluation:
    """Evaluate a run against gold, without `gold` against that of its task.

    Raises:
        RunError: where there is no run, or a row of it is damaged.
        UsageError: where there is no gold, it cannot be read, or a quote is not at its span.
        NotComparable: where no document of the run has gold, or the gold belongs to another text or
            schema.
    """
    opened = run if isinstance(run, Run) else Run(run)
    loaded = load_task(task or str(opened.manifest.get("task", "")))
    held = gold if isinstance(gold, Gold) else read_gold(gold or gold_folder(loaded))
    return evaluate_run(opened, held, loaded.schema)


def evaluate_run(run: Run, gold: Gold, schema: Schema) -> Evaluation:
    """Evaluate a run against gold of its schema, both at hand.

    What the run says of documents without gold is counted, and not kept.

    Raises:
        RunError, UsageError, NotComparable: as `evaluate`.
    """
    labelled = {document.id for document in gold.manifest.documents}
    documents = {each.id: each for each in run.documents() if each.id in labelled}
    return evaluate_predictions(Predictions.of(run, labelled), gold, schema, documents)


def gold_folder(task: Task) -> Path:
    """Return where the gold of a task stands.

    Raises:
        NoGold: where it has none.
    """
    folder = task.gold_folder
    if not folder.is_dir():
        raise NoGold(f"{folder}: task {task.name} has no gold; name a folder with --gold")
    return folder


def evaluate_predictions(
    predictions: Predictions, gold: Gold, schema: Schema, documents: Mapping[str, Document]
) -> Evaluation:
    """Evaluate what a run said against gold, on `documents`, which may hold others as well.

    Raises:
        UsageError, NotComparable: as `evaluate`.
    """
    same_schema = check_schema(predictions, gold, schema)
    scored = scored_documents(predictions, gold, documents)
    texts = {name: document.text for name, document in scored.items()}
    golds = tuple(each for each in gold.annotations if each.document in scored)
    check_quotes(golds, gold, scored)
    annotations = tuple(each for each in predictions.annotations if each.document in scored)
    refused = [each for each in predictions.refused if each.document in scored]
    gold_labels = tuple(Label.of(each, each.status) for each in golds)
    labels = (*map(Label.of, annotations), *map(_placeless, refused))
    behind = enumerate(refused, start=len(annotations))
    scores, outcomes = score_and_classify(
        gold_labels,
        labels,
        texts,
        categories=schema.categories.keys(),
        ungrounded={position for position, each in behind if each.kind == "ungrounded"},
    )
    pinned = {document.id for document in gold.manifest.documents}
    return Evaluation(
        predictions=predictions,
        gold=gold,
        documents=scored,
        golds=golds,
        gold_labels=gold_labels,
        predicted_labels=labels,
        annotations=annotations,
        scores=scores,
        outcomes=outcomes,
        reasons=_reasons(golds, outcomes.gold, predictions.entries),
        unscored=_unscored(predictions, pinned),
        absent=tuple(
            document.id
            for document in gold.manifest.documents
            if document.id not in predictions.documents
        ),
        reliability=Reliability.of(predictions, outcomes, texts),
        same_schema=same_schema,
    )


def _unscored(predictions: Predictions, pinned: Container[str]) -> Collection[str]:
    kept = tuple(name for name in predictions.documents if name not in pinned)
    return kept or predictions.rest.documents


def _placeless(refused: Refused) -> Label:
    return Label(refused.document, 0, 0, refused.category)


def _reasons(
    golds: Sequence[GoldAnnotation], outcomes: Sequence[Outcome], entries: Iterable[Entry]
) -> dict[int, str]:
    silent: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.answered:
            silent.setdefault(entry.document, []).append(entry)
    reasons: dict[int, str] = {}
    for position, (each, outcome) in enumerate(zip(golds, outcomes, strict=True)):
        if outcome.kind == "missed":
            for entry in silent.get(each.document, ()):
                if entry.start < each.end and each.start < entry.end:
                    reasons.setdefault(position, entry.status)
    return reasons
