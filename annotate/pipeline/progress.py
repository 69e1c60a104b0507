"""How far a run has come: counted as chunks are read and answered, said to whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from annotate.annotator import ChunkResult


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    Attributes:
        documents, characters, annotations: of the documents that are written.
        cost: US dollars that were paid since it began; None where the price is unknown.
        chunks: that are finished, once for each repeat.
        of: chunks that were read so far.
        counted: whether these are all.
        cached: finished chunks for which nothing was sent, since their answers are in the cache.
        asked: answers that were asked for since it began.
    """

    documents: int = 0
    characters: int = 0
    annotations: int = 0
    cost: float | None = 0.0
    chunks: int = 0
    of: int = 0
    counted: bool = False
    cached: int = 0
    asked: int = 0


class Meter:
    """Counts what a run does.

    Args:
        on_progress: what is told whenever something came of the run; it may raise to end it.
    """

    def __init__(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        self.state = Progress()
        self._on_progress = on_progress
        self._told = self.state

    def read(self, chunks: int) -> None:
        """Count the chunks of a document that was read."""
        self.state = replace(self.state, of=self.state.of + chunks)

    def all_read(self) -> None:
        """Know that no document follows."""
        self.state = replace(self.state, counted=True)

    def finished(self, result: ChunkResult) -> None:
        """Count a chunk that is finished."""
        state = self.state
        cost = state.cost
        if result.asked:
            # One answer without a price makes the sum unknown, not smaller.
            known = cost is not None and result.spent is not None
            cost = (cost or 0.0) + (result.spent or 0.0) if known else None
        self.state = replace(
            state,
            chunks=state.chunks + 1,
            cached=state.cached + (result.entry.requests > 0 and not result.asked),
            asked=state.asked + result.asked,
            cost=cost,
        )

    def written(self, counts: Mapping[str, int]) -> None:
        """Take over what was written, as a manifest counts it."""
        self.state = replace(
            self.state,
            documents=counts["documents"],
            characters=counts["characters"],
            annotations=counts["annotations"],
        )

    def tell(self) -> None:
        """Say how far the run has come, where it came any further since it was said last."""
        state, told = self.state, self._told
        further = (state.chunks, state.documents) != (told.chunks, told.documents)
        begun = not state.chunks and state.of != told.of
        if self._on_progress is not None and (further or begun):
            self._told = self.state
            self._on_progress(self.state)
