"""An event loop whose waiting takes no time, for what waits."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class Clock(asyncio.SelectorEventLoop):
    """An event loop in which waiting takes no time: where nothing is to be done, time moves on."""

    def __init__(self) -> None:
        super().__init__(_Skipping(self))
        self.now = 1000.0

    def time(self) -> float:
        return self.now


class _Skipping(selectors.DefaultSelector):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("deadlock: every task waits for another one")
        self._clock.now += max(timeout, 0.0)
        return super().select(0)


def run(clock: Clock, work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return clock.run_until_complete(work)
    finally:
        clock.close()
