"""Decide what the headings, paragraphs, lists, items and sentences of a text are.

The units found here are what chunks, baseline, gold, scores and snapped quotes stand on: a change
in this module is a change of the gold. Where a source states its layout, that is what counts. Else
it is read from marks: plain text, Markdown, numbered and upper-case headings, and lists with
bullets, numbers and letters; layout that the text no longer holds (a table that was flattened)
cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate.documents.blocks import Block, blocks
from annotate.documents.edges import is_mark, trimmed, unit_edges
from annotate.documents.graphemes import extends
from annotate.documents.headings import (
    is_label,
    is_left_by,
    is_title_of_items,
    stands_in_item,
    with_headings,
)
from annotate.documents.layout import Furniture, Layout
from annotate.documents.nesting import Above, Nesting, OpenItem
from annotate.documents.sentences import sentences
from annotate.documents.stated import marked_blocks, stated_blocks
from annotate.documents.units import Segment, Segmentation, Unit, UnitKind
from annotate.documents.wording import SOFT_HYPHEN, breaks_off, ends_in_colon, is_run_in_label

_NOTHING = Above()
_MAX_STEMS = 12  # stems of stems: items that all lead on would else build a chain without end


def segment(text: str, layout: Layout | None = None) -> Segmentation:
    """Return the units and segments of `text`, by `layout` where its source states one."""
    found = [trimmed(text, block) for block in read_blocks(text, layout)]
    found = [block for block in found if not is_mark(text, block)]
    if layout is None or not layout.blocks:
        around = [block for block in found if block.furniture]
        found = with_headings(text, [block for block in found if not block.furniture]) + around
        found.sort(key=lambda block: block.start)
    return _Assembly(text, found, layout.furniture if layout else ()).run()


def read_blocks(text: str, layout: Layout | None = None) -> list[Block]:
    """Return the blocks of `text`, by `layout` where its source states one, else by marks."""
    if layout is None:
        return blocks(text)
    return stated_blocks(text, layout) if layout.blocks else marked_blocks(text, layout)


# ---- Units: sentences, items, and what stands above them ----


class _Assembly:
    """One pass over the blocks that builds units with their headings, stems and segments."""

    def __init__(
        self, text: str, found: Sequence[Block], furniture: tuple[Furniture, ...] = ()
    ) -> None:
        self.text = text
        self.blocks = found
        self.furniture = furniture
        self.block: Block | None = None  # the one that is read
        self.first_units: dict[int, int] = {}  # of the blocks of a layout, by their positions
        self.outside: list[tuple[Block, tuple[int, ...]]] = []  # headings around the furniture
        self.units: list[Unit] = []
        self.stem_counts: list[int] = []  # stems of stems, for each unit
        self.segments: list[Segment] = []
        self.headings: list[tuple[Block, tuple[int, ...]]] = []  # each with the path to it
        self.list = Nesting()
        self.lead: int | None = None  # first unit of the paragraph before a list
        self.section = Above()  # what reaches over sub-headings
        self.table_above = Above()  # what stands above the cells of the table that is read
        self.in_table = False
        self.segment_begin = 0
        self.segment_first = 0

    def run(self) -> Segmentation:
        for position, block in enumerate(self.blocks):
            previous = self.blocks[position - 1] if position else None
            following = self.blocks[position + 1] if position + 1 < len(self.blocks) else None
            if block.furniture != (previous.furniture if previous else ""):
                self._part(block, previous)
                previous = None
            if following is not None and following.furniture != block.furniture:
                following = None
            self.block, first = block, len(self.units)
            if block.kind == "heading":
                self._heading(block, previous, following)
            elif block.kind == "paragraph":
                self._paragraph(block, previous, following)
            elif block.kind == "label":
                self._label(block, previous)
            elif block.kind == "cell":
                self._cell(block, previous)
            else:
                self._item(block, previous, following)
            self.first_units.setdefault(block.position, first)
            self.in_table = block.kind == "row"
        self._end_segment()
        return Segmentation(self.text, tuple(self.units), tuple(self.segments), self.furniture)

    def _part(self, block: Block, previous: Block | None) -> None:
        """Part furniture from text: neither heads or leads into the other."""
        self._begin_segment(block)
        self.list.clear()
        self.lead, self.section = None, _NOTHING
        if not (previous and previous.furniture):
            self.outside, self.headings = self.headings, []
        else:
            self.headings = [] if block.furniture else self.outside

    # -- one handler for each kind of block

    def _heading(self, block: Block, previous: Block | None, following: Block | None) -> None:
        self._begin_segment(block)
        inside, _ = self.list.around(block)
        if inside is not None:  # "### Tea", indented in an item, heads what stands in that item
            block = block._replace(family=inside.family, indent=inside.indent)
            self.section = inside.above
        item = inside is not None or (stands_in_item(block) and self._in_item(block.family))
        self.list.clear()
        deeper = bool(self.headings) and block.level > self.headings[-1][0].level
        while self.headings and self.headings[-1][0].level >= block.level:
            self.headings.pop()
        opens_list = following is not None and following.kind in ("item", "row", "cell", "label")
        if item:
            pass  # what leads into a list leads into each of its items
        elif previous is not None and previous.kind == "paragraph" and self.lead is not None:
            # A stem reaches over any sub-heading, a finished lead-in only over a deeper one.
            stem = self.units[-1].index if self.units[-1].kind == "stem" else None
            self.section = Above(stem, self.lead) if stem is not None or deeper else _NOTHING
        elif not opens_list:
            self.section = _NOTHING
        self.lead = None
        above = self._path()
        self._add(block.start, block.end, "heading")
        self.headings.append((block, (*above, len(self.units) - 1)))

    def _paragraph(self, block: Block, previous: Block | None, following: Block | None) -> None:
        inside, depth = self.list.around(block)
        leads = self._leads(block, following)
        if inside is None:
            self._begin_segment(block)
            self.list.clear()
            if previous is not None and previous.kind != "heading":
                self._leave_headings(lambda heading: is_left_by(heading, block))
            self.section = self.section if self._in_item() else _NOTHING
        above = inside.above if inside else self.section
        kind: UnitKind = "item" if inside else "sentence"
        first = len(self.units)
        self._add_all(self._sentences(block), kind, leads, above, depth)
        self.lead = first
        if inside is not None:
            inside.last_unit = len(self.units) - 1
            inside.leads = leads

    def _item(self, block: Block, previous: Block | None, following: Block | None) -> None:
        # "5. Website data. We also…" ends the section of a sibling "4. Cookies" above it.
        left = self._leave_headings(
            lambda heading: heading.family == block.family != "" and heading.indent >= block.indent
        )
        if left:
            self.lead = None
        if not self.list and not self._joins_lead(previous):
            self._begin_segment(block)
            self.lead = None
        above = self.list.make_room(block) or self._above_list(previous)
        leads = self._leads(block, following)
        ranges = [(block.start, block.end)] if block.kind == "row" else self._sentences(block)
        self._add_all(ranges, "item", leads, above, self.list.depth + 1)
        last = len(self.units) - 1
        self.list.open(OpenItem(block.indent, block.family, last, leads, above))

    def _label(self, block: Block, previous: Block | None) -> None:
        if block.table:
            self._begin_table(block, previous)
        else:
            self._begin_segment(block)
            if not block.indent:
                self.list.clear()
            self.lead, self.section = None, _NOTHING
        self._add(block.start, block.end, "heading", depth=1 if block.table else 0)

    def _cell(self, block: Block, previous: Block | None) -> None:
        self._begin_table(block, previous)
        self._add_all(self._sentences(block), "item", False, self.table_above, 1)

    def _begin_table(self, block: Block, previous: Block | None) -> None:
        """Begin the list that a table is, unless its cells are being read."""
        if previous is not None and previous.table == block.table:
            return
        if not self._joins_lead(previous):
            self._begin_segment(block)
            self.lead = None
        self.table_above = self._above_list(previous)
        self.list.clear()

    def _leave_headings(self, ended: Callable[[Block], bool]) -> bool:
        """Close the innermost headings up to the outermost one that has ended; tell if one had."""
        for position, (heading, _) in enumerate(self.headings):
            if ended(heading):
                del self.headings[position:]
                return True
        return False

    def _in_item(self, family: str = "") -> bool:
        """Tell whether the innermost heading stands in a list item, behind that bullet if given."""
        inner = self.headings[-1][0] if self.headings else None
        return inner is not None and stands_in_item(inner) and family in ("", inner.family)

    def _path(self) -> tuple[int, ...]:
        return self.headings[-1][1] if self.headings else ()

    # -- lists

    def _joins_lead(self, previous: Block | None) -> bool:
        return previous is not None and previous.kind == "paragraph" and self.lead is not None

    def _above_list(self, previous: Block | None) -> Above:
        """Return what stands above the first item of a list."""
        if not self._joins_lead(previous):
            return self.section
        last = self.units[-1]
        return Above(last.index if last.kind == "stem" else None, self.lead)

    def _leads(self, block: Block, following: Block | None) -> bool:
        content = self.text[block.start : block.end].replace(SOFT_HYPHEN, "")
        if ends_in_colon(content):
            return True
        if following is None:
            return False
        if block.kind == "row":  # a table's first row names what its other rows hold
            first = not self.in_table if block.head is None else block.head
            return following.kind == "row" and first
        if is_title_of_items(self.text, block, following):
            return True
        nested = block.kind == "paragraph" or following.indent > block.indent
        return following.kind == "item" and nested and breaks_off(content)

    # -- units and segments

    def _sentences(self, block: Block) -> list[tuple[int, int]]:
        """Split a block into sentences; a run-in label stays with the first of them."""
        found = sentences(self.text, block.start, block.end)
        if block.stated:
            return _behind_label(self.text, block, found)
        if len(found) > 1:
            (start, end), (_, next_end) = found[:2]
            if is_run_in_label(self.text[start:end], self.text[end : end + 4]):
                found[:2] = [(start, next_end)]
        return [unit_edges(self.text, *each) for each in found]

    def _add_all(
        self,
        ranges: Sequence[tuple[int, int]],
        kind: UnitKind,
        leads: bool,
        above: Above,
        depth: int,
    ) -> None:
        """Add the units of one block; where it leads, the last of them is a stem."""
        for position, (start, end) in enumerate(ranges, start=1):
            last: UnitKind = "stem" if leads and position == len(ranges) else kind
            self._add(start, end, last, above, depth)

    def _add(
        self,
        start: int,
        end: int,
        kind: UnitKind,
        above: Above = _NOTHING,
        depth: int = 0,
    ) -> None:
        # A joiner or an accent that joins nothing, or a space behind it: no quote starts there.
        while start < end - 1 and (extends(self.text[start]) or self.text[start].isspace()):
            start += 1
        stem = above.stem
        if stem is not None and self.stem_counts[stem] >= _MAX_STEMS:
            stem = self.units[stem].stem
        self.stem_counts.append(0 if stem is None else self.stem_counts[stem] + 1)
        index, segment, path = len(self.units), len(self.segments), self._path()
        block = self.block
        if block is not None and block.heads:
            heads = (self.first_units[each] for each in block.heads if each in self.first_units)
            path = tuple(dict.fromkeys((*path, *heads)))
        furniture = block.furniture if block is not None else ""
        self.units.append(
            Unit(index, start, end, kind, segment, path, stem, above.lead, depth, furniture)
        )

    def _begin_segment(self, block: Block) -> None:
        self._end_segment()
        self.segment_begin = block.begin

    def _end_segment(self) -> None:
        first, end = self.segment_first, len(self.units)
        if first < end:
            self.segments.append(
                Segment(
                    len(self.segments), self.segment_begin, self.units[-1].end, range(first, end)
                )
            )
        self.segment_first = end


def _behind_label(text: str, block: Block, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Let the first sentence be one with the label before it, which the source sets apart."""
    label = block.start + block.label
    if label >= block.end or not is_label(text[block.start : label]):
        return found
    whole = 1
    while whole < len(found) and found[whole - 1][1] <= label:
        whole += 1
    return [(found[0][0], found[whole - 1][1]), *found[whole:]]
