"""Declare runs good: write them as the baseline of their task and model.

Only on an explicit call, with a reason, and from complete runs. What is written is read back before
it takes the place of an older baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.comparison.baselines import FORMAT_VERSION, baseline_file, fingerprint, read_baseline
from annotate.comparison.deltas import headlines
from annotate.errors import Incomplete, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions, check_repeat
from annotate.files import json_line, unwritable, whole_file
from annotate.gold.store import Gold
from annotate.ledger import remedy
from annotate.project.roots import find_project
from annotate.runs.reader import Run


def bless(runs: Sequence[Run], reason: str, gold: Gold | Path | None = None) -> Path:
    """Write complete runs, the repeats of one configuration, as the project's baseline.

    Replaces the one that stands there, and returns the file. Without `gold`, the scores are those
    against the task's own.

    Raises:
        UsageError: where there is no reason, no run, no project, or runs do not belong together.
        Incomplete: where a run was not answered to its end.
        NotComparable: where no document of a run has gold.
    """
    if not reason.strip():
        raise UsageError("a baseline needs a reason that a later reader understands; say --reason")
    if not runs:
        raise UsageError("no run is named; name one or more")
    if (root := find_project()) is None:
        raise UsageError("there is no project here to keep a baseline; annotate init DIR makes one")
    for run in runs:
        if not run.complete:
            cure = remedy(run.manifest["statuses"], run.manifest["counts"]["annotations"])
            raise Incomplete(f"{run.path}: is incomplete; {cure}")
    runs = sorted(runs, key=lambda run: _repeat(run.manifest))
    evaluations = [evaluate(run, gold) for run in runs]
    _check_samples(evaluations)
    first = evaluations[0].predictions.identity
    file = baseline_file(root, str(first["task"]), str(first["model"]))
    _replace(file, _lines(evaluations, runs, reason.strip()))
    return file


def _repeat(made: Mapping[str, Any]) -> int:
    number = made.get("repeat", 0)
    return number if isinstance(number, int) else 0


def _check_samples(evaluations: Sequence[Evaluation]) -> None:
    """Refuse runs that are not different samples of one configuration."""
    first = evaluations[0].predictions
    taken: dict[int, str] = {}
    for each in evaluations:
        check_repeat(first, each.predictions)
        name, number = each.predictions.name, _repeat(each.predictions.identity)
        if number in taken:
            raise UsageError(f"{name}: is the same sample as {taken[number]}; name each once")
        taken[number] = name


def _lines(evaluations: Sequence[Evaluation], runs: Sequence[Run], reason: str) -> Iterator[bytes]:
    first = evaluations[0]
    head: dict[str, JsonValue] = {
        "format": FORMAT_VERSION,
        "reason": reason,
        "task": first.predictions.identity["task"],
        "model": first.predictions.identity["model"],
        "gold": fingerprint(first.golds),
        "gold_version": first.gold.manifest.gold,
        "scores": dict(headlines(evaluations)),
        "samples": len(evaluations),
    }
    yield json_line(head)
    for run in runs:
        yield from _sample(Predictions.of(run))


def _sample(predictions: Predictions) -> Iterator[bytes]:
    said = predictions
    sample: dict[str, JsonValue] = {
        "identity": dict(said.identity),
        "documents": dict(said.documents),
        "usage": dict(said.usage),
        "annotations": len(said.annotations),
        "refused": len(said.refused),
        "entries": len(said.entries),
    }
    yield json_line({"sample": sample})
    for annotation in said.annotations:
        yield json_line({"annotation": annotation.to_json()})
    for answer in said.refused:
        place: dict[str, JsonValue] = {"document": answer.document, "chunk": answer.chunk}
        yield json_line({"refused": {**place, "kind": answer.kind, "item": answer.item}})
    for entry in said.entries:
        yield json_line({"entry": replace(entry, seconds=0.0).to_json()})


def _replace(file: Path, lines: Iterable[bytes]) -> None:
    """Write a file beside its place and move it in, so that nobody reads half of it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(file, error) from None
    with whole_file(file) as partial:
        with partial.open("wb") as target:
            target.writelines(lines)
        read_baseline(partial)  # what cannot be read back never takes the place of what can
