"""How words are set: in bold, slanted, in links, and what follows from it for a whole block.

What is open around words is one number, a bit for each way in which they can be set: an element
adds its bits when it begins, and whoever began it puts the number back when it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.documents.layout import LINK_WITHIN

BOLD, SLANTED, UNDERLINED, LINKED, WITHIN, CONTROL = 1, 2, 4, 8, 16, 32
"""In bold, in italics, underlined; in a link, in one that leads to a place on the same page, in
what a reader of the page presses."""

_EMPHASISED = BOLD | SLANTED | UNDERLINED
PRESSED = "controls"
"""Why a block is furniture that is nothing but what a reader presses."""

EVERY = 63
"""All of them: what white space has, which is set in no way of its own."""

_MOST_WORDED = 60  # characters of the words of a control
_WORDED = re.compile(
    r"\W*+(?:(?:skip|jump) to\b|back to\b|return to\b|(?:to the )?top\W*+$|print\b|share\b"
    r"|e-?mail this\b|edit this\b|edit\W*+$|copy\W*+$"
    r"|download\b.{0,40}\b(?:pdf|page|policy|notice)\b"
    r"|read more\W*+$|learn more\W*+$|zum inhalt\b|nach oben\b|zurück\b|drucken\b|aller au contenu"
    r"|haut de page|imprimer\b|saltar al\b|volver arriba|imprimir\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """How the words of one line are set, all of them together.

    Attributes:
        piece: which piece of its block is its first.
        around: why it stands around the text if all of it is set as a control.
        every: the bits that all of its words have.
        label: how many of its characters, from the first, are emphasised.
        links: how many links it holds.
    """

    piece: int = 0
    around: str = ""
    every: int = EVERY
    label: int = 0
    links: int = 0
    _length: int = 0
    _labelled: bool = True

    def take(self, text: str, setting: int) -> None:
        """Take words that are set so."""
        self._length += len(text)
        if setting == EVERY or (len(text) < 3 and not any(map(str.isalnum, text))):
            return
        self.every &= setting
        if self._labelled and setting & _EMPHASISED:
            self.label = self._length
        else:
            self._labelled = False

    def apart_from(self, above: Line) -> bool:
        """Tell whether a line in bold stands above or below one that is not."""
        return bool((self.every ^ above.every) & BOLD)


def united(lines: list[Line]) -> Line:
    """Return how all words of some lines are set."""
    first = lines[0]
    if len(lines) == 1:
        return first
    every, links = first.every, 0
    for line in lines:
        every &= line.every
        links += line.links
    return Line(first.piece, first.around, every, first.label, links)


def around_text(words: str, setting: Line, *, listed: bool) -> str:
    """Return why a block that is no heading stands around the text, judged by how it is set.

    Args:
        words: its words.
        setting: how they are set.
        listed: whether it stands in a list, where links are as often what the list is about.
    """
    if setting.every & CONTROL:
        return setting.around or PRESSED
    if listed or not setting.every & LINKED:
        return ""
    if setting.every & WITHIN:
        return LINK_WITHIN
    if setting.links > 1:
        return "navigation"
    return PRESSED if len(words) <= _MOST_WORDED and _WORDED.match(words) else ""
