"""Send a request to an OpenAI-compatible endpoint, once.

What comes back is a body or a classified error; when to try again is decided in
`annotate.llm.retry`, what it costs in `annotate.llm.completions`.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Protocol

from annotate.llm.connection import Connection
from annotate.llm.errors import CallFailed, TransientError, classify, plain
from annotate.llm.extent import crowded, too_many

if TYPE_CHECKING:
    import httpx2


_NOT_ONE = "what came is not a completion"
_TOO_MANY = "the endpoint sends more values than any answer holds"


class Transport(Protocol):
    """The seam between a run and a model: one method that sends, as of an HTTP client."""

    async def send(self, content: bytes) -> Any:
        """Send the body of a chat completion, written as JSON, and return the body of the answer.

        Raises:
            TransientError: for a failure that may pass.
            CallFailed: where the request is refused as it is.
            Stopped: where every request would be: the key, the quota, the model.
        """

    async def close(self) -> None:
        """Close connections."""


class Client:
    """The model behind one endpoint, over HTTP; takes what `Connection` takes."""

    def __init__(self, base_url: str, key: str, *, timeout: float, concurrency: int = 16) -> None:
        self._connection = Connection(base_url, key, timeout=timeout, concurrency=concurrency)

    async def send(self, content: bytes) -> Any:
        """Send once; past the layer of openai that would parse the answer into its own models."""
        import openai

        try:
            response = await self._connection.post("/chat/completions", content=content)
        except (openai.APIStatusError, openai.APIConnectionError) as error:
            raise classify(error) from None  # its own words may hold the key, or the document
        return _completion(response)

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()


def api_key() -> str:
    """Return the key for the endpoint; local servers take any."""
    return os.environ.get("ANNOTATE_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"


def _completion(response: httpx2.Response) -> Any:
    """Return the body of a completion; anything else that comes with status 200 may pass."""
    # Read elsewhere: an error keeps what stands in this function alive, which may be large.
    reply, problem = _read(response.content)
    if problem == _NOT_ONE:
        kind = plain(response.headers.get("content-type", "").partition(";")[0])
        raise TransientError(f"{problem} ({kind or 'of no type'}); check --base-url")
    if problem:
        raise CallFailed(problem, exhausted=True)
    return reply


def _read(content: bytes) -> tuple[Any, str]:
    """Return a completion, or what is wrong with it."""
    if crowded(content):
        return None, _TOO_MANY
    try:
        reply = json.loads(content)
    except (ValueError, RecursionError):
        return None, _NOT_ONE
    if not isinstance(reply, dict) or "choices" not in reply:
        return None, _NOT_ONE
    if too_many(reply):
        return None, _TOO_MANY
    return reply, ""
