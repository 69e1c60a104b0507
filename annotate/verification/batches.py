"""Put annotations that stand together into one question, with the passage that they stand in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotate.annotation import Annotation
from annotate.documents.chunking import Chunk, context_before
from annotate.documents.units import Segmentation

_AROUND = 2  # sentences or items before and behind the annotations that are read with them


@dataclass(frozen=True, slots=True)
class Standing:
    """The annotations of one document, looked up by where they begin.

    Attributes:
        annotations: in the order of their run.
        order: the places of them all, by their starts.
    """

    annotations: Sequence[Annotation]
    order: Sequence[int]

    @classmethod
    def of(cls, annotations: Iterable[Annotation]) -> Standing:
        """Return the annotations of a document."""
        found = list(annotations)
        return cls(found, sorted(range(len(found)), key=lambda place: found[place].start))

    def between(self, start: int, end: int) -> list[int]:
        """Return the places of those that begin from `start` up to `end`, in the run's order."""
        begins = [
            bisect_left(self.order, at, key=lambda place: self.annotations[place].start)
            for at in (start, end)
        ]
        return sorted(self.order[slice(*begins)])


@dataclass(frozen=True, slots=True)
class Batch:
    """Annotations that one request asks about, by their numbers from 1.

    Attributes:
        places: of each annotation its place among those of its document.
        passage: what they stand in, with what stands around them.
        around: how many units that is.
    """

    annotations: tuple[Annotation, ...]
    places: tuple[int, ...]
    passage: Chunk
    segmentation: Segmentation
    around: int = _AROUND

    def place(self, annotation: Annotation) -> tuple[int, int]:
        """Return which occurrence of its words in the passage an annotation is, and of how many."""
        text, words = self.passage.text, annotation.quote
        starts, at = [], text.find(words)
        while words and at >= 0:
            starts.append(self.passage.start + at)
            at = text.find(words, at + 1)
        own = bisect_left(starts, annotation.start) + 1
        return min(own, len(starts) or 1), len(starts) or 1

    def halves(self) -> list[Batch]:
        """Return two smaller batches; of one annotation the one with less around it, if any."""
        if len(self.annotations) > 1:
            middle = len(self.annotations) // 2
            parts = (slice(0, middle), slice(middle, None))
            return [self._part(each, self.around) for each in parts]
        return [self._part(slice(0, 1), 0)] if self.around else []

    def _part(self, chosen: slice, around: int) -> Batch:
        return _batch(self.annotations[chosen], self.places[chosen], self.segmentation, around)


def batches(
    annotations: Sequence[Annotation],
    places: Sequence[int],
    segmentation: Segmentation,
    most: int,
) -> Iterator[Batch]:
    """Yield the annotations in their order, at most so many together."""
    for first in range(0, len(annotations), most):
        chosen = slice(first, first + most)
        yield _batch(annotations[chosen], places[chosen], segmentation, _AROUND)


def _batch(
    annotations: Sequence[Annotation],
    places: Sequence[int],
    segmentation: Segmentation,
    around: int,
) -> Batch:
    passage = _passage(annotations, segmentation, around)
    return Batch(tuple(annotations), tuple(places), passage, segmentation, around)


def _passage(annotations: Sequence[Annotation], segmentation: Segmentation, around: int) -> Chunk:
    """Return what the annotations stand in, from unit to unit."""
    units, text = segmentation.units, segmentation.text
    begin = min(each.start for each in annotations)
    end = max(each.end for each in annotations)
    first = bisect_right(units, begin, key=lambda unit: unit.end)
    last = bisect_left(units, end, key=lambda unit: unit.start) - 1
    if first <= last:
        first, last = max(first - around, 0), min(last + around, len(units) - 1)
        begin, end = min(begin, units[first].start), max(end, units[last].end)
        inside = range(first, last + 1)
    else:
        inside = range(0)
    context = context_before(segmentation, begin, inside)
    return Chunk(0, begin, end, text[begin:end], inside, context)
