"""A language model as an annotator: ask about a chunk, read, ground, have mended, split.

A repair names only what is wrong with the last answer. An answer that was cut, and a request that
is too long, split the chunk. However it ends, the chunk has its line in the ledger.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotate.annotation import Annotation
from annotate.annotator import ChunkResult, entry_of
from annotate.documents.chunking import Chunk, context_before
from annotate.documents.units import Segmentation
from annotate.errors import AnnotateError, Stopped
from annotate.grounding.ground import Rejected, ground
from annotate.ledger import Status
from annotate.llm.budget import Budget
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.client import Client
from annotate.llm.completions import Answers, Asking, OfflineMiss
from annotate.llm.errors import CallFailed
from annotate.llm.modes import Form
from annotate.llm.prompts.prompt import Message, Prompt
from annotate.llm.rate_limit import Throttle
from annotate.llm.repair import correction, unsettled
from annotate.llm.request import Request
from annotate.llm.responses import ParsedReply, read, usage
from annotate.schema.categories import Schema

_MOST_SPLITS = 4
_NOTHING_YET = ParsedReply("malformed")

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
class _Account:
    """What came of one chunk, and what it took."""

    segmentation: Segmentation
    document: str
    repeat: int
    annotations: list[Annotation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0
    invalid: int = 0
    ungrounded: int = 0
    statuses: list[Status] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, stored: Stored) -> None:
        """Count an answer."""
        self.requests += 1
        self.seconds += stored.seconds
        if took := usage(stored.reply):
            self.prompt_tokens += took.prompt_tokens
            self.completion_tokens += took.completion_tokens
        if stored.cost is not None:
            self.cost = (self.cost or 0.0) + stored.cost

    def refuse(self, rejected: Sequence[Rejected]) -> None:
        """Count what an answer got wrong, also where a repair mends it later."""
        invalid = sum(each.kind == "invalid" for each in rejected)
        self.invalid += invalid
        self.ungrounded += len(rejected) - invalid

    def end(self, status: Status, note: str = "") -> None:
        """Note how a part of the chunk ended."""
        self.statuses.append(status)
        if note and note not in self.notes:
            self.notes.append(note)

    def outcome(self, chunk: Chunk) -> ChunkResult:
        """Return all of it."""
        entry = replace(
            entry_of(chunk, self.document, self.annotations, self.rejected),
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
        return ChunkResult(entry, self.annotations, self.rejected)


class LanguageModel:
    """Asks one model with one prompt. Shared by all chunks of a run and by its repeats."""

    def __init__(
        self,
        asking: Asking,
        prompt: Prompt,
        forms: Mapping[str, Form],
        cache: Cache,
        budget: Budget,
        client: Client,
        requests_a_minute: Throttle,
        tokens_a_minute: Throttle,
    ) -> None:
        self.asking = asking
        self.prompt = prompt
        self.at_once = 2 * asking.concurrency
        allowed = prompt.head.parameters.max_completion_tokens
        self._answers = Answers(
            asking, cache, budget, client, requests_a_minute, tokens_a_minute, allowed
        )
        self._parameters = prompt.head.parameters.model_dump(mode="json")
        self._forms = forms
        self._constant: dict[str, dict[str, Any]] = {}
        self._desks = asyncio.Semaphore(self.at_once)

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""
        return self._answers.stopped

    @property
    def missing(self) -> dict[str, Request]:
        """Requests that an offline run would have sent, by key."""
        return self._answers.missing

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Return what the chunk states, validated and grounded; never raises for what was asked."""
        account = _Account(segmentation, document, repeat)
        async with self._desks:  # bounds how many requests stand written in memory
            for schema in self.prompt.schemas:
                await self._read(chunk, schema, account, _MOST_SPLITS)
        return account.outcome(chunk)

    async def close(self) -> None:
        """Close connections, cache and journal."""
        await self._answers.close()

    async def _read(self, chunk: Chunk, schema: Schema, account: _Account, splits: int) -> None:
        """Ask for one pass over a chunk, and over its halves where that is too much at once."""
        part = _Part(chunk, schema, self.prompt.messages(schema, chunk))
        messages: Sequence[Mapping[str, Any]] = part.messages
        for _ in range(self.asking.repairs + 1):
            request = Request(self._body(schema, messages), self.asking.endpoint, account.repeat)
            try:
                stored = await self._answers.get(request)
            except (Stopped, CallFailed, OfflineMiss) as error:
                too_long = isinstance(error, CallFailed) and error.too_long
                if too_long and await self._split(
                    part, account, splits, "the request was too long"
                ):
                    return
                part.failed = ("unsent" if isinstance(error, Stopped) else "failed", str(error))
                break
            account.add(stored)
            reading = read(stored.reply)
            cut = reading.outcome == "truncated"
            if cut and await self._split(part, account, splits, "an answer was cut"):
                return
            part.take(reading, account)
            again = part.correction()
            if part.settled or again == messages:  # the same request gets the same answer
                break
            messages = again
        part.close(account)

    async def _split(self, part: _Part, account: _Account, splits: int, why: str) -> bool:
        """Read a chunk in two halves; False where something came of it, or it is one unit."""
        halves = _halves(part.chunk, account.segmentation)
        if part.answer is not None or not splits or not halves:
            return False
        for half in halves:
            await self._read(half, part.schema, account, splits - 1)
        account.end("repaired", f"{why}; the chunk was split")
        return True

    def _body(self, schema: Schema, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return a request's body; the system message and the form are the same for every chunk."""
        constant = self._constant.get(schema.fingerprint)
        if constant is None:
            filled = self._forms[schema.fingerprint].fill(messages[:1])
            constant = {"model": self.asking.model, **filled, **self._parameters}
            self._constant[schema.fingerprint] = constant
        return {**constant, "messages": [*constant["messages"], *messages[1:]]}


@dataclass
class _Part:
    """One pass over one chunk, or over a part of it, from the first answer to the last.

    Attributes:
        answer: the last answer that could be read; `rejected` is what is wrong with it.
        last: the last answer.
        failed: how a request ended that got no answer.
    """

    chunk: Chunk
    schema: Schema
    messages: list[Message]
    found: list[Annotation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    answers: int = 0
    answer: ParsedReply | None = None
    last: ParsedReply = _NOTHING_YET
    failed: tuple[Status, str] | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be mended, or nothing can be."""
        if self.last.outcome in ("refused", "truncated"):
            return True
        return self.last.outcome == "answer" and not self.rejected

    def take(self, reading: ParsedReply, account: _Account) -> None:
        """Ground an answer; after a repair, see what it settled."""
        self.last = reading
        self.answers += 1
        if reading.outcome != "answer":
            return
        grounded, refused = ground(
            reading.items, self.chunk, account.segmentation, self.schema, account.document
        )
        account.refuse(refused)
        if self.answer is None:
            self.found, self.rejected = grounded, refused
        else:
            self.rejected = unsettled(self.rejected, grounded, refused)
            self.found += [each for each in grounded if each not in self.found]
        self.answer = reading

    def correction(self) -> list[Mapping[str, Any]]:
        """Return the messages that ask for what is still missing."""
        return correction(self.messages, self.answer or self.last, self.rejected, self.last.problem)

    def close(self, account: _Account) -> None:
        """Hand over what was found, and how it ended."""
        if self.answer is None and self.last.content and self.last.outcome != "refused":
            unread = Rejected("invalid", self.last.content, (self.last.problem,), self.chunk.index)
            self.rejected = [unread]
        account.annotations += self.found
        account.rejected += self.rejected
        account.end(*self._ending())

    def _ending(self) -> tuple[Status, str]:
        if self.failed is not None:
            return self.failed
        if self.answer is None:
            outcome = self.last.outcome
            ended: Status = outcome if outcome in ("refused", "truncated") else "failed"
            return ended, self.last.problem
        if self.rejected:
            return "partial", f"{len(self.rejected)} annotations could not be used"
        return ("ok" if self.answers == 1 else "repaired"), ""


def _halves(chunk: Chunk, segmentation: Segmentation) -> list[Chunk]:
    """Cut a chunk in two between units, near its middle; [] where it is one unit."""
    units = segmentation.units
    middle = (chunk.start + chunk.end) // 2
    starts = (units[i].start for i in chunk.units[1:])
    inside = [start for start in starts if chunk.start < start < chunk.end]
    if not inside:
        return []
    cut = min(inside, key=lambda start: abs(start - middle))
    border = next(i for i in chunk.units if units[i].start >= cut)
    text = segmentation.text
    first, second = range(chunk.units.start, border), range(border, chunk.units.stop)
    context = context_before(segmentation, cut, second)
    return [
        replace(chunk, end=cut, text=text[chunk.start : cut], units=first),
        replace(chunk, start=cut, text=text[cut : chunk.end], units=second, context=context),
    ]
