"""Normalize what models change when they copy: white space, quotes, dashes, case, Markdown marks.

A normalized text keeps, for each of its characters, where it came from. Words, numbers and signs of
negation are never touched: what differs in one of them stays different. A quote that is found only
after this has the published grounding status "folded".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

_SINGLE_QUOTES = frozenset("'´‘’‚‛‹›′＇「」")  # noqa: RUF001 (these are the point)
_QUOTES = _SINGLE_QUOTES | frozenset('"“”„‟«»″＂『』')  # noqa: RUF001
_BULLETS = frozenset("•‣⁃◦▪▶➢➤❖")  # not ■ and □, ✓ and ✗, which say yes and no
_DASH = r"\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_OUTER = "\"'“”‘’«»"
_TARGET = r"\]\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)"
# What Markdown adds around words: emphasis, code, links, heading and quote marks at the start of a
# line, list dashes, the backslash of an escape. A sign between two digits is arithmetic.
_MARKUP = re.compile(
    rf"(?=[*`_\]\[!\#>\\ \t{_DASH}])(?:"  # passes over prose at once
    r"(?<![0-9])\*+|\*++(?![0-9])"
    r"|`+"
    r"|(?<![^\W_])_++|_++(?![^\W_])"
    rf"|{_TARGET}"
    r"|!?\[(?=[^\[\]]*\]\()"
    # Other brackets, as a quote may stop inside a link; but not those of a box to tick.
    r"|(?<![0-9])\[(?![0-9]|[ xX]\])|(?<![0-9])(?<!\[[ xX])\](?![0-9(])"
    r"|(?<!\S)\#{1,6}(?=\s+[^\s0-9])"
    r"|(?m:^(?:[ \t]*>(?=[ \t])(?![ \t]+[0-9]))+)"
    r"|\\(?=[^\w\s]|\r?\n)"
    rf"|(?<![^\s{_OUTER}])[{_DASH}]+(?=\s+[^\s\d]|[\s{_OUTER}]*\Z))"
)
_AUTOLINK = re.compile(r"<(?:https?|mailto):[^<>\s]*>", re.IGNORECASE)
_LINK_TARGET = re.compile(_TARGET)
_CLOSING = re.compile(rf"[*_`]{{0,16}}+{_TARGET}")  # real text closes a few marks at once
# Prose that needs lower case alone, letter for letter.
_PLAIN = re.compile(r"[A-Za-z0-9.,;:?()/&@%+=$]+(?: [A-Za-z0-9.,;:?()/&@%+=$]+)*")
_NUMBERS_OF_THEIR_OWN = ("<super>", "<sub>", "<fraction>", "<circle>")
_MAX_MARKS = 32  # on one letter; real text has at most a handful
UNSPACED = r"\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese letters, as a pattern's set of characters."""
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalized text.

    Attributes:
        text: the normalized characters; white space is single spaces.
        starts, ends: the half-open range of the source behind each of them.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range behind a range of `text`; None where it would halve a character."""
        # What comes of one character overlaps: "ﬁ", or an accent alone, whose space joins another.
        halved = (start > 0 and self.starts[start] < self.ends[start - 1]) or (
            end < len(self.text) and self.starts[end] < self.ends[end - 1]
        )
        return None if halved else (self.starts[start], self.ends[end - 1])


def normalize(text: str) -> Normalized:
    """Return `text` normalized."""
    out = _Output()
    skipped = _skipped(text)
    position = 0
    while position < len(text):
        if position in skipped:
            position = skipped[position]
            continue
        end = _plain_end(text, position)
        if end > position:
            out.copy(text[position:end], position)
        else:
            end = _cluster_end(text, position)
            out.put(_character(text[position:end]), position, end)
        position = end
    return Normalized("".join(out.characters), out.starts, out.ends)


def targets(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Return where the links that end in a range, or at its end, lead; normalized.

    `normalize` keeps only what a link says, so that targets have to be compared apart.
    """
    end = len(text) if end is None else end
    closing = _CLOSING.match(text, end)
    end = closing.end() if closing else end
    return [normalize(match[0][1:]).text for match in _LINK_TARGET.finditer(text, start, end)]


def is_unspaced(character: str) -> bool:
    """Tell whether a letter is Chinese or Japanese: white space beside it parts no words."""
    return _UNSPACED.match(character) is not None


@dataclass(slots=True)
class _Output:
    """What is normalized so far."""

    characters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def copy(self, plain: str, start: int) -> None:
        """Append prose that only needs lower case."""
        self.characters.extend(plain.lower())
        self.starts.extend(range(start, start + len(plain)))
        self.ends.extend(range(start + 1, start + len(plain) + 1))

    def put(self, normalized: str, start: int, end: int) -> None:
        """Append what one source character becomes."""
        for character in normalized:
            last = self.characters[-1] if self.characters else ""
            if character in " -" and last == character:
                self.ends[-1] = end
                continue
            if (
                last == " "
                and is_unspaced(character)
                and is_unspaced("".join(self.characters[-2:-1]))
            ):
                del self.characters[-1], self.starts[-1], self.ends[-1]
            if character == "'" and not last.isdigit():
                character = '"'  # 5' and 5" are two measures
            self.characters.append(character)
            self.starts.append(start)
            self.ends.append(end)


def _skipped(text: str) -> dict[int, int]:
    """Return where marks of Markdown start, with their ends."""
    skipped = {match.start(): match.end() for match in _MARKUP.finditer(text)}
    for link in _AUTOLINK.finditer(text):
        skipped[link.start()] = link.start() + 1
        skipped[link.end() - 1] = link.end()
    return skipped


def _plain_end(text: str, position: int) -> int:
    run = _PLAIN.match(text, position)
    if run is None:
        return position
    end = run.end()
    return end - 1 if end < len(text) and _combines(text[end]) else end


def _cluster_end(text: str, position: int) -> int:
    end = position + 1
    while end < len(text) and end - position <= _MAX_MARKS and _combines(text[end]):
        end += 1
    return end


def _combines(character: str) -> bool:
    # Not `graphemes.extends`: only marks with a combining class are composed and put in order.
    return character > "\u02ff" and unicodedata.combining(character) > 0


def _character(cluster: str) -> str:
    """Normalize one character, with the marks that combine with it."""
    if cluster.isspace() or cluster in _BULLETS:
        return " "
    if cluster in _QUOTES:
        return "'" if cluster in _SINGLE_QUOTES else '"'
    if unicodedata.category(cluster[0]) == "Cf":
        return cluster[1:]
    if cluster == "…":
        return "..."
    # Ligatures and wide letters open up; "²", "½" and "①" stay, they are numbers of their own.
    form: Literal["NFD", "NFKD"] = "NFD" if any(map(_is_own, cluster)) else "NFKD"
    opened = unicodedata.normalize(form, cluster)
    # "ß" is not "ss": "in Maßen" and "in Massen" are opposites.
    cased = opened.lower() if opened[0] in "ßẞ" else opened.casefold()
    normalized = unicodedata.normalize(form, cased)
    if normalized in _QUOTES:  # a form for vertical lines opens up to the plain mark
        return "'" if normalized in _SINGLE_QUOTES else '"'
    if unicodedata.category(normalized[0]) == "Pd" or normalized == "\u2212":
        return "-" + normalized[1:]
    return normalized


def _is_own(character: str) -> bool:
    return unicodedata.category(character) == "No" or unicodedata.decomposition(
        character
    ).startswith(_NUMBERS_OF_THEIR_OWN)
