"""What it means that a request failed: it may pass, it fails alone, or the run must stop.

Nothing here shows a word that an endpoint wrote but its error codes: they may quote what was sent.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from annotate.errors import Incomplete, Stopped

if TYPE_CHECKING:
    import openai

_RETRIED = frozenset({408, 409, 425, 429})  # and every status from 500
_MAYBE_BILLED = frozenset({408, 502, 504, 520, 522, 524})  # a gateway's; the model may have gone on
_NEVER_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout")

# The words by which endpoints say what a status alone does not tell; no two kinds of server use the
# same. They are looked for, and never shown.
_QUOTA = ("insufficient_quota", "billing_hard_limit_reached")
_UNSUPPORTED = ("response_format", "json_schema", "tool_choice", "tools", "strict")
_TOO_LONG = ("context length", "context size", "context window", "too many tokens")
_LONGEST_WAIT = 86_400.0  # seconds
_LONGEST_DATE = 100  # characters
_NAME = re.compile(r"[A-Za-z0-9_.+/-]{1,60}")


class CallFailed(Incomplete):
    """One call that got no answer; the others go on. Its message quotes nothing that was sent.

    Attributes:
        unsupported: the endpoint says that it does not know the response form.
        too_long: it says that the request is larger than its context.
        exhausted: every attempt failed in a way that might have passed.
    """

    def __init__(
        self,
        message: str,
        *,
        unsupported: bool = False,
        too_long: bool = False,
        exhausted: bool = False,
    ) -> None:
        super().__init__(message)
        self.unsupported = unsupported
        self.too_long = too_long
        self.exhausted = exhausted


class Unbilled(Exception):
    """Marks a failure for which no endpoint charges: it was refused, or never sent."""


class TransientError(Exception):
    """A failure that may pass. `pause`: seconds that the endpoint asked to wait."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


class _UnbilledTransientError(TransientError, Unbilled):
    pass


class _UnbilledCallFailed(CallFailed, Unbilled):
    pass


class _UnbilledStopped(Stopped, Unbilled):
    pass


def redirected(to: str) -> Stopped:
    """Return the error for a redirect that is not followed; `to` says where it leads."""
    return _UnbilledStopped(f"the endpoint {to}; check --base-url")


def classify(error: openai.APIStatusError | openai.APIConnectionError) -> Exception:
    """Return what a failed request means: a TransientError, a CallFailed or a Stopped.

    Those of them that are Unbilled cost nothing.
    """
    import openai  # here already: the error comes from it

    if isinstance(error, openai.APIStatusError):
        return _classify_status(error)
    if isinstance(error, openai.APITimeoutError):
        return _classify_connection(error, "the endpoint did not answer in time")
    cause = type(error.__cause__ or error).__name__
    return _classify_connection(error, f"the connection failed ({cause})")


def _classify_connection(error: openai.APIConnectionError, reason: str) -> TransientError:
    never_sent = type(error.__cause__).__name__ in _NEVER_SENT
    return _UnbilledTransientError(reason) if never_sent else TransientError(reason)


def _classify_status(error: openai.APIStatusError) -> Exception:
    """Return what a status means; the first rule that fits holds."""
    status = error.status_code
    code, said = _said(error)
    # Before the statuses that are tried again: an exhausted quota comes as 429, too, and an unknown
    # model may come as 400.
    if status == 401:
        return _UnbilledStopped(f"the endpoint refuses the key ({status}); set OPENAI_API_KEY")
    if status == 403:
        return _UnbilledStopped(
            f"the endpoint refuses access ({_coded(status, code)}); check the key and its rights"
        )
    if status == 402 or code in _QUOTA:
        return _UnbilledStopped(
            f"the endpoint says that the quota is used up ({_coded(status, code)}); "
            "the same command goes on once it is raised"
        )
    if status == 404 or code == "model_not_found":
        return _UnbilledStopped(
            f"the endpoint knows no such model or path ({status}); check --model and --base-url"
        )
    if status in _RETRIED or status >= 500:
        pause = _retry_after(error)
        asked = "" if pause is None else f" and asks to wait {_waiting(pause)}"
        kind = TransientError if status in _MAYBE_BILLED else _UnbilledTransientError
        return kind(f"the endpoint answered {status}{asked}", pause)
    return _classify_refusal(status, code, said)


def _classify_refusal(status: int, code: str, said: str) -> CallFailed:
    """Return what it means that a request was refused as it is."""
    too_long = (
        status == 413 or "context_length" in code or any(words in said for words in _TOO_LONG)
    )
    # Too long goes first: such a message may name the tools as well.
    unsupported = not too_long and any(word in said for word in _UNSUPPORTED)
    hint = "; try another --mode (annotate doctor tells which)" if unsupported else ""
    return _UnbilledCallFailed(
        f"the endpoint refuses the request ({_coded(status, code)}){hint}",
        unsupported=unsupported,
        too_long=too_long,
    )


def _said(error: openai.APIStatusError) -> tuple[str, str]:
    """Return the error's code, and its words in lower case for matching (never for showing)."""
    body = error.body if isinstance(error.body, Mapping) else {}
    inner = body.get("error", body)
    inner = inner if isinstance(inner, Mapping) else {"message": inner}
    code = str(inner.get("code") or inner.get("type") or "")
    return plain(code), str(inner.get("message") or body or "").lower()


def plain(name: str) -> str:
    """Return a name that an endpoint chose where it is one, else "": it might be anything."""
    return name if _NAME.fullmatch(name) else ""


def _coded(status: int, code: str) -> str:
    return f"{status} {code}".strip()


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Read Retry-After in seconds or as a date; a date in the past asks for none.

    What is neither, or less than nothing, is None; what is longer than a day is a day, which no
    call waits for.
    """
    value = error.response.headers.get("retry-after", "")[:_LONGEST_DATE]
    try:
        seconds = float(value)
        if not seconds >= 0:  # "nan" is a float, too
            return None
    except ValueError:
        try:
            seconds = max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            return None
    return min(seconds, _LONGEST_WAIT)


def _waiting(seconds: float) -> str:
    return "a day or longer" if seconds >= _LONGEST_WAIT else f"{seconds:.0f} s"
