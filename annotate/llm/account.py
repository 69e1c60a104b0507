"""The account of one chunk: what came of it, and what it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from annotate.annotation import Annotation
from annotate.annotator import ChunkResult, entry_of
from annotate.documents.chunking import Chunk
from annotate.grounding.ground import Rejected
from annotate.ledger import Status
from annotate.llm.completions import Completion

# From best to worst: a chunk that was read in several parts is as good as its worst part.
_RANK: tuple[Status, ...] = (
    "ok",
    "repaired",
    "partial",
    "truncated",
    "refused",
    "unsent",
    "failed",
)


@dataclass
class ChunkAccount:
    """What came of one chunk in all its passes, parts and repairs, and what it took."""

    annotations: list[Annotation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0
    asked: int = 0
    spent: float | None = None
    invalid: int = 0
    ungrounded: int = 0
    statuses: list[Status] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, completion: Completion) -> None:
        """Count an answer, also one that came from the cache.

        Its tokens and cost are those of when it was asked, so that the ledger of a run from the
        cache is the ledger of the run that paid.
        """
        self.requests += 1
        self.seconds += completion.seconds
        if usage := completion.reply.usage:
            self.prompt_tokens += usage.prompt_tokens
            self.completion_tokens += usage.completion_tokens
        # None, not 0.0, as long as no cost is known: nothing that was sent is shown as free.
        if completion.cost is not None:
            self.cost = (self.cost or 0.0) + completion.cost
        if not completion.cached:
            self.asked += 1
            if completion.cost is not None:
                self.spent = (self.spent or 0.0) + completion.cost

    def count_rejected(self, rejected: Sequence[Rejected]) -> None:
        """Count what an answer got wrong, also where a later one repairs it."""
        invalid = sum(each.kind == "invalid" for each in rejected)
        self.invalid += invalid
        self.ungrounded += len(rejected) - invalid

    def end(self, status: Status, note: str = "") -> None:
        """Note how a part of the chunk ended."""
        self.statuses.append(status)
        # The halves of a chunk, and its passes, may end for the same reason.
        if note and note not in self.notes:
            self.notes.append(note)

    def result(self, chunk: Chunk, document: str) -> ChunkResult:
        """Return all of it."""
        entry = replace(
            entry_of(chunk, document, self.annotations, self.rejected),
            status=max(self.statuses, key=_RANK.index),
            invalid=self.invalid,
            ungrounded=self.ungrounded,
            requests=self.requests,
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            cost=self.cost,
            seconds=round(self.seconds, 3),
            note="; ".join(self.notes),
        )
        return ChunkResult(entry, self.annotations, self.rejected, self.asked, self.spent)
