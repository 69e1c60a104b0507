"""Get the answer to a request: from the cache, from the same request under way, or paid for.

Every attempt at a request is reserved against the cap, sent, booked; every answer is stored before
it is used. What must not go on stops here, once, for all chunks of a run.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from annotate.errors import AnnotateError, CacheError, Incomplete, Stopped
from annotate.llm.budget import Budget
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.client import Attempt, Client, encoded
from annotate.llm.errors import CallFailed, Unbilled
from annotate.llm.modes import Mode
from annotate.llm.pricing import Price
from annotate.llm.rate_limit import Throttle
from annotate.llm.request import Request
from annotate.llm.responses import Usage, read, usage

log = logging.getLogger("annotate")

_TEMPLATE_TOKENS = 512  # what an endpoint's chat template may add to the words that are sent
_BYTES_A_TOKEN = 4  # a guess for the throttle, which is corrected afterwards
_FEWEST_FAILURES = 16


@dataclass(frozen=True)
class Asking:
    """How requests are made.

    Attributes:
        endpoint: the base URL without credentials, as in keys and reports.
        repairs: how often an answer may be sent back with what is wrong with it.
        offline: a request that is not in the cache is an error.
        retry_failed: ask again what was refused, cut short or could not be read.
    """

    model: str
    endpoint: str
    mode: Mode
    repairs: int = 2
    concurrency: int = 16
    offline: bool = False
    retry_failed: bool = False
    price: Price | None = None


class OfflineMiss(Incomplete):
    """A request that is not in the cache of an offline run."""


class Answers:
    """The answers of one endpoint, each paid for once. Shared by all chunks of a run.

    Args:
        allowed: the most tokens that an answer may have.

    Attributes:
        sent, cached: attempts that went out, and requests that the cache answered.
        missing: requests that an offline run would have sent, by key.
        stopped: why no further request goes out, None while they do.
    """

    def __init__(
        self,
        asking: Asking,
        cache: Cache,
        budget: Budget,
        client: Client,
        requests_a_minute: Throttle,
        tokens_a_minute: Throttle,
        allowed: int,
    ) -> None:
        self.sent = 0
        self.cached = 0
        self.missing: dict[str, Request] = {}
        self.stopped: AnnotateError | None = None
        self._asking = asking
        self._cache = cache
        self._budget = budget
        self._client = client
        self._requests_a_minute = requests_a_minute
        self._tokens_a_minute = tokens_a_minute
        self._allowed = allowed
        self._places = asyncio.Semaphore(asking.concurrency)
        self._under_way: dict[str, asyncio.Task[Stored]] = {}
        self._asked: set[str] = set()
        self._answered = False
        self._failures = 0  # calls in a row that got no answer

    async def get(self, request: Request) -> Stored:
        """Return the answer to a request.

        Raises:
            Stopped: where nothing more is sent; `stopped` says why.
            CallFailed: where this call got no answer.
            OfflineMiss: where it is not in the cache and nothing may be sent.
        """
        key = request.key
        paying = self._under_way.get(key)
        if paying is None:
            kept = self._kept(request, key)
            if kept is not None:
                self.cached += 1
                return kept
            if self._asking.offline:
                self.missing[key] = request
                raise OfflineMiss("not in the cache, and --offline sends nothing")
            paying = self._under_way[key] = asyncio.create_task(self._pay(request, key))
            paying.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(paying)

    async def close(self) -> None:
        """Drop what is under way, then close connections, journal and cache."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._client.close()
        self._budget.close()
        self._cache.close()

    def _kept(self, request: Request, key: str) -> Stored | None:
        """Return what the cache holds, unless it is to be asked again and was not yet."""
        try:
            kept = self._cache.get(request)
        except CacheError as error:
            self._stop(error)
            raise Stopped("the cache could not be read") from error
        again = self._asking.retry_failed and key not in self._asked
        return None if kept is not None and kept.retry and again else kept

    async def _pay(self, request: Request, key: str) -> Stored:
        async with self._places:
            self._go_on()
            content = encoded(request.body)
            # Byte-level vocabularies never make more tokens than there are bytes.
            most = Usage(len(content) + _TEMPLATE_TOKENS, self._allowed)
            reserved = self._asking.price.of(most) if self._asking.price else 0.0
            try:
                answer = await self._client.ask(content, lambda: self._admitted(most, reserved))
            except Stopped as error:
                self._stop(error)
                raise
            except CallFailed as error:
                self._count(error)
                raise
        self._answered, self._failures = True, 0
        self._asked.add(key)
        stored = Stored(
            answer.reply,
            self._cost(answer.reply, reserved),
            round(answer.seconds, 3),  # as it is stored: the same run from the cache is the same
            read(answer.reply).outcome != "answer",
        )
        try:
            return self._cache.add(request, stored)
        except CacheError as error:
            # The answer is used; nothing more is bought that could not be kept.
            self._stop(Stopped(str(error)))
        return stored

    @asynccontextmanager
    async def _admitted(self, most: Usage, reserved: float) -> AsyncIterator[Attempt]:
        """Reserve what an attempt may cost, wait for its turn, and book what it did cost."""
        reservation = await self._budget.reserve(reserved)
        cost: float | None = 0.0
        attempt = Attempt()
        tokens = (most.prompt_tokens + most.completion_tokens) // _BYTES_A_TOKEN
        try:
            await self._requests_a_minute.take(1)
            await self._tokens_a_minute.take(tokens)
            self._go_on()
            self.sent += 1
            cost = None
            yield attempt
            cost = self._cost(attempt.reply, reserved)
            if took := usage(attempt.reply):
                used = took.prompt_tokens + took.completion_tokens
                self._tokens_a_minute.correct(tokens, used)
        except Unbilled:
            cost = 0.0
            self._tokens_a_minute.correct(tokens, 0)
            raise
        finally:
            self._budget.book(reservation, cost)

    def _cost(self, reply: object, reserved: float) -> float | None:
        """Return what an answer cost; the most it can have cost where it does not say."""
        price = self._asking.price
        if price is None:
            return None
        took = usage(reply)
        return price.of(took) if took else reserved

    def _count(self, error: CallFailed) -> None:
        """Stop where going on would only repeat the failure for every chunk."""
        if error.unsupported and not self._answered:
            self._stop(Stopped(str(error)))
        if error.exhausted:
            self._failures += 1
            if self._failures >= max(_FEWEST_FAILURES, 2 * self._asking.concurrency):
                self._stop(
                    Stopped(
                        f"{self._failures} requests in a row got no answer, the last: {error}; "
                        "the same command goes on"
                    )
                )

    def _go_on(self) -> None:
        if self.stopped is not None:
            raise Stopped("the run was stopped before this request")

    def _stop(self, reason: AnnotateError) -> None:
        if self.stopped is None:
            self.stopped = reason
            log.info("no further requests: %s", reason)
