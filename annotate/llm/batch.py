"""Answers from elsewhere: requests as a batch file, results back into the cache.

The format is that of the OpenAI Batch API. Whatever can answer such a file can do the work: that
API, `vllm run-batch`, a queue of one's own. The next run finds the answers in the cache and
grounds, repairs and reports as usual.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.errors import Stopped, UsageError
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.store import Cache
from annotate.llm.completions import Completion
from annotate.llm.pricing import Price
from annotate.llm.request import Request
from annotate.llm.responses import read_reply

MOST_REQUESTS = 50_000
MOST_BYTES = 190 * 1024 * 1024
_URL = "/v1/chat/completions"


@dataclass
class Imported:
    """What a results file held.

    Attributes:
        stored: answers that are in the cache now and were not before.
        already: answers to requests that had one; the first one stays, unless it was refused, cut
            short or unreadable and the new one is not.
        failed: lines that carry an error instead of an answer; their requests stay open.
        unknown: lines whose request was not exported from this cache.
        problems: the first lines that could not be used, with the reason.
    """

    stored: int = 0
    already: int = 0
    failed: int = 0
    unknown: int = 0
    problems: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the counts as JSON."""
        return asdict(self)


def export_requests(requests: Sequence[Request], cache: Cache, out: Path) -> list[Path]:
    """Write requests as batch files of a size that endpoints take, and return the files.

    The cache keeps which request each `custom_id` stands for, so that results can come back in any
    order, from any endpoint.
    """
    files: list[Path] = []
    ordered = sorted(requests, key=lambda request: request.key)
    for request in ordered:  # first, so that no file holds a request that nobody knows
        cache.prepared.put(Kind.BATCH_REQUEST, request.key, json.loads(request.canonical))
    for number, lines in enumerate(_parts(ordered)):
        path = out if number == 0 else out.with_name(f"{out.stem}-{number + 1}{out.suffix}")
        try:
            path.write_text("".join(lines), encoding="utf-8", newline="")
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
        files.append(path)
    return files


def _parts(requests: Sequence[Request]) -> Iterator[list[str]]:
    lines: list[str] = []
    size = 0
    for request in requests:
        line = _line(request)
        if lines and (len(lines) >= MOST_REQUESTS or size + len(line.encode()) > MOST_BYTES):
            yield lines
            lines, size = [], 0
        lines.append(line)
        size += len(line.encode())
    if lines:
        yield lines


def _line(request: Request) -> str:
    row = {"custom_id": request.key, "method": "POST", "url": _URL, "body": request.body}
    return json.dumps(row) + "\n"


def import_results(path: Path, cache: Cache, price: Price | None) -> Imported:
    """Take a results file into the cache: lines in any order, with errors among them."""
    imported = Imported()
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    _take(f"{path}:{number}", line, cache, price, imported)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    return imported


def _take(place: str, line: bytes, cache: Cache, price: Price | None, imported: Imported) -> None:
    try:
        row = json.loads(line)
        custom_id = row["custom_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        imported.failed += 1
        _note(imported, f"{place}: is no line of a results file")
        return
    sent = _exported(cache, custom_id)
    if sent is None:
        imported.unknown += 1
        _note(imported, f"{place}: its request was not exported from this cache")
        return
    body, problem = _body(row)
    if problem:
        imported.failed += 1
        _note(imported, f"{place}: {problem}")
        return
    reply = read_reply(body)
    cost = price.of(reply.usage) if price and reply.usage else None
    stored = Completion(reply, cost, 0.0).to_stored()
    kept = cache.get(sent)
    if kept is not None and (stored.retry or not kept.retry):
        imported.already += 1
        return
    cache.put(sent, stored)
    imported.stored += 1


def _exported(cache: Cache, custom_id: Any) -> Request | None:
    """Return the request that was exported under a `custom_id`, None where there is none."""
    if not isinstance(custom_id, str):
        return None
    sent = cache.prepared.get(Kind.BATCH_REQUEST, custom_id)
    return None if sent is None else Request.from_json(sent)


def _body(row: Mapping[str, Any]) -> tuple[Any, str]:
    """Return the body of an answer, or why there is none."""
    response = row.get("response")
    if row.get("error"):
        error = row["error"]
        code = error.get("code") if isinstance(error, Mapping) else error
        return None, f"the endpoint gave no answer ({_code(code)})"
    if not isinstance(response, Mapping) or response.get("status_code") != 200:
        if not isinstance(response, Mapping):
            return None, "the line holds no response"
        return None, f"the endpoint answered {_code(response.get('status_code'))}"
    return response.get("body"), ""


def _code(value: Any) -> str:
    """Return a code of an endpoint: its words, which may repeat the document, are not shown."""
    return re.sub(r"[^A-Za-z0-9_.-]", "", str(value))[:60] if isinstance(value, str | int) else "?"


def _note(imported: Imported, problem: str) -> None:
    if len(imported.problems) < 20:
        imported.problems.append(problem)


# ---- The Batch API itself ----


def submit(path: Path, base_url: str, key: str) -> dict[str, JsonValue]:
    """Upload a batch file and start it; return its id and status."""
    with _Endpoint(base_url, key) as client, path.open("rb") as file:
        uploaded = _object(client.files.create(file=file, purpose="batch"))
        # Never sent twice: a batch that was started without our hearing of it would be paid twice.
        once = client.with_options(max_retries=0)
        started = once.batches.create(
            input_file_id=uploaded.id, endpoint=_URL, completion_window="24h"
        )
    return _state(started)


def status(batch: str, base_url: str, key: str) -> dict[str, JsonValue]:
    """Return how far a batch has come."""
    with _Endpoint(base_url, key) as client:
        return _state(client.batches.retrieve(batch))


def fetch(batch: str, out: Path, base_url: str, key: str) -> dict[str, JsonValue]:
    """Write the results of a batch, errors behind answers, and return its state.

    Raises:
        UsageError: where there are none yet.
    """
    with _Endpoint(base_url, key) as client:
        state = _object(client.batches.retrieve(batch))
        files = [f for f in (state.output_file_id, state.error_file_id) if f]
        if not files:
            reasons = ", ".join(_reasons(state))
            raise UsageError(f"batch {batch} is {state.status}, without results {reasons}".strip())
        parts = [client.files.content(each).content for each in files]
    try:
        out.write_bytes(b"".join(part if part.endswith(b"\n") else part + b"\n" for part in parts))
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror})") from None
    return _state(state)


def _state(batch: Any) -> dict[str, JsonValue]:
    counts = _object(batch).request_counts
    return {
        "batch": batch.id,
        "status": batch.status,
        "completed": counts.completed if counts else 0,
        "failed": counts.failed if counts else 0,
        "total": counts.total if counts else 0,
        "errors": [*_reasons(batch)],
    }


def _object(answer: Any) -> Any:
    """Return what the Batch API answered; a page of HTML arrives as a text."""
    if getattr(answer, "id", None) is None:
        raise UsageError("the endpoint has no Batch API: its answer is no file and no batch")
    return answer


def _reasons(batch: Any) -> list[str]:
    """Return why a batch failed, as codes with the lines of its file."""
    errors = (getattr(batch.errors, "data", None) or []) if batch.errors else []
    return [
        f"{_code(error.code)} (line {error.line})" if error.line else _code(error.code)
        for error in errors[:20]
    ]


class _Endpoint:
    """A blocking client whose failures come out as errors of ours."""

    def __init__(self, base_url: str, key: str) -> None:
        import openai

        self._client = openai.OpenAI(base_url=base_url, api_key=key, max_retries=2, timeout=120)

    def __enter__(self) -> Any:
        return self._client

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: Any
    ) -> None:
        import openai

        self._client.close()
        if isinstance(error, openai.APIStatusError) and error.status_code in (401, 403):
            raise Stopped(
                f"the endpoint refuses the key ({error.status_code}); set OPENAI_API_KEY"
            ) from None
        if isinstance(error, openai.APIStatusError):
            raise UsageError(
                f"the endpoint answered {error.status_code} to the batch call"
            ) from None
        if isinstance(error, openai.OpenAIError):
            raise UsageError(f"the batch call failed ({type(error).__name__})") from None
        if isinstance(error, OSError):
            raise UsageError(f"{error.filename}: cannot be read ({error.strerror})") from None
