"""Look at a run, or at one annotated document: as a file, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from annotate.annotation import Annotation
from annotate.comparison.comparison import Comparison
from annotate.documents.document import Document
from annotate.errors import AnnotateError, ProjectError, UsageError
from annotate.evaluation.evaluate import evaluate, gold_folder
from annotate.evaluation.evaluation import Evaluation
from annotate.files import write_file
from annotate.gold.store import read_gold
from annotate.project.settings import resolve_task
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from annotate.viewer import run_page
from annotate.viewer.comparison_page import of_comparison
from annotate.viewer.content import Content
from annotate.viewer.marks import predicted
from annotate.viewer.notebook import cell
from annotate.viewer.page import page
from annotate.viewer.run_folder import MOST_ON_ONE_PAGE, write_folder


@dataclass(frozen=True, repr=False)
class View:
    """A page to look at; a notebook shows it in the cell that returns it."""

    content: Content

    @property
    def notices(self) -> list[str]:
        """What the page tells its reader first: what is missing from it, and why."""
        notices = self.content.data["notices"]
        return [str(each) for each in notices] if isinstance(notices, list) else []

    @cached_property
    def html(self) -> str:
        """The page: one HTML file without anything outside of it."""
        return page(self.content.data)

    def save(self, path: str | Path) -> Path:
        """Write the page to a file and return its path; a file appears only when it is whole.

        Raises:
            UsageError: where it cannot be written.
        """
        target = Path(path)
        write_file(target, self.html.encode())
        return target

    def __repr__(self) -> str:
        found = sum(len(each.marks) for each in self.content.documents)
        return f"<View {self.content.title}: {found} annotations>"

    def _repr_html_(self) -> str:
        return cell(self.content, self.html)


def view(
    run: Run | str | Path, document: str | None = None, *, gold: str | Path | None = None
) -> View:
    """Return the view of a run, also of one in memory, or of one of its documents.

    With `gold`, or where the task of the run has gold of its own, what gold says stands beside the
    predictions.

    Raises:
        UsageError: where the run has no such document, or `gold` cannot judge the run.
        RunError: where the folder holds no run, or a damaged one.
    """
    opened = run if isinstance(run, Run) else Run(run)
    schema, evaluation, notices = _seen(opened, gold)
    return View(run_page.of_run(opened, schema, evaluation, only=document, notices=notices))


def write_view(
    run: Run,
    out: str | Path | None = None,
    document: str | None = None,
    *,
    gold: str | Path | None = None,
) -> tuple[Path, list[str]]:
    """Write the view of a run and return what to open, and what is missing from it and why.

    Of a run with more than `MOST_ON_ONE_PAGE` documents that is the index in a folder of pages,
    which takes the memory of one page; else a file. Without `out` it stands in the run.

    Raises:
        UsageError: as `view`, or where it cannot be written.
        RunError: where the run is damaged.
    """
    if document is not None or run.manifest["counts"]["documents"] <= MOST_ON_ONE_PAGE:
        made = view(run, document, gold=gold)
        return made.save(out or run.path / "view.html"), made.notices
    seen = _seen(run, gold)
    return write_folder(run, *seen, Path(out or run.path / "view")), seen.notices


def comparison_page(comparison: Comparison) -> str:
    """Return one HTML file about a comparison: gold, and what either side made of it."""
    return page(of_comparison(comparison).data)


def highlight(
    document: Document | str, annotations: Iterable[Annotation], *, task: str | None = None
) -> View:
    """Return the view of a text in memory with its annotations.

    Args:
        document: the text that `annotations` were made of.
        annotations: as `annotate.annotate` returns them.
        task: whose definitions are shown; the project's own by default.

    Raises:
        UsageError: where an annotation does not quote the text.
    """
    read = document if isinstance(document, Document) else Document("text", document)
    marks = [predicted(each, place) for place, each in enumerate(annotations)]
    for mark in marks:
        if read.text[mark.start : mark.end] != mark.quote:
            raise UsageError(
                f"the annotation at {mark.start}:{mark.end} does not quote this text; give the "
                "text that was annotated"
            )
    schema = resolve_task(task).schema
    return View(run_page.of_document(read, marks, schema))


class _Seen(NamedTuple):
    """What stands beside a run: definitions, gold, and what to say about them first."""

    schema: Schema | None
    evaluation: Evaluation | None
    notices: list[str]


def _seen(run: Run, gold: str | Path | None) -> _Seen:
    schema, notices = _schema(run)
    evaluation = evaluate(run, gold) if gold is not None else _own_gold(run, notices)
    return _Seen(schema, evaluation, notices)


def _schema(run: Run) -> tuple[Schema | None, list[str]]:
    """Return the schema of a run, None where it is not at hand, and what to say about it."""
    name = str(run.manifest.get("task", ""))
    try:
        schema = load_task(name).schema
    except ProjectError as error:
        return None, [f"Definitions are left out: {error}"]
    if schema.fingerprint == run.manifest.get("schema"):
        return schema, []
    return schema, [f"The definitions of {name} have changed since this run: they are today's."]


def _own_gold(run: Run, notices: list[str]) -> Evaluation | None:
    """Hold a run against its task's own gold, where there is some for one of its documents."""
    try:
        folder = gold_folder(load_task(str(run.manifest.get("task", ""))))
    except AnnotateError:
        return None
    try:
        gold = read_gold(folder)
        if {each.id for each in gold.manifest.documents}.isdisjoint(run.document_names()):
            return None
        return evaluate(run, gold)
    except UsageError as error:
        notices.append(f"Gold is left out: {error}")
        return None
