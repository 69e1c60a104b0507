"""The repeats of one configuration: evaluated against the same gold, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import check_repeat
from annotate.gold.store import Gold
from annotate.runs.reader import Run
from annotate.scoring.measures import HEADLINES


def evaluate_repeats(
    runs: Sequence[Run | str | Path],
    gold: Gold | str | Path | None = None,
    *,
    task: str | None = None,
) -> list[Evaluation]:
    """Evaluate the repeats of one configuration against the same gold.

    Raises:
        UsageError: where they are not repeats of each other, and as `evaluate`.
    """
    first = evaluate(runs[0], gold, task=task)
    others = [evaluate(run, first.gold, task=task) for run in runs[1:]]
    for each in others:
        check_repeat(first.predictions, each.predictions)
    return [first, *others]


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
