"""JSON Lines: one document per line, an object with "text" and perhaps "id"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotate.documents.decoding import Encoding, decode, find_encoding
from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.documents.provenance import Provenance
from annotate.documents.readers.reader import OnError, broken_off, document
from annotate.documents.sources import Source, check_size
from annotate.errors import DocumentError

_EXAMPLE = '{"id": "acme", "text": "…"}'


class _JsonLinesReader:
    """Reads one document per line; `id` defaults to the number of the line."""

    format = "jsonl"
    suffixes = (".jsonl",)
    library = ""

    def documents(self, source: Source, codec: str, on_error: OnError) -> Iterator[Document]:
        """Yield the document of every line that has one; a bad line goes to `on_error`."""
        seen: set[str] = set()
        empty = True
        for number, line in enumerate(source.lines(), start=1):
            if line.strip():
                empty = False
                encoding = find_encoding(line.rstrip(), codec)
                # Lines are parted at the byte of a line end, which in these is half a character.
                if encoding.codec.startswith(("utf-16", "utf-32")):
                    problem = f"JSON Lines cannot be {encoding.codec}; convert it to UTF-8"
                    raise DocumentError(source.name, problem)
                try:
                    with broken_off(f"{source.name}:{number}", self.format):
                        found = _document(source, number, line, encoding, seen)
                except DocumentError as error:
                    on_error(error)
                else:
                    yield found
        if empty:
            raise DocumentError(source.name, "holds no text; leave it out")


READER = _JsonLinesReader()


def _document(
    source: Source, number: int, line: bytes, encoding: Encoding, seen: set[str]
) -> Document:
    name = f"{source.name}:{number}"
    check_size(line, name)
    line = line.rstrip()
    row = _parse(decode(line, name, encoding.codec), name)
    label = row.get("id", number) if isinstance(row, dict) else None
    if label is None or not isinstance(label, str | int) or not isinstance(row.get("text"), str):
        raise DocumentError(name, f'needs an object with "text" and perhaps "id", as in {_EXAMPLE}')
    if str(label) in seen:
        raise DocumentError(name, f'repeats the id "{shown(str(label))}"; ids must differ')
    seen.add(str(label))
    metadata = {key: value for key, value in row.items() if key not in ("id", "text")}
    provenance = Provenance.of(source.file_name, line, encoding, metadata)
    return document(f"{source.id}#{label}", row["text"], READER.format, name, provenance)


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
