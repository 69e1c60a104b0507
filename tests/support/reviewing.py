"""Reviews to decide on: small runs, and a client that asks a server as its page would."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from annotate.project.tasks import load_task
from annotate.review.session import Review
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from annotate.serving.serve import ReviewServer
from annotate.viewer.review_page import of_review
from tests.conftest import INCIDENTS
from tests.support import drawn, forks
from tests.support.waiting import until


def small_run(folder: Path) -> Run:
    """Write a run on one report: every sentence and item of it is annotated."""
    return drawn.write(folder, {"a.txt": drawn.REPORT}, drawn.every_unit("a.txt", drawn.REPORT))


@cache
def schema() -> Schema:
    """Return the schema of the second domain."""
    return load_task("incident_report", INCIDENTS).schema


def review_of(run: Run, annotator: str = "ada") -> Review:
    """Open the review of a run in the second domain."""
    return Review(run, schema(), annotator)


@contextmanager
def served(review: Review) -> Iterator[str]:
    """Serve a review from a thread; yield the address of its page."""
    with review, ReviewServer(review) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server.address
        finally:
            server.stop()
            thread.join()


@contextmanager
def forked(
    run: Run, printed: Path, prepare: forks.Preparation | None = None
) -> Iterator[tuple[forks.Fork, Client]]:
    """Serve a review from a process of its own, which may be killed; yield it and a client."""
    printed.write_text("")
    command = ["review", str(run.path), "--no-open", "--annotator", "ada"]
    with forks.started(INCIDENTS, command, printed, prepare) as fork:
        until(lambda: fork.stdout.endswith("\n") or not fork.alive)
        yield fork, Client(fork.stdout.strip()).let_in()


def warm(run: str) -> None:
    """Do what every process does that serves the review of a run, before it is forked."""
    with review_of(Run(run), "nobody") as review:
        of_review(review)


def serve(run: str, tell: Callable[[str], None]) -> None:
    """Serve the review of a run until this process is killed."""
    with review_of(Run(run)) as review, ReviewServer(review) as server:
        tell(server.address)
        server.run()


@dataclass(frozen=True)
class Got:
    """An answer, whole."""

    status: int
    headers: Message
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as JSON."""
        said: dict[str, Any] = json.loads(self.body)
        return said


@dataclass
class Client:
    """Asks the server of a review, with the headers that its page would send.

    Attributes:
        headers: sent with every request.
    """

    address: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.host = urlsplit(self.address).netloc

    def let_in(self) -> Client:
        """Give the token away for the cookie."""
        parts = urlsplit(self.address)
        answer = self.ask("GET", f"{parts.path}?{parts.query}")
        assert answer.status == 303, answer
        self.headers["cookie"] = answer.headers["set-cookie"].partition(";")[0]
        return self

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Got:
        """Send a request and return the answer; `_` in the name of a header is a hyphen."""
        with self.sent(method, path, body, **headers) as connection:
            answer = connection.getresponse()
            return Got(answer.status, answer.headers, answer.read())

    @contextmanager
    def sent(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> Iterator[HTTPConnection]:
        """Send a request, and leave it to the caller to read the answer."""
        own = {"origin": f"http://{self.host}", "content-type": "application/json"}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection(self.host, timeout=30)
        try:
            always = own if method != "GET" else {}
            connection.request(method, path, body, {**always, **self.headers, **given})
            yield connection
        finally:
            connection.close()

    def decide(self, action: str, name: str = "", **more: Any) -> Got:
        """Send a decision."""
        return self.ask("POST", "/decisions", decision(action, name, **more))


def decision(action: str, name: str = "", **more: Any) -> bytes:
    """Return a decision as a page sends it."""
    return json.dumps({"action": action, "id": name, **more}).encode()
