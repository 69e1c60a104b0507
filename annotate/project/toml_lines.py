"""Find the line of a TOML file on which a key stands, to name it in a message.

The standard parser keeps no lines. This reads headers of tables and keys at the start of a line, as
people write them; for what is written otherwise it names the line of the nearest one above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]+\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")  # of a dotted key
_ENTRY = re.compile(r"\s*[{\"']")  # of an array that is written one entry a line

Keys: TypeAlias = tuple[str | int, ...]
"""What leads to a value: names, and for an array the number of the entry, from 0."""


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the number, from 1, of the line on which what a path of keys leads to stands."""
    wanted = tuple(path)
    leading = ((len(keys), number) for number, keys in _places(text) if wanted[: len(keys)] == keys)
    return max(leading, key=lambda found: found[0], default=(0, 1))[1]


def _places(text: str) -> Iterator[tuple[int, Keys]]:
    """Yield each line that begins something, with the keys that lead to it."""
    table: Keys = ()
    key: Keys = ()
    entry = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEADER.fullmatch(line):
            table = key = _keys(found[1])
            yield number, table
        elif found := _KEY.match(line):
            key, entry = (*table, *_keys(found[1])), 0
            yield number, key
        elif _ENTRY.match(line):
            yield number, (*key, entry)
            entry += 1


def _keys(dotted: str) -> Keys:
    return tuple(key.strip("\"'") for key in _PART.findall(dotted))
