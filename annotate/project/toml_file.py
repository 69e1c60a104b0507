"""A TOML file that people write, with the lines of what stands in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from annotate.errors import ProjectError
from annotate.findings import Finding
from annotate.project.toml_lines import Keys, lines_of

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class TomlFile:
    """What a TOML file holds.

    Attributes:
        text: as it was read; "" for content that comes from no file, and so has no lines.
    """

    path: Path
    content: Mapping[str, Any]
    text: str = ""

    def line(self, *keys: str | int) -> int | None:
        """Return the line of what keys lead to; of what is not there, of the nearest above it."""
        if not self.text:
            return None
        nearest = (self._lines.get(keys[:size]) for size in range(len(keys), 0, -1))
        return next((line for line in nearest if line), 1)

    @cached_property
    def _lines(self) -> Mapping[Keys, int]:
        # Only what is wrong needs a line: a file that is right is read once.
        return lines_of(self.text)

    def error(self, keys: Keys, message: str, remedy: str) -> Finding:
        """Return what has to be put right where keys lead to."""
        return Finding("error", self.path, self.line(*keys), message, remedy)

    def warning(self, keys: Keys, message: str, remedy: str) -> Finding:
        """Return what deserves a look where keys lead to."""
        return Finding("warning", self.path, self.line(*keys), message, remedy)


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file, with or without the mark that editors on Windows put before UTF-8.

    Raises:
        ProjectError: where it cannot be read, or is not TOML; names the file and the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        said = f"cannot be read ({error.strerror})"
        raise _refused(path, None, said, "check that it is there and may be read") from None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, line, "is not valid UTF-8", "save it as UTF-8") from None
    return parse_toml(path, text)


def parse_toml(path: Path, text: str) -> TomlFile:
    """Read the text of a TOML file, or what stands in the lines of another one.

    Raises:
        ProjectError: where it is not TOML; names the file and the line.
    """
    try:
        return TomlFile(path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        column = f", column {place[2]}" if place and place[2] else ""
        message = f"is not valid TOML ({_PLACE.sub('', said)}{column})"
        raise _refused(path, line, message, "correct the line, or the one above it") from None


def _refused(path: Path, line: int | None, message: str, remedy: str) -> ProjectError:
    return ProjectError.of([Finding("error", path, line, message, remedy)])
