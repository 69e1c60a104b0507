"""Find the places of a quote in the text it was taken from, or find none.

Rungs, each tried only where the one before found nothing: letter by letter; with white space,
quotes, dashes, case and Markdown marks normalized (`annotate.grounding.normalization`), and words
whole that line ends broke (`annotate.grounding.broken_words`); with two
neighbouring consonants swapped inside one long word. No rung forgives a changed word, number,
name or negation, and none measures similarity: docs/decisions/0004-fuzzy.md says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from annotate.annotation import Grounding
from annotate.grounding.borders import between_words
from annotate.grounding.broken_words import BrokenWords
from annotate.grounding.normalization import Normalized, normalize, targets

# In shorter words a swap makes another word ("infarctions" of "infractions"), and so it does at the
# edges, where prefixes and endings stand; a quote of few words does not say which one was meant.
_MIN_SLIP_WORDS = 5
_MIN_SLIP_LETTERS = 12
_KEPT_EDGE = 3
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_ROMAN = frozenset("ivxlcdm")  # a word of these alone may be a number
_MAX_MEASURE_LETTERS = 3  # "kWh"
_MAX_ACRONYM_LETTERS = 3  # longer ones are not words in lower case
_WORD = re.compile(r"\w+")
_COUNTED = re.compile(r"[0-9]+\s+[^\W\d_]+|\w+")
_UNCOUNTED = re.compile(r"^[0-9]+\s*")

_PATIENCE = 16
"""Times the length of a text that the tries of one quote may add up to; prose needs 1 at most."""


class Place(NamedTuple):
    """Where a quote stands in a text: code points, half-open."""

    start: int
    end: int
    grounding: Grounding


class Quotable:
    """A text that quotes are looked up in; normalized once, and only if a quote needs it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, list[Place]] = {}

    @cached_property
    def normalized(self) -> Normalized:
        """The normalized text."""
        return normalize(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the normalized text."""
        return frozenset(_WORD.findall(self.normalized.text))

    def places(self, quote: str) -> list[Place]:
        """Return every place of `quote` on the first rung that finds one, in text order."""
        if quote not in self._found:
            self._found[quote] = self._climb(quote)
        return self._found[quote]

    def stands_at(self, quote: str, start: int, end: int) -> bool:
        """Tell whether a range is a place of `quote`, letter by letter; it looks nowhere else."""
        return (
            self.text[start:end] == quote == quote.strip()
            and any(map(str.isalnum, quote))
            and between_words(self.text, start, end)
        )

    def _climb(self, quote: str) -> list[Place]:
        if not any(c.isalnum() for c in quote):
            return []
        for rung in (self._exact, self._folded, self._rejoined, self._fuzzy):
            if found := [place for place in rung(quote) if self._means(quote, place)]:
                return found
        return []

    def _means(self, quote: str, place: Place) -> bool:
        """Tell whether what normalization leaves out of a quote is the same at its place."""
        return place.grounding == "exact" or (
            self._leads_there(quote, place) and not self._is_other_name(quote, place)
        )

    def _leads_there(self, quote: str, place: Place) -> bool:
        """Tell whether the links that a quote cites are those of the place, in their order."""
        if "](" not in quote:
            return True
        printed = iter(targets(self.text, place.start, place.end))
        return all(target in printed for target in targets(quote))

    def _is_other_name(self, quote: str, place: Place) -> bool:
        """Tell whether one word alone differs in case, and case tells it apart: us/US, Mb/MB."""
        pair = _only_difference(quote, self.text[place.start : place.end])
        if pair is None or pair[0].casefold() != pair[1].casefold():
            return False
        one, other = (_UNCOUNTED.sub("", word) for word in pair)
        recased = len(one) > 1 and {one, other} == {one.lower(), one.upper()}
        if len(one) < len(pair[0]):  # a unit of measure
            return len(one) <= _MAX_MEASURE_LETTERS and not recased
        return recased and len(one) <= _MAX_ACRONYM_LETTERS and one in self.printed

    @cached_property
    def printed(self) -> frozenset[str]:
        """Every word of the text in its own case."""
        return frozenset(_WORD.findall(self.text))

    def _exact(self, quote: str) -> Iterator[Place]:
        quote = quote.strip()
        for start in _occurrences(self.text, quote):
            end = start + len(quote)
            if between_words(self.text, start, end):
                yield Place(start, end, "exact")

    def _folded(self, quote: str) -> Iterator[Place]:
        needle = normalize(quote).text.strip(" ")
        found = list(self._at(needle))
        if not found and needle.startswith('"'):  # quotation marks put around the whole
            found = list(self._at(needle.strip("\"' ")))
        yield from found

    @cached_property
    def broken_words(self) -> BrokenWords:
        """The words that line ends break."""
        return BrokenWords(self.text, self.normalized)

    def _rejoined(self, quote: str) -> Iterator[Place]:
        needle = normalize(quote).text.strip(" ")
        tries = _PATIENCE * len(self.text) // len(needle) if needle else 0
        for start, end in self.broken_words.places(needle, tries):
            source = self.normalized.source(start, end)
            if source is not None and between_words(self.text, *source):
                yield Place(*source, "folded")

    def _fuzzy(self, quote: str) -> Iterator[Place]:
        needle = normalize(quote).text.strip(" ")
        if needle.count(" ") + 1 < _MIN_SLIP_WORDS:
            return
        strange = [word for word in _WORD.finditer(needle) if word[0] not in self.words]
        if len(strange) != 1:
            return
        before, after = needle[: strange[0].start()], needle[strange[0].end() :]
        for word in _swaps(strange[0][0]):
            if word in self.words:
                yield from self._at(before + word + after, slip=(len(before), len(word)))

    def _at(self, needle: str, slip: tuple[int, int] | None = None) -> Iterator[Place]:
        """Yield the places of a normalized needle; with a slip in a word that is not a name."""
        for start in _occurrences(self.normalized.text, needle):
            source = self.normalized.source(start, start + len(needle))
            if source is None or not between_words(self.text, *source):
                continue
            if slip is None:
                yield Place(*source, "folded")
            elif not self._is_name(start + slip[0], slip[1]):
                yield Place(*source, "fuzzy")

    def _is_name(self, start: int, length: int) -> bool:
        source = self.text[self.normalized.starts[start] : self.normalized.ends[start + length - 1]]
        return source != source.lower()


def _occurrences(text: str, needle: str) -> Iterator[int]:
    """Yield where `needle` stands, overlaps too; a needle that overlaps itself is given up on."""
    tries = _PATIENCE * len(text) // len(needle) if needle else 0
    position = text.find(needle)
    while position >= 0 and tries > 0:
        yield position
        position = text.find(needle, position + 1)
        tries -= 1


def _only_difference(quote: str, printed: str) -> tuple[str, str] | None:
    """Return the one word, with its number if it has one, in which two wordings differ."""
    pairs = zip_longest(_worded(quote), _worded(printed), fillvalue="")
    differing = [(one, other) for one, other in pairs if one != other]
    return differing[0] if len(differing) == 1 else None


def _worded(text: str) -> list[str]:
    return ["".join(word.split()) for word in _COUNTED.findall(text)]


def _swaps(word: str) -> Iterator[str]:
    """Yield what a long word is with two neighbouring consonants swapped, away from its edges."""
    if len(word) < _MIN_SLIP_LETTERS or not (word.isascii() and word.isalpha()):
        return
    if set(word) <= _ROMAN:
        return
    for i in range(_KEPT_EDGE, len(word) - _KEPT_EDGE - 1):
        first, second = word[i], word[i + 1]
        if first != second and first in _CONSONANTS and second in _CONSONANTS:
            yield word[:i] + second + first + word[i + 2 :]
