"""Walk the folders that inputs name, and say of what was found there why it is not read.

One rule for links holds here, for folders and globs alike: a link that leads out of the folder that
was named is followed only where that is asked for. A folder is entered once, whatever leads to it,
so that no circle of links is walked in twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple

from annotate.formatting import escaped

_MAX_SHOWN = 200  # characters of a name in a message

NO_FILE = "is not a regular file; copy what it gives into one"
_LEADS_OUT = "is a link that leads out of the folder; name what it leads to, or add --follow-links"
_TO_HIDDEN = "is a link to something hidden; name what it leads to, or add --follow-links"
_READ_IN_PLACE = "is a link to a folder that is read in its own place"
_READ_ALREADY = "is a link to a folder that is read already"
_CLOSED = "cannot be looked at; check the rights of its folder"
_EMPTY = "is empty"
_HIDDEN = "is hidden; name it to have it read"
_IS_RUN = "is the folder of a run, whose copies of texts are not read again"
# A folder that holds these is a run.
_RUN = frozenset(("manifest.json", "annotations.jsonl", "documents.jsonl"))


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was found where an input led, and is not read on purpose.

    Attributes:
        source: its name below the folder that was named, safe to print.
        reason: why, and what to do where it should be read.
    """

    source: str
    reason: str


OnSkipped = Callable[[Skipped], None]
"""Takes what is not read on purpose."""

Refusal = Callable[[str], str | None]
"""Tells by its name below a folder why a file is not read: "" where it is, None where it was not
asked for, so that nothing need be said about it."""


class Found(NamedTuple):
    """A file in a folder, with its name below it; the parts are parted by "/"."""

    name: str
    path: Path


def shown(name: str) -> str:
    """Return a name safe to print: short, control and bidirectional characters made visible."""
    if len(name) > _MAX_SHOWN:
        name = name[: _MAX_SHOWN - 1] + "…"
    return escaped(name)


def not_followed(path: Path, folder: Path, *, hidden: bool = False) -> str:
    """Return why links on the way from `folder` to `path` are not followed, "" where they are.

    They may lead to whatever the folder holds openly; to hidden names only where `hidden` says so.
    """
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    if not real.is_relative_to(root):
        return _LEADS_OUT
    steps = real.relative_to(root).parts
    return _TO_HIDDEN if not hidden and any(each.startswith(".") for each in steps) else ""


class FolderWalk:
    """Finds the files below a folder: without runs, and without hidden ones unless they are wanted.

    Args:
        folder: where to look.
        refusal: what it asks about the name of each file that it finds.
        follow_links: whether links may lead out of the folder.
        on_skip: takes whatever was asked for and is not read, a folder as one.
        hidden: whether names that begin with a full stop count too.
    """

    def __init__(
        self,
        folder: Path,
        refusal: Refusal,
        *,
        follow_links: bool,
        on_skip: OnSkipped,
        hidden: bool = False,
    ) -> None:
        self._folder = folder
        self._refusal = refusal
        self._follow = follow_links
        self._on_skip = on_skip
        self._hidden = hidden
        self._entered: set[str] = set()
        self._links: list[tuple[str, Path]] = []  # to folders, not entered yet

    def files(self) -> list[Found]:
        """Return the files, sorted by name."""
        found = list(self._below(self._folder, ""))
        # Links last: a folder is named after its own place, where that is inside.
        while self._links:
            links, self._links = sorted(self._links), []
            for name, path in links:
                if os.path.realpath(path) in self._entered:
                    self._skip(name, _READ_ALREADY)
                else:
                    found.extend(self._below(path, f"{name}/"))
        return sorted(found)

    def _below(self, folder: Path, prefix: str) -> Iterator[Found]:
        """Yield what is below one folder, without what links lead to."""
        left = [(folder, prefix, os.path.realpath(folder))]
        while left:
            folder, prefix, real = left.pop()
            if real in self._entered:
                continue  # beside the link that led here first
            self._entered.add(real)
            try:
                names = sorted(path.name for path in folder.iterdir())
            except OSError as error:
                reason = f"cannot be listed ({error.strerror}); check the rights of the folder"
                self._skip(prefix or ".", reason)
                continue
            if _RUN.issubset(names):
                self._skip(prefix or ".", _IS_RUN)
                continue
            for each in names:
                name, path = prefix + each, folder / each
                status = _status(path, os.lstat)
                mode = status.st_mode if status else 0
                if each.startswith(".") and not self._hidden:
                    if self._refusal(name) is not None:
                        self._skip(f"{name}/" if S_ISDIR(mode) else name, _HIDDEN)
                elif S_ISLNK(mode):
                    yield from self._link(name, path)
                elif S_ISDIR(mode):
                    left.append((path, f"{name}/", os.path.join(real, each)))  # noqa: PTH118 (text is compared)
                else:
                    yield from self._file(name, path, status)

    def _link(self, name: str, path: Path) -> Iterator[Found]:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):  # the latter is a circle to older Pythons
            self._skip(name, "is a link that leads nowhere; mend or remove it")
            return
        refused = "" if self._follow else not_followed(real, self._folder, hidden=self._hidden)
        status = _status(real, os.stat)
        if status and S_ISDIR(status.st_mode):
            if self._follow:
                self._links.append((name, path))
            else:
                self._skip(name, refused or _READ_IN_PLACE)
        elif refused and self._refusal(name) == "":
            self._skip(name, refused)
        else:
            yield from self._file(name, path, status)

    def _file(self, name: str, path: Path, status: os.stat_result | None) -> Iterator[Found]:
        refused = self._refusal(name)
        if refused == "":
            refused = _unreadable(status)
        if refused == "":
            yield Found(name, path)
        elif refused:
            self._skip(name, refused)

    def _skip(self, name: str, reason: str) -> None:
        self._on_skip(Skipped(shown(name), reason))


def _status(path: Path, look: Callable[[Path], os.stat_result]) -> os.stat_result | None:
    """Return what a path is, None where that cannot be told."""
    try:
        return look(path)
    except OSError:
        return None


def _unreadable(status: os.stat_result | None) -> str:
    """Return why what is found is no file with anything in it, "" where it is one."""
    if status is None:
        return _CLOSED
    if not S_ISREG(status.st_mode):
        return NO_FILE
    return "" if status.st_size else _EMPTY
