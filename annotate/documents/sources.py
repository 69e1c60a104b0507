"""Find the files that inputs name, and read their bytes within bounds.

A source is a file or standard input, with the name that its document gets in a run. What is in the
bytes is not looked at here.
"""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotate.errors import DocumentError, UsageError
from annotate.formatting import escaped

MAX_BYTES = 64 * 1024 * 1024
"""The largest file, or line of a JSON Lines file, that is read as one document."""

_MAX_SHOWN = 200  # characters of a name in a message
_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input.

    Attributes:
        path: None for standard input.
        id: the name that its document gets.
    """

    path: Path | None
    id: str

    @property
    def suffix(self) -> str:
        """The suffix of the file in lower case, "" for standard input."""
        return self.path.suffix.lower() if self.path else ""

    @property
    def name(self) -> str:
        """The id, safe to print."""
        return shown(self.id)

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            DocumentError: where there are none, too many, or no right to read them.
        """
        try:
            with self._open() as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise self._unreadable(error) from None
        check_size(data, self.name)
        if not data:
            raise DocumentError(self.name, "is empty; leave it out")
        return data

    def lines(self) -> Iterator[bytes]:
        """Yield lines, each cut just above the largest size, so that one cannot fill the memory.

        Raises:
            DocumentError: where the file cannot be read.
        """
        try:
            with self._open() as file:
                while line := file.readline(MAX_BYTES + 1):
                    yield line
                    while len(line) > MAX_BYTES and not line.endswith(b"\n"):
                        line = file.readline(MAX_BYTES + 1)
        except OSError as error:
            raise self._unreadable(error) from None

    def _open(self) -> AbstractContextManager[BinaryIO]:
        """Open a regular file; standard input is left open on exit."""
        if self.path is None:
            if sys.stdin is None:
                raise DocumentError(self.name, "is closed; pipe a text into it")
            return nullcontext(sys.stdin.buffer)
        if not self.path.exists():
            raise DocumentError(self.name, "no such file; check its name")
        if not self.path.is_file():  # reading a pipe would wait for whoever writes into it
            raise DocumentError(self.name, "is not a regular file; copy what it gives into one")
        return self.path.open("rb")

    def _unreadable(self, error: OSError) -> DocumentError:
        reason = error.strerror or type(error).__name__
        return DocumentError(self.name, f"cannot be read ({reason}); check its name and its rights")


def check_size(data: bytes, name: str) -> None:
    """Refuse a file or a line above `MAX_BYTES`.

    Raises:
        DocumentError: naming it as `name`.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError(name, f"larger than {MAX_BYTES // 2**20} MiB; split it into documents")


def shown(name: str) -> str:
    """Return a name safe to print: short, control and bidirectional characters made visible."""
    if len(name) > _MAX_SHOWN:
        name = name[: _MAX_SHOWN - 1] + "…"
    return escaped(name)


def find_sources(inputs: Sequence[str | Path], suffixes: Collection[str]) -> list[Source]:
    """Return the sources behind files, folders, globs and "-", in the order given.

    A file that is named twice is read once. Two files of one name are told apart by their folders.

    Args:
        inputs: what the user named.
        suffixes: of the files to take from folders; a file that is named itself may have any.

    Raises:
        UsageError: for an input that names nothing, or two sources of the same name.
    """
    found: dict[str, Source] = {}
    for given in inputs:
        for source in _resolve(str(given), suffixes):
            place = os.path.abspath(source.path) if source.path else _STDIN  # noqa: PTH100 (lexical)
            found.setdefault(place, source)
    clashes = _repeated(found.values())
    named = [
        Source(source.path, source.path.as_posix())
        if source.path and source.id in clashes
        else source
        for source in found.values()
    ]
    if still := _repeated(named):
        raise UsageError(f"two inputs are both named {shown(min(still))}; name their folders")
    return named


def _repeated(sources: Iterable[Source]) -> set[str]:
    return {name for name, times in Counter(source.id for source in sources).items() if times > 1}


def _resolve(given: str, suffixes: Collection[str]) -> list[Source]:
    if given == _STDIN:
        return [Source(None, "stdin")]
    path = Path(given)
    if _is_folder(path):
        if below := _below(path, suffixes):
            return below
        known = ", ".join(sorted(suffixes))
        raise UsageError(f"{shown(given)}: no document in this folder (looked for {known})")
    if not glob.has_magic(given) or os.path.lexists(path):
        return [Source(path, path.name)]  # a missing file is one document's error, not the run's
    matches = [Path(match) for match in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 (a pattern may be absolute)
    found = [
        source
        for match in matches
        for source in (
            _below(match, suffixes) if _is_folder(match) else [Source(match, match.name)]
        )
    ]
    if not found:
        raise UsageError(f"{shown(given)}: no file matches")
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder above it that is closed to us
        return False


def _is_run(folder: Path) -> bool:
    """Tell whether a folder is a run: its copies of texts are not inputs of another run."""
    return (folder / "manifest.json").is_file() and (folder / "annotations.jsonl").is_file()


def _below(folder: Path, suffixes: Collection[str]) -> list[Source]:
    """Return the documents in a folder, sorted by path, without hidden ones and without runs."""
    runs = {path.parent for path in folder.rglob("documents.jsonl") if _is_run(path.parent)}
    return [
        Source(path, name)
        for name, path in sorted((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*"))
        if path.suffix.lower() in suffixes
        and not any(part.startswith(".") for part in name.split("/"))
        and runs.isdisjoint(path.parents)
        and path.is_file()
    ]
