"""Find the line of a TOML file on which something stands, to name it in a message.

The standard parser keeps no lines. This reads once more what it has read, key by key, so that every
key, every table and every entry of an array has its line; what is not valid TOML is read up to its
fault.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Keys: TypeAlias = tuple[str | int, ...]
"""What leads to a value: names, and for an array the number of the entry, from 0."""

_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[\w-]+|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*'""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*+"|'
    r"'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")  # a number, a date, true or false


def lines_of(text: str) -> Mapping[Keys, int]:
    """Return the line of each key, each table and each entry of an array."""
    found: dict[Keys, int] = {}
    line, counted = 1, 0
    for keys, at in _Reader(text).read():
        line += text.count("\n", counted, at)
        counted = at
        for size in range(1, len(keys)):  # a table that has no header of its own
            found.setdefault(keys[:size], line)
        found.setdefault(keys, line)
    return found


class _Reader:
    """Walks through a text once; `at` is the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.entries: dict[Keys, int] = {}  # how many tables an array of tables has so far

    def read(self) -> Iterator[tuple[Keys, int]]:
        """Yield what leads to each thing with the character at which it begins, in order."""
        table: Keys = ()
        while self.follows():
            start = self.at
            if self.text[start] == "[":
                table = self.header()
                yield table, start
            else:
                yield from self.pair(table)
            if self.at == start:  # no TOML: the parser said so
                return

    def follows(self) -> bool:
        """Go on to what is neither white space nor a comment; tell whether there is any."""
        self.skip(_BETWEEN.match(self.text, self.at))
        return self.at < len(self.text)

    def skip(self, match: re.Match[str] | None) -> str:
        """Pass over what is found here, and return it."""
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def takes(self, sign: str) -> bool:
        """Pass over a sign, if it stands here."""
        there = self.text.startswith(sign, self.at)
        self.at += len(sign) * there
        return there

    def header(self) -> Keys:
        several = self.takes("[[")
        self.at += not several
        self.follows()
        names = self.names()
        self.follows()
        self.at += 2 if several else 1
        *outer, last = names or ("",)
        path: Keys = ()
        for name in outer:
            path = self.latest((*path, name))
        path = (*path, last)
        if several:
            self.entries[path] = self.entries.get(path, -1) + 1
        return self.latest(path)

    def latest(self, path: Keys) -> Keys:
        """Return the way to a table; of an array of tables, to the last one so far."""
        return (*path, self.entries[path]) if path in self.entries else path

    def names(self) -> tuple[str, ...]:
        """Read a key, of which a dotted one has several names."""
        found = []
        while name := self.skip(_KEY.match(self.text, self.at)):
            found.append(_unquoted(name))
            self.follows()
            if not self.takes("."):
                break
            self.follows()
        return tuple(found)

    def pair(self, table: Keys) -> Iterator[tuple[Keys, int]]:
        start = self.at
        names = self.names()
        keys = (*table, *names)
        if names:
            yield keys, start
        self.follows()
        if self.takes("="):
            self.follows()
            yield from self.value(keys)

    def value(self, keys: Keys) -> Iterator[tuple[Keys, int]]:
        if self.takes("["):
            yield from self.array(keys)
        elif self.takes("{"):
            while self.follows() and not self.takes("}"):
                start = self.at
                yield from self.pair(keys)
                self.follows()
                if not self.takes(",") and self.at == start:
                    return
        elif not self.skip(_STRING.match(self.text, self.at)):
            self.skip(_PLAIN.match(self.text, self.at))

    def array(self, keys: Keys) -> Iterator[tuple[Keys, int]]:
        number = 0
        while self.follows() and not self.takes("]"):
            start = self.at
            yield (*keys, number), start
            yield from self.value((*keys, number))
            self.follows()
            number += 1
            if not self.takes(",") and self.at == start:
                return


def _unquoted(name: str) -> str:
    if name[0] not in "\"'":
        return name
    try:
        return str(tomllib.loads(f"name = {name}")["name"])
    except tomllib.TOMLDecodeError:
        return name.strip("\"'")
