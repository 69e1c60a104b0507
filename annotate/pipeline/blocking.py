"""One blocking entry to asynchronous work, which works in a notebook too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


def run_blocking(work: Callable[[], Awaitable[T]]) -> T:
    """Run asynchronous work to its end; beside a running event loop, in a thread of its own."""
    under_way: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = []

    async def call() -> T:
        current = asyncio.current_task()
        if current is not None:
            under_way.append((asyncio.get_running_loop(), current))
        return await work()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(call())
    # A loop cannot be entered twice in one thread, and a notebook's is running already.
    with ThreadPoolExecutor(1, "annotate") as executor:
        try:  # from the start: the work may have begun before it is waited for
            return executor.submit(lambda: asyncio.run(call())).result()
        except KeyboardInterrupt:  # a notebook's stop button reaches this thread alone
            for loop, task in under_way:
                with suppress(RuntimeError):  # it has ended meanwhile
                    loop.call_soon_threadsafe(task.cancel)
            raise
