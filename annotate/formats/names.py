"""Names of ASCII letters, digits, "_" and "-" for texts that can hold anything.

They are safe as file names on any system (no path, no hidden file, no device of Windows, no two
that differ in case alone) and as names of types and controls in other tools.
"""

from __future__ import annotations

import re

_LONGEST = 80
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


class Names:
    """Gives each text a name that it gives no other.

    Args:
        fallback: the name of a text that holds no letter and no digit.
    """

    def __init__(self, fallback: str) -> None:
        self._fallback = fallback
        self._given: dict[str, str] = {}
        self._taken = set(_DEVICES)
        self._numbers: dict[str, int] = {}  # by name, from which on to look for a free one

    def of(self, text: str) -> str:
        """Return the name of `text`, the same every time."""
        if text not in self._given:
            self._given[text] = self.new(text)
        return self._given[text]

    def new(self, text: str) -> str:
        """Return a name made after `text` that nothing has yet."""
        cleaned = re.sub("[^A-Za-z0-9_-]+", "_", text).strip("_-")[:_LONGEST] or self._fallback
        base = cleaned.lower()
        number = self._numbers.get(base, 1)
        while (f"{base}-{number}" if number > 1 else base) in self._taken:
            number += 1
        self._numbers[base] = number
        name = f"{cleaned}-{number}" if number > 1 else cleaned
        self._taken.add(name.lower())
        return name

    def given(self) -> dict[str, str]:
        """Return the texts by the names that `of` gave them."""
        return {name: text for text, name in self._given.items()}
