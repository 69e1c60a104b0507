"""Take off blocks and sentences what is no part of their words: white space and outer emphasis."""

from __future__ import annotations

import re

from annotate.documents.blocks import Block
from annotate.documents.emphasis import wholly_emphasised, without_emphasis
from annotate.documents.lines import unspaced

_MAX_MARK = 6  # characters of a page number or a rule, which are not units
_NUMBER = re.compile(r"(?:\d{1,2}\.){1,3}|(?:\d\.){4,6}")  # of a heading that stands below it


def trimmed(text: str, block: Block) -> Block:
    """Take outer white space, emphasis around the whole, and a footnote's asterisk off a block."""
    if block.stated:
        return block
    start, end = block.start, block.end
    if block.kind == "heading":
        end = start + len(text[start:end].rstrip(" \t#"))
    before = (-1, -1)
    while start < end and (start, end) != before:
        before = (start, end)
        start, end = unspaced(text, start, end)
        content = text[start:end]
        if wholly_emphasised(content) and len(content) > 1:
            start, end = without_emphasis(text, start, end)
        elif content[:1] == "*" and content[1:2].isalpha() and content.count("*") == 1:
            start += 1
        elif content[:1] in ("*", "_") and not any(c.isalnum() for c in content):
            start = end
    return (
        block if (start, end) == (block.start, block.end) else block._replace(start=start, end=end)
    )


def is_mark(text: str, block: Block) -> bool:
    """Tell whether a block says nothing: a page number, a row of dashes, or emptiness."""
    if block.kind == "mark":
        return True
    content = text[block.start : block.end]
    short = len(content) <= _MAX_MARK or _NUMBER.fullmatch(content)
    if not short or any(c.isalpha() for c in content):
        return False
    # A number alone says something in a table, and nowhere else.
    return not (block.table and any(c.isdigit() for c in content))


def unit_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Take emphasis off a sentence that it surrounds as a whole."""
    content = text[start:end]
    if wholly_emphasised(content):
        # A mark that closes an emphasis may stand before a line end: "*\n0**".
        inner = unspaced(text, *without_emphasis(text, start, end))
        if inner[0] < inner[1]:
            return inner
    return start, end
