"""Follow the nesting of list items: which of them are still open, and what the next one completes.

Indices are those of units. Whether a block is an item at all is decided in `blocks` and `headings`.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotate.documents.blocks import Block


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above an item, as indices of units: its stem, and where its lead-in starts."""

    stem: int | None = None
    lead: int | None = None


@dataclass(slots=True)
class OpenItem:
    """A list item that later blocks may nest below.

    Attributes:
        last_unit: index of its last unit so far.
        leads: that unit is the stem of items nested below it, until there is one.
        above: what it completes itself.
    """

    indent: int
    family: str
    last_unit: int
    leads: bool
    above: Above

    @property
    def above_next(self) -> Above:
        """What stands above an item behind it or below it."""
        return Above(self.last_unit, self.above.lead) if self.leads else self.above


class Nesting:
    """The open items of one list, outermost first."""

    def __init__(self) -> None:
        self._items: list[OpenItem] = []

    def __bool__(self) -> bool:
        return bool(self._items)

    @property
    def depth(self) -> int:
        """How many items are open."""
        return len(self._items)

    def open(self, item: OpenItem) -> None:
        """Add the innermost item."""
        self._items.append(item)

    def clear(self) -> None:
        """Close all items: the list has ended."""
        self._items.clear()

    def make_room(self, block: Block) -> Above | None:
        """Close the items that `block` does not nest in; return what stands above it.

        None where no item is open: the block is the first one of a list.
        """
        elder = self._close_beside(block)
        if elder is not None:
            # "…who operate on our behalf to:" leads the items behind it where nothing is indented.
            return elder.above_next
        return self._items[-1].above_next if self._items else None

    def _close_beside(self, block: Block) -> OpenItem | None:
        """Return the last item closed, the elder sibling of `block`."""
        elder: OpenItem | None = None
        while self._items:
            top = self._items[-1]
            known = any(i.family == block.family and i.indent >= block.indent for i in self._items)
            if top.indent < block.indent or (top.indent == block.indent and not known):
                break
            nested = elder is not None
            elder = self._items.pop()
            if nested:
                elder.leads = False  # items below it have completed it
            if elder.family == block.family and elder.indent == block.indent:
                break
        return elder

    def around(self, block: Block) -> tuple[OpenItem | None, int]:
        """Return the item that a paragraph goes on with, being indented deeper, and its depth."""
        for depth in range(len(self._items), 0, -1):
            item = self._items[depth - 1]
            if block.indent > item.indent and item.family != "bare":
                return item, depth
        return None, 0
