"""Put the text of a document where it can neither end its place nor be taken for instructions.

A document stands inside a delimiter that it cannot close: its tag carries a number made from the
text, which neither the text nor its context holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_EIGHT_DIGITS = re.compile(r"(?=([0-9a-f]{8}))")


def enclosed(text: str, beside: str = "", width: int = 8, name: str = "document") -> str:
    """Return `text` between two tags that neither it nor the text beside it can hold.

    Args:
        text: what is enclosed.
        beside: what stands around it.
        width: hexadecimal digits of the tag's number, at least.
        name: what stands in the tag before the number.
    """
    # From the text and not drawn: the same document makes the same request, and so the same key.
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    # In lower case: who reads a tag may not care for case.
    held = f"{text}\n{beside}".lower()
    tag = f"{name}-{_not_in(held, digest, width)}"
    return f"<{tag}>\n{text}\n</{tag}>"


def _not_in(held: str, digest: str, width: int) -> str:
    """Return the first digits of `digest` that `held` does not hold, else digits it cannot hold."""
    # A text can hold the number that is made from it by chance, and whoever writes both the text
    # and its heading can put all its digits there.
    for size in range(width, len(digest) + 1):
        if digest[:size] not in held:
            return digest[:size]
    # So many digits stand at fewer places than a text has characters: counting gets past them.
    taken = {match[1] for match in _EIGHT_DIGITS.finditer(held)}
    return next(each for each in map("{:08x}".format, range(len(taken) + 1)) if each not in taken)


def quoted(context: Iterable[str]) -> str:
    """Return headings and stems as quoted lines, which no line of theirs can end."""
    # One line each, whatever line ends they hold: the model must not take a heading for the text.
    lines = (" ".join(each.split()) for each in context)
    return "\n".join(f"> {line}" for line in lines) or "> (nothing)"
