"""In which order the annotations of a review come up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from annotate.review.doubts import Doubt
from annotate.review.items import Item

Order = Literal["document", "category", "doubt", "random"]
"""By the place in the texts; by category, and in each by place; what is most doubtful first; or
drawn at random, for figures that hold for the whole run (`annotate.review.rates`)."""


def in_order(
    found: Iterable[Item],
    documents: Iterable[str],
    order: Order = "document",
    *,
    categories: Sequence[str] = (),
    doubts: Mapping[str, Doubt] | None = None,
) -> list[str]:
    """Return the ids of annotations in the order in which they are reviewed.

    Categories come in the order that is given. What was added has no doubt, and no place in a draw:
    it comes last there.
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
    elif order == "random":
        suggested = [each.id for each in ordered if each.suggested is not None]
        return drawn(suggested) + [each.id for each in ordered if each.suggested is None]
    return [each.id for each in ordered]


def drawn(names: Iterable[str]) -> list[str]:
    """Return names in an order that is drawn at random, always the same one of the same names.

    So a review goes on tomorrow where it stopped today, whoever looks at the log knows what was
    drawn, and in a run that has grown what was drawn before keeps its order.
    """
    return sorted(names, key=lambda name: hashlib.sha256(f"drawn {name}".encode()).digest())
