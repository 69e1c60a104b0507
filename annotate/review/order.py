"""In which order the annotations of a review come up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from annotate.review.chunks import Chunks
from annotate.review.doubts import Doubt
from annotate.review.draw import drawn
from annotate.review.items import Item

Order = Literal["document", "category", "doubt", "random", "chunks"]
"""By the place in the texts; by category, and in each by place; what is most doubtful first; or
drawn at random, for figures that hold for the whole run (`annotate.review.rates`): annotations, or
chunks, which are read whole (`annotate.review.chunks`)."""


def in_order(
    found: Iterable[Item],
    documents: Iterable[str],
    order: Order = "document",
    *,
    categories: Sequence[str] = (),
    doubts: Mapping[str, Doubt] | None = None,
    chunks: Chunks | None = None,
) -> list[str]:
    """Return the ids of annotations in the order in which they are reviewed.

    Categories come in the order that is given, and chunks as they were drawn. What was
    added has no doubt, and no place in a draw of annotations: it comes last there.
    """
    places = {name: place for place, name in enumerate(documents)}
    ordered = sorted(found, key=lambda each: (places[each.document], each.start, -each.end))
    if order == "category":
        ranks = {name: rank for rank, name in enumerate(categories)}
        ordered.sort(key=lambda each: ranks.get(each.category, len(ranks)))
    elif order == "doubt":
        known = doubts or {}
        scored = {each.id: known.get(each.id, Doubt()) for each in ordered}
        ordered.sort(key=lambda each: (-scored[each.id].score, -scored[each.id].total))
    elif order == "chunks" and chunks is not None:
        turns = {chunk.id: turn for turn, chunk in enumerate(chunks)}
        ordered.sort(key=lambda each: turns.get(chunks.holding(each) or "", len(turns)))
    elif order == "random":
        suggested = [each.id for each in ordered if each.suggested is not None]
        return drawn(suggested) + [each.id for each in ordered if each.suggested is None]
    return [each.id for each in ordered]
