"""Put annotations that stand together into one question, with the passage that they stand in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.annotation import Annotation
from annotate.documents.chunking import Chunk, context_before
from annotate.documents.units import Segmentation

_AROUND = 2  # sentences or items before and behind the annotations that are read with them


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
    touched = [unit.index for unit in units if unit.start < end and begin < unit.end]
    if touched:
        first = max(touched[0] - around, 0)
        last = min(touched[-1] + around, len(units) - 1)
        begin, end = min(begin, units[first].start), max(end, units[last].end)
        inside = range(first, last + 1)
    else:
        inside = range(0)
    context = context_before(segmentation, begin, inside)
    return Chunk(0, begin, end, text[begin:end], inside, context)
