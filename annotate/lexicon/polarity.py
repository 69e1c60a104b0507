"""Whether what a cue states is affirmed, denied, or neither: the one rule for negation and time.

The rule is that of NegEx and ConText (Chapman et al. 2001; Harkema et al. 2009), which read
medical reports: lists of phrases that trigger a negation, that only look like one, and that end its
reach. The lists are the content of the table [language] of a lexicon; this module knows no word. It
reads an item together with the lead-in that it completes, as one sentence.

Of a hit, in this order:

1. **Neither**, where it stands in a question, behind one of the `hypotheses` in its clause or of
   the `far_hypotheses` in its sentence (unless this speaks of one of the `events`, and as of
   nothing `remote`), in a clause
   that opens with one of the `instructions`, in one about `others` (in which the text does not
   speak of itself, `self`), or where it is one of the `past_acts` beside a word of the past
   (`past_times`, `ended`).
2. **Denied**, where a negation governs it: one of the `negators` in front of it in its clause, or
   inside it; one of the `far_negators`, which reach over the start of a clause; or one of the
   `negators_behind`. A negator inside a `no_negators` phrase ("not only", "cannot … without") does
   not count, nor does one with a word of the `limits` behind it ("not solely to"). One of the
   `conditions` ("unless you agree") in the same sentence lifts a negation; `keeps_negation`
   ("unless required by law") does not.
3. **Affirmed** otherwise.

What is neither because of a question, of time or of others can be settled by what follows: by the
answer to a question (`answers_no`, `answers_yes`, `answers_terms`), by a short denial (`ellipses`:
"we do not"), and what is past by being over (`ended`).

A clause starts behind a break, at `clause_starts`, behind a comma at `subjects`, and at the first
comma of a clause that starts with one of the `subordinators` ("if you do not register, we …").

Whatever the text, a hit is read in a few look-ups: no list is searched from end to end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property

from annotate.lexicon.cues import Hit
from annotate.lexicon.matches import CueMatches

_REACH = 8  # words between a negation and what it governs, at most
_NEAR = 4  # the same inside a cue that ends in another clause
_FAR_REACH = 14  # the same for a negation that reaches over the start of a clause
_AROUND = 24  # words around a hit that say whose act it is, and when
_ALONE = frozenset({"answers_no", "answers_yes", "ellipses"})  # nothing follows them


class Polarity(Enum):
    """What a text says of an act: that it is done, that it is not, or nothing that holds now."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    NEITHER = "neither"


class PolarityReader:
    """Reads the polarity of the hits in one unit."""

    def __init__(self, matches: CueMatches) -> None:
        self._matches = matches
        self._language = matches.language
        self._kept: dict[str, Sequence[Hit]] = {}

    def of(self, hit: Hit, answered: bool = False) -> Polarity:
        """Return the polarity of a hit; of a question as of a statement where items answer it."""
        asked = not answered and self._matches.asked(hit[1] - 1)
        if self._matches.plain and not asked:
            return Polarity.AFFIRMED
        # That something was not done, once, says nothing about now.
        if self._past(hit) or asked or self._of_others(hit) or self._supposed(hit):
            return self._settled(hit)
        if self._instructed(hit):
            return Polarity.NEITHER
        if self._denied(hit):
            return Polarity.DENIED
        # "If we ever sell it, we will tell you", but "even if we merge, we will never sell it".
        return self._settled(hit) if self._supposed_before(hit) else Polarity.AFFIRMED

    @property
    def answer(self) -> Polarity:
        """What the unit answers to what stands in front of it, NEITHER where it is no answer."""
        if not self._matches.answers:
            return Polarity.NEITHER
        for opening in self._matches.openings:
            if (answer := self._answer(opening)) is not Polarity.NEITHER:
                return answer
        return Polarity.NEITHER

    @property
    def opens_with_negator(self) -> bool:
        """Whether an item denies what it completes: "no payment data" below "we collect"."""
        return _any_in(self._negating("negators"), 0, 1)

    def tight(self, hits: Sequence[Hit]) -> list[Hit]:
        """Leave out the hits that reach into a clause in which another hit starts.

        Of "data is not kept but sent to" and "sent to", both in one text, the second tells.
        """
        if len(hits) == 1:
            return list(hits)
        kept = []
        for start, end in hits:
            following = bisect_right(self._clauses, start)
            second = min([end, *self._clauses[following : following + 1]])
            if not _any_in(hits, second, end):
                kept.append((start, end))
        return kept

    def subordinate(self, hit: Hit) -> bool:
        """Tell whether a hit stands in a clause that makes no main statement: "although we …"."""
        return self._led_by("subordinators", hit)

    def excepts(self, hit: Hit) -> bool:
        """Tell whether an exception is one: no comma parts it ("cookies, we …"), nothing asks."""
        inside = bisect_right(self._behind_commas, hit[0])
        parted = inside < len(self._behind_commas) and self._behind_commas[inside] < hit[1]
        return not parted and not self._matches.asked(hit[0])

    # ---- Neither ----

    def _past(self, hit: Hit) -> bool:
        if not self._language("past_acts"):
            return False
        acts = _in(self._language("past_acts"), hit[0] - _AROUND, hit[1])
        # An act inside a hit is another one: "we keep what we received before 2018 for ten years".
        if not any(start <= hit[0] < end or start < hit[1] <= end for start, end in acts):
            return False
        return any(self._in_stretch(hit, part) for part in ("past_times", "ended"))

    def _supposed(self, hit: Hit) -> bool:
        if not self._language("hypotheses"):
            return False
        # The supposition may stand inside a short cue: "we might | use your data in the future".
        inside = _any_in(self._language("hypotheses"), hit[0], min(hit[1], hit[0] + _NEAR))
        supposed = inside or self._led_by("hypotheses", hit)
        return supposed and not self._expected(hit)

    def _supposed_before(self, hit: Hit) -> bool:
        """Tell whether a hit follows on what another clause of its sentence supposes."""
        if not self._language("far_hypotheses"):
            return False
        begin, _ = self._matches.stretch(hit[0])
        supposed = _any_in(self._language("far_hypotheses"), begin, hit[0] + 1)
        return supposed and not self._expected(hit)

    def _expected(self, hit: Hit) -> bool:
        """Tell whether what the sentence supposes is an event that a text provides for."""
        return self._in_stretch(hit, "events") and not self._in_stretch(hit, "remote")

    def _of_others(self, hit: Hit) -> bool:
        if not self._language("others"):
            return False
        begin, end = self._clause(hit)
        begin, end = max(begin, hit[0] - _AROUND), min(end, hit[1] + _AROUND)
        others = _in(self._language("others"), begin, hit[0] + 1)
        inside = {at for start, stop in others for at in range(start, stop)}
        itself = _in(self._language("self"), begin, end)
        return bool(others) and all(start in inside for start, _ in itself)

    def _instructed(self, hit: Hit) -> bool:
        if not self._language("instructions"):
            return False
        begin, _ = self._clause(hit)
        opens = _any_in(self._language("instructions"), begin, begin + 1)
        return opens and not _any_in(self._language("self"), begin, hit[0] + 1)

    def _led_by(self, part: str, hit: Hit) -> bool:
        if not self._language(part):
            return False
        begin, _ = self._clause(hit)
        return _any_in(self._language(part), begin, hit[0] + 1)

    def _settled(self, hit: Hit) -> Polarity:
        """Return what follows makes of a hit that is neither by itself."""
        _, end = self._matches.stretch(hit[1] - 1)
        if self._matches.asked(hit[1] - 1):
            answer = self._answer(end + 1)
            if answer is not Polarity.NEITHER:
                return answer
        denied = self._followed(hit, "ellipses") or self._followed(hit, "ended")
        return Polarity.DENIED if denied else Polarity.NEITHER

    def _answer(self, at: int) -> Polarity:
        """Return what the words from `at` on answer."""
        if self._stands("answers_no", at):
            return Polarity.AFFIRMED if self._lifted(at) else Polarity.DENIED
        # "That has ended": what is over opens with a word or two that point at it.
        if any(self._stands(part, at, within=3) for part in ("ellipses", "ended")):
            return Polarity.DENIED
        affirmed = self._stands("answers_yes", at) or self._stands("answers_terms", at)
        return Polarity.AFFIRMED if affirmed else Polarity.NEITHER

    def _stands(self, part: str, at: int, within: int = 1) -> bool:
        """Tell whether a phrase of a list starts at a place, or a little behind it."""
        return _any_in(self._whole(part), at, min(at + within, self._matches.stretch(at)[1]))

    def _followed(self, hit: Hit, part: str) -> bool:
        phrases = self._whole(part)
        return bool(phrases) and phrases[-1][0] >= hit[1]

    def _whole(self, part: str) -> Sequence[Hit]:
        """Return the phrases of a list; of those that stand alone ("No."), the ones that do so."""
        if part not in _ALONE:
            return self._language(part)
        if part not in self._kept:
            phrases = self._language(part)
            closed = self._matches.closed
            self._kept[part] = phrases and [hit for hit in phrases if closed(hit[1])]
        return self._kept[part]

    # ---- Denied ----

    def _denied(self, hit: Hit) -> bool:
        return any(self._governing(hit)) and not self._lifted(hit[0])

    def _governing(self, hit: Hit) -> Iterator[bool]:
        if not self._matches.negates:
            return
        start, end = hit
        begin, close = self._clause(hit)
        following = bisect_right(self._clauses, start)
        # A negator right behind a cue is its object: "we collect | no data".
        inner = min([end + 1, *self._clauses[following : following + 1]])
        near = self._negating("negators")
        yield _any_in(near, max(begin, start - _REACH), inner)
        # A cue with a gap may end in a later clause: "data you enter when you pay is not used".
        yield _any_in(near, max(inner, end - _NEAR), end)
        sentence, _ = self._matches.stretch(start)
        yield _any_in(self._negating("far_negators"), max(sentence, start - _FAR_REACH), end)
        yield _any_in(self._negating("negators_behind"), start, min(close, end + _REACH))

    def _negating(self, part: str) -> Sequence[Hit]:
        """Return the negations of a list that are ones here, in order."""
        if not self._language(part):
            return ()
        if part not in self._kept:
            negations = [hit for hit in self._language(part) if self._negates(hit)]
            self._kept[part] = negations
        return self._kept[part]

    def _negates(self, negation: Hit) -> bool:
        """Tell whether a negation is neither an apparent one nor one of a limit alone."""
        if not self._apparent.isdisjoint(range(*negation)):
            return False
        limits = _in(self._language("limits"), negation[1], negation[1] + _FAR_REACH)
        if not limits:
            return True
        at = limits[0][0]
        following = bisect_right(self._clauses, negation[0])
        # Behind a comma, a limit belongs to what follows: "we do not sell it, only …".
        parted = following < len(self._clauses) and self._clauses[following] < at
        return parted or at in self._matches.commas or self._matches.stretch(at)[0] > negation[0]

    @cached_property
    def _apparent(self) -> frozenset[int]:
        """Words that only look as if they negated something."""
        spans = self._language("no_negators")
        return frozenset(at for start, end in spans for at in range(start, end))

    def _lifted(self, at: int) -> bool:
        """Tell whether what is negated at a place happens under a condition."""
        begin, end = self._matches.stretch(at)
        conditions, kept = self._language("conditions"), self._language("keeps_negation")
        return _any_in(conditions, begin, end) and not _any_in(kept, begin, end)

    # ---- Clauses ----

    def _clause(self, hit: Hit) -> Hit:
        """Return the words from the start of a hit's clause to the end of the one it ends in."""
        starts = self._clauses
        begin = starts[bisect_right(starts, hit[0]) - 1]
        behind = bisect_left(starts, hit[1])
        _, close = self._matches.stretch(hit[1] - 1)
        return begin, min(close, starts[behind]) if behind < len(starts) else close

    @cached_property
    def _clauses(self) -> Sequence[int]:
        """Where clauses start, in order."""
        starts = {at + 1 for at in self._matches.breaks}
        starts.update(start for start, _ in self._language("clause_starts"))
        starts.update(self._behind_commas)
        commas = sorted(self._matches.commas)
        for start, _ in self._language("subordinators"):
            first = bisect_right(commas, start)
            if first < len(commas) and commas[first] < self._matches.stretch(start)[1]:
                starts.add(commas[first])
        return sorted(starts)

    @cached_property
    def _behind_commas(self) -> Sequence[int]:
        """Where clauses start behind a comma by the word that stands there, in order."""
        if not self._matches.commas:
            return ()
        starts = {start for start, _ in self._language("subjects")}
        starts.update(start for start, _ in self._language("clause_starts"))
        return sorted(starts & self._matches.commas)

    def _in_stretch(self, hit: Hit, part: str) -> bool:
        return _any_in(self._language(part), *self._matches.stretch(hit[0]))


def _in(hits: Sequence[Hit], begin: int, end: int) -> Sequence[Hit]:
    """Return those of some hits, which are in order, that start in a range of words."""
    return hits[bisect_left(hits, (begin, begin)) : bisect_left(hits, (end, end))]


def _any_in(hits: Sequence[Hit], begin: int, end: int) -> bool:
    """Tell whether one of some hits, which are in order, starts in a range of words."""
    first = bisect_left(hits, (begin, begin))
    return first < len(hits) and hits[first][0] < end
