"""One pass over a chunk, or over a part of it, from the first answer to the last repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from annotate.annotation import Annotation
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.errors import AnnotateError, Stopped
from annotate.grounding.ground import Rejected, ground
from annotate.grounding.merge import statement
from annotate.ledger import Status, refusal
from annotate.llm.account import ChunkAccount
from annotate.llm.causes import Cause
from annotate.llm.errors import CallFailed
from annotate.llm.probation import Fault, Fruitless
from annotate.llm.prompts.prompt import Message, Prompt
from annotate.llm.repair import Correction, correction
from annotate.llm.responses import FINAL, ParsedReply
from annotate.llm.settlement import still_rejected
from annotate.llm.splitting import SHORTEST, halves
from annotate.schema.categories import Schema

_NOTHING_YET = ParsedReply("malformed")


@dataclass
class Conversation:
    """What was asked and answered about a chunk, and what came of it so far.

    Attributes:
        schema: of the pass.
        readable: the last answer that could be read; `rejected` is what is wrong with it.
        last: the last answer.
        failed: how a request ended that got no answer.
        unsettled: whether that says nothing about the next request: it was never sent, or its
            failure might have passed.
    """

    chunk: Chunk
    segmentation: Segmentation
    document: str
    schema: Schema
    prompt: Prompt
    annotations: list[Annotation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    answers: int = 0
    readable: ParsedReply | None = None
    last: ParsedReply = _NOTHING_YET
    failed: tuple[Status, str] | None = None
    unsettled: bool = False

    @cached_property
    def messages(self) -> list[Message]:
        """The request for the chunk, which every repair repeats."""
        return self.prompt.messages(self.schema, self.chunk, self.segmentation)

    @property
    def form(self) -> Schema:
        """The form of its answers."""
        return self.schema

    @property
    def text(self) -> str:
        """The text that is asked about."""
        return self.chunk.text

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be repaired, or nothing can be."""
        if self.last.kind in FINAL:
            return True
        return self.last.kind == "answer" and not self.rejected

    def take(self, parsed: ParsedReply, account: ChunkAccount) -> None:
        """Ground an answer, and count what it got wrong."""
        self.last = parsed
        self.answers += 1
        if parsed.kind != "answer":
            return
        found, rejected = ground(
            parsed.items, self.chunk, self.segmentation, self.schema, self.document
        )
        if self.readable is None:
            self.annotations, self.rejected = found, rejected
        else:
            self.rejected = still_rejected(
                self.rejected, self.annotations, found, rejected, self.schema.categories
            )
            # A model that repeats its whole answer in a repair says nothing twice by that.
            self.annotations = _united(self.annotations, found)
        self.readable = parsed
        # Counted before it is repaired: how often a model was wrong is a figure of its own.
        account.count_rejected(rejected)

    def fail(self, error: AnnotateError) -> None:
        """Note that a request got no answer."""
        self.failed = (_status(error), str(error))
        self.unsettled = not isinstance(error, CallFailed) or error.exhausted

    def correction(self) -> Correction:
        """Return the messages that ask for what is still wrong."""
        # A repair that could not be read is itself not shown to the model: what is still to be
        # corrected stands in the answer before it.
        answer = self.readable or self.last
        return correction(self.messages, answer, self.rejected, self.last.problem)

    def hand_over(self, account: ChunkAccount) -> None:
        """Put what was found, and how it ended, into the account of the chunk."""
        # Words that could not be read are quarantined, not dropped; a refusal holds no annotation.
        if self.readable is None and self.last.content and self.last.kind != "refused":
            unread = Rejected("invalid", self.last.content, (self.last.problem,), self.chunk.index)
            self.rejected = [unread]
        account.annotations += self.annotations
        account.rejected += self.rejected
        account.end(*self._ending())

    def halves(self) -> list[Conversation]:
        """Return the two halves of the chunk; [] where it is one unit, or is short."""
        if len(self.chunk.text) < SHORTEST:
            return []
        return [
            Conversation(part, self.segmentation, self.document, self.schema, self.prompt)
            for part in halves(self.chunk, self.segmentation)
        ]

    def fruitless(self) -> Fruitless | None:
        """Say why nothing came of it; None where something did: an empty answer finds nothing."""
        if self.annotations or (self.readable is not None and not self.rejected):
            return None
        if self.rejected and self.readable is not None:
            return _commonest(self.rejected)
        status, reason = self._ending()
        faults: dict[str, Fault] = {"refused": "refused", "truncated": "truncated"}
        fault = faults.get(status, "malformed" if self.failed is None else "failed")
        return Fruitless(fault, reason)

    def _ending(self) -> tuple[Status, str]:
        if self.failed is not None:
            return self.failed
        if self.readable is None:
            kind = self.last.kind
            ended: Status = kind if kind in ("refused", "truncated") else "failed"
            return ended, self.last.problem
        if self.rejected:
            return "partial", f"{len(self.rejected)} annotations could not be used"
        return ("ok" if self.answers == 1 else "repaired"), ""


def _status(error: AnnotateError) -> Status:
    if isinstance(error, Stopped):
        return "unsent"
    # It reads the text and turns it down, as a model does that refuses.
    by_policy = isinstance(error, CallFailed) and error.cause is Cause.POLICY
    return "refused" if by_policy else "failed"


def _commonest(rejected: Sequence[Rejected]) -> Fruitless:
    """Say what is most often wrong with annotations."""
    found = Counter(
        Fruitless(each.kind, refusal(each.kind, each.item, each.problems)) for each in rejected
    )
    return found.most_common(1)[0][0]


def _united(kept: list[Annotation], found: list[Annotation]) -> list[Annotation]:
    """Return what is kept, then what was found beyond it."""
    said = {_said(each) for each in kept}
    return kept + [each for each in found if _said(each) not in said]


def _said(annotation: Annotation) -> Hashable:
    """Return what is the same where an annotation is said again, alone or among others."""
    cited = [(e.start, e.end, e.quote, e.grounding) for e in annotation.evidence]
    return statement(annotation), tuple(cited)
