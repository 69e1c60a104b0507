"""The server as a program: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from annotate.testing.__main__ import main
from annotate.testing.answers import Body
from tests.conftest import ROOT, Command
from tests.support import in_process
from tests.support.wire import (
    chat,
)


@contextlib.contextmanager
def serving(*arguments: str) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection to the program in a process, which then ends cleanly."""
    with subprocess.Popen(
        [sys.executable, "-m", "annotate.testing", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    ) as running:
        try:
            url = urlsplit((running.stdout.readline() if running.stdout else "").strip())
            assert url.path == "/v1"
            with closing(http.client.HTTPConnection(url.netloc, timeout=60)) as connection:
                yield connection
        finally:
            running.send_signal(signal.SIGTERM)
            _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (0, "")


def got(connection: http.client.HTTPConnection, path: str, body: Body | None = None) -> Body:
    connection.request("POST" if body else "GET", path, json.dumps(body) if body else None)
    answer: Body = json.loads(connection.getresponse().read())
    return answer


@pytest.mark.parametrize(
    ("arguments", "annotations"),
    [
        ((), []),
        (
            ("--quote-first", "--template", '{"c": 1, "quote": "{quote}"}', "--delay", "0.05"),
            [{"c": 1, "quote": "Hello to you all."}],
        ),
    ],
)
def test_the_process_prints_its_url_and_ends_cleanly(
    arguments: tuple[str, ...], annotations: list[Body]
) -> None:
    with serving(*arguments) as connection:
        body = got(connection, "/v1/chat/completions", chat("Hello to you all. More."))
        stats = got(connection, "/stats")
    assert json.loads(body["choices"][0]["message"]["content"]) == {"annotations": annotations}
    assert (stats["requests"], stats["max_in_flight"]) == (2, 1)
    assert stats["cpu_seconds"] > 0


def test_the_process_lists_a_name_that_says_simulated() -> None:
    with serving("--simulate", "privacy_policy") as connection:
        listed = [each["id"] for each in got(connection, "/v1/models")["data"]]
    assert listed == ["simulated-annotator"]


def ended(*arguments: str) -> tuple[int, str, str]:
    """Return how the program ends that starts no server, and what it prints."""
    words = ["annotate.testing", *arguments]
    return in_process.run(
        lambda: sys.exit(main()), words, cwd=ROOT, environment=Command.environment()
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--quote-first", "--template", "{"), "--template"),
        (("--quote-first", "--template", "[]"), "--template: it is one JSON object"),
        (("--nothing",), "--nothing"),
        (("--simulate", "poems"), "poems"),
        (("--simulate", "privacy_policy", "--model", "gpt-5"), "simulated"),
    ],
)
def test_what_cannot_be_served_is_wrong_usage(arguments: tuple[str, ...], said: str) -> None:
    code, _, errors = ended(*arguments)
    assert code == 2
    assert "error:" in errors
    assert said in errors


def test_the_help_says_that_it_is_a_simulation() -> None:
    code, shown, _ = ended("--help")
    assert code == 0
    assert "simulation, not a model" in " ".join(shown.split())
