"""Find many phrases in one pass over a text, two look-ups per word.

A phrase is a tuple of words, and each word a tuple of alternatives, with "*" behind a prefix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotate.lexicon.cues import Phrase

T = TypeVar("T")


class Automaton(Generic[T]):
    """Finds phrases of alternatives and prefixes, and says for each word what ends there.

    It is determinised while it reads: a step that was taken before costs two look-ups. Words that
    satisfy the same alternatives of all phrases are of one kind. Nothing is made for a phrase that
    is found: the places where the same phrases end share one object, the one that `ending` makes
    of the numbers of these phrases.
    """

    MOST_STEPS = 1 << 14  # kept in memory; beyond that, everything learnt is forgotten

    def __init__(self, ending: Callable[[frozenset[int]], T]) -> None:
        self._ending = ending
        self._phrases: dict[Phrase, int] = {}
        self._vocabulary: set[str] = set()
        self._prefixes: dict[int, set[str]] = defaultdict(set)
        self._slots: dict[frozenset[str], int] = {}
        self._slots_of: dict[str, set[int]] = defaultdict(set)
        self._start = _Node()
        self._kinds_of: dict[frozenset[str], int] = {}
        self._kinds: list[_Kind[T]] = []
        self._words: _Words = _Words(self._kind)
        self._states: dict[frozenset[_Node], _State[T]] = {}
        self._root = self._state(frozenset())
        self._steps = 0

    def add(self, phrase: Phrase) -> int:
        """Return the number of a phrase, new or known; all are added before a text is read."""
        if phrase in self._phrases:
            return self._phrases[phrase]
        number = self._phrases[phrase] = len(self._phrases)
        node = self._start
        for word in phrase:
            slot = self._slot(frozenset(word))
            node = node.following.setdefault(slot, _Node())
        node.ended.append(number)
        return number

    def read(self, words: Iterable[str]) -> list[T]:
        """Return for each word what `ending` makes of the phrases that end there."""
        state, kinds = self._root, self._words
        endings: list[T] = []
        append = endings.append
        for word in words:
            state, ending = state[kinds[word]]
            append(ending)
        return endings

    def _slot(self, alternatives: frozenset[str]) -> int:
        """Return the number of what may stand at a place of a phrase."""
        slot = self._slots.setdefault(alternatives, len(self._slots))
        for alternative in alternatives:
            self._slots_of[alternative].add(slot)
            if alternative.endswith("*"):
                self._prefixes[len(alternative) - 1].add(alternative[:-1])
            else:
                self._vocabulary.add(alternative)
        return slot

    def _kind(self, word: str) -> int:
        """Return the kind of a word seen for the first time."""
        met = {word} if word in self._vocabulary else set()
        for length, prefixes in self._prefixes.items():
            if word[:length] in prefixes:
                met.add(word[:length] + "*")
        alternatives = frozenset(met)
        kind = self._kinds_of.setdefault(alternatives, len(self._kinds))
        if kind == len(self._kinds):
            slots = frozenset(slot for each in met for slot in self._slots_of[each])
            opened = self._start.behind(slots)
            ended = frozenset(number for node in opened for number in node.ended)
            going = frozenset(node for node in opened if node.following)
            self._kinds.append(_Kind(slots, going, ended, self._ending(ended)))
        if len(self._words) >= self.MOST_STEPS:
            self._words.clear()
        return kind

    def _step(self, state: _State[T], number: int) -> tuple[_State[T], T]:
        """Take a step for the first time."""
        if self._steps >= self.MOST_STEPS:
            for each in self._states.values():
                each.clear()  # they lead to each other: else their memory would not come back
            self._states = {self._root.read: self._root}
            self._steps = 0
        self._steps += 1
        kind = self._kinds[number]
        if state is not self._root and state.awaited.isdisjoint(kind.slots):
            return self._root[number]  # nothing goes on here, as with nine words of ten
        reached = [node for each in state.read for node in each.behind(kind.slots)]
        ended = {number for node in reached for number in node.ended}
        ending = self._ending(kind.ended | ended) if ended else kind.ending
        return self._state(kind.going.union(node for node in reached if node.following)), ending

    def _state(self, read: frozenset[_Node]) -> _State[T]:
        if read not in self._states:
            self._states[read] = _State(read, self._step)
        return self._states[read]


class _Node:
    """A place in the tree of phrases: what may follow there by slot, and what ends there."""

    __slots__ = ("ended", "following")

    def __init__(self) -> None:
        self.following: dict[int, _Node] = {}
        self.ended: list[int] = []

    def behind(self, slots: frozenset[int]) -> list[_Node]:
        """Return the places that a word leads to which fills these slots."""
        return [self.following[slot] for slot in self.following.keys() & slots]


@dataclass(frozen=True, slots=True)
class _Kind(Generic[T]):
    """Words that fill the same slots: where phrases go on behind them, and which end there."""

    slots: frozenset[int]
    going: frozenset[_Node]
    ended: frozenset[int]
    ending: T


class _Words(dict[str, int]):
    """The kind of each word, found out when it is asked for."""

    def __init__(self, kind: Callable[[str], int]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, word: str) -> int:
        kind = self._kind(word)
        self[word] = kind
        return kind


class _State(dict[int, tuple["_State[T]", T]], Generic[T]):
    """What has been read of which phrases; maps a kind of word to what follows it.

    Attributes:
        read: where these phrases go on.
        awaited: the slots by which they do.
    """

    __slots__ = ("_step", "awaited", "read")

    def __init__(
        self,
        read: frozenset[_Node],
        step: Callable[[_State[T], int], tuple[_State[T], T]],
    ) -> None:
        super().__init__()
        self.read = read
        self.awaited = frozenset[int]().union(*(node.following for node in read))
        self._step = step

    def __missing__(self, kind: int) -> tuple[_State[T], T]:
        taken = self[kind] = self._step(self, kind)
        return taken
