"""In which order the annotations of a review come up."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.review.items import Item


def in_order(found: Iterable[Item], documents: Iterable[str]) -> list[str]:
    """Return the ids of annotations in the order in which they are reviewed.

    That is the order of the documents, and within each of them that of its text.
    """
    places = {name: place for place, name in enumerate(documents)}
    ordered = sorted(found, key=lambda each: (places[each.document], each.start, -each.end))
    return [each.id for each in ordered]
