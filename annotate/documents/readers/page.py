"""Read the elements of a page, as the parser finds them, into a text with its layout.

One pass, without a tree: it takes work and memory by the length of the page, however its tags are
nested. What each element is stands in `elements`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotate.documents.layout import Layout
from annotate.documents.readers import page_blocks, page_lines, page_tables
from annotate.documents.readers.elements import ELEMENTS, ROLES, Rule
from annotate.documents.readers.open_page import End, OpenPage
from annotate.documents.readers.page_furniture import (
    STATING,
    Attributes,
    Perhaps,
    furniture,
    is_hidden,
    perhaps,
)
from annotate.documents.readers.style import Sheet

_SAYING = frozenset(("id", "class", "role", "aria-label"))
_TELLING = _SAYING | {"style", "hidden"}  # what tells how an element is read, whatever it is
_NONE: Attributes = {}  # looked into faster than what the parser gives for it
_MOST_DOUBTS = 8  # elements in one another that may be furniture by their names
_MOST_AROUND = 30_000  # characters of one that is so
_BY_ROLE = frozenset(
    ("inline", "block", "sectioning", "list", "item", "table", "row", "cell", "head")
)
_IN_LINE = frozenset(("inline", "link", "parted", "bold", "slanted", "underlined", "raised"))


class Page:
    """Takes what a parser finds (`start`, `end`, `data`); `finished` returns text and layout."""

    def __init__(self) -> None:
        self._page = OpenPage()
        self._open: list[tuple[str, End | None]] = []
        self._unshown = 0  # open elements from the outermost one that shows nothing
        self._sheet = Sheet()
        self._in_sheet = False

    def finished(self) -> tuple[str, Layout]:
        """Return the text and its layout."""
        while self._open:
            self._close()
        return self._page.to.finished()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin an element."""
        self._in_sheet = tag == "style"
        if self._unshown:
            self._unshown += 1
            return
        attributes = attributes or _NONE
        rule = ELEMENTS.get(tag, "inline")
        tells = not _TELLING.isdisjoint(attributes)
        if rule == "inline" and not tells:
            self._open.append((tag, None))
            return
        if "role" in attributes and rule in _BY_ROLE:
            rule = ROLES.get(attributes["role"], rule)
        if rule in ("unshown", "struck") or (tells and is_hidden(attributes)):
            self._unshown = 1
            return
        if rule == "dialog" and "open" not in attributes:
            self._unshown = 1
            return
        if tag in ("dt", "dd") and self._open and self._open[-1][0] in ("dt", "dd"):
            self._end_early()
        apart = self._set_apart(tag, attributes, rule) if tells or tag in STATING else None
        if tells and (bits := self._sheet.setting(attributes)):
            apart = self._page.set_in(bits, apart)
        begin = _BEGINNINGS.get(rule)
        end = begin(self._page, tag, attributes) if begin else None
        self._open.append((tag, _both(apart, end)))

    def end(self, tag: str) -> None:
        """End an element."""
        if self._unshown:
            self._unshown -= 1
            self._in_sheet = False
        elif self._open and (end := self._open.pop()[1]) is not None:
            end()

    @property
    def depth(self) -> int:
        """How many elements are open, shown or not."""
        return len(self._open) + self._unshown

    def data(self, text: str) -> None:
        """Take words."""
        if not self._unshown:
            self._page.words(text)
        elif self._in_sheet:
            self._sheet.read(text)

    def _end_early(self) -> None:
        """End the innermost element now, whose end tag nobody wrote and the parser adds later."""
        tag, end = self._open.pop()
        self._open.append((tag, None))
        if end is not None:
            end()

    def _close(self) -> None:
        _, end = self._open.pop()
        if end is not None:
            end()

    def _set_apart(self, tag: str, attributes: Attributes, rule: Rule) -> End | None:
        """Mark an element as furniture, where the page says so."""
        if tag not in STATING and _SAYING.isdisjoint(attributes):
            return None
        page = self._page
        if page.to.place.furniture or tag in ("html", "body", "main"):
            return None
        inside = page.sections > 0
        reason = furniture(tag, attributes, in_section=inside)
        doubted = not reason and page.doubts < _MOST_DOUBTS
        doubt = perhaps(tag, attributes, in_section=inside) if doubted else None
        if not reason and doubt is None:
            return None
        said = doubt.reason if doubt else reason
        if rule in _IN_LINE:
            return page_lines.begin_beside(page, said)
        if doubt:
            return _doubtful(page, doubt)
        return page.within(page.to.place._replace(furniture=said))


def _doubtful(page: OpenPage, doubt: Perhaps) -> End:
    """Let what is named as furniture be so when it ends, where it proves to hold no text."""
    to = page.to
    page.doubts += 1
    end_place = page.within(to.place)
    position = len(to.blocks)
    since, buttons, links, linked, titles = (
        to.length,
        page.buttons,
        to.links,
        to.linked,
        page.titles,
    )

    def end() -> None:
        end_place()
        page.doubts -= 1
        written, in_links = to.length - since, to.linked - linked
        pressed = page.buttons > buttons
        is_text = (
            written - in_links > doubt.most
            or written > _MOST_AROUND
            or page.titles > titles
            or (doubt.buttons and not pressed)
            or (doubt.linked and in_links * 2 <= written)
            or (doubt.acts and not pressed and to.links == links)
        )
        if not is_text:
            to.set_around(position, doubt.reason)

    return end


def _both(first: End | None, second: End | None) -> End | None:
    if first is None or second is None:
        return first or second

    def end() -> None:
        second()
        first()

    return end


_Begin = Callable[[OpenPage, str, Attributes], "End | None"]
_BEGINNINGS: Mapping[str, _Begin] = {
    "parted": page_lines.begin_parted,
    "block": page_blocks.begin_block,
    "sectioning": page_blocks.begin_block,
    "dialog": page_blocks.begin_block,
    "group": page_blocks.begin_group,
    "heading": page_blocks.begin_heading,
    "bold": page_lines.begin_bold,
    "slanted": page_lines.begin_slanted,
    "underlined": page_lines.begin_underlined,
    "quote": page_lines.begin_quote,
    "link": page_lines.begin_link,
    "raised": page_lines.begin_mark,
    "list": page_blocks.begin_list,
    "item": page_blocks.begin_item,
    "term": page_blocks.begin_label,
    "definition": page_blocks.begin_definition,
    "summary": page_blocks.begin_label,
    "legend": page_blocks.begin_label,
    "caption": page_blocks.begin_label,
    "table": page_tables.begin_table,
    "row": page_tables.begin_row,
    "cell": page_tables.begin_cell,
    "head": page_tables.begin_cell,
    "columns": page_tables.begin_columns,
    "option": page_blocks.begin_option,
    "options": page_blocks.begin_options,
    "preformatted": page_blocks.begin_preformatted,
    "nothing": page_blocks.begin_nothing,
    "break": page_lines.begin_break,
    "edge": page_blocks.begin_edge,
    "reading": page_lines.begin_reading,
}
