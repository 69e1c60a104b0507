"""Rows of JSON in a folder, by key.

A row that is damaged is noted and left out, and the others are served.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import diskcache
from diskcache.core import MODE_RAW, MODE_TEXT

from annotate.errors import CacheError
from annotate.formatting import escaped
from annotate.llm.cache.database import is_below, is_damage, is_held, open_database
from annotate.llm.cache.integrity import is_intact
from annotate.llm.cache.json_row import Known, parse_row, write_row

log = logging.getLogger("annotate")

T = TypeVar("T")

_FAILURES = (OSError, sqlite3.Error, diskcache.Timeout)
_MOST_NAMED = 20  # more of them would push everything else off the screen
_REMEDY = (
    "annotate cache export writes what can still be read, and annotate cache import takes it "
    "into a new folder (--cache-dir)"
)
_BY_KEY = (
    "SELECT mode, filename, typeof(value), CAST(value AS BLOB) FROM Cache WHERE key = ? AND raw = 1"
)
_BY_NUMBER = "SELECT mode, filename, typeof(value), CAST(value AS BLOB) FROM Cache WHERE rowid = ?"

_PAUSE = 0.01  # seconds between two looks whether the other process has finished
_LOST_PAGE = "a page of the database cannot be read"
_STORED = "SELECT store_time FROM Cache WHERE rowid = ?"
_FILE_BY_KEY = "SELECT filename FROM Cache WHERE key = ? AND raw = 1"
_FILE_BY_NUMBER = "SELECT filename FROM Cache WHERE rowid = ?"
_REPLACE = (
    "INSERT INTO Cache (key, raw, store_time, access_time, size, mode, filename, value) "
    "VALUES (?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, raw) DO UPDATE SET "
    "store_time = excluded.store_time, access_time = excluded.access_time, expire_time = NULL, "
    "size = excluded.size, mode = excluded.mode, filename = excluded.filename, "
    "value = excluded.value"
)


class DamagedDatabase(CacheError):
    """A cache of which more is damaged than a row."""


class Held(CacheError):
    """A cache that another process holds: it cannot be used now."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a row stands.

    Attributes:
        number: of the row in the table.
        key: as it was written; for a key that annotate did not write, how it is called.
        own: annotate can have written it.
    """

    number: int
    key: str
    own: bool


class Rows:
    """The rows of a folder, one JSON object for each key. Safe for several processes at once.

    Args:
        patience: seconds to wait for another process that holds the database.

    Attributes:
        damaged: why a row that was come across cannot be used, by key.

    Raises:
        CacheError: where the folder cannot be used; the message names it.
        Held: where another process holds the database for longer, or at once without `wait`.
    """

    def __init__(self, folder: Path, patience: float = 60.0) -> None:
        self.folder = folder
        self._patience = patience
        self._held_since: float | None = None
        self.damaged: dict[str, str] = {}
        self._stale: list[str] = []  # files of rows that are going in the transaction under way
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Whoever may write here could plant an answer, or a link out of the folder.
            mode = folder.stat().st_mode if os.name == "posix" else 0
            if mode & 0o022:
                raise CacheError(f"{folder}: others may write into it; chmod go-w {folder}")
            if mode & 0o055:
                log.warning("%s: others can read the texts in it; chmod go-rx %s", folder, folder)
            self._disk = open_database(folder)
        except (*_FAILURES, TypeError, ValueError, LookupError, AttributeError) as error:
            # The last four: settings that diskcache does not know, or that are damaged.
            raise self._failure("the cache cannot be opened", error) from None

    def read(
        self, key: str, *, wait: bool = True, known: Callable[[], Known] | None = None
    ) -> dict[str, Any] | None:
        """Return a row; None where there is none, or a damaged one, which is noted.

        Where it begins with what is `known`, only the rest of it is parsed.
        """
        return self._read(key, _BY_KEY, key, wait, known)

    def there(self, keys: Collection[str], *, wait: bool = True) -> Collection[str]:
        """Return for which of some keys there is a row; all of them where that cannot be told."""
        marks = ", ".join("?" * len(keys))
        statement = f"SELECT key FROM Cache WHERE key IN ({marks}) AND raw = 1"  # noqa: S608
        try:
            with self._failing_as("the cache cannot be read"):
                found = self._in_turn(lambda: self._sql(statement, *keys).fetchall(), wait)
        except DamagedDatabase:
            return keys
        return {key for (key,) in found}

    def read_entry(self, entry: Entry) -> dict[str, Any] | None:
        """Return a row that was listed; None where it is gone, or damaged, which is noted."""
        if not entry.own:
            self.note(entry.key, "annotate did not write its key")
            return None
        # By its number: a damaged index of the keys keeps nothing back.
        return self._read(entry.key, _BY_NUMBER, entry.number, True)

    def stored_at(self, entry: Entry) -> float:
        """Return when a row was stored, in seconds since 1970; 0.0 where it is not known."""
        with self._failing_as("the cache cannot be read"):
            found = self._in_turn(lambda: self._sql(_STORED, entry.number).fetchone())
        return found[0] if found is not None and isinstance(found[0], float) else 0.0

    def write(self, key: str, row: Mapping[str, Any], known: Known | None = None) -> None:
        """Keep a row, written as JSON; when this returns, it survives the end of the process.

        What is `known` stands before the values of `row`.
        """
        text = write_row(key, row, known)
        with self._failing_as("an answer cannot be kept"):
            size, mode, filename, value = self._disk.disk.store(text, False)
            with self.transaction():
                self._set_aside_file(_FILE_BY_KEY, key)
                now = time.time()
                self._sql(_REPLACE, key, now, now, size, mode, filename, value)
        self.damaged.pop(key, None)

    def delete(self, entry: Entry) -> bool:
        """Remove a row and tell whether there was one."""
        with self._failing_as("a row cannot be removed"), self.transaction():
            self._sql("PRAGMA secure_delete = ON")  # its text is overwritten, too
            self._set_aside_file(_FILE_BY_NUMBER, entry.number)
            removed = self._sql("DELETE FROM Cache WHERE rowid = ?", entry.number).rowcount
        self.damaged.pop(entry.key, None)
        return removed > 0

    def entries(self) -> list[Entry]:
        """Return all rows, sorted by key."""
        with self._failing_as("the cache cannot be read"):
            found = self._in_turn(self._listed)
        return sorted(found.values(), key=lambda entry: (entry.key, entry.number))

    def note(self, key: str, reason: str) -> None:
        """Note that a row is damaged, and say so once."""
        if key not in self.damaged:
            self.damaged[key] = reason
            if len(self.damaged) <= _MOST_NAMED:
                named = escaped(key)
                log.warning("%s: row %s of the cache is damaged (%s)", self.folder, named, reason)

    def volume(self) -> int:
        """Return how many bytes the folder takes."""
        with self._failing_as("the cache cannot be read"):
            return int(self._in_turn(self._disk.volume))

    @contextmanager
    def transaction(self, *, wait: bool = True) -> Iterator[None]:
        """Let nobody else write in between; all that is written takes effect, or nothing."""
        connection = self._connection
        if connection.in_transaction:
            yield
            return
        with self._failing_as("an answer cannot be kept"):
            # Not diskcache's own transaction: that one waits, and begins again, without an end.
            self._in_turn(lambda: connection.execute("BEGIN IMMEDIATE"), wait)
            try:
                yield
                self._in_turn(lambda: connection.execute("COMMIT"), wait)
            except BaseException:
                self._stale.clear()
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
        while self._stale:
            self._disk.disk.remove(self._stale.pop())

    def close(self) -> None:
        """Close the files."""
        more = len(self.damaged) - _MOST_NAMED
        if more > 0:
            log.warning("%s: %d more rows of the cache are damaged", self.folder, more)
        if self.damaged:
            log.warning("damaged rows are left out; annotate cache prune --damaged removes them")
        self._disk.close()

    @property
    def _connection(self) -> sqlite3.Connection:
        # diskcache's own methods unpickle, and stop at the first row that cannot be read.
        connection: sqlite3.Connection = self._disk._con  # one for each thread
        return connection

    def _sql(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _in_turn(self, act: Callable[[], T], wait: bool = True) -> T:
        """Return what `act` returns, as soon as no other process holds the database.

        Bounded over everything that waits: however much was to be done meanwhile, a database that
        is held for longer than the patience costs no more than that.
        """
        while True:
            try:
                done = act()
            except sqlite3.OperationalError as error:
                if not is_held(error):
                    raise
                now = time.monotonic()
                if self._held_since is None:
                    self._held_since = now
                if not wait or now - self._held_since >= self._patience:
                    raise
                time.sleep(_PAUSE)
            else:
                self._held_since = None
                return done

    def _set_aside_file(self, statement: str, value: object) -> None:
        """Note the file of a row that is going, to be removed when it has gone."""
        found = self._sql(statement, value).fetchone()
        if found is not None and isinstance(found[0], str):
            self._stale.append(found[0])

    def _listed(self) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        # What a damaged page of the index hides may stand in the table all the same.
        if not self._list("INDEXED BY Cache_key_raw", "key {0}, raw {0}", found):
            self._list("NOT INDEXED", "rowid {0}", found)
        return found

    def _list(self, index: str, order: str, found: dict[int, Entry]) -> bool:
        """List rows from both ends, as far as they can be read; tell whether these are all."""
        for direction in ("ASC", "DESC"):
            try:
                for number, kind, key, raw in self._sql(
                    f"SELECT rowid, typeof(key), CAST(key AS BLOB), raw FROM Cache {index} "  # noqa: S608
                    f"ORDER BY {order.format(direction)}"
                ):
                    found[number] = _entry(number, kind, key, raw)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self.note("index", _LOST_PAGE)
            else:
                return True
        return False

    def _read(
        self,
        key: str,
        statement: str,
        value: object,
        wait: bool,
        known: Callable[[], Known] | None = None,
    ) -> dict[str, Any] | None:
        try:
            with self._failing_as("the cache cannot be read"):
                row = self._in_turn(lambda: self._row(statement, value, known), wait)
            if row is not None and not is_intact(key, row):
                raise _Damaged("it is not what was written: its digest does not fit")
        except _Damaged as error:
            self.note(key, str(error))
            return None
        return row

    def _row(
        self, statement: str, value: object, known: Callable[[], Known] | None
    ) -> dict[str, Any] | None:
        # Twice: where another process replaced the file meanwhile, the row names a new one.
        for _ in range(2):
            try:
                found = self._sql(statement, value).fetchone()
                return None if found is None else _parsed(self._text(*found), known)
            except OSError:
                continue
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    raise _Damaged(_LOST_PAGE) from None
                raise
        raise _Damaged("the file with its text is missing or cannot be read")

    def _text(self, mode: int, filename: object, kind: str, value: bytes | None) -> str:
        if mode == MODE_RAW and kind == "text" and value is not None:
            content = value
        elif mode == MODE_TEXT and isinstance(filename, str):
            if not is_below(self.folder, filename):
                raise _Damaged("it names a file outside of the folder")
            content = (self.folder / filename).read_bytes()
        else:
            raise _Damaged("it is a pickle or no text, which annotate does not write")
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise _Damaged("not UTF-8") from None

    @contextmanager
    def _failing_as(self, what: str) -> Iterator[None]:
        try:
            yield
        except _FAILURES as error:
            raise self._failure(what, error) from None

    def _failure(self, what: str, error: Exception) -> CacheError:
        if is_damage(error):
            return DamagedDatabase(f"{self.folder}: {what} ({error}); {_REMEDY}")
        if is_held(error):
            return Held(f"{self.folder}: {what} (another process holds {self.folder / 'cache.db'})")
        return CacheError(f"{self.folder}: {what} ({error})")


class _Damaged(Exception):
    """What is wrong with a row."""


def _entry(number: int, kind: str, key: bytes | None, raw: object) -> Entry:
    """Return where a row stands; a key that annotate writes is text."""
    written = key or b""
    try:
        text = written.decode()
    except UnicodeDecodeError:
        text = ""
    if kind == "text" and raw == 1 and text:
        return Entry(number, text, own=True)
    return Entry(number, f"{number} (key {written[:20]!r})", own=False)


def _parsed(text: str, known: Callable[[], Known] | None) -> dict[str, Any]:
    if (row := parse_row(text, known)) is None:
        raise _Damaged("it is no JSON object")
    return row
