"""An event loop that does not sleep, for runs over real sockets: pauses take no time.

`asyncio.sleep` moves the loop's time on instead, and so do the timers by which aiohttp closes
connections that were long idle; what waits for the network or for a thread waits as ever.
`clock.Clock` is for work without a network, in which nothing takes time.
"""

from __future__ import annotations

import asyncio
import heapq
import selectors
from asyncio import futures
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import helpers

# What is called at the end of a sleep, and to close idle connections.
_PAUSES = (futures._set_result_unless_cancelled, helpers._weakref_handle)  # type: ignore[attr-defined]


class Sleepless(asyncio.SelectorEventLoop):
    """A loop whose time runs on as real time does, and leaps where the next thing due is a sleep.

    Attributes:
        skipped: seconds that were not slept.
        began: the time at which it was made.
    """

    def __init__(self) -> None:
        self.skipped = 0.0
        self.began = super().time()
        self.sleeps: list[tuple[float, int, asyncio.TimerHandle]] = []
        super().__init__(_Leaping(self))

    def time(self) -> float:
        return super().time() + self.skipped

    def call_at(  # type: ignore[override] # the arguments of a callback are its own affair
        self, when: float, callback: Callable[..., object], *args: Any, **more: Any
    ) -> asyncio.TimerHandle:
        handle = super().call_at(when, callback, *args, **more)
        if callback in _PAUSES:
            heapq.heappush(self.sleeps, (handle.when(), id(handle), handle))
        return handle

    def leap(self, longest: float | None) -> bool:
        """Move time on to the next sleep's end, if nothing else is due before it."""
        while self.sleeps and self.sleeps[0][2].cancelled():
            heapq.heappop(self.sleeps)
        if not self.sleeps:
            return False
        left = self.sleeps[0][0] - self.time()
        if longest is not None and left > longest:
            return False
        heapq.heappop(self.sleeps)
        self.skipped += max(left, 0.0)
        return True


class _Leaping(selectors.DefaultSelector):
    def __init__(self, loop: Sleepless) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if found or timeout == 0 or self._loop.leap(timeout):
            return found
        return super().select(timeout)


class _Policy(asyncio.DefaultEventLoopPolicy):
    def __init__(self) -> None:
        super().__init__()
        self.loops: list[Sleepless] = []

    def new_event_loop(self) -> Sleepless:
        self.loops.append(Sleepless())
        return self.loops[-1]


@contextmanager
def sleepless() -> Iterator[Callable[[], float]]:
    """Let new event loops be sleepless; yield how much time has passed in the newest."""
    policy = _Policy()
    asyncio.set_event_loop_policy(policy)
    try:
        yield lambda: policy.loops[-1].time() - policy.loops[-1].began
    finally:
        asyncio.set_event_loop_policy(None)
