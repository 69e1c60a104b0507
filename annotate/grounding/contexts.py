"""Tell places of the same words apart by what stands above them: headings, lead-ins, stems.

"Your IP address" below "We do not collect:" states another thing than below "We collect:". Where a
chunk holds an item twice in this way, a model is asked to cite what leads into it as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.grounding.normalization import normalize

# Part of the requests for the chunks that it is for: another wording asks for these anew.
LEAD_INS_WANTED = (
    "Some list items stand more than once in the text, under different lead-ins. Where you cite "
    "such an item, begin its quote with the line that leads into it, as printed, then … and then "
    'the item: "LEAD-IN … ITEM". Cite all other words alone.'
)
_SHORT = 1000  # characters; what is longer is not remembered
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?")


def has_repeated_items(chunk: Chunk, segmentation: Segmentation) -> bool:
    """Tell whether a list item stands in a chunk twice, and what leads into it differs."""
    same: dict[str, list[Unit]] = defaultdict(list)
    for unit in (segmentation.units[index] for index in chunk.units):
        if unit.kind == "item":
            same[_folded(segmentation.quote(unit))].append(unit)
    return any(
        len({_above(unit, segmentation) for unit in each}) > 1
        for each in same.values()
        if len(each) > 1
    )


def parted(quote: str) -> tuple[list[str], str]:
    """Return the lead-ins that are cited before an ellipsis, folded, and the words behind it."""
    *lead_ins, words = (each.strip() for each in _ELLIPSIS.split(quote))
    return [_folded(each) for each in lead_ins], words


def stands_below(lead_ins: list[str], unit: Unit, segmentation: Segmentation) -> bool:
    """Tell whether each of these stands above a unit: as heading, stem, or in its lead-in."""
    return set(_above(unit, segmentation)).issuperset(lead_ins)


def _above(unit: Unit, segmentation: Segmentation) -> tuple[str, ...]:
    return tuple(_folded(segmentation.quote(outer)) for outer in segmentation.context(unit))


def _folded(text: str) -> str:
    # The same lines are looked at for each sample of a text, and for each chunk below a heading.
    return _fold_again(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return normalize(text).text.strip(" .:;,")


_fold_again = lru_cache(4096)(_fold)
