"""Mark lists of contents as furniture: entries that say again what headings of the text say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from annotate.documents.layout import LINK_WITHIN, Furniture, Layout, LayoutBlock
from annotate.documents.listed_lines import with_listed_lines

REASON = "contents"
_FEWEST = 3  # entries; two lines of the same words are no list
_SHARE = 0.75  # of the entries are headings: a heading may have been reworded, a link added
_LISTED = frozenset(("item", "paragraph", "cell", "definition"))
_LONGEST = 160  # characters of an entry
_WORDS = re.compile(r"[^\W_]+")
# A number before an entry, and dots and a page number behind it.
_NUMBERED = re.compile(
    r"\W*(?:(?:\d{1,3}|[a-z]|[ivxl]{1,6})[.):]\s*|\d{1,3}(?:\.\d{1,3})*\s+)+", re.I
)
_LEADERS = " \t\xa0.·…_"
_TITLE = re.compile(
    r"\b(?:contents?|index|overview|navigation|summary|topics|sections|jump to|quick links|on this"
    r" page"
    r"|in this (?:policy|notice|page|document|statement|section|article)|inhalt\w*|übersicht"
    r"|sommaire|contenido|índice|indice|sommario|spis treści|inhoud\w*|innehåll)\b",
    re.IGNORECASE,
)
_MOST_TITLE_WORDS = 8


def with_contents(text: str, layout: Layout) -> Layout:
    """Return `layout` with lists of contents marked among its furniture."""
    blocks = layout.blocks
    if not blocks:
        return with_listed_lines(text, layout, _TITLE, REASON)
    inside = layout.furnished(but=LINK_WITHIN)  # such a link may be an entry
    headings = Counter(
        _key(text[block.start : block.end])
        for block, furnished in zip(blocks, inside, strict=True)
        if _may_head(block) and not furnished
    )
    del headings[""]
    if len(headings) < _FEWEST:
        return layout
    found: list[Furniture] = []
    first = 0
    while first < len(blocks):
        last = _run(text, blocks, inside, headings, first)
        if last is None:
            first += 1
            continue
        start = blocks[first - 1].start if _has_title(text, blocks, first) else blocks[first].start
        found.append(Furniture(start, blocks[last].end, REASON))
        first = last + 1
    if not found:
        return layout
    merged = sorted((*layout.furniture, *found), key=lambda each: each.start)
    return replace(layout, furniture=tuple(_apart(merged)))


def _run(
    text: str,
    blocks: Sequence[LayoutBlock],
    inside: Sequence[bool],
    headings: Counter[str],
    first: int,
) -> int | None:
    """Return the last block of the list of contents that begins at `first`, None for none."""
    hits = 0
    last = None
    seen: set[str] = set()
    for entries, position in enumerate(range(first, len(blocks)), start=1):
        block = blocks[position]
        if block.kind not in _LISTED or inside[position] or block.end - block.start > _LONGEST:
            break
        key = _key(text[block.start : block.end])
        if key in seen:
            break  # here the text begins, whose bold lines the list has named
        seen.add(key)
        # A line in bold is no entry that leads to itself.
        if headings.get(key, 0) > _may_head(block):
            hits += 1
            last = position
        elif position == first or entries - hits > max(1.0, entries * (1 - _SHARE)):
            break
    return last if hits >= _FEWEST else None


def _may_head(block: LayoutBlock) -> bool:
    return block.kind in ("heading", "summary", "term") or block.strong


def _has_title(text: str, blocks: Sequence[LayoutBlock], first: int) -> bool:
    if not first:
        return False
    before = blocks[first - 1]
    words = text[before.start : before.end]
    short = len(words.split()) <= _MOST_TITLE_WORDS
    return before.level != 1 and short and bool(_TITLE.search(words))


def _key(words: str) -> str:
    """Return what two lines of the same words share, whatever numbers stand around them."""
    if len(words) > _LONGEST:
        return ""
    bare = _without_page(words)
    numbered = _NUMBERED.match(bare)
    said = bare[numbered.end() :] if numbered else bare
    return " ".join(_WORDS.findall((said or bare).casefold()))


def _without_page(words: str) -> str:
    """Take the number of a page off an entry, with the dots that lead to it."""
    words = words.rstrip()
    numbered = words.rstrip("0123456789")
    bare = numbered.rstrip(_LEADERS)
    led = "\t" in numbered[len(bare) :] or len(numbered) - len(bare) > 1
    return bare if len(numbered) < len(words) and led else words


def _apart(ranges: Sequence[Furniture]) -> list[Furniture]:
    """Return ranges without overlap: what is marked twice keeps its first mark."""
    kept: list[Furniture] = []
    for each in ranges:
        start = max(each.start, kept[-1].end if kept else 0)
        if start < each.end:
            kept.append(replace(each, start=start))
    return kept
