"""A cache for an event loop: whoever has to wait for another process waits in a thread.

Requests under way have their time, and other answers come in, while the store is held.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from annotate.llm.cache.disk import Held
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request

T = TypeVar("T")


class PatientCache:
    """Reads and keeps answers at once where nobody holds the cache, else in a thread of its own.

    For how long it waits, the cache says.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._thread = ThreadPoolExecutor(1, "cache")  # one: who came first is first in turn

    async def get(self, request: Request) -> Stored | None:
        """Return what `Cache.get` returns.

        Raises:
            CacheError: as that does.
        """
        try:
            return self._cache.get(request, wait=False)
        except Held:
            return await self._waiting(partial(self._cache.get, request))

    async def add(self, request: Request, stored: Stored) -> Stored:
        """Return what `Cache.add` returns; once begun, it is kept though nobody waits any more.

        Raises:
            CacheError: as that does.
        """
        try:
            return self._cache.add(request, stored, wait=False)
        except Held:
            return await self._waiting(partial(self._cache.add, request, stored))

    async def close(self) -> None:
        """Keep what still waits to be kept, then close the cache."""
        await self._waiting(lambda: None)  # behind all that waits
        self._thread.shutdown()
        self._cache.close()

    async def _waiting(self, act: Callable[[], T]) -> T:
        # Shielded: a job that has not begun would be dropped with whoever waits for it.
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, act))
