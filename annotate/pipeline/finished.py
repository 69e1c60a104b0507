"""What came of a document: the results of its chunks, merged."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Self

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.annotator import Annotator, ChunkResult
from annotate.documents.chunking import Chunker
from annotate.documents.document import Document
from annotate.grounding.merge import merge
from annotate.ledger import Entry
from annotate.pipeline.progress import Meter
from annotate.pipeline.scheduler import documents_in_order
from annotate.runs.rows import DocumentRows
from annotate.schema.categories import Schema


@dataclass(frozen=True, slots=True)
class Finished:
    """A document with all that came of it when it was read once.

    Attributes:
        annotations: merged, in text order.
        entries: the ledger's, one for each chunk, in order.
        quarantine: rows of what was answered and became no annotation.
        asked: answers that were not in the cache.
    """

    document: Document
    annotations: list[Annotation]
    entries: list[Entry]
    quarantine: list[dict[str, JsonValue]]
    asked: int

    @classmethod
    def of(cls, document: Document, results: Sequence[ChunkResult], schema: Schema) -> Self:
        """Merge what came of the chunks of a document, which are in order."""
        return cls(
            document,
            merge((each for result in results for each in result.annotations), schema),
            [result.entry for result in results],
            list(_quarantine(document, results)),
            sum(result.asked for result in results),
        )

    def rows(self) -> DocumentRows:
        """Return it as a run keeps it."""
        return DocumentRows.of(self.document, self.annotations, self.entries, self.quarantine)


async def finished_documents(
    documents: Iterable[Document],
    annotator: Annotator,
    chunker: Chunker,
    schema: Schema,
    repeats: int = 1,
    meter: Meter | None = None,
) -> AsyncGenerator[list[Finished], None]:
    """Annotate documents and yield them in order, each as often as it was read."""
    in_order = documents_in_order(documents, annotator, chunker, repeats, meter)
    async with aclosing(in_order):
        async for each in in_order:
            yield [Finished.of(each.document, results, schema) for results in each.results()]


def _quarantine(
    document: Document, results: Iterable[ChunkResult]
) -> Iterator[dict[str, JsonValue]]:
    for result in results:
        for rejected in result.rejected:
            yield {
                "document": document.id,
                "chunk": rejected.chunk,
                "kind": rejected.kind,
                "problems": list(rejected.problems),
                "item": rejected.item,
            }
