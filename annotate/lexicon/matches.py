"""What a scan finds in one unit: where its cues stand, read together with what it completes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from annotate.lexicon.cues import BREAK, Hit, Words, read_words
from annotate.lexicon.lexicon import Lexicon
from annotate.lexicon.rules import VALUES, Label
from annotate.lexicon.scanner import Found

_FIRST = 8  # words in which a sentence has its verb
_LEAD_IN = 20  # words of what an item completes that are read with it, at most
_NOTHING = Words([])


class CueMatches:
    """Where the cues of a lexicon stand in one unit.

    An item may be read behind the words that it completes. These count downwards from -1, so that
    the unit's own words count from 0 in any case. A cue that stands in the words before alone is
    no hit of the unit, unless it is one of the table [language]: its polarity depends on them.

    Values are looked for when somebody asks for them: most units state nothing that has any.

    Attributes:
        words: of the unit, as cues see them.
        before: the words that it completes, as cues see them.
    """

    __slots__ = (
        "__dict__",
        "_commas",
        "_found",
        "_groups",
        "_kept",
        "_lexicon",
        "_questions",
        "_shift",
        "before",
        "words",
    )

    def __init__(self, text: str, lexicon: Lexicon, lead: Words = _NOTHING) -> None:
        own = read_words(text)
        self.words = own.words
        self.before = lead.words
        self._shift = shift = len(lead.words)
        self._commas = own.commas | {at - shift for at in lead.commas}
        self._questions = own.questions
        self._lexicon = lexicon
        self._found = lexicon.scanner.scan([*lead.words, *own.words])
        self._kept: dict[Label, list[Hit]] = {}
        self._groups: dict[str, dict[str, list[Hit]]] = {}

    def hits(self, group: str, name: str) -> list[Hit]:
        """Return the hits of one name of a group, in text order."""
        label = group, name
        if not self._shift:
            return self._found.hits(label)
        if label not in self._kept:
            self._kept[label] = _shifted(self._found.hits(label), self._shift, group)
        return self._kept[label]

    def group(self, name: str) -> Mapping[str, list[Hit]]:
        """Return the hits of a group by name, in the order of the file."""
        return self._by_name(name, self.hits)

    def values(self, name: str) -> Mapping[str, list[Hit]]:
        """Return the hits of a value set by value, in the order of the file.

        A value is read in the words of the item; what it inherits is looked up in its stem.
        """
        return self._by_name(VALUES + name, self._value_hits)

    def _value_hits(self, group: str, name: str) -> list[Hit]:
        return self._valued.hits((group, name))

    @cached_property
    def _valued(self) -> Found[Label]:
        return self._lexicon.values.scan(self.words)

    def _by_name(
        self, group: str, hits: Callable[[str, str], list[Hit]]
    ) -> Mapping[str, list[Hit]]:
        if group not in self._groups:
            names = self._lexicon.names.get(group, ())
            self._groups[group] = {each: found for each in names if (found := hits(group, each))}
        return self._groups[group]

    def language(self, part: str) -> list[Hit]:
        """Return the hits of a list of the table [language]."""
        return self.hits("language", part)

    @property
    def ignored(self) -> bool:
        """Whether it is a unit that states nothing."""
        return any(start >= 0 for start, _ in self.language("ignore"))

    @cached_property
    def opens_sentence(self) -> bool:
        """Whether it is a sentence of its own, behind a run-in label or without one."""
        if any(start in self.openings for start, _ in self.language("opens_sentence")):
            return True
        return self.words[-1:] == [BREAK] and any(map(self._has_verb, self.openings))

    def _has_verb(self, opening: int) -> bool:
        """Tell whether the words behind an opening are a subject and its verb."""
        _, end = self.stretch(opening)
        first = range(opening + 1, min(opening + _FIRST, end))
        at = next((start for start, _ in self.language("verbs") if start in first), None)
        if at is None:
            return False
        return not any(opening < start < at for start, _ in self.language("relatives"))

    @cached_property
    def openings(self) -> frozenset[int]:
        """Where its first words stand: at the start, and behind a run-in label."""
        if BREAK not in self.words:
            return frozenset({0})
        return frozenset({0, self.words.index(BREAK) + 1})

    @cached_property
    def breaks(self) -> Sequence[int]:
        """Where a break stands, in order; with one in front of all words and one behind them."""
        start = -len(self.before)
        inner = (at for at, word in enumerate([*self.before, *self.words], start) if word == BREAK)
        return [start - 1, *inner, len(self.words)]

    def stretch(self, at: int) -> Hit:
        """Return the words between two breaks that hold the word at `at`."""
        # A break itself belongs to the words in front of it.
        breaks = self.breaks
        behind = min(max(bisect_left(breaks, at), 1), len(breaks) - 1)
        return breaks[behind - 1] + 1, breaks[behind]

    @property
    def commas(self) -> frozenset[int]:
        """The words in front of which a comma stands."""
        return self._commas

    def asked(self, at: int) -> bool:
        """Tell whether a word belongs to a question."""
        return bool(self._questions) and self.stretch(at)[1] in self._questions

    def closed(self, end: int) -> bool:
        """Tell whether nothing follows a hit that ends at `end` in its clause."""
        if end >= len(self.words) or end in self._commas:
            return True
        # A negative index counts from the end of the words before, as it does in a list.
        return (self.words if end >= 0 else self.before)[end] == BREAK


def lead_in(stems: Iterable[str]) -> Words:
    """Return the words of stems, outermost first, without the breaks that end them.

    So cues reach from one to the next, and into the item that completes them.
    """
    words: list[str] = []
    commas: set[int] = set()
    for stem in stems:
        read = read_words(stem)
        commas.update(len(words) + at for at in read.commas)
        words += read.words
        while words and words[-1] == BREAK:
            words.pop()
    begin = max(0, len(words) - _LEAD_IN)
    return Words(words[begin:], frozenset(at - begin for at in commas if at >= begin))


def _shifted(found: Sequence[Hit], shift: int, group: str) -> list[Hit]:
    """Count hits from the unit's own first word, and leave out those that are none of its own."""
    moved = [(start - shift, end - shift) for start, end in found]
    if group == "language":
        return moved
    return [hit for hit in moved if hit[1] > 0]
