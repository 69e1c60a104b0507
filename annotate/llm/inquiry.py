"""Ask one model until an answer is whole: have it repaired, and split what is too much at once.

The one way of an answer, whatever is asked: what a chunk states, or whether annotations hold. What
the messages are and what an answer means is the matter of
`annotate.llm.exchange`.

A repair names only what is wrong with the last answer. An answer that was truncated, and a request
that is too long, split what is asked about where less text can help.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial

from pydantic import JsonValue

from annotate.errors import AnnotateError, Stopped
from annotate.llm.account import ChunkAccount
from annotate.llm.causes import Cause
from annotate.llm.completions import Answers, Completion, OfflineMiss
from annotate.llm.errors import CallFailed
from annotate.llm.exchange import Exchange
from annotate.llm.fallback import Fallback
from annotate.llm.modes import AnswerForm
from annotate.llm.probation import Probation
from annotate.llm.prompt_cut import Window, room_beside
from annotate.llm.repair import Correction
from annotate.llm.request import Request
from annotate.llm.request_builder import RequestBuilder
from annotate.llm.splitting import SHORTEST, Splits
from annotate.llm.truncation import why_truncated


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for all parts of what is asked.

    Attributes:
        repeat: which of several independent samples it is.
        whole: what is split, for the ledger: "the chunk".
        smaller: the setting that makes it smaller.
    """

    repeat: int = 0
    whole: str = "the chunk"
    smaller: str = "--chunk-size"
    account: ChunkAccount = field(default_factory=ChunkAccount)
    window: Window = field(default_factory=Window)


class Inquiry:
    """Asks one model. Shared by all chunks of a run and by its repeats.

    Args:
        repairs: how often an answer may be sent back with what is wrong with it.
        fallback: what to ask in where the endpoint refuses the response mode; None where the mode
            is as it was set.
    """

    def __init__(
        self,
        requests: RequestBuilder,
        completions: Answers,
        repairs: int,
        fallback: Fallback | None = None,
    ) -> None:
        # Twice as much as there may be requests: while one is read, another waits for its answer.
        self.at_once = 2 * completions.concurrency
        self.requests = requests
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

    @property
    def probation(self) -> Probation:
        """What hears what comes of the answers."""
        return self._completions.probation

    async def close(self) -> None:
        """Close connections, cache and journal."""
        await self._completions.close()

    async def pursue(self, exchange: Exchange, asked: Asked) -> None:
        """Ask until the answer is whole, or nothing more can be done; never raises for its end."""
        await self._pursue(exchange, asked, Splits())

    async def _pursue(self, exchange: Exchange, asked: Asked, splits: Splits) -> None:
        wanted = Correction([*exchange.messages])
        for _ in range(self._repairs + 1):
            try:
                request, completion = await self._complete(exchange.form, wanted, asked.repeat)
            except CallFailed as error:
                if error.too_long and await self._shorten(exchange, asked, splits, error):
                    return
                exchange.fail(error)
                break
            except (Stopped, OfflineMiss) as error:
                exchange.fail(error)
                break
            asked.account.count(completion)
            if cut := asked.window.cut(request.body, completion.reply.usage):
                failure = CallFailed(cut, cause=Cause.PROMPT_TOO_LONG)
                room = room_beside(request.body, exchange.text, completion.reply.usage)
                if room and await self._shorten(exchange, asked, splits, failure):
                    return
                exchange.fail(failure)
                break
            parsed = completion.reply.parsed
            if parsed.kind == "truncated":
                truncation = why_truncated(completion.reply, exchange.text, asked.smaller)
                parsed = replace(parsed, problem=truncation.reason)
                why = "an answer was cut"
                if truncation.splits and await self._split(exchange, asked, splits, why):
                    return
            del completion  # with the body: a chunk would hold it until its next answer
            exchange.take(parsed, asked.account)
            again = exchange.correction()
            # The same request gets the same answer.
            if exchange.finished or again.messages == wanted.messages:
                break
            wanted = again
        if not exchange.unsettled:
            self.probation.hear(exchange.fruitless())
        exchange.hand_over(asked.account)

    async def _complete(
        self, form: AnswerForm, wanted: Correction, repeat: int
    ) -> tuple[Request, Completion]:
        """Get an answer, in another response mode where the first is refused and may be changed."""
        build = partial(self.requests.build, form, wanted.messages, repeat, wanted.formerly)
        fallback = self._fallback
        if fallback is None:
            request = build()
            return request, await self._completions.get(request)
        while True:
            mode, request = fallback.form(), build()
            try:
                completion = await self._completions.get(request, mode)
            except CallFailed as error:
                if error.unsupported and not mode.wanted():
                    continue
                raise
            fallback.answered()
            return request, completion

    async def _shorten(
        self, exchange: Exchange, asked: Asked, splits: Splits, error: CallFailed
    ) -> bool:
        """Split what was too long for a request; stop the run where no length can fit."""
        why = "the request was too long"
        if self.probation.passed or splits.begun:
            split = await self._split(exchange, asked, splits, why)
        else:
            # One at a time tries whether any length fits, as long as none is known to.
            async with self._shortening:
                split = await self._split(exchange, asked, splits, why)
        if not split and len(exchange.text) < SHORTEST and not self.probation.passed:
            splits.hopeless = True
            self.probation.no_room(error)
        return split

    async def _split(self, exchange: Exchange, asked: Asked, splits: Splits, why: str) -> bool:
        """Ask about two halves; False where something came of it, or it is not cut."""
        # What was readable before (a repair was truncated) is kept rather than asked for anew.
        if exchange.readable is not None:
            return False
        parts = splits.allow(exchange.halves)
        # One after the other: what they state is accounted for in the order of the text.
        for part in parts:
            if not splits.hopeless:
                await self._pursue(part, asked, splits)
        if parts:
            asked.account.end("repaired", f"{why}; {asked.whole} was split")
        return bool(parts)


class Inquirer:
    """Who asks through an inquiry, as a run sees it: an annotator, whatever it asks.

    Attributes:
        at_once: chunks worth having under way.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self.at_once = inquiry.at_once
        self._inquiry = inquiry

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""
        return self._inquiry.stopped

    @property
    def identity(self) -> dict[str, JsonValue]:
        """The response mode, where it is found out while the run goes on."""
        return self._inquiry.identity

    @property
    def missing(self) -> dict[str, Request]:
        """Requests that an offline run would have sent, by key."""
        return self._inquiry.missing

    async def close(self) -> None:
        """Close connections, cache and journal."""
        await self._inquiry.close()
