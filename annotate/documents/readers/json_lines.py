"""JSON Lines: one document per line, an object with "text" and perhaps "id"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from annotate.documents.decoding import Encoding, decode, find_encoding
from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.documents.provenance import Provenance
from annotate.documents.readers.reader import Found, OnError, Read, broken_off, document
from annotate.documents.sources import Source, check_size
from annotate.errors import DocumentError

_EXAMPLE = '{"id": "acme", "text": "…"}'


class Line(NamedTuple):
    """A line that is not blank; they are numbered from 1."""

    source: Source
    number: int
    data: bytes

    @property
    def name(self) -> str:
        """File and number, safe to print."""
        return f"{self.source.name}:{self.number}"


class Ids:
    """Tells the ids of one file apart."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def distinct(self, read: Read[Found]) -> Found | DocumentError:
        """Return what was read of a line, the error of one whose id an earlier one has."""
        if read.label is None:
            return read.found
        if read.label in self._seen:
            said = f'repeats the id "{shown(read.label)}"; ids must differ'
            return DocumentError(read.name, said)
        self._seen.add(read.label)
        return read.found


class _JsonLinesReader:
    """Reads one document per line; `id` defaults to the number of the line."""

    format = "jsonl"
    suffixes = (".jsonl",)
    library = ""

    def documents(self, source: Source, codec: str, on_error: OnError) -> Iterator[Document]:
        """Yield the document of every line that has one; a bad line goes to `on_error`."""
        ids = Ids()
        for line in lines_of(source):
            read = read_line(line, codec)
            found = ids.distinct(read)
            if not isinstance(found, DocumentError):
                yield found
            elif read.last:
                raise found
            else:
                on_error(found)


READER = _JsonLinesReader()


def lines_of(source: Source) -> Iterator[Line]:
    """Yield the lines of a file.

    Raises:
        DocumentError: where the file cannot be read, or all of its lines are blank.
    """
    empty = True
    for number, data in enumerate(source.lines(), start=1):
        if data.strip():
            empty = False
            yield Line(source, number, data)
    if empty:
        raise DocumentError(source.name, "holds no text; leave it out")


def read_line(line: Line, codec: str) -> Read[Document]:
    """Return the document of a line, whatever the ids of others."""
    encoding = find_encoding(line.data.rstrip(), codec)
    # Lines are parted at the byte of a line end, which in these is half a character.
    if encoding.codec.startswith(("utf-16", "utf-32")):
        problem = f"JSON Lines cannot be {encoding.codec}; convert it to UTF-8"
        error = DocumentError(line.source.name, problem)
        return Read(error, line.source.id, name=line.name, last=True)
    label = None
    try:
        with broken_off(line.name, READER.format):
            row, label = _row(line, encoding)
            found: Document | DocumentError = _document(line, row, label, encoding)
    except DocumentError as error:
        found = error
    return Read(found, line.source.id, label, line.name)


def _row(line: Line, encoding: Encoding) -> tuple[dict[str, Any], str]:
    check_size(line.data, line.name)
    row = _parse(decode(line.data.rstrip(), line.name, encoding.codec), line.name)
    label = row.get("id", line.number) if isinstance(row, dict) else None
    if label is None or not isinstance(label, str | int) or not isinstance(row.get("text"), str):
        said = f'needs an object with "text" and perhaps "id", as in {_EXAMPLE}'
        raise DocumentError(line.name, said)
    return row, str(label)


def _document(line: Line, row: Mapping[str, Any], label: str, encoding: Encoding) -> Document:
    metadata = {key: value for key, value in row.items() if key not in ("id", "text")}
    provenance = Provenance.of(line.source.file_name, line.data.rstrip(), encoding, metadata)
    return document(f"{line.source.id}#{label}", row["text"], READER.format, line.name, provenance)


def _parse(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError(
            name, f"is not JSON ({error.msg}, column {error.colno}); write {_EXAMPLE}"
        ) from None
    except (RecursionError, ValueError):  # a number of thousands of digits is a ValueError
        raise DocumentError(
            name, "is JSON beyond what is read (nesting, numbers); simplify it"
        ) from None
