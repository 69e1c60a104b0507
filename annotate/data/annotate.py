"""Annotate data in memory and return a run that stands there."""

from __future__ import annotations

import logging
from collections.abc import Callable

from annotate.annotator import Annotator
from annotate.data.documents import ID, documents_in
from annotate.data.memory import Kept, MemoryRun
from annotate.errors import Stopped, UsageError
from annotate.ledger import ANSWERED, commonest_note
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.progress import Progress
from annotate.pipeline.run import annotate_into, identity_of, repeats_of, specification_of
from annotate.project.settings import resolve_settings
from annotate.project.tasks import load_task

log = logging.getLogger("annotate")


def annotate(
    data: object,
    *,
    text: str = "text",
    id: str = ID,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> MemoryRun:
    """Annotate what stands in memory, and return the annotations with all that a run says.

    `data` is a text, a `Document`, or a mapping with a text; any iterable of these, which is read
    only as fast as it is annotated; a data frame or a series of pandas; or a table or column of
    Arrow, Polars or whatever else hands out Arrow data. Offsets count the code points of the very
    strings that were given: nothing in a text is changed, no line end, null or lone surrogate.

    `text` and `id` name the columns; without a column `id` the number of a row, from 0, is its id.
    What stands in other columns travels along as metadata. A row without a text, or with the id of
    an earlier row, is in `unreadable()` by its number; the others go on, and the log warns.

    Keyword arguments are the settings of `annotate run`, as `annotate.run` takes them: cache,
    limits and caps are the same, and without a `model` the offline baseline annotates. As no folder
    keeps a journal of what was spent, `max_cost` caps each call for itself; what an earlier call
    was answered comes from the cache and costs nothing. All is done in this process: `workers`
    changes nothing here. Works inside a running event loop.

    Raises:
        UsageError: for data or settings that cannot be used, before anything is sent.
        MissingExtra: where the data need a package that is not installed.
        Stopped: where the endpoint or a cap ended it early; its attribute `run` holds what was
            answered until then.
    """
    resolved = resolve_settings(settings)
    task = load_task(resolved.task)
    if repeats_of(resolved) > 1:
        raise UsageError("repeat: several samples need folders of their own; annotate.run has them")
    kept = Kept()
    documents = documents_in(data, text=text, id=id, on_error=kept.add_unreadable)
    specification = specification_of(task, resolved)
    identity = identity_of(task, specification, resolved)
    opened: list[Annotator] = []

    async def work() -> None:
        opened.append(specification.open(None))
        await annotate_into([kept], documents, opened[0], task.schema, resolved, on_progress)

    def found(*, finished: bool) -> MemoryRun:
        made = MemoryRun(
            kept, {**identity, **opened[0].identity}, opened[0].sent(), finished=finished
        )
        _warn(made)
        return made

    try:
        run_blocking(work)
    except Stopped as stopped:
        if opened:
            stopped.run = found(finished=False)
        raise
    return found(finished=True)


def _warn(run: MemoryRun) -> None:
    """Say in the log what is missing from the annotations."""
    counts = run.manifest["counts"]
    if unread := counts["unreadable"]:
        first = next(run.unreadable())
        said = f"{first['source']} {first['reason']}"
        log.warning("rows without a document: %d, the first: %s", unread, said)
    statuses = run.manifest["statuses"]
    if left := sum(count for status, count in statuses.items() if status not in ANSWERED):
        why = commonest_note(run.ledger())
        log.warning("%d of %d chunks have no answer: %s", left, counts["chunks"], why)
