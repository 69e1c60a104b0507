"""What a person can name as a side of a comparison.

runs/x              a run folder
runs/x              its repeats runs/x-1, runs/x-2, …, where runs/x itself is not a run
eval/baselines/….jsonl   a baseline file
baseline            the project's baseline of the model that the other side asked
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.comparison.baselines import Baseline, baseline_file, read_baseline
from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.evaluation.predictions import Predictions
from annotate.project.roots import find_project
from annotate.project.tasks import Task
from annotate.runs.reader import Run, find_runs

BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Input:
    """A side before it is read and scored: repeats, or the baseline that it is."""

    runs: tuple[Run, ...]
    baseline: Baseline | None = None

    def samples(self, labelled: Container[str]) -> tuple[Predictions, ...]:
        """Return what its samples say, of runs about these documents alone.

        Raises:
            RunError: where a row of a run is damaged.
        """
        if self.baseline is not None:
            return self.baseline.samples
        return tuple(Predictions.of(run, labelled) for run in self.runs)

    def documents(self, labelled: Container[str]) -> dict[str, Document] | None:
        """Return those of these documents that it read; None of a baseline, which has no texts."""
        if self.baseline is not None:
            return None
        return {each.id: each for each in self.runs[0].documents() if each.id in labelled}

    @property
    def task(self) -> str:
        """The name of the task that its samples belong to."""
        return str(self._made.get("task", ""))

    @property
    def model(self) -> str:
        """The name of the model that made them."""
        return str(self._made.get("model", ""))

    @property
    def _made(self) -> Mapping[str, Any]:
        return self.baseline.samples[0].identity if self.baseline else self.runs[0].manifest


def find_input(name: Run | str | Path, own: tuple[Task, str] | None = None) -> Input:
    """Return what a name stands for; "baseline" needs the task and model whose own it is.

    Raises:
        UsageError: where it stands for nothing.
    """
    if own and str(name) == BASELINE and not Path(BASELINE).exists():
        name = _existing_baseline(*own)
    path = name.path if isinstance(name, Run) else Path(name)
    if path.suffix == ".jsonl" and path.is_file():
        return Input((), read_baseline(path))
    return Input(tuple(find_runs(path)))


def own_baseline(task: Task, model: str) -> Path:
    """Return where the baseline of a model is kept, in the project or beside the task's content."""
    return baseline_file(find_project() or task.root, task.name, model)


def _existing_baseline(task: Task, model: str) -> Path:
    file = own_baseline(task, model)
    if not file.is_file():
        there = sorted(each.name for each in file.parent.glob("*.jsonl"))
        known = f"there is {', '.join(there)}" if there else "there is none yet"
        raise UsageError(
            f"{file}: no baseline of {model}; {known}: name a file, or annotate bless a run"
        )
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
