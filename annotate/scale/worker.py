"""What a worker does with a portion: read it, annotate what is missing, keep it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from annotate.documents.decoding import codec_name
from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.errors import AnnotateError, DocumentError, OutputExists
from annotate.pipeline.finished import Finished, finished_documents
from annotate.pipeline.workers import KILLED
from annotate.project.tasks import load_task
from annotate.runs.parts import Parts
from annotate.scale.asking import RemoteAccountant
from annotate.scale.batch import Batch
from annotate.scale.done import Done
from annotate.scale.job import ScaleJob
from annotate.scale.part_writer import PartWriter, hashes_of_documents

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger("annotate")


class Worker:
    """A process that annotates: loads everything once, then takes portion after portion.

    Called with a batch of a dataset, it returns a row that says what it did.
    """

    def __init__(self, job: ScaleJob, actor: Any) -> None:
        with suppress(OSError):  # on another machine Ray says where the project is
            os.chdir(job.folder)
        self._job = job
        self._accountant = RemoteAccountant(actor)
        self._task = load_task(job.settings.task)
        self._annotator = job.annotator(self._task, self._accountant)
        self._writer = PartWriter(Parts.at(job.out), self._accountant, job.identity)
        self._codec = codec_name(job.settings.encoding)
        self._loop = asyncio.Runner()

    def __call__(self, table: pa.Table) -> pa.Table:
        """Do what is missing of a batch."""
        done = Done()
        try:
            self._check_stopped()
            self._do(Batch(table, self._job.columns, self._codec), done)
            self._check_stopped()
        except AnnotateError as error:
            done.ended_by(error)
        return done.table()

    def _check_stopped(self) -> None:
        if self._annotator.stopped is not None:
            raise self._annotator.stopped

    def _do(self, batch: Batch, done: Done) -> None:
        key = batch.key
        begun = self._accountant.call("begin", key)
        unread: list[DocumentError] = []
        if begun.one_by_one:
            finished = self._one_by_one(key, batch, begun.killers, unread)
        else:
            finished = self._annotated(self._missing(key, batch.reads(), unread), unread)
        for each in finished:
            done.count(each)
        self._writer.keep(key, finished, unread, self._annotator.identity)
        self._accountant.tell("done", key)

    def _missing(
        self, key: str, found: Iterable[Document | DocumentError], unread: list[DocumentError]
    ) -> list[Document]:
        """Return the documents that are not kept yet."""
        given = list(_documents(found, unread))
        standing = self._accountant.call("find", key, hashes_of_documents(given))
        if standing.edited.any():
            edited = [given[place].id for place in np.flatnonzero(standing.edited)[:5]]
            said = f"its documents changed, {standing.edited.sum()} edited: {', '.join(edited)}"
            raise OutputExists(Path(self._job.out), said)
        return [each for each, kept in zip(given, standing.kept, strict=True) if not kept]

    def _annotated(
        self, documents: Sequence[Document], unread: list[DocumentError]
    ) -> list[Finished]:
        """Annotate documents; one that breaks the annotator is found by halves."""
        try:
            return self._loop.run(self._finished(documents))
        except AnnotateError:
            raise
        except Exception as error:  # whatever a document makes the code of others raise
            if len(documents) > 1:
                half = len(documents) // 2
                first = self._annotated(documents[:half], unread)
                return first + self._annotated(documents[half:], unread)
            log.warning("%s cannot be annotated", shown(documents[0].id), exc_info=True)
            kind = type(error).__name__
            reason = f"breaks the annotator ({kind}); take it out, and report it"
            unread.append(DocumentError(shown(documents[0].id), reason))
            return []

    async def _finished(self, documents: Sequence[Document]) -> list[Finished]:
        settings, schema = self._job.settings, self._task.schema
        found: list[Finished] = []
        async for each in finished_documents(documents, self._annotator, settings.chunker, schema):
            found += each
        return found

    def _one_by_one(
        self, key: str, batch: Batch, killers: frozenset[int], unread: list[DocumentError]
    ) -> list[Finished]:
        """Do a portion with which workers died, so that it is known which piece did it."""
        finished: list[Finished] = []
        for place, (name, read) in enumerate(batch.apart()):
            if place in killers:
                unread.append(DocumentError(name, KILLED))
                continue
            self._accountant.call("trying", key, place)
            finished += self._annotated(self._missing(key, read(), unread), unread)
        self._accountant.call("trying", key, None)
        return finished


def _documents(
    found: Iterable[Document | DocumentError], unread: list[DocumentError]
) -> Iterator[Document]:
    for each in found:
        if isinstance(each, DocumentError):
            unread.append(each)
        else:
            yield each
