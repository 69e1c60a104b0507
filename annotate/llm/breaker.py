"""Stop a run where going on would only repeat a failure for every chunk."""

from __future__ import annotations

import logging

from annotate.errors import AnnotateError, Stopped
from annotate.llm.causes import Cause
from annotate.llm.errors import CallFailed, EndpointStopped

log = logging.getLogger("annotate")

_FEWEST_FAILURES = 16  # an endpoint that restarts fails a few calls in a row and then goes on


class Breaker:
    """Hears how every call ended, and says when no more are made. One for all chunks of a run.

    Args:
        concurrency: calls under way at a time: so many may fail together for one reason.

    Attributes:
        stopped: why no further request goes out, None while they do.
    """

    def __init__(self, concurrency: int) -> None:
        self.stopped: AnnotateError | None = None
        self._concurrency = concurrency
        self._most_failures = max(_FEWEST_FAILURES, 2 * concurrency)
        self._failures = 0  # calls in a row that got no answer
        self._answered = False
        self._tripped: AnnotateError | None = None

    @property
    def tripped(self) -> bool:
        """Whether the next request would be held back."""
        return self.stopped is not None or self._tripped is not None

    def check(self) -> None:
        """Let a request through.

        Raises:
            Stopped: where no more go out.
        """
        if self._tripped is not None:
            self.stop(self._tripped)
        if self.stopped is not None:
            raise Stopped("the run was stopped before this request")

    def stop(self, reason: AnnotateError) -> None:
        """Let no further request through; the first reason stays."""
        if self.stopped is None:
            self.stopped = reason
            log.info("no further requests: %s", reason)

    def trip(self, reason: AnnotateError) -> None:
        """Stop at the next request; where none follows, as in a run from the cache, not at all."""
        if self._tripped is None:
            self._tripped = reason

    def answered(self) -> None:
        """Hear that a call got its answer."""
        self._answered, self._failures = True, 0

    def failed(self, error: CallFailed) -> None:
        """Hear that a call got no answer."""
        # Once a request was answered its form is known, and the refusal is about this one alone.
        if error.cause.concerns_all and not self._answered:
            self.stop(EndpointStopped(str(error), error.cause, error.parameter))
        # A request that is refused as it is says nothing about the next one, so it does not count.
        if error.exhausted:
            self._failures += 1
            # Each of these was tried for as long as --timeout allows: nobody is there.
            gone = error.cause in (Cause.UNREACHABLE, Cause.LOADING)
            if self._failures >= (self._concurrency if gone else self._most_failures):
                self.stop(
                    Stopped(
                        f"{_requests(self._failures)} got no answer, the last: {error}; "
                        "the same command goes on"
                    )
                )


def _requests(number: int) -> str:
    return "one request" if number == 1 else f"{number} requests in a row"
