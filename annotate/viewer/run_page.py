"""The content of a page about one run, or about one text with its annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.evaluation.evaluation import Evaluation
from annotate.formatting import visible
from annotate.runs.found import Found, found_in
from annotate.runs.reader import Run
from annotate.runs.silence import gap, silence
from annotate.schema.categories import Schema
from annotate.scoring.scores import Part
from annotate.viewer import coverage, judged, report
from annotate.viewer.content import Content, Drawn, assembled, draw
from annotate.viewer.legend import Legend
from annotate.viewer.marks import Layer, Mark, plain, predicted

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
    drawing = RunDrawing(run, evaluation)
    chosen = [(each, drawing.marks(each)) for each in _chosen(run, only)]
    legend = Legend.of(schema, (mark.category for _, marks in chosen for mark in marks))
    return drawing.content(
        only or name_of(run),
        [drawing.draw(each, marks, legend) for each, marks in chosen],
        legend,
        whole=_is_whole(run, [each for each, _ in chosen], only),
        notices=notices,
        unreadable=[_unread(row) for row in run.unreadable()] if only is None else [],
        skipped=[_unread(row) for row in run.skipped] if only is None else [],
    )


def name_of(run: Run) -> str:
    """Return what a page calls a run: the name of its folder."""
    return run.path.absolute().name


def _chosen(run: Run, only: str | None) -> list[Found]:
    found = [each for each in found_in(run) if only in (None, each.document.id)]
    if only is not None and not found:
        names = list(islice(run.document_names(), _MOST_NAMED + 1))
        named = ", ".join(map(visible, names[:_MOST_NAMED]))
        more = ", …" if len(names) > _MOST_NAMED else ""
        raise UsageError(f"the run has no document {visible(only)!r}; it has {named}{more}")
    return found


def _is_whole(run: Run, chosen: Sequence[Found], only: str | None) -> bool:
    """Tell whether what is shown was read as a whole: the run, or the one document."""
    if only is None or run.complete:
        return run.complete
    return not any(gap(each.document, each.entries, run.reads) for each in chosen)


class RunDrawing:
    """Draws the documents of a run, with gold and outcomes where there is gold.

    Args:
        run: the run.
        evaluation: of this very run; None where there is no gold.
    """

    def __init__(self, run: Run, evaluation: Evaluation | None) -> None:
        self._run = run
        self._evaluation = evaluation
        self._judged = judged.judged(evaluation) if evaluation else {}
        self._scores = evaluation.scores.by_document if evaluation else {}

    def categories(self) -> set[str]:
        """Return the categories of all marks, which the annotations are read for."""
        found = {each.category for each in self._run.annotations()}
        return found.union(each.category for own in self._judged.values() for each in own)

    def marks(self, found: Found) -> Sequence[Mark]:
        """Return what stands on a document."""
        if found.document.id in self._judged:
            return self._judged[found.document.id]
        return [predicted(each, ("run", n)) for n, each in enumerate(found.annotations)]

    def draw(self, found: Found, marks: Sequence[Mark], legend: Legend) -> Drawn:
        """Lay a document out under its marks, whose categories the legend has."""
        document, entries, refused = found.document, found.entries, found.refused
        silent = silence(
            document, legend.places, _present(marks), entries, refused, self._run.reads
        )
        return draw(
            document,
            marks,
            legend,
            entries,
            refused=coverage.quarantined(refused),
            silence=coverage.silent(silent, legend),
            report=_report("This document", self._scores.get(document.id)),
        )

    def content(
        self,
        title: str,
        drawn: Sequence[Drawn],
        legend: Legend,
        *,
        whole: bool,
        notices: Iterable[str],
        **more: JsonValue,
    ) -> Content:
        """Return the content of a page that shows some documents of the run."""
        evaluation = self._evaluation
        return assembled(
            title,
            drawn,
            legend,
            _layers(evaluation),
            judged.KINDS if evaluation else (),
            subtitle=subtitle(self._run),
            badge=None if whole else {"label": "incomplete", "good": False},
            facts=facts(self._run.manifest),
            notices=[plain(each) for each in notices],
            report=_report(
                "All documents with gold", evaluation.scores.overall if evaluation else None
            ),
            **more,
        )


def subtitle(run: Run) -> str:
    """Return what a run did, in a few words."""
    return visible(f"{run.manifest.get('task', '')} by {run.manifest['model']}")


def of_document(document: Document, found: Sequence[Mark], schema: Schema) -> Content:
    """Return the content of a page about one document without a run."""
    legend = Legend.of(schema, (mark.category for mark in found))
    return assembled(document.id, [draw(document, found, legend)], legend, _layers(None))


def _present(found: Iterable[Mark]) -> set[str]:
    return {mark.category for mark in found if mark.layer == judged.PREDICTED}


def _layers(evaluation: Evaluation | None) -> list[Layer]:
    return [Layer("predicted"), *([Layer("gold", above=True)] if evaluation else [])]


def _report(title: str, part: Part | None) -> list[JsonValue]:
    return [report.scores(title, part)] if part else []


def facts(manifest: Mapping[str, Any]) -> list[JsonValue]:
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
