"""Send a request to an OpenAI-compatible endpoint, once.

What comes back is a body or a classified error; when to try again is decided in
`annotate.llm.retry`, what it costs in `annotate.llm.completions`.
"""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, Any, Protocol

from annotate.errors import UsageError
from annotate.llm.errors import TransientError, classify, plain

if TYPE_CHECKING:
    import httpx2
    import openai

_MOST_BYTES = 32 * 1024 * 1024  # far more than the longest completion takes


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
    """One endpoint over HTTP, one connection pool.

    Args:
        base_url: of the OpenAI-compatible API.
        key: sent as bearer token, never shown.
        timeout: seconds that connecting, or waiting for more of the body, may take.
        concurrency: connections at most.

    Raises:
        UsageError: for a key that no header can carry.
    """

    def __init__(self, base_url: str, key: str, *, timeout: float, concurrency: int = 16) -> None:
        key = key.strip()
        # Checked here: the error for a header that cannot be sent would show the key.
        if not (key.isascii() and key.isprintable() and key):
            raise UsageError("the key holds characters that no key has; set OPENAI_API_KEY anew")
        self._base_url = base_url
        self._key = key
        self._timeout = timeout
        self._concurrency = concurrency
        self._connected: openai.AsyncOpenAI | None = None

    async def send(self, content: bytes) -> Any:
        """Send once; past the layer of openai that would parse the answer into its own models."""
        connection = self._connection()
        import httpx2
        import openai

        try:
            response = await connection.post(
                "/chat/completions", cast_to=httpx2.Response, content=content
            )
        except (openai.APIStatusError, openai.APIConnectionError) as error:
            raise classify(error) from None  # its own words may hold the key, or the document
        return _completion(response)

    async def close(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected.close()

    def _connection(self) -> openai.AsyncOpenAI:
        """Connect with the first request: a run from the cache imports no openai."""
        if self._connected is not None:
            return self._connected
        import httpx2
        import openai

        for name in ("openai", "httpx2", "httpcore2"):
            # What they log is addresses with credentials, headers, and texts that were sent.
            logging.getLogger(name).setLevel(logging.WARNING)
        places = httpx2.Limits(
            max_connections=self._concurrency, max_keepalive_connections=self._concurrency
        )
        self._connected = openai.AsyncOpenAI(
            base_url=self._base_url,
            api_key=self._key,
            max_retries=0,  # annotate.llm.retry is the one layer that tries again
            timeout=self._timeout,
            http_client=openai.DefaultAsyncHttpx2Client(limits=places),
        )
        return self._connected


def api_key() -> str:
    """Return the key for the endpoint; local servers take any."""
    return os.environ.get("ANNOTATE_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"


def _completion(response: httpx2.Response) -> Any:
    """Return the body of a completion; anything else that comes with status 200 may pass."""
    content = response.content
    reply: Any = None
    if len(content) <= _MOST_BYTES:
        try:
            reply = json.loads(content)
        except (ValueError, RecursionError):
            reply = None
    if not isinstance(reply, dict) or "choices" not in reply:
        kind = plain(response.headers.get("content-type", "").partition(";")[0])
        raise TransientError(
            f"what came is not a completion ({kind or 'of no type'}); check --base-url"
        )
    return reply
