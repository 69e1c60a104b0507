"""Find many phrases in one pass over a text, one step per word.

A phrase is a tuple of words, and each word a tuple of alternatives, with "*" behind a prefix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from annotate.lexicon.cues import Hit, Phrase

_Ended = tuple[tuple[tuple[int, tuple[int, ...]], ...], int]
"""Phrases that end at a word: numbers by length, and all of them as the bits of one number."""


class _State(dict[int, tuple["_State", _Ended]]):
    """What has been read of which phrases; maps a kind of word to what follows it.

    What follows is the next state, and the phrases that end there.
    """

    __slots__ = ("open",)

    def __init__(self, read: frozenset[tuple[int, int]]) -> None:
        super().__init__()
        self.open = read  # (phrase, words read of it)


class Automaton:
    """Finds phrases of alternatives and prefixes in one pass, one step per word.

    It is determinised while it reads: a step that was taken before costs two look-ups. Words that
    satisfy the same alternatives of all phrases are of one kind.
    """

    _MOST_STEPS = 1 << 14  # kept in memory; beyond that, everything learnt is forgotten

    def __init__(self) -> None:
        self._phrases: dict[Phrase, int] = {}
        self._vocabulary: set[str] = set()
        self._prefixes: dict[int, set[str]] = defaultdict(set)
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._lengths: list[int] = []
        self._words: list[tuple[frozenset[str], ...]] = []
        self._forget()

    def add(self, phrase: Phrase) -> int:
        """Return the number of a phrase, new or known."""
        if phrase in self._phrases:
            return self._phrases[phrase]
        number = self._phrases[phrase] = len(self._phrases)
        self._lengths.append(len(phrase))
        self._words.append(tuple(frozenset(word) for word in phrase))
        for alternative in {alternative for word in phrase for alternative in word}:
            if alternative.endswith("*"):
                self._prefixes[len(alternative) - 1].add(alternative[:-1])
            else:
                self._vocabulary.add(alternative)
        for alternative in set(phrase[0]):
            self._starts[alternative].append(number)
        return number

    def find(self, words: Iterable[str]) -> tuple[dict[int, list[Hit]], int]:
        """Return the places of every phrase that stands in a text, and their numbers as bits."""
        found: dict[int, list[Hit]] = {}
        bits = 0
        state, kinds = self._root, self._kinds
        for end, word in enumerate(words, start=1):
            kind = kinds.get(word)
            if kind is None:
                kind = self._kind(word)
            step = state.get(kind)
            if step is None:
                step = self._step(state, kind)
            state, (ended, ending) = step
            bits |= ending
            for length, numbers in ended:
                hit = end - length, end
                for number in numbers:
                    if number in found:
                        found[number].append(hit)
                    else:
                        found[number] = [hit]
        return found, bits

    def _forget(self) -> None:
        self._kinds: dict[str, int] = {}
        self._alternatives: list[frozenset[str]] = []
        self._kind_of: dict[frozenset[str], int] = {}
        self._states: dict[frozenset[tuple[int, int]], _State] = {}
        self._root = self._state(frozenset())
        self._steps = 0

    def _kind(self, word: str) -> int:
        """Return the kind of a word seen for the first time."""
        met = {word} if word in self._vocabulary else set()
        for length, prefixes in self._prefixes.items():
            if word[:length] in prefixes:
                met.add(word[:length] + "*")
        alternatives = frozenset(met)
        kind = self._kind_of.setdefault(alternatives, len(self._alternatives))
        if kind == len(self._alternatives):
            self._alternatives.append(alternatives)
        if len(self._kinds) >= self._MOST_STEPS:
            self._kinds.clear()
        self._kinds[word] = kind
        return kind

    def _step(self, state: _State, kind: int) -> tuple[_State, _Ended]:
        """Take a step for the first time, and remember it."""
        met = self._alternatives[kind]
        read = {
            (number, at + 1)
            for number, at in state.open
            if not met.isdisjoint(self._words[number][at])
        }
        read.update((number, 1) for alternative in met for number in self._starts[alternative])
        by_length: dict[int, list[int]] = defaultdict(list)
        going = []
        for number, at in read:
            if at == self._lengths[number]:
                by_length[at].append(number)
            else:
                going.append((number, at))
        ended = tuple((length, tuple(numbers)) for length, numbers in by_length.items())
        bits = sum(1 << number for _, numbers in ended for number in numbers)
        following = self._state(frozenset(going))
        if self._steps >= self._MOST_STEPS:
            self._root.clear()
            self._states = {self._root.open: self._root}
            self._steps = 0
        state[kind] = following, (ended, bits)
        self._steps += 1
        return following, (ended, bits)

    def _state(self, read: frozenset[tuple[int, int]]) -> _State:
        if read not in self._states:
            self._states[read] = _State(read)
        return self._states[read]
