"""A folder of JSON text that no pickle gets out of.

diskcache unpickles what it reads (CVE-2025-69872, no fixed release), and a pickle in a shared
folder runs code: the `Disk` here refuses every row that is not plain text, on reading and on
writing. Nothing is ever evicted.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import diskcache
from diskcache.core import MODE_PICKLE

from annotate.errors import CacheError

_FAILURES = (OSError, sqlite3.Error, diskcache.Timeout)


class Rows:
    """The rows of a folder, one JSON object for each key. Safe for several processes at once.

    Raises:
        CacheError: where the folder cannot be used; the message names it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Whoever may write here could plant an answer, or a link out of the folder.
            if os.name == "posix" and folder.stat().st_mode & 0o022:
                raise CacheError(f"{folder}: others may write into it; chmod go-w {folder}")
            self._disk = diskcache.Cache(
                str(folder),
                disk=_TextDisk,
                # diskcache's own limit of 1 GiB would throw out what was paid for, without a word.
                eviction_policy="none",
                cull_limit=0,
                size_limit=2**62,
                timeout=60,  # another process may hold the database while it writes
                disk_min_file_size=2**26,  # a row in the table is written five times as fast
            )
        except (*_FAILURES, TypeError) as error:  # TypeError: settings that diskcache does not know
            raise CacheError(f"{folder}: the cache cannot be opened ({error})") from None

    def read(self, key: str) -> dict[str, Any] | None:
        """Return the row under a key, None where there is none."""
        with self._failing_as("the cache cannot be read"):
            text = self._disk.get(key)
        if text is None:
            return None
        try:
            row = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise CacheError(f"{self.folder}: a row of the cache is damaged (not a JSON object)")
        return row

    def write(self, key: str, text: str) -> None:
        """Keep a row, written as JSON; when this returns, it survives the end of the process."""
        with self._failing_as("an answer cannot be kept"):
            stored = self._disk.set(key, _storable(text), retry=True)
        if not stored:
            raise CacheError(f"{self.folder}: an answer cannot be kept")

    def delete(self, key: str) -> bool:
        """Remove a row and tell whether there was one."""
        with self._failing_as("an answer cannot be removed"):
            return bool(self._disk.delete(key, retry=True))

    def sorted_keys(self) -> list[str]:
        """Return all keys in order."""
        with self._failing_as("the cache cannot be read"):
            return sorted(key for key in self._disk.iterkeys() if isinstance(key, str))

    def volume(self) -> int:
        """Return how many bytes the folder takes."""
        return int(self._disk.volume())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Let nobody else write in between."""
        with self._failing_as("an answer cannot be kept"), self._disk.transact(retry=True):
            yield

    def close(self) -> None:
        """Close the files."""
        self._disk.close()

    @contextmanager
    def _failing_as(self, what: str) -> Iterator[None]:
        try:
            yield
        except _FAILURES as error:
            raise CacheError(f"{self.folder}: {what} ({error})") from None


class _TextDisk(diskcache.Disk):  # type: ignore[misc]
    """Stores and reads text, and refuses pickles wherever they come from."""

    def put(self, key: Any) -> Any:
        if not isinstance(key, str):
            raise CacheError("a cache key is text")
        return super().put(key)

    def get(self, key: Any, raw: bool) -> Any:
        if not raw:  # diskcache keeps what it takes for plain as it is, and pickles the rest
            raise self._foreign("a key is a pickle")
        return super().get(key, raw)

    def store(self, value: Any, read: bool, key: Any = None) -> Any:
        if not isinstance(value, str) or read:
            raise CacheError("a cache value is text")
        return super().store(value, read, key)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode == MODE_PICKLE:
            raise self._foreign("a row is a pickle")
        if filename is not None and not _below(Path(self._directory), filename):
            raise self._foreign("a row names a file outside of the folder")
        return super().fetch(mode, filename, value, read)

    def remove(self, file_path: str) -> None:
        if _below(Path(self._directory), file_path):  # what is outside is not ours to remove
            super().remove(file_path)

    def _foreign(self, what: str) -> CacheError:
        return CacheError(f"{self._directory}: {what}; annotate did not write this cache")


def _below(folder: Path, filename: str) -> bool:
    return (folder / filename).resolve().is_relative_to(folder.resolve())


def _storable(text: str) -> str:
    """Write lone surrogates, which are not valid UTF-8, as JSON escapes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text))
    return text
