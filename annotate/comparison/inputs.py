"""What a person can name as a side of a comparison, and the comparison of two of them.

    runs/x              a run folder
    runs/x              its repeats runs/x-1, runs/x-2, …, where runs/x itself is no run
    eval/baselines/….jsonl   a baseline file
    baseline            the project's baseline of the model that the other side asked

Texts come from whichever side is a run; two baselines are compared on the documents of the project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate.comparison.baselines import Baseline, baseline_file, fingerprint, read_baseline
from annotate.comparison.compare import Comparison
from annotate.comparison.compare import compare as compare_evaluations
from annotate.comparison.gates import STANDARD, Gates
from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate_predictions, gold_folder
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, read_gold
from annotate.project.roots import find_project
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run, find_runs

BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Named:
    """A side as it was named: its samples, and its texts or the baseline that it is."""

    samples: tuple[Predictions, ...]
    texts: Mapping[str, str] | None
    baseline: Baseline | None


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
    """Compare two runs, or what two names stand for.

    Without `task` and `gold` those of the run afterwards hold. `seed` and `rounds` are of the
    randomisation test.

    Raises:
        UsageError: where a name stands for nothing.
        NotComparable: where the two cannot be set against each other.
    """
    new = _named(after)
    made = new.samples[0].identity
    loaded = load_task(task or str(made.get("task", "")))
    if str(before) == BASELINE and not Path(BASELINE).exists():
        before = _own_baseline(loaded, str(made.get("model", "")))
    old = _named(before)
    if task is None and old.samples[0].identity.get("task") != made.get("task"):
        raise NotComparable(f"{before} and {after} are of different tasks; compare runs of one")
    held = read_gold(gold or gold_folder(loaded), loaded.schema)
    texts = old.texts or new.texts or _texts(loaded)
    first = _evaluated(old.samples, held, loaded, old.texts or texts)
    second = _evaluated(new.samples, held, loaded, new.texts or texts)
    blessed = _blessed(old.baseline, first)
    return compare_evaluations(
        first, second, gates, seed=seed, rounds=rounds, schema=loaded.schema, blessed=blessed
    )


def _named(name: Run | str | Path) -> Named:
    path = name.path if isinstance(name, Run) else Path(name)
    if path.suffix == ".jsonl" and path.is_file():
        baseline = read_baseline(path)
        return Named(baseline.samples, None, baseline)
    runs = find_runs(path)
    texts = {document.id: document.text for document in runs[0].documents()}
    return Named(tuple(map(Predictions.of, runs)), texts, None)


def _own_baseline(task: Task, model: str) -> Path:
    root = find_project() or task.root
    file = baseline_file(root, task.name, model)
    if not file.is_file():
        there = sorted(each.name for each in file.parent.glob("*.jsonl"))
        known = f"there is {', '.join(there)}" if there else "there is none yet"
        raise UsageError(
            f"{file}: no baseline of {model}; {known}: name a file, or annotate bless a run"
        )
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file


def _texts(task: Task) -> dict[str, str]:
    sources = read_sources(task.documents_folder)
    return {name: source.document.text for name, source in sources.items()}


def _evaluated(
    samples: Sequence[Predictions], gold: Gold, task: Task, texts: Mapping[str, str]
) -> list[Evaluation]:
    for each in samples:
        scored = (d.id for d in gold.manifest.documents if d.id in each.documents)
        if missing := [document for document in scored if document not in texts]:
            raise NotComparable(
                f"{each.name}: the other side did not read {', '.join(missing)}; run it on the "
                "same documents"
            )
    return [evaluate_predictions(each, gold, task.schema, texts) for each in samples]


def _blessed(
    baseline: Baseline | None, rescored: Sequence[Evaluation]
) -> Mapping[str, float | None] | None:
    """Return the scores of a baseline where they were those against other gold."""
    if baseline is None or baseline.gold == fingerprint(rescored[0].golds):
        return None
    return baseline.scores
