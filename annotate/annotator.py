"""Whatever reads a chunk and says what it states: the offline baseline, or a language model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.errors import AnnotateError
from annotate.grounding.ground import Rejected
from annotate.ledger import Entry


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What came of one chunk.

    Attributes:
        asked: answers that were not in the cache. The ledger does not tell: a run from the cache
            has the ledger of the run that paid.
        spent: US dollars that these cost, None where no price is known.
    """

    entry: Entry
    annotations: list[Annotation]
    rejected: list[Rejected]
    asked: int = 0
    spent: float | None = None


class Annotator(Protocol):
    """Reads chunks, several at a time.

    Attributes:
        at_once: chunks worth having under way.
    """

    at_once: int

    # Kept, not raised from `annotate`: the chunks that were under way still end in the ledger, and
    # the run is written before it fails.
    @property
    def stopped(self) -> AnnotateError | None:
        """Why nothing more is read, None while it is."""

    @property
    def identity(self) -> Mapping[str, JsonValue]:
        """What of the run's identity was found out while it ran; {} where nothing was."""

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Return what a chunk states, validated and grounded. Failures end in the ledger."""

    def sent(self) -> list[JsonValue]:
        """Return what is sent for a chunk, one request for each pass; [] where nothing is sent."""

    async def close(self) -> None:
        """Let go of connections and files."""


class RunSpecification(Protocol):
    """What annotates in a run, before anything is opened."""

    @property
    def identity(self) -> Mapping[str, JsonValue]:
        """What makes a run this one, by the names that it has in a run's manifest.

        A folder that holds a run with another identity is not written into.
        """

    def open(self, folder: Path | None) -> Annotator:
        """Open what it takes to annotate, for a run in `folder`; whoever opens it closes it."""


def entry_of(
    chunk: Chunk, document: str, annotations: list[Annotation], rejected: list[Rejected]
) -> Entry:
    """Return the ledger's line for a chunk that was answered once."""
    # "partial" as long as anything is rejected: a reader of the ledger must not take a chunk for
    # read to its end because most of its annotations could be used.
    kinds = [each.kind for each in rejected]
    return Entry(
        document,
        chunk.index,
        chunk.start,
        chunk.end,
        "partial" if rejected else "ok",
        len(annotations),
        kinds.count("invalid"),
        kinds.count("ungrounded"),
    )
