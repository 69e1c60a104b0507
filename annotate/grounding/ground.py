"""Turn the answers of a model into annotations, or say why one is not an annotation.

This is the only way to an annotation, for the offline baseline and for a language model alike. How
a quote is looked up is `annotate.grounding.lookup`; what is not found there is refused and counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from annotate.annotation import Annotation, Evidence
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.errors import InvalidAnnotation
from annotate.grounding.lookup import Place, Quotable
from annotate.schema.categories import Category, Schema

__all__ = ["Place", "Rejected", "ground", "widen"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """An answered annotation that did not become one.

    Attributes:
        kind: "invalid" where it breaks the schema, "ungrounded" where its quote is not in the text.
        item: the answer as it came.
        problems: one sentence for each problem, worded for the model that has to repair it.
        chunk: index of the chunk.
    """

    kind: Literal["invalid", "ungrounded"]
    item: Any
    problems: tuple[str, ...]
    chunk: int


def ground(
    items: Iterable[Any], chunk: Chunk, segmentation: Segmentation, schema: Schema, document: str
) -> tuple[list[Annotation], list[Rejected]]:
    """Turn the items of one answer into annotations of `document`, in the order of the answer.

    Each item is validated, its quote is looked up in the chunk, and the place is widened to whole
    units where the schema declares a unit. A quote that stands in several places takes the next one
    in the order of the answer; a place that is a whole unit goes before one inside a longer unit.
    """
    order = _Order(Quotable(chunk.text), chunk, segmentation)
    grounded: list[Annotation] = []
    rejected: list[Rejected] = []
    for item in items:
        # The schema first: the words are looked up for nothing where the item cannot stand anyway.
        try:
            quote, practice = _parsed(item, schema)
        except InvalidAnnotation as error:
            rejected.append(Rejected("invalid", item, error.problems, chunk.index))
            continue
        place = order.take(quote, practice.tag())
        if place is None:
            rejected.append(Rejected("ungrounded", item, (_NOT_FOUND,), chunk.index))
            continue
        grounded.append(_annotation(practice, quote, place, chunk, segmentation, schema, document))
    return grounded, rejected


_NOT_FOUND = (
    "quote: these words are not in the text; copy the words exactly as printed, in one piece, or "
    "leave the annotation out"
)


def _parsed(item: Any, schema: Schema) -> tuple[str, Category]:
    if not isinstance(item, Mapping):
        raise InvalidAnnotation(("an annotation is a JSON object with category and quote",))
    quote = item.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        raise InvalidAnnotation(("quote: missing, copy the words that state it",))
    return quote, schema.parse({name: value for name, value in item.items() if name != "quote"})


def _annotation(
    practice: Category,
    quote: str,
    place: Place,
    chunk: Chunk,
    segmentation: Segmentation,
    schema: Schema,
    document: str,
) -> Annotation:
    start, end = chunk.start + place.start, chunk.start + place.end
    evidence = Evidence(quote, start, end, place.grounding, chunk.index)
    if schema.unit == "sentence":  # the evidence keeps what was cited
        start, end = widen(segmentation, start, end)
    return Annotation(
        document,
        start,
        end,
        practice.tag(),
        practice.attribute_values(),
        segmentation.text[start:end],
        (evidence,),
    )


def widen(segmentation: Segmentation, start: int, end: int) -> tuple[int, int]:
    """Return the range of the whole units that `[start, end)` touches; headings only if alone."""
    touched = _touched(segmentation.units, start, end)
    stated = [unit for unit in touched if unit.kind != "heading"] or touched
    if not stated:
        return start, end
    return stated[0].start, stated[-1].end


def _touched(units: Sequence[Unit], start: int, end: int) -> list[Unit]:
    # Units are apart and in order: the first that can be touched is the last that starts before.
    first = max(bisect_right(units, start, key=lambda unit: unit.start) - 1, 0)
    touched = []
    for unit in units[first:]:
        if unit.start >= end:
            break
        if unit.end > start:
            touched.append(unit)
    return touched


class _Order:
    """Gives each quote of an answer its place, in the order in which they come."""

    def __init__(self, quotable: Quotable, chunk: Chunk, segmentation: Segmentation) -> None:
        self.quotable = quotable
        self.cursor = 0  # models mostly answer in the order of the text
        self.taken: set[tuple[str, int, int]] = set()
        units = (segmentation.units[i] for i in chunk.units)
        self.whole = {(unit.start - chunk.start, unit.end - chunk.start) for unit in units}

    def take(self, quote: str, category: str) -> Place | None:
        """Return the place of the next citation, or None where the quote is not in the text.

        Free places go before taken ones, whole units before parts of a unit, and places further on
        before those behind the last one.
        """
        places = self.quotable.places(quote)
        if not places:
            return None
        free = [p for p in places if (category, p.start, p.end) not in self.taken]
        place = min(free or places, key=self._rank)
        self.taken.add((category, place.start, place.end))
        self.cursor = place.start
        return place

    def _rank(self, place: Place) -> tuple[bool, bool, int]:
        return (place.start, place.end) not in self.whole, place.start < self.cursor, place.start
