"""The form in which an answer is kept, and what keeps a row from being one."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotate.llm.cache.integrity import is_amount
from annotate.llm.cache.json_row import Known
from annotate.llm.request import Request


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as it is kept.

    Attributes:
        reply: the body of the answer, as JSON or, where it was not JSON, as the text that came.
        cost: what it cost in US dollars when it was asked, None where no price was known.
        seconds: how long it took.
        retry: it is worth asking again (refused, truncated, empty); `--retry-failed` does.
    """

    reply: Any
    cost: float | None = None
    seconds: float = 0.0
    retry: bool = False


def asked_for(request: Request) -> Known:
    """Return the first value of a row: the request that was answered."""
    return Known("request", request.canonical, request.quoted)


def to_row(stored: Stored) -> dict[str, Any]:
    """Return an answer as it is kept behind its request."""
    return {
        "reply": stored.reply,
        "cost": stored.cost,
        "seconds": round(stored.seconds, 3),
        "retry": stored.retry,
        "stored": int(time.time()),  # for `cache prune --older-than` alone
    }


def from_row(row: Mapping[str, Any]) -> Stored:
    """Return the answer in a row."""
    return Stored(row["reply"], row["cost"], row["seconds"], row["retry"])


def damage(row: Mapping[str, Any]) -> str:
    """Say what keeps a row from being an answer, or ""."""
    cost, seconds = row.get("cost"), row.get("seconds")
    fits = {
        "request": isinstance(row.get("request"), str),
        "reply": "reply" in row,
        "cost": cost is None or is_amount(cost),
        "seconds": is_amount(seconds),
        "retry": isinstance(row.get("retry"), bool),
        "stored": isinstance(row.get("stored"), int),
    }
    wrong = [name for name, fit in fits.items() if not fit]
    return ", ".join(wrong) or _damaged_request(row["request"])


def _damaged_request(canonical: str) -> str:
    """Look at the outside of a request only: an answer is read often, its request is long."""
    whole = canonical.startswith('{"body":{') and canonical.endswith("}")
    return "" if whole else "request"


def misfiled(row: Mapping[str, Any], key: str) -> str:
    """Say what keeps a row from being the answer that belongs under `key`, or ""."""
    try:
        request = Request.from_json(json.loads(row["request"]))
        fits = isinstance(request.body, dict) and request.key == key
    except (ValueError, KeyError, TypeError, RecursionError):
        fits = False
    return "" if fits else "request"
