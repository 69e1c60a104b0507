"""What is printed as JSON: runs, units, scores, suites.

A comparison is printed as its own `to_json`. Every figure has a name, and names never change. What
a run has of each document is read while it is printed, so that its size does not matter: an
iterator stands for an array, `Members` for an object. What only some reports need is imported where
it is used, so that `annotate show` starts fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.formats.metadata import pages_of
from annotate.reporting.figures import Figures, of_document
from annotate.runs.found import annotated, found_in, silences

if TYPE_CHECKING:
    from annotate.documents.units import Segmentation, Unit
    from annotate.evaluation.evaluation import Evaluation
    from annotate.evaluation.references import References
    from annotate.runs.reader import Run
    from annotate.runs.selection import Selection
    from annotate.suites.verdicts import Status, TrialResult


_SUITE_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object, which is read while it is printed: names and values."""

    pairs: Iterable[tuple[str, Any]]


def of_run(run: Run) -> dict[str, Any]:
    """Return the figures of a run.

    Its documents, and its inputs that could not be read, are iterators: a run may have very many.
    """
    figures = Figures()
    for _, own in groupby(run.annotations(), key=lambda each: each.document):
        figures.add_annotations(tuple(own))
    figures.add_entries(run.ledger())
    figures.add_refused(run.quarantine())
    return {
        "run": str(run.path),
        "complete": run.complete,
        "manifest": run.manifest,
        "categories": figures.categories,
        "documents": (
            of_document(each.document, len(each.entries), len(each.annotations))
            for each in found_in(run)
        ),
        "grounding": dict(sorted(figures.groundings.items())),
        "ambiguous": figures.ambiguous,
        "quarantine": dict(figures.quarantined),
        "unreadable": run.unreadable(),
        "unanswered": figures.why_unanswered,
    }


def of_selection(run: Run, selection: Selection) -> dict[str, Any]:
    """Return those annotations of a run that are meant, as its rows, each with its pages.

    They are an iterator.
    """
    rows = (
        {**each.to_json(), "pages": pages_of(document, each)}
        for document, own in annotated(run, selection)
        for each in own
    )
    return {
        "run": str(run.path),
        "complete": run.complete,
        "annotations": rows,
        "of": run.manifest["counts"]["annotations"],
    }


def silence_of(run: Run) -> Members | None:
    """Return by document on which categories it is silent, and for which nobody knows.

    None where the schema that the run was made with is not at hand.
    """
    if run.schema is None:
        return None
    found = silences(run, run.schema.categories)
    return Members((document.id, said.to_json()) for document, said in found)


def of_unit(segmentation: Segmentation, unit: Unit) -> dict[str, Any]:
    """Return one unit of a text."""
    return {
        "unit": unit.index,
        "kind": unit.kind,
        "start": unit.start,
        "end": unit.end,
        "segment": unit.segment,
        "headings": list(unit.headings),
        "stem": unit.stem,
        **({"furniture": unit.furniture} if unit.furniture else {}),
        "text": segmentation.quote(unit),
    }


def of_evaluations(
    evaluations: Sequence[Evaluation], references: References
) -> dict[str, JsonValue]:
    """Return the first of some repeats with every figure, and what the others add to it."""
    from annotate.evaluation.repeats import spread
    from annotate.evaluation.stability import stability

    agreed = stability(evaluations)
    spreads: dict[str, JsonValue] = {
        name: found._asdict() for name, found in spread(evaluations).items()
    }
    repeats: dict[str, JsonValue] = {
        "runs": [each.predictions.name for each in evaluations],
        "incomplete": [each.predictions.name for each in evaluations if not each.complete],
        "headlines": spreads,
        "stability": agreed.to_json() if agreed else None,
    }
    found = {**evaluations[0].to_json(), "repeats": repeats, "yardsticks": references.to_json()}
    if evaluations[0].says_how_sure:
        from annotate.evaluation.calibration import calibrations  # numpy: only where needed

        found["calibration"] = {each.of: each.to_json() for each in calibrations(evaluations[0])}
    return found


def of_suite(
    name: str, results: Sequence[TrialResult], exit_codes: Mapping[Status, int]
) -> dict[str, JsonValue]:
    """Return what came of all trials of a suite; `exit_codes` are those of the command line."""
    from annotate.suites.verdicts import worst

    return {
        "format": _SUITE_FORMAT,
        "suite": name,
        "exit_code": exit_codes[worst(results)],
        "trials": [_trial(each, exit_codes[each.status]) for each in results],
    }


def _trial(result: TrialResult, exit_code: int) -> dict[str, JsonValue]:
    trial = result.trial
    return {
        "name": trial.name,
        "model": trial.model,
        "prompt": trial.prompt.name if trial.prompt else None,
        "runs": [str(folder) for folder in trial.folders] if result.evaluations else [],
        "forecast": result.forecast.to_json(),
        "status": result.status,
        "exit_code": exit_code,
        "note": result.note,
        "scores": [each.to_json() for each in result.subsets],
        "usage": result.usage.to_json(),
        "stability": result.stability.to_json() if result.stability else None,
        "borrowed": result.borrowed,
        "comparison": result.comparison.to_json() if result.comparison else None,
        "self_check": result.false_alarms.to_json() if result.false_alarms else None,
    }
