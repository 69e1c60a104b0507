"""Tell places of the same words apart by what stands above them: headings, lead-ins, stems.

"Your IP address" below "We do not collect:" states another thing than below "We collect:". Where a
chunk holds an item twice in this way, a model is asked to cite what leads into it as well.
"""

from __future__ import annotations

import re
from collections import defaultdict

from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.grounding.normalization import normalize

# Part of the requests for the chunks that it is for: another wording asks for these anew.
LEAD_INS_WANTED = (
    "Some list items stand more than once in the text, under different lead-ins. Where you cite "
    "such an item, begin its quote with the line that leads into it, as printed, then … and then "
    'the item: "LEAD-IN … ITEM". Cite all other words alone.'
)
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?")


def has_repeated_items(chunk: Chunk, segmentation: Segmentation) -> bool:
    """Tell whether a list item stands in a chunk twice, and what leads into it differs."""
    contexts: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for unit in (segmentation.units[index] for index in chunk.units):
        if unit.kind == "item":
            above = tuple(outer.index for outer in segmentation.context(unit))
            contexts[_folded(segmentation.quote(unit))].add(above)
    return any(len({_texts(a, segmentation) for a in each}) > 1 for each in contexts.values())


def parted(quote: str) -> tuple[list[str], str]:
    """Return the lead-ins that are cited before an ellipsis, folded, and the words behind it."""
    *lead_ins, words = (each.strip() for each in _ELLIPSIS.split(quote))
    return [_folded(each) for each in lead_ins], words


def stands_below(lead_ins: list[str], unit: Unit, segmentation: Segmentation) -> bool:
    """Tell whether each of these stands above a unit: as heading, stem, or in its lead-in."""
    above = {_folded(segmentation.quote(outer)) for outer in segmentation.context(unit)}
    return above.issuperset(lead_ins)


def _texts(units: tuple[int, ...], segmentation: Segmentation) -> tuple[str, ...]:
    return tuple(_folded(segmentation.quote(segmentation.units[index])) for index in units)


def _folded(text: str) -> str:
    return normalize(text).text.strip(" .:;,")
