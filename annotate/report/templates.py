"""Sentences with places for values: how they are written, read and filled.

    The company keeps {data_types}[ for {duration}].
    The company does not sell {data_types|or} to {recipients|or}.

`{name}` is the place of an attribute; several values are joined by "and", or by "or" behind a bar.
What stands in brackets is left out where an attribute in it states nothing. This module knows no
schema: it is given words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotate.formatting import joined

_TOKEN = re.compile(r"\{(?P<name>\w+)(?:\|(?P<joint>and|or))?\}|(?P<sign>[\[\]{}])")

Words = Callable[[str], Sequence[str]]
"""Gives the words for the values of an attribute; none where it states nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the values of an attribute go, and the word before the last of them."""

    name: str
    joint: str


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words and places; `optional` where it stands in brackets."""

    pieces: tuple[str | Place, ...]
    optional: bool

    @property
    def names(self) -> list[str]:
        """The attributes that have a place in it."""
        return [piece.name for piece in self.pieces if isinstance(piece, Place)]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places for values."""

    parts: tuple[Part, ...]

    @property
    def names(self) -> set[str]:
        """The attributes that have a place."""
        return {name for part in self.parts for name in part.names}

    @property
    def needed(self) -> set[str]:
        """Those of them that stand outside brackets."""
        return {name for part in self.parts if not part.optional for name in part.names}

    def fill(self, words: Words) -> str:
        """Return the sentence, its first letter a capital."""
        said = "".join(
            _filled(part, words)
            for part in self.parts
            if not part.optional or all(words(name) for name in part.names)
        )
        return capitalized(said)


def read_template(text: str) -> Template:
    """Read a sentence.

    Raises:
        ValueError: what is wrong with it, in one sentence.
    """
    parts: list[Part] = []
    pieces: list[str | Place] = []
    inside = False
    for piece in _pieces(text):
        if piece not in ("[", "]"):
            pieces.append(piece)
            continue
        if (piece == "[") == inside:
            raise ValueError(
                "its brackets do not fit: each [ needs a ], and none stands in another"
            )
        parts.append(Part(tuple(pieces), inside))
        pieces, inside = [], not inside
    if inside:
        raise ValueError("a [ is not closed")
    parts.append(Part(tuple(pieces), optional=False))
    if any(part.optional and not part.names for part in parts):
        raise ValueError("brackets without an attribute in them are never left out: drop them")
    return Template(tuple(part for part in parts if part.pieces))


def _pieces(text: str) -> Iterator[str | Place]:
    reached = 0
    for found in _TOKEN.finditer(text):
        if found.start() > reached:
            yield text[reached : found.start()]
        reached = found.end()
        if found["name"]:
            yield Place(found["name"], found["joint"] or "and")
        elif found["sign"] in "[]":
            yield found["sign"]
        else:
            raise ValueError(
                f"{found['sign']} opens or closes no place of an attribute, as {{name}}"
            )
    if reached < len(text):
        yield text[reached:]


def _filled(part: Part, words: Words) -> str:
    return "".join(
        joined(words(piece.name), piece.joint) if isinstance(piece, Place) else piece
        for piece in part.pieces
    )


def capitalized(text: str) -> str:
    """Return a text with a capital at its start, and the rest as it is."""
    return text[:1].upper() + text[1:]
