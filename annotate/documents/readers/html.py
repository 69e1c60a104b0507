"""HTML as the plain text that a reader of the page sees, with the layout that the page states.

lxml finds the elements, repaired as libxml2 repairs them, and hands them on one by one: no tree is
built. docs/decisions/0010-html.md says why it is this parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from annotate.documents.decoding import decode
from annotate.documents.layout import Layout
from annotate.documents.readers.reader import FileReader
from annotate.errors import DocumentError

if TYPE_CHECKING:
    from annotate.documents.readers.page import Page

# An end tag without a start is looked for among all open elements: with depth times end tags the
# work would grow with the square of the page. No page that somebody reads comes near.
_MOST_LOOKED_AT = 2_000_000_000
_PIECE = 1 << 16  # bytes that the parser gets at once
_Start = Callable[[str, Mapping[str, str]], None]
# XHTML may close any element at once, and states words as they are.
_XHTML = (".xhtml", ".xht")
_CLOSED_AT_ONCE = re.compile(r"<([A-Za-z][\w:.-]*+)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)(?<=/)>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def read_page(html: str, name: str) -> tuple[str, Layout]:
    """Return the text and the layout of a page, or of a part of one.

    Raises:
        DocumentError: where it is built so that it cannot be read in bounded work.
    """
    # Commands that read no page need not wait for these.
    from lxml import etree

    from annotate.documents.readers.page import Page

    target = _Target(Page(), name, html.count("<"), html.count("</"))
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    data = html.replace("\0", "\ufffd").encode("utf-8", "replace")
    for begin in range(0, len(data), _PIECE):  # an error ends the work behind a piece, not before
        parser.feed(data[begin : begin + _PIECE])
    parser.close()
    return target.page.finished()


def _text(data: bytes, name: str, codec: str) -> tuple[str, Layout]:
    html = decode(data, name, codec)
    if name.lower().endswith(_XHTML):
        html = _CDATA.sub(lambda match: _escaped(match[1]), html)
        html = _CLOSED_AT_ONCE.sub(_opened, html)
    return read_page(html, name)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _opened(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name.lower() in _VOID else f"<{name}{match[2][:-1]}></{name}>"


class _Target:
    """What the parser calls: guards the work, and passes on to a `Page`."""

    def __init__(self, page: Page, name: str, tags: int, ends: int) -> None:
        self.page = page
        self._name = name
        self._deepest = _MOST_LOOKED_AT // max(ends, 1)
        # The parser opens few elements that have no tag, such as the body of the page.
        can_be_too_deep = 2 * tags > self._deepest
        self.start: _Start = self._guarded if can_be_too_deep else page.start
        self.end: Callable[[str], None] = page.end
        self.data: Callable[[str], None] = page.data

    def _guarded(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.page.depth >= self._deepest:
            raise DocumentError(
                self._name, "nests too many elements that nothing ends; save it as plain text"
            )
        self.page.start(tag, attributes)

    def close(self) -> None:
        """End nothing: `Page.finished` does."""


READER = FileReader("html", (".html", ".htm", *_XHTML), _text, declares=True)
