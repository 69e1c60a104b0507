"""Score a run in the names of another label set, against gold in these or in those of its task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from annotate.annotation import Annotation
from annotate.crosswalks.mapped import MappedRun
from annotate.crosswalks.table import Table
from annotate.evaluation.evaluate import evaluate_predictions, gold_folder
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions, Refused
from annotate.gold.store import Gold, GoldAnnotation, read_gold
from annotate.runs.reader import Run


def score(run: MappedRun, gold: str | Path | None = None) -> Evaluation:
    """Score a mapped run against gold, without `gold` against that of its task.

    Gold that was labelled with the label set itself, as its manifest says, is taken as it is; any
    other has to be of the task, and is mapped by the same table. Labels and places alone are
    compared: words that have a label twice count once.

    Raises:
        RunError, UsageError, NotComparable: as `annotate.evaluate`.
    """
    folder = Path(gold) if gold else gold_folder(run.task)
    held = read_gold(folder)
    if held.manifest.schema_name != run.table.name:
        held = map_gold(read_gold(folder, run.task.schema), run.table)
    held = replace(held, annotations=tuple(map(_bare, held.annotations)))
    documents = {document.id: document for document in run.documents()}
    return evaluate_predictions(_predictions(run), held, run.schema, documents)


def map_gold(gold: Gold, table: Table) -> Gold:
    """Return the gold of a task in the names of another label set, with the ids that it has."""
    found: dict[tuple[str, int, int, str], GoldAnnotation] = {}
    for each in gold.annotations:
        stated = Annotation(
            each.document, each.start, each.end, each.category, each.attributes, each.quote, ()
        )
        for label in table.labels_of(stated):
            place = (each.document, each.start, each.end, label)
            same = found.get(place)
            found[place] = each.model_copy(
                update={
                    "category": label,
                    "attributes": {},
                    "id": same.id if same else each.id,
                    "status": "required" if same and same.status == "required" else each.status,
                    "must_find": each.must_find or bool(same and same.must_find),
                }
            )
    named = {"schema_name": table.name, "schema_version": table.version}
    return replace(
        gold,
        manifest=gold.manifest.model_copy(update=named),
        annotations=tuple(found.values()),
    )


def _bare(annotation: GoldAnnotation) -> GoldAnnotation:
    return annotation.model_copy(update={"attributes": {}})


def _predictions(run: MappedRun) -> Predictions:
    """Return what a run says, as labels without attributes, each once for the same words."""
    said = Predictions.of(Run(run.path))
    identity = {**said.identity, "task": run.table.name, "schema": run.schema.fingerprint}
    return replace(
        said,
        identity=identity,
        annotations=tuple(_once(run.annotations())),
        refused=tuple(each for one in said.refused for each in _refused(one, run.table)),
    )


def _once(annotations: Iterable[Annotation]) -> Iterator[Annotation]:
    seen: set[tuple[str, int, int, str]] = set()
    for each in annotations:
        place = (each.document, each.start, each.end, each.category)
        if place not in seen:
            seen.add(place)
            yield replace(each, attributes={})


def _refused(refused: Refused, table: Table) -> Iterator[Refused]:
    """Yield a refused answer under the labels that it would have had, else as it is."""
    item = refused.item
    if refused.category not in table.schema.categories or not isinstance(item, dict):
        yield refused
        return
    stated = Annotation(refused.document, 0, 0, refused.category, item, "", ())
    for label in table.labels_of(stated):
        yield replace(refused, category=label)
