"""Annotate the chunks of many documents, several at a time, and hand the documents on in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Sequence

from annotate.annotator import Annotator, ChunkResult
from annotate.documents.chunking import Chunk, Chunker
from annotate.documents.document import Document
from annotate.ledger import Entry
from annotate.pipeline.progress import Meter

_READ_AHEAD = 4_000_000  # characters: all of some hundred policies, and little memory
_FARTHEST = 16  # times as many chunks as are worth having under way may wait to be written


class DocumentInProgress:
    """A document whose chunks are being annotated, once for every repeat.

    Attributes:
        tasks: one for each chunk and repeat.
        open: how many of them are not finished.
    """

    def __init__(
        self,
        document: Document,
        repeats: list[list[asyncio.Task[ChunkResult]]],
        chunk_finished: asyncio.Event,
        meter: Meter,
    ) -> None:
        self.document = document
        self.tasks = [task for tasks in repeats for task in tasks]
        self.open = len(self.tasks)
        self._repeats = repeats
        self._chunk_finished = chunk_finished
        self._meter = meter
        for task in self.tasks:
            task.add_done_callback(self._one_less)

    def results(self) -> list[list[ChunkResult]]:
        """Return what came of the chunks, in order, for each repeat; all must be finished."""
        return [[task.result() for task in tasks] for tasks in self._repeats]

    def _one_less(self, task: asyncio.Task[ChunkResult]) -> None:
        self.open -= 1
        if not task.cancelled() and task.exception() is None:
            self._meter.finished(task.result())
        self._chunk_finished.set()


class _Reading:
    """The documents of a run, of which some are read before their turn.

    So it is known how many chunks there are, while answers are waited for.
    """

    def __init__(
        self, documents: Iterable[Document], chunker: Chunker, repeats: int, meter: Meter
    ) -> None:
        self._more = iter(documents)
        self._chunker = chunker
        self._repeats = repeats
        self._meter = meter
        self._read: deque[tuple[Document, list[Chunk]]] = deque()
        self._characters = 0
        self._ended = False

    def next(self) -> tuple[Document, list[Chunk]] | None:
        """Return the next document with its chunks, None where there is none."""
        if not self._read:
            self._read_one()
        if not self._read:
            return None
        document, chunks = self._read.popleft()
        self._characters -= len(document.text)
        return document, chunks

    def ahead(self) -> bool:
        """Read one more before its turn; False where there is none, or enough is read."""
        return self._characters < _READ_AHEAD and self._read_one()

    def _read_one(self) -> bool:
        if self._ended:
            return False
        document = next(self._more, None)
        if document is None:
            self._ended = True
            self._meter.all_read()
            return False
        chunks = self._chunker(document.segmentation)
        self._read.append((document, chunks))
        self._characters += len(document.text)
        self._meter.read(len(chunks) * self._repeats)
        return True


async def documents_in_order(
    documents: Iterable[Document],
    annotator: Annotator,
    chunker: Chunker,
    repeats: int,
    meter: Meter | None = None,
) -> AsyncGenerator[DocumentInProgress, None]:
    """Yield documents in order, each when its chunks are annotated so many times.

    The next document is begun as soon as fewer chunks are under way than are worth having there: a
    slow one holds up what is yielded, not what is read. How far reading runs ahead is bounded. The
    `meter` counts chunks, and tells of them from here.
    """
    meter = meter or Meter()
    under_way: deque[DocumentInProgress] = deque()
    chunk_finished = asyncio.Event()
    reading = _Reading(documents, chunker, repeats, meter)
    at_work = asyncio.Semaphore(annotator.at_once)

    def has_room() -> bool:
        open_ = sum(each.open for each in under_way)
        ahead = sum(len(each.tasks) for each in under_way)
        # The second bound is for memory: any number of documents could pile up behind a slow chunk.
        return open_ < annotator.at_once and ahead < _FARTHEST * annotator.at_once

    try:
        while True:
            if under_way and not under_way[0].open:
                yield under_way.popleft()
            elif has_room() and (following := reading.next()) is not None:
                document, chunks = following
                tasks = _start(document, chunks, annotator, at_work, repeats)
                under_way.append(DocumentInProgress(document, tasks, chunk_finished, meter))
            elif under_way and reading.ahead():
                await asyncio.sleep(0)  # whoever waits for an answer goes on between two documents
            elif under_way:
                meter.tell()
                chunk_finished.clear()
                await chunk_finished.wait()
            else:
                return
    finally:  # the consumer failed or was interrupted: nothing goes on behind its back
        left = [task for each in under_way for task in each.tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _start(
    document: Document,
    chunks: Sequence[Chunk],
    annotator: Annotator,
    at_work: asyncio.Semaphore,
    repeats: int,
) -> list[list[asyncio.Task[ChunkResult]]]:
    """Begin to annotate every chunk of a document, once for every repeat."""

    async def annotate(chunk: Chunk, repeat: int) -> ChunkResult:
        if chunk.furniture:
            return _left_out(chunk, document.id)
        async with at_work:  # bounds how many requests stand written in memory
            await asyncio.sleep(0)  # what never waits would else leave nobody a turn
            return await annotator.annotate(chunk, document.segmentation, document.id, repeat)

    return [
        [asyncio.ensure_future(annotate(each, number)) for each in chunks]
        for number in range(repeats)
    ]


def _left_out(chunk: Chunk, document: str) -> ChunkResult:
    """Return what comes of a chunk that stands around the text: nothing, and why."""
    entry = Entry(document, chunk.index, chunk.start, chunk.end, "furniture", note=chunk.furniture)
    return ChunkResult(entry, [], [])
