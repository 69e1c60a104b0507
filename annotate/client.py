"""Send requests to an OpenAI-compatible endpoint. One layer retries, and it is this one.

openai does the talking with its own retries off; tenacity repeats what may pass: 408, 409, 429, 5xx
and broken connections, with jitter, minding Retry-After, bounded by one total time a call (a body
that drips defeats timeouts a read). What cannot pass stops the run at once.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import tenacity

from annotate.errors import AnnotateError, Stopped

if TYPE_CHECKING:
    import openai

_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_LONGEST_PAUSE = 60.0
_MOST_BYTES = 32 * 1024 * 1024


class CallFailed(AnnotateError):
    """One call that got no answer; the others go on. Its message quotes nothing that was sent.

    Attributes:
        unsupported: the endpoint says that it does not know the response form.
        too_long: it says that the request is larger than its context.
    """

    exit_code = 4

    def __init__(self, message: str, *, unsupported: bool = False, too_long: bool = False) -> None:
        super().__init__(message)
        self.unsupported = unsupported
        self.too_long = too_long


class _Passing(Exception):
    """A failure that may pass. `pause`: seconds that the endpoint asked to wait."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Answer:
    """A body as it came: parsed JSON, or text where it was none."""

    reply: Any
    seconds: float
    attempts: int


class Client:
    """One endpoint, one connection pool.

    Args:
        base_url: of the OpenAI-compatible API.
        key: sent as bearer token, never shown.
        timeout: seconds for a whole call, retries and their pauses included.
        attempts: how often one request is sent at most.
    """

    def __init__(
        self, base_url: str, key: str, *, timeout: float, attempts: int = 6, concurrency: int = 16
    ) -> None:
        self._base_url = base_url
        self._key = key
        self._timeout = timeout
        self._attempts = attempts
        self._concurrency = concurrency
        self._connected: openai.AsyncOpenAI | None = None

    def _connection(self) -> openai.AsyncOpenAI:
        """Connect with the first request: a run from the cache imports no openai."""
        import httpx2
        import openai

        if self._connected is None:
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

    async def ask(self, body: Mapping[str, Any]) -> Answer:
        """Send a chat completion and return what came.

        Raises:
            Stopped: for 401, 403, an unknown model, an exhausted quota.
            CallFailed: where no answer came in time, or the request was refused as it is.
        """
        started = time.monotonic()
        sent = 0
        # A fresh object a call: a shared one mixes up the state of concurrent calls.
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(_Passing),
            stop=tenacity.stop_after_attempt(self._attempts),
            wait=_pause,
            reraise=True,
        )
        try:
            async with asyncio.timeout(self._timeout):
                async for attempt in retrying:
                    with attempt:
                        sent += 1
                        reply = await self._send(body)
        except _Passing as error:
            raise CallFailed(f"{error} after {sent} attempts") from None
        except TimeoutError:
            raise CallFailed(f"no answer within {self._timeout:g} s ({sent} attempts)") from None
        return Answer(reply, time.monotonic() - started, sent)

    async def _send(self, body: Mapping[str, Any]) -> Any:
        import openai

        try:
            response = await self._connection().chat.completions.with_raw_response.create(**body)
        except openai.APIStatusError as error:
            raise self._status(error) from None
        except openai.APITimeoutError:
            raise _Passing("the endpoint did not answer in time") from None
        except openai.APIConnectionError as error:
            cause = type(error.__cause__ or error).__name__
            raise _Passing(f"the connection failed ({cause})") from None
        return _parsed(response.content)

    def _status(self, error: openai.APIStatusError) -> Exception:
        status = error.status_code
        code, said = self._said(error)
        if status == 401 or status == 403:
            return Stopped(f"the endpoint refuses the key ({status}); set OPENAI_API_KEY")
        if status == 429 and code in ("insufficient_quota", "billing_hard_limit_reached"):
            return Stopped(f"the endpoint says that the quota is used up ({code})")
        if status == 404:
            return Stopped(
                "the endpoint knows no such model or path (404); check --model, --base-url"
            )
        if status in _RETRIED or status >= 500:
            return _Passing(f"the endpoint answered {status}", _retry_after(error))
        too_long = "context_length" in code or "context length" in said or "too many tokens" in said
        unsupported = any(
            word in said
            for word in ("response_format", "json_schema", "tool_choice", "tools", "strict")
        )
        hint = "; try another --mode (annotate doctor tells which)" if unsupported else ""
        return CallFailed(
            f"the endpoint refuses the request ({status} {code}){hint}".replace(" )", ")"),
            unsupported=unsupported,
            too_long=too_long,
        )

    def _said(self, error: openai.APIStatusError) -> tuple[str, str]:
        """Return the error's code, and its words in lower case for matching (never for showing)."""
        body = error.body if isinstance(error.body, Mapping) else {}
        inner = body.get("error", body)
        inner = inner if isinstance(inner, Mapping) else {}
        code = str(inner.get("code") or inner.get("type") or "")
        code = "".join(c for c in code if c.isalnum() or c in "_-.")[:60]
        return code, str(inner.get("message") or body or "").lower()

    async def close(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected.close()


def _parsed(content: bytes) -> Any:
    if len(content) > _MOST_BYTES:
        return ""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def _pause(state: tenacity.RetryCallState) -> float:
    """Wait what the endpoint asks for, else longer each time; never in step with other calls."""
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.pause if isinstance(failure, _Passing) else None
    if asked is not None:
        return min(asked, 3600.0) + random.uniform(0, 0.25)  # noqa: S311 (no secret)
    growing: float = min(0.5 * 2.0 ** (state.attempt_number - 1), _LONGEST_PAUSE)
    return growing * random.uniform(0.5, 1.0)  # noqa: S311


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Read Retry-After in seconds or as a date; a date in the past is no wait."""
    value = error.response.headers.get("retry-after")
    if value is None:
        return None
    try:
        return max(float(value), 0.0)
    except ValueError:
        pass
    try:
        date: float = parsedate_to_datetime(value).timestamp()
        return max(date - time.time(), 0.0)
    except ValueError:
        return None
