"""Tell what a cell means that is not written as a schema reads it: "1,250", "20 May 2026", "y".

Nothing is read for another value here: what stands in a table is corrected by who knows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from annotate.lexicon.extractors import calendar_date, duration

_MONEY = r"(?:[$€£¥%]|USD|EUR|GBP|CHF|JPY)"
_FIGURE = re.compile(
    rf"(?:{_MONEY}\s?)?(?P<figure>[+-]?\d[\d., '’\u00a0\u202f]*)(?:\s?{_MONEY})?", re.ASCII
)
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:[, '’\u00a0\u202f]\d{3}){1,4})(?P<rest>\.\d{1,15})?")
_GROUPED_BY_POINTS = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3}){1,4})(?P<rest>,\d{1,15})")
_PLAIN = re.compile(r"(?P<whole>0|[1-9]\d{0,14})(?P<rest>[.,]\d{1,15})?")
_DAY = re.compile(
    r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<year>(?:19|20)?\d\d)", re.ASCII
)
_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})\b.{0,20}", re.ASCII
)
_MONTH = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?[A-Za-z]{3,9}\.?,?\s+"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}"
)
_LENGTH = re.compile(r"[\w-]{1,15}[\s\u00a0-]{1,3}[A-Za-z]{1,9}")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?(?:\s?(?P<half>[ap])\.?m\.?)?", re.ASCII
)


def respelt(kind: str, value: str) -> str:
    """Return how a value of a kind is written where this looks like one; "" where it does not.

    What may mean two things is answered with both.
    """
    return _READERS[kind](value) if kind in _READERS and len(value) <= _LONGEST else ""


def _number(value: str) -> str:
    if not (found := _FIGURE.fullmatch(value)):
        return ""
    figure = found["figure"].strip()
    sign, digits = ("-" if figure[0] == "-" else ""), figure.lstrip("+-")
    for pattern in (_GROUPED, _GROUPED_BY_POINTS, _PLAIN):
        if parts := pattern.fullmatch(digits):
            whole = re.sub(r"\D", "", parts["whole"])
            return f"{sign}{whole}{(parts['rest'] or '').replace(',', '.')}"
    return ""


def _date(value: str) -> str:
    if found := _YEAR_FIRST.fullmatch(value):
        return _day(found["year"], found["m"], found["d"])
    if found := _DAY.fullmatch(value):
        first, second, year = found["first"], found["second"], found["year"]
        if len(year) == 2:
            return "the day as 2024-05-20" if _day(year, first, second, second, first) else ""
        return _day(year, first, second, second, first)
    return "".join(calendar_date(value)) if _MONTH.fullmatch(value) else ""


def _day(year: str, *parts: str) -> str:
    """Return the days that months and days in turn may mean; of a 31 February, how to write one."""
    pairs = [(int(m), int(d)) for m, d in zip(parts[::2], parts[1::2], strict=True)]
    days = {f"{year}-{m:02}-{d:02}": (m, d) for m, d in pairs if 1 <= m <= 12 and 1 <= d <= 31}
    real = [day for day, (m, d) in days.items() if _is_day(int(year), m, d)]
    return " or ".join(sorted(real)) or ("a day of the calendar as 2024-05-20" if days else "")


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _duration(value: str) -> str:
    if re.fullmatch(r"p[0-9t]\w*", value, re.IGNORECASE):
        return value.upper()
    return "".join(duration(value)[:1]) if _LENGTH.fullmatch(value) else ""


def _time(value: str) -> str:
    found = _CLOCK.fullmatch(value.lower())
    if not found or not (found["minute"] or found["half"]):
        return ""
    hour = int(found["hour"])
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return f"{hour:02}:{found['minute'] or '00'}" if hour < 24 else ""


def _boolean(value: str) -> str:
    return {"y": "yes", "n": "no"}.get(value.lower(), "")


_LONGEST = 40  # characters of a value that is written in another way
_READERS: Mapping[str, Callable[[str], str]] = {
    "number": _number,
    "date": _date,
    "duration": _duration,
    "time": _time,
    "boolean": _boolean,
}
