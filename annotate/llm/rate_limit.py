"""Requests and tokens a minute: whoever would pass the limit waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Throttle:
    """At most so many units a minute, evenly: a bucket that holds one second's worth.

    In no minute are more units taken than allowed and one second's worth. One request that is
    larger than a second's worth has the bucket to itself, and what follows waits until it is paid.

    Args:
        per_minute: units (requests, tokens) a minute; None for no limit.
        clock: seconds, monotonic.
    """

    def __init__(
        self, per_minute: float | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = None if per_minute is None else per_minute / 60
        self._clock = clock
        self._empty_at = float("-inf")  # when the bucket would have been empty, were it filled on

    async def take(self, units: float) -> None:
        """Wait until `units` may be used, first come first served."""
        if self._rate is None:
            return
        now = self._clock()
        seconds = units / self._rate
        self._empty_at = max(self._empty_at, now - max(1.0, seconds)) + seconds
        if self._empty_at > now:
            await asyncio.sleep(self._empty_at - now)

    def correct(self, reserved: float, used: float) -> None:
        """Give back what a request did not use, or take what it used beyond its reservation."""
        if self._rate is not None:
            self._empty_at -= (reserved - used) / self._rate
