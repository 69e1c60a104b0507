"""Find which of many labelled cues stand in a text, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from annotate.lexicon.automaton import Automaton
from annotate.lexicon.cues import BREAK, FILL_SIGN, FILLERS, GAP, Hit, Variant, parse_cue

Label = TypeVar("Label", bound=Hashable)


class Scanner(Generic[Label]):
    """Finds which of many labelled cues stand in a text.

    Phrases are found in one pass over the words. Which cues with gaps may match is told by the
    bits of one number: a bit for each of their phrases, set where the one before it was read
    before. Few pass, and these are put together when somebody asks for their label.

    Attributes:
        labels: all of them, in the order given, each with its place there.
    """

    def __init__(self, cues: Iterable[tuple[Label, str]], fillers: Iterable[str] = ()) -> None:
        self._fillers = frozenset(fillers)
        self._automaton = Automaton(self._ending)
        self._lengths: dict[int, int] = {}  # of phrases, in words
        self._whole: dict[int, list[int]] = defaultdict(list)
        self._begins: dict[int, int] = defaultdict(int)  # as bits of cues with gaps, by phrase
        self._follows: dict[int, int] = defaultdict(int)
        self._closing: dict[int, _Joined] = {}  # by the bit of their last phrase
        self._bits = 0
        ranks: dict[Label, int] = {}
        for label, cue in dict.fromkeys(cues):
            rank = ranks.setdefault(label, len(ranks))
            for variant in parse_cue(cue):
                self._add(rank, variant)
        self._last = sum(1 << each for each in self._closing)
        self.labels: Mapping[Label, int] = ranks

    def _add(self, rank: int, variant: Variant) -> None:
        numbers = tuple(map(self._automaton.add, variant.phrases))
        lengths = tuple(map(len, variant.phrases))
        self._lengths.update(zip(numbers, lengths, strict=True))
        first, *following = numbers
        if not following:
            self._whole[first].append(rank)
            return
        self._begins[first] |= 1 << self._bits
        for bit, number in enumerate(following, start=self._bits + 1):
            self._follows[number] |= 1 << bit
        self._bits += len(numbers)
        gaps = tuple(zip(variant.joints, following, lengths[1:], strict=True))
        self._closing[self._bits - 1] = _Joined(rank, first, lengths[0], gaps)

    def scan(self, words: Sequence[str]) -> Found[Label]:
        """Return the labels whose cues match, in the order given, with their hits in text order."""
        endings = self._automaton.read(words)
        whole: dict[int, list[Hit]] = {}
        read = 0
        for end, (begins, follows, ended, _) in enumerate(endings, start=1):
            if follows:
                read |= (read << 1) & follows
            if begins:
                read |= begins
            for rank, length in ended:
                if rank in whole:
                    whole[rank].append((end - length, end))
                else:
                    whole[rank] = [(end - length, end)]
        joined: dict[int, list[_Joined]] = {}
        passed = read & self._last
        while passed:
            bit = passed.bit_length() - 1
            passed ^= 1 << bit
            cue = self._closing[bit]
            if cue.rank in joined:
                joined[cue.rank].append(cue)
            else:
                joined[cue.rank] = [cue]
        return Found(self.labels, _Text(words, endings, self._fillers), whole, joined)

    def _ending(self, phrases: frozenset[int]) -> _Ending:
        begins = follows = 0
        for number in phrases:
            begins |= self._begins.get(number, 0)
            follows |= self._follows.get(number, 0)
        whole = [
            (rank, self._lengths[number])
            for number in sorted(phrases & self._whole.keys())
            for rank in self._whole[number]
        ]
        return _Ending(begins, follows, tuple(whole), phrases)


class Found(Mapping[Label, list[Hit]]):
    """The labels whose cues stand in a text, in the order given, with their hits in text order.

    The cues with gaps of a label are put together when it is asked for, once.
    """

    def __init__(
        self,
        labels: Mapping[Label, int],
        text: _Text,
        whole: dict[int, list[Hit]],
        joined: dict[int, list[_Joined]],
    ) -> None:
        self._labels = labels
        self._text = text
        self._whole = whole
        self._joined = joined
        self._hits: dict[int, list[Hit]] = {}

    def hits(self, label: Label) -> list[Hit]:
        """Return the hits of a label, in text order; none where it has none."""
        rank = self._labels.get(label)
        if rank is None or (rank not in self._whole and rank not in self._joined):
            return []
        if rank not in self._hits:
            self._hits[rank] = self._put_together(rank)
        return self._hits[rank]

    def _put_together(self, rank: int) -> list[Hit]:
        hits = self._whole.get(rank, [])
        for cue in self._joined.get(rank, ()):
            hits = hits + self._text.spans(cue)
        return sorted(set(hits)) if len(hits) > 1 else hits

    def __getitem__(self, label: Label) -> list[Hit]:
        if hits := self.hits(label):
            return hits
        raise KeyError(label)

    def __iter__(self) -> Iterator[Label]:
        return (label for label in self._labels if self.hits(label))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Ending(NamedTuple):
    """What ends at a word.

    Attributes:
        begins: the cues with gaps that begin with such a phrase, as bits.
        follows: the phrases of cues with gaps that follow others, as bits.
        whole: of cues without gaps, their label's rank and their length.
        phrases: the numbers of all.
    """

    begins: int
    follows: int
    whole: tuple[tuple[int, int], ...]
    phrases: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Joined:
    """A cue with gaps: its label's rank, its first phrase, and each gap with what follows it.

    A phrase is its number and its length in words.
    """

    rank: int
    first: int
    length: int
    gaps: tuple[tuple[str, int, int], ...]


class _Text:
    """The words of a text with what ends at each, in which cues with gaps are put together."""

    __slots__ = ("_endings", "_fillers", "_places", "_words")

    def __init__(
        self, words: Sequence[str], endings: Sequence[_Ending], fillers: frozenset[str]
    ) -> None:
        self._words = words
        self._endings = endings
        self._fillers = fillers
        self._places: dict[int, list[int]] = {}

    def spans(self, cue: _Joined) -> list[Hit]:
        """Return where the phrases of a cue follow each other over its gaps."""
        spans = []
        for begun in self._ends(cue.first):
            at = begun
            for joint, number, length in cue.gaps:
                at = self._following(number, length, at, joint)
                if not at:
                    break
            else:
                spans.append((begun - cue.length, at))
        return spans

    def _ends(self, number: int) -> list[int]:
        """Return where a phrase ends, in order."""
        if number not in self._places:
            self._places[number] = [
                end for end, each in enumerate(self._endings, start=1) if number in each[3]
            ]
        return self._places[number]

    def _following(self, number: int, length: int, at: int, joint: str) -> int:
        """Return where a phrase ends that starts at a word or behind a gap from it on, or 0."""
        words, endings, fillers = self._words, self._endings, self._fillers
        filled = joint == FILL_SIGN
        beyond = at + (FILLERS if filled else GAP) + 1
        last = len(words) - length + 1
        for start in range(at, beyond if beyond < last else last):
            if number in endings[start + length - 1][3]:
                return start + length
            word = words[start]
            if word == BREAK or (filled and word not in fillers):
                return 0
        return 0
