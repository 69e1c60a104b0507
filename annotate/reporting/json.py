"""What is printed as JSON: runs, units, scores, suites.

A comparison is printed as its own `to_json`. Every figure has a name, and names never change. What
only some reports need is imported where it is used, so that `annotate show` starts fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.documents.layout import Layout
from annotate.ledger import commonest_note

if TYPE_CHECKING:
    from annotate.documents.document import Document
    from annotate.documents.units import Segmentation, Unit
    from annotate.evaluation.evaluation import Evaluation
    from annotate.evaluation.references import References
    from annotate.runs.reader import Run
    from annotate.runs.selection import Selection
    from annotate.suites.verdicts import Status, TrialResult


_SUITE_FORMAT = 1


def of_run(run: Run) -> dict[str, Any]:
    """Return the figures of a run."""
    categories: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    by_document: Counter[str] = Counter()
    groundings: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    ambiguous = 0
    for annotation in run.annotations():
        categories[annotation.category] += 1
        by_document[annotation.document] += 1
        ambiguous += annotation.ambiguous
        groundings.update(evidence.grounding for evidence in annotation.evidence)
        if (annotation.document, annotation.category) not in seen:
            seen.add((annotation.document, annotation.category))
            spread[annotation.category] += 1
    chunks: Counter[str] = Counter(entry.document for entry in run.ledger())
    return {
        "run": str(run.path),
        "complete": run.complete,
        "manifest": run.manifest,
        "categories": [
            {"category": name, "annotations": count, "documents": spread[name]}
            for name, count in sorted(categories.items(), key=lambda item: (-item[1], item[0]))
        ],
        "documents": [
            {
                **_of_document(document),
                "chunks": chunks[document.id],
                "annotations": by_document[document.id],
            }
            for document in run.documents()
        ],
        "grounding": dict(sorted(groundings.items())),
        "ambiguous": ambiguous,
        "quarantine": dict(Counter(row["kind"] for row in run.quarantine())),
        "unreadable": list(run.unreadable()),
        "unanswered": commonest_note(run.ledger()),
    }


def of_selection(run: Run, selection: Selection) -> dict[str, Any]:
    """Return those annotations of a run that are meant, as its rows, each with its pages."""
    from annotate.formats.metadata import Sources

    sources = Sources.of(run)
    rows = [
        {**each.to_json(), "pages": sources.pages(each)} for each in selection.of(run.annotations())
    ]
    return {
        "run": str(run.path),
        "complete": run.complete,
        "annotations": rows,
        "of": run.manifest["counts"]["annotations"],
    }


def _of_document(document: Document) -> dict[str, Any]:
    """Return what is known of a document; null where an older version of the run kept none."""
    languages, encoding = document.stated_languages, document.provenance.encoding
    layout = document.layout or Layout()
    return {
        "document": document.id,
        "format": document.format,
        "language": languages and languages.main,
        "languages": languages and list(languages.every),
        "encoding": encoding and encoding.codec,
        "encoding_from": encoding and encoding.known_from,
        "pages": len(layout.pages),
        "furniture": dict(Counter(each.reason for each in layout.furniture)),
        "characters": len(document.text),
    }


def silence_of(run: Run) -> dict[str, dict[str, JsonValue]] | None:
    """Return by document on which categories it is silent, and for which nobody knows.

    None where the schema that the run was made with is not at hand.
    """
    from annotate.runs.silence import silences

    if run.schema is None:
        return None
    found = silences(run, run.schema.categories)
    return {document.id: said.to_json() for document, said in found}


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
