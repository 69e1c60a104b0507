"""Tell by wording and layout which blocks are headings, lead-ins, labels or items without bullet.

Most texts mark few of these: a title is a short line without an end mark, a lead-in ends in a
colon. What follows from it for sections and lists is decided in `segmentation`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.documents.blocks import Block
from annotate.documents.emphasis import wholly_emphasised, without_emphasis
from annotate.documents.wording import (
    CLAUSE,
    COLONS,
    MARKUP_OR_SPACE,
    MAX_EMPHASISED_LABEL_WORDS,
    MAX_LABEL_WORDS,
    OPEN_ENDED,
    SOFT_HYPHEN,
    begins_like_a_title,
    in_capitals,
    is_clause,
    is_title,
)

_MAX_HEADING_WORDS = 16
_MAX_HEADING_CHARACTERS = 120
_MAX_EMPHASISED_SENTENCE_WORDS = 8
_MAX_NUMBERED_SENTENCE_WORDS = 8
_MAX_BARE_ITEM = 160
# Ranks of heading styles, outermost first; "#" marks rank by their own level, numbers by depth.
_CAPITALS, _BOLD, _NUMBERED, _PLAIN, _NOTICE, LABEL_RANK = 10, 12, 15, 30, 35, 40

_TERMINAL = (".", "!", "?", "。", "！", "？", "…")
# Nothing but a link is an entry of a menu, and nothing but a date, number or address a fact.
_BARE_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)\W*$")
_VALUE_LINE = re.compile(r"@|\bhttps?:|\bwww\.|\w:\s+\S|\d{5}|^\W*\d+\W*$", re.IGNORECASE)
_VALUE_SIGN = re.compile(r"[@:\d]")  # a value line without "www." holds one of these
_DATED = re.compile(r"\W*(?:last )?(?:updated|effective|revised|modified)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")  # begins with a digit: no other place is tried
_BEGINS_NUMBER = re.compile(r"\b\d")
_DEEP_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,5}")  # "6.1", bold, stands below a bold "6."
_PART_NUMBER = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3}){1,5}")


def with_headings(text: str, found: Sequence[Block]) -> list[Block]:
    """Return the blocks with those marked that are headings or items without carrying a mark."""
    marked: list[Block] = []
    open_stem: Block | None = None
    capitals = False
    for position, block in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        content = text[block.start : block.end].replace(SOFT_HYPHEN, "")
        if block.kind == "heading":
            open_stem = None
        elif open_stem and _is_bare_item(content, block, open_stem, following, text):
            indent = max(block.indent, open_stem.indent + 1)
            block = block._replace(kind="item", family="bare", indent=indent)
        elif not (marked and _ends_a_list(marked[-1], block, following, open_stem)) and (
            rank := _heading_rank(text, content, block, following)
        ):
            start, end = without_emphasis(text, block.start, block.end)
            block = block._replace(kind="heading", level=rank, start=start, end=end)
            open_stem, capitals = None, capitals or rank == _CAPITALS
        elif block.kind == "paragraph":
            open_stem = block if _leads(content) else None
        elif block.kind == "item":
            open_stem = None
        marked.append(block)
    return _with_notices(marked) if capitals else marked


def stands_in_item(heading: Block) -> bool:
    """Tell whether a heading stands behind a bullet, and heads the prose inside that item only."""
    return heading.family != "" and not heading.ordinal


def is_left_by(heading: Block, paragraph: Block) -> bool:
    """Tell whether a section ends before prose: that of a label, or of a heading in a list item."""
    if stands_in_item(heading):
        return paragraph.indent <= heading.indent
    return heading.level == LABEL_RANK


def strong_rank(content: str, *, slanted: bool = False) -> int:
    """Return the rank of a line that its source sets in bold, 0 where it is no heading.

    "6.1" and "B.1" stand below "6." and "B.", and bold italics below mere bold.
    """
    if len(content) > _MAX_HEADING_CHARACTERS or not begins_like_a_title(content):
        return 0
    if len(content.split()) > _MAX_HEADING_WORDS or "\n" in content or content.endswith(COLONS):
        return 0
    if _is_value_line(content):
        return 0
    if content.endswith((".", ";", ",", "!", "。")) and is_clause(content):
        return 0
    numbered = _PART_NUMBER.match(content)
    if numbered:
        return _BOLD + 3 * min(numbered[0].count("."), 2)
    return _BOLD + 9 if slanted else _BOLD


# ---- Lead-ins and labels ----


def is_title_of_items(text: str, block: Block, following: Block) -> bool:
    """Tell whether an item is no more than a few words in bold above the items nested in it."""
    deeper = following.kind == "item" and following.indent > block.indent
    if block.kind != "item" or not deeper or block.lines > 1:
        return False
    return text[block.start - 1 : block.start] in ("*", "_") and not _is_said(
        text[block.start : block.end]
    )


def is_label(emphasised: str) -> bool:
    """Tell whether words at the start of a block, set in bold or italics, label what follows."""
    words = emphasised.split()
    if not 0 < len(words) <= MAX_EMPHASISED_LABEL_WORDS:
        return False
    said = emphasised.endswith(".") and is_clause(emphasised) and not is_title(emphasised)
    return not said


def _leads(content: str) -> bool:
    """Tell whether a paragraph ends in words that lines below it complete."""
    bare = content.rstrip(MARKUP_OR_SPACE)
    return bare.endswith(COLONS) or (not bare.endswith(_TERMINAL) and bool(OPEN_ENDED.search(bare)))


def _is_bare_item(
    content: str, block: Block, stem: Block, following: Block | None, text: str
) -> bool:
    """Tell whether an unmarked line under an open stem is one of its items."""
    if block.kind != "paragraph" or not block.is_one_line or _leads(content):
        return False
    if block.indent > stem.indent and len(content) <= 2 * _MAX_BARE_ITEM:
        return True
    if len(content) > _MAX_BARE_ITEM or content.endswith(_TERMINAL):
        return False
    if following is None or _is_value(content):
        return True
    after = text[following.start : following.end]
    return following.kind == "paragraph" and not _leads(after) and not after.endswith(_TERMINAL)


# ---- Headings ----


def _heading_rank(text: str, content: str, block: Block, following: Block | None) -> int:
    """Return the rank of a block that is a heading without "#", or 0."""
    if following is None or block.kind == "row":
        return 0
    plain = content.replace("*", "").replace("_", "").strip()
    if len(plain) > _MAX_HEADING_CHARACTERS or not begins_like_a_title(plain):
        return 0
    words = len(plain.split())
    if words > _MAX_HEADING_WORDS or _BARE_LINK.match(plain):
        return 0
    if _is_value(plain) and not block.family:
        return 0
    before = text[block.start - 1] if block.start > 0 else ""
    emphasised = before in ("*", "_") or wholly_emphasised(content)
    if block.kind == "item" and block.ordinal == 0:
        return _item_title_rank(block, following, plain, emphasised)
    if block.kind == "item":
        return _numbered_rank(block, following, plain, emphasised)
    if not block.is_one_line:
        return 0
    if plain.endswith(COLONS):
        label = following.kind in ("item", "row") and words <= MAX_LABEL_WORDS
        return LABEL_RANK if label and not is_clause(plain) else 0
    if plain.endswith((".", ";", ",", "!", "。", "、")):
        short = words <= _MAX_EMPHASISED_SENTENCE_WORDS
        return _BOLD if emphasised and short and not is_clause(plain) else 0
    if emphasised:
        deep = _DEEP_NUMBER.match(plain)
        return _BOLD + (min(deep[0].count("."), 2) if deep else 0)
    if in_capitals(plain):
        return _CAPITALS
    return _PLAIN if _stands_above(text, block, following) else 0


def _with_notices(marked: list[Block]) -> list[Block]:
    """Put few upper-case lines between many headings of another style below these.

    Upper-case headings are the outermost where they divide a text, or are its title. "PLEASE NOTE"
    between bold headings does not divide it, and would swallow all sections behind it.
    """
    headings = [i for i, block in enumerate(marked) if block.kind == "heading"]
    notices = [i for i in headings[1:] if marked[i].level == _CAPITALS]
    others = [i for i in headings if marked[i].level not in (_CAPITALS, LABEL_RANK)]
    if not notices or len(others) < 2 * len(notices):
        return marked
    with_prose = [i for i in others if i < notices[0] and marked[i + 1].kind != "heading"]
    if len(with_prose) < min(len(notices), 2):
        return marked
    for i in notices:
        marked[i] = marked[i]._replace(level=_NOTICE)
    return marked


def _is_value(plain: str) -> bool:
    """Tell whether a line states a date, a number or an address, rather than a title."""
    return _is_value_line(plain) or any(map(_is_date, plain.split("\n")))


def _is_value_line(plain: str) -> bool:
    if _DATED.match(plain):
        return True
    signed = _VALUE_SIGN.search(plain) or "www." in plain.lower()
    return bool(signed and _VALUE_LINE.search(plain))


def _is_date(line: str) -> bool:
    """Tell whether a year and another number stand in a line."""
    years = [match.span() for match in _YEAR.finditer(line)]
    return bool(years) and (
        any(c.isdecimal() for c in line[: years[-1][0]])
        or _BEGINS_NUMBER.search(line, years[0][1]) is not None
    )


def _item_title_rank(block: Block, following: Block, plain: str, emphasised: bool) -> int:
    """Return the rank of a bulleted line in bold above prose that stands inside its item, or 0."""
    above_prose = following.kind == "paragraph" and following.indent > block.indent
    title = emphasised and block.lines == 1 and not _is_said(plain)
    return LABEL_RANK if above_prose and title else 0


def _is_said(plain: str) -> bool:
    return plain.endswith((*_TERMINAL, *COLONS, ";", ",")) or is_clause(plain)


def _numbered_rank(block: Block, following: Block, plain: str, emphasised: bool) -> int:
    """Return the rank of a numbered line above prose or a deeper list, 0 where it is a sentence."""
    if not block.is_one_line:
        return 0
    deeper = following.kind == "item" and (
        following.indent > block.indent or following.family != block.family
    )
    if following.kind == "item" and not deeper:
        return 0
    rank = _NUMBERED + max(block.family.count("."), 1) + min(block.indent // 2, 6)
    clause = bool(CLAUSE.search(plain))
    if emphasised and (is_title(plain) or not plain.endswith(".") or not clause):
        return rank
    if plain.endswith(COLONS):
        return 0 if deeper or is_clause(plain) else rank
    if plain.endswith((".", "。")):
        return 0 if clause or len(plain.split()) > _MAX_NUMBERED_SENTENCE_WORDS else rank
    return 0 if plain.endswith((";", ",")) else rank


def _ends_a_list(before: Block, block: Block, following: Block | None, stem: Block | None) -> bool:
    """Tell whether a numbered line stands right below an item of its list, or its lead-in.

    The last of a list is then no heading of the prose below it.
    """
    if block.kind != "item" or block.apart or (following and following.kind == "item"):
        return False
    if block.ordinal == 1:
        return before is stem or (before.kind == "heading" and before.level == LABEL_RANK)
    same = (before.family, before.indent) == (block.family, block.indent)
    return before.kind == "item" and same and block.ordinal == before.ordinal + 1


def _stands_above(text: str, block: Block, following: Block) -> bool:
    """Tell whether more follows on a short line without end mark than another such line."""
    if following.kind in ("item", "row", "heading"):
        return True
    content = text[following.start : following.end]
    ends = content.endswith((*_TERMINAL, *COLONS))
    longer = len(content) > (block.end - block.start) or ends
    if block.apart and following.apart:
        return longer or len(content.split()) <= _MAX_HEADING_WORDS
    return longer and (ends or content.endswith(")"))
