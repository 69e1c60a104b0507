"""The words of a quote: when two quotes are in the same words, how far they differ, and where.

Line breaks, bullets, numbers of list items, typographic signs, case and Markdown marks are no
words: what differs in them alone is the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from annotate.grounding.normalization import UNSPACED, normalize

# "1." and "1)" at the start of a line; "(a)" wherever it stands, as the line may be broken anew; of
# "(1)" what cannot be a part of a number: "+1 (307)", "ten (10) days".
_MARKER = re.compile(
    r"^[ \t]*(?:(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\d+(?:\.\d+)+\.?)[ \t]+"
    r"|(?<!\S)\((?:[A-Za-z]|[ivxIVX]{1,5})\)(?=\s)"
    r"|(?:\A|(?<=[.;:,!?])\s|(?<=\band)\s|(?<=\bor)\s)\s{0,8}\(\d{1,2}\)(?=\s)",
    re.M,
)
_WORD = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_])+")
_ROOT = 6  # letters of a word that stand for it and its inflections

# Numbers and addresses, which say something also where no attribute holds them.
_WORD_AS_PRINTED = re.compile(r"\S+")
_FIGURE = re.compile(r"\d|@|://|\bwww\.", re.IGNORECASE)
_EDGES = "()[]{}<>\"'“”‘’«».,;:!?*_`"
_REFERENCE = re.compile(r"(?:\b(?:sections?|paragraphs?|clauses?|parts?)|§+)\s*$", re.IGNORECASE)
_REFERENCE_REACH = 40  # characters before a number, white space among them


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared of a quote.

    Attributes:
        key: equal where two quotes are in the same words.
        roots: the beginnings of its words, which inflections share.
    """

    key: str
    roots: frozenset[str]


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> Words:
    """Return the words of a quote, a stem or a heading."""
    found = _WORD.findall(_plain(text))
    return Words(_joined(found), frozenset(word[:_ROOT] for word in found))


def _plain(text: str) -> str:
    if text.isascii() and not _NEEDS_MORE.search(text):
        return text.casefold()
    unmarked = normalize(_MARKER.sub("", text)).text
    return unicodedata.normalize("NFKC", unmarked).casefold()


_NEEDS_MORE = re.compile(r"[\[\\_<]|\(\w{1,5}\)|^[^\S\n]*\(?\w{1,5}(?:\.\d+)*[.)]\s", re.M)


def _joined(found: Sequence[str]) -> str:
    """Join words as if nothing stood between them: "third-party" is "third party".

    Numbers stay apart. A word that is parted at the end of a line is the whole word.
    """
    out: list[str] = []
    for word in found:
        if out and out[-1][-1].isdigit() and word[0].isdigit():
            out.append(" ")
        out.append(word)
    return "".join(out)


def figures(text: str) -> tuple[str, ...]:
    """Return the numbers and addresses in a quote; a reference to a section is none."""
    found = []
    for match in _WORD_AS_PRINTED.finditer(_MARKER.sub("", text)):
        start = match.start()
        before = max(0, start - _REFERENCE_REACH)
        if _FIGURE.search(match[0]) and not _REFERENCE.search(match.string, before, start):
            found.append(match[0].strip(_EDGES))
    return tuple(each for each in found if each)


def same_figures(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether figures are the same, however they are grouped and in whatever order.

    Where one side has none at all, its figures may be written in words: that is no difference.
    """
    if not first or not second:
        return True
    one, other = (["".join(_WORD.findall(each.casefold())) for each in s] for s in (first, second))
    return Counter(one) == Counter(other) or "".join(one) == "".join(other)


# ---- Where two quotes differ ----

PieceKind = Literal["same", "removed", "added"]
_TOKEN = re.compile(r"\s+|[^\W_]+|[\W_]")
_MOST_TOKENS = 2_000  # of a quote that is compared word by word


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a quote: in both quotes, or in one of them alone."""

    kind: PieceKind
    text: str


def word_changes(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both quotes in pieces, those that differ marked; joined, the pieces are the quotes."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) > _MOST_TOKENS or len(new) > _MOST_TOKENS:
        return [Piece("removed", before)], [Piece("added", after)]
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    left: list[tuple[PieceKind, str]] = []
    right: list[tuple[PieceKind, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        same = tag == "equal"
        left.append(("same" if same else "removed", "".join(old[a:b])))
        right.append(("same" if same else "added", "".join(new[c:d])))
    return [*_smooth(left)], [*_smooth(right)]


def _key(token: str) -> str:
    return " " if token.isspace() else token.casefold()


def _smooth(pieces: Sequence[tuple[PieceKind, str]]) -> Iterator[Piece]:
    """Yield pieces without empty ones; white space between two that differ differs with them."""
    kept = [each for each in pieces if each[1]]
    out: list[tuple[PieceKind, str]] = []
    for place, (kind, text) in enumerate(kept):
        between = kind == "same" and not text.strip() and 0 < place < len(kept) - 1
        now = out[-1][0] if between else kind
        if out and out[-1][0] == now:
            out[-1] = now, out[-1][1] + text
        else:
            out.append((now, text))
    for kind, text in out:
        yield Piece(kind, text)
