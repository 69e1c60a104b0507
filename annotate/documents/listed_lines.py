"""Mark lists of contents where a source states lines alone, as a PDF does.

An entry is a line that leads by dots to the number of a page, or one that says again what another
line says, with a number behind it or not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotate.documents.layout import Furniture, Layout

_FEWEST = 3  # entries; two lines of the same words are no list
_MOST_BETWEEN = 1  # lines that are none, as where an entry goes over two
_SHARE = 0.75  # of the entries stand again above text of their own
_LONGEST = 160  # characters of an entry
_LED = re.compile(
    r"(?<![.·…_•])(?<![.·…_•]\s)[.·…_•](?:\s?[.·…_•]){2,}+\s*+(?:\d{1,4}|[ivxlc]{1,6})\s*+\Z"
)
_PAGE = re.compile(r"\s(?:\d{1,4}|[ivxlc]{1,6})\s*\Z")
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+|[ivxlc]{1,6}|[a-z]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it stands, whether dots lead to a page, and its words with the page or not."""

    start: int
    end: int
    led: bool
    keys: tuple[str, str]


def with_listed_lines(text: str, layout: Layout, title: re.Pattern[str], reason: str) -> Layout:
    """Return `layout` with lists of contents marked among its furniture.

    Args:
        text: of the document, whose lines are read.
        layout: what its source states: no blocks.
        title: what a line above the entries holds that is the title of the list.
        reason: what is said of a list.
    """
    end = layout.furniture[0].start if layout.furniture else len(text)
    lines = _lines(text, end)
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.keys[0] and not line.led:
            places.setdefault(line.keys[0], []).append(at)
    entries = [line.led or _says_again(line, places) for line in lines]
    found: list[Furniture] = []
    first = 0
    while first < len(lines):
        listed = _run(lines, entries, first)
        if len(listed) < _FEWEST or not _are_entries(lines, listed, places):
            first = max(listed, default=first) + 1
            continue
        last = listed[-1]
        above = lines[first - 1] if first else None
        is_titled = (
            above is not None
            and len(above.keys[0].split()) <= 6
            and (title.search(text, above.start, above.end) is not None)
        )
        start = above.start if above is not None and is_titled else lines[first].start
        found.append(Furniture(start, lines[last].end, reason))
        first = last + 1
    return replace(layout, furniture=(*found, *layout.furniture)) if found else layout


def _lines(text: str, end: int) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for raw in text[:end].splitlines(keepends=True):
        content = raw.strip()
        if content:
            led = len(content) <= _LONGEST and _LED.search(content) is not None
            lines.append(_Line(start, start + len(raw.rstrip()), led, _keys(content)))
        start += len(raw)
    return lines


def _keys(content: str) -> tuple[str, str]:
    if len(content) > _LONGEST or content.endswith((".", ";", ",")):  # a sentence is no entry
        return "", ""
    return _key(content), _key(_PAGE.sub("", content))


def _key(content: str) -> str:
    words = _WORDS.findall(content.casefold())
    while len(words) > 1 and _NUMBER.fullmatch(words[0]):
        del words[0]
    return " ".join(words)


def _says_again(line: _Line, places: Mapping[str, Sequence[int]]) -> bool:
    own, bare = line.keys
    return len(places.get(own, ())) > 1 or (bare != own and bare in places)


def _run(lines: Sequence[_Line], entries: Sequence[bool], first: int) -> list[int]:
    """Return the entries of the list that begins at `first`, as positions of lines."""
    listed: list[int] = []
    seen: set[str] = set()
    for at in range(first, len(lines)):
        line = lines[at]
        key = line.keys[1] if entries[at] else line.keys[0]
        if key and (key in seen or line.keys[0] in seen):
            break  # here the text begins, which the list has named
        if entries[at]:
            listed.append(at)
            seen.update(line.keys)
        elif not listed or at - listed[-1] > _MOST_BETWEEN:
            break
    return listed


def _are_entries(
    lines: Sequence[_Line], listed: Sequence[int], places: Mapping[str, Sequence[int]]
) -> bool:
    """Tell whether dots lead from all lines, or most stand again below above text of their own.

    Lines that stand again side by side are the head of a table on another page.
    """
    if all(lines[at].led for at in listed):
        return True
    again: list[int] = []
    for at in listed:
        below = [places[key] for key in lines[at].keys if key in places]
        behind = (_behind(each, listed[-1]) for each in below)
        again += [place for each in behind for place in each][:1]
    parted = [two - one > 1 for one, two in pairwise(again)]
    return len(again) >= _SHARE * len(listed) and sum(parted) >= _SHARE * len(parted)


def _behind(places: Sequence[int], last: int) -> Sequence[int]:
    at = bisect_right(places, last)
    return places[at : at + 1]
