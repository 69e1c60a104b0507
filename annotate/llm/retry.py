"""Try a call again where its failure may pass: how often, after which pause, for how long in all.

Which failures may pass is decided in `annotate.llm.errors`. One layer retries, and it is this one.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from annotate.llm.causes import MEANINGS, Cause, Reaction
from annotate.llm.errors import CallFailed, TransientError

if TYPE_CHECKING:
    import tenacity

log = logging.getLogger("annotate")

T = TypeVar("T")

_LONGEST_PAUSE = 60.0  # an endpoint that needs longer says so with Retry-After
_NOT_THERE_YET = (Cause.UNREACHABLE, Cause.LOADING)
_HELD_UP = 3  # failures in a row
_LONGEST_AT_THE_DOOR = 10.0  # of a server that starts: nobody is disturbed by another knock


class Call:
    """One call, over all its attempts.

    Attributes:
        sent: attempts that went out.
        failed: those that failed, but for the ones that say only that it is to wait.
        left: seconds that it may still take. What an attempt waits for its turn does not count.
        alone: whether no other request of the run was under way with it.
    """

    def __init__(self, timeout: float) -> None:
        self.sent = 0
        self.failed = 0
        self.alone = True
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
        attempts: how often it may fail at most.
        patient: an endpoint that is busy, loading or not there is asked again for as long as there
            is time, and such failures do not count: a server that starts needs a minute or more.
        where: host and port of the endpoint, for messages; "" where they are not known.
    """

    timeout: float
    attempts: int = 6
    patient: bool = False
    where: str = ""

    async def run(self, attempt: Callable[[Call], Awaitable[T]]) -> T:
        """Return what `attempt` returns, called again as long as it raises a TransientError.

        Raises:
            CallFailed: where the attempts or the time are used up.
        """
        call = Call(self.timeout)
        try:
            return await attempt(call)  # most need no more, and tenacity takes a while to begin
        except TransientError as error:
            failure = error
        except TimeoutError:
            raise self._failure(call, Cause.TIMEOUT, "") from None
        return await self._again(call, attempt, failure)

    async def _again(
        self, call: Call, attempt: Callable[[Call], Awaitable[T]], failure: TransientError
    ) -> T:
        """Go on with a call whose first attempt failed."""
        import tenacity

        failures = [failure]

        async def once() -> T:  # tenacity awaits what was declared as a coroutine function alone
            if failures:
                raise failures.pop()
            return await attempt(call)

        def enough(state: tenacity.RetryCallState) -> bool:
            call.failed += not (self.patient and _failure(state).cause.reaction is Reaction.WAIT)
            return state.upcoming_sleep >= call.left or call.failed >= self.attempts

        # A fresh object for each call: a shared one mixes up the state of concurrent calls.
        retrying = tenacity.AsyncRetrying(
            sleep=call.pause,
            retry=tenacity.retry_if_exception_type(TransientError),
            stop=enough,
            wait=_pause,
            before_sleep=self._log_pause,
            reraise=True,
        )
        try:
            return await retrying(once)
        except TransientError as error:
            raise self._failure(call, error.cause, str(error)) from None
        except TimeoutError:
            raise self._failure(call, Cause.TIMEOUT, "") from None

    def _log_pause(self, state: tenacity.RetryCallState) -> None:
        failure = _failure(state)
        log.info("%s; again in %.1f s", failure, state.upcoming_sleep)
        if self.patient and failure.cause in _NOT_THERE_YET and state.attempt_number == _HELD_UP:
            # Or a command would say nothing for minutes. The same for all calls, and shown once.
            asked = "; it"
            if self.where and failure.cause is Cause.UNREACHABLE:
                asked = f" to {self.where}: does a server run there? It"
            log.warning("%s%s is waited for, up to --timeout %g s", failure, asked, self.timeout)

    def _failure(self, call: Call, cause: Cause, said: str) -> CallFailed:
        """Return how a call ends whose attempts or time are used up, with what may help."""
        advice = ""
        if cause is Cause.TIMEOUT:
            said, advice = f"no answer within {self.timeout:g} s", "raise --timeout"
            if not call.alone:
                advice = (
                    "others were under way, and a server with few places lets them wait: "
                    "lower --concurrency, or raise --timeout"
                )
        elif cause in _NOT_THERE_YET:
            advice = MEANINGS[cause].advice
        times = "1 attempt" if call.sent == 1 else f"{call.sent} attempts"
        said = f"{said} ({times})" + (f"; {advice}" if advice else "")
        return CallFailed(said, exhausted=True, cause=cause)


def _pause(state: tenacity.RetryCallState) -> float:
    """Wait what the endpoint asks for, else longer each time; never in step with other calls."""
    failure = _failure(state)
    longest = _LONGEST_AT_THE_DOOR if failure.cause in _NOT_THERE_YET else _LONGEST_PAUSE
    # The exponent is bounded, too: a patient call is tried hundreds of times.
    growing: float = min(0.5 * 2.0 ** min(state.attempt_number - 1, 10), longest)
    growing *= random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
    if failure.pause is None:
        return growing
    # Never earlier than asked, not all waiting calls in the same instant, and where next to nothing
    # is asked for, not without end in a row.
    return max(failure.pause + random.uniform(0, 0.25), min(growing, 0.25))  # noqa: S311


def _failure(state: tenacity.RetryCallState) -> TransientError:
    failure = state.outcome.exception() if state.outcome else None
    assert isinstance(failure, TransientError)  # noqa: S101 (nothing else is tried again)
    return failure
