"""What is wrong with a file of examples: all of it at once, each with its line and its cure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotate.errors import UsageError

_LISTED = 10  # lines that a sentence names
_MOST = 200  # problems that are listed; a file with more has one cause


class Problems:
    """The problems of one file, gathered while it is read, and remarks on what is none.

    Attributes:
        remarks: what the one who wrote the file may not have meant, with its lines.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: list[tuple[int, str]] = []
        self.remarks: list[str] = []

    def add(self, line: int, message: str) -> None:
        """Note what is wrong in a line and what to do about it."""
        self._found.append((line, message))

    def remark(self, lines: Sequence[int], message: str) -> None:
        """Note what nothing stops for, and what a summary says."""
        self.remarks.append(f"{listed(lines)}: {message}")

    def __bool__(self) -> bool:
        return bool(self._found)

    def stop_if_any(self) -> None:
        """End here where something was found, and say that nothing was written.

        Raises:
            UsageError: with a line for each problem, in the order of the file.
        """
        if not self._found:
            return
        found = sorted(dict.fromkeys(self._found))
        lines = [f"{self.path}:{line}: {message}" for line, message in found[:_MOST]]
        if len(found) > _MOST:
            lines.append(f"{self.path}: and {len(found) - _MOST:,} more, which are not listed")
        what = f"{len(found):,} problems" if len(found) > 1 else "1 problem"
        first = f"{self.path}: {what}, so nothing was written; correct it and repeat the command"
        raise UsageError("\n".join([first, *lines]))


def listed(lines: Sequence[int]) -> str:
    """Return the lines of some rows in words, the first few where there are many."""
    more = f" and {len(lines) - _LISTED} more" if lines[_LISTED:] else ""
    return f"line{'s' if lines[1:] else ''} {', '.join(map(str, lines[:_LISTED]))}{more}"


def shown(text: str, most: int = 40) -> str:
    """Return a name as a message can hold it: in quotation marks, and not too long."""
    return repr(text if len(text) <= most else f"{text[: most - 1]}…")
