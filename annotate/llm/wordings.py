"""The table of how endpoints say what is wrong: `wordings.toml`, read and ready to be searched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotate.llm.causes import Cause

_FILE = Path(__file__).with_suffix(".toml")
_STATUSES: dict[str, frozenset[int]] = {
    "any": frozenset(range(100, 600)),
    # A server that does not know a mode may say so as an error of its own.
    "refusing": frozenset({200, *range(400, 500), 500, 501}),
    "failing": frozenset({200, *range(500, 600)}),
}
"""Statuses by name. An error may come with 200, as what happened to an answer under way."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way in which endpoints say a cause.

    Attributes:
        provider: who says it so, and `source` where that can be read.
        names: codes, types, statuses and reasons of the error.
        words: what stands in its message.
        statuses: with which it is said.
    """

    cause: Cause
    provider: str
    source: str
    names: frozenset[str]
    words: re.Pattern[str] | None
    statuses: frozenset[int]

    def fits(self, status: int, names: Collection[str], message: str) -> bool:
        """Say whether an error is of this row; its names and message are in lower case."""
        if status not in self.statuses:
            return False
        if not self.names.isdisjoint(names):
            return True
        return self.words is not None and self.words.search(message) is not None


@cache
def table() -> tuple[Row, ...]:
    """Return all rows, in the order in which they are tried."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["rows"]
    return tuple(
        Row(
            Cause(row["cause"]),
            row["provider"],
            row["source"],
            frozenset(row.get("names", ())),
            _between_words(row["words"]) if "words" in row else None,
            _statuses(row.get("statuses", "any")),
        )
        for row in rows
    )


def _between_words(pattern: str) -> re.Pattern[str]:
    """Compile a wording: "restricted" is not "strict"."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def _statuses(given: str | list[int]) -> frozenset[int]:
    return _STATUSES[given] if isinstance(given, str) else frozenset(given)
