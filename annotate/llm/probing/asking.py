"""Send the requests of a probe, all of them within one span of time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotate.errors import AnnotateError
from annotate.llm.causes import Cause
from annotate.llm.client import Transport
from annotate.llm.connection import Connection
from annotate.llm.errors import CallFailed, TransientError
from annotate.llm.responses import Reply, read_reply
from annotate.llm.retry import Call, Retry
from annotate.llm.written import encode

_ATTEMPTS = 2  # 500 is what some servers say to a mode that they do not know, or chance
_SHORTEST = 0.1  # seconds, in which an answer may come
_FEWEST_TOKENS = 16  # of an answer from which a speed can be told


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one request: a reply, or why there is none.

    Attributes:
        seconds: from its last sending to its end.
        tried: whether there was time to send it.
    """

    seconds: float
    reply: Reply | None = None
    error: CallFailed | None = None
    tried: bool = True

    @property
    def timed_out(self) -> bool:
        """Whether nothing was refused, and nothing came."""
        return self.tried and self.error is not None and self.error.cause is Cause.TIMEOUT

    @property
    def speed(self) -> float | None:
        """Tokens a second that were written, None where too few were."""
        usage = self.reply.usage if self.reply else None
        if usage is None or usage.completion_tokens < _FEWEST_TOKENS or not self.seconds:
            return None
        return usage.completion_tokens / self.seconds


class Asker:
    """Sends requests until its time is up.

    Args:
        transport: to the endpoint.
        seconds: for all requests together.
    """

    def __init__(self, transport: Transport, seconds: float) -> None:
        self._transport = transport
        self.seconds = seconds
        self._ends = asyncio.get_running_loop().time() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(self._ends - asyncio.get_running_loop().time(), 0.0)

    async def ask(self, body: Mapping[str, Any], share: float = 1.0) -> Outcome:
        """Send a request, again where its failure may pass; it may take a share of all the time.

        Raises:
            Stopped: where every request would be refused: the key, the quota, the model.
        """
        clock = asyncio.get_running_loop().time
        began = clock()

        async def attempt(call: Call) -> Any:
            nonlocal began
            began = clock()
            async with call.sending():
                return await self._transport.send(encode(body))

        timeout = min(self.left, share * self.seconds)
        if timeout < _SHORTEST:
            return Outcome(0.0, error=CallFailed("not tried, the time was up"), tried=False)
        try:
            answered = await Retry(round(timeout, 1), _ATTEMPTS).run(attempt)
        except CallFailed as error:
            return Outcome(clock() - began, error=error)
        return Outcome(clock() - began, read_reply(answered, body))


async def list_models(connection: Connection, seconds: float) -> Any:
    """Return what an endpoint lists as its models, None where it lists nothing in time."""
    try:
        async with asyncio.timeout(seconds):
            response = await connection.get("/models")
        return json.loads(response.content) if response.ok else None
    except (AnnotateError, TransientError, TimeoutError, ValueError):
        return None
    finally:
        await connection.close()
