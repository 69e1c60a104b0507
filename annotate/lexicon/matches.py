"""What a scan finds in one unit: where its cues stand, read together with what it completes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property

from annotate.lexicon.cues import BREAK, Hit, Words, read_words
from annotate.lexicon.lexicon import Lexicon
from annotate.lexicon.rules import VALUES, Label
from annotate.lexicon.scanner import Found

_FIRST = 8  # words in which a sentence has its verb
_LEAD_IN = 20  # words of what an item completes that are read with it, at most
_NOTHING = Words([])
_NO_RANK = -1


class CueMatches:
    """Where the cues of a lexicon stand in one unit.

    An item may be read behind the words that it completes. These count downwards from -1, so that
    the unit's own words count from 0 in any case. A cue that stands in the words before alone is
    no hit of the unit, unless it is one of the table [language]: its polarity depends on them.

    Values are looked for when somebody asks for them: most units state nothing that has any.

    Attributes:
        words: of the unit, as cues see them.
        before: the words that it completes, as cues see them.
        breaks: where a break stands, in order, with one in front of all words and one behind them.
        commas: the words in front of which a comma stands.
        openings: where its first words stand: at the start, and behind a run-in label.
        plain: nothing stands here that makes a hit anything but affirmed.
    """

    __slots__ = (
        "__dict__",
        "_found",
        "_groups",
        "_language",
        "_lexicon",
        "_questions",
        "before",
        "breaks",
        "commas",
        "openings",
        "plain",
        "words",
    )

    def __init__(self, text: str, lexicon: Lexicon, lead: Words = _NOTHING) -> None:
        own = read_words(text)
        self.words = own.words
        self.before = lead.words
        first = -len(lead.words)
        self.commas = own.commas
        breaks = own.breaks
        if lead.words:
            self.commas |= {at + first for at in lead.commas}
            breaks = [*(at + first for at in lead.breaks), *breaks]
        self.breaks = [first - 1, *breaks, len(own.words)]
        self.openings = (0, own.breaks[0] + 1) if own.breaks else (0,)
        self._questions = own.questions
        self._lexicon = lexicon
        self._language = lexicon.ranks["language"]
        self._found = lexicon.scanner.scan([*lead.words, *own.words], first)
        self._groups: dict[str, dict[str, list[Hit]]] = {}
        self.plain = self._found.lacks(lexicon.turning)

    def hits(self, group: str, name: str) -> list[Hit]:
        """Return the hits of one name of a group, in text order."""
        hits = self._found.at(self._lexicon.ranks[group].get(name, _NO_RANK))
        return _own(hits) if self.before else hits

    def group(self, name: str) -> Mapping[str, list[Hit]]:
        """Return the hits of a group by name, in the order of the file."""
        if name not in self._groups:
            found = self._found.among(self._lexicon.ranks[name])
            if self.before:
                found = {each: own for each, hits in found.items() if (own := _own(hits))}
            self._groups[name] = found
        return self._groups[name]

    def values(self, name: str) -> Mapping[str, list[Hit]]:
        """Return the hits of a value set by value, in the order of the file.

        A value is read in the words of the item; what it inherits is looked up in its stem.
        """
        group = VALUES + name
        if group not in self._groups:
            self._groups[group] = self._valued.among(self._lexicon.ranks[group])
        return self._groups[group]

    @cached_property
    def _valued(self) -> Found[Label]:
        return self._lexicon.values.scan(self.words)

    def language(self, part: str) -> list[Hit]:
        """Return the hits of a list of the table [language]."""
        return self._found.at(self._language.get(part, _NO_RANK))

    @property
    def negates(self) -> bool:
        """Whether a negation may stand here."""
        return not self._found.lacks(self._lexicon.negating)

    @property
    def answers(self) -> bool:
        """Whether a phrase that answers a question may stand here."""
        return not self._found.lacks(self._lexicon.answering)

    @property
    def ignored(self) -> bool:
        """Whether it is a unit that states nothing."""
        hits = self.language("ignore")
        return bool(hits) and hits[-1][0] >= 0

    @property
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

    def stretch(self, at: int) -> Hit:
        """Return the words between two breaks that hold the word at `at`."""
        # A break itself belongs to the words in front of it.
        breaks = self.breaks
        behind = min(max(bisect_left(breaks, at), 1), len(breaks) - 1)
        return breaks[behind - 1] + 1, breaks[behind]

    def asked(self, at: int) -> bool:
        """Tell whether a word belongs to a question."""
        return bool(self._questions) and self.stretch(at)[1] in self._questions

    def closed(self, end: int) -> bool:
        """Tell whether nothing follows a hit that ends at `end` in its clause."""
        if end >= len(self.words) or end in self.commas:
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
    words = words[begin:]
    return Words(
        words,
        frozenset(at - begin for at in commas if at >= begin),
        [at for at, word in enumerate(words) if word == BREAK],
    )


def _own(hits: list[Hit]) -> list[Hit]:
    """Leave out the hits that stand in the words before those of the unit alone."""
    if not hits or hits[0][0] >= 0:
        return hits
    return [hit for hit in hits if hit[1] > 0]
