"""Data as documents: one for each text, row or document, in order, read when it is its turn.

A row is called by its number, from 0, as in the sequence or table that it stands in. Its text is
taken as it is, to the character: offsets hold in the caller's own string. What stands beside text
and id is metadata, as beside those of a row of JSON Lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import JsonValue

from annotate.data.rows import is_missing, rows_of
from annotate.data.values import json_value
from annotate.documents.document import Document
from annotate.documents.given import distinct
from annotate.documents.provenance import Provenance
from annotate.documents.readers.reader import OnError, check_text, document
from annotate.errors import DocumentError

ID = "id"
"""The column of ids, where there is one; another has to be there where it is named."""
_CALLED = "row"


def documents_in(
    data: object, *, text: str = "text", id: str = ID, on_error: OnError
) -> Iterator[Document]:
    """Return the documents of data, as `annotate.data.annotate.annotate` takes it.

    A row that is none goes to `on_error`, and the others follow.

    Raises:
        UsageError: at once, for data that cannot be read, or a table without these columns.
        MissingExtra: where it takes a package that is not installed.
    """
    required = (text,) if id == ID else (text, id)
    return distinct(_read(rows_of(data, text, required), text, id), on_error, _CALLED)


def _read(rows: Iterable[object], text: str, id: str) -> Iterator[Document | DocumentError]:
    for number, row in enumerate(rows):
        try:
            yield _document(row, number, text, id)
        except DocumentError as error:
            yield error


def _document(row: object, number: int, text: str, id: str) -> Document:
    name = f"{_CALLED} {number}"
    if isinstance(row, Document):
        check_text(row.text, name)
        return row
    if isinstance(row, Mapping):
        metadata = _metadata(row, (text, id), name)
        return _of_text(row.get(text), _label(row, id, number, name), name, text, metadata)
    return _of_text(row, str(number), name, text, {})


def _of_text(
    value: object, label: str, name: str, text: str, metadata: Mapping[str, JsonValue]
) -> Document:
    if is_missing(value):
        raise DocumentError(name, "has no text; leave it out")
    if not isinstance(value, str):
        kind = type(value).__name__
        reason = f'is of type {kind}; needs a text, a Document or a row with "{text}"'
        raise DocumentError(name, reason)
    return document(label, str(value), "text", name, Provenance(metadata=metadata))


def _label(row: Mapping[Any, Any], id: str, number: int, name: str) -> str:
    if id not in row and id == ID:
        return str(number)
    label = json_value(row.get(id), id, name)
    if not isinstance(label, str | int):
        what = "no id" if label is None else f"an id of type {type(label).__name__}"
        raise DocumentError(name, f'has {what} in "{id}"; needs a text or a whole number')
    return str(label)


def _metadata(row: Mapping[Any, Any], leaving: tuple[str, ...], name: str) -> dict[str, JsonValue]:
    return {
        str(column): json_value(value, str(column), name)
        for column, value in row.items()
        if column not in leaving
    }
