"""Which documents are kept already, and with which text: 24 bytes for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]
"""A row for each document: two halves of the hash of its id, and a part of the hash of its text."""

_NO_TEXT = "00" * 8


def hashes_of(documents: Iterable[tuple[str, str]]) -> Hashes:
    """Return the hashes of documents, given as id and SHA-256 of the text in hexadecimal."""
    found = bytearray()
    for name, sha256 in documents:
        found += hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found += bytes.fromhex(sha256)[:8]
    return np.frombuffer(bytes(found), dtype=np.uint64).reshape(-1, 3)


def hashes_of_sources(sources: Iterable[str]) -> Hashes:
    """Return the hashes of what could not be read, by the names that messages have for it."""
    return hashes_of((each, _NO_TEXT) for each in sources)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of some documents, by their places among them.

    Attributes:
        kept: there is one of this id with this text.
        edited: there is one of this id with another text.
    """

    kept: NDArray[np.bool_]
    edited: NDArray[np.bool_]

    @property
    def there(self) -> NDArray[np.bool_]:
        """There is one of this id."""
        return self.kept | self.edited


class HashedDocuments:
    """Documents by their hashes; more can be added at any time."""

    def __init__(self) -> None:
        self._sorted: list[Hashes] = []  # each at least twice as long as the one behind it

    def __len__(self) -> int:
        return sum(map(len, self._sorted))

    def add(self, hashes: Hashes) -> None:
        """Add documents, of which none is known."""
        if not len(hashes):
            return
        added = _in_order(hashes)
        while self._sorted and len(self._sorted[-1]) < 2 * len(added):
            added = _in_order(np.concatenate([self._sorted.pop(), added]))
        self._sorted.append(added)

    def find(self, hashes: Hashes) -> Standing:
        """Return what is known of documents."""
        kept = np.zeros(len(hashes), dtype=bool)
        edited = np.zeros(len(hashes), dtype=bool)
        for known in self._sorted:
            there, texts = _texts_in(known, hashes)
            same = texts == hashes[:, 2]
            kept |= there & same
            edited |= there & ~same
        return Standing(kept, edited)


def _texts_in(known: Hashes, hashes: Hashes) -> tuple[NDArray[np.bool_], Any]:
    """Return which ids stand among known ones, and the texts that these have there."""
    places = np.searchsorted(known[:, 0], hashes[:, 0])
    there = np.zeros(len(hashes), dtype=bool)
    texts = np.zeros(len(hashes), dtype=np.uint64)
    while True:  # as often as halves of hashes are alike, which is once
        inside = places < len(known)
        rows = known[np.where(inside, places, 0)]
        alike = inside & (rows[:, 0] == hashes[:, 0])
        found = alike & (rows[:, 1] == hashes[:, 1])
        there |= found
        texts[found] = rows[found, 2]
        if not (alike & ~found).any():
            return there, texts
        places = places + (alike & ~found)


def _in_order(hashes: Hashes) -> Hashes:
    # By columns: the ids alone are what is searched, and would be copied each time.
    return np.asfortranarray(hashes[np.argsort(hashes[:, 0], kind="stable")])
