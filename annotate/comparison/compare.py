"""Compare two sides of runs on the same documents and gold: what changed, and whether it may.

A side is the K repeats of one configuration; both are pooled. "On these documents" is what the
tests look at and the gates decide on; "on other documents" takes each document for one draw, is
wide with few of them, and never gates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from annotate.comparison.baselines import fingerprint
from annotate.comparison.changes import changes
from annotate.comparison.comparability import check_comparable
from annotate.comparison.comparison import Comparison
from annotate.comparison.deltas import (
    Delta,
    Deltas,
    Design,
    deltas,
    supports,
)
from annotate.comparison.gates import STANDARD, Gates, excluded, must_find_checks, score_checks
from annotate.comparison.inputs import Input, find_input
from annotate.comparison.invariants import invariant_checks
from annotate.documents.document import Document
from annotate.errors import NotComparable
from annotate.evaluation.evaluate import evaluate_predictions, gold_folder
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions
from annotate.evaluation.references import References, read_references
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, read_gold
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.schema.categories import Schema


def compare(
    before: Run | str | Path,
    after: Run | str | Path,
    gates: Gates = STANDARD,
    *,
    task: str | None = None,
    gold: str | Path | None = None,
    seed: int = 0,
    rounds: int = 10_000,
) -> Comparison:
    """Compare two runs, or what two names stand for, as `annotate.comparison.inputs` lists them.

    Without `task` and `gold` those of the run afterwards hold. `seed` and `rounds` are of the
    randomisation test.

    Raises:
        UsageError: where a name stands for nothing.
        NotComparable: where the two cannot be set against each other.
    """
    new = find_input(after)
    loaded = load_task(task or new.task)
    old = find_input(before, own=(loaded, new.model))
    if task is None and old.task != new.task:
        raise NotComparable(f"{before} and {after} are of different tasks; compare runs of one")
    held = read_gold(gold or gold_folder(loaded), loaded.schema)
    return compare_inputs(old, new, loaded, held, gates, seed=seed, rounds=rounds)


def compare_inputs(
    before: Input,
    after: Input,
    task: Task,
    gold: Gold,
    gates: Gates = STANDARD,
    *,
    seed: int = 0,
    rounds: int = 10_000,
) -> Comparison:
    """Score two sides against the same gold and compare them.

    Documents come from whichever side has them; where neither has, from the project. What runs say
    of documents without gold is counted, and not kept.

    Raises:
        NotComparable: where the two cannot be set against each other.
    """
    labelled = {document.id for document in gold.manifest.documents}
    own = [side.documents(labelled) for side in (before, after)]
    others = next((each for each in own if each is not None), None) or _documents(task)
    old, new = (
        _evaluated(side.samples(labelled), task, gold, documents or others)
        for side, documents in zip((before, after), own, strict=True)
    )
    return compare_evaluations(
        old, new, gates, seed=seed, rounds=rounds, schema=task.schema, blessed=_blessed(before, old)
    )


def _documents(task: Task) -> dict[str, Document]:
    sources = read_sources(task.documents_folder)
    return {name: source.document for name, source in sources.items()}


def _evaluated(
    samples: Sequence[Predictions], task: Task, gold: Gold, known: Mapping[str, Document]
) -> list[Evaluation]:
    for each in samples:
        scored = (d.id for d in gold.manifest.documents if d.id in each.documents)
        if missing := [document for document in scored if document not in known]:
            raise NotComparable(
                f"{each.name}: the other side did not read {', '.join(missing)}; run it on the "
                "same documents"
            )
    return [evaluate_predictions(each, gold, task.schema, known) for each in samples]


def _blessed(side: Input, rescored: Sequence[Evaluation]) -> Mapping[str, float | None] | None:
    """Return the scores of a baseline where they were those against other gold."""
    if side.baseline is None or side.baseline.gold == fingerprint(rescored[0].golds):
        return None
    return side.baseline.scores


def compare_evaluations(
    before: Sequence[Evaluation],
    after: Sequence[Evaluation],
    gates: Gates = STANDARD,
    *,
    seed: int = 0,
    rounds: int = 10_000,
    schema: Schema | None = None,
    blessed: Mapping[str, float | None] | None = None,
) -> Comparison:
    """Compare two sides: the repeats of one configuration each, as many as there are.

    `seed` and `rounds` are those of the randomisation test and the bootstrap: the same ones give
    the same figures. Annotations have to fit `schema`, without it the one of the runs' task.
    `blessed` are the headlines that the first side had against an earlier gold.

    Raises:
        NotComparable: where the sides differ in task, documents, texts or gold; definitions of
            the schema may differ, as prompts may.
        UsageError: where a side is empty, or mixes configurations.
    """
    before, after = sorted(before, key=_repeat), sorted(after, key=_repeat)
    check_comparable(before, after)
    schema = schema or load_task(str(before[0].predictions.identity.get("task"))).schema
    design = Design(gates.alpha, gates.min_drop, rounds, seed, gates.category_fdr)
    references = read_references(before[0].gold.folder)
    unstable = frozenset(references.unstable)
    out = excluded(supports(before, after), unstable, gates)
    found = deltas(before, after, out, design)
    lists = changes(before, after)
    checks = list(score_checks(found, gates))
    if gates.must_find:
        checks += must_find_checks(lists.guarded, len(after), unstable)
    if gates.invariants:
        checks += invariant_checks(before, after, schema)
    return Comparison(
        tuple(before),
        tuple(after),
        gates,
        design,
        found.headlines,
        found.elsewhere,
        found.by_category,
        found.by_document,
        tuple(checks),
        lists,
        _gold_delta(found, blessed),
        tuple(_notes(before, after, references)),
    )


def _repeat(evaluation: Evaluation) -> tuple[int, str]:
    number = evaluation.predictions.identity.get("repeat")
    return number if isinstance(number, int) else 0, evaluation.predictions.name


def _gold_delta(
    found: Deltas, blessed: Mapping[str, float | None] | None
) -> dict[str, Delta] | None:
    if blessed is None:
        return None
    return {name: Delta(blessed.get(name), now.before) for name, now in found.headlines.items()}


def _edited(old: Predictions, new: Predictions) -> Iterator[str]:
    """Say that a prompt was changed and kept its name."""
    version = new.identity.get("prompt")
    same_name = version is not None and version == old.identity.get("prompt")
    texts = {each.identity.get("prompt_hash") for each in (old, new)}
    if same_name and None not in texts and len(texts) > 1:
        yield (
            f"prompt {version} is not the text that {old.name} was made with under that name; "
            "give what was changed a version of its own"
        )


def _notes(
    before: Sequence[Evaluation], after: Sequence[Evaluation], references: References
) -> Iterator[str]:
    models = [str(side[0].predictions.identity.get("model")) for side in (before, after)]
    for model in dict.fromkeys(models):
        if caveat := references.caveats.get(model):
            yield f"{model}: {caveat}"
    yield from _edited(*(side[0].predictions for side in (before, after)))
    for each in (*before, *after):
        name = each.predictions.name
        if not each.predictions.complete:
            yield f"{name} is incomplete: what it did not answer counts as missed"
        if each.unscored:
            yield f"{name}: {len(each.unscored)} documents without gold are left out"
    if before[0].absent:
        yield f"not read by either side: {', '.join(before[0].absent)}"
