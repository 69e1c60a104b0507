"""From inputs to a run folder: read, segment, chunk, annotate, ground, merge, write.

Asynchronous inside, one blocking entry on the outside (`run`), which works in a notebook too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, aclosing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.annotator import Annotator, ChunkResult, RunSpecification
from annotate.documents.document import Document
from annotate.documents.folders import Skipped
from annotate.documents.given import given_documents
from annotate.documents.reading import Inputs, documents_of, find_inputs
from annotate.errors import DocumentError, UsageError
from annotate.files import with_own_name
from annotate.ledger import Entry
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.finished import finished_documents
from annotate.pipeline.progress import Meter, Progress
from annotate.project.settings import LEXICON, Settings, resolve_settings
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.runs.rows import DocumentRows
from annotate.runs.standing import unchanged
from annotate.runs.tally import Tally
from annotate.runs.writer import RunWriter, sent_file
from annotate.schema.categories import Schema
from annotate.version import version

if TYPE_CHECKING:
    from annotate.pipeline.workers import Workers


def run(
    inputs: str | Path | Document | Iterable[str | Path] | Iterable[Document],
    *,
    out: str | Path | None = None,
    replace: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> Run:
    """Annotate files, folders, globs or "-", or documents, into a run folder; return the run.

    Documents are read one by one, as fast as they are annotated, so that any number can be given.
    Keyword arguments are the settings of `annotate run`, with underscores (`task`, `model`,
    `prompt`, `chunk_size`, `max_cost`, …); without a `model` the offline baseline annotates. The
    same call again resumes or repeats the run: what was answered comes from the cache, and the same
    answers give the same bytes, with however many `workers`. A folder that holds another run is
    refused, and so is one whose documents were edited since or are not all there any more;
    `replace` lets either be replaced.
    With `repeat` K the samples are siblings, `<out>-1` to `<out>-K`, and the first is returned.

    Raises:
        UsageError: for inputs or settings that cannot be used, before anything is written.
        Stopped: where the endpoint or a cap ended the run early; what was answered is kept.
    """
    paths, given = _told_apart(inputs)
    resolved = resolve_settings(settings)
    task = load_task(resolved.task)
    skipped: list[Skipped] = []
    # Before the cache is opened: inputs that name nothing leave no trace.
    found = _found(paths, resolved, skipped) if paths else given
    specification = specification_of(task, resolved)
    named = Path(out) if out is not None else default_folder(paths or ["documents"], resolved)
    folder = with_own_name(named)
    identity: dict[str, JsonValue] = {
        **identity_of(task, specification, resolved),
        "encoding": resolved.encoding,
        "inputs": [str(each) for each in paths],
    }
    if resolved.follow_links:  # runs that were made before there was a choice say nothing of it
        identity["follow_links"] = True
    if resolved.furniture:
        identity["furniture"] = True
    writers = [
        RunWriter(each, {**identity, "repeat": number}, version(), skipped, replace=replace)
        for number, each in enumerate(_folders(folder, repeats_of(resolved)))
    ]

    async def work() -> None:
        with ExitStack() as stack:
            for writer in writers:
                stack.enter_context(writer)
            # Behind the writers: a folder that is taken is refused before anything is opened.
            annotator = specification.open(folder)
            kept = [] if replace else [each.standing for each in writers if each.standing]
            workers = _workers(resolved, specification)
            if workers is not None:
                stack.enter_context(workers)
            try:
                documents = unchanged(_read(found, workers, writers), kept)
                if workers is not None and resolved.model is None:
                    await _keep(writers[0], documents, annotator, on_progress)
                else:
                    await annotate_into(
                        writers, documents, annotator, task.schema, resolved, on_progress
                    )
            finally:
                sent = sent_file(annotator.sent())
                for writer in writers:
                    writer.sent = sent
                    writer.found_out(annotator.identity)

    run_blocking(work)
    return Run(writers[0].path)


def specification_of(task: Task, settings: Settings) -> RunSpecification:
    """Return what annotates a task with these settings: the offline baseline, or a model.

    Raises:
        UsageError, ProjectError, CacheError: for what cannot work, before anything is sent.
    """
    # The offline baseline needs nothing of a model, and a model nothing of it.
    if settings.model is None:
        from annotate.lexicon.annotator import lexicon_specification

        return lexicon_specification(task)
    from annotate.llm.factory import model_specification

    return model_specification(task, settings)


def identity_of(
    task: Task, specification: RunSpecification, settings: Settings
) -> dict[str, JsonValue]:
    """Return what makes a run this one, whatever it reads."""
    return {
        "task": task.name,
        "schema": task.schema.fingerprint,
        **specification.identity,
        "chunk_size": settings.chunk_size,
    }


def default_folder(inputs: Sequence[str | Path], settings: Settings) -> Path:
    """Return `runs/<task>-<model>-<input>`, with the prompt before the model where one is used."""
    # Resolved, so that "." has a name.
    name = Path(inputs[0]).resolve().name if str(inputs[0]) != "-" else "stdin"
    who = f"{settings.prompt}-{settings.model}" if settings.model else LEXICON
    more = f"-and-{len(inputs) - 1}-more" if len(inputs) > 1 else ""
    return Path("runs") / f"{settings.task}-{_safe(who)}-{_safe(name)}{more}"


def _safe(name: str) -> str:
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in name).strip(".-")
    return safe[:60] or "input"


def _folders(folder: Path, repeats: int) -> list[Path]:
    """Return the folder of each repeat: of one alone as it is named, of several numbered from 1."""
    if repeats == 1:
        return [folder]
    return [folder.with_name(f"{folder.name}-{number + 1}") for number in range(repeats)]


def repeats_of(settings: Settings) -> int:
    """Return how often each chunk is read: the offline baseline says the same each time."""
    return settings.repeat if settings.model is not None else 1


def _told_apart(
    inputs: str | Path | Document | Iterable[str | Path] | Iterable[Document],
) -> tuple[list[str | Path], Iterator[object]]:
    """Return the files, folders and globs, or the documents, that are given."""
    rest: Iterator[str | Path | Document]
    rest = iter([inputs] if isinstance(inputs, str | Path | Document) else inputs)
    first = next(rest, None)
    if first is None:
        raise UsageError("no input is named; give a file, a folder, a glob or documents")
    if isinstance(first, Document):
        return [], chain([first], rest)
    paths = [first]
    for each in rest:
        if isinstance(each, Document):
            raise UsageError("files and documents are given; annotate.read_documents reads files")
        paths.append(each)
    return paths, iter(())


def _found(inputs: Sequence[str | Path], settings: Settings, skipped: list[Skipped]) -> Inputs:
    """Return what inputs name; what is not read on purpose is in `skipped` afterwards."""
    return find_inputs(
        inputs,
        encoding=settings.encoding,
        follow_links=settings.follow_links,
        on_skip=skipped.append,
    )


def _workers(settings: Settings, specification: RunSpecification) -> Workers | None:
    """Return the workers that are set, None where this process does all itself."""
    if settings.workers == 1:  # and imports nothing for it
        return None
    from annotate.pipeline.work import Job
    from annotate.pipeline.workers import Workers

    lexicon = {} if settings.model is not None else dict(specification.identity)
    return Workers(settings.workers, Job(settings, lexicon))


def _read(
    found: Inputs | Iterator[object], workers: Workers | None, writers: Sequence[RunWriter]
) -> Iterator[Any]:
    """Yield the documents of a run, or what workers made of them.

    What cannot be read goes to the writers.
    """

    def unreadable(error: DocumentError) -> None:
        for writer in writers:
            writer.add_unreadable(error)

    if workers is not None:
        return workers.documents(found, unreadable)
    if isinstance(found, Inputs):
        return documents_of(found, unreadable)
    return given_documents(found, unreadable)


async def _keep(
    writer: RunWriter,
    documents: Iterable[DocumentRows],
    annotator: Annotator,
    on_progress: Callable[[Progress], None] | None,
) -> None:
    """Write what workers made of documents with the offline baseline; then close."""
    meter = Meter(on_progress)
    try:
        for rows in documents:
            meter.read(len(rows.entries))
            for entry in rows.entries:
                meter.finished(ChunkResult(entry, [], []))
            writer.append(rows)
            meter.written(writer.tally.counts)
            meter.tell()
            await asyncio.sleep(0)  # here Ctrl-C is heard
    finally:
        await annotator.close()


class Keeper(Protocol):
    """Keeps what comes of documents: in a folder, or in memory.

    Attributes:
        tally: the figures of what it keeps.
        asked: answers among it that were not in the cache.
    """

    tally: Tally
    asked: int

    def add(
        self,
        document: Document,
        annotations: Iterable[Annotation],
        entries: Iterable[Entry],
        rejected: Iterable[Mapping[str, JsonValue]],
    ) -> None:
        """Keep what came of one document."""


async def annotate_into(
    keepers: Sequence[Keeper],
    documents: Iterable[Document],
    annotator: Annotator,
    schema: Schema,
    settings: Settings,
    on_progress: Callable[[Progress], None] | None = None,
) -> None:
    """Annotate each document, once for each keeper, which keeps what came of it; then close.

    Raises:
        Stopped: where the endpoint or a cap ended it early, when all that was answered is kept.
    """
    try:
        meter = Meter(on_progress)
        finished = finished_documents(
            documents, annotator, settings.chunker, schema, len(keepers), meter
        )
        async with aclosing(finished):
            async for repeats in finished:
                for keeper, each in zip(keepers, repeats, strict=True):
                    keeper.add(each.document, each.annotations, each.entries, each.quarantine)
                    keeper.asked += each.asked
                meter.written(keepers[0].tally.counts)
                meter.tell()
    finally:
        await annotator.close()
    # Raised when everything that was answered is kept; leaving the writers puts it in its place.
    if annotator.stopped is not None:
        raise annotator.stopped
