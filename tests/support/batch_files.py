"""Requests for a batch, and the lines of a results file that answer them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotate.llm.request import Request

URL = "http://127.0.0.1:9/v1"
SAID = "We sell your data"


def requests(count: int = 5) -> list[Request]:
    return [
        Request({"model": "m", "messages": [{"role": "user", "content": f"{SAID} {n} é"}]}, URL)
        for n in range(count)
    ]


def completion(words: str = '{"annotations": []}', finish: str = "stop") -> dict[str, Any]:
    return {
        "choices": [{"message": {"content": words}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1_000_000, "completion_tokens": 500_000},
    }


def result(request: Request, body: Any = None, **changes: Any) -> dict[str, Any]:
    response = {"status_code": 200, "request_id": "r", "body": body or completion()}
    return {"id": "x", "custom_id": request.key, "response": response, "error": None, **changes}


def written(path: Path, *lines: Any) -> Path:
    rows = (
        line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
        for line in lines
    )
    path.write_bytes(b"".join(row + b"\n" for row in rows))
    return path
