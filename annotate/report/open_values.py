"""Say durations, dates and countries as a sentence does: "30 days", "20 May 2024", "Germany"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from annotate.formatting import joined
from annotate.schema.types import DURATION_UNITS, Form, duration_counts

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def open_words(value: str, form: Form) -> str:
    """Return a value of a form as a sentence says it; what it cannot be stays as it is."""
    if form == "duration":
        return _duration(value)
    if form == "date":
        return _date(value)
    if form == "country":
        return _countries().get(value, value)
    return value


def _duration(value: str) -> str:
    said = [
        f"{count:,} {unit}{'' if count == 1 else 's'}"
        for unit, count in zip(DURATION_UNITS, duration_counts(value) or (), strict=False)
        if count is not None
    ]
    return joined(said) or value


def _date(value: str) -> str:
    found = _DATE.fullmatch(value)
    year, month, day = found.groups() if found else ("", None, None)
    if not month or not 1 <= int(month) <= len(_MONTHS):
        return value
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


@cache
def _countries() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("countries.toml").read_text(encoding="utf-8"))
