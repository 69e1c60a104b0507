"""Format what is printed: figures as people in the field write them, and text made safe.

Figures read ".812", "−2.4 points", "p < .001". Text of documents and models is data: printed as it
is, it could steer the terminal that shows it. Knows strings and numbers only: no table, no console.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Sequence

# ---- Figures ----

NOTHING = "–"
"""Stands where there is no figure."""


def ratio(value: float | None) -> str:
    """Return a share with three decimals and no leading zero."""
    if value is None:
        return NOTHING
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 0.9995 else f"{value:.3f}"


def points(value: float | None) -> str:
    """Return a difference of shares in points, hundredths, with its sign."""
    if value is None:
        return NOTHING
    rounded = round(100 * value, 1)
    return f"{'−' if rounded < 0 else '+' if rounded > 0 else ''}{abs(rounded):.1f}"


def interval(ends: tuple[float, float] | None) -> str:
    """Return both ends of an interval, in points."""
    return NOTHING if ends is None else f"{points(ends[0])} to {points(ends[1])}"


def share_interval(ends: tuple[float, float] | None) -> str:
    """Return an interval of a share, as `ratio` prints its ends."""
    return NOTHING if ends is None else f"{ratio(ends[0])} to {ratio(ends[1])}"


def p_value(value: float | None) -> str:
    """Return a p value with three decimals, or that it is smaller."""
    if value is None:
        return NOTHING
    return "< .001" if value < 0.001 else ratio(value)


# ---- Text ----


def joined(words: Sequence[str], joint: str = "and") -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def visible(text: str) -> str:
    """Return `text` safe to print: control and direction-changing characters made visible."""
    if ("::" in text or "##[" in text) and "GITHUB_ACTIONS" in os.environ:
        # What stands behind these would be a command to the runner that shows the output.
        text = text.replace("##[", "## [").replace("::", ": :")
    return escaped(text)


def visible_lines(text: str) -> str:
    """Return `text` safe to print, in as many lines as it has."""
    return "\n".join(map(visible, text.split("\n")))


def escaped(text: str) -> str:
    """Return `text` with escapes for control and direction-changing characters, and for no other.

    The same on every machine, so that it may stand in a message that is kept.
    """
    if text.isprintable():
        return text
    # The joiner is left: it does not steer anything, and emoji fall apart without it.
    return _BEYOND_ASCII.sub(lambda c: _escape(c[0]) if _steers(c[0]) else c[0], text)


def escaped_json(text: str) -> str:
    """Return JSON with escapes for the characters of `escaped`; it stands for the same value."""
    return "\n".join(map(_escaped_json_line, text.split("\n")))


def _escaped_json_line(line: str) -> str:
    if line.isprintable():
        return line
    # Beyond U+FFFF JSON writes two escapes, which json.dumps knows.
    return _BEYOND_ASCII.sub(lambda c: json.dumps(c[0])[1:-1] if _steers(c[0]) else c[0], line)


_BEYOND_ASCII = re.compile(r"[^ -~]")  # the rest of a long text need not be looked at one by one


def _steers(character: str) -> bool:
    return character != "\u200d" and (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
