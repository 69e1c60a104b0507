"""Open the database of a cache so that no pickle gets in or out.

diskcache unpickles what it reads (CVE-2025-69872, no fixed release), and a pickle in a shared
folder runs code: through what is opened here it stores text, and reads nothing. Nothing is ever
evicted.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import diskcache

from annotate.errors import CacheError


def open_database(folder: Path) -> diskcache.Cache:
    """Open the database in a folder, and make one where there is none.

    Raises:
        OSError, sqlite3.Error, diskcache.Timeout: where it cannot be opened.
        TypeError, ValueError, LookupError, AttributeError: where its settings are damaged.
    """
    try:
        return _diskcache(folder)
    except sqlite3.DatabaseError as error:
        # SQLite refuses a file that was cut off, whatever the rest of it holds.
        if not is_damage(error) or not _lengthened(folder / "cache.db"):
            raise
    return _diskcache(folder)


def _diskcache(folder: Path) -> diskcache.Cache:
    return diskcache.Cache(
        str(folder),
        disk=_TextDisk,
        # diskcache's own limit of 1 GiB would throw out what was paid for, without a word.
        eviction_policy="none",
        cull_limit=0,
        size_limit=2**62,
        timeout=0,  # `Rows` waits for other processes: it knows who may wait, and for how long
        disk_min_file_size=2**26,  # a row in the table is written five times as fast
    )


def _lengthened(database: Path) -> bool:
    """Give a database that was cut off its length, with empty pages; tell whether it was."""
    with database.open("r+b") as file:
        head = file.read(32)
        page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
        there, whole = database.stat().st_size, page * pages
        # At most to twice its length: the header may be damaged as well.
        if not there < whole <= 2 * there or not hasattr(os, "posix_fallocate"):
            return False
        os.posix_fallocate(file.fileno(), 0, whole)  # never shortens what another process wrote
    return True


class _TextDisk(diskcache.Disk):  # type: ignore[misc]
    """Stores text, and reads nothing back: `Rows` does."""

    def put(self, key: Any) -> Any:
        if not isinstance(key, str):
            raise CacheError("a cache key is text")
        return super().put(key)

    def get(self, key: Any, raw: bool) -> Any:
        raise self._unread()

    def store(self, value: Any, read: bool, key: Any = None) -> Any:
        if not isinstance(value, str) or read:
            raise CacheError("a cache value is text")
        return super().store(value, read, key)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        raise self._unread()

    def remove(self, file_path: str) -> None:
        if is_below(Path(self._directory), file_path):  # what is outside is not ours to remove
            super().remove(file_path)

    def _unread(self) -> CacheError:
        # diskcache would take a pickle for what it is.
        return CacheError(f"{self._directory}: rows are read by annotate alone")


def is_damage(error: Exception) -> bool:
    """Tell a database with a damaged page from one that cannot be used now."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_held(error: Exception) -> bool:
    """Tell whether another process holds the database."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_below(folder: Path, filename: str) -> bool:
    """Tell whether a name leads to a file in the folder."""
    try:
        return (folder / filename).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):  # a name that no file can have
        return False
