"""Ask that a model calls its tool once, where the endpoint takes that.

Some models call a tool once for each thing that they find; strict schemas hold for one call alone.
`parallel_tool_calls: false` asks them not to. Some endpoints do not know it, and OpenAI's reasoning
models refuse it, so it is a wish: it goes out with a request and is no part of it. Keys, batches
and older caches know nothing of it, and several calls are united all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.llm.causes import Cause
from annotate.llm.client import Transport
from annotate.llm.errors import CallFailed
from annotate.llm.written import encode

WISH = "parallel_tool_calls"


class SingleCall:
    """Sends requests with the wish as long as the endpoint takes it. One for a run.

    Args:
        transport: to the endpoint.
        wanted: whether the wish is sent at all.
    """

    def __init__(self, transport: Transport, wanted: bool = True) -> None:
        self._transport = transport
        self._wanted = wanted
        self._sure = False  # whether the endpoint takes it, or an unclear refusal was tried without

    async def send(self, body: Mapping[str, Any], content: bytes) -> Any:
        """Send a body and return what the transport returns; once more where the wish is refused.

        `content` is the body as `encode` writes it.

        Raises:
            TransientError, CallFailed, Stopped: as the transport does.
        """
        # A body that calls no tool, or says it itself, goes out as it is.
        if not self._wanted or "tools" not in body or WISH in body:
            return await self._transport.send(content)
        try:
            answer = await self._transport.send(encode({**body, WISH: False}))
        except CallFailed as error:
            if not self._is_to_blame(error):
                raise
        else:
            self._sure = True
            return answer
        answer = await self._transport.send(content)
        self._wanted = False
        return answer

    def _is_to_blame(self, error: CallFailed) -> bool:
        """Say whether the wish may be refused; where an error names nothing, once in a run."""
        if error.cause is Cause.PARAMETER and error.parameter == WISH:
            return True
        unclear = error.cause is Cause.REFUSED and not self._sure
        self._sure = self._sure or unclear
        return unclear
