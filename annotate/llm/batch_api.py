"""The Batch API of an endpoint: send a batch file, ask how far it has come, get its results.

What the endpoint says about a batch is not trusted: numbers are checked, and words shown as codes.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.errors import UsageError
from annotate.files import whole_file
from annotate.llm.batch import URL, code_of
from annotate.llm.endpoint import connection_to
from annotate.llm.errors import CallFailed, TransientError
from annotate.llm.retry import Call, Retry
from annotate.llm.written import encode
from annotate.project.settings import Settings

if TYPE_CHECKING:
    from annotate.llm.direct import Response

_SILENCE = 120.0  # seconds that an endpoint may say nothing
_LONGEST = 600.0  # seconds for one call
_LONGEST_TRANSFER = 6 * 3600.0  # for a file of results, or of requests
_ATTEMPTS = 3
_MOST_RESULTS = 8 * 1024**3  # bytes of one file: 50 000 answers, at 160 kB each
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,200}")


def submit(path: Path, settings: Settings) -> dict[str, JsonValue]:
    """Upload a batch file and start it; return its id and status.

    Raises:
        UsageError, Stopped: where it cannot be read, or the endpoint does not take it.
    """
    try:
        return asyncio.run(_submit(path, settings))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None


def status(batch: str, settings: Settings) -> dict[str, JsonValue]:
    """Return how far a batch has come; raises as `submit`."""
    return _state(asyncio.run(_retrieve(batch, settings)))


def fetch(batch: str, out: Path, settings: Settings) -> dict[str, JsonValue]:
    """Write the results of a batch, errors behind answers, and return its state.

    Raises:
        UsageError: where there are none yet, or as `submit`.
    """
    found = asyncio.run(_retrieve(batch, settings))
    state = _state(found)
    files = [_id(found[name]) for name in ("output_file_id", "error_file_id") if found.get(name)]
    if not files:
        reasons = ", ".join(_reasons(found))
        said = f"batch {state['batch']} is {state['status']}, without results {reasons}"
        raise UsageError(said.strip())
    with whole_file(out) as place, place.open("w+b") as file:
        asyncio.run(_download(files, file, settings))
    return state


# ---- Calls ----


async def _submit(path: Path, settings: Settings) -> dict[str, JsonValue]:
    connection = connection_to(settings, timeout=_SILENCE)
    try:
        upload = partial(connection.upload, "/files", path, {"purpose": "batch"})
        uploaded = _object(await _call(upload, longest=_LONGEST_TRANSFER))
        form = {
            "input_file_id": _id(uploaded["id"]),
            "endpoint": URL,
            "completion_window": "24h",
        }
        # Never sent twice: a batch that was started without our hearing of it would be paid twice.
        start = partial(connection.post, "/batches", encode(form))
        return _state(_object(await _call(start, attempts=1)))
    finally:
        await connection.close()


async def _retrieve(batch: str, settings: Settings) -> Mapping[str, Any]:
    connection = connection_to(settings, timeout=_SILENCE)
    try:
        return _object(await _call(lambda: connection.get(f"/batches/{_id(batch)}")))
    finally:
        await connection.close()


async def _download(files: list[str], out: IO[bytes], settings: Settings) -> None:
    """Write files of the endpoint one behind the other, each ended by a line end."""
    connection = connection_to(settings, timeout=_SILENCE, most_bytes=_MOST_RESULTS)

    async def anew(file: str, start: int) -> Response:
        out.seek(start)  # over what an attempt before this one may have written
        out.truncate()
        return await connection.download(f"/files/{file}/content", out.write)

    try:
        for file in files:
            start = out.tell()
            await _call(partial(anew, file, start), longest=_LONGEST_TRANSFER)
            if out.tell() > start:
                out.seek(-1, 1)
                if out.read(1) != b"\n":
                    out.write(b"\n")
    finally:
        await connection.close()


async def _call(
    send: Callable[[], Awaitable[Response]],
    *,
    longest: float = _LONGEST,
    attempts: int = _ATTEMPTS,
) -> Response:
    """Send until it passes; what fails comes out as an error of ours."""

    async def attempt(call: Call) -> Response:
        async with call.sending():
            response = await send()
        if not response.ok:
            raise _meaning(response)
        return response

    try:
        return await Retry(longest, attempts).run(attempt)
    except CallFailed as error:
        raise UsageError(f"the batch call failed: {error}") from None


def _meaning(response: Response) -> Exception:
    """Return what a failed call means; a status is named as it is, whatever it says of a model."""
    meaning = response.error()
    if isinstance(meaning, TransientError) or response.status in (401, 403):
        return meaning
    return UsageError(f"the endpoint answered {response.status} to the batch call")


# ---- Answers ----


def _object(response: Response) -> Mapping[str, Any]:
    """Return what the Batch API answered, which has an id; a page of HTML has none."""
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, Mapping) or not isinstance(answer.get("id"), str):
        raise UsageError("the endpoint has no Batch API: its answer is neither a file nor a batch")
    return answer


def _id(name: Any) -> str:
    """Return an id that can stand in a path."""
    if not isinstance(name, str) or not _ID.fullmatch(name) or set(name) == {"."}:
        raise UsageError("no batch and no file has such an id; check what was typed")
    return name


def _state(batch: Mapping[str, Any]) -> dict[str, JsonValue]:
    counts = batch.get("request_counts")
    counts = counts if isinstance(counts, Mapping) else {}
    return {
        "batch": _id(batch["id"]),
        "status": code_of(batch.get("status")),
        **{name: _count(counts.get(name)) for name in ("completed", "failed", "total")},
        "errors": [*_reasons(batch)],
    }


def _count(value: Any) -> int:
    return value if type(value) is int and 0 <= value < 2**53 else 0


def _reasons(batch: Mapping[str, Any]) -> list[str]:
    """Return why a batch failed, as codes with the lines of its file."""
    errors = batch.get("errors")
    listed = errors.get("data") if isinstance(errors, Mapping) else None
    found = [each for each in listed if isinstance(each, Mapping)] if type(listed) is list else []
    return [
        f"{code_of(error.get('code'))} (line {line})"
        if (line := _count(error.get("line")))
        else code_of(error.get("code"))
        for error in found[:20]
    ]
