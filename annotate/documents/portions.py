"""What several processes share of inputs: portions that one of them reads at a time.

A portion is made of pieces: a file, a line of a JSON Lines file, a document, or the error of what
cannot be read at all. Lines come with their bytes: a large file is read once, and not by every
process.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.documents.given import given_documents
from annotate.documents.readers import json_lines
from annotate.documents.readers.json_lines import Line, lines_of, read_line
from annotate.documents.readers.reader import OnError, Read
from annotate.documents.readers.registry import reader_for
from annotate.documents.reading import Inputs, read_source
from annotate.documents.sources import Source
from annotate.errors import DocumentError

Piece: TypeAlias = Source | Line | Document | DocumentError

_BYTES = 64 * 1024  # a third of a second of work, next to which handing it over is nothing
_PIECES = 256  # many empty files are no more than that


class Portion(tuple[Piece, ...]):
    """Pieces that one process reads at a time, in order."""

    __slots__ = ()

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(map(_size, self))


def portions(pieces: Iterable[Piece]) -> Iterator[Portion]:
    """Yield pieces in order, put together to portions."""
    gathered: list[Piece] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += _size(piece)
        if size >= _BYTES or len(gathered) == _PIECES:
            yield Portion(gathered)
            gathered, size = [], 0
    if gathered:
        yield Portion(gathered)


def pieces_of(found: Inputs | Iterable[object], ended: Container[str]) -> Iterator[Piece]:
    """Yield the pieces of inputs, or of documents that are given; standard input is read here.

    `ended` may grow meanwhile: ids of sources of which no further line is read.
    """
    if isinstance(found, Inputs):
        return _pieces(found, ended)
    return _with_errors(lambda on_error: given_documents(found, on_error))


def read_piece(piece: Piece, codec: str) -> Iterator[Read[Document]]:
    """Yield what is read of a piece; `codec` is for a file that does not tell its encoding."""
    if isinstance(piece, Line):
        yield read_line(piece, codec)
    elif isinstance(piece, Source):
        yield from map(Read, _with_errors(lambda on_error: read_source(piece, codec, on_error)))
    else:
        yield Read(piece)


def name_of(piece: Piece) -> str:
    """Return what messages call a piece."""
    if isinstance(piece, DocumentError):
        return piece.source
    return shown(piece.id) if isinstance(piece, Document) else piece.name


def _with_errors(
    read: Callable[[OnError], Iterator[Document]],
) -> Iterator[Document | DocumentError]:
    """Yield documents, and between them the errors of what cannot be read."""
    errors: list[DocumentError] = []
    for document in read(errors.append):
        yield from errors
        errors.clear()
        yield document
    yield from errors


def _pieces(inputs: Inputs, ended: Container[str]) -> Iterator[Piece]:
    for source in inputs.sources:
        try:
            if source in inputs.refused:
                raise DocumentError(source.name, inputs.refused[source])
            if source.path is None:
                yield replace(source, data=source.read())
            elif reader_for(source) is json_lines.READER:
                yield from _lines(source, ended)
            else:
                yield source
        except DocumentError as error:
            yield error


def _lines(source: Source, ended: Container[str]) -> Iterator[Line]:
    for line in lines_of(source):
        if source.id in ended:
            return
        yield line


def _size(piece: Piece) -> int:
    if isinstance(piece, Source):
        return piece.size
    if isinstance(piece, Line):
        return len(piece.data)
    return len(piece.text) if isinstance(piece, Document) else 0
