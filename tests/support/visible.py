"""The words that a reader of an HTML page sees, in order, from the tree that lxml builds of it.

This is a second opinion on the reader of pages, and shares no code with it: a plain walk over the
tree. What is hidden, struck out or run as a script shows no words; what a browser draws as a block
parts the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_UNSHOWN = frozenset(
    "applet audio canvas datalist del head iframe meter noembed noframes noscript object progress"
    " rp s script strike style svg template title video".split()
)
_IN_LINE = frozenset(
    "a abbr acronym b bdi bdo bdt big blink cite code data dfn em font i ins kbd label map mark"
    " math nobr output q rb ruby samp slot small span sub time tt u var strong".split()
)
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of a text, without case, marks and white space."""
    return _WORD.findall(text.casefold())


def visible_text(html: str) -> str:
    """Return what a page shows, with white space where a block begins or ends."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    tree = etree.fromstring(html.encode(), parser)
    return "".join(_pieces(tree)) if tree is not None else ""


def visible_words(html: str) -> list[str]:
    """Return the words that a page shows, in order."""
    return words(visible_text(html))


def _pieces(root: etree._Element) -> Iterator[str]:
    """Walk the tree without recursion: pages nest deeper than Python does."""
    waiting: list[tuple[etree._Element, bool]] = [(root, False)]
    while waiting:
        element, ended = waiting.pop()
        name = str(element.tag)
        parted = name not in _IN_LINE
        if ended or not _is_shown(element, name):
            yield " " if parted else ""
            yield element.tail or "" if element is not root else ""
            continue
        yield " " if parted or _is_next_to_its_like(element) else ""
        yield element.text or ""
        waiting.append((element, True))
        waiting += [(child, False) for child in reversed(element)]


def _is_next_to_its_like(element: etree._Element) -> bool:
    """Tell whether a link or a label follows another at once: a style sets them apart."""
    before = element.getprevious()
    alike = before is not None and before.tag == element.tag and not before.tail
    return alike and element.tag in ("a", "label")


def _is_shown(element: etree._Element, name: str) -> bool:
    if name in _UNSHOWN or "hidden" in element.attrib:
        return False
    if name == "dialog" and "open" not in element.attrib:
        return False
    return not _HIDING.search(element.get("style", ""))
