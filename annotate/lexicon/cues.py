"""The cue language of lexicons, and a scanner that finds many cues in a text at once.

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
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

Label = TypeVar("Label", bound=Hashable)

GAP = 8
"""Words that "..." may stand for, at most."""

FILLERS = 6
"""Fillers that "~" may stand for, at most."""

BREAK = "¦"
"""Stands among the words where a clause ends."""

_GAP, _FILL = "...", "~"
_TOKEN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*|[.;:!?–—|]|[@%&+]")
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_LINK = re.compile(r"(?:https?://|www\.)[^\s)\]]+")
_SHORT = re.compile(r"n't\b|'(?:s|ll|re|ve|d|m)\b")
_LONG = {"n't": " not", "'s": "", "'ll": " will", "'re": " are", "'ve": " have", "'m": " am"}
_ODD_SHORT = {"cannot": "can not", "can't": "can not", "won't": "will not", "shan't": "shall not"}
_BREAKS = frozenset(".;:!?–—|")  # the last one parts the cells of a table
_ONE = r"[^\W_]+(?:\.[^\W_]+)*\*?"
_CUE_WORD = re.compile(rf"{_ONE}(?:\|{_ONE})*\??|[@%&+]")
_MOST_OPTIONAL = 4


def normalise(text: str) -> list[str]:
    """Return the words of a text as cues see them, with `BREAK` between clauses."""
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
    if not _BREAKS.isdisjoint(words):
        words = [BREAK if word in _BREAKS else word for word in words]
    return words


@dataclass(frozen=True, slots=True)
class _Variant:
    """A cue without its optional words: phrases, and what stands between each two of them."""

    phrases: tuple[_Phrase, ...]
    joints: tuple[str, ...]


_Phrase = tuple[tuple[str, ...], ...]  # a tuple of alternatives for every word
Hit = tuple[int, int]
"""Where a cue matched: indices of words, half-open."""


def parse_cue(cue: str) -> list[_Variant]:
    """Return the readings of a cue, one for every way to leave out what may be missing.

    Raises:
        ValueError: what is wrong with it, in one sentence.
    """
    words = cue.lower().split()
    for word in words:
        if word not in (_GAP, _FILL) and not _CUE_WORD.fullmatch(word):
            raise ValueError(f"{word!r} is no word of a cue (letters, *, |, ?, ~ or ...)")
    if sum(word.endswith("?") for word in words) > _MOST_OPTIONAL:
        raise ValueError(f"more than {_MOST_OPTIONAL} of its words may be missing")
    kept = [[word.rstrip("?"), None] if word.endswith("?") else [word] for word in words]
    return [_variant([word for word in chosen if word]) for chosen in product(*kept)]


def _variant(words: Sequence[str]) -> _Variant:
    phrases: list[list[tuple[str, ...]]] = [[]]
    joints = []
    for word in words:
        if word in (_GAP, _FILL):
            joints.append(word)
            phrases.append([])
        else:
            phrases[-1].append(tuple(word.split("|")))
    if not all(phrases):
        raise ValueError("a cue starts and ends with a word that may not be missing, as does a gap")
    return _Variant(tuple(tuple(phrase) for phrase in phrases), tuple(joints))


class Scanner(Generic[Label]):
    """Finds which of many labelled cues stand in a text.

    Phrases without gaps are found in one pass over the words; cues with gaps are then put together
    from the places of their phrases.
    """

    def __init__(self, cues: Iterable[tuple[Label, str]], fillers: Iterable[str] = ()) -> None:
        self._fillers = frozenset(fillers)
        self._automaton = _Automaton()
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
            reach = self._over_fillers if joint == _FILL else _over_words
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


class _State(dict[int, tuple["_State", tuple[tuple[int, int], ...]]]):
    """What has been read of which phrases; maps a kind of word to what follows it.

    What follows is the next state, and the phrases that end there with their lengths.
    """

    __slots__ = ("open",)

    def __init__(self, read: frozenset[tuple[int, int]]) -> None:
        super().__init__()
        self.open = read  # (phrase, words read of it)


class _Automaton:
    """Finds phrases of alternatives and prefixes in one pass, one step a word.

    It is determinised while it reads: a step that was taken before costs two look-ups. Words that
    satisfy the same alternatives of all phrases are of one kind.
    """

    _MOST_STEPS = 1 << 14  # kept in memory; beyond that, everything learnt is forgotten

    def __init__(self) -> None:
        self._phrases: dict[_Phrase, int] = {}
        self._vocabulary: set[str] = set()
        self._prefixes: dict[int, set[str]] = defaultdict(set)
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._lengths: list[int] = []
        self._words: list[tuple[frozenset[str], ...]] = []
        self._forget()

    def add(self, phrase: _Phrase) -> int:
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

    def find(self, words: Iterable[str]) -> dict[int, list[Hit]]:
        """Return the places of every phrase that stands in a text."""
        found: dict[int, list[Hit]] = {}
        state, kinds = self._root, self._kinds
        for end, word in enumerate(words, start=1):
            kind = kinds.get(word)
            if kind is None:
                kind = self._kind(word)
            step = state.get(kind)
            if step is None:
                step = self._step(state, kind)
            state, ended = step
            for number, length in ended:
                if number in found:
                    found[number].append((end - length, end))
                else:
                    found[number] = [(end - length, end)]
        return found

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

    def _step(self, state: _State, kind: int) -> tuple[_State, tuple[tuple[int, int], ...]]:
        """Take a step for the first time, and remember it."""
        met = self._alternatives[kind]
        read = {
            (number, at + 1)
            for number, at in state.open
            if not met.isdisjoint(self._words[number][at])
        }
        read.update((number, 1) for alternative in met for number in self._starts[alternative])
        ended = tuple(sorted((number, at) for number, at in read if at == self._lengths[number]))
        following = self._state(
            frozenset((number, at) for number, at in read if at < self._lengths[number])
        )
        if self._steps >= self._MOST_STEPS:
            self._root.clear()
            self._states = {self._root.open: self._root}
            self._steps = 0
        state[kind] = following, ended
        self._steps += 1
        return following, ended

    def _state(self, read: frozenset[tuple[int, int]]) -> _State:
        if read not in self._states:
            self._states[read] = _State(read)
        return self._states[read]
