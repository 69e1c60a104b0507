"""Find the signs of Markdown in a text, and what they say of the words between them.

A reader of a page sees what the signs mean, not the signs. Emphasis, code, links and escapes are
read as CommonMark reads them (https://spec.commonmark.org/0.31.2/#inlines), which the tests compare
with a library that does. Only such a reader keeps the offsets, which no library for Python gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["", "strong", "em", "code"]
"""How words are set; "" for plain."""

_TOKEN = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~\n]))"
    r"|(?P<code>`+)"
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[\w.+-]+@[\w.-]+)>)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<run>\*+|_+)"
)
_BALANCED = r"(?:\\[!-/:-@\[-`{-~]|[^\s()<\\]|\\(?![!-/:-@\[-`{-~])|\((?:[^\s()\\]|\\.)*+\))*+"
_TITLE = r"\s*+(?:(?<=\s)(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+"
_TARGET = re.compile(rf"\]\(\s*+(?:<[^<>\n]*+>|{_BALANCED}){_TITLE}\s*+\)", re.DOTALL)
_REFERENCE = re.compile(r"\]\[([^\[\]]{0,200})\]")
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*\S", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]*+(?:>[ \t]?+)+", re.MULTILINE)
_MOST_DEPTH = 100  # brackets that are open at once; more is no text


@dataclass(frozen=True, slots=True)
class Markup:
    """What was found in a part of a text, in text order.

    Attributes:
        signs: ranges that only mark words, without overlap.
        styles: ranges with how they are set.
    """

    signs: tuple[tuple[int, int], ...] = ()
    styles: tuple[tuple[int, int, Style], ...] = ()


def definitions(text: str) -> frozenset[str]:
    """Return the names that references of a text may have."""
    return frozenset(_name(found[1]) for found in _DEFINED.finditer(text))


def find_markup(text: str, start: int, end: int, defined: frozenset[str] = frozenset()) -> Markup:
    """Return the markup of a block; `defined` are the references that the text defines."""
    return _Reading(text, start, end, defined).run()


def _name(label: str) -> str:
    return " ".join(label.split()).casefold()


@dataclass(slots=True)
class _Run:
    """A run of stars or underscores: what is left of it, and what it can do."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    length: int  # as written: a rule of CommonMark asks for it


@dataclass(slots=True)
class _Bracket:
    start: int
    end: int
    image: bool
    runs: int  # how many runs were open before it
    active: bool = True


@dataclass(slots=True)
class _Reading:
    """One pass over the inlines of a block."""

    text: str
    start: int
    end: int
    defined: frozenset[str]
    signs: list[tuple[int, int]] = field(default_factory=list)
    styles: list[tuple[int, int, Style]] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    brackets: list[_Bracket] = field(default_factory=list)

    def run(self) -> Markup:
        text, place = self.text, self.start
        self.signs += [found.span() for found in _QUOTED.finditer(text, self.start, self.end)]
        ticks = self._ticks()
        while found := _TOKEN.search(text, place, self.end):
            place = found.end()
            kind = found.lastgroup
            if kind == "escape":
                self.signs.append(found.span())
                place += 1
            elif kind == "code":
                place = self._code(found.start(), place, ticks)
            elif kind == "address":
                self.signs += [(found.start(), found.start() + 1), (place - 1, place)]
            elif kind == "open":
                bracket = _Bracket(found.start(), place, place - found.start() == 2, len(self.runs))
                self.brackets = [*self.brackets[-_MOST_DEPTH:], bracket]
            elif kind == "close":
                place = self._close(place)
            else:
                self.runs.append(self._run(found.start(), place))
        self._emphasise(0)
        return Markup(tuple(_apart(sorted(self.signs))), tuple(sorted(self.styles)))

    # ---- Code ----

    def _ticks(self) -> dict[int, list[int]]:
        """Return where the runs of backticks of each length start, the last one first."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        for found in re.finditer("`+", self.text[self.start : self.end]):
            places[len(found[0])].append(self.start + found.start())
        return {length: found[::-1] for length, found in places.items()}

    def _code(self, start: int, end: int, ticks: dict[int, list[int]]) -> int:
        coming = ticks.get(end - start, [])
        while coming and coming[-1] < end:
            coming.pop()
        if not coming:
            return end
        close = coming.pop()
        stop = close + end - start
        self.signs += [(start, end), (close, stop)]
        self.styles.append((end, close, "code"))
        return stop

    # ---- Links ----

    def _close(self, place: int) -> int:
        """End a link or an image at its bracket; return where to read on."""
        if not self.brackets:
            return place
        bracket = self.brackets.pop()
        target = self._target(bracket, place - 1)
        if not bracket.active or target is None:
            return place
        self.signs += [(bracket.start, bracket.end), (place - 1, target)]
        self._emphasise(bracket.runs)
        if not bracket.image:  # no link holds another
            for outer in self.brackets:
                outer.active = outer.active and outer.image
        return target

    def _target(self, bracket: _Bracket, close: int) -> int | None:
        """Return where a link ends whose words end at `close`, None where it is none."""
        if found := _TARGET.match(self.text, close, self.end):
            return found.end()
        words = _name(self.text[bracket.end : close]) if close - bracket.end <= 200 else ""
        if found := _REFERENCE.match(self.text, close, self.end):
            return found.end() if (_name(found[1]) or words) in self.defined else None
        is_definition = self.text[close + 1 : close + 2] == ":"
        return close + 1 if words in self.defined and not is_definition else None

    # ---- Emphasis ----

    def _run(self, start: int, end: int) -> _Run:
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        left = not after.isspace() and (
            not _punctuates(after) or before.isspace() or _punctuates(before)
        )
        right = not before.isspace() and (
            not _punctuates(before) or after.isspace() or _punctuates(after)
        )
        sign = self.text[start]
        if sign == "_":
            opens = left and (not right or _punctuates(before))
            closes = right and (not left or _punctuates(after))
            return _Run(start, end, sign, opens, closes, end - start)
        return _Run(start, end, sign, left, right, end - start)

    def _emphasise(self, bottom: int) -> None:
        """Pair the runs that were read since `bottom`, and forget them."""
        runs, self.runs = self.runs[bottom:], self.runs[:bottom]
        open_: list[_Run] = []
        # For closing runs of a kind: how many of the open runs are known not to fit.
        searched: defaultdict[tuple[str, bool, int], int] = defaultdict(int)
        for run in runs:
            if run.closes:
                self._pair(run, open_, searched)
            if run.opens and run.start < run.end:
                open_.append(run)

    def _pair(
        self, run: _Run, open_: list[_Run], searched: dict[tuple[str, bool, int], int]
    ) -> None:
        while run.start < run.end:
            kind = (run.sign, run.opens, run.length % 3)
            floor = min(searched[kind], len(open_))
            at = next((i for i in range(len(open_) - 1, floor - 1, -1) if _fit(open_[i], run)), -1)
            if at < 0:
                searched[kind] = len(open_)
                return
            opener = open_[at]
            del open_[at + 1 :]
            size = 2 if min(opener.end - opener.start, run.end - run.start) > 1 else 1
            self.styles.append((opener.end, run.start, "strong" if size == 2 else "em"))
            self.signs += [(opener.end - size, opener.end), (run.start, run.start + size)]
            opener.end -= size
            run.start += size
            if opener.start == opener.end:
                open_.pop()


def _fit(opener: _Run, closer: _Run) -> bool:
    if opener.sign != closer.sign:
        return False
    both = opener.closes or closer.opens
    lengths = opener.length, closer.length
    return not (both and sum(lengths) % 3 == 0 and any(each % 3 for each in lengths))


def _punctuates(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _apart(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached = -1
    for start, end in ranges:
        if max(start, reached) < end:
            yield max(start, reached), end
            reached = end
