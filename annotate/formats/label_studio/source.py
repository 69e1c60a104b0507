"""The file that Label Studio exports: its tasks, and the lines on which their regions stand."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from annotate.errors import UsageError

_BLANK = re.compile(r"[ \t\r\n]*")
_ID = re.compile(r'"id"\s*:\s*"([^"\\]*)"')


@dataclass(frozen=True)
class Place:
    """Where a task stands.

    Attributes:
        name: what messages call the task.
        start, end: where it stands in the text of the file.
        ends: where the lines of that text end.
    """

    file: Path
    name: str
    text: str
    start: int
    end: int
    ends: Sequence[int]

    def __str__(self) -> str:
        return self._named(self.start, self.name)

    def of(self, region: str) -> str:
        """Return what messages call a region, with its line."""
        return self._named(self._regions.get(region, self.start), f"{self.name}, region {region}")

    def _named(self, at: int, name: str) -> str:
        return f"{self.file}:{bisect_left(self.ends, at) + 1}: {name}"

    @cached_property
    def _regions(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for match in _ID.finditer(self.text, self.start, self.end):
            found.setdefault(match[1], match.start())
        return found


def read_source(file: Path) -> tuple[str, list[tuple[Any, Place]]]:
    """Return the SHA-256 of a file, and the entries of its list, each with its place.

    Raises:
        UsageError: where it is not a list in JSON.
    """
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; name the JSON file that Label Studio exported")
    try:
        content = file.read_bytes()
        text = content.decode(json.detect_encoding(content))
        if text.startswith("[", _after(text, 0)):
            return hashlib.sha256(content).hexdigest(), list(_entries(file, text))
        json.loads(text)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{file}:{error.lineno}: is not JSON ({error.msg}); export it again as JSON"
        ) from None
    except (ValueError, RecursionError):
        raise UsageError(f"{file}: is not JSON in UTF-8; export it again as JSON") from None
    raise UsageError(f"{file}: does not hold a list of tasks; export the project as JSON")


def _entries(file: Path, text: str) -> Iterator[tuple[Any, Place]]:
    """Yield the entries of a list, read one after the other to know where each stands."""
    ends = [match.start() for match in re.finditer("\n", text)]
    decoder = json.JSONDecoder()
    at, number = _after(text, _after(text, 0) + 1), 0
    more = text[at : at + 1] != "]"
    while more:
        content, end = decoder.raw_decode(text, at)
        yield content, Place(file, _name(content, number), text, at, end, ends)
        at, number = _after(text, end), number + 1
        more = text[at : at + 1] == ","
        at = _after(text, at + 1) if more else at
    if text[at : at + 1] != "]":
        raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    if _after(text, at + 1) < len(text):
        raise json.JSONDecodeError("Extra data", text, at + 1)


def _name(content: object, number: int) -> str:
    is_task = isinstance(content, dict) and isinstance(content.get("data"), dict)
    return f"task {content.get('id', number)}" if is_task else f"entry {number}"  # type: ignore[attr-defined]


def _after(text: str, at: int) -> int:
    """Return where the white space at a place ends."""
    match = _BLANK.match(text, at)
    return match.end() if match else at
