"""Statements: annotations as they are compared across texts, by what they say and not where.

A statement has a category, values, and the words of its quote; around it stand the words that lead
into it (headings and stems), and it has a place in the order of its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotate.annotation import Annotation
from annotate.differences.words import Words, figures, words_of
from annotate.documents.document import Document
from annotate.schema.types import duration_counts
from annotate.scoring.labels import stated


@dataclass(frozen=True)
class Statement:
    """One annotation as it is compared.

    Attributes:
        place: its position among the statements of its document, in text order.
        context: what leads into it, outermost first, as it is printed.
    """

    annotation: Annotation
    place: int
    context: tuple[str, ...]

    @property
    def category(self) -> str:
        """What it states."""
        return self.annotation.category

    @cached_property
    def words(self) -> Words:
        """The words of its quote."""
        return words_of(self.annotation.quote)

    @cached_property
    def around(self) -> Words:
        """The words that lead into it."""
        return words_of("\n".join(self.context))

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, str]]:
        """By attribute, each value as it is compared, with the value as it is stated."""
        return {
            name: {same_value(each): each for each in sorted(stated(value))}
            for name, value in self.annotation.attributes.items()
        }

    @cached_property
    def content(self) -> frozenset[tuple[str, str]]:
        """Its values as they are compared, each with its attribute."""
        return frozenset((name, each) for name, values in self.values.items() for each in values)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Numbers and addresses in its quote; none where its values hold what numbers say."""
        if any(map(str.isdigit, "".join(value for _, value in self.content))):
            return ()
        return figures(self.annotation.quote)


def statements(document: Document, annotations: Iterable[Annotation]) -> list[Statement]:
    """Return the annotations of a document as statements, in text order."""
    ordered = sorted(annotations, key=lambda a: (a.start, a.end, a.category))
    segmentation = document.segmentation
    found = []
    for place, each in enumerate(ordered):
        unit = segmentation.unit_at(each.start)
        units = segmentation.context(unit) if unit else ()
        context = tuple(" ".join(segmentation.quote(unit).split()) for unit in units)
        found.append(Statement(each, place, context))
    return found


def same_value(value: str) -> str:
    """Return a value in the form in which it is compared.

    P24M and P2Y are one duration; of an address only the words count.
    """
    counts = duration_counts(value)
    if counts is None:
        return words_of(value).key if any(map(str.isspace, value)) else value
    years, months, weeks, days, hours, minutes, seconds = (count or 0 for count in counts)
    return f"P{12 * years + months}M{24 * (7 * weeks + days) + hours}H{minutes}M{seconds}S"
