"""Decide which categories a unit states, by its own words and by what it inherits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotate.documents.units import Segmentation, Unit
from annotate.lexicon.cues import BREAK, Hit, Words
from annotate.lexicon.lexicon import Lexicon
from annotate.lexicon.matches import CueMatches, lead_in
from annotate.lexicon.polarity import Polarity, PolarityReader


class Statement(NamedTuple):
    """A category that applies to a unit.

    Attributes:
        tag: of the category.
        matches: those of the unit that states it: the unit itself, or what it inherits from.
        hits: of the cues that state it, in text order.
        polarity: of the first hit that has one.
        settled: its polarity comes from a stem or an answer, whatever the words of the unit say.
        joined: it stands beside another category; items complete it where the unit ends with it.
    """

    tag: str
    matches: CueMatches
    hits: Sequence[Hit]
    polarity: Polarity = Polarity.AFFIRMED
    settled: bool = False
    joined: bool = False

    @property
    def open(self) -> bool:
        """Whether what stands below can complete it: "we collect this in order to:"."""
        words = self.matches.words
        last = len(words) - (words[-1:] == [BREAK])
        return not self.joined or self.hits[-1][1] >= last


_Found = dict[str, Statement]


class ReadUnit(NamedTuple):
    """What a unit states, and where values for it are looked for.

    Attributes:
        quote: the unit as printed.
        statements: in the order of the lexicon file.
        matches: those of the unit itself.
        source: those of what it inherits from, None where it inherits nothing.
        headings: those of the headings above it, innermost first.
    """

    quote: str
    statements: Sequence[Statement]
    matches: CueMatches
    source: CueMatches | None
    headings: Sequence[CueMatches]


class StatementReader:
    """Reads the units of one document; a unit is scanned once and kept for the units below it."""

    def __init__(self, lexicon: Lexicon, segmentation: Segmentation) -> None:
        self.lexicon = lexicon
        self.segmentation = segmentation
        self._matches: dict[int, CueMatches] = {}
        self._leads_in: dict[int, Words] = {}
        self._stated_above: dict[tuple[int, bool], _Found] = {}
        self._polarities: dict[CueMatches, PolarityReader] = {}

    def matches(self, index: int) -> CueMatches:
        """Return what is found in a unit."""
        if index not in self._matches:
            text = self.segmentation.quote(self.segmentation.units[index])
            self._matches[index] = CueMatches(text, self.lexicon)
        return self._matches[index]

    def _polarity(self, matches: CueMatches) -> PolarityReader:
        if matches not in self._polarities:
            self._polarities[matches] = PolarityReader(matches)
        return self._polarities[matches]

    def read(self, unit: Unit) -> ReadUnit | None:
        """Return what a unit states, None for one that is not read at all."""
        if unit.kind in ("heading", "stem"):
            return None
        matches = self._behind_its_stems(unit)
        completes = unit.kind == "item" and not matches.opens_sentence
        if matches.before and not completes:
            matches = self.matches(unit.index)
        headings = list(map(self.matches, reversed(unit.headings)))
        if matches.ignored or any(each.language("ignore_headings") for each in headings):
            return None
        source, inherited = self._inherited(unit) if completes else (None, _Found())
        found = self._stated(unit, matches, ("cues", "weak"))
        if source is None:
            source, inherited = self._answered(unit, matches)
            found = {**inherited, **found}
        else:
            found = self._completed(found, inherited, matches)
        if not found:
            return ReadUnit(self.segmentation.quote(unit), (), matches, source, headings)
        # In the order of the file: a category hides only those that stand below it there.
        kept = {
            tag: found[tag]
            for tag in self.lexicon.rules
            if tag in found and not matches.hits("vetoes", tag) and self._holds(found[tag])
        }
        stated = self._not_hidden(kept, matches)
        return ReadUnit(self.segmentation.quote(unit), stated, matches, source, headings)

    def _holds(self, statement: Statement) -> bool:
        """Tell whether a statement can be annotated with the polarity that it has."""
        rule = self.lexicon.rules[statement.tag]
        if statement.polarity is Polarity.DENIED:
            return not rule.only_affirmed
        return statement.polarity is Polarity.AFFIRMED or not rule.deniable

    # ---- By its own words ----

    def _behind_its_stems(self, unit: Unit) -> CueMatches:
        """Return what is found in a unit, an item read behind the stems that it completes."""
        if unit.stem is None:
            return self.matches(unit.index)
        if unit.stem not in self._leads_in:
            stems = self.segmentation.stems(unit)
            self._leads_in[unit.stem] = lead_in(map(self.segmentation.quote, stems))
        text = self.segmentation.quote(unit)
        return CueMatches(text, self.lexicon, self._leads_in[unit.stem])

    def _stated(
        self, unit: Unit, matches: CueMatches, kinds: Sequence[str], answered: bool = False
    ) -> _Found:
        """Return the categories that a unit states in its own words.

        With `answered`, a question among them is read as the stem of what answers it.
        """
        found: _Found = {}
        reader = self._polarity(matches)
        for kind in kinds:
            for tag, hits in self._stating(unit, matches, kind):
                if tag in found:
                    continue
                excepted = matches.hits("except", tag) if kind != "stems" else ()
                counting = _outside(hits, excepted, reader) if excepted else hits
                if counting and not matches.hits("vetoes", tag):
                    found[tag] = _statement(tag, matches, counting, reader, answered)
        if found:
            self._join(found, matches)
        return found

    def _stating(
        self, unit: Unit, matches: CueMatches, kind: str
    ) -> Iterable[tuple[str, Sequence[Hit]]]:
        """Return the categories with a cue of a kind, in the order of the file."""
        if kind != "weak":
            return matches.group(kind).items()
        # Weak cues are common: those of other categories than the heading's are not looked for.
        below = self._below(unit)
        return [(tag, hits) for tag in below if (hits := matches.hits(kind, tag))]

    def _join(self, found: _Found, matches: CueMatches) -> None:
        for tag, other, mark in self.lexicon.joins:
            if tag in found or other not in found or matches.hits("vetoes", tag):
                continue
            begin = found[other].hits[0][0]
            # "…because of rain" belongs to what is said before it, not behind it.
            after = [hit for hit in matches.hits("marks", mark) if hit[0] >= begin]
            if after and found[other].polarity is Polarity.AFFIRMED:
                found[tag] = Statement(tag, matches, after, joined=True)

    def _below(self, unit: Unit) -> Mapping[str, list[Hit]]:
        """Return the categories of the nearest heading that has any."""
        for index in reversed(unit.headings):
            if found := self.matches(index).group("headings"):
                return found
        return {}

    # ---- By what it completes, or answers ----

    def _completed(self, own: _Found, inherited: _Found, matches: CueMatches) -> _Found:
        """Return what an item states that completes a stem: its polarity is that of both.

        The item's own words go before those it inherits, but what the stem denies stays denied.
        """
        opens_denied = self._polarity(matches).opens_with_negator
        found = {}
        for tag, statement in inherited.items():
            affirmed = statement.polarity is Polarity.AFFIRMED
            if affirmed and opens_denied and self.lexicon.rules[tag].deniable:
                statement = statement._replace(polarity=Polarity.DENIED, settled=True)
            found[tag] = statement
        for tag, statement in own.items():
            if statement.hits[-1][0] < 0:
                continue  # words of the stem, which says by itself what it states
            if tag in inherited and inherited[tag].polarity is not Polarity.AFFIRMED:
                polarity = inherited[tag].polarity
                statement = statement._replace(polarity=polarity, settled=True)
            found[tag] = statement
        return found

    def _answered(self, unit: Unit, matches: CueMatches) -> tuple[CueMatches | None, _Found]:
        """Return what a unit answers, or ends, and the categories that this gives it.

        "Do we sell data? No." denies a sale in its second sentence, and so does "Once we sold data.
        We no longer do."
        """
        if unit.index == 0:
            return None, {}
        answer = self._polarity(matches).answer
        before = self.segmentation.units[unit.index - 1]
        if answer is Polarity.NEITHER or before.kind == "stem":
            return None, {}
        outer = self.matches(before.index)
        opened = {
            tag: statement._replace(polarity=answer, settled=True)
            for tag, statement in self._stated(before, outer, ("cues",)).items()
            if statement.polarity is Polarity.NEITHER and self.lexicon.rules[tag].deniable
        }
        kept = self._not_hidden(opened, outer)
        return (outer, {each.tag: each for each in kept}) if kept else (None, {})

    def _inherited(self, unit: Unit) -> tuple[CueMatches | None, _Found]:
        """Return what an item completes, and the categories that this gives it."""
        for index in self._leads(unit):
            if found := self._stated_above_items(index, heading=False):
                matches = self.matches(index)
                kept = self._not_hidden(found, matches)
                return matches, self._inheritable({each.tag: each for each in kept})
        for index in reversed(unit.headings):
            if found := self._stated_above_items(index, heading=True):
                return self.matches(index), self._inheritable(found)
        return None, {}

    def _stated_above_items(self, index: int, *, heading: bool) -> _Found:
        """Return what a heading, stem or lead-in states, once for all items below it."""
        if (index, heading) not in self._stated_above:
            kinds = ("headings",) if heading else ("stems", "cues", "weak")
            unit = self.segmentation.units[index]
            found = self._stated(unit, self.matches(index), kinds, answered=True)
            self._stated_above[index, heading] = found
        return self._stated_above[index, heading]

    def _inheritable(self, found: _Found) -> _Found:
        rules = self.lexicon.rules
        return {tag: each for tag, each in found.items() if each.open and not rules[tag].own}

    def _leads(self, unit: Unit) -> Iterator[int]:
        """Yield the stems of an item, innermost first, then the sentences of its lead-in."""
        yield from (stem.index for stem in reversed(self.segmentation.stems(unit)))
        yield from (sentence.index for sentence in reversed(self.segmentation.lead_in(unit)))

    def _not_hidden(self, found: _Found, matches: CueMatches) -> list[Statement]:
        """Drop what a category before it in the file hides."""
        if len(found) < 2:
            return list(found.values())
        hidden: set[str] = set()
        kept = []
        for tag, rule in self.lexicon.rules.items():
            if tag not in found or (tag in hidden and not matches.hits("keeps", tag)):
                continue
            kept.append(found[tag])
            if self._hides(found[tag], matches):
                hidden.update(rule.hides)
        return kept

    def _hides(self, statement: Statement, matches: CueMatches) -> bool:
        """Tell whether a category hides others here, as some do only on a condition."""
        tag = statement.tag
        return tag not in self.lexicon.conditional or any(
            each.hits("hides_if", tag) for each in (matches, statement.matches)
        )


def _outside(
    hits: Sequence[Hit], exceptions: Sequence[Hit], reader: PolarityReader
) -> Sequence[Hit]:
    """Return the hits whose last word lies in no exception that is one."""
    # By the last word alone: a cue with a gap may start before the exception and end in it.
    excepted = {at for each in exceptions if reader.excepts(each) for at in range(*each)}
    return [hit for hit in hits if hit[1] - 1 not in excepted]


def _statement(
    tag: str, matches: CueMatches, hits: Sequence[Hit], reader: PolarityReader, answered: bool
) -> Statement:
    """Return a statement with the polarity of its first hit that has one, main clauses first."""
    if len(hits) == 1:
        return Statement(tag, matches, hits, reader.of(hits[0], answered))
    read = [(hit, reader.of(hit, answered)) for hit in reader.tight(hits)]
    telling = [(hit, polarity) for hit, polarity in read if polarity is not Polarity.NEITHER]
    main = [(hit, polarity) for hit, polarity in telling if not reader.subordinate(hit)]
    chosen = main or telling or read
    polarity = chosen[0][1]
    if answered and any(each is Polarity.DENIED for _, each in chosen):
        # A stem makes one statement for its items: "the following data | is not collected".
        polarity = Polarity.DENIED
    return Statement(tag, matches, [hit for hit, _ in chosen], polarity)
