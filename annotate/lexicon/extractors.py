"""Read durations, dates, times, figures and addresses out of English text, as schema values.

Used by the offline baseline for attributes whose values no list of cues can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M"}
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90, "a": 1, "an": 1}
_NUMBER = r"(?P<number>\d{1,4}|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_DURATION = re.compile(
    rf"\b{_NUMBER}[\s\u00a0-]*(?:\(\s*(?P<digits>\d{{1,4}})\s*\)[\s\u00a0-]*)?(?:(?:full|calendar|business|working|consecutive)\s+)?"
    r"(?P<unit>minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
        "sep sept september|oct october|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.I
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
        re.I,
    ),
    re.compile(r"\b(?P<m>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b", re.I),
)
_AGE = re.compile(
    r"\b(?:under|below|younger than|less than|older than|over|aged?|ages?(?: of)?|at least)\s+"
    r"(?:the\s+)?(?:age\s+)?(?:of\s+)?"
    r"(?P<age>\d{1,2}|thirteen|sixteen|eighteen|fourteen|fifteen)\b(?!\s*(?:days|months|%))",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d:.])(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?![\d:])")
_UNTIL = re.compile(
    r"(?:\b(?:to|until|till|by|before|ended|over)\b|[–—-])[^:;]{0,40}?" + _TIME.pattern, re.I
)
_PERCENT = re.compile(r"(?<![\w.,])(?P<number>\d{1,3}(?:\.\d{1,4})?)\s?(?:%|per ?cent\b)", re.I)
_COUNT = re.compile(
    r"(?<![\w.,:/$€£#-])(?P<number>\d{1,3}(?:,\d{3}){1,4}|\d{1,9})(?![\w,:/%-]|\.\d|\s?%)"
    rf"(?!\s(?:per ?cent|(?:milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?|{_MONTH}))",
    re.IGNORECASE,
)
_PRICE = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?"
_MONEY = re.compile(
    rf"(?:[$€£]|\b(?:USD|EUR|GBP|CHF))\s?(?P<behind>{_PRICE})(?![\w,.]?\d)|"
    rf"(?<![\w.,/-])(?P<before>{_PRICE})\s?(?:[$€£]|(?:USD|EUR|GBP|CHF|euros?|dollars?|pounds?)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = re.compile(rf"\b{_MONTH}\s\Z", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w-])[A-Z]{1,4}-?\d{1,2}(?![\w-])")
_MASKED = re.compile(r"\[email[\s\u00a0]protected\]", re.IGNORECASE)
# From where such a word begins, or a text of one long word would be read again from each letter.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_PHONE = re.compile(r"(?<![\w/])\+?\(?\d[\d ().\u00a0-]{6,17}\d(?!\w)")
_CALLED = re.compile(r"phone|tel\b|call|fax|toll|mobile|\+\d|\(\d{3}\)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)[^\s)\]>*]+")
_TARGET = re.compile(r"\]\([^()\s]*\)")  # of a Markdown link


def duration(text: str) -> tuple[str, ...]:
    """Return the durations as ISO 8601: "seven (7) years" is P7Y."""
    found = []
    for match in _DURATION.finditer(text):
        number = _number(match["digits"] or match["number"])
        unit = match["unit"].lower()
        found.append(f"P{'T' if unit in ('hour', 'minute') else ''}{number}{_UNITS[unit]}")
    return tuple(dict.fromkeys(found))


def days(text: str) -> tuple[int, ...]:
    """Return the first duration that is counted in days or weeks, in days."""
    for match in _DURATION.finditer(text):
        factor = {"day": 1, "week": 7}.get(match["unit"].lower())
        if factor:
            return (factor * _number(match["digits"] or match["number"]),)
    return ()


def calendar_date(text: str) -> tuple[str, ...]:
    """Return the first date as ISO 8601, to the month where no day is given."""
    found = [match for pattern in _DATES if (match := pattern.search(text))]
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        parts = match.groupdict()
        month = int(parts["m"]) if parts.get("m") else _MONTHS[parts["month"].lower().rstrip(".")]
        if not parts.get("day"):
            return (f"{parts['year']}-{month:02}",)
        day = int(parts["day"])
        if "m" in parts and month > 12 >= day:
            month, day = day, month  # 25/12/2024
        try:
            return (date(int(parts["year"]), month, day).isoformat(),)
        except ValueError:
            continue
    return ()


def time(text: str) -> tuple[str, ...]:
    """Return the times of a day as HH:MM: "9:05" is 09:05."""
    return _clock(_TIME.finditer(text))


def time_until(text: str) -> tuple[str, ...]:
    """Return the times at which something ends: "from 9:05 to 10:00" gives 10:00."""
    return _clock(_UNTIL.finditer(text))


def time_from(text: str) -> tuple[str, ...]:
    """Return the other times: "from 9:05 to 10:00" gives 09:05."""
    ends = {match.end() for match in _UNTIL.finditer(text)}
    return _clock(match for match in _TIME.finditer(text) if match.end() not in ends)


def _clock(found: Iterable[re.Match[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{int(each['hour']):02}:{each['minute']}" for each in found))


def percent(text: str) -> tuple[float, ...]:
    """Return the shares in per cent: "0.4%" is 0.4."""
    found = (float(match["number"]) for match in _PERCENT.finditer(text))
    return tuple(dict.fromkeys(share for share in found if share <= 100))


def count(text: str) -> tuple[int, ...]:
    """Return the numbers in digits that are no share, length, date, time or price."""
    found = [
        int(match["number"].replace(",", ""))
        for match in _COUNT.finditer(text)
        if not _YEAR.fullmatch(match["number"]) and not _after_month(text, match.start())
    ]
    return tuple(dict.fromkeys(found))


def _after_month(text: str, at: int) -> bool:
    """Tell whether the name of a month stands right before a place: "March 3"."""
    return _BEFORE.search(text, max(0, at - 12), at) is not None


def money(text: str) -> tuple[int | float, ...]:
    """Return sums of money in whatever currency: "$1,250.50" is 1250.5, "900 euros" is 900."""
    found = (match["behind"] or match["before"] for match in _MONEY.finditer(text))
    plain = (each.replace(",", "") for each in found)
    return tuple(dict.fromkeys(float(each) if "." in each else int(each) for each in plain))


def code(text: str) -> tuple[str, ...]:
    """Return marks of a few capitals and digits as printed: "SEV-2", "P1"."""
    return tuple(dict.fromkeys(_CODE.findall(text)))


def age(text: str) -> tuple[int, ...]:
    """Return the first age: "under 13" is 13."""
    match = _AGE.search(text)
    return (_number(match["age"]),) if match else ()


def address(text: str) -> tuple[str, ...]:
    """Return e-mail addresses and phone numbers as printed, or the links where there is neither.

    None where an address is masked.
    """
    if _MASKED.search(text):
        return ()
    text = _TARGET.sub("]", text)
    found = _ADDRESS.findall(text)
    if _CALLED.search(text):  # a postal code may look like a number
        found += _PHONE.findall(text)
    cleaned = (" ".join(each.rstrip(".,;").split()) for each in found or _LINK.findall(text))
    return tuple(dict.fromkeys(cleaned))


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBER_WORDS[words.lower()]


EXTRACTORS: dict[str, Callable[[str], tuple[str | int | float, ...]]] = {
    "duration": duration,
    "days": days,
    "date": calendar_date,
    "time": time,
    "time_from": time_from,
    "time_until": time_until,
    "percent": percent,
    "count": count,
    "money": money,
    "code": code,
    "age": age,
    "address": address,
}
"""What a lexicon may name as `_capture`: each returns what it finds, in text order.

A new extractor is a function in this module and a line here; `SAMPLE` holds something for it.
"""

SAMPLE = (
    "From 9:05 to 17:30 on 20 May 2024, within 90 days, 0.4% of users and 2 shops were hit by "
    "SEV-1 for $20, nobody under 13: write to help@tea.example."
)
"""Holds something for each of them: an attribute that can hold nothing of it has the wrong one."""
