"""Send a request to an OpenAI-compatible endpoint, once.

What comes back is a body or a classified error; when to try again is decided in
`annotate.llm.retry`, what it costs in `annotate.llm.completions`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from annotate.llm.causes import MEANINGS, Cause
from annotate.llm.complaint import complaint_of
from annotate.llm.connection import Connection
from annotate.llm.errors import Asked, CallFailed, TransientError, meaning_of, plain
from annotate.llm.extent import crowded, too_many
from annotate.llm.finish import ending
from annotate.llm.held_back import held_back

if TYPE_CHECKING:
    from annotate.llm.direct import Response

_NOT_ONE = MEANINGS[Cause.NO_COMPLETION]
_BROKE = "the endpoint failed while the model answered"
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

    def __init__(self, base_url: str, key: str, **settings: Any) -> None:
        self._connection = Connection(base_url, key, **settings)

    async def send(self, content: bytes) -> Any:
        """Send once; raises as `Transport.send`."""
        response = await self._connection.post("/chat/completions", content)
        if not response.ok:
            if (written := _held_back(response)) is not None:
                return written
            # Its own words may hold the key, or the document.
            raise response.error(_asked(content))
        return _completion(response, content)

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()


def _held_back(response: Response) -> Any:
    """Return the body of an error that holds what the model wrote, None for any other."""
    reply, _ = _read(response.content) if response.status == 400 else (None, "")
    return None if held_back(reply) is None else reply


def _completion(response: Response, content: bytes) -> Any:
    """Return the body of a completion; anything else that comes with status 200 is an error."""
    # Read elsewhere: an error keeps what stands in this function alive, which may be large.
    reply, problem = _read(response.content)
    if problem:
        raise CallFailed(problem, exhausted=True)
    if (failed := _failure(reply)) is not None:
        raise meaning_of(complaint_of(200, failed), _asked(content))
    if _broke(reply):
        raise TransientError(_BROKE, cause=Cause.SERVER)
    if reply is None:
        kind = plain(response.headers.get("content-type", "").partition(";")[0])
        raise TransientError(
            f"{_NOT_ONE.said} ({kind or 'of no type'}); {_NOT_ONE.advice}",
            cause=Cause.NO_COMPLETION,
        )
    return reply


def _read(content: bytes) -> tuple[Any, str]:
    """Return what came, None where it is neither a completion nor an error; or what is wrong."""
    if crowded(content):
        return None, _TOO_MANY
    try:
        reply = json.loads(content)
    except (ValueError, RecursionError):
        return None, ""
    if too_many(reply):
        return None, _TOO_MANY
    known = isinstance(reply, dict) and "choices" in reply
    return (reply if known or _failure(reply) is not None else None), ""


def _failure(reply: Any) -> Any:
    """Return the error that came in the place of an answer, None where none did."""
    if isinstance(reply, list):
        reply = next((each for each in reply if isinstance(each, dict)), None)
    if not isinstance(reply, dict):
        return None
    choices = reply.get("choices")
    if choices is None:
        named = any(reply.get(name) for name in ("error", "errors", "detail"))
        return reply if named or reply.get("object") == "error" else None
    # A router that loses the model under way says so in the choice, or beside choices without one.
    first = choices[0] if isinstance(choices, list) and choices else reply
    failed = first.get("error") if isinstance(first, dict) else None
    return failed if isinstance(failed, dict | list) and failed else None


def _broke(reply: Any) -> bool:
    """Say whether an answer ended since the server behind the endpoint failed."""
    choices = reply.get("choices") if isinstance(reply, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(first, dict) and ending(first.get("finish_reason")) == "failed"


def _asked(content: bytes) -> Asked:
    try:
        return Asked.of(json.loads(content))
    except ValueError:
        return Asked()
