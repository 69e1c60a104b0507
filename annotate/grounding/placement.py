"""Choose the place of each citation of an answer, and say why it is this one.

Words that stand at several places take the next one in the order of the answer; a place that is a
whole unit goes before one inside a longer unit. Why a place was taken is known when all are: an
answer that goes through the text in order leaves some citations one place only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from annotate.annotation import Choice
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.grounding.contexts import has_repeated_items, parted, stands_below
from annotate.grounding.lookup import Place, Quotable
from annotate.grounding.widening import stated_units, widen
from annotate.schema.categories import Schema

_Span = tuple[int, int]


class _Sought(NamedTuple):
    """Where words may stand for a citation.

    Attributes:
        words: what was cited, without its lead-in.
        places: in text order.
        spans: what an annotation of each place would hold.
        everywhere: how many different spans the words have without the lead-in.
    """

    words: str
    places: Sequence[Place]
    spans: Sequence[_Span]
    everywhere: int

    def within(self, first: int, last: int) -> set[_Span]:
        """Return the different spans of places that start in a range, two of them at most."""
        low = bisect_left(self.places, first, key=lambda place: place.start)
        high = bisect_right(self.places, last, key=lambda place: place.start)
        # Spans come in the order of places: where the outermost are one, all are.
        return {self.spans[low], self.spans[high - 1]} if low < high else set()


@dataclass(slots=True)
class Citation:
    """Words of an answer with the place they were given.

    Attributes:
        place: in the chunk.
        span: of the annotation, in the document.
        choice: why it is this place; final after `Placement.explain`.
    """

    category: str
    place: Place
    span: _Span
    sought: _Sought
    choice: Choice = "ambiguous"

    @property
    def words(self) -> str:
        """What was cited, without a lead-in."""
        return self.sought.words

    @property
    def places(self) -> int:
        """At how many places the words stand."""
        return self.sought.everywhere


class Placement:
    """Gives each quote of an answer its place, in the order in which they come."""

    def __init__(self, chunk: Chunk, segmentation: Segmentation, schema: Schema) -> None:
        self._chunk = chunk
        self._segmentation = segmentation
        self._widens = schema.unit == "sentence"
        self._quotable = Quotable(chunk.text)
        self._cursor = 0  # models mostly answer in the order of the text
        self._taken: set[tuple[str, int, int]] = set()
        self._citations: list[Citation] = []
        self._known: dict[str, _Sought | None] = {}

    def take(self, quote: str, category: str, unit: Unit | None = None) -> Citation | None:
        """Return the next citation, or None where the quote is not in the text.

        Free places go before taken ones, whole units before parts of a unit, and places further on
        before those behind the last one. Who has read the quote in a `unit` gets its place there.
        """
        sought = self._sought(quote) if unit is None else self._read_in(unit, quote)
        if sought is None:
            return None
        chosen = self._chosen(category, sought.places) if len(sought.places) > 1 else 0
        place = sought.places[chosen]
        self._taken.add((category, *_ends(place)))
        self._cursor = place.start
        citation = Citation(category, place, sought.spans[chosen], sought)
        self._citations.append(citation)
        return citation

    def _chosen(self, category: str, places: Sequence[Place]) -> int:
        at = range(len(places))
        free = [i for i in at if (category, *_ends(places[i])) not in self._taken]
        return min(free or at, key=lambda i: self._rank(places[i]))

    def explain(self) -> None:
        """Say of each citation why it has its place, now that all of the answer are placed."""
        for each in self._citations:
            each.choice = self._own_reason(each)
        sure = [i for i, each in enumerate(self._citations) if each.choice != "ambiguous"]
        if len(sure) == len(self._citations):
            return
        starts = [self._citations[i].place.start for i in sure]
        in_order = starts == sorted(starts)
        covered = self._covered()
        for number, each in enumerate(self._citations):
            if each.choice != "ambiguous":
                continue
            after = bisect_left(sure, number)
            first = starts[after - 1] if after else 0
            last = starts[after] if after < len(sure) else len(self._chunk.text)
            left = each.sought.within(first, last) == {each.span} and in_order
            if left or (each.category, each.words) in covered:
                each.choice = "order"

    @cached_property
    def _whole(self) -> set[_Span]:
        """The whole units, as ranges of the chunk."""
        start = self._chunk.start
        units = (self._segmentation.units[i] for i in self._chunk.units)
        return {(unit.start - start, unit.end - start) for unit in units}

    def _rank(self, place: Place) -> tuple[bool, bool, int]:
        return _ends(place) not in self._whole, place.start < self._cursor, place.start

    def _own_reason(self, citation: Citation) -> Choice:
        """Return why a citation stands where it does, whatever stands beside it in the answer."""
        sought = citation.sought
        if sought.everywhere == 1:
            return "only"
        if len(set(sought.spans)) == 1:
            return "context"
        pairs = zip(sought.places, sought.spans, strict=True)
        whole = {span for place, span in pairs if _ends(place) in self._whole}
        return "unit" if whole == {citation.span} else "ambiguous"

    def _covered(self) -> set[tuple[str, str]]:
        """Return the words, by category, that an answer cites at each of their places."""
        spans: dict[tuple[str, str], set[_Span]] = defaultdict(set)
        for each in self._citations:
            spans[each.category, each.words].add(each.span)
        return {
            (each.category, each.words)
            for each in self._citations
            if len(spans[each.category, each.words]) >= each.places
        }

    def _sought(self, quote: str) -> _Sought | None:
        if quote not in self._known:
            self._known[quote] = self._looked_up(quote)
        return self._known[quote]

    def _looked_up(self, quote: str) -> _Sought | None:
        places = self._quotable.places(quote)
        if places:
            places = sorted(places, key=_ends)
            spans = [self._span(place) for place in places]
            return _Sought(quote, places, spans, len(set(spans)))
        # Only where it was asked for: elsewhere an ellipsis leaves out words of the document.
        lead_ins, words = parted(quote) if self._asks_lead_ins else ([], quote)
        found = self._sought(words) if lead_ins else None
        if found is None:
            return None
        pairs = zip(found.places, found.spans, strict=True)
        below = [pair for pair in pairs if self._stands_below(lead_ins, pair[0])]
        if not below:
            return None
        return _Sought(words, [p for p, _ in below], [s for _, s in below], found.everywhere)

    def _read_in(self, unit: Unit, quote: str) -> _Sought | None:
        """Return where a quote stands in a unit, which whoever read it there knows."""
        start, end = unit.start - self._chunk.start, unit.end - self._chunk.start
        if self._quotable.stands_at(quote, start, end):
            return _Sought(quote, [Place(start, end, "exact")], [(unit.start, unit.end)], 1)
        inside = [p for p in self._quotable.places(quote) if start <= p.start and p.end <= end]
        if not inside:
            return self._sought(quote)
        return _Sought(quote, inside, [self._span(place) for place in inside], 1)

    @cached_property
    def _asks_lead_ins(self) -> bool:
        return has_repeated_items(self._chunk, self._segmentation)

    def _stands_below(self, lead_ins: list[str], place: Place) -> bool:
        start, end = (self._chunk.start + each for each in _ends(place))
        units = stated_units(self._segmentation, start, end)
        return bool(units) and stands_below(lead_ins, units[0], self._segmentation)

    def _span(self, place: Place) -> _Span:
        start, end = (self._chunk.start + each for each in _ends(place))
        return widen(self._segmentation, start, end) if self._widens else (start, end)


def _ends(place: Place) -> tuple[int, int]:
    return place.start, place.end
