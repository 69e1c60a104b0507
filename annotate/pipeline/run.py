"""From inputs to a run folder: read, segment, chunk, annotate, ground, merge, write.

Asynchronous inside, one blocking entry on the outside (`run`), which works in a notebook too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.annotator import Annotator, ChunkResult
from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.documents.segmentation import segment
from annotate.errors import DocumentError, UsageError
from annotate.grounding.merge import merge
from annotate.lexicon.annotator import LexiconAnnotator
from annotate.lexicon.lexicon import Lexicon
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.scheduler import documents_in_order
from annotate.project.settings import LEXICON, Settings, resolve_settings
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from annotate.schema.categories import Schema
from annotate.version import version

if TYPE_CHECKING:
    pass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; cost in US dollars."""

    documents: int
    characters: int
    annotations: int
    cost: float


def run(
    inputs: str | Path | Sequence[str | Path],
    *,
    out: str | Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> Run:
    """Annotate files, folders, globs or "-" into a run folder, and return the run.

    Keyword arguments are the settings of `annotate run`, with underscores (`task`, `model`,
    `prompt`, `chunk_size`, `max_cost`, …); without a `model` the offline baseline annotates. The
    same call again resumes or repeats the run: what was answered comes from the cache, and the same
    answers give the same bytes. A folder that holds another run is refused. With `repeat` K the
    samples are siblings, `<out>-1` to `<out>-K`, and the first is returned.

    Raises:
        UsageError: for inputs or settings that cannot be used, before anything is written.
        Stopped: where the endpoint or a cap ended the run early; what was answered is kept.
    """
    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not paths:
        raise UsageError("no input is named; give a file, a folder or a glob")
    resolved = resolve_settings(settings)
    task = load_task(resolved.task)
    folder = Path(out) if out is not None else default_folder(paths, resolved)
    many = resolved.repeat > 1 and resolved.model is not None
    folders = (
        [folder.with_name(f"{folder.name}-{i + 1}") for i in range(resolved.repeat)]
        if many
        else [folder]
    )
    if resolved.model is None:
        identity, make = _baseline(task)
    else:
        from annotate.llm.factory import language_model

        identity, make = language_model(task, resolved, folder)
    named: dict[str, JsonValue] = {
        "task": task.name,
        "schema": task.schema.fingerprint,
        **identity,
        "chunk_size": resolved.chunk_size,
        "encoding": resolved.encoding,
        "inputs": [str(each) for each in paths],
    }
    writers = [
        RunWriter(each, {**named, "repeat": number}, version())
        for number, each in enumerate(folders)
    ]
    run_blocking(lambda: _run(paths, task.schema, make, resolved, writers, on_progress))
    return Run(folders[0])


def annotate_text(
    text: str, *, task: str | None = None, chunk_size: int | None = None
) -> list[Annotation]:
    """Annotate one text in memory with the offline baseline; annotations come in text order."""
    resolved = resolve_settings({"task": task, "chunk_size": chunk_size})
    loaded = load_task(resolved.task)
    _, make = _baseline(loaded)

    async def outcomes() -> list[ChunkResult]:
        segmentation = segment(text)
        annotator = make()
        return [
            await annotator.annotate(each, segmentation, "text", 0)
            for each in resolved.chunker(segmentation)
        ]

    found = run_blocking(outcomes)
    return merge((a for outcome in found for a in outcome.annotations), loaded.schema)


def default_folder(inputs: Sequence[str | Path], settings: Settings) -> Path:
    """Return `runs/<task>-<model>-<input>`, with the prompt before the model where one is used."""
    name = Path(inputs[0]).resolve().name if str(inputs[0]) != "-" else "stdin"
    who = f"{settings.prompt}-{settings.model}" if settings.model else LEXICON
    more = f"-and-{len(inputs) - 1}-more" if len(inputs) > 1 else ""
    return Path("runs") / f"{settings.task}-{_safe(who)}-{_safe(name)}{more}"


def _safe(name: str) -> str:
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in name).strip(".-")
    return safe[:60] or "input"


def _baseline(task: Task) -> tuple[dict[str, JsonValue], Callable[[], Annotator]]:
    """Return what identifies the baseline of a task, and how to make it."""
    if task.lexicon is None:
        raise UsageError(
            f"task {task.name} has no lexicon for the offline baseline; "
            f"write schemas/{task.name}.lexicon.toml, or name a --model"
        )
    lexicon = Lexicon.load(task.lexicon, task.schema)
    fingerprint = hashlib.sha256(task.lexicon.read_bytes()).hexdigest()
    return {"model": LEXICON, "lexicon": fingerprint}, lambda: LexiconAnnotator(
        lexicon, task.schema
    )


async def _run(
    inputs: Sequence[str | Path],
    schema: Schema,
    make: Callable[[], Annotator],
    settings: Settings,
    writers: Sequence[RunWriter],
    on_progress: Callable[[Progress], None] | None,
) -> None:
    with ExitStack() as stack:
        for writer in writers:
            stack.enter_context(writer)
        annotator = make()

        def unreadable(error: DocumentError) -> None:
            for writer in writers:
                writer.add_unreadable(error)

        documents = read_documents(inputs, encoding=settings.encoding, on_error=unreadable)
        try:
            read = documents_in_order(documents, annotator, settings.chunker, _repeats(settings))
            async with aclosing(read):
                async for reading in read:
                    for writer, tasks in zip(writers, reading.outcomes, strict=True):
                        _write(writer, schema, reading.document, [task.result() for task in tasks])
                    if on_progress is not None:
                        on_progress(_progress(writers))
        finally:
            await annotator.close()
        if annotator.stopped is not None:
            raise annotator.stopped


def _repeats(settings: Settings) -> int:
    """Return how often each chunk is read: the baseline says the same each time."""
    return settings.repeat if settings.model is not None else 1


def _write(
    writer: RunWriter, schema: Schema, document: Document, outcomes: Sequence[ChunkResult]
) -> None:
    merged = merge((a for outcome in outcomes for a in outcome.annotations), schema)
    entries = (outcome.entry for outcome in outcomes)
    writer.add(document, merged, entries, _quarantine(document, outcomes))


def _quarantine(
    document: Document, outcomes: Iterable[ChunkResult]
) -> Iterator[dict[str, JsonValue]]:
    for outcome in outcomes:
        for rejected in outcome.rejected:
            yield {
                "document": document.id,
                "chunk": rejected.chunk,
                "kind": rejected.kind,
                "problems": list(rejected.problems),
                "item": rejected.item,
            }


def _progress(writers: Sequence[RunWriter]) -> Progress:
    counts = writers[0].counts
    return Progress(
        counts["documents"],
        counts["characters"],
        counts["annotations"],
        sum(writer.usage["cost"] or 0.0 for writer in writers),
    )
