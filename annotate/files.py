"""Files that are whole or not there at all, JSON Lines that name the damaged row, and safe names.

A file is written beside its place under a name that nobody else uses, brought to the disk, and
moved in. A reader never sees half of it, and a process that is killed leaves the older file as it
was.
"""

from __future__ import annotations

import json
import os
import platform
import re
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from annotate.errors import UsageError

PARTIAL = ".partial"
"""Ends the name of what is still being written."""

T = TypeVar("T")


# ---- Writing ----


def _beside(path: Path) -> Path:
    """Return a hidden name in the folder of `path` that nobody else writes to.

    What processes of this machine that were killed left in that folder under such names is removed.
    """
    host = f"{zlib.crc32(platform.node().encode()):08x}"
    with suppress(OSError):
        for left in path.parent.glob(f".*.{host}-*-*{PARTIAL}"):
            if not _is_running(left.name.split("-")[-2]):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    return path.with_name(f".{path.name}.{host}-{os.getpid()}-{secrets.token_hex(4)}{PARTIAL}")


def _is_running(process: str) -> bool:
    if os.name != "posix":  # elsewhere signal 0 is not a question
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except OSError:
        return True  # somebody else's
    return True


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield where to write a file that stands at `path` in the end.

    It takes the place of an older file. A pipe or a device is written as it is.

    Raises:
        UsageError: where it cannot be written.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file instead")
    special = path.exists() and not path.is_file()
    partial = path if special else _beside(path)
    try:
        yield partial
        if not special:
            _to_disk(partial)
            partial.replace(path)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        if not special:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def with_own_name(path: Path) -> Path:
    """Return a path that ends in a name, so that something may stand beside it: not "." or "..".

    Raises:
        UsageError: for the root of a file system, which has none.
    """
    if path.name not in ("", ".."):
        return path
    if not (resolved := path.resolve()).name:
        raise UsageError(f"{path}: is the root of the file system; name a folder in it")
    return resolved


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file that appears only when it is whole.

    Raises:
        UsageError: where it cannot be written.
    """
    with whole_file(path) as partial, partial.open("wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that stands at `path` in the end.

    It never takes the place of a folder that holds something else, since people go on working in
    such folders; where the very same content stands there already, that is left as it is.

    Raises:
        UsageError: where something else stands there, or nothing can be written.
    """
    place = with_own_name(path.resolve())
    if place.exists() and not place.is_dir():
        raise UsageError(f"{path}: is a file; name a folder instead")
    partial = _beside(place)
    try:
        partial.mkdir()
        yield partial
        if not place.exists():
            partial.rename(place)
        elif not any(place.iterdir()):
            place.rmdir()
            partial.rename(place)
        elif not is_same(place, partial):
            raise UsageError(f"{path}: holds something else; name a new folder instead")
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def unwritable(path: Path, error: OSError) -> UsageError:
    """Return the error for a file or folder that cannot be written."""
    return UsageError(f"{path}: cannot be written ({error.strerror})")


def _to_disk(path: Path) -> None:
    # Without this a crash of the machine can leave an empty file under the final name.
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_same(first: Path, second: Path) -> bool:
    """Tell whether two places hold the same; the names are compared first."""
    if first.is_dir() and second.is_dir():
        names = {path.name for path in first.iterdir()}
        if names != {path.name for path in second.iterdir()}:
            return False
        return all(is_same(first / name, second / name) for name in sorted(names))
    files = first.is_file() and second.is_file()
    return files and first.read_bytes() == second.read_bytes()


# ---- JSON Lines ----

_ENCODER = json.JSONEncoder(ensure_ascii=False)  # json.dumps would make a new one for each row


class DamagedRow(ValueError):
    """A row of a JSON Lines file that cannot be read.

    Attributes:
        place: file and line, as in `annotations.jsonl:7`.
        reason: what is wrong with it.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


def json_text(value: object, indent: int | None = None) -> str:
    """Return a value as JSON that UTF-8 can hold; in one line, unless `indent` says how."""
    encoder = _ENCODER if indent is None else json.JSONEncoder(ensure_ascii=False, indent=indent)
    text = encoder.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate is valid JSON but not valid UTF-8: it is written as an escape.
        return json.dumps(value, indent=indent)
    return text


def json_line(value: Mapping[str, Any], indent: int | None = None) -> bytes:
    """Return a value as JSON in UTF-8 with a line end; in one line, unless `indent` says how."""
    return f"{json_text(value, indent)}\n".encode()


def read_rows(path: Path, read: Callable[[Any], T]) -> Iterator[T]:
    """Yield what `read` makes of each row of a JSON Lines file, in order.

    Raises:
        DamagedRow: for the first row that is not JSON, or that `read` refuses with a KeyError,
            AttributeError, TypeError or ValueError.
        OSError: where the file cannot be read.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            yield read_row(line, read, f"{path}:{number}")


def read_row(line: bytes, read: Callable[[Any], T], place: str) -> T:
    """Return what `read` makes of one row; `place` is what an error calls it.

    Raises:
        DamagedRow: as `read_rows`.
    """
    try:
        return read(json.loads(line))
    except KeyError as error:
        reason = f"no {error}"
    except UnicodeDecodeError:
        reason = "not UTF-8"
    except json.JSONDecodeError as error:
        reason = error.msg
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        reason = str(error)
    raise DamagedRow(place, reason)


_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Return a text as a file can hold it: each lone surrogate, half a character, is U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


# ---- Names ----

_LONGEST_NAME = 80
# Names that Windows keeps for devices, with any ending.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


class SafeNames:
    """Give each text a name of ASCII letters, digits, "_" and "-" that no other text has.

    The names are safe as file names on any system (no path, no hidden file, no device of Windows,
    no two that differ in case alone) and as names of types and controls in other tools.

    Args:
        fallback: the name of a text that holds no letter and no digit.
    """

    def __init__(self, fallback: str) -> None:
        self._fallback = fallback
        self._given: dict[str, str] = {}
        self._taken = set(_DEVICES)
        self._numbers: dict[str, int] = {}  # by name, from which on to look for a free one

    def of(self, text: str) -> str:
        """Return the name of `text`, the same every time."""
        if text not in self._given:
            self._given[text] = self.new(text)
        return self._given[text]

    def new(self, text: str) -> str:
        """Return a name made after `text` that nothing has yet."""
        cleaned = re.sub("[^A-Za-z0-9_-]+", "_", text).strip("_-")[:_LONGEST_NAME] or self._fallback
        base = cleaned.lower()
        number = self._numbers.get(base, 1)
        while (f"{base}-{number}" if number > 1 else base) in self._taken:
            number += 1
        self._numbers[base] = number
        name = f"{cleaned}-{number}" if number > 1 else cleaned
        self._taken.add(name.lower())
        return name

    def given(self) -> dict[str, str]:
        """Return the texts by the names that `of` gave them."""
        return {name: text for text, name in self._given.items()}
