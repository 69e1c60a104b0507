"""Get the answer to a request: from the cache, from the same request under way, or paid for.

What happens to a request, from top to bottom: it is looked up; it waits for its turn; each attempt
at it is reserved against the cap, sent, booked; its answer is stored before it is used. What must
not go on stops here, once, for all chunks of a run.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from annotate.errors import AnnotateError, CacheError, Incomplete, Stopped
from annotate.llm.breaker import Breaker
from annotate.llm.budget import Budget
from annotate.llm.cache.patience import PatientCache
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.causes import Cause
from annotate.llm.client import Transport
from annotate.llm.errors import CallFailed, Unbilled
from annotate.llm.pricing import Price
from annotate.llm.probation import Probation
from annotate.llm.rate_limit import RateLimit
from annotate.llm.request import Request
from annotate.llm.responses import Reply, read_reply
from annotate.llm.retry import Call, Retry
from annotate.llm.single_call import SingleCall
from annotate.llm.usage import Usage

_TEMPLATE_TOKENS = 512  # what an endpoint's chat template may add to the words that are sent


class OfflineMiss(Incomplete):
    """A request that is not in the cache of an offline run."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The reply to a request, with what it took when it was asked.

    Attributes:
        cost: US dollars, None where no price was known.
        cached: whether it was not asked for now.
    """

    reply: Reply
    cost: float | None
    seconds: float
    cached: bool = field(default=False, compare=False)  # the same answer, wherever it comes from

    @classmethod
    def of(cls, stored: Stored, request: Request) -> Completion:
        """Read an answer from the cache."""
        return cls(read_reply(stored.reply, request.body), stored.cost, stored.seconds, cached=True)

    def to_stored(self) -> Stored:
        """Return it as the cache keeps it."""
        retry = self.reply.parsed.kind != "answer"
        return Stored(self.reply.body, self.cost, self.seconds, retry)


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every request.

    Attributes:
        max_completion_tokens: the most tokens that an answer may have.
        price: of the model, None where none is known.
        concurrency: requests under way at most.
        offline: a request that is not in the cache is an error.
        retry_failed: ask again what was refused, truncated or could not be read.
        single_call: ask for one tool call, where the endpoint takes that.
        give_up_after: chunks from the start that may bring nothing; 0 for any number.
    """

    max_completion_tokens: int
    price: Price | None = None
    concurrency: int = 16
    offline: bool = False
    retry_failed: bool = False
    single_call: bool = True
    give_up_after: int = 8


class Form(Protocol):
    """How a request is put, which an endpoint may refuse."""

    def wanted(self) -> bool:
        """Say whether requests are still put so."""

    def refused(self, error: CallFailed) -> bool:
        """Hear that it was refused; say whether requests are put in another way from here on."""


class Answers(Protocol):
    """Gets the answer to a request: here, or in another process.

    Attributes:
        missing: requests that an offline run would have sent, by key.
        concurrency: requests under way at most.
        probation: what hears what comes of the answers.
    """

    missing: dict[str, Request]
    concurrency: int
    probation: Probation

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""

    async def get(self, request: Request, form: Form | None = None) -> Completion:
        """Return the answer to a request, as `Completions.get`."""

    async def close(self) -> None:
        """Let go of what is open."""


class Completions:
    """The answers of one endpoint, each paid for once. Shared by all chunks of a run.

    Attributes:
        sent, cached: attempts that went out, and requests that the cache answered.
        missing: requests that an offline run would have sent, by key.
        concurrency: requests under way at most.
        probation: what hears what comes of the answers.
    """

    def __init__(
        self,
        transport: Transport,
        cache: Cache,
        budget: Budget,
        rate_limit: RateLimit,
        retry: Retry,
        options: Options,
    ) -> None:
        self.sent = 0
        self.cached = 0
        self.missing: dict[str, Request] = {}
        self._transport = transport
        self._cache = PatientCache(cache)
        self._budget = budget
        self._rate_limit = rate_limit
        self._retry = retry
        self._options = options
        self.concurrency = options.concurrency
        self._breaker = Breaker(options.concurrency)
        self.probation = Probation(self._breaker, options.give_up_after)
        self._in_flight = asyncio.Semaphore(options.concurrency)
        self._sending = 0
        self._under_way: dict[str, asyncio.Task[Completion]] = {}
        # Grows with what came: the thoughts of some models stand under no limit of the answer.
        self._most_written = options.max_completion_tokens
        self._single_call = SingleCall(transport, options.single_call)
        self._asked: set[str] = set()  # what --retry-failed asked again, which it does once

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""
        return self._breaker.stopped

    def stop(self, reason: AnnotateError) -> None:
        """Send nothing more, for the first reason that is given."""
        self._breaker.stop(reason)

    async def get(self, request: Request, form: Form | None = None) -> Completion:
        """Return the answer to a request, which is sent only if its `form` is wanted by then.

        Raises:
            Stopped: where nothing more is sent; `stopped` says why.
            CallFailed: where this call got no answer.
            OfflineMiss: where it is not in the cache and nothing may be sent.
        """
        answering = self._under_way.get(request.key)
        if answering is None:
            # A task of its own, so that it outlives the chunk that happened to ask first.
            answering = self._under_way[request.key] = asyncio.create_task(
                self._answer(request, form)
            )
            answering.add_done_callback(lambda _: self._under_way.pop(request.key, None))
        # Shielded: whoever stops waiting must not cancel what others wait for, and what is paid.
        return await asyncio.shield(answering)

    async def settle(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def close(self) -> None:
        """Drop what is under way, then close connections, journal and cache."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._transport.close()
        self._budget.close()
        await self._cache.close()

    async def _answer(self, request: Request, form: Form | None) -> Completion:
        """Return the answer from the cache, else pay for it."""
        kept = await self._kept(request)
        if kept is not None:
            self.cached += 1
            return kept
        if self._options.offline:
            self.missing[request.key] = request
            raise OfflineMiss("not in the cache, and --offline sends nothing")
        return await self._pay(request, form)

    async def _kept(self, request: Request) -> Completion | None:
        """Return what the cache holds, unless it is to be asked again and was not yet."""
        try:
            kept = await self._cache.get(request)
        except CacheError as error:
            self._breaker.stop(error)
            raise Stopped("the cache could not be read") from error
        if kept is None:
            return None
        completion = Completion.of(kept, request)
        # As it is read today: a later version may read what an earlier one could not.
        failed = completion.reply.parsed.kind != "answer"
        again = self._options.retry_failed and request.key not in self._asked
        return None if failed and again else completion

    async def _pay(self, request: Request, form: Form | None) -> Completion:
        """Ask for an answer, in as many attempts as it takes, and keep it."""
        async with self._in_flight:
            self._breaker.check()
            if form is not None and not form.wanted():
                raise CallFailed("its form was refused before", cause=Cause.MODE)
            clock = asyncio.get_running_loop().time
            began = clock()
            content = request.content
            try:
                reply, cost = await self._retry.run(
                    lambda call: self._attempt(call, request, content)
                )
            except Stopped as error:
                self._breaker.stop(error)
                raise
            except CallFailed as error:
                # Heard in its place, so that the next request waits for what comes of it.
                if not (error.unsupported and form is not None and form.refused(error)):
                    self._breaker.failed(error)
                raise
            # Rounded as it is stored: a run from the cache is the same to the byte.
            seconds = round(clock() - began, 3)
            self._breaker.answered()
            self._asked.add(request.key)
            # In its place still: where the store makes it wait, not much more is bought meanwhile.
            return await self._keep(request, Completion(reply, cost, seconds))

    async def _attempt(
        self, call: Call, request: Request, content: bytes
    ) -> tuple[Reply, float | None]:
        """Reserve what an attempt may cost, wait for its turn, send it, book what it did cost."""
        # Byte-level vocabularies never make more tokens than there are bytes.
        most = Usage(len(content) + _TEMPLATE_TOKENS, self._most_written)
        reserved = self._options.price.most(most) if self._options.price else 0.0
        reservation = await self._budget.reserve(reserved)
        cost: float | None = 0.0  # as long as nothing is sent
        try:
            await self._rate_limit.wait(most)
            self._breaker.check()  # again: the run may have stopped while this one waited
            self.sent += 1
            cost = None  # sent, and whatever happens now may be billed
            async with call.sending():
                body = await self._send(call, request, content)
            reply = read_reply(body, request.body)
            cost = self._cost(reply, reserved)
            self._rate_limit.correct(most, reply.usage)
            written = reply.usage.completion_tokens if reply.usage else 0
            self._most_written = max(self._most_written, written)
        except Unbilled:
            cost = 0.0
            self._rate_limit.correct(most, Usage(0, 0))
            raise
        finally:
            self._budget.book(reservation, cost)
        return reply, cost

    async def _send(self, call: Call, request: Request, content: bytes) -> Any:
        """Send an attempt, and note whether others are under way with it."""
        self._sending += 1
        call.alone &= self._sending == 1
        try:
            return await self._single_call.send(request.body, content)
        finally:
            call.alone &= self._sending == 1
            self._sending -= 1

    def _cost(self, reply: Reply, reserved: float) -> float | None:
        """Return what an answer cost; the most it can have cost where it does not say."""
        price = self._options.price
        if price is None:
            return None
        return price.of(reply.usage) if reply.usage else reserved

    async def _keep(self, request: Request, completion: Completion) -> Completion:
        """Store an answer; return the one that stays, which another process may have stored."""
        stored = completion.to_stored()
        try:
            kept = await self._cache.add(request, stored)
        except CacheError as error:
            # The answer is used; nothing more is bought that could not be kept.
            self._breaker.stop(Stopped(str(error)))
            return completion
        if kept is stored:
            return completion
        return replace(Completion.of(kept, request), cached=False)  # it was paid for all the same
