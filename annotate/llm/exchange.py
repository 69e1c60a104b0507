"""What is asked and answered about one thing, from the first answer to the last repair.

What holds whatever is asked. What the messages say and what an answer means, each kind of exchange
knows: `annotate.llm.conversation` about a chunk, `annotate.verification` about annotations.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Self

from annotate.errors import AnnotateError, Stopped
from annotate.grounding.ground import Rejected
from annotate.ledger import Status, refusal
from annotate.llm.account import ChunkAccount
from annotate.llm.causes import Cause
from annotate.llm.errors import CallFailed
from annotate.llm.modes import AnswerForm
from annotate.llm.probation import Fault, Fruitless
from annotate.llm.repair import Correction
from annotate.llm.responses import FINAL, ParsedReply

_NOTHING_YET = ParsedReply("malformed")


class Exchange(ABC):
    """What was asked and answered about one thing, and what came of it so far.

    Attributes:
        rejected: what is wrong with the last answer that could be read, and still open.
        readable: that answer.
        last: the last answer.
        failed: how a request ended that got no answer.
        unsettled: whether that says nothing about the next request: it was never sent, or its
            failure might have passed.
    """

    def __init__(self) -> None:
        self.rejected: list[Rejected] = []
        self.answers = 0
        self.readable: ParsedReply | None = None
        self.last: ParsedReply = _NOTHING_YET
        self.failed: tuple[Status, str] | None = None
        self.unsettled = False

    @property
    @abstractmethod
    def form(self) -> AnswerForm:
        """The form of its answers."""

    @property
    @abstractmethod
    def messages(self) -> Sequence[Mapping[str, Any]]:
        """The request, which every repair repeats."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The text that is asked about; a request is shorter where this is."""

    @property
    @abstractmethod
    def fruitful(self) -> bool:
        """Whether something came of it."""

    @abstractmethod
    def read(self, items: Sequence[Any]) -> list[Rejected]:
        """Read an answer; set what is rejected from now on, and return what it got wrong."""

    @abstractmethod
    def correction(self) -> Correction:
        """Return the messages that ask for what is still wrong."""

    @abstractmethod
    def hand_over(self, account: ChunkAccount) -> None:
        """Put what was found, and how it ended, into an account."""

    @abstractmethod
    def halves(self) -> Sequence[Self]:
        """Return the same in two parts, not yet asked; nothing where that cannot help."""

    def left_open(self) -> str:
        """Say what is left where not all of an answer could be used."""
        return f"{len(self.rejected)} annotations could not be used"

    def refusal(self, rejected: Rejected) -> str:
        """Say why something was rejected, in words of ours: equal reasons are counted."""
        return refusal(rejected.kind, rejected.item, rejected.problems)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be repaired, or nothing can be."""
        if self.last.kind in FINAL:
            return True
        return self.last.kind == "answer" and not self.rejected

    def take(self, parsed: ParsedReply, account: ChunkAccount) -> None:
        """Take an answer, and count what it got wrong."""
        self.last = parsed
        self.answers += 1
        if parsed.kind == "answer":
            # Counted before it is repaired: how often a model was wrong is a figure of its own.
            account.count_rejected(self.read(parsed.items))
            self.readable = parsed

    def fail(self, error: AnnotateError) -> None:
        """Note that a request got no answer."""
        self.failed = (_status(error), str(error))
        self.unsettled = not isinstance(error, CallFailed) or error.exhausted

    def fruitless(self) -> Fruitless | None:
        """Say why nothing came of it; None where something did: an empty answer finds nothing."""
        if self.fruitful or (self.readable is not None and not self.rejected):
            return None
        if self.rejected and self.readable is not None:
            found = Counter(Fruitless(each.kind, self.refusal(each)) for each in self.rejected)
            return found.most_common(1)[0][0]
        status, reason = self.ending()
        faults: dict[str, Fault] = {"refused": "refused", "truncated": "truncated"}
        fault = faults.get(status, "malformed" if self.failed is None else "failed")
        return Fruitless(fault, reason)

    def ending(self) -> tuple[Status, str]:
        """Return how it ended, and why where it is not whole."""
        if self.failed is not None:
            return self.failed
        if self.readable is None:
            kind = self.last.kind
            ended: Status = kind if kind in ("refused", "truncated") else "failed"
            return ended, self.last.problem
        if self.rejected:
            return "partial", self.left_open()
        return ("ok" if self.answers == 1 else "repaired"), ""


def _status(error: AnnotateError) -> Status:
    if isinstance(error, Stopped):
        return "unsent"
    # It reads the text and turns it down, as a model does that refuses.
    by_policy = isinstance(error, CallFailed) and error.cause is Cause.POLICY
    return "refused" if by_policy else "failed"
