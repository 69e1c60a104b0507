"""The Batch API of an endpoint: send a batch file, ask how far it has come, get its results.

The one place where openai tries again on its own and `annotate.llm.retry` does not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.errors import Stopped, UsageError
from annotate.files import write_file
from annotate.llm.batch import URL, code_of


def submit(path: Path, base_url: str, key: str) -> dict[str, JsonValue]:
    """Upload a batch file and start it; return its id and status."""
    with _Endpoint(base_url, key) as client, path.open("rb") as file:
        uploaded = _object(client.files.create(file=file, purpose="batch"))
        # Never sent twice: a batch that was started without our hearing of it would be paid twice.
        once = client.with_options(max_retries=0)
        started = once.batches.create(
            input_file_id=uploaded.id, endpoint=URL, completion_window="24h"
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
    write_file(out, (part if part.endswith(b"\n") else part + b"\n" for part in parts))
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
    # openai does not check what came: any JSON object becomes a batch, only one without an id.
    if getattr(answer, "id", None) is None:
        raise UsageError("the endpoint has no Batch API: its answer is neither a file nor a batch")
    return answer


def _reasons(batch: Any) -> list[str]:
    """Return why a batch failed, as codes with the lines of its file."""
    errors = (getattr(batch.errors, "data", None) or []) if batch.errors else []
    return [
        f"{code_of(error.code)} (line {error.line})" if error.line else code_of(error.code)
        for error in errors[:20]
    ]


class _Endpoint:
    """A blocking client whose failures come out as errors of ours."""

    def __init__(self, base_url: str, key: str) -> None:
        import openai

        # Retried by openai, unlike chat completions: asking for a status or a file costs nothing.
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
