"""What is known of a page while it is read: where words stand, and what is open around them.

How each element is read is the business of `page_lines`, `page_blocks` and `page_tables`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotate.documents.readers.laid_text import LaidText, Place
from annotate.documents.readers.tables import Table

End = Callable[[], None]
"""What is done when an element ends."""


@dataclass(slots=True)
class OpenList:
    """An open list and the number of its next item, None for bullets."""

    next: int | None
    step: int
    style: str


class OpenPage:
    """A page that is being read.

    Attributes:
        to: the text under construction.
        lists, tables: what is open, outermost first.
        table_count, item_count: how many there were so far.
        sections: how many open elements have a head and a foot of their own.
        verbatim: how many open elements show their line ends.
        buttons, titles: how many buttons, and headings of the first level, there were so far.
        terms: blocks that the definitions which follow are of.
        doubts: how many open elements may be furniture, by what they will hold.
        raised: the words of what may be the mark of a note, None where there is none.
        is_behind_link: whether a link has just ended, with no words behind it yet.
    """

    def __init__(self) -> None:
        self.to = LaidText()
        self.lists: list[OpenList] = []
        self.tables: list[Table] = []
        self.table_count = 0
        self.item_count = 0
        self.sections = 0
        self.verbatim = 0
        self.buttons = 0
        self.titles = 0
        self.doubts = 0
        self.terms: tuple[int, ...] = ()
        self.raised: list[str] | None = None
        self.is_behind_link = False

    # ---- Words ----

    def words(self, text: str) -> None:
        """Take words."""
        self.is_behind_link = False
        if self.raised is not None:
            self.raised.append(text)
        elif self.verbatim:
            for position, line in enumerate(text.split("\n")):
                if position:
                    self.to.line_end()
                self.to.words(line)
        else:
            self.to.words(text)

    # ---- Where words stand ----

    def end_block(self) -> None:
        """End the open block."""
        if self.raised is not None:
            self.release()
        self.to.end_block()

    def within(self, place: Place) -> End:
        """Let words stand in `place` until what is returned is called."""
        self.end_block()
        before, self.to.place = self.to.place, place

        def end() -> None:
            self.end_block()
            self.to.place = before

        return end

    def set_in(self, bits: int, before: End | None = None) -> End:
        """Let words be set so, too, until what is returned is called, and `before` with it."""
        kept = self.to.setting
        self.to.setting |= bits

        def end() -> None:
            self.to.setting = kept
            if before is not None:
                before()

        return end

    def leave_table(self) -> Place:
        """Take the cell that is open for a part of the page: its table only lays out others."""
        self.end_block()
        self.to.place = place = self.to.place._replace(
            kind="paragraph", table=0, row=0, column=0, columns=1, rows=1, heads=()
        )
        return place

    def release(self) -> None:
        """Let words that were held back be ordinary ones: a block in them is no part of a mark."""
        held, self.raised = self.raised, None
        if held:
            self.words("".join(held))
