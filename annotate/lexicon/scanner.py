"""Find which of many labelled cues stand in a text, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotate.lexicon.automaton import Automaton
from annotate.lexicon.cues import BREAK, FILL_SIGN, FILLERS, GAP, Hit, Variant, parse_cue

Label = TypeVar("Label", bound=Hashable)


class Scanner(Generic[Label]):
    """Finds which of many labelled cues stand in a text.

    Phrases are found in one pass over the words. Which cues with gaps may match is told by the
    bits of one number: a bit for each gap, set where the phrase in front of it ends, and kept as
    long as the gap can go on. Where the phrase behind the last gap ends, the cue may match; nine of
    ten do. They are put together when somebody asks for their label.

    Attributes:
        labels: all of them, in the order given, each with its place there.
    """

    def __init__(self, cues: Iterable[tuple[Label, str]], fillers: Iterable[str] = ()) -> None:
        self._fillers = frozenset(fillers)
        self._automaton = Automaton(self._ending)
        self._filling = frozenset(self._automaton.add(((each,),)) for each in self._fillers)
        self._breaking = self._automaton.add(((BREAK,),))
        self._lengths: dict[int, int] = {}  # of phrases, in words
        self._whole: dict[int, list[int]] = defaultdict(list)
        self._begins: dict[int, int] = defaultdict(int)  # as bits of cues with gaps, by phrase
        self._follows: dict[int, int] = defaultdict(int)
        self._closing: dict[int, _Joined] = {}  # by how many bits there are up to their last gap
        self._inner = 0  # bits of gaps that another one follows
        self._wide = 0  # bits of gaps that go on behind a word that is no filler
        self._bits = 0
        ranks: dict[Label, int] = {}
        for label, cue in dict.fromkeys(cues):
            rank = ranks.setdefault(label, len(ranks))
            for variant in parse_cue(cue):
                self._add(rank, variant)
        self._every = (1 << self._bits) - 1
        self.labels: Mapping[Label, int] = ranks

    def _add(self, rank: int, variant: Variant) -> None:
        numbers = tuple(map(self._automaton.add, variant.phrases))
        lengths = tuple(map(len, variant.phrases))
        self._lengths.update(zip(numbers, lengths, strict=True))
        first, *following = numbers
        if not following:
            self._whole[first].append(rank)
            return
        last = self._bits + len(following) - 1
        self._begins[first] |= 1 << self._bits
        gaps = tuple(zip(variant.joints, following, lengths[1:], strict=True))
        for bit, (joint, number, length) in enumerate(gaps, start=self._bits):
            self._follows[number] |= 1 << bit
            self._inner |= (bit < last) << bit
            # Words of a longer phrase are no fillers, and its gap is still open when it ends.
            self._wide |= (joint != FILL_SIGN or length > 1) << bit
        self._bits = last + 1
        self._closing[self._bits] = _Joined(rank, 1 << last, first, lengths[0], gaps)

    def scan(self, words: Sequence[str], first: int = 0) -> Found[Label]:
        """Return the labels whose cues match, in the order given, with their hits in text order.

        Words are counted from `first` on.
        """
        endings = self._automaton.read(words)
        whole: dict[int, list[Hit]] = {}
        inner = self._inner
        read = passed = 0
        for end, (begins, follows, stays, ended, _) in enumerate(endings, start=first + 1):
            reached = read & follows
            read &= stays
            if reached:
                passed |= reached
                if going := reached & inner:
                    read |= going << 1
            if begins:
                read |= begins
            for rank, length in ended:
                if rank in whole:
                    whole[rank].append((end - length, end))
                else:
                    whole[rank] = [(end - length, end)]
        joined: dict[int, list[_Joined]] = {}
        passed &= ~inner
        while passed:
            cue = self._closing[passed.bit_length()]
            passed ^= cue.bit
            if cue.rank in joined:
                joined[cue.rank].append(cue)
            else:
                joined[cue.rank] = [cue]
                whole.setdefault(cue.rank, [])
        return Found(self.labels, _Text(words, first, endings, self._fillers), whole, joined)

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
        stays = self._wide
        if self._breaking in phrases:
            stays = 0
        elif not self._filling.isdisjoint(phrases):
            stays = self._every
        return begins, follows, stays, tuple(whole), phrases


class Found(Mapping[Label, list[Hit]]):
    """The labels whose cues stand in a text, in the order given, with their hits in text order.

    The cues with gaps of a label are put together when it is asked for, once.
    """

    __slots__ = ("_hits", "_joined", "_labels", "_text", "_whole")

    def __init__(
        self,
        labels: Mapping[Label, int],
        text: _Text,
        whole: dict[int, list[Hit]],
        joined: dict[int, list[_Joined]],
    ) -> None:
        self._labels = labels
        self._text = text
        self._whole = whole  # by the ranks of all labels that may stand here
        self._joined = joined
        self._hits: dict[int, list[Hit]] = {}

    def at(self, rank: int) -> list[Hit]:
        """Return the hits of the label of a rank, in text order; none where it has none."""
        if rank not in self._whole:
            return []
        if rank not in self._hits:
            self._hits[rank] = self._put_together(rank)
        return self._hits[rank]

    def lacks(self, ranks: frozenset[int]) -> bool:
        """Tell at a glance that none of some labels has a hit."""
        return ranks.isdisjoint(self._whole)

    def among(self, ranks: Mapping[str, int]) -> dict[str, list[Hit]]:
        """Return the hits of those of some labels that have any, in their order and by name."""
        present = self._whole
        return {
            name: hits
            for name, rank in ranks.items()
            if rank in present and (hits := self.at(rank))
        }

    def _put_together(self, rank: int) -> list[Hit]:
        hits = self._whole[rank]
        for cue in self._joined.get(rank, ()):
            hits = hits + self._text.spans(cue)
        return sorted(set(hits)) if len(hits) > 1 else hits

    def __getitem__(self, label: Label) -> list[Hit]:
        if label in self._labels and (hits := self.at(self._labels[label])):
            return hits
        raise KeyError(label)

    def __iter__(self) -> Iterator[Label]:
        return (label for label, rank in self._labels.items() if self.at(rank))

    def __len__(self) -> int:
        return sum(1 for _ in self)


_Ending = tuple[int, int, int, tuple[tuple[int, int], ...], frozenset[int]]
"""What ends at a word; a plain tuple, which Python takes apart faster than one with names.

As bits, the gaps that begin behind such a phrase, those that end before one, and those that can go
on behind the word; of cues without gaps, their label's rank and their length; the phrases' numbers.
"""


@dataclass(frozen=True, slots=True)
class _Joined:
    """A cue with gaps.

    Attributes:
        rank: of its label.
        bit: of its last gap.
        first: number of its first phrase.
        length: of this phrase, in words.
        gaps: the sign of each, with the number and the length of the phrase behind it.
    """

    rank: int
    bit: int
    first: int
    length: int
    gaps: tuple[tuple[str, int, int], ...]


class _Text:
    """The words of a text with what ends at each, in which cues with gaps are put together."""

    __slots__ = ("_endings", "_fillers", "_first", "_places", "_words")

    def __init__(
        self,
        words: Sequence[str],
        first: int,
        endings: Sequence[_Ending],
        fillers: frozenset[str],
    ) -> None:
        self._words = words
        self._first = first
        self._endings = endings
        self._fillers = fillers
        self._places: dict[int, list[int]] = {}

    def spans(self, cue: _Joined) -> list[Hit]:
        """Return where the phrases of a cue follow each other over its gaps."""
        spans = []
        first = self._first
        for begun in self._ends(cue.first):
            at = begun
            for joint, number, length in cue.gaps:
                at = self._following(number, length, at, joint)
                if not at:
                    break
            else:
                spans.append((first + begun - cue.length, first + at))
        return spans

    def _ends(self, number: int) -> list[int]:
        """Return where a phrase ends, in order."""
        if number not in self._places:
            self._places[number] = [
                end for end, each in enumerate(self._endings, start=1) if number in each[4]
            ]
        return self._places[number]

    def _following(self, number: int, length: int, at: int, joint: str) -> int:
        """Return where a phrase ends that starts at a word or behind a gap from it on, or 0."""
        words, endings, fillers = self._words, self._endings, self._fillers
        filled = joint == FILL_SIGN
        beyond = at + (FILLERS if filled else GAP) + 1
        last = len(words) - length + 1
        for start in range(at, beyond if beyond < last else last):
            if number in endings[start + length - 1][4]:
                return start + length
            word = words[start]
            if word == BREAK or (filled and word not in fillers):
                return 0
        return 0
