"""The content of a page about one run, or about one text with its annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.evaluation.evaluation import Evaluation
from annotate.formatting import visible
from annotate.runs.reader import Run
from annotate.runs.silence import gap, silence
from annotate.schema.categories import Schema
from annotate.scoring.scores import Part
from annotate.viewer import coverage, judged, report
from annotate.viewer.content import Content, Drawn, assembled, draw
from annotate.viewer.legend import Legend
from annotate.viewer.marks import Layer, Mark, plain, predicted

T = TypeVar("T")
_MOST_NAMED = 10
_SETTINGS = ("task", "model", "prompt", "endpoint", "mode", "chunk_size", "repeat")


def of_run(
    run: Run,
    schema: Schema | None,
    evaluation: Evaluation | None = None,
    *,
    only: str | None = None,
    notices: Sequence[str] = (),
) -> Content:
    """Return the content of a page about `run`, of one document where `only` names it.

    Definitions come from `schema`, None where it is not at hand; gold from `evaluation`, which is
    of this very run; `notices` are what a reader should be told first.

    Raises:
        UsageError: where the run has no document of that name.
        RunError: where the run is damaged.
    """
    documents = _chosen(run.documents(), only)
    found = _marks(run, evaluation)
    used = (mark.category for each in documents for mark in found[each.id])
    legend = Legend.of(schema, used)
    return assembled(
        only or run.path.absolute().name,
        _drawn(run, documents, found, legend, evaluation),
        legend,
        _layers(evaluation),
        judged.KINDS if evaluation else (),
        subtitle=visible(f"{run.manifest.get('task', '')} by {run.manifest['model']}"),
        badge=None if _is_whole(run, documents, only) else {"label": "incomplete", "good": False},
        facts=_facts(run.manifest),
        notices=[plain(each) for each in notices],
        report=_report(
            "All documents with gold", evaluation.scores.overall if evaluation else None
        ),
        unreadable=[_unread(row) for row in run.unreadable()] if only is None else [],
        skipped=[_unread(row) for row in run.skipped] if only is None else [],
    )


def _is_whole(run: Run, documents: Sequence[Document], only: str | None) -> bool:
    """Tell whether what is shown was read as a whole: the run, or the one document."""
    if only is None or run.complete:
        return run.complete
    entries = _by(run.ledger(), lambda entry: entry.document)
    return not any(gap(each, entries[each.id], run.reads) for each in documents)


def _drawn(
    run: Run,
    documents: Iterable[Document],
    found: Mapping[str, Sequence[Mark]],
    legend: Legend,
    evaluation: Evaluation | None,
) -> list[Drawn]:
    entries = _by(run.ledger(), lambda entry: entry.document)
    refused = _by(run.quarantine(), lambda row: str(row["document"]))
    scores = evaluation.scores.by_document if evaluation else {}
    drawn = []
    for each in documents:
        marks, ledger, answers = found[each.id], entries[each.id], refused[each.id]
        more: dict[str, JsonValue] = {
            "refused": coverage.quarantined(answers),
            "silence": coverage.silent(
                silence(each, legend.places, _present(marks), ledger, answers, run.reads), legend
            ),
            "report": _report("This document", scores.get(each.id)),
        }
        drawn.append(draw(each, marks, legend, ledger, **more))
    return drawn


def of_document(document: Document, found: Sequence[Mark], schema: Schema) -> Content:
    """Return the content of a page about one document without a run."""
    legend = Legend.of(schema, (mark.category for mark in found))
    return assembled(document.id, [draw(document, found, legend)], legend, _layers(None))


def _chosen(documents: Iterable[Document], only: str | None) -> list[Document]:
    every = list(documents)
    if only is None:
        return every
    chosen = [document for document in every if document.id == only]
    if not chosen:
        named = ", ".join(visible(document.id) for document in every[:_MOST_NAMED])
        more = ", …" if len(every) > _MOST_NAMED else ""
        raise UsageError(f"the run has no document {visible(only)!r}; it has {named}{more}")
    return chosen


def _by(rows: Iterable[T], key: Callable[[T], str]) -> defaultdict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _marks(run: Run, evaluation: Evaluation | None) -> defaultdict[str, list[Mark]]:
    """Return the marks of every document; where there is gold, with gold and outcomes."""
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for place, annotation in enumerate(run.annotations()):
        found[annotation.document].append(predicted(annotation, ("run", place)))
    if evaluation:
        found.update(judged.judged(evaluation))
    return found


def _present(found: Iterable[Mark]) -> set[str]:
    return {mark.category for mark in found if mark.layer == judged.PREDICTED}


def _layers(evaluation: Evaluation | None) -> list[Layer]:
    return [Layer("predicted"), *([Layer("gold", above=True)] if evaluation else [])]


def _report(title: str, part: Part | None) -> list[JsonValue]:
    return [report.scores(title, part)] if part else []


def _facts(manifest: Mapping[str, Any]) -> list[JsonValue]:
    """Return what made a run and what it took, as names and texts."""
    usage = manifest["usage"]
    found = [(n.replace("_", " "), manifest[n]) for n in _SETTINGS if manifest.get(n) is not None]
    if usage.get("requests"):
        cost = usage.get("cost")
        found.append(("answers", f"{usage['requests']:,}"))
        found.append(("tokens", f"{usage['prompt_tokens'] + usage['completion_tokens']:,}"))
        found.append(("cost", "unknown" if cost is None else f"{cost:.4f} USD"))
    found.append(("annotate", manifest.get("annotate", "")))
    return [[name, visible(str(value))] for name, value in found]


def _unread(row: Mapping[str, Any]) -> JsonValue:
    return {"source": visible(str(row["source"])), "reason": plain(str(row["reason"]))}
