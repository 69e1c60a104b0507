"""Answers from elsewhere: requests as a batch file, results back into the cache.

The format is that of the OpenAI Batch API. Whatever can answer such a file can do the work: that
API, `vllm run-batch`, a queue of one's own. The next run finds the answers in the cache and
grounds, repairs and reports as usual.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotate.errors import UsageError
from annotate.files import write_file
from annotate.llm.cache.exchange import Imported
from annotate.llm.cache.integrity import faulty_usage
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.store import Cache
from annotate.llm.completions import Completion
from annotate.llm.pricing import Price
from annotate.llm.request import Request
from annotate.llm.responses import read_reply

# OpenAI takes 50 000 requests, and a little more than these bytes, in one file.
MOST_REQUESTS = 50_000
MOST_BYTES = 190 * 1024 * 1024
URL = "/v1/chat/completions"


def export_requests(requests: Sequence[Request], cache: Cache, out: Path) -> list[Path]:
    """Write requests as batch files of a size that endpoints take, and return the files.

    The cache keeps which request each `custom_id` stands for, so that results can come back in any
    order, from any endpoint.
    """
    files: list[Path] = []
    # By key, so that the same requests make the same files however their documents were found.
    ordered = sorted(requests, key=lambda request: request.key)
    for request in ordered:  # first, so that no file holds a request that nobody knows
        cache.prepared.put(Kind.BATCH_REQUEST, request.key, json.loads(request.canonical))
    for number, lines in enumerate(_parts(ordered)):
        path = out if number == 0 else out.with_name(f"{out.stem}-{number + 1}{out.suffix}")
        write_file(path, lines)
        files.append(path)
    return files


def _parts(requests: Sequence[Request]) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    size = 0
    for request in requests:
        line = _line(request)
        if lines and (len(lines) >= MOST_REQUESTS or size + len(line) > MOST_BYTES):
            yield lines
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield lines


def _line(request: Request) -> bytes:
    row = {"custom_id": request.key, "method": "POST", "url": URL, "body": request.body}
    return json.dumps(row).encode() + b"\n"


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
        imported.fail(f"{place}: is not a line of a results file")
        return
    sent = _exported(cache, custom_id)
    if sent is None:
        imported.miss(f"{place}: its request was not exported from this cache")
        return
    body, problem = _body(row)
    if problem:
        imported.fail(f"{place}: {problem}")
        return
    reply = read_reply(body, sent.body)
    cost = price.of(reply.usage) if price and reply.usage else None
    stored = Completion(reply, cost, 0.0).to_stored()
    imported.keep(cache, sent, stored)


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
        return None, f"the endpoint gave no answer ({code_of(code)})"
    if not isinstance(response, Mapping) or response.get("status_code") != 200:
        if not isinstance(response, Mapping):
            return None, "the line holds no response"
        return None, f"the endpoint answered {code_of(response.get('status_code'))}"
    body = response.get("body")
    if fault := faulty_usage(body):
        return None, f"{fault} is no number of tokens; mend the line, or fetch the results again"
    return body, ""


def code_of(value: Any) -> str:
    """Return a code of an endpoint: its words, which may repeat the document, are not shown."""
    return re.sub(r"[^A-Za-z0-9_.-]", "", str(value))[:60] if isinstance(value, str | int) else "?"
