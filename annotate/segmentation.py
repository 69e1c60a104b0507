"""Decide what the headings, paragraphs, lists, items and sentences of a text are.

The units found here are what chunks, baseline, gold, scores and snapped quotes stand on: a change
in this module is a change of the gold. Plain text, Markdown, numbered and upper-case headings, and
lists with bullets, numbers and letters are read; layout that the text no longer holds (a table that
was flattened) cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotate.lines import Block, blocks, wholly_emphasised
from annotate.sentences import sentences

UnitKind = Literal["heading", "stem", "sentence", "item"]

_MAX_HEADING_WORDS = 16
_MAX_HEADING_CHARACTERS = 120
_MAX_LABEL_WORDS = 4
_MAX_EMPHASISED_LABEL_WORDS = 12
_MAX_BARE_ITEM = 160
# Ranks of heading styles, outermost first; "#" marks rank by their own level, numbers by depth.
_CAPITALS, _BOLD, _NUMBERED, _PLAIN, _LABEL = 10, 12, 15, 30, 40

_EDGE = " \t\r\n\u00a0\u3000\u200b\ufeff"
_MARKUP = "*_#`"
_OPENING_QUOTES = "\"'“‘«„「<"
_COLONS = (":", "：")
_TERMINAL = (".", "!", "?", "。", "！", "？", "…")
# Words of a clause rather than of a title: a short line that holds one is a sentence or a stem.
_CLAUSE = re.compile(
    r"\b(?:we|you|they|it|is|are|was|were|be|may|might|can|will|shall|must|should|do|does|did|have|has"
    r"|had|include|includes|including|following|depending|contact us|contact our|please|such as|email us|call|write)\b",
    re.IGNORECASE,
)
_OPEN_ENDED = re.compile(
    r"\b(?:to|for|by|at|with|from|that|when|if|or|and|of|such as|including|include|includes)\W*$",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)\W*$")
_GREETING = re.compile(r"\b(?:welcome|hello|hi|thank|thanks|please|yes|no|note)\b", re.IGNORECASE)
_VALUE_LINE = re.compile(
    r"@|\bhttps?:|\bwww\.|\w:\s+\S|\d{5}|\b(?:19|20)\d\d\b.*\b\d|\d.*\b(?:19|20)\d\d\b|^\W*\d+\W*$"
    r"|^\W*(?:last )?(?:updated|effective|revised|modified)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One heading, stem, sentence or list item.

    Attributes:
        index: position in `Segmentation.units`.
        start, end: code points, half-open; without marker, outer emphasis and outer white space.
        segment: index of the segment that holds it.
        headings: indices of the headings above it, outermost first.
        stem: index of the unit that it completes, or None. A stem may have a stem of its own.
        lead: index of the first unit of the paragraph that leads into its list, or None.
        depth: nesting of its list, 1 for the outermost, 0 outside lists.
    """

    index: int
    start: int
    end: int
    kind: UnitKind
    segment: int
    headings: tuple[int, ...] = ()
    stem: int | None = None
    lead: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A heading, a paragraph, or a whole list with its stem: what is never parted lightly.

    Attributes:
        start, end: from the start of its first line to the end of its last unit.
        units: indices of its units.
    """

    index: int
    start: int
    end: int
    units: range


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The units and segments of one text, both in text order."""

    text: str
    units: tuple[Unit, ...]
    segments: tuple[Segment, ...]

    def quote(self, unit: Unit) -> str:
        """Return the unit as printed."""
        return self.text[unit.start : unit.end]

    def stems(self, unit: Unit) -> tuple[Unit, ...]:
        """Return the stems that `unit` completes, outermost first."""
        chain: list[Unit] = []
        while unit.stem is not None and len(chain) < len(self.units):
            unit = self.units[unit.stem]
            chain.append(unit)
        return tuple(reversed(chain))

    def context(self, unit: Unit) -> tuple[Unit, ...]:
        """Return what a reader needs before `unit`: its headings, the lead-in of its list, its stems."""
        wanted = {*unit.headings, *(stem.index for stem in self.stems(unit))}
        if unit.lead is not None:
            lead = self.units[unit.lead]
            wanted.update(i for i in self.segments[lead.segment].units if i < unit.index and not self.units[i].depth)
        return tuple(self.units[i] for i in sorted(wanted) if i != unit.index)


def segment(text: str) -> Segmentation:
    """Return the units and segments of `text`."""
    found = [_trim(text, block) for block in blocks(text)]
    found = [block for block in found if not _is_blank(text[block.start : block.end])]
    return _Assembly(text, _with_headings(text, found)).run()


# ---- Blocks: which are headings, which are items without a marker ----


def _trim(text: str, block: Block) -> Block:
    """Take outer white space, emphasis around the whole, and a footnote's asterisk off a block."""
    start, end = block.start, block.end
    if block.kind == "heading":
        end = start + len(text[start:end].rstrip(" \t#"))
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        content = text[start:end]
        if wholly_emphasised(content) and len(content) > 1:
            start, end = _without_emphasis(text, start, end)
        elif content[:1] == "*" and content[1:2].isalpha() and content.count("*") == 1:
            start += 1
        elif content[:1] in "*_" and not any(c.isalnum() for c in content):
            start = end
        changed = (start, end) != before
    return replace(block, start=start, end=end)


def _is_blank(content: str) -> bool:
    """Tell whether a block says nothing: a page number, a row of dashes, or emptiness."""
    return len(content) <= 6 and not any(c.isalpha() for c in content)


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip marks off both edges; a full stop between closing marks goes with them."""
    while start < end and text[start] in "*_ \t":
        start += 1
    while end > start and text[end - 1] in "*_ \t":
        end -= 1
    tail = re.search(r"[*_][*_ \t]*[.:]?$", text[start:end])
    if tail and start + tail.start() > start:
        end = start + tail.start()
    return start, end


def _with_headings(text: str, found: Sequence[Block]) -> list[Block]:
    """Mark headings that carry no heading mark, and items that carry no bullet."""
    marked: list[Block] = []
    open_stem: Block | None = None
    for position, block in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        content = text[block.start : block.end]
        if block.kind == "heading":
            open_stem = None
        elif _is_bare_item(content, block, open_stem, following, text):
            assert open_stem is not None
            block = replace(block, kind="item", family="bare", indent=max(block.indent, open_stem.indent + 1))
        elif rank := _heading_rank(text, block, following):
            start, end = _without_emphasis(text, block.start, block.end)
            block = replace(block, kind="heading", level=rank, start=start, end=end)
            open_stem = None
        elif block.kind == "paragraph":
            open_stem = block if _leads(content) else None
        elif block.kind == "item":
            open_stem = None
        marked.append(block)
    return marked


def _leads(content: str) -> bool:
    """Tell whether a paragraph ends in words that a list completes."""
    bare = content.rstrip(_MARKUP + " ")
    return bare.endswith(_COLONS) or bool(_OPEN_ENDED.search(bare) and not bare.endswith(_TERMINAL))


def _is_bare_item(
    content: str, block: Block, stem: Block | None, following: Block | None, text: str
) -> bool:
    """Tell whether an unmarked line under an open stem is one of its items."""
    if stem is None or block.kind != "paragraph" or block.lines > 1 or _leads(content):
        return False
    if block.indent > stem.indent and len(content) <= 2 * _MAX_BARE_ITEM:
        return True
    if len(content) > _MAX_BARE_ITEM or content.endswith(_TERMINAL):
        return False
    if _VALUE_LINE.search(content):
        return True
    return following is None or (
        following.kind == "paragraph"
        and not _leads(text[following.start : following.end])
        and not text[following.start : following.end].endswith(_TERMINAL)
    )


def _heading_rank(text: str, block: Block, following: Block | None) -> int:
    """Return the rank of a block that is a heading without "#", or 0."""
    content = text[block.start : block.end]
    plain = content.replace("*", "").replace("_", "").strip()
    words = plain.split()
    if (
        following is None
        or block.kind == "row"
        or not 0 < len(words) <= _MAX_HEADING_WORDS
        or len(plain) > _MAX_HEADING_CHARACTERS
        or plain[0].islower()
        or not (plain[0].isalnum() or plain[0] in _OPENING_QUOTES)
        or _BARE_LINK.match(plain)
    ):
        return 0
    letters = [c for c in plain if c.isalpha()]
    if not letters or (_VALUE_LINE.search(plain) and not block.family):
        return 0
    outer = text[block.begin : block.end]
    emphasised = text[block.start - 1] in "*_" if block.start > 0 else False
    emphasised = emphasised or wholly_emphasised(content)
    if block.kind == "item":
        return _item_heading_rank(text, block, following, plain, emphasised)
    if block.lines > 1:
        return 0
    if plain.endswith(_COLONS):
        label = following.kind in ("item", "row") and len(words) <= _MAX_LABEL_WORDS
        return _LABEL if label and not _is_clause(plain) else 0
    if plain.endswith((".", ";", ",", "!", "。", "、")):
        return _BOLD if emphasised and not _is_clause(plain) and len(words) <= 8 else 0
    if emphasised:
        return _BOLD
    if len(letters) > 3 and all(c.isupper() for c in letters if c.lower() != c.upper()) and _cased(letters):
        return _CAPITALS
    return _PLAIN if _plain_heading(text, block, following, outer) else 0


def _cased(letters: Sequence[str]) -> bool:
    return any(c.lower() != c.upper() for c in letters)


def _is_clause(plain: str) -> bool:
    return bool(_CLAUSE.search(plain) or _OPEN_ENDED.search(plain.rstrip(":： ")))


def _is_title(plain: str) -> bool:
    """Tell whether every longer word is capitalised, as in "Do Not Track Compliance."."""
    longer = [word for word in re.findall(r"[^\W\d_]+", plain) if len(word) > 3]
    return bool(longer) and all(word[0].isupper() for word in longer)


def _item_heading_rank(
    text: str, block: Block, following: Block, plain: str, emphasised: bool
) -> int:
    """A numbered line is a heading where prose or a deeper list follows and it is no sentence."""
    if block.ordinal == 0 or block.lines > 1:
        return 0
    depth = _NUMBERED + max(block.family.count("."), 1) + min(block.indent // 2, 6)
    deeper = following.kind == "item" and (
        following.indent > block.indent or following.family != block.family
    )
    opens = following.kind in ("paragraph", "row", "heading") or deeper
    if emphasised and opens and (_is_title(plain) or not plain.endswith(".") or not _CLAUSE.search(plain)):
        return depth
    if plain.endswith(_COLONS) and (deeper or _is_clause(plain)):
        return 0
    if plain.endswith((".", "。")) and (_CLAUSE.search(plain) or len(plain.split()) > 8):
        return 0
    if plain.endswith((";", ",")) or not opens:
        return 0
    return depth


def _plain_heading(text: str, block: Block, following: Block, outer: str) -> bool:
    """A short line without end mark is a heading where more text than another such line follows."""
    content = text[following.start : following.end]
    if following.kind in ("item", "row", "heading"):
        return True
    longer = len(content) > (block.end - block.start) or content.endswith((*_TERMINAL, *_COLONS))
    apart = block.apart and following.apart
    if apart:
        return longer or len(content.split()) <= _MAX_HEADING_WORDS
    return longer and content.endswith((*_TERMINAL, *_COLONS, ")"))


# ---- Units: sentences, items, and what stands above them ----


@dataclass(slots=True)
class _OpenItem:
    """A list item whose followers may nest below it."""

    indent: int
    family: str
    last_unit: int
    leads: bool
    stem: int | None
    lead: int | None


class _Assembly:
    """One pass over the blocks that builds units with their headings, stems and segments."""

    def __init__(self, text: str, found: Sequence[Block]) -> None:
        self.text = text
        self.blocks = found
        self.units: list[Unit] = []
        self.segments: list[Segment] = []
        self.headings: list[tuple[Block, int]] = []  # with the index of its unit
        self.items: list[_OpenItem] = []
        self.lead: int | None = None  # first unit of the paragraph before a list
        self.section: tuple[int | None, int | None] = (None, None)  # stem, lead over sub-headings
        self.in_table = False
        self.segment_begin = 0
        self.segment_first = 0

    def run(self) -> Segmentation:
        for position, block in enumerate(self.blocks):
            previous = self.blocks[position - 1] if position else None
            following = self.blocks[position + 1] if position + 1 < len(self.blocks) else None
            if block.kind == "heading":
                self._heading(block, previous, following)
            elif block.kind == "paragraph":
                self._paragraph(block, previous, following)
            else:
                self._item(block, previous, following)
            self.in_table = block.kind == "row"
        self._end_segment()
        return Segmentation(self.text, tuple(self.units), tuple(self.segments))

    # -- one handler a kind of block

    def _heading(self, block: Block, previous: Block | None, following: Block | None) -> None:
        self._begin_segment(block)
        self.items = []
        deeper = bool(self.headings) and block.level > self.headings[-1][0].level
        while self.headings and self.headings[-1][0].level >= block.level:
            self.headings.pop()
        opens_list = following is not None and following.kind in ("item", "row")
        if previous is not None and previous.kind == "paragraph" and self.lead is not None:
            # A stem reaches over any sub-heading, a finished lead-in only over a deeper one.
            stem = self.units[-1].index if self.units[-1].kind == "stem" else None
            self.section = (stem, self.lead) if stem is not None or deeper else (None, None)
        elif not opens_list:
            self.section = (None, None)
        self.lead = None
        index = self._add(block.start, block.end, "heading")
        self.headings.append((block, index))

    def _paragraph(self, block: Block, previous: Block | None, following: Block | None) -> None:
        inside = self._item_around(block)
        leads = self._leads(block, following)
        if inside is None:
            self._begin_segment(block)
            self.items = []
            self.section = (None, None)
            if previous is not None and previous.kind != "heading":
                self._leave_headings(lambda heading: heading.level == _LABEL)
        first = len(self.units)
        ranges = self._sentences(block)
        for position, (start, end) in enumerate(ranges):
            last = position == len(ranges) - 1
            kind: UnitKind = "stem" if leads and last else ("item" if inside else "sentence")
            self._add(start, end, kind, inside.stem if inside else None, inside.lead if inside else None)
        self.lead = first
        if inside is not None:
            inside.last_unit = len(self.units) - 1
            inside.leads = leads

    def _item(self, block: Block, previous: Block | None, following: Block | None) -> None:
        # "5. Website data. We also…" ends the section of a sibling "4. Cookies" above it.
        self._leave_headings(
            lambda heading: heading.family == block.family != "" and heading.indent >= block.indent
        )
        if not self.items and not self._joins_lead(previous):
            self._begin_segment(block)
            self.lead = None
        parent = self._nest(block)
        stem, lead = self._above(parent, previous)
        leads = self._leads(block, following)
        ranges = [(block.start, block.end)] if block.kind == "row" else self._sentences(block)
        for position, (start, end) in enumerate(ranges):
            kind: UnitKind = "stem" if leads and position == len(ranges) - 1 else "item"
            self._add(start, end, kind, stem, lead, depth=len(self.items) + 1)
        self.items.append(
            _OpenItem(block.indent, block.family, len(self.units) - 1, leads, stem, lead)
        )

    def _leave_headings(self, ended: Callable[[Block], bool]) -> None:
        """Close the innermost headings up to the outermost one that has ended."""
        for position, (heading, _) in enumerate(self.headings):
            if ended(heading):
                del self.headings[position:]
                return

    # -- lists

    def _joins_lead(self, previous: Block | None) -> bool:
        return previous is not None and previous.kind == "paragraph" and self.lead is not None

    def _nest(self, block: Block) -> _OpenItem | None:
        """Close the items that `block` does not nest in; return its parent or elder sibling."""
        elder: _OpenItem | None = None
        while self.items:
            top = self.items[-1]
            known = any(i.family == block.family and i.indent >= block.indent for i in self.items)
            if top.indent < block.indent or (top.indent == block.indent and not known):
                break
            elder = self.items.pop()
            if elder.family == block.family and elder.indent == block.indent:
                break
        return elder

    def _above(self, elder: _OpenItem | None, previous: Block | None) -> tuple[int | None, int | None]:
        """Return the stem and the lead-in of an item about to be added."""
        if elder is not None:
            # "…who operate on our behalf to:" leads the items behind it where nothing is indented.
            return (elder.last_unit if elder.leads else elder.stem), elder.lead
        if self.items:
            parent = self.items[-1]
            return (parent.last_unit if parent.leads else parent.stem), parent.lead
        if self._joins_lead(previous):
            last = self.units[-1]
            return (last.index if last.kind == "stem" else None), self.lead
        return self.section

    def _item_around(self, block: Block) -> _OpenItem | None:
        """Return the item that a further paragraph belongs to: one indented deeper than its marker."""
        for item in reversed(self.items):
            if block.indent > item.indent and item.family != "bare":
                return item
        return None

    def _leads(self, block: Block, following: Block | None) -> bool:
        content = self.text[block.start : block.end].rstrip(_MARKUP + " ")
        if content.endswith(_COLONS):
            return True
        if block.kind == "row":  # a table's first row names what its other rows hold
            return following is not None and following.kind == "row" and not self.in_table
        opens_list = following is not None and (
            following.kind == "item"
            and (block.kind == "paragraph" or following.indent > block.indent)
        )
        return opens_list and bool(_OPEN_ENDED.search(content) or content.endswith(("—", "–")))

    # -- units and segments

    def _sentences(self, block: Block) -> list[tuple[int, int]]:
        """Split a block into sentences; a run-in label stays with the first of them."""
        found = sentences(self.text, block.start, block.end)
        if len(found) > 1 and self._is_label(*found[0]):
            found[:2] = [(found[0][0], found[1][1])]
        return [_unit_edges(self.text, *each) for each in found]

    def _is_label(self, start: int, end: int) -> bool:
        content = self.text[start:end]
        if content[0] in "*_" and len(content.split()) <= _MAX_EMPHASISED_LABEL_WORDS:
            closes = content.rstrip(".:" + _EDGE)[-1:] in ("*", "_")
            opens_on = self.text[end : end + 4].lstrip(_EDGE)
            return closes or content.count(content[0]) % 2 == 1 or opens_on[:1] == content[0]
        words = content.split()
        return (
            len(words) <= _MAX_LABEL_WORDS
            and content.endswith(".")
            and not _is_clause(content)
            and not _GREETING.search(content)
            and not any(c.isdigit() for c in content)
        )

    def _add(
        self,
        start: int,
        end: int,
        kind: UnitKind,
        stem: int | None = None,
        lead: int | None = None,
        depth: int = 0,
    ) -> int:
        index = len(self.units)
        path = tuple(unit for _, unit in self.headings)
        self.units.append(
            Unit(index, start, end, kind, len(self.segments), path, stem, lead, depth)
        )
        return index

    def _begin_segment(self, block: Block) -> None:
        self._end_segment()
        self.segment_begin = block.begin

    def _end_segment(self) -> None:
        first, end = self.segment_first, len(self.units)
        if first < end:
            self.segments.append(
                Segment(len(self.segments), self.segment_begin, self.units[-1].end, range(first, end))
            )
        self.segment_first = end


def _unit_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Take emphasis off a sentence that it surrounds as a whole."""
    content = text[start:end]
    if wholly_emphasised(content):
        inner = _without_emphasis(text, start, end)
        if inner[0] < inner[1]:
            return inner
    return start, end
