"""Find phrases that tell examples apart: a start for the cues of a lexicon, and no more.

A phrase is a cue where it stands in passages with a label and in none without it. What was found in
a few examples says nothing about texts that nobody has looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

from annotate.lexicon.cues import BREAK, cue_words, parse_cue

_LONGEST = 5  # words of a phrase
_MOST = 40  # cues of a label
_TELLING = 4  # letters of a word at the ends of a phrase: shorter ones are in every text
_ALONE = 5  # letters of a word that is a phrase by itself
# Of phrases that tell the same passages, two words go first: one may stand there by chance, and
# many will not stand elsewhere.
_PREFERRED = (2, 3, 1, 4, 5)


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of a text with the labels that are right for it.

    Attributes:
        around: its words, as cues see them.
        quoted: the words that prove each label.
    """

    around: Sequence[str]
    quoted: Mapping[str, Sequence[str]]


_Phrase = tuple[str, ...]


def find_cues(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """Return the cues of each label that has some: as few as tell all passages that can be told.

    Args:
        passages: with their labels, and those without any too.
    """
    places: dict[_Phrase, set[int]] = defaultdict(set)
    for number, passage in enumerate(passages):
        for phrase in _phrases(passage.around):
            places[phrase].add(number)
    labels = dict.fromkeys(label for passage in passages for label in passage.quoted)
    found = {label: _cover(label, passages, places) for label in labels}
    return {label: cues for label, cues in found.items() if cues}


def _cover(
    label: str, passages: Sequence[Passage], places: Mapping[_Phrase, set[int]]
) -> list[str]:
    labelled = {n for n, passage in enumerate(passages) if label in passage.quoted}
    unique: dict[_Phrase, set[int]] = defaultdict(set)
    for number in sorted(labelled):
        for phrase in _phrases(passages[number].quoted[label]):
            if places[phrase] <= labelled and _is_cue(phrase):
                unique[phrase].add(number)
    telling = {phrase: told for phrase, told in unique.items() if _is_telling(phrase)}
    own, left = tuple(cue_words(label)), set(labelled)
    cues = [*_fewest(telling, own, left)]
    # What no telling phrase is found for is found by any, the longest first.
    rest = {phrase: told for phrase, told in unique.items() if len(phrase) > 1 or len(told) > 1}
    cues += _fewest(rest or unique, (), left)
    return [" ".join(each) for each in cues[:_MOST]]


def _fewest(telling: Mapping[_Phrase, set[int]], own: _Phrase, left: set[int]) -> Iterator[_Phrase]:
    """Yield phrases until they tell all passages in `left`, or no more; take out what they tell."""
    waiting = [_Candidate(_rank(each, len(told), own), each) for each, told in telling.items()]
    heapify(waiting)
    for _ in range(_MOST):
        while left and waiting:
            best = waiting[0].phrase
            # What it tells has grown less by the cues before it: it may no longer be the best.
            now = _rank(best, len(telling[best] & left), own)
            if now == waiting[0].rank:
                break
            heapreplace(waiting, _Candidate(now, best))
        if not left or not waiting or not telling[waiting[0].phrase] & left:
            return
        best = heappop(waiting).phrase
        left -= telling[best]
        yield best


_Rank = tuple[bool, int, int, int, _Phrase]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A phrase that may become a cue; the best one sorts first."""

    rank: _Rank
    phrase: _Phrase

    def __lt__(self, other: _Candidate) -> bool:
        return self.rank > other.rank


def _rank(phrase: _Phrase, told: int, own: _Phrase) -> _Rank:
    """Return how well a phrase tells what is left; the label's own words go first."""
    named = told > 0 and phrase == own
    return named, told, -_PREFERRED.index(len(phrase)), sum(map(len, phrase)), phrase


def _phrases(words: Sequence[str]) -> Iterator[_Phrase]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if words[end - 1] == BREAK:
                break
            yield tuple(words[start:end])


def _is_telling(phrase: _Phrase) -> bool:
    ends = (phrase[0], phrase[-1])
    return min(map(len, ends)) >= (_TELLING if len(phrase) > 1 else _ALONE)


def _is_cue(phrase: _Phrase) -> bool:
    try:
        parse_cue(" ".join(phrase))
    except ValueError:  # an apostrophe, for one, stands in no cue
        return False
    return True
