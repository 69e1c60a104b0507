"""Signs that tell categories apart: a hue, the pattern of its line, and a short code in letters.

Eight hues times four patterns. The hues were searched for so that any two differ by at least .10 in
OKLab (B. Ottosson, 2020), as seen by everybody and as seen with protanopia, deuteranopia and
tritanopia (G. Machado et al., IEEE TVCG 15(6), 2009), where the Okabe-Ito palette has .076; against
the paper each has a contrast of 3:1 or more. A reader who sees none of it has the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, count

LIGHT_PAPER, DARK_PAPER = "#ffffff", "#17191c"
HUES: tuple[tuple[str, str], ...] = (
    ("#0448ba", "#6a99db"),
    ("#9e6711", "#f08f53"),
    ("#074a23", "#a4f0b7"),
    ("#af166e", "#b76480"),
    ("#b68f18", "#fec739"),
    ("#986cfd", "#9153fa"),
    ("#d6527e", "#ee2c0f"),
    ("#3c9cc2", "#64cadf"),
)
"""Each hue on light and on dark paper."""

PATTERNS = ("solid", "dashed", "dotted", "double")


@dataclass(frozen=True, slots=True)
class Sign:
    """What a category looks like.

    Attributes:
        code: up to four letters or digits, unlike those of the other categories.
        hue: position in `HUES`.
        pattern: one of `PATTERNS`.
    """

    code: str
    hue: int
    pattern: str


def signs(names: Sequence[str]) -> list[Sign]:
    """Return the sign of each category, in the order given; only the codes have no end."""
    patterns = (PATTERNS[i // len(HUES) % len(PATTERNS)] for i in range(len(names)))
    return [
        Sign(code, position % len(HUES), pattern)
        for position, (code, pattern) in enumerate(zip(codes(names), patterns, strict=True))
    ]


def codes(names: Sequence[str]) -> list[str]:
    """Return a short code for each name: initials of several words, else its first letters."""
    taken: list[str] = []
    for name in names:
        taken.append(next(code for code in _candidates(name) if code not in taken))
    return taken


def _candidates(name: str) -> Iterator[str]:
    words = [word.upper() for word in re.findall(r"[^\W_]+", name)]
    letters = "".join(words)
    initials = ["".join(word[0] for word in words)[:3]] if len(words) > 1 else []
    prefixes = [letters[:3]] if letters else []
    picked = (letters[0] + a + b for a, b in combinations(letters[1:8], 2)) if letters else ()
    numbered = (f"{letters[:2] or '?'}{number}" for number in count(1))
    return chain(initials, prefixes, picked, numbered)
