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
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from annotate.documents.folders import (
    NO_FILE,
    FolderWalk,
    Found,
    OnSkipped,
    Refusal,
    Skipped,
    not_followed,
    shown,
)
from annotate.errors import DocumentError, UsageError

MAX_BYTES = 64 * 1024 * 1024
"""The largest file, or line of a JSON Lines file, that is read as one document."""

NO_SUCH_FILE = "no such file; check its name"
_STDIN = "-"
_MOST_NAMED = 3  # of what was skipped, in the message that nothing is left


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input.

    Attributes:
        path: None for standard input.
        id: the name that its document gets.
        data: its bytes, where they were read already.
    """

    path: Path | None
    id: str
    data: bytes | None = field(default=None, compare=False, repr=False)

    @property
    def suffix(self) -> str:
        """The suffix of the file in lower case, "" for standard input."""
        return self.path.suffix.lower() if self.path else ""

    @property
    def name(self) -> str:
        """The id, safe to print."""
        return shown(self.id)

    @property
    def file_name(self) -> str:
        """The name of the file without its folders, the id for standard input."""
        return self.path.name if self.path else self.id

    @property
    def size(self) -> int:
        """Its bytes as far as can be told, else 0."""
        if self.data is not None or self.path is None:
            return len(self.data or b"")
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def missing(self) -> bool:
        """Whether there is nothing where it is named."""
        return self.path is not None and not self._is_there(self.path)

    @staticmethod
    def _is_there(path: Path) -> bool:
        try:
            return path.exists()
        except OSError:  # what it is, opening it will say
            return True

    def read(self) -> bytes:
        """Return all bytes.

        Raises:
            DocumentError: where there are none, too many, or no right to read them.
        """
        if self.data is not None:
            return self.data
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
        if self.missing:
            raise DocumentError(self.name, NO_SUCH_FILE)
        if not self.path.is_file():  # reading a pipe would wait for whoever writes into it
            raise DocumentError(self.name, NO_FILE)
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


class Finder:
    """Finds the sources behind files, folders, globs and "-".

    Args:
        suffixes: of the files that can be read.
        follow_links: whether links in folders may lead out of them.
        on_skip: takes what is found and not read on purpose.
    """

    def __init__(
        self, suffixes: Collection[str], *, follow_links: bool, on_skip: OnSkipped
    ) -> None:
        self._suffixes = suffixes
        self._follow = follow_links
        self._on_skip = on_skip
        self._told: dict[Skipped, None] = {}  # in the order in which they were found

    def find(self, inputs: Sequence[str | Path]) -> list[Source]:
        """Return the sources in the order given.

        A file that is named twice is read once. Two files of one name are told apart by their
        folders.

        Raises:
            UsageError: for an input that names nothing, or two sources of the same name.
        """
        found: dict[str, Source] = {}
        for given in inputs:
            for source in self._resolve(str(given)):
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

    def _resolve(self, given: str) -> list[Source]:
        if given == _STDIN:
            return [Source(None, "stdin")]
        path = Path(given)
        told = len(self._told)
        if _is_folder(path):
            if below := self._below(path):
                return below
            raise UsageError(
                f"{shown(given)}: no document in this folder (looked for {self._known()})"
                + self._skipped_since(told)
            )
        if not glob.has_magic(given) or os.path.lexists(path):
            # A missing file is one document's error, not the run's.
            return [Source(path, path.name)]
        found = self._deep(path) if "**" in path.parts else self._matching(path)
        if not found:
            raise UsageError(f"{shown(given)}: no file matches" + self._skipped_since(told))
        return found

    def _below(self, folder: Path) -> list[Source]:
        """Return the documents in a folder, sorted by path."""
        return [Source(path, name) for name, path in self._walk(folder, self.refusal)]

    def _matching(self, pattern: Path) -> list[Source]:
        """Return the documents of a glob of so many parts, folders with all that is in them."""
        base, parts = _parted(pattern)
        hidden = _names_hidden(parts)
        found: list[Source] = []
        for match in map(Path, sorted(glob.glob(str(pattern)))):  # noqa: PTH207 (a pattern may be absolute)
            refused = "" if self._follow else not_followed(match, base, hidden=hidden)
            if not refused and _is_folder(match):
                found += self._below(match)
            elif refused := refused or self.refusal(match.name):
                self._skip(Skipped(shown(match.relative_to(base).as_posix()), refused))
            else:
                found.append(Source(match, match.name))
        return found

    def _deep(self, pattern: Path) -> list[Source]:
        """Return the documents of a glob with "**", which reaches folders at any depth.

        The standard library's would walk in circles of links.
        """
        base, parts = _parted(pattern)
        named = {}

        def refusal(name: str) -> str | None:
            steps = name.split("/")
            # A folder that matches is read as if it had been named.
            outer = (at for at in range(len(steps)) if _fits(steps[:at], parts))
            if (at := next(outer, None)) is not None:
                named[name] = "/".join(steps[at:])
            elif _fits(steps, parts):
                named[name] = steps[-1]
            return self.refusal(name) if name in named else None

        return [
            Source(path, named[name])
            for name, path in self._walk(base, refusal, _names_hidden(parts))
        ]

    def _walk(self, folder: Path, refusal: Refusal, hidden: bool = False) -> list[Found]:
        walk = FolderWalk(
            folder, refusal, follow_links=self._follow, on_skip=self._skip, hidden=hidden
        )
        return walk.files()

    def refusal(self, name: str) -> str:
        """Return why a file of this name is not read, "" where it is: its suffix says how."""
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in self._suffixes:
            return ""
        what = f"of the suffix {shown(suffix)}" if suffix else "without a suffix"
        return f"nothing reads files {what}; convert it to one of {self._known()}"

    def _known(self) -> str:
        return ", ".join(sorted(self._suffixes))

    def _skip(self, skipped: Skipped) -> None:
        if skipped not in self._told:
            self._told[skipped] = None
            self._on_skip(skipped)

    def _skipped_since(self, told: int) -> str:
        """Return what was skipped since so many were, as the end of a message."""
        new = list(self._told)[told:]
        named = [f"{each.source} {each.reason}" for each in new[:_MOST_NAMED]]
        more = "; …" * (len(new) > _MOST_NAMED)
        return f"; {len(new)} skipped: {'; '.join(named)}{more}" if new else ""


def _repeated(sources: Iterable[Source]) -> set[str]:
    return {name for name, times in Counter(source.id for source in sources).items() if times > 1}


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder above it that is closed to us
        return False


def _parted(pattern: Path) -> tuple[Path, tuple[str, ...]]:
    """Part a glob into the folder that it names plainly and the parts that need matching."""
    parts = pattern.parts
    first = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:first]), parts[first:]


def _names_hidden(parts: Sequence[str]) -> bool:
    return any(part.startswith(".") for part in parts)


def _fits(steps: Sequence[str], parts: Sequence[str]) -> bool:
    """Tell whether the steps of a path fit the parts of a glob; "**" fits any number of steps."""
    if not parts:
        return not steps
    if parts[0] == "**" and _fits(steps, parts[1:]):
        return True
    if not steps or (steps[0].startswith(".") and not parts[0].startswith(".")):
        return False
    if parts[0] == "**":
        return _fits(steps[1:], parts)
    return fnmatch(steps[0], parts[0]) and _fits(steps[1:], parts[1:])
