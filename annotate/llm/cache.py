"""Answers that were paid for, kept so that each is paid for once.

A cache is a diskcache folder that holds JSON text only. diskcache unpickles what it reads
(CVE-2025-69872, no fixed release), and a pickle in a shared folder runs code: the `Disk` here
refuses every row that is not plain text, on reading and on writing. Nothing is ever evicted.

The key of an answer is the canonical request: the body as sent, the endpoint without credentials,
and the repeat. The request is stored with the answer and compared on a hit.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import diskcache
from diskcache.core import MODE_PICKLE

from annotate.errors import CacheError, UsageError

FORMAT = 1
_FAILURES = (OSError, sqlite3.Error, diskcache.Timeout)


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, and where.

    Attributes:
        body: the JSON body of a chat completion.
        endpoint: the base URL, without credentials, query or fragment.
        repeat: which of several independent samples of the same body this is, from 0.
    """

    body: Mapping[str, Any]
    endpoint: str
    repeat: int = 0

    def canonical(self) -> str:
        """Return the request as one canonical line of JSON."""
        return json.dumps(
            {"body": self.body, "endpoint": self.endpoint, "repeat": self.repeat},
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )

    def key(self) -> str:
        """Return the SHA-256 of the canonical request."""
        return _digest(self.canonical())


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as it was kept.

    Attributes:
        reply: the body of the answer, as JSON or, where it was none, as the text that came.
        cost: what it cost in US dollars when it was asked, None where no price was known.
        seconds: how long it took.
        retry: it is worth asking again (refused, cut short, empty); `--retry-failed` does.
    """

    reply: Any
    cost: float | None = None
    seconds: float = 0.0
    retry: bool = False


class _TextDisk(diskcache.Disk):  # type: ignore[misc]
    """Stores and reads text, and refuses pickles wherever they come from."""

    def put(self, key: Any) -> Any:
        if not isinstance(key, str):
            raise CacheError("a cache key is text")
        return super().put(key)

    def get(self, key: Any, raw: bool) -> Any:
        if not raw:
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


class Cache:
    """The folder of answers. Safe for several processes at once.

    Raises:
        CacheError: where the folder cannot be used; the message names it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.name == "posix" and folder.stat().st_mode & 0o022:
                raise CacheError(f"{folder}: others may write into it; chmod go-w {folder}")
            self._disk = diskcache.Cache(
                str(folder),
                disk=_TextDisk,
                eviction_policy="none",
                cull_limit=0,
                size_limit=2**62,
                timeout=60,
                disk_min_file_size=2**26,  # a row in the table is written five times as fast
            )
        except (*_FAILURES, TypeError) as error:  # TypeError: settings that diskcache does not know
            raise CacheError(f"{folder}: the cache cannot be opened ({error})") from None

    def get(self, request: Request) -> Stored | None:
        """Return the answer to `request`, None where there is none.

        Raises:
            CacheError: where what is stored is not the answer to this request.
        """
        canonical = request.canonical()
        row = self._answer(request.key())
        if row is None:
            return None
        if row["request"] != canonical:
            raise CacheError(f"{self.folder}: an answer is filed under another request's key")
        return Stored(row["reply"], row["cost"], row["seconds"], row["retry"])

    def put(self, request: Request, stored: Stored) -> None:
        """Keep an answer; when this returns, it survives the end of the process.

        Raises:
            CacheError: where it cannot be kept.
        """
        row = _row(request.canonical(), stored)
        try:
            text = json.dumps(row, ensure_ascii=False)
        except RecursionError:
            raise CacheError(f"{self.folder}: an answer is nested too deeply to be kept") from None
        self._set(request.key(), text)

    def form(self, name: str) -> Any:
        """Return something prepared earlier (a mode's request form), None where there is none."""
        row = self._read(f"form:{name}")
        return None if row is None else row.get("form")

    def add(self, request: Request, stored: Stored) -> Stored:
        """Keep an answer unless another process kept a usable one first; return the one that stays.

        Raises:
            CacheError: where it cannot be kept.
        """
        with self._failing_as("an answer cannot be kept"), self._disk.transact(retry=True):
            kept = self.get(request)
            if kept is not None and not kept.retry:
                return kept
            self.put(request, stored)
        return stored

    def put_form(self, name: str, form: Any) -> None:
        """Keep something that is costly to prepare."""
        self._set(f"form:{name}", json.dumps({"form": form}))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield every answer with its request, sorted by key."""
        for key in self._answers():
            row = self._answer(key)
            if row is not None:
                yield row

    def stats(self) -> dict[str, Any]:
        """Return how much there is: answers, bytes, cost, and answers by model."""
        models: Counter[str] = Counter()
        cost, worth_asking = 0.0, 0
        for row in self.rows():
            models[str(self._sent(row)["body"].get("model", ""))] += 1
            cost += row["cost"] or 0.0
            worth_asking += row["retry"]
        return {
            "folder": str(self.folder),
            "answers": sum(models.values()),
            "bytes": int(self._disk.volume()),
            "cost": round(cost, 6),
            "retry": worth_asking,
            "models": dict(sorted(models.items())),
        }

    def prune(self, *, older_than_days: float | None = None, retry_only: bool = False) -> int:
        """Remove answers and return how many went.

        Those stored more than so many days ago, or only those among them worth asking again.
        """
        limit = None if older_than_days is None else time.time() - older_than_days * 86400
        removed = 0
        for key in self._answers():
            row = self._answer(key)
            old = row is not None and (limit is None or row["stored"] < limit)
            if row is not None and old and (row["retry"] or not retry_only):
                with self._failing_as("an answer cannot be removed"):
                    removed += bool(self._disk.delete(key, retry=True))
        return removed

    def export(self, path: Path) -> int:
        """Write every answer as a line of JSON, sorted, and return how many."""
        count = 0
        partial = path.with_name(f".{path.name}.partial")
        try:
            with partial.open("w", encoding="utf-8", newline="") as file:
                for row in self.rows():
                    line = {"format": FORMAT, **{k: v for k, v in row.items() if k != "stored"}}
                    line["request"] = self._sent(row)
                    file.write(json.dumps(line, sort_keys=True) + "\n")
                    count += 1
            partial.replace(path)
        except OSError as error:
            raise CacheError(f"{path}: cannot be written ({error.strerror})") from None
        finally:
            partial.unlink(missing_ok=True)
        return count

    def load(self, path: Path) -> int:
        """Read the lines of an exported cache and return how many answers were new.

        Raises:
            CacheError: names the line that cannot be used; what stands before it is kept.
        """
        new = 0
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    if line.strip():
                        new += self._load_line(f"{path}:{number}", line)
        except OSError as error:
            raise CacheError(f"{path}: cannot be read ({error.strerror})") from None
        return new

    def _load_line(self, place: str, line: bytes) -> bool:
        try:
            row = json.loads(line)
            if row["format"] != FORMAT:
                raise ValueError(f"format {row['format']!r:.20} is not {FORMAT}")
            sent = row["request"]
            request = Request(sent["body"], sent["endpoint"], sent["repeat"])
            stored = Stored(row["reply"], row["cost"], row["seconds"], row["retry"])
            if problem := _unfit(_row(request.canonical(), stored)):
                raise ValueError(problem)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            what = f"needs {error}" if isinstance(error, KeyError) else error
            raise CacheError(f"{place}: is no line of an exported cache ({what})") from None
        if self.get(request) is not None:
            return False
        self.put(request, stored)
        return True

    def close(self) -> None:
        """Close the files."""
        self._disk.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> list[str]:
        """Return the keys of all answers, sorted; other keys belong to what was prepared."""
        with self._failing_as("the cache cannot be read"):
            keys = [key for key in self._disk.iterkeys() if isinstance(key, str)]
        return sorted(key for key in keys if not key.startswith("form:"))

    def _answer(self, key: str) -> dict[str, Any] | None:
        row = self._read(key)
        if row is not None and (problem := _unfit(row)):
            raise CacheError(f"{self.folder}: a row of the cache is damaged ({problem})")
        return row

    def _sent(self, row: Mapping[str, Any]) -> Any:
        try:
            return json.loads(row["request"])
        except (ValueError, RecursionError):
            raise CacheError(f"{self.folder}: a row of the cache is damaged (request)") from None

    def _read(self, key: str) -> dict[str, Any] | None:
        with self._failing_as("the cache cannot be read"):
            text = self._disk.get(key)
        if text is None:
            return None
        try:
            row = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise CacheError(f"{self.folder}: a row of the cache is damaged (no JSON object)")
        return row

    def _set(self, key: str, text: str) -> None:
        with self._failing_as("an answer cannot be kept"):
            stored = self._disk.set(key, _storable(text), retry=True)
        if not stored:
            raise CacheError(f"{self.folder}: an answer cannot be kept")

    @contextmanager
    def _failing_as(self, what: str) -> Iterator[None]:
        try:
            yield
        except _FAILURES as error:
            raise CacheError(f"{self.folder}: {what} ({error})") from None


def endpoint(base_url: str) -> str:
    """Return a base URL without credentials, query and fragment, for keys and reports.

    Raises:
        UsageError: where it is no URL.
    """
    try:
        parts = urlsplit(base_url)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:  # its words repeat the URL, which may hold credentials
        raise UsageError("--base-url is no URL: check its host and port") from None
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, netloc + port, parts.path.rstrip("/"), "", ""))


def _unfit(row: Mapping[str, Any]) -> str:
    """Say what keeps a row from being an answer, or ""."""
    cost, seconds = row.get("cost"), row.get("seconds")
    fits = {
        "request": isinstance(row.get("request"), str),
        "reply": "reply" in row,
        "cost": cost is None or _is_number(cost),
        "seconds": _is_number(seconds),
        "retry": isinstance(row.get("retry"), bool),
        "stored": isinstance(row.get("stored"), int),
    }
    wrong = [name for name, fit in fits.items() if not fit]
    return ", ".join(wrong) or _unfit_request(row["request"])


def _unfit_request(canonical: str) -> str:
    """Look at the outside of a request only: an answer is read often, its request is long."""
    whole = canonical.startswith('{"body":{') and canonical.endswith("}")
    return "" if whole else "request"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _row(canonical: str, stored: Stored) -> dict[str, Any]:
    return {
        "request": canonical,
        "reply": stored.reply,
        "cost": stored.cost,
        "seconds": round(stored.seconds, 3),
        "retry": stored.retry,
        "stored": int(time.time()),
    }


def _digest(canonical: str) -> str:
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _storable(text: str) -> str:
    """Write lone surrogates, which are no UTF-8, as JSON escapes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text))
    return text


def _below(folder: Path, filename: str) -> bool:
    return (folder / filename).resolve().is_relative_to(folder.resolve())
