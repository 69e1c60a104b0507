"""What a text is divided into: units (headings, stems, sentences, list items) and segments of them.

How they are found is the business of `annotate.documents.segmentation`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from annotate.documents.languages import Languages, find_languages
from annotate.documents.layout import Furniture

_BLOCK = 600  # characters at which a long segment is parted to find its languages

UnitKind = Literal["heading", "stem", "sentence", "item"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One heading, stem, sentence or list item.

    Attributes:
        index: position in `Segmentation.units`.
        start, end: code points, half-open; without marker, outer emphasis and outer white space.
        segment: index of the segment that holds it.
        headings: indices of what heads it, outermost first: the headings above it, then the heads
            of its column and row, its summary or term.
        stem: index of the unit that it completes, or None. A stem may have a stem of its own.
        lead: index of the first unit of the paragraph that leads into its list, or None.
        depth: nesting of its list, 1 for the outermost, 0 outside lists.
        furniture: why it is furniture, "" where it is text.
    """

    index: int
    start: int
    end: int
    kind: UnitKind
    segment: int
    headings: tuple[int, ...] = ()
    stem: int | None = None
    lead: int | None = None
    depth: int = 0
    furniture: str = ""

    @property
    def states(self) -> bool:
        """Whether it can state something: neither a heading nor furniture."""
        return self.kind != "heading" and not self.furniture


@dataclass(frozen=True, slots=True)
class Segment:
    """A heading, a paragraph, or a whole list with its stem: what is never parted lightly.

    Attributes:
        start, end: from the start of its first line to the end of its last unit.
        units: indices of its units.
    """

    index: int
    start: int
    end: int
    units: range


@dataclass(frozen=True)
class Segmentation:
    """The units and segments of one text, both in text order.

    Attributes:
        furniture: what of the text stands around it, in text order.
    """

    text: str
    units: tuple[Unit, ...]
    segments: tuple[Segment, ...]
    furniture: tuple[Furniture, ...] = ()

    @cached_property
    def languages(self) -> Languages:
        """The languages of the text, judged by its paragraphs and by parts of its lists."""
        return find_languages(self.text, self._blocks())

    def _blocks(self) -> Iterator[tuple[int, int]]:
        """Yield the borders of segments, and of parts of those that are long."""
        for segment in self.segments:
            start = segment.start
            for index in segment.units:
                if self.units[index].end - start >= _BLOCK:
                    yield start, self.units[index].end
                    start = self.units[index].end
            if start < segment.end:
                yield start, segment.end

    def quote(self, unit: Unit) -> str:
        """Return the unit as printed."""
        return self.text[unit.start : unit.end]

    def unit_at(self, place: int) -> Unit | None:
        """Return the unit that a place stands in, else the last one before it; None before all."""
        index = bisect_right(self.units, place, key=lambda unit: unit.start) - 1
        return self.units[index] if index >= 0 else None

    def stems(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the stems that `unit` completes, outermost first."""
        chain: list[Unit] = []
        while unit.stem is not None:
            unit = self.units[unit.stem]
            chain.append(unit)
        return tuple(reversed(chain))

    def lead_in(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the paragraph that leads into the list of `unit`, as far as it stands before."""
        if unit.lead is None:
            return ()
        first = self.units[unit.lead]
        same = (first.segment, first.depth)
        stop = unit.lead
        while stop < unit.index and (self.units[stop].segment, self.units[stop].depth) == same:
            stop += 1
        return self.units[unit.lead : stop]

    def context(self, unit: Unit) -> tuple[Unit, ...]:
        """Return what a reader needs before `unit`: headings, lead-in of the list, stems."""
        wanted = {*unit.headings, *(outer.index for outer in self.stems(unit))}
        wanted.update(outer.index for outer in self.lead_in(unit))
        return tuple(self.units[i] for i in sorted(wanted))
