"""A language model as an annotator: ask about a chunk, ground the answer, have it repaired, split.

A repair names only what is wrong with the last answer. An answer that was truncated, and a request
that is too long, split the chunk where less text can help. However it ends, the chunk has its line
in the ledger.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial

from pydantic import JsonValue

from annotate.annotator import ChunkResult
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.errors import AnnotateError, Stopped
from annotate.llm.account import ChunkAccount
from annotate.llm.causes import Cause
from annotate.llm.completions import Completion, Completions, OfflineMiss
from annotate.llm.conversation import Conversation
from annotate.llm.errors import CallFailed
from annotate.llm.fallback import Fallback
from annotate.llm.prompt_cut import Window, room_beside
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.repair import Correction
from annotate.llm.request import Request
from annotate.llm.request_builder import RequestBuilder
from annotate.llm.splitting import SHORTEST, Splits
from annotate.llm.truncation import why_truncated
from annotate.schema.categories import Schema

_PLACEHOLDER = "(the text of a chunk)"
_ANY_CHUNK = Chunk(0, 0, len(_PLACEHOLDER), _PLACEHOLDER, range(0), ())


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is the same for all parts of a chunk that is being read."""

    segmentation: Segmentation
    document: str
    repeat: int
    account: ChunkAccount = field(default_factory=ChunkAccount)
    window: Window = field(default_factory=Window)


class LanguageModel:
    """Asks one model with one prompt. Shared by all chunks of a run and by its repeats.

    Args:
        repairs: how often an answer may be sent back with what is wrong with it.
        fallback: what to ask in where the endpoint refuses the response mode; None where the mode
            is as it was set.
    """

    def __init__(
        self,
        prompt: Prompt,
        requests: RequestBuilder,
        completions: Completions,
        repairs: int,
        fallback: Fallback | None = None,
    ) -> None:
        # Twice as many chunks as requests: while one is grounded, another one waits for its answer.
        self.at_once = 2 * completions.concurrency
        self._prompt = prompt
        self._requests = requests
        self._completions = completions
        self._repairs = repairs
        self._fallback = fallback
        self._shortening = asyncio.Lock()

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""
        return self._completions.stopped

    @property
    def identity(self) -> dict[str, JsonValue]:
        """The response mode, where it is found out while the run goes on."""
        mode = self._fallback.mode if self._fallback is not None else None
        return {} if mode is None else {"mode": mode.name, "strict": mode.strict}

    @property
    def missing(self) -> dict[str, Request]:
        """Requests that an offline run would have sent, by key."""
        return self._completions.missing

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Return what the chunk states, validated and grounded; never raises for what was asked."""
        reading = _Reading(segmentation, document, repeat)
        async with self._completions.probation.chunk():
            for schema in self._prompt.schemas:
                await self._ask(chunk, schema, reading, Splits())
        return reading.account.result(chunk, document)

    def sent(self) -> list[JsonValue]:
        """Return the body of the request of each pass, with a placeholder where a chunk stands."""
        messages = (
            (each, self._prompt.messages(each, _ANY_CHUNK)) for each in self._prompt.schemas
        )
        return [dict(self._requests.build(schema, said).body) for schema, said in messages]

    async def close(self) -> None:
        """Close connections, cache and journal."""
        await self._completions.close()

    async def _ask(self, chunk: Chunk, schema: Schema, reading: _Reading, splits: Splits) -> None:
        """Ask for one pass over a chunk, and over its halves where that is too much at once."""
        said = self._prompt.messages(schema, chunk, reading.segmentation)
        conversation = Conversation(chunk, reading.segmentation, reading.document, schema, said)
        asked = Correction([*said])
        for _ in range(self._repairs + 1):
            try:
                request, completion = await self._complete(schema, asked, reading.repeat)
            except CallFailed as error:
                if error.too_long and await self._shorten(conversation, reading, splits, error):
                    return
                conversation.fail(error)
                break
            except (Stopped, OfflineMiss) as error:
                conversation.fail(error)
                break
            reading.account.count(completion)
            if cut := reading.window.cut(request.body, completion.reply.usage):
                failure = CallFailed(cut, cause=Cause.PROMPT_TOO_LONG)
                room = room_beside(request.body, chunk.text, completion.reply.usage)
                if room and await self._shorten(conversation, reading, splits, failure):
                    return
                conversation.fail(failure)
                break
            parsed = completion.reply.parsed
            if parsed.kind == "truncated":
                truncation = why_truncated(completion.reply, chunk.text)
                parsed = replace(parsed, problem=truncation.reason)
                why = "an answer was cut"
                if truncation.splits and await self._split(conversation, reading, splits, why):
                    return
            del completion  # with the body: a chunk would hold it until its next answer
            # Counted before it is repaired: how often a model was wrong is a figure of its own.
            reading.account.count_rejected(conversation.take(parsed))
            again = conversation.correction()
            # The same request gets the same answer.
            if conversation.finished or again.messages == asked.messages:
                break
            asked = again
        if not conversation.unsettled:
            self._completions.probation.hear(conversation.fruitless())
        conversation.hand_over(reading.account)

    async def _complete(
        self, schema: Schema, asked: Correction, repeat: int
    ) -> tuple[Request, Completion]:
        """Get an answer, in another response mode where the first is refused and may be changed."""
        build = partial(self._requests.build, schema, asked.messages, repeat, asked.formerly)
        fallback = self._fallback
        if fallback is None:
            request = build()
            return request, await self._completions.get(request)
        while True:
            form, request = fallback.form(), build()
            try:
                completion = await self._completions.get(request, form)
            except CallFailed as error:
                if error.unsupported and not form.wanted():
                    continue
                raise
            fallback.answered()
            return request, completion

    async def _shorten(
        self, conversation: Conversation, reading: _Reading, splits: Splits, error: CallFailed
    ) -> bool:
        """Split a chunk whose request was too long; stop the run where no length can fit."""
        why = "the request was too long"
        probation = self._completions.probation
        if probation.passed or splits.begun:
            split = await self._split(conversation, reading, splits, why)
        else:
            # One chunk at a time tries whether any length fits, as long as none is known to.
            async with self._shortening:
                split = await self._split(conversation, reading, splits, why)
        if not split and len(conversation.chunk.text) < SHORTEST and not probation.passed:
            splits.hopeless = True
            probation.no_room(error)
        return split

    async def _split(
        self, conversation: Conversation, reading: _Reading, splits: Splits, why: str
    ) -> bool:
        """Read a chunk in two halves; False where something came of it, or it is not cut."""
        # What was readable before (a repair was truncated) is kept rather than asked for anew.
        if conversation.readable is not None:
            return False
        parts = splits.halves(conversation.chunk, reading.segmentation)
        # One after the other: what they state is accounted for in the order of the text.
        for part in parts:
            if not splits.hopeless:
                await self._ask(part, conversation.schema, reading, splits)
        if parts:
            reading.account.end("repaired", f"{why}; the chunk was split")
        return bool(parts)
