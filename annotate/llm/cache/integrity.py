"""What an answer that was kept has to be: what was written, with numbers that can be true.

One rule for the rows of a cache and for the lines of files that are taken into one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

DIGEST = "digest"
_MOST = 10**9
"""US dollars, seconds, tokens: what claims more is not a count of any of them."""


def digest(key: str, row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row, or a line, and of the key that it belongs to.

    Its request is left out: the key is the hash of that.
    """
    content = {name: value for name, value in row.items() if name not in ("request", DIGEST)}
    written = json.dumps([key, content], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def is_intact(key: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a row is as it was written; one of an older version, without digest, counts."""
    return DIGEST not in row or row[DIGEST] == digest(key, row)


def is_amount(value: Any) -> bool:
    """Tell whether a value is a number of dollars, seconds or tokens: finite, from 0, bounded."""
    # True is an int; NaN is not from 0.
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST


def faulty_usage(reply: Any) -> str:
    """Say which number of tokens that an answer reports cannot be one, or ""."""
    usage = reply.get("usage") if isinstance(reply, Mapping) else None
    reported = usage if isinstance(usage, Mapping) else {}
    for name in ("prompt_tokens", "completion_tokens", "total_tokens"):
        # What is not reported is unknown, which is not an error.
        if reported.get(name) is not None and not is_amount(reported[name]):
            return f"usage.{name}"
    return ""
