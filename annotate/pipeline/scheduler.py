"""Annotate the chunks of many documents, several at a time, and hand the documents on in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable

from annotate.annotator import Annotator, ChunkResult
from annotate.documents.chunking import Chunk, Chunker
from annotate.documents.document import Document
from annotate.ledger import Entry

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
    ) -> None:
        self.document = document
        self.tasks = [task for tasks in repeats for task in tasks]
        self.open = len(self.tasks)
        self._repeats = repeats
        self._chunk_finished = chunk_finished
        for task in self.tasks:
            task.add_done_callback(self._one_less)

    def results(self) -> list[list[ChunkResult]]:
        """Return what came of the chunks, in order, for each repeat; all must be finished."""
        return [[task.result() for task in tasks] for tasks in self._repeats]

    def _one_less(self, _: asyncio.Task[ChunkResult]) -> None:
        self.open -= 1
        self._chunk_finished.set()


async def documents_in_order(
    documents: Iterable[Document], annotator: Annotator, chunker: Chunker, repeats: int
) -> AsyncGenerator[DocumentInProgress, None]:
    """Yield documents in order, each when its chunks are annotated so many times.

    The next document is begun as soon as fewer chunks are under way than are worth having there: a
    slow one holds up what is yielded, not what is read. How far reading runs ahead is bounded.
    """
    under_way: deque[DocumentInProgress] = deque()
    chunk_finished = asyncio.Event()
    more = iter(documents)

    def has_room() -> bool:
        open_ = sum(each.open for each in under_way)
        ahead = sum(len(each.tasks) for each in under_way)
        # The second bound is for memory: any number of documents could pile up behind a slow chunk.
        return open_ < annotator.at_once and ahead < _FARTHEST * annotator.at_once

    try:
        while True:
            if under_way and not under_way[0].open:
                yield under_way.popleft()
            elif has_room() and (document := next(more, None)) is not None:
                tasks = _start(document, annotator, chunker, repeats)
                under_way.append(DocumentInProgress(document, tasks, chunk_finished))
            elif under_way:
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
    document: Document, annotator: Annotator, chunker: Chunker, repeats: int
) -> list[list[asyncio.Task[ChunkResult]]]:
    """Begin to annotate every chunk of a document, once for every repeat."""
    segmentation = document.segmentation
    chunks = chunker(segmentation)
    return [
        [
            asyncio.ensure_future(
                _left_out(each, document.id)
                if each.furniture
                else annotator.annotate(each, segmentation, document.id, number)
            )
            for each in chunks
        ]
        for number in range(repeats)
    ]


async def _left_out(chunk: Chunk, document: str) -> ChunkResult:
    """Return what comes of a chunk that stands around the text: nothing, and why."""
    entry = Entry(document, chunk.index, chunk.start, chunk.end, "furniture", note=chunk.furniture)
    return ChunkResult(entry, [], [])
