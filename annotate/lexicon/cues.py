"""The cue language of lexicons: how a cue is written, and the words of a text as cues see them.

A cue is a phrase as linguists' word lists write it (after LIWC's wildcard):

    collect*            a word that starts so
    share|disclose      one of these words
    our?                a word that may be missing
    we ~ share          up to six fillers between ("we may also share"), as the lexicon lists them
    share ... with      up to eight words between, not across ";", ":" or a full stop

Words match whatever their case. Before matching, "e-mail" reads "email", hyphens part words,
"can't", "cannot" and "don't" read "can not" and "do not", a possessive 's falls away, a bare link
reads "https", and the target of a Markdown link is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

GAP = 8
"""Words that "..." may stand for, at most."""

FILLERS = 6
"""Fillers that "~" may stand for, at most."""

BREAK = "¦"
"""Stands among the words where a clause ends."""

GAP_SIGN, FILL_SIGN = "...", "~"
_TOKEN = re.compile(r"[^\W_]++(?:[.'][^\W_]++)*+|[.;:!?–—|,@%&+]")
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_LINK = re.compile(r"(?:https?://|www\.)[^\s)\]]+")
_SHORT = re.compile(r"n't\b|'(?:s|ll|re|ve|d|m)\b")
_LONG = {"n't": " not", "'s": "", "'ll": " will", "'re": " are", "'ve": " have", "'m": " am"}
_ODD_SHORT = {"cannot": "can not", "can't": "can not", "won't": "will not", "shan't": "shall not"}
_NONE: frozenset[int] = frozenset()
_BREAKS = frozenset(".;:!?–—|")  # the last one parts the cells of a table
_ONE = r"[^\W_]+(?:\.[^\W_]+)*\*?"
_CUE_WORD = re.compile(rf"{_ONE}(?:\|{_ONE})*|[@%&+]")
_MOST_OPTIONAL = 4  # each doubles the readings of a cue


class Words(NamedTuple):
    """A text as cues see it, and the marks in it that no cue sees but its polarity depends on.

    Attributes:
        words: with `BREAK` between clauses.
        commas: indices of the words in front of which a comma stands.
        breaks: indices of the breaks, in order.
        questions: those of the breaks that are question marks.
    """

    words: list[str]
    commas: frozenset[int] = frozenset()
    breaks: Sequence[int] = ()
    questions: frozenset[int] = frozenset()


def cue_words(text: str) -> list[str]:
    """Return the words of a text as cues see them, with `BREAK` between clauses."""
    return read_words(text).words


def read_words(text: str) -> Words:
    """Return the words of a text as cues see them, with its commas and question marks."""
    text = text.lower().replace("’", "'").replace("-mail", "mail")
    if "'" in text or "cannot" in text:
        for short, long in _ODD_SHORT.items():
            text = text.replace(short, long)
        text = _SHORT.sub(lambda match: _LONG.get(match[0], " would"), text)
    if "](" in text:
        text = _LINK_TARGET.sub("]", text)
    if "://" in text or "www." in text:
        text = _LINK.sub(" https ", text)
    words: list[str] = _TOKEN.findall(text)
    commas: list[int] = []
    if "," in text:
        marked, words = words, []
        for word in marked:
            if word == ",":
                commas.append(len(words))
            else:
                words.append(word)
    breaks = [at for at, word in enumerate(words) if word in _BREAKS]
    asked = frozenset(at for at in breaks if words[at] == "?") if "?" in text else _NONE
    for at in breaks:
        words[at] = BREAK
    return Words(words, frozenset(commas), breaks, asked)


@dataclass(frozen=True, slots=True)
class Variant:
    """A cue without its optional words.

    Attributes:
        phrases: what stands between its gaps.
        joints: the sign of the gap between each two of them.
    """

    phrases: tuple[Phrase, ...]
    joints: tuple[str, ...]


Phrase = tuple[tuple[str, ...], ...]
"""Words in a row, each as the tuple of its alternatives."""

Hit = tuple[int, int]
"""Where a cue matched: indices of words, half-open."""


@lru_cache(maxsize=1 << 14)  # lists of words stand in many cues
def _alternatives(word: str) -> tuple[str, ...]:
    """Return what a word of a cue stands for."""
    if not _CUE_WORD.fullmatch(word):
        raise ValueError(f"{word!r} is not a word of a cue (letters, *, |, ?, ~ or ...)")
    return tuple(word.split("|"))


@lru_cache(maxsize=1 << 14)  # a file is checked before its cues are looked for
def parse_cue(cue: str) -> tuple[Variant, ...]:
    """Return the readings of a cue, one for every way to leave out what may be missing.

    Raises:
        ValueError: what is wrong with it, in one sentence.
    """
    words = cue.lower().split()
    for word in words:
        if word not in (GAP_SIGN, FILL_SIGN):
            _alternatives(word.removesuffix("?"))
    if sum(word.endswith("?") for word in words) > _MOST_OPTIONAL:
        raise ValueError(f"more than {_MOST_OPTIONAL} of its words may be missing")
    kept = [[word.removesuffix("?"), None] if word.endswith("?") else [word] for word in words]
    return tuple(_variant([word for word in chosen if word]) for chosen in product(*kept))


def _variant(words: Sequence[str]) -> Variant:
    phrases: list[list[tuple[str, ...]]] = [[]]
    joints = []
    for word in words:
        if word in (GAP_SIGN, FILL_SIGN):
            joints.append(word)
            phrases.append([])
        else:
            phrases[-1].append(_alternatives(word))
    if not all(phrases):
        raise ValueError("a cue starts and ends with a word that may not be missing, as does a gap")
    return Variant(tuple(tuple(phrase) for phrase in phrases), tuple(joints))


def advice(cue: str) -> str:
    """Return how to write a cue that cannot be read, or that no text can match."""
    readings = [_readable(word) for word in cue.split()]
    written = " ".join(reading for reading in readings if reading)
    if not written or written == cue.lower():
        return "write words, as docs/reference/lexicon.md says"
    return f"write {written!r}: so the words of a text are read before they are looked for"


def _readable(word: str) -> str:
    """Return a word of a cue as the words that a text would hold in its place."""
    if word in (GAP_SIGN, FILL_SIGN) or word.startswith("<"):
        return word
    end = word[len(word.rstrip("*?")) :]
    ones = [" ".join(each for each in cue_words(one) if each != BREAK) for one in word.split("|")]
    single = [one for one in ones if one and " " not in one]
    if not single and any(ones):  # several words, none of which may be missing
        return max(ones) + end.removesuffix("?")
    return "|".join(single) + end if single else ""
