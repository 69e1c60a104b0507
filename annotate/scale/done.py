"""What a worker says of a batch when it is done: one row, by which progress is shown."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotate.errors import AnnotateError
from annotate.pipeline.finished import Finished

if TYPE_CHECKING:
    import pyarrow as pa

COUNTED = ("documents", "characters", "annotations", "chunks", "asked")


@dataclass
class Done:
    """What came of a batch.

    Attributes:
        asked: answers that were not in the cache.
        error: what ended the work, pickled.
    """

    documents: int = 0
    characters: int = 0
    annotations: int = 0
    chunks: int = 0
    asked: int = 0
    error: bytes | None = None

    def count(self, each: Finished) -> None:
        """Count a document."""
        self.documents += 1
        self.characters += len(each.document.text)
        self.annotations += len(each.annotations)
        self.chunks += len(each.entries)
        self.asked += each.asked

    def ended_by(self, error: AnnotateError) -> None:
        """Hear why no more is done."""
        self.error = pickle.dumps(error)

    def table(self) -> pa.Table:
        """Return the row."""
        import pyarrow as pa

        fields = [(name, pa.int64()) for name in COUNTED]
        return pa.Table.from_pylist(
            [vars(self)], schema=pa.schema([*fields, ("error", pa.binary())])
        )
