"""Turn the layout that a source states into the blocks that segmentation reads.

Nothing is guessed from marks here. One thing is read from wording: a short line that is set in bold
above others is a heading, as many pages have no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotate.documents.blocks import Block, BlockKind
from annotate.documents.headings import strong_rank
from annotate.documents.layout import Layout, LayoutBlock, LayoutKind

_READ_AS: Mapping[LayoutKind, BlockKind] = {
    "heading": "heading",
    "paragraph": "paragraph",
    "definition": "paragraph",
    "note": "paragraph",
    "item": "item",
    "option": "item",
    "cell": "cell",
    "head": "label",
    "summary": "label",
    "term": "label",
    "caption": "label",
    "mark": "mark",
}
_MOST_LABEL = 200  # characters: what is longer says something, and is read as prose
_PROSE: Mapping[LayoutKind, BlockKind] = {"head": "cell"}
_FAMILY = "li"  # of every item: its depth alone tells lists apart


def stated_blocks(text: str, layout: Layout) -> list[Block]:
    """Return the blocks of `text` as `layout` states them."""
    marked: list[Block] = []
    reasons = _Reasons(layout)
    for position, each in enumerate(layout.blocks):
        block = _block(position, each, reasons.at(each.start))
        if each.strong and block.kind in ("paragraph", "item"):
            following = layout.blocks[position + 1] if position + 1 < len(layout.blocks) else None
            heads = following is not None and _can_be_headed(each, following)
            if heads and (rank := strong_rank(text[each.start : each.end])):
                block = replace(block, kind="heading", level=rank)
        marked.append(block)
    return marked


def _block(position: int, each: LayoutBlock, furniture: str) -> Block:
    kind = _READ_AS[each.kind]
    if kind == "label" and each.end - each.start > _MOST_LABEL:
        kind = _PROSE.get(each.kind, "paragraph")
    # An item is indented by its depth, and what else stands in it by one column more.
    indent = 2 * each.depth - (1 if kind == "item" else 0) if each.depth else 0
    return Block(
        kind,
        each.start,
        each.start,
        each.end,
        level=each.level,
        indent=indent,
        family=_FAMILY if kind == "item" else "",
        apart=True,
        position=position,
        heads=each.heads,
        table=each.table,
        furniture=furniture,
        stated=True,
    )


def _can_be_headed(block: LayoutBlock, following: LayoutBlock) -> bool:
    """Tell whether what follows may stand under a bold line."""
    if following.kind == "item":
        return following.depth > block.depth
    return following.kind in ("paragraph", "cell", "head", "summary", "term", "definition")


class _Reasons:
    """Tells what is furniture, for places asked in ascending order."""

    def __init__(self, layout: Layout) -> None:
        self._coming = list(reversed(layout.furniture))

    def at(self, place: int) -> str:
        while self._coming and self._coming[-1].end <= place:
            self._coming.pop()
        here = self._coming and self._coming[-1].start <= place
        return self._coming[-1].reason if here else ""


def with_furniture(found: list[Block], layout: Layout) -> list[Block]:
    """Return blocks that were read from marks, with those marked that are furniture."""
    reasons = _Reasons(layout)
    return [replace(block, furniture=reasons.at(block.start)) for block in found]
