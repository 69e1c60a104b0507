"""Reviews as passes: what each annotator kept, unit by unit, so that their agreement is measured.

A unit on which somebody kept nothing counts as one on which they saw nothing. That is true of a
document only where all of it was read, which a review of suggestions does not prove.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.gold.passes import LabelledUnit, Pass, read_pass
from annotate.gold.store import labelled_task
from annotate.review.items import Item, identified, items
from annotate.review.log import FOLDER, Replayed, replay
from annotate.runs.reader import Run, by_document
from annotate.scoring.labels import Spanned


def two_passes(first: Path, second: Path) -> tuple[Pass, Pass]:
    """Read two passes: folders of gold, or two logs of reviews of one run.

    Of logs those documents count in which both annotators decided everything.

    Raises:
        UsageError: where one is missing or damaged, or the two have no document in common.
        RunError: where the run is damaged.
    """
    if not (first.is_file() and second.is_file()):
        return read_pass(first), read_pass(second)
    sides = [pass_of(_run_of(path), replay(path)) for path in (first, second)]
    common = sides[0].documents.keys() & sides[1].documents.keys()
    if not common:
        raise UsageError(
            f"{first} and {second}: there is no document in which both decided everything"
        )
    return tuple(  # type: ignore[return-value]
        Pass(side.folder, {name: side.documents[name] for name in sorted(common)}) for side in sides
    )


def task_of(path: Path) -> str | None:
    """Return the task of a pass, or of the run that a log is about; None where nothing says it."""
    if not path.is_file():
        return labelled_task(path)
    return str(_run_of(path).manifest.get("task", "")) or None


def _run_of(path: Path) -> Run:
    if path.parent.name != FOLDER:
        raise UsageError(f"{path}: is no log of a review; name one in {FOLDER}/ of a run")
    return Run(path.parent.parent)


def pass_of(run: Run, replayed: Replayed) -> Pass:
    """Return what an annotator kept in the documents in which they decided everything."""
    suggested = dict(identified(run.annotations()))
    found = by_document(items(suggested, replayed.history.current()), lambda item: item.document)
    rows = {
        document.id: tuple(rows_of(document, _kept(found[document.id])))
        for document in run.documents()
        if document.id in found and _is_whole(found[document.id])
    }
    return Pass(replayed.path.with_suffix(""), rows)


def _kept(own: Iterable[Item]) -> list[Item]:
    return [each for each in own if each.is_kept]


def _is_whole(own: Iterable[Item]) -> bool:
    return not any(each.is_open for each in own)


def rows_of(document: Document, kept: Sequence[Spanned]) -> Iterator[LabelledUnit]:
    """Yield the units of a document, each with what was kept on its words."""
    units = [unit for unit in document.segmentation.units if unit.states]
    for line, unit in enumerate(units, start=1):
        here: tuple[dict[str, JsonValue], ...] = tuple(
            {"category": each.category, **each.attributes}
            for each in kept
            if each.start < unit.end and unit.start < each.end
        )
        yield LabelledUnit(
            unit=unit.index, start=unit.start, end=unit.end, annotations=here, line=line
        )
