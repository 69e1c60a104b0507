"""From inputs to a run folder: read, segment, chunk, annotate, ground, merge, write.

Asynchronous inside, one blocking entry on the outside (`run`), which works in a notebook too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, aclosing
from pathlib import Path

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.annotator import Annotator, RunSpecification
from annotate.documents.document import Document
from annotate.documents.folders import Skipped
from annotate.documents.reading import read_documents
from annotate.errors import DocumentError, UsageError
from annotate.files import with_own_name
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.finished import Finished, finished_documents
from annotate.pipeline.progress import Meter, Progress
from annotate.project.settings import LEXICON, Settings, resolve_settings
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.runs.standing import Standing, unchanged
from annotate.runs.writer import RunWriter, sent_file
from annotate.schema.categories import Schema
from annotate.version import version

log = logging.getLogger("annotate")


def run(
    inputs: str | Path | Sequence[str | Path],
    *,
    out: str | Path | None = None,
    replace: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> Run:
    """Annotate files, folders, globs or "-" into a run folder, and return the run.

    Keyword arguments are the settings of `annotate run`, with underscores (`task`, `model`,
    `prompt`, `chunk_size`, `max_cost`, …); without a `model` the offline baseline annotates. The
    same call again resumes or repeats the run: what was answered comes from the cache, and the same
    answers give the same bytes. A folder that holds another run is refused, and so is one whose
    documents were edited since or are not all there any more; `replace` lets either be replaced.
    With `repeat` K the samples are siblings, `<out>-1` to `<out>-K`, and the first is returned.

    Raises:
        UsageError: for inputs or settings that cannot be used, before anything is written.
        Stopped: where the endpoint or a cap ended the run early; what was answered is kept.
    """
    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not paths:
        raise UsageError("no input is named; give a file, a folder or a glob")
    resolved = resolve_settings(settings)
    task = load_task(resolved.task)
    writers: list[RunWriter] = []
    skipped: list[Skipped] = []
    # Before the cache is opened: inputs that name nothing leave no trace.
    documents = _read(paths, resolved, writers, skipped)
    specification = _specification(task, resolved)
    folder = with_own_name(Path(out)) if out is not None else default_folder(paths, resolved)
    identity: dict[str, JsonValue] = {
        "task": task.name,
        "schema": task.schema.fingerprint,
        **specification.identity,
        "chunk_size": resolved.chunk_size,
        "encoding": resolved.encoding,
        "inputs": [str(each) for each in paths],
    }
    if resolved.follow_links:  # runs that were made before there was a choice say nothing of it
        identity["follow_links"] = True
    if resolved.furniture:
        identity["furniture"] = True
    writers += [
        RunWriter(each, {**identity, "repeat": number}, version(), skipped, replace=replace)
        for number, each in enumerate(_folders(folder, _repeats(resolved)))
    ]

    async def work() -> None:
        with ExitStack() as stack:
            for writer in writers:
                stack.enter_context(writer)
            # Behind the writers: a folder that is taken is refused before anything is opened.
            annotator = specification.open(folder)
            kept = [] if replace else [each.standing for each in writers if each.standing]
            try:
                await _annotate(
                    documents, annotator, task.schema, resolved, writers, kept, on_progress
                )
            finally:
                sent = sent_file(annotator.sent())
                for writer in writers:
                    writer.sent = sent
                    writer.found_out(annotator.identity)

    run_blocking(work)
    return Run(writers[0].path)


def _specification(task: Task, settings: Settings) -> RunSpecification:
    # The offline baseline needs nothing of a model, and a model nothing of it.
    if settings.model is None:
        return _baseline(task)
    from annotate.llm.factory import model_specification

    return model_specification(task, settings)


def _baseline(task: Task) -> RunSpecification:
    from annotate.lexicon.annotator import lexicon_specification

    return lexicon_specification(task)


def annotate_text(
    text: str, *, task: str | None = None, chunk_size: int | None = None
) -> list[Annotation]:
    """Annotate one text in memory with the offline baseline; annotations come in text order."""
    resolved = resolve_settings({"task": task, "chunk_size": chunk_size})
    loaded = load_task(resolved.task)
    annotator = _baseline(loaded).open(None)

    async def finished() -> Finished:
        documents = [Document("text", text)]
        async for [each] in finished_documents(
            documents, annotator, resolved.chunker, loaded.schema
        ):
            return each
        raise AssertionError("one document goes in, and one comes out")

    found = run_blocking(finished)
    for entry in (each for each in found.entries if not each.answered):
        log.warning("characters %d to %d: the text %s", entry.start, entry.end, entry.note)
    return found.annotations


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


def _repeats(settings: Settings) -> int:
    """Return how often each chunk is read: the offline baseline says the same each time."""
    return settings.repeat if settings.model is not None else 1


def _read(
    inputs: Sequence[str | Path],
    settings: Settings,
    writers: Sequence[RunWriter],
    skipped: list[Skipped],
) -> Iterator[Document]:
    """Return the documents of a run; what cannot be read goes to the writers, once they are open.

    What was found and is not read on purpose is in `skipped` afterwards.
    """

    def unreadable(error: DocumentError) -> None:
        for writer in writers:
            writer.add_unreadable(error)

    return read_documents(
        inputs,
        encoding=settings.encoding,
        on_error=unreadable,
        follow_links=settings.follow_links,
        on_skip=skipped.append,
    )


async def _annotate(
    documents: Iterable[Document],
    annotator: Annotator,
    schema: Schema,
    settings: Settings,
    writers: Sequence[RunWriter],
    kept: Sequence[Standing],
    on_progress: Callable[[Progress], None] | None,
) -> None:
    """Annotate each document, and write it into the run of each repeat.

    The documents of the runs in `kept` must be among them as they were.
    """
    try:
        documents = unchanged(documents, kept)
        meter = Meter(on_progress)
        finished = finished_documents(
            documents, annotator, settings.chunker, schema, len(writers), meter
        )
        async with aclosing(finished):
            async for repeats in finished:
                for writer, each in zip(writers, repeats, strict=True):
                    writer.add(each.document, each.annotations, each.entries, each.quarantine)
                    writer.asked += each.asked
                meter.written(writers[0].counts)
                meter.tell()
    finally:
        await annotator.close()
    # Raised when everything that was answered is written; leaving the writers puts it in its place.
    if annotator.stopped is not None:
        raise annotator.stopped
