r"""Tell where a text would be cut inside a character as a reader sees it.

The rules are those of Unicode's grapheme clusters (UAX #29) as far as cuts need them: line ends,
combining marks, joined and modified emoji, flags, Korean letters. `regex` knows all of them as
`\X`, but it matches from a place that is known to be a border, and what is asked here is whether
one place is one; it costs about 30 ms at import; and its tables change with its releases, where
cuts and quotes may change only with this project. Two flags in a row count as one character here:
to tell them apart, all flags before them would have to be counted.
"""

from __future__ import annotations

import re
import unicodedata

_JOINER = "\u200d"
# What goes on with the character before it although Unicode calls it no mark: Korean vowels and
# final consonants, the joiner, half-width voice marks, skin tones, tags as in the flag of Scotland.
_EXTENDERS = re.compile(
    r"[\u1160-\u11ff\u200d\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_FLAG_LETTERS = re.compile(r"[\U0001f1e6-\U0001f1ff]{2}")


def extends(character: str) -> bool:
    """Tell whether a character is one with the character before it to a reader."""
    if character.isascii():
        return False
    return unicodedata.category(character)[0] == "M" or _EXTENDERS.match(character) is not None


def splits_grapheme(text: str, position: int) -> bool:
    """Tell whether a cut at `position` would part a character, or the two of a CRLF line end.

    Args:
        text: any text.
        position: neither its start nor its end.
    """
    before, after = text[position - 1], text[position]
    if before == "\r" and after == "\n":
        return True
    if before == _JOINER:  # joins what is drawn together, such as emoji, and no Latin letters
        return not after.isascii() and not text[max(position - 2, 0)].isspace()
    if after.isascii() or unicodedata.category(before) in ("Cc", "Zl", "Zp"):
        return False  # nothing goes on with a line end
    return extends(after) or _FLAG_LETTERS.match(before + after) is not None
