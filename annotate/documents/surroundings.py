"""Mark what stands above the title of a page and below its end as furniture.

The name of a site beside its menu, and what goes with a line of copyright, are seldom marked as
what they are. They are short, and say nothing in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotate.documents.layout import Furniture, Layout, LayoutBlock

HEAD, FOOT = "head of the page", "foot of the page"
_MENUS = frozenset((HEAD, "navigation"))
_MOST_BLOCKS = 30  # above a title; where a page has its first heading later it is none of a page
_MOST_WORDS = 8
_MOST_FOOT = 12  # blocks from a line of copyright to the end
_MOST_FOOT_WORDS = 25
_SAID = (".", "!", "?", ":", ";", ",")
_COPYRIGHT = re.compile(
    r"[^\w©(]*+(?:©|\(c\)|copyright\b)|.{0,80}\ball rights reserved\b", re.IGNORECASE
)
_PROSE = frozenset(("paragraph", "item", "cell", "definition"))


def with_surroundings(text: str, layout: Layout) -> Layout:
    """Return `layout` with the head and the foot of a page marked among its furniture."""
    inside = layout.furnished()
    menus = [each.start for each in layout.furniture if each.reason in _MENUS]
    found = [*_above(text, layout.blocks, inside, menus), *_below(text, layout.blocks, inside)]
    if not found:
        return layout
    merged = sorted((*layout.furniture, *found), key=lambda each: each.start)
    return replace(layout, furniture=tuple(merged))


def _above(
    text: str, blocks: Sequence[LayoutBlock], inside: Sequence[bool], menus: Sequence[int]
) -> Iterator[Furniture]:
    """Yield short lines above the first heading, where a menu stands among them."""
    heads = (at for at, each in enumerate(blocks) if each.kind == "heading" and not inside[at])
    title = next(heads, 0)
    if title > _MOST_BLOCKS or not any(begin < blocks[title].start for begin in menus):
        return
    for at, block in enumerate(blocks[:title]):
        words = text[block.start : block.end]
        if inside[at] or block.kind not in _PROSE or len(words.split()) > _MOST_WORDS:
            continue
        if not words.endswith(_SAID) and not any(map(str.isdigit, words)):
            yield Furniture(block.start, block.end, HEAD)


def _below(text: str, blocks: Sequence[LayoutBlock], inside: Sequence[bool]) -> Iterator[Furniture]:
    """Yield the line of copyright near the end, and what stands behind it."""
    left = [at for at in range(max(len(blocks) - 4 * _MOST_FOOT, 0), len(blocks)) if not inside[at]]
    foot = left[-_MOST_FOOT:]
    first = next(
        (
            n
            for n, at in enumerate(foot)
            if _COPYRIGHT.match(text, blocks[at].start, blocks[at].end)
        ),
        len(foot),
    )
    behind = [blocks[at] for at in foot[first:]]
    if all(len(text[each.start : each.end].split()) <= _MOST_FOOT_WORDS for each in behind):
        yield from (Furniture(each.start, each.end, FOOT) for each in behind)
