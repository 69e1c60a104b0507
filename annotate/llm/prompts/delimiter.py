"""Put the text of a document where it can neither end its place nor be taken for instructions.

A document stands inside a delimiter that it cannot close: its tag carries a number made from the
text, which neither the text nor its context holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def enclosed(text: str, beside: str = "", width: int = 8) -> str:
    """Return `text` between two tags that neither it nor the text beside it can hold.

    Args:
        text: what is enclosed.
        beside: what stands around it.
        width: hexadecimal digits of the tag's number, at least.
    """
    # From the text and not drawn: the same document makes the same request, and so the same key.
    number = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    # A text can hold the number that is made from it (by chance, or because somebody tried): a few
    # digits more then tell the tag from it.
    while number[:width] in text or number[:width] in beside:
        width += 1
    tag = f"document-{number[:width]}"
    return f"<{tag}>\n{text}\n</{tag}>"


def quoted(context: Iterable[str]) -> str:
    """Return headings and stems as quoted lines, which no line of theirs can end."""
    # One line each, whatever line ends they hold: the model must not take a heading for the text.
    lines = (" ".join(each.split()) for each in context)
    return "\n".join(f"> {line}" for line in lines) or "> (nothing)"
