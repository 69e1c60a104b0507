"""A batch of a dataset, and the documents in it: rows, or what a portion of the inputs names."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.documents.readers.reader import Read
from annotate.errors import DocumentError
from annotate.pipeline.workers import distinct_reads
from annotate.scale.portions import Piece, apart, name_of_piece, read_portion_piece
from annotate.scale.rows import Columns, documents_in_table

if TYPE_CHECKING:
    import pyarrow as pa

PORTION = "portion"
"""The column of a dataset of portions."""


class Batch:
    """What Ray hands a worker at a time.

    Args:
        columns: those of a dataset of documents; None for one of portions.
        codec: for a file that does not tell its encoding.
    """

    def __init__(self, table: pa.Table, columns: Columns | None, codec: str) -> None:
        self._table = table
        self._columns = columns
        self._codec = codec

    @property
    def key(self) -> str:
        """What is the same where Ray has the same batch done again."""
        import pyarrow as pa

        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self._table.schema.remove_metadata()) as stream:
            stream.write_table(self._table.replace_schema_metadata(None).combine_chunks())
        return hashlib.blake2b(sink.getvalue(), digest_size=16).hexdigest()

    def reads(self) -> Iterator[Document | DocumentError]:
        """Yield the documents, and what cannot be read."""
        if self._columns is not None:
            yield from documents_in_table(self._table, self._columns)
            return
        reads = (r for piece in self._pieces() for r in read_portion_piece(piece, self._codec))
        yield from distinct_reads(reads, set())

    def apart(self) -> Iterator[tuple[str, Callable[[], Iterator[Document | DocumentError]]]]:
        """Yield the documents one by one: what each is called, and how it is read."""
        if self._columns is not None:
            for number, found in enumerate(documents_in_table(self._table, self._columns)):
                name = f"row {number}" if isinstance(found, DocumentError) else shown(found.id)
                yield name, _reading([Read(found)])
            return
        for piece in (one for each in self._pieces() for one in apart(each)):
            yield name_of_piece(piece), _reading(read_portion_piece(piece, self._codec))

    def _pieces(self) -> Iterator[Piece]:
        for portion in self._table.column(PORTION).to_pylist():
            yield from pickle.loads(portion)  # noqa: S301 (our own)


def _reading(reads: Iterable[Read[Any]]) -> Callable[[], Iterator[Document | DocumentError]]:
    return lambda: distinct_reads(reads, set())
