"""Which parts of a run are there, and which documents they hold."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from annotate.runs.parts import Parts
from annotate.runs.tally import Tally
from annotate.scale.document_hashes import (
    HashedDocuments,
    Hashes,
    Standing,
    hashes_of,
    hashes_of_sources,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a part is not committed, by the places of its documents.

    Attributes:
        there: they are kept by now.
        others: by another portion, so that they are others of the same id.
    """

    there: NDArray[np.bool_]
    others: NDArray[np.bool_]


class CommittedParts:
    """The parts of a run, as the one process knows them that commits them.

    A part is final, or open: it holds what is to be done again, documents with a chunk without an
    answer and what could not be read. What an earlier life has left open stays until it is done
    again, so that a run that goes no further loses nothing.

    Args:
        life: of the command that writes.

    Attributes:
        found: what of the identity was found out while the parts were made.
    """

    def __init__(self, parts: Parts, life: str) -> None:
        self.found: dict[str, JsonValue] = {}
        self._parts = parts
        self._life = life
        self._figures: dict[str, Mapping[str, Any]] = {}
        self._left: dict[str, set[int]] = {}
        self._left_with: dict[int, str] = {}
        self._earlier = HashedDocuments()
        self._now = HashedDocuments()
        self._portions: dict[str, HashedDocuments] = {}

    @property
    def tally(self) -> Tally:
        """The figures of all parts."""
        tally = Tally()
        for each in self._figures.values():
            tally.join(each)
        return tally

    def find(self, portion: str, hashes: Hashes) -> Standing:
        """Return which documents of a portion are kept already.

        By an earlier life, or by another worker that had the same portion in hand: a document that
        another portion has kept meanwhile is another one of the same id.
        """
        earlier = self._earlier.find(hashes)
        return Standing(earlier.kept | self._of_portion(portion).find(hashes).kept, earlier.edited)

    async def commit(
        self, portion: str, name: str, said: Mapping[str, Any], hashes: Hashes, unread: Hashes
    ) -> Refused | None:
        """Commit a part that was written; where documents of it are kept by now, refuse it.

        `hashes` are those of its documents, `unread` those of what could not be read.
        """
        if name in self._figures and name not in self._left:  # this call, made again
            return None
        there = self._there(hashes)
        if there.any():
            return Refused(there, there & ~self._of_portion(portion).find(hashes).kept)
        # Known before it is written: whoever asks meanwhile must not commit the same.
        done_again = self._done_again(np.concatenate([hashes, unread]))
        commit = {**said, "portion": portion, "life": self._life}
        self._learn(name, commit, hashes)
        await asyncio.to_thread(self._put, name, commit, done_again - {name})
        return None

    # ---- Opening and ending ----

    def open(self) -> None:
        """Learn what is kept."""
        for name in self._parts.committed():
            said = self._parts.commit_of(name)
            hashes = self._hashes_in(name, said)
            if said["open"] and said["life"] != self._life:
                self._leave(name, said, hashes)
            elif self._there(hashes).any():  # two commands wrote at once: one of both stays
                self._parts.drop(name)
            else:
                self._learn(name, said, hashes)

    def end(self) -> None:
        """Drop what was left open and came to nothing more; everything was gone through."""
        for name in list(self._left):
            if not self._figures[name]["counts"]["documents"]:
                self._forget(name)
                self._parts.drop(name)

    def _learn(self, name: str, said: Mapping[str, Any], hashes: Hashes) -> None:
        """Know a part, and the documents in it."""
        self._figures[name] = said["figures"]
        self.found |= said["found"]
        if said["life"] != self._life:
            self._earlier.add(hashes)
            return
        self._now.add(hashes)
        self._of_portion(said["portion"]).add(hashes)

    def _leave(self, name: str, said: Mapping[str, Any], hashes: Hashes) -> None:
        """Know a part that is to be done again."""
        sources: Sequence[str] = []
        if said["rows"].get("unreadable"):
            found = self._parts.columns("unreadable", name, ["source"])
            sources = [each for batch in found for each in batch.column(0).to_pylist()]
        keys = set(_keys(np.concatenate([hashes, hashes_of_sources(sources)])))
        self._figures[name] = said["figures"]
        self._left[name] = keys
        self._left_with |= dict.fromkeys(keys, name)

    def _done_again(self, hashes: Hashes) -> set[str]:
        """Return the parts that were left with any of these, and forget them."""
        if not self._left:
            return set()
        names = {self._left_with[each] for each in _keys(hashes) if each in self._left_with}
        for name in names:
            self._forget(name)
        return names

    def _forget(self, name: str) -> None:
        del self._figures[name]
        for each in self._left.pop(name):
            self._left_with.pop(each, None)

    def _put(self, name: str, commit: Mapping[str, Any], done_again: set[str]) -> None:
        # In this order nobody ever reads a document twice.
        for each in done_again:
            self._parts.drop(each)
        self._parts.commit(name, commit)

    def _there(self, hashes: Hashes) -> NDArray[np.bool_]:
        return self._earlier.find(hashes).there | self._now.find(hashes).there

    def _of_portion(self, portion: str) -> HashedDocuments:
        return self._portions.setdefault(portion, HashedDocuments())

    def _hashes_in(self, name: str, said: Mapping[str, Any]) -> Hashes:
        if not said["rows"].get("documents"):
            return hashes_of(())
        found = self._parts.columns("documents", name, ["document", "text_sha256"])
        return np.concatenate(
            [hashes_of(zip(*(c.to_pylist() for c in each.columns), strict=True)) for each in found]
        )


def _keys(hashes: Hashes) -> list[int]:
    found: list[int] = hashes[:, 0].tolist()
    return found
