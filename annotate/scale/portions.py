"""Inputs as portions that one worker reads at a time: files, and stretches of JSON Lines files.

Nothing is read of a file here but where its lines end, so that each line has the number that it has
for one process. A worker reads the bytes, from a disk that it shares with the others or from an
object store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, TypeAlias

from annotate.documents.document import Document
from annotate.documents.portions import read_piece
from annotate.documents.readers import json_lines
from annotate.documents.readers.json_lines import Line, read_line
from annotate.documents.readers.reader import Read
from annotate.documents.readers.registry import by_suffix, reader_for
from annotate.documents.reading import Inputs
from annotate.documents.sources import MAX_BYTES, Source, check_size
from annotate.errors import DocumentError, UsageError

LEAST = 64 * 1024
MOST = 4 * 1024 * 1024
"""Bytes of a portion: some seconds of work, and what is done again where a worker dies."""

_FILES = 1_000  # of a portion, however small they are
_BLOCK = 1 << 20
_PORTIONS = 4  # for each worker, so that none waits long for the last one


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of a JSON Lines file.

    Attributes:
        start, size: in bytes.
        first: number of the first line, from 1.
        whole: whether these are all lines of the file.
    """

    source: Source
    start: int
    size: int
    first: int
    whole: bool = False


class Place(NamedTuple):
    """Where a file stands in an object store.

    Attributes:
        address: that was given, of the file or of a folder above it; it may say how the store is
            reached (`s3://bucket/in?region=…`), so that none is made of it for the file.
        path: of the file, in the file system at the address.
    """

    address: str
    path: str

    def open(self) -> Any:
        """Open the file for reading."""
        from pyarrow import fs

        return fs.FileSystem.from_uri(self.address)[0].open_input_file(self.path)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file, or some lines of one, in an object store.

    Attributes:
        place: of the file.
    """

    place: Place
    piece: Source | Stretch


Piece: TypeAlias = Source | Stretch | Remote | DocumentError
Portion: TypeAlias = tuple[Piece, ...]


def portions_of(inputs: Inputs, workers: int) -> Iterator[Portion]:
    """Yield the portions of files on a disk, in order."""
    sizes = [source.size for source in inputs.sources]
    most = _portion_size(sum(sizes), workers)
    yield from _gathered(_pieces_on_disk(inputs, most), most)


def portions_at(addresses: Sequence[str], workers: int) -> Iterator[Portion]:
    """Yield the portions of files in an object store: those that are named, or below a folder.

    Raises:
        UsageError: where an address cannot be used, or names nothing that can be read.
    """
    files = [each for address in addresses for each in _files_at(address)]
    most = _portion_size(sum(size for _, _, size in files), workers)
    yield from _gathered(_pieces_at(files, most), most)


def read_portion_piece(piece: Piece, codec: str) -> Iterator[Read[Document]]:
    """Yield what is read of a piece; `codec` is for a file that does not tell its encoding."""
    try:
        if isinstance(piece, Remote):
            yield from _read_at(piece, codec)
        elif isinstance(piece, Stretch):
            yield from _read_lines(piece, codec)
        else:
            yield from read_piece(piece, codec)
    except DocumentError as error:
        yield Read(error)


def name_of_piece(piece: Piece) -> str:
    """Return what messages call a piece."""
    if isinstance(piece, Remote):
        return name_of_piece(piece.piece)
    if isinstance(piece, Stretch):
        return f"{piece.source.name}:{piece.first}"
    return piece.source if isinstance(piece, DocumentError) else piece.name


def apart(piece: Piece) -> Iterator[Piece]:
    """Yield the lines of a stretch, each as a piece of its own; any other piece as it is."""
    inner = piece.piece if isinstance(piece, Remote) else piece
    if not isinstance(inner, Stretch):
        yield piece
        return
    place = piece.place if isinstance(piece, Remote) else None
    start = inner.start
    for number, data in enumerate(_lines(inner, place), start=inner.first):
        if data.strip():
            line = replace(inner, start=start, size=len(data), first=number, whole=False)
            yield Remote(place, line) if place is not None else line
        start += len(data)


# ---- Which there are ----


def _portion_size(total: int, workers: int) -> int:
    return min(max(total // (workers * _PORTIONS), LEAST), MOST)


def _pieces_on_disk(inputs: Inputs, most: int) -> Iterator[tuple[Piece, int]]:
    for source in inputs.sources:
        try:
            if source in inputs.refused:
                raise DocumentError(source.name, inputs.refused[source])
            if source.path is None:
                data = source.read()
                yield replace(source, data=data), len(data)
            elif reader_for(source) is json_lines.READER:
                with source.path.open("rb") as file:
                    yield from ((each, each.size) for each in _stretches(source, file, most))
            else:
                yield source, source.size
        except DocumentError as error:
            yield error, 0
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); check its name and its rights"
            yield DocumentError(source.name, reason), 0


def _stretches(source: Source, file: IO[bytes], most: int) -> Iterator[Stretch]:
    """Yield the lines of a file in stretches of about so many bytes."""
    start = at = 0
    first, lines = 1, 0
    while block := file.read(_BLOCK):
        last = block.rfind(b"\n") + 1
        lines += block.count(b"\n")
        if last and at + last - start >= most:
            yield Stretch(source, start, at + last - start, first)
            start, first = at + last, 1 + lines
        at += len(block)
    if at > start or not at:
        yield Stretch(source, start, at - start, first, whole=not start)


def _gathered(pieces: Iterator[tuple[Piece, int]], most: int) -> Iterator[Portion]:
    gathered: list[Piece] = []
    size = 0
    for piece, bytes_ in pieces:
        gathered.append(piece)
        size += bytes_
        if size >= most or len(gathered) >= _FILES:
            yield tuple(gathered)
            gathered, size = [], 0
    if gathered:
        yield tuple(gathered)


def _files_at(address: str) -> list[tuple[Place, Source, int]]:
    """Return place, source and size of the files at an address, sorted by name."""
    from pyarrow import fs

    try:
        filesystem, path = fs.FileSystem.from_uri(address)
        root = filesystem.get_file_info(path)
        selector = fs.FileSelector(path, recursive=True, allow_not_found=True)
        below = filesystem.get_file_info(selector) if root.type != fs.FileType.File else [root]
    except (ValueError, OSError) as error:
        raise UsageError(f"{address}: cannot be read ({error})") from None
    base = PurePosixPath(path).parent if root.type == fs.FileType.File else PurePosixPath(path)
    found = []
    for each in below:
        name = str(PurePosixPath(each.path).relative_to(base))
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        known = PurePosixPath(name).suffix.lower() in by_suffix()
        if each.type == fs.FileType.File and known and each.size and not hidden:
            found.append((Place(address, each.path), Source(Path(name), name), int(each.size)))
    if not found:
        raise UsageError(f"{address}: names no file that can be read; check it")
    return sorted(found, key=lambda each: each[1].id)


def _pieces_at(
    files: Sequence[tuple[Place, Source, int]], most: int
) -> Iterator[tuple[Piece, int]]:
    for place, source, size in files:
        if reader_for(source) is json_lines.READER:
            with place.open() as file:
                for each in _stretches(source, file, most):
                    yield Remote(place, each), each.size
        else:
            yield Remote(place, source), size


# ---- Reading them ----


def _read_at(remote: Remote, codec: str) -> Iterator[Read[Document]]:
    piece = remote.piece
    if isinstance(piece, Stretch):
        yield from _read_lines(piece, codec, remote.place)
        return
    try:
        with remote.place.open() as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(piece.name, f"cannot be read ({error})") from None
    check_size(data, piece.name)
    yield from read_piece(replace(piece, data=data), codec)


def _read_lines(piece: Stretch, codec: str, place: Place | None = None) -> Iterator[Read[Document]]:
    empty = True
    for number, data in enumerate(_lines(piece, place), start=piece.first):
        if data.strip():
            empty = False
            read = read_line(Line(piece.source, number, data), codec)
            yield read
            if read.last:
                return
    if empty and piece.whole:
        raise DocumentError(piece.source.name, "holds no text; leave it out")


def _lines(piece: Stretch, place: Place | None) -> Iterator[bytes]:
    """Yield the lines of a stretch with their ends; what is too large is cut just above that."""
    try:
        with place.open() if place is not None else _file_of(piece.source) as file:
            file.seek(piece.start)
            data = file.read(min(piece.size, MOST + MAX_BYTES + _BLOCK))
    except OSError as error:
        raise DocumentError(piece.source.name, f"cannot be read ({error})") from None
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end]
        start = end


def _file_of(source: Source) -> IO[bytes]:
    if source.path is None:
        raise DocumentError(source.name, "is no file")
    return source.path.open("rb")
