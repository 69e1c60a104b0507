"""Try a call again where its failure may pass: how often, after which pause, for how long in all.

Which failures may pass is decided in `annotate.llm.errors`. One layer retries, and it is this one:
openai's own retries are off.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import tenacity

from annotate.llm.causes import Cause
from annotate.llm.errors import CallFailed, TransientError

log = logging.getLogger("annotate")

T = TypeVar("T")

_LONGEST_PAUSE = 60.0  # an endpoint that needs longer says so with Retry-After


class Call:
    """One call, over all its attempts.

    Attributes:
        sent: attempts that went out.
        left: seconds that it may still take. What an attempt waits for its turn does not count.
    """

    def __init__(self, timeout: float) -> None:
        self.sent = 0
        self.left = timeout

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Count an attempt, and end it with TimeoutError where the call's time is up."""
        clock = asyncio.get_running_loop().time
        self.sent += 1
        began = clock()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.left -= clock() - began

    async def pause(self, seconds: float) -> None:
        """Wait before the next attempt."""
        self.left -= seconds
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Retry:
    """How a call is tried again.

    Attributes:
        timeout: seconds that a whole call may take, pauses between its attempts included: a body
            that drips defeats every timeout of a single read.
        attempts: how often it is sent at most.
    """

    timeout: float
    attempts: int = 6

    async def run(self, attempt: Callable[[Call], Awaitable[T]]) -> T:
        """Return what `attempt` returns, called again as long as it raises a TransientError.

        Raises:
            CallFailed: where the attempts or the time are used up.
        """
        call = Call(self.timeout)

        async def once() -> T:  # tenacity awaits what was declared as a coroutine function alone
            return await attempt(call)

        def enough(state: tenacity.RetryCallState) -> bool:
            return state.upcoming_sleep >= call.left or state.attempt_number >= self.attempts

        # A fresh object for each call: a shared one mixes up the state of concurrent calls.
        retrying = tenacity.AsyncRetrying(
            sleep=call.pause,
            retry=tenacity.retry_if_exception_type(TransientError),
            stop=enough,
            wait=_pause,
            before_sleep=_log_pause,
            reraise=True,
        )
        try:
            return await retrying(once)
        except TransientError as error:
            said = f"{error} ({_times(call.sent)})"
            raise CallFailed(said, exhausted=True, cause=error.cause) from None
        except TimeoutError:
            said = f"no answer within {self.timeout:g} s ({_times(call.sent)})"
            raise CallFailed(said, exhausted=True, cause=Cause.TIMEOUT) from None


def _pause(state: tenacity.RetryCallState) -> float:
    """Wait what the endpoint asks for, else longer each time; never in step with other calls."""
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.pause if isinstance(failure, TransientError) else None
    if asked is not None:
        # Never earlier than asked, and not all waiting calls in the same instant.
        return asked + random.uniform(0, 0.25)  # noqa: S311 (no secret)
    growing: float = min(0.5 * 2.0 ** (state.attempt_number - 1), _LONGEST_PAUSE)
    return growing * random.uniform(0.5, 1.0)  # noqa: S311


def _log_pause(state: tenacity.RetryCallState) -> None:
    reason = state.outcome.exception() if state.outcome else None
    log.info("%s; again in %.1f s", reason, state.upcoming_sleep)


def _times(sent: int) -> str:
    return "1 attempt" if sent == 1 else f"{sent} attempts"
