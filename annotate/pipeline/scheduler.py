"""Read the chunks of many documents, several at a time, and hand the documents on in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable

from annotate.annotator import Annotator, ChunkResult
from annotate.documents.chunking import Chunker
from annotate.documents.document import Document
from annotate.documents.segmentation import segment

_FARTHEST = 16  # times as many chunks as are worth having under way may wait to be written


class DocumentInProgress:
    """A document whose chunks are being read, once for every repeat.

    Attributes:
        open: chunks that are not read yet.
    """

    def __init__(
        self,
        document: Document,
        outcomes: list[list[asyncio.Task[ChunkResult]]],
        done: asyncio.Event,
    ) -> None:
        self.document = document
        self.outcomes = outcomes
        self.tasks = [task for tasks in outcomes for task in tasks]
        self.open = len(self.tasks)
        self._done = done
        for task in self.tasks:
            task.add_done_callback(self._one_less)

    def _one_less(self, _: asyncio.Task[ChunkResult]) -> None:
        self.open -= 1
        self._done.set()


async def documents_in_order(
    documents: Iterable[Document], annotator: Annotator, chunker: Chunker, repeats: int
) -> AsyncGenerator[DocumentInProgress, None]:
    """Yield documents in order, each when its chunks are read so many times.

    The next document is begun as soon as fewer chunks are under way than are worth having there: a
    slow one holds up what is yielded, not what is read. How far reading runs ahead is bounded.
    """
    under_way: deque[DocumentInProgress] = deque()
    done = asyncio.Event()
    more = iter(documents)

    def has_room() -> bool:
        open_ = sum(each.open for each in under_way)
        ahead = sum(len(each.tasks) for each in under_way)
        return open_ < annotator.at_once and ahead < _FARTHEST * annotator.at_once

    try:
        while True:
            if under_way and not under_way[0].open:
                yield under_way.popleft()
            elif has_room() and (document := next(more, None)) is not None:
                tasks = _start(document, annotator, chunker, repeats)
                under_way.append(DocumentInProgress(document, tasks, done))
            elif under_way:
                done.clear()
                await done.wait()
            else:
                return
    finally:
        left = [task for reading in under_way for task in reading.tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _start(
    document: Document, annotator: Annotator, chunker: Chunker, repeats: int
) -> list[list[asyncio.Task[ChunkResult]]]:
    """Begin to read every chunk of a document, once for every repeat."""
    segmentation = segment(document.text)
    chunks = chunker(segmentation)
    return [
        [
            asyncio.ensure_future(annotator.annotate(each, segmentation, document.id, number))
            for each in chunks
        ]
        for number in range(repeats)
    ]
