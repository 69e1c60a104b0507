"""See that a model went round in a circle: the end of an answer is one piece, again and again.

Small models, and any model under a grammar, may say one annotation, one sentence or one line end
until no token is left. A shorter text does not help them, so that such an answer is told apart from
one that was merely too long. This module looks at words alone: why an answer ended, and what
follows from it, is decided by who asks.
"""

from __future__ import annotations

import json
import re

from annotate.grounding.normalization import normalize

_LOOKED_AT = 20_000  # characters at the end of an answer: about 5 000 tokens
_FEWEST = 4  # times that a piece stands there, one after the other
_SHORTEST = 200  # characters of all of them: indents, rules and dotted lines are shorter

_DIGITS = re.compile(r"\d+")
_QUOTE = re.compile(r'"quote"\s*:\s*"((?:[^"\\]|\\.)*+)"')


def repeats_itself(words: str, text: str = "") -> bool:
    """Say whether an answer ends in one piece that is repeated until the answer was cut.

    A piece is anything from a line end to several annotations. Numbers that go up in it do not make
    it another one. What the text itself says as often is no loop: twelve rows that read the same
    are twelve annotations.

    Args:
        words: what the model said, or thought, up to where it was cut; never what ended on its own.
        text: the text that was asked about.
    """
    tail = _DIGITS.sub("0", words[-_LOOKED_AT:])
    length, period = _periodic(tail)
    if not length:
        return False
    return not _stands_in(text, tail[-length:], period)


def _periodic(tail: str) -> tuple[int, int]:
    """Return how long the longest end of `tail` is that is one piece repeated, and the piece.

    (0, 0) where there is none. From the end to the start, the table of Knuth, Morris and Pratt says
    for every length by how much the end can be shifted to lie on itself; it takes linear time.
    """
    turned = tail[::-1]
    overlaps = [0]  # of the first n + 1 characters: how many stand at their end again
    overlap = length = period = 0
    for place in range(1, len(turned)):
        while overlap and turned[place] != turned[overlap]:
            overlap = overlaps[overlap - 1]
        overlap += turned[place] == turned[overlap]
        overlaps.append(overlap)
        reached, shift = place + 1, place + 1 - overlap
        if reached >= max(_SHORTEST, _FEWEST * shift):
            length, period = reached, shift
    return length, period


def _stands_in(text: str, repeated: str, period: int) -> bool:
    """Say whether the text says what is repeated, as often as it is repeated."""
    said = _folded(text)
    # A quote may stand across the border between two pieces, never across that between three.
    quotes = {_folded(_unescaped(each)) for each in _QUOTE.findall(repeated[-3 * period :])}
    if quotes:
        times = len(repeated) // period
        return all(each and said.count(each) >= times for each in quotes)
    # Inside one string: its ends may be half an escape.
    inner = _folded(_unescaped(repeated[10:-10]))
    return bool(inner.strip()) and inner in said


def _folded(text: str) -> str:
    return _DIGITS.sub("0", normalize(text).text)


def _unescaped(string: str) -> str:
    """Return the text that a JSON string stands for; as it is written where it is none."""
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string
