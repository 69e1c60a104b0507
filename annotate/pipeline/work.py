"""What a worker process does: read portions of the inputs and, with the lexicon, annotate them."""

from __future__ import annotations

import asyncio
import copy
import gc
import logging
import os
import pickle
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias

from pydantic import JsonValue

from annotate.annotator import Annotator
from annotate.documents.chunking import Chunker
from annotate.documents.decoding import codec_name
from annotate.documents.document import Document
from annotate.documents.portions import Piece, read_piece
from annotate.documents.readers.reader import Read
from annotate.errors import DocumentError, UsageError
from annotate.pipeline.finished import finished_documents
from annotate.project.settings import Settings
from annotate.project.tasks import Task, load_task
from annotate.runs.rows import DocumentRows

Outcome: TypeAlias = Read[Document] | Read[DocumentRows] | logging.LogRecord | Exception
"""What comes of a portion, in order: what was read, what was logged, what ends the run."""


@dataclass(frozen=True)
class Job:
    """What workers are told at their start.

    Attributes:
        lexicon: the identity of the baseline that annotates; {} where documents are only read.
        folder: the current folder.
        levels: of the loggers, by name: what is less is not logged.
    """

    settings: Settings
    lexicon: dict[str, JsonValue]
    folder: Path = field(default_factory=Path.cwd)
    levels: dict[str, int] = field(default_factory=lambda: _levels())
    collecting: tuple[int, int, int] = field(default_factory=gc.get_threshold)


def _levels() -> dict[str, int]:
    return {name: logging.getLogger(name).getEffectiveLevel() for name in ("", "annotate")}


class _Worker:
    """A process that has begun."""

    def __init__(self, job: Job) -> None:
        self.codec = codec_name(job.settings.encoding)
        self._task = load_task(job.settings.task)
        self._chunker = job.settings.chunker
        self._annotator = self._lexicon(job) if job.lexicon else None
        self._loop = asyncio.Runner()

    def _lexicon(self, job: Job) -> Annotator:
        from annotate.lexicon.annotator import lexicon_specification

        specification = lexicon_specification(self._task)
        if specification.identity != job.lexicon:
            raise UsageError(f"task {self._task.name} changed just now; run it again")
        return specification.open(None)

    def finished(self, read: Read[Document]) -> Read[Document] | Read[DocumentRows]:
        """Do with a document what can be done before any other is known."""
        if isinstance(read.found, DocumentError):
            return read
        if self._annotator is None:
            # What is found out when it is first asked for, so that the other process finds it.
            _ = read.found.sha256, read.found.languages
            return read
        rows = self._loop.run(_annotated(read.found, self._annotator, self._chunker, self._task))
        return Read(rows, read.source, read.label, read.name)


async def _annotated(
    document: Document, annotator: Annotator, chunker: Chunker, task: Task
) -> DocumentRows:
    async for [each] in finished_documents([document], annotator, chunker, task.schema):
        return each.rows()
    raise AssertionError("one document goes in, and one comes out")


_begun: list[Job] = []


def begin(job: Job) -> None:
    """Take over the surroundings of the process that started this one."""
    os.chdir(job.folder)
    gc.set_threshold(*job.collecting)
    for name, level in job.levels.items():
        logging.getLogger(name).setLevel(level)
    _begun.append(job)


@cache
def _worker() -> _Worker:
    return _Worker(_begun[-1])


def load() -> None:
    """Load what it takes to read and to annotate.

    Raises:
        AnnotateError: where it cannot be used.
    """
    _worker()


def read(pieces: Sequence[Piece]) -> list[Outcome]:
    """Return what comes of pieces; an error that ends the run is the last."""
    found: list[Outcome] = []
    with _logged(found.append):
        try:
            worker = _worker()
            for piece in pieces:
                for each in read_piece(piece, worker.codec):
                    found.append(worker.finished(each))
        except Exception as error:
            found.append(_portable(error))
    return found


def _portable(error: Exception) -> Exception:
    """Return an error as it arrives in another process, which learns where it was raised."""
    said = "".join(traceback.format_exception(error))
    try:
        error = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    except Exception:  # whatever the code of others raises
        return RuntimeError(said)
    error.add_note(f"in a worker:\n{said}")
    return error


@contextmanager
def _logged(take: Callable[[logging.LogRecord], None]) -> Iterator[None]:
    """Hand on what is logged meanwhile, as it can be sent to another process."""
    handler = _Records(take)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


class _Records(logging.Handler):
    def __init__(self, take: Callable[[logging.LogRecord], None]) -> None:
        super().__init__()
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        sent = copy.copy(record)
        sent.msg, sent.args = record.getMessage(), None
        if record.exc_info:  # the error itself might not arrive
            sent.exc_text = logging.Formatter().formatException(record.exc_info)
            sent.exc_info = None
        self._take(sent)
