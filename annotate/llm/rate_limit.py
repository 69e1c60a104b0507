"""Requests and tokens a minute: whoever would pass the limit waits."""

from __future__ import annotations

import asyncio

from annotate.llm.usage import Usage

_BYTES_A_TOKEN = 4  # a guess, which is corrected once the answer says what it took


class Throttle:
    """At most so many units a minute, evenly: a bucket that holds one second's worth.

    In no minute are more units taken than allowed and one second's worth. One request that is
    larger than a second's worth has the bucket to itself, and what follows waits until it is paid.

    Args:
        per_minute: units (requests, tokens) a minute; None for no limit.
    """

    def __init__(self, per_minute: float | None) -> None:
        self._rate = None if per_minute is None else per_minute / 60
        self._empty_at = float("-inf")  # when the bucket would have been empty, were it filled on

    async def take(self, units: float) -> None:
        """Wait until `units` may be used, first come first served."""
        if self._rate is None:
            return
        # The place in the row is taken before the wait: whoever comes next stands behind it, and
        # one that is cancelled leaves its place empty instead of letting two go at once.
        now = asyncio.get_running_loop().time()
        seconds = units / self._rate
        self._empty_at = max(self._empty_at, now - max(1.0, seconds)) + seconds
        if self._empty_at > now:
            await asyncio.sleep(self._empty_at - now)

    def correct(self, reserved: float, used: float) -> None:
        """Give back what a request did not use, or take what it used beyond its reservation."""
        if self._rate is not None:
            self._empty_at -= (reserved - used) / self._rate


class RateLimit:
    """Requests and tokens a minute of one endpoint; None for no limit."""

    def __init__(self, requests: float | None, tokens: float | None) -> None:
        self._requests = Throttle(requests)
        self._tokens = Throttle(tokens)

    async def wait(self, most: Usage) -> None:
        """Wait until a request may go out that takes `most`, counted as one token per byte."""
        await self._requests.take(1)
        await self._tokens.take(_guess(most))

    def correct(self, most: Usage, used: Usage | None) -> None:
        """Put what a request did take in the place of what was guessed, where that is known."""
        if used is not None:
            self._tokens.correct(_guess(most), used.total)


def _guess(most: Usage) -> int:
    return most.total // _BYTES_A_TOKEN
