"""Rows of a dataset as documents: the same ones that `annotate.annotate` makes of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from annotate.data.documents import documents_in
from annotate.documents.document import Document
from annotate.errors import DocumentError, UsageError
from annotate.schema.spelling import there_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa


class Columns(NamedTuple):
    """The columns that hold text and id; what stands in others is metadata."""

    text: str
    id: str

    def check(self, names: Sequence[str]) -> None:
        """Refuse a dataset without these columns.

        Raises:
            UsageError: naming the column.
        """
        for each in self:
            if each not in names:
                raise UsageError(
                    f"the dataset has no column {each!r}, {there_is(each, names)}; every row needs "
                    "an id of its own, since rows of a dataset have no numbers"
                )


def documents_in_table(table: pa.Table, columns: Columns) -> Iterator[Document | DocumentError]:
    """Yield the documents of rows, and the error of a row that is none."""
    errors: list[DocumentError] = []
    for each in documents_in(table, text=columns.text, id=columns.id, on_error=errors.append):
        yield from errors
        errors.clear()
        yield each
    yield from errors
