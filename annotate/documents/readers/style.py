"""Tell from the style of a page which of its elements are set like headings.

Only what its own markup says is known: the style of an element, the rules of a style sheet in the
page for one class, and the names of classes that people give to what heads a part of a text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from annotate.documents.readers.page_furniture import Attributes
from annotate.documents.readers.setting import BOLD, SLANTED

_MOST_SHEET = 1 << 18  # characters of all style sheets that are read
_MOST_CLASS = 400
_SELECTED = re.compile(r"\s*[a-z0-9]*\.([\w-]{1,60})\s*\Z", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:^|[\s_-])(?:title|heading|headline|subhead|subheading|subtitle|question|(?:card|panel"
    r"|accordion|section|tab|box)[_-]{1,2}header|MsoTitle)(?:_[0-9a-z]{4,8})?(?=\s|$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # a page sets many elements alike
def _is_title(names: str) -> bool:
    return _TITLES.search(names) is not None


class Sheet:
    """Collects the style sheets of a page."""

    def __init__(self) -> None:
        self._bold: set[str] = set()
        self._left = _MOST_SHEET

    def read(self, sheet: str) -> None:
        """Read a piece of a style sheet; of a rule that goes over two pieces, nothing is known."""
        if len(sheet) > self._left:
            return
        self._left -= len(sheet)
        for rule in sheet.split("}"):
            selectors, _, body = rule.rpartition("{")
            if _BOLD.search(body):
                for selector in selectors.split(","):
                    if match := _SELECTED.match(selector):
                        self._bold.add(match[1])

    def setting(self, attributes: Attributes) -> int:
        """Return how the words of an element with these attributes are set, as bits."""
        bits = 0
        if style := attributes.get("style", ""):
            bits |= BOLD if _BOLD.search(style) else 0
            bits |= SLANTED if _SLANTED.search(style) else 0
        names = attributes.get("class", "")
        if not names or len(names) > _MOST_CLASS:
            return bits
        is_bold = _is_title(names) or (self._bold and not self._bold.isdisjoint(names.split()))
        return bits | BOLD if is_bold else bits
