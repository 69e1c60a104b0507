"""Find which of many labelled cues stand in a text, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotate.lexicon.automaton import Automaton
from annotate.lexicon.cues import BREAK, FILL_SIGN, FILLERS, GAP, Hit, parse_cue

Label = TypeVar("Label", bound=Hashable)


class Scanner(Generic[Label]):
    """Finds which of many labelled cues stand in a text.

    Phrases without gaps are found in one pass over the words; cues with gaps are then put together
    from the places of their phrases.
    """

    def __init__(self, cues: Iterable[tuple[Label, str]], fillers: Iterable[str] = ()) -> None:
        self._fillers = frozenset(fillers)
        self._automaton = Automaton()
        self._whole: dict[int, list[Label]] = defaultdict(list)
        # By last phrase, then by first: a text is compared only with cues that it holds both of.
        self._joined: dict[int, dict[int, list[_Joined[Label]]]] = defaultdict(dict)
        self._rank: dict[Label, int] = {}
        for label, cue in dict.fromkeys(cues):
            self._rank.setdefault(label, len(self._rank))
            for variant in parse_cue(cue):
                numbers = [self._automaton.add(phrase) for phrase in variant.phrases]
                if len(numbers) == 1:
                    self._whole[numbers[0]].append(label)
                else:
                    joined = _Joined(label, tuple(numbers), variant.joints)
                    self._joined[numbers[-1]].setdefault(numbers[0], []).append(joined)

    def scan(self, words: Sequence[str]) -> dict[Label, list[Hit]]:
        """Return the labels whose cues match, in the order given, with their hits in text order."""
        places = self._automaton.find(words)
        hits: dict[Label, list[Hit]] = {}
        # Most labels have hits of one phrase, which come sorted; only the others are sorted again.
        several: set[Label] = set()
        found = places.keys()
        for number in found & self._whole.keys():
            for label in self._whole[number]:
                _file(hits, several, label, places[number])
        for number in found & self._joined.keys():
            by_first = self._joined[number]
            for first in by_first.keys() & found:
                for joined in by_first[first]:
                    inner = joined.phrases[1:-1]
                    if inner and not all(each in places for each in inner):
                        continue
                    if spans := self._spans(joined, places, words):
                        _file(hits, several, joined.label, spans)
        for label in several:
            hits[label] = sorted(set(hits[label]))
        return {label: hits[label] for label in sorted(hits, key=self._rank.__getitem__)}

    def _spans(
        self, joined: _Joined[Label], places: Mapping[int, list[Hit]], words: Sequence[str]
    ) -> list[Hit]:
        """Return where the phrases of a cue follow each other over its gaps."""
        spans = places[joined.phrases[0]]
        for joint, number in zip(joined.joints, joined.phrases[1:], strict=True):
            ends = dict(places[number])
            reach = self._over_fillers if joint == FILL_SIGN else _over_words
            spans = [
                (start, ends[at])
                for start, end in spans
                if (at := reach(words, end, ends)) is not None
            ]
        return spans

    def _over_fillers(
        self, words: Sequence[str], position: int, ends: Mapping[int, int]
    ) -> int | None:
        for at in range(position, min(position + FILLERS, len(words) - 1) + 1):
            if at in ends:
                return at
            if words[at] not in self._fillers:
                return None
        return None


def _over_words(words: Sequence[str], position: int, ends: Mapping[int, int]) -> int | None:
    for at in range(position, min(position + GAP, len(words) - 1) + 1):
        if at in ends:
            return at
        if words[at] == BREAK:
            return None
    return None


def _file(
    hits: dict[Label, list[Hit]], several: set[Label], label: Label, found: list[Hit]
) -> None:
    if label in hits:
        hits[label] = hits[label] + found
        several.add(label)
    else:
        hits[label] = found


@dataclass(frozen=True, slots=True)
class _Joined(Generic[Label]):
    """A cue with gaps: the numbers of its phrases, and the gaps between them."""

    label: Label
    phrases: tuple[int, ...]
    joints: tuple[str, ...]
