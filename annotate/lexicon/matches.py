"""What a scan finds in one unit: the hits of cues, its clauses, and what a negator governs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

from annotate.lexicon.cues import BREAK, Hit, cue_words
from annotate.lexicon.rules import Label
from annotate.lexicon.scanner import Scanner

_NEGATION_REACH = 8  # words between a negator and what it governs, at most


class CueMatches:
    """Where the cues of a lexicon stand in one unit.

    Attributes:
        words: of the unit, as cues see them.
        hits: by group of cues, then by name.
    """

    __slots__ = ("__dict__", "hits", "words")

    def __init__(self, text: str, scanner: Scanner[Label]) -> None:
        self.words = cue_words(text)
        self.hits: dict[str, dict[str, list[Hit]]] = {}
        for (group, name), found in scanner.scan(self.words).items():
            self.hits.setdefault(group, {})[name] = found

    def group(self, name: str) -> Mapping[str, list[Hit]]:
        """Return the hits of a group by name, in the order of the file."""
        return self.hits.get(name, {})

    def language(self, part: str) -> list[Hit]:
        """Return the hits of a list of the table [language]."""
        return self.group("language").get(part, [])

    @cached_property
    def opens_sentence(self) -> bool:
        """Whether it is a sentence of its own, behind a run-in label or without one."""
        starts = {0}
        if BREAK in self.words:
            starts.add(self.words.index(BREAK) + 1)
        return any(start in starts for start, _ in self.language("opens_sentence"))

    @cached_property
    def clauses(self) -> list[int]:
        """Where clauses start, in order."""
        breaks = [at + 1 for at, word in enumerate(self.words) if word == BREAK]
        return sorted({0, *breaks, *(start for start, _ in self.language("clause_starts"))})

    @cached_property
    def negation_lifted(self) -> bool:
        """Whether what is negated happens under a condition."""
        return bool(self.language("conditions")) and not self.language("keeps_negation")

    def negated(self, hit: Hit) -> bool:
        """Tell whether a negator governs a hit: before it, or inside it, in the same clause."""
        negators = self.language("negators")
        if not negators or self.negation_lifted:
            return False
        start, end = hit
        clause = self.clauses[bisect_left(self.clauses, start + 1) - 1]
        earliest = max(clause, start - _NEGATION_REACH)
        first = bisect_left(negators, (earliest, 0))
        return first < len(negators) and negators[first][0] < end
