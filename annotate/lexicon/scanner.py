"""Find which of many labelled cues stand in a text, all at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotate.lexicon.automaton import Automaton
from annotate.lexicon.cues import BREAK, FILL_SIGN, FILLERS, GAP, GAP_SIGN, Hit, parse_cue

Label = TypeVar("Label", bound=Hashable)


class Scanner(Generic[Label]):
    """Finds which of many labelled cues stand in a text.

    Phrases without gaps are found in one pass over the words; cues with gaps are then put together
    from the places of their phrases.
    """

    def __init__(self, cues: Iterable[tuple[Label, str]], fillers: Iterable[str] = ()) -> None:
        self._fillers = frozenset(fillers)
        self._automaton = Automaton()
        self._whole: dict[int, list[int]] = defaultdict(list)
        # By last phrase, then by first: a text is compared only with cues that it holds both of.
        self._joined: dict[int, dict[int, list[_Joined]]] = defaultdict(dict)
        ranks: dict[Label, int] = {}
        for label, cue in dict.fromkeys(cues):
            rank = ranks.setdefault(label, len(ranks))
            for variant in parse_cue(cue):
                numbers = [self._automaton.add(phrase) for phrase in variant.phrases]
                if len(numbers) == 1:
                    self._whole[numbers[0]].append(rank)
                else:
                    joined = _Joined(rank, tuple(numbers), variant.joints)
                    self._joined[numbers[-1]].setdefault(numbers[0], []).append(joined)
        # As bits: whether a text holds any of them is one operation.
        self._firsts = {last: sum(1 << each for each in by) for last, by in self._joined.items()}
        self._labels = list(ranks)  # by rank: numbers sort fast

    def scan(self, words: Sequence[str]) -> dict[Label, list[Hit]]:
        """Return the labels whose cues match, in the order given, with their hits in text order."""
        places, bits = self._automaton.find(words)
        hits: dict[int, list[Hit]] = {}
        # Most labels have hits of one phrase, which come sorted; only the others are sorted again.
        several: set[int] = set()
        for number in places.keys() & self._whole.keys():
            for rank in self._whole[number]:
                _file(hits, several, rank, places[number])
        reaches = self._reaches(words)
        for number in places.keys() & self._joined.keys():
            if not bits & self._firsts[number]:
                continue
            by_first = self._joined[number]
            latest = places[number][-1][0]
            for first in places.keys() & by_first.keys():
                if places[first][0][1] > latest:
                    continue  # the last phrase stands nowhere behind the first
                for joined in by_first[first]:
                    if spans := _spans(joined, places, reaches):
                        _file(hits, several, joined.rank, spans)
        for rank in several:
            hits[rank] = sorted(set(hits[rank]))
        return {self._labels[rank]: hits[rank] for rank in sorted(hits)}

    def _reaches(self, words: Sequence[str]) -> dict[str, list[int]]:
        """Return by gap how far it may reach from each place: the last word that may follow it."""
        last = len(words) - 1
        fillers, gaps = [0] * len(words), [0] * len(words)
        filler = gap = last
        for at in range(last, -1, -1):
            if words[at] not in self._fillers:
                filler = at
            if words[at] == BREAK:
                gap = at
            fillers[at] = min(at + FILLERS, filler)
            gaps[at] = min(at + GAP, gap)
        return {FILL_SIGN: [*fillers, -1], GAP_SIGN: [*gaps, -1]}


def _spans(
    joined: _Joined, places: Mapping[int, list[Hit]], reaches: Mapping[str, Sequence[int]]
) -> list[Hit]:
    """Return where the phrases of a cue follow each other over its gaps."""
    spans = places[joined.phrases[0]]
    for joint, number in zip(joined.joints, joined.phrases[1:], strict=True):
        following, reach = places.get(number), reaches[joint]
        if not following:
            return []
        reached = []
        for start, end in spans:
            nearest = bisect_left(following, (end, end))
            if nearest < len(following) and following[nearest][0] <= reach[end]:
                reached.append((start, following[nearest][1]))
        spans = reached
    return spans


def _file(hits: dict[int, list[Hit]], several: set[int], rank: int, found: list[Hit]) -> None:
    if rank in hits:
        hits[rank] = hits[rank] + found
        several.add(rank)
    else:
        hits[rank] = found


@dataclass(frozen=True, slots=True)
class _Joined:
    """A cue with gaps: the rank of its label, the numbers of its phrases, the gaps between them."""

    rank: int
    phrases: tuple[int, ...]
    joints: tuple[str, ...]
