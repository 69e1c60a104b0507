"""Turn the layout that a source states into the blocks that segmentation reads.

What is stated is not guessed again from marks. What nobody stated is read from wording: a short
line that is set in bold above others is a heading, as many pages have no other; and lines that
begin with a bullet or count up are items, where their writer typed the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from annotate.documents.blocks import Block, BlockKind, blocks
from annotate.documents.bold_cells import bold_heads
from annotate.documents.headings import strong_rank
from annotate.documents.layout import Layout, LayoutBlock, LayoutKind
from annotate.documents.lines import TERMINAL
from annotate.documents.typed_marks import Mark, typed_marks
from annotate.documents.wording import breaks_off

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
_LONG_LINE = 60  # characters; a longer line may have been broken in mid-sentence
_NUMBERED = re.compile(r"\W*+(?:\d{1,3}|[A-Z]|[IVX]{1,5})[.)]")
_NOT_LINE_END = re.compile(r"[^\n]")
_TITLE_RANK = 0  # above every level that a source states


def stated_blocks(text: str, layout: Layout) -> list[Block]:
    """Return the blocks of `text` as `layout` states them."""
    reasons = _Reasons(layout)
    around = [reasons.at(each.start) for each in layout.blocks]
    heads = bold_heads(layout.blocks)
    title = _title(text, layout.blocks, around)
    lines = [
        (position, start, end)
        for position, each in enumerate(layout.blocks)
        for start, end in _lines(text, each)
    ]
    marks = typed_marks(text, [(start, end) for _, start, end in lines])
    marked: list[Block] = []
    for number, (position, start, end) in enumerate(lines):
        each = layout.blocks[position]
        block = _block(position, each, around[position])
        if start > each.start:  # behind a line end in its block
            kind: BlockKind = "paragraph" if block.kind == "item" else block.kind
            indent = 2 * each.depth
            block = block._replace(kind=kind, begin=start, start=start, label=0, indent=indent)
        block = block._replace(end=end)
        if position in heads and block.kind == "cell":
            block = block._replace(kind="label")
        elif position == title:
            block = block._replace(kind="heading", level=_TITLE_RANK)
        elif rank := _rank(text, layout.blocks, position):
            block = block._replace(kind="heading", level=rank)
        elif number in marks and not block.table:
            block = _item(block, marks[number])
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
        label=each.label,
    )


def _item(block: Block, mark: Mark) -> Block:
    """Return a block as the item that its typed mark makes it."""
    label = max(block.label - (mark.start - block.start), 0)
    block = block._replace(start=mark.start, label=label)
    if block.kind != "paragraph":
        return block  # an item already, or a cell
    return block._replace(kind="item", family=mark.family, ordinal=mark.ordinal)


# ---- Lines in bold ----


def _title(text: str, blocks: Sequence[LayoutBlock], around: Sequence[str]) -> int:
    """Return the position of a first line in bold that is the title of all, -1 for none.

    A page with one heading of the first level has its title there.
    """
    stated = [
        each for each, reason in zip(blocks, around, strict=True) if each.level == 1 and not reason
    ]
    first = next((at for at, reason in enumerate(around) if not reason), -1)
    if len(stated) == 1 or first < 0 or not blocks[first].strong:
        return -1
    numbered = _NUMBERED.match(text, blocks[first].start, blocks[first].end)
    if numbered:
        return -1
    return first if blocks[first].kind == "paragraph" and len(blocks) > first + 1 else -1


def _rank(text: str, blocks: Sequence[LayoutBlock], position: int) -> int:
    """Return the rank of a line in bold that heads what follows, 0 where it is none."""
    block = blocks[position]
    if not block.strong or block.kind not in ("paragraph", "item"):
        return 0
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if following is None or not _can_be_headed(block, following):
        return 0
    return strong_rank(text[block.start : block.end], slanted=block.slanted)


def _can_be_headed(block: LayoutBlock, following: LayoutBlock) -> bool:
    """Tell whether what follows may stand under a bold line."""
    if following.kind == "item":
        return following.depth > block.depth
    return following.kind in ("paragraph", "cell", "head", "summary", "term", "definition")


# ---- Lines ----


def _lines(text: str, block: LayoutBlock) -> Iterator[tuple[int, int]]:
    """Yield the lines of a block, those together that a sentence goes over."""
    if _READ_AS[block.kind] in ("heading", "label", "mark") or block.strong:
        yield block.start, block.end
        return
    begin = start = block.start
    while (end := text.find("\n", start, block.end)) >= 0:
        if _ends(text[start:end].rstrip(), text[end + 1 : block.end][:3].lstrip()):
            yield begin, end
            begin = end + 1
        start = end + 1
    yield begin, block.end


def _ends(line: str, following: str) -> bool:
    """Tell whether what a line says ends with it."""
    if following[:1].islower() and following[1:2] not in (" ", "\xa0", ")", "."):
        return False
    if line.endswith(TERMINAL) or not following[:1].isalnum():
        return True
    return len(line) < _LONG_LINE and not line.endswith(",") and not breaks_off(line)


class _Reasons:
    """Tells what is furniture, for places asked in ascending order."""

    def __init__(self, layout: Layout) -> None:
        self._coming = list(reversed(layout.furniture))

    def at(self, place: int) -> str:
        while self._coming and self._coming[-1].end <= place:
            self._coming.pop()
        here = self._coming and self._coming[-1].start <= place
        return self._coming[-1].reason if here else ""


def marked_blocks(text: str, layout: Layout) -> list[Block]:
    """Return the blocks that marks in `text` show, those of its furniture apart from the others."""
    if not layout.furniture:
        return blocks(text)
    inside, outside = _parted(text, layout)
    reasons = _Reasons(layout)
    around = [block._replace(furniture=reasons.at(block.start)) for block in blocks(inside)]
    return sorted((*blocks(outside), *around), key=lambda block: block.start)


def _parted(text: str, layout: Layout) -> tuple[str, str]:
    """Return what is furniture, and what is not, each with white space in place of the other."""
    inside: list[str] = []
    outside: list[str] = []
    reached = 0
    for each in layout.furniture:
        before, own = text[reached : each.start], text[each.start : each.end]
        inside += (_NOT_LINE_END.sub(" ", before), own)
        outside += (before, _NOT_LINE_END.sub(" ", own))
        reached = each.end
    return "".join(inside), "".join((*outside, text[reached:]))
