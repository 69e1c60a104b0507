"""What may go wrong with an answer: a function for each way.

A behaviour takes an answer and returns another. Those without parameters are behaviours as they
stand (`fenced`), the others make one (`late(0.2)`). They compose in the order in which they are
given. An error replaces status and body and leaves delivery alone, so `late` and `server_error` go
together. Behaviours that change the words are defined in `wording` and offered here too.
"""

from __future__ import annotations

import gzip
import math
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from typing import Any

from annotate.testing.answers import Answer, Behaviour, Body, Cut, failure
from annotate.testing.wording import (
    breaks_schema,
    changed,
    check_share,
    duplicate_keys,
    empty,
    extra_keys,
    fenced,
    invented_quotes,
    malformed,
    not_a_number,
    raw_newlines,
    saying,
    thinking,
    without_keys,
    words_cut,
    wrong_types,
)

__all__ = [
    "body_cut",
    "breaks_schema",
    "changed",
    "connection_cut",
    "content_filtered",
    "context_too_long",
    "dripping",
    "duplicate_keys",
    "edited",
    "empty",
    "extra_keys",
    "failing",
    "fenced",
    "finished",
    "forbidden",
    "gzipped",
    "html",
    "invented_quotes",
    "late",
    "malformed",
    "model_not_found",
    "not_a_number",
    "queued",
    "quota_exhausted",
    "rate_limited",
    "raw_newlines",
    "refused",
    "saying",
    "server_error",
    "thinking",
    "truncated",
    "unauthorized",
    "unsupported",
    "without_choices",
    "without_keys",
    "without_usage",
    "words_cut",
    "wrong_types",
]

# ---- Delivery ----


def late(seconds: float) -> Behaviour:
    """Wait before the first byte."""
    return lambda answer: answer.delivered(delay=seconds)


def queued(seconds: float, places: int = 1) -> Behaviour:
    """Take so many seconds for each answer, for so many at once: the others wait in a row."""
    if seconds <= 0 or places < 1:
        raise ValueError("queued takes seconds above 0 and a place or more")
    free = [0.0] * places  # when each place is free again

    def wait(answer: Answer) -> Answer:
        now = time.monotonic()
        place = free.index(min(free))
        free[place] = max(free[place], now) + seconds
        return answer.delivered(delay=free[place] - now)

    return wait


def dripping(seconds: float, size: int = 1) -> Behaviour:
    """Send the headers, then `size` bytes of the body every so many seconds."""
    if seconds < 0 or size < 1:
        raise ValueError("dripping takes seconds from 0 and a size from 1 byte")
    return lambda answer: answer.delivered(drip=seconds, drip_size=size)


def connection_cut(where: Cut = "before headers", *, reset: bool = False) -> Behaviour:
    """End the connection early: in order (FIN), or with a TCP reset.

    In a batch such a line is never carried out: it ends in the error file as expired.
    """
    if where not in ("before headers", "after headers", "mid-body"):
        raise ValueError(f"{where!r}: cut before headers, after headers or mid-body")
    return lambda answer: answer.delivered(cut=where, reset=reset)


# ---- Errors ----


def failing(
    status: int,
    message: str,
    *,
    kind: str = "invalid_request_error",
    code: str | None = None,
    param: str | None = None,
) -> Behaviour:
    """Answer with any error, in the protocol's form."""
    status, body = failure(status, message, kind=kind, code=code, param=param)

    def fail(answer: Answer) -> Answer:
        return replace(answer, status=status, body=body, headers={}, codings=())

    return fail


def rate_limited(retry_after: float | None = None, *, as_date: bool = False) -> Behaviour:
    """Answer 429, with Retry-After in seconds or as an HTTP date (whole seconds, rounded up)."""
    fail = failing(
        429, "Rate limit reached for requests", kind="requests", code="rate_limit_exceeded"
    )

    def limit(answer: Answer) -> Answer:
        if retry_after is None:
            return fail(answer)
        date = formatdate(math.ceil(time.time() + retry_after), usegmt=True)
        value = date if as_date else f"{retry_after:g}"
        return replace(fail(answer), headers={"retry-after": value})

    return limit


def server_error(status: int = 500) -> Behaviour:
    """Answer 500, 503 or another status of the server's own."""
    words = {
        500: "The server had an error while processing your request",
        503: "The engine is currently overloaded, please try again later",
    }
    return failing(status, words.get(status, "The server could not answer"), kind="server_error")


quota_exhausted = failing(
    429,
    "You exceeded your current quota, please check your plan and billing details",
    kind="insufficient_quota",
    code="insufficient_quota",
)
"""429 that waiting does not help."""

unauthorized = failing(401, "Incorrect API key provided", code="invalid_api_key")
"""401."""

forbidden = failing(
    403,
    "Country, region, or territory not supported",
    kind="request_forbidden",
    code="unsupported_country_region_territory",
)
"""403."""

model_not_found = failing(
    404, "The model does not exist or you do not have access to it.", code="model_not_found"
)
"""404 for an unknown model."""

context_too_long = failing(
    400,
    "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.",
    code="context_length_exceeded",
    param="messages",
)
"""400 for a request that is larger than the model's context."""


def unsupported(parameter: str = "response_format") -> Behaviour:
    """Answer 400: the model does not know a parameter (with a rule: `when=asks(parameter)`)."""
    message = f"Invalid parameter: '{parameter}' is not supported with this model."
    return failing(400, message, param=parameter)


# ---- The body ----


def html(answer: Answer) -> Answer:
    """Answer with a page of HTML and status 200, as a proxy does."""
    page = b"<!doctype html><html><body><h1>Welcome</h1></body></html>"
    return replace(answer, status=200, headers={"content-type": "text/html"}, body=page)


def body_cut(keep: float = 0.5) -> Behaviour:
    """Send only the first part of the JSON body, with headers that fit what is sent."""
    check_share(keep)
    return lambda answer: replace(
        answer, codings=(*answer.codings, lambda body: body[: int(len(body) * keep)])
    )


def gzipped(answer: Answer) -> Answer:
    """Compress the body, whether the client asked for it or not."""
    headers = {**answer.headers, "content-encoding": "gzip"}
    return replace(answer, headers=headers, codings=(*answer.codings, _gzip))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=1, mtime=0)


# ---- The completion around the words ----


def edited(edit: Callable[[Body], Body]) -> Behaviour:
    """Change the completion, a dict made for this answer alone, in any way."""
    return lambda answer: replace(answer, edits=(*answer.edits, edit))


def finished(reason: str | None) -> Behaviour:
    """Say why the model stopped."""
    return edited(lambda completion: _choice(completion, finish_reason=reason))


def truncated(keep: float = 0.5) -> Behaviour:
    """Cut the words at the token limit: finish_reason "length" and only their first part."""
    check_share(keep)
    return lambda answer: finished("length")(words_cut(keep)(answer))


def content_filtered(answer: Answer) -> Answer:
    """Answer nothing, with finish_reason "content_filter"."""
    return finished("content_filter")(_silent(answer))


def refused(words: str = "I'm sorry, but I can't help with that.") -> Behaviour:
    """Refuse: no content, `message.refusal`."""
    return lambda answer: edited(lambda completion: _message(completion, refusal=words))(
        _silent(answer)
    )


def without_choices(answer: Answer) -> Answer:
    """Answer with an empty list of choices."""
    return edited(lambda completion: {**completion, "choices": []})(answer)


def without_usage(answer: Answer) -> Answer:
    """Leave out the usage."""
    return edited(lambda completion: {k: v for k, v in completion.items() if k != "usage"})(answer)


def _choice(completion: Body, **changes: Any) -> Body:
    choices = [{**choice, **changes} for choice in completion["choices"]]
    return {**completion, "choices": choices}


def _message(completion: Body, **changes: Any) -> Body:
    choices = [{**c, "message": {**c["message"], **changes}} for c in completion["choices"]]
    return {**completion, "choices": choices}


def _silent(answer: Answer) -> Answer:
    def silence(completion: Body) -> Body:
        message = {"role": "assistant", "content": None, "refusal": None}
        return _choice(completion, message=message, finish_reason="stop")

    return edited(silence)(replace(answer, said=""))
