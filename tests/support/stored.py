"""Requests and stored answers, for what keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request

URL = "http://127.0.0.1:9/v1"


REPLY = {"choices": [{"message": {"content": '{"annotations": []}'}}]}


def body(text: str = "Acme sued Beta", **changes: Any) -> dict[str, Any]:
    return {
        "model": "m",
        "messages": [{"role": "user", "content": text}],
        "temperature": 0.0,
        **changes,
    }


def request(text: str = "Acme sued Beta", **changes: Any) -> Request:
    return Request(body(text, **changes), URL)


def filled(folder: Path, count: int = 3) -> Cache:
    cache = Cache(folder)
    for number in range(count):
        cache.put(request(f"text {number}"), Stored(REPLY, 0.25, 1.5, number == 0))
    return cache
