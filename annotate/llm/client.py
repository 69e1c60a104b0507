"""Send requests to an OpenAI-compatible endpoint. One layer retries, and it is this one.

openai does the talking with its own retries off; tenacity repeats what may pass (`failures` says
what), with jitter, minding Retry-After, bounded by one total time a call: a body that drips defeats
timeouts a read.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tenacity
from pydantic_core import to_json

from annotate.errors import UsageError
from annotate.llm.errors import CallFailed, Passing, broken, meaning, plain

if TYPE_CHECKING:
    import httpx2
    import openai

log = logging.getLogger("annotate")


_LONGEST_PAUSE = 60.0
_MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A body as it came: parsed JSON, with what it took to get it."""

    reply: Any
    seconds: float
    attempts: int


@dataclass(slots=True)
class Attempt:
    """One attempt at a call: `reply` is set when it came back with a completion."""

    reply: Any = None


Admission = Callable[[], AbstractAsyncContextManager[Attempt]]
"""Stands around every attempt: waits until it may go out, and accounts for it afterwards."""


@asynccontextmanager
async def freely() -> AsyncIterator[Attempt]:
    """Let an attempt go out at once."""
    yield Attempt()


class Client:
    """One endpoint, one connection pool.

    Args:
        base_url: of the OpenAI-compatible API.
        key: sent as bearer token, never shown.
        timeout: seconds that a whole call may take, retries and their pauses included; what an
            admission waits does not count.
        attempts: how often one request is sent at most.

    Raises:
        UsageError: for a key that no header can carry.
    """

    def __init__(
        self, base_url: str, key: str, *, timeout: float, attempts: int = 6, concurrency: int = 16
    ) -> None:
        key = key.strip()
        if not (key.isascii() and key.isprintable() and key):
            raise UsageError("the key holds characters that no key has; set OPENAI_API_KEY anew")
        self._base_url = base_url
        self._key = key
        self._timeout = timeout
        self._attempts = attempts
        self._concurrency = concurrency
        self._connected: openai.AsyncOpenAI | None = None

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
            max_retries=0,
            timeout=self._timeout,
            http_client=openai.DefaultAsyncHttpx2Client(limits=places),
        )
        return self._connected

    async def ask(self, body: Mapping[str, Any] | bytes, admission: Admission = freely) -> Answer:
        """Send a chat completion, written out or not, and return what came.

        Raises:
            Stopped: for 401, 402, 403, an unknown model, an exhausted quota.
            CallFailed: where no answer came in time, or the request was refused as it is.
        """
        content = body if isinstance(body, bytes) else encoded(body)
        started = time.monotonic()
        sent, sending = 0, 0.0

        def enough(state: tenacity.RetryCallState) -> bool:
            late = sending + state.idle_for + state.upcoming_sleep >= self._timeout
            return late or state.attempt_number >= self._attempts

        # A fresh object a call: a shared one mixes up the state of concurrent calls.
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(Passing),
            stop=enough,
            wait=_pause,
            before_sleep=_note,
            reraise=True,
        )
        try:
            async for each in retrying:
                with each:
                    async with admission() as attempt:
                        sent += 1
                        left = self._timeout - sending - each.retry_state.idle_for
                        began = time.monotonic()
                        try:
                            async with asyncio.timeout(left):
                                attempt.reply = await self._send(content)
                        finally:
                            sending += time.monotonic() - began
        except Passing as error:
            raise CallFailed(f"{error} ({_times(sent)})", exhausted=True) from None
        except TimeoutError:
            raise CallFailed(
                f"no answer within {self._timeout:g} s ({_times(sent)})", exhausted=True
            ) from None
        return Answer(attempt.reply, time.monotonic() - started, sent)

    async def _send(self, content: bytes) -> Any:
        """Send once; past the layer of openai that would parse the answer into its own models."""
        connection = self._connection()
        import httpx2
        import openai

        try:
            response = await connection.post(
                "/chat/completions", cast_to=httpx2.Response, content=content
            )
        except openai.APIStatusError as error:
            raise meaning(error) from None
        except openai.APITimeoutError as error:
            raise broken(error, "the endpoint did not answer in time") from None
        except openai.APIConnectionError as error:
            cause = type(error.__cause__ or error).__name__
            raise broken(error, f"the connection failed ({cause})") from None
        return _completion(response)

    async def close(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected.close()


def encoded(body: Mapping[str, Any]) -> bytes:
    """Return a body as it is sent; lone surrogates, which are no UTF-8, as JSON escapes."""
    try:
        return to_json(body)  # seven times as fast as json.dumps on bodies of 50 kB
    except ValueError:
        return json.dumps(body, separators=(",", ":")).encode()


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
        raise Passing(f"what came is no completion ({kind or 'of no type'}); check --base-url")
    return reply


def _times(sent: int) -> str:
    return "1 attempt" if sent == 1 else f"{sent} attempts"


def _note(state: tenacity.RetryCallState) -> None:
    reason = state.outcome.exception() if state.outcome else None
    log.info("%s; again in %.1f s", reason, state.upcoming_sleep)


def _pause(state: tenacity.RetryCallState) -> float:
    """Wait what the endpoint asks for, else longer each time; never in step with other calls."""
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.pause if isinstance(failure, Passing) else None
    if asked is not None:
        return asked + random.uniform(0, 0.25)  # noqa: S311 (no secret)
    growing: float = min(0.5 * 2.0 ** (state.attempt_number - 1), _LONGEST_PAUSE)
    return growing * random.uniform(0.5, 1.0)  # noqa: S311
