"""What a model wrote and an endpoint held back, since it has not the form that was asked for.

Groq checks answers itself: one that does not fit comes as an error of the request, with what the
model wrote, which is paid (https://github.com/thepersonalaicompany/amurex-backend/issues/38,
https://github.com/lucagrippa/obsidian-ai-tagger/issues/34).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CODES = frozenset({"json_validate_failed", "tool_use_failed"})
_CUT = "max completion tokens reached"  # stands in the place of the words, or in the message


def held_back(body: Any) -> dict[str, Any] | None:
    """Return the choice of a completion that the body of an error holds; None where it holds none.

    What was cut at the limit of an answer is a choice that says so.
    """
    error = body.get("error") if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping) or error.get("code") not in _CODES:
        return None
    written, message = (str(error.get(name) or "") for name in ("failed_generation", "message"))
    if _CUT in written or _CUT in message:
        return {"message": {"content": written or message}, "finish_reason": "length"}
    if not written.strip():
        return None
    return {"message": {"content": written}, "finish_reason": "stop"}
