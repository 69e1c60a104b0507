"""A row of the cache as JSON text, of which a long first value may be known beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annotate.llm.cache.integrity import DIGEST, digest


@dataclass(frozen=True, slots=True)
class Known:
    """The first value of a row, known to whoever reads or writes it; no part of its digest.

    Attributes:
        quoted: the value as JSON.
    """

    name: str
    value: str
    quoted: str

    @property
    def beginning(self) -> str:
        """How the row begins, up to its next value."""
        return f'{{"{self.name}": {self.quoted}, '


def write_row(key: str, row: Mapping[str, Any], known: Known | None) -> str:
    """Return a row with its digest, behind what is known, as text that UTF-8 can hold."""
    text = json.dumps({**row, DIGEST: digest(key, row)}, ensure_ascii=False)
    if known is not None:
        text = known.beginning + text[1:]
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates: as JSON escapes
        return json.dumps(json.loads(text))
    return text


def parse_row(text: str, known: Callable[[], Known] | None) -> dict[str, Any] | None:
    """Return a row; None for what is no JSON object. A beginning that is known is not parsed."""
    first = known() if known is not None else None
    before: dict[str, Any] = {}
    if first is not None and text.startswith(first.beginning):
        before, text = {first.name: first.value}, "{" + text[len(first.beginning) :]
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return {**before, **row} if isinstance(row, dict) else None
