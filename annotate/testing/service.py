"""From a request to a response: the paths of the OpenAI protocol that the test server knows."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotate.testing.answers import Body, Delivery, failure
from annotate.testing.batches import Batches, Batching, Refused
from annotate.testing.completions import CREATED, problem, write
from annotate.testing.scripts import Script
from annotate.testing.wire import Log, Request, Response

_CHAT = "/v1/chat/completions"
_ONE = re.compile(r"/v1/(models|files|batches)/([^/]+)(?:/(content|cancel))?")


class Service:
    """One model behind the protocol.

    Args:
        script: what the model answers.
        models: names that it lists, with what else it says of each; requests may name any.
        batching: how batches go.
        log: the requests, counted under /stats.

    Attributes:
        errors: what the respond function raised.
    """

    def __init__(
        self,
        script: Script,
        models: Sequence[str] | Mapping[str, Body],
        batching: Batching,
        log: Log,
    ) -> None:
        self._script = script
        told = models if isinstance(models, Mapping) else dict.fromkeys(models, Body())
        self._models = {name: {**_model(name), **more} for name, more in told.items()}
        self._batching = batching
        self._log = log
        self.reset()

    def reset(self) -> None:
        """Forget files, batches and errors, and let the script start anew."""
        self._script.reset()
        self._batches = Batches(self._script, self._batching)
        self.errors: list[BaseException] = []

    def answer(self, request: Request) -> Response:
        """Answer a request; errors of the respond function become a 400, which nobody retries."""
        try:
            path = request.path.partition("?")[0]
            if path == _CHAT:
                return self._chat(request)
            return self._other(request, path)
        except Refused as error:
            return _failed(error.status, str(error))
        except BaseException as error:  # what pytest.fail() raises is not an Exception
            self.errors.append(error)
            return _failed(400, f"respond failed: {error!r}", code="respond_failed")

    def _chat(self, request: Request) -> Response:
        if request.method != "POST":
            return _failed(405, f"Not allowed to {request.method} on {_CHAT}.")
        body = request.body
        words = problem(body)
        if words:
            return _failed(400, words)
        answer = self._script(body)
        content = write(body, answer)
        for coding in answer.codings:
            content = coding(content)
        return Response(answer.status, content, answer.headers, answer.delivery)

    def _other(self, request: Request, path: str) -> Response:
        routes: dict[tuple[str, str], Callable[[], Any]] = {
            ("GET", "/stats"): self._stats,
            ("GET", "/v1/models"): lambda: {
                "object": "list",
                "data": list(self._models.values()),
            },
            ("POST", "/v1/files"): lambda: self._batches.upload(
                request.headers.get("content-type", ""), request.content
            ),
            ("POST", "/v1/batches"): lambda: self._batches.create(request.body),
            ("GET", "/v1/batches"): self._batches.listed,
        }
        route = routes.get((request.method, path)) or self._one(request.method, path)
        found = route()
        if isinstance(found, bytes):
            return Response(200, found, {"content-type": "application/octet-stream"})
        return Response(200, json.dumps(found).encode())

    def _one(self, method: str, path: str) -> Callable[[], Any]:
        """Return the route to one model, file or batch."""
        match = _ONE.fullmatch(path)
        if match is None:
            raise Refused(404, f"Invalid URL ({method} {path})")
        kind, number, verb = match.groups()
        routes: dict[tuple[str, str, str | None], Callable[[str], Any]] = {
            ("GET", "models", None): self._one_model,
            ("GET", "files", None): self._batches.file,
            ("GET", "files", "content"): self._batches.content,
            ("DELETE", "files", None): self._batches.delete,
            ("GET", "batches", None): self._batches.poll,
            ("POST", "batches", "cancel"): self._batches.cancel,
        }
        route = routes.get((method, kind, verb))
        if route is None:
            raise Refused(405, f"Not allowed to {method} on {path}.")
        return lambda: route(number)

    def _one_model(self, name: str) -> Body:
        if name not in self._models:
            raise Refused(404, f"The model '{name}' does not exist")
        return self._models[name]

    def _stats(self) -> Body:
        """Count for whoever benchmarks against a server in a process of its own."""
        return {
            "requests": self._log.count,
            "max_in_flight": self._log.max_in_flight,
            "cpu_seconds": time.process_time(),
        }


def _model(name: str) -> Body:
    return {"id": name, "object": "model", "created": CREATED, "owned_by": "testing"}


def _failed(status: int, message: str, code: str | None = None) -> Response:
    status, body = failure(status, message, kind="invalid_request_error", code=code)
    return Response(status, body, delivery=Delivery())
