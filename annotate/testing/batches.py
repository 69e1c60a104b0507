"""The Batch API in memory: files, and batches that are done after so many polls."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from annotate.testing.answers import Answer, Body
from annotate.testing.completions import CREATED, problem, write

ENDPOINT = "/v1/chat/completions"
_A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Batching:
    """How batches go.

    Attributes:
        polls: how many polls find a batch under way before one finds it done.
        order: of the lines in the output file; endpoints do not promise any.
        seed: of the shuffled order.
        outcome: how batches end; "failed" ends them without a result.
    """

    polls: int = 1
    order: Literal["shuffled", "reversed", "input"] = "shuffled"
    seed: int = 0
    outcome: Literal["completed", "expired", "failed"] = "completed"

    def ordered(self, lines: list[Body]) -> list[Body]:
        """Return `lines` in the order of the output file."""
        if self.order == "shuffled":
            return random.Random(self.seed).sample(lines, len(lines))  # noqa: S311 (no secret)
        return lines[::-1] if self.order == "reversed" else lines


class Refused(Exception):
    """A request to the Batch API that cannot be carried out. `status`: the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(slots=True)
class _Batch:
    shown: Body
    input: bytes
    polls: int = 0


class Batches:
    """Files and batches of one server.

    A line is answered as a request of its own would be, when the batch is done. An answer with an
    error's status goes to the error file, one whose connection would be cut goes there as expired;
    delays and slow sending have no effect here.

    Args:
        respond: asked for the answer to each line.
        batching: how batches go.
    """

    def __init__(self, respond: Callable[[Body], Answer], batching: Batching) -> None:
        self._respond = respond
        self._batching = batching
        self._numbers = itertools.count(1)
        self._files: dict[str, tuple[Body, bytes]] = {}
        self._batches: dict[str, _Batch] = {}

    # ---- Files ----

    def upload(self, content_type: str, content: bytes) -> Body:
        """Keep a file that came as a multipart form."""
        parts = _multipart(content_type, content)
        if "file" not in parts or "purpose" not in parts:
            raise Refused(400, "a file needs the parts 'file' and 'purpose'")
        purpose = parts["purpose"][1].decode("utf-8", "replace")
        if purpose != "batch":
            raise Refused(400, f"'{purpose}' is not a purpose of this server: it knows batch only")
        return self._store(*parts["file"], purpose)

    def file(self, number: str) -> Body:
        """Return what is said about a file."""
        return self._file(number)[0]

    def content(self, number: str) -> bytes:
        """Return the bytes of a file."""
        return self._file(number)[1]

    def delete(self, number: str) -> Body:
        """Forget a file."""
        self._file(number)
        del self._files[number]
        return {"id": number, "object": "file", "deleted": True}

    def _file(self, number: str) -> tuple[Body, bytes]:
        if number not in self._files:
            raise Refused(404, f"No such File object: {number}")
        return self._files[number]

    def _store(self, name: str, content: bytes, purpose: str) -> Body:
        shown = {
            "id": f"file-{next(self._numbers):06}",
            "object": "file",
            "bytes": len(content),
            "created_at": CREATED,
            "filename": name,
            "purpose": purpose,
            "status": "processed",
        }
        self._files[str(shown["id"])] = (shown, content)
        return shown

    # ---- Batches ----

    def create(self, asked: Any) -> Body:
        """Start a batch."""
        if not isinstance(asked, dict):
            raise Refused(400, "We could not parse the JSON body of your request.")
        if asked.get("endpoint") != ENDPOINT:
            raise Refused(400, f"'endpoint': this server knows {ENDPOINT} only")
        if asked.get("completion_window") != "24h":
            raise Refused(400, "'completion_window': the only one is 24h")
        content = self.content(str(asked.get("input_file_id")))
        moments = "in_progress finalizing completed failed expired cancelling cancelled".split()
        shown: Body = {
            "id": f"batch_{next(self._numbers):06}",
            "object": "batch",
            "endpoint": ENDPOINT,
            "errors": None,
            "input_file_id": asked["input_file_id"],
            "completion_window": "24h",
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": CREATED,
            "expires_at": CREATED + _A_DAY,
            **{f"{moment}_at": None for moment in moments},
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            "metadata": asked.get("metadata"),
        }
        self._batches[shown["id"]] = _Batch(shown, content)
        return shown

    def poll(self, number: str) -> Body:
        """Return the state of a batch, one step further with each poll."""
        batch = self._batch(number)
        if batch.shown["status"] == "cancelling":
            self._enter(batch, "cancelled")
        elif batch.shown["status"] in ("validating", "in_progress"):
            self._advance(batch)
        return batch.shown

    def cancel(self, number: str) -> Body:
        """Cancel a batch that is not done; the next poll finds it cancelled, without results."""
        batch = self._batch(number)
        if batch.shown["status"] not in ("validating", "in_progress"):
            raise Refused(409, f"Cannot cancel a batch with status '{batch.shown['status']}'.")
        self._enter(batch, "cancelling")
        return batch.shown

    def listed(self) -> Body:
        """Return all batches, the newest first, on one page."""
        shown = [batch.shown for batch in self._batches.values()]
        return {"object": "list", "data": shown[::-1], "has_more": False}

    def _batch(self, number: str) -> _Batch:
        if number not in self._batches:
            raise Refused(404, f"No batch found with id '{number}'.")
        return self._batches[number]

    def _enter(self, batch: _Batch, status: str) -> None:
        batch.shown = {**batch.shown, "status": status, f"{status}_at": CREATED}

    def _advance(self, batch: _Batch) -> None:
        lines, errors = _lines(batch.input)
        if self._batching.outcome == "failed" and not errors:
            errors = [_error("batch_failed", "The batch failed.", None)]
        if errors:
            self._enter(batch, "failed")
            batch.shown["errors"] = {"object": "list", "data": errors}
            return
        batch.polls += 1
        if batch.polls <= self._batching.polls:
            self._enter(batch, "in_progress")
            batch.shown["request_counts"] = {"total": len(lines), "completed": 0, "failed": 0}
            return
        self._finish(batch, lines)

    def _finish(self, batch: _Batch, lines: list[Body]) -> None:
        results = [self._result(number, line) for number, line in enumerate(lines)]
        done = [each for each in results if _succeeded(each)]
        failed = [each for each in results if not _succeeded(each)]
        self._enter(batch, self._batching.outcome)
        batch.shown["request_counts"] = {
            "total": len(lines),
            "completed": len(done),
            "failed": len(failed),
        }
        for name, rows in (("output", done), ("error", failed)):
            if rows:
                content = "".join(json.dumps(row) + "\n" for row in self._batching.ordered(rows))
                name_ = f"{batch.shown['id']}_{name}.jsonl"
                stored = self._store(name_, content.encode(), "batch_output")
                batch.shown[f"{name}_file_id"] = stored["id"]

    def _result(self, number: int, line: Body) -> Body:
        result: Body = {"id": f"batch_req_{number:06}", "custom_id": line["custom_id"]}
        answer = self._respond(line["body"])
        if answer.delivery.cut is not None:
            words = "This request could not be executed before the completion window expired."
            error = {"code": "batch_expired", "message": words}
            return {**result, "response": None, "error": error}
        written = write(line["body"], answer)
        try:
            body = json.loads(written)
        except ValueError:
            body = written.decode("utf-8", "replace")
        response = {"status_code": answer.status, "request_id": f"req_{number:06}", "body": body}
        return {**result, "response": response, "error": None}


def _succeeded(result: Body) -> bool:
    return result["response"] is not None and result["response"]["status_code"] == 200


def _lines(content: bytes) -> tuple[list[Body], list[Body]]:
    """Return the requests of an input file, and what is wrong with it."""
    lines: list[Body] = []
    errors: list[Body] = []
    seen: set[str] = set()
    rows = content.decode("utf-8", "replace").split("\n")
    for number, text in enumerate(rows, 1):
        if not text.strip():
            continue
        try:
            line: Any = json.loads(text)
        except ValueError:
            line = None
        wrong = _wrong(line, seen)
        if wrong:
            errors.append(_error(*wrong, number))
        else:
            seen.add(line["custom_id"])
            lines.append(line)
    if not lines and not errors:
        errors.append(_error("empty_file", "The input file is empty.", None))
    return lines, errors


def _wrong(line: Any, seen: set[str]) -> tuple[str, str] | None:
    """Return the code and the words of what is wrong with a line of an input file."""
    if not isinstance(line, dict):
        return "invalid_json_line", "This line is not parseable as valid JSON."
    if not isinstance(line.get("custom_id"), str):
        return "missing_required_parameter", "Missing required parameter: 'custom_id'."
    if line["custom_id"] in seen:
        return "duplicate_custom_id", "The custom_id of this line stands in another line too."
    if line.get("method") != "POST":
        return "invalid_method", "The method of a request in a batch is POST."
    if line.get("url") != ENDPOINT:
        return "mismatched_url", "The URL of this line is not the endpoint of the batch."
    words = problem(line.get("body"))
    return ("invalid_request", words) if words else None


def _error(code: str, message: str, line: int | None) -> Body:
    return {"code": code, "line": line, "message": message, "param": None}


def _multipart(content_type: str, content: bytes) -> dict[str, tuple[str, bytes]]:
    """Return the file name and the bytes of each part of a form, by the part's name."""
    kind, _, rest = content_type.partition("boundary=")
    if not kind.startswith("multipart/form-data") or not rest:
        raise Refused(400, "a file is uploaded as multipart/form-data")
    mark = b"\r\n--" + rest.split(";")[0].strip().strip('"').encode("latin-1")
    parts: dict[str, tuple[str, bytes]] = {}
    for part in (b"\r\n" + content).split(mark)[1:]:
        head, _, body = part.partition(b"\r\n\r\n")
        named = _disposition(head.decode("utf-8", "replace"))
        if "name" in named:
            parts[named["name"]] = (named.get("filename", ""), body)
    return parts


def _disposition(head: str) -> dict[str, str]:
    """Return the parameters of the Content-Disposition among the headers of a part."""
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            pairs = (each.strip().partition("=") for each in value.split(";")[1:])
            return {key.lower(): text.strip('"') for key, _, text in pairs}
    return {}
