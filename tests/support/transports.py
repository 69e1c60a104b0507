"""A model without a network: what it answers, and how it fails, is written down beforehand."""

from __future__ import annotations

import asyncio
import json
from typing import Any

Body = dict[str, Any]


def completion(
    words: str = '{"annotations": []}', *, finish: str = "stop", usage: Body | None = None
) -> Body:
    """Return the body of a chat completion."""
    message = {"role": "assistant", "content": words}
    reported = {} if usage is None else {"usage": usage}
    return {"choices": [{"message": message, "finish_reason": finish}], **reported}


class Scripted:
    """A transport that gives these outcomes one after another; the last one stays.

    Args:
        outcomes: bodies, and errors that are raised in the place of one.
        takes: seconds from a request to its outcome.

    Attributes:
        sent: the bodies that came, in order, and `times` when.
        most_in_flight: the most of them that were under way at one time.
    """

    def __init__(self, *outcomes: Body | Exception, takes: float = 0.0) -> None:
        self.sent: list[Body] = []
        self.times: list[float] = []
        self.most_in_flight = 0
        self.closed = False
        self._outcomes = outcomes
        self._takes = takes
        self._in_flight = 0

    async def send(self, content: bytes) -> Any:
        outcome = self._outcomes[min(len(self.sent), len(self._outcomes) - 1)]
        self.sent.append(json.loads(content))
        self.times.append(asyncio.get_running_loop().time())
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            await asyncio.sleep(self._takes)
        finally:
            self._in_flight -= 1
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def close(self) -> None:
        self.closed = True
