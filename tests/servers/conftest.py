"""Real servers for the tests: llama.cpp with a small model, and LiteLLM before the test server.

They run in an environment of their own, `.venv-servers`, which `make test-servers` makes: LiteLLM
needs another release of openai than `annotate`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.support import endpoints
from tests.support.checkout import ROOT
from tests.support.endpoints import Place

ENVIRONMENT = Path(os.environ.get("SERVERS_VENV", ROOT / ".venv-servers"))
KEY = "sk-verysecretkey0123456789"
# A small model on two busy cores reads some hundred tokens a minute.
PATIENCE = 300.0


def pytest_configure() -> None:
    """End at once where the servers are not installed."""
    if not (ENVIRONMENT / "bin" / "python").exists():
        raise pytest.UsageError(f"no servers in {ENVIRONMENT}: make test-servers installs them")


@contextmanager
def process(
    *words: str | Path, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program of the servers' environment; what it says is in `server.log` of the folder."""
    program, *arguments = words
    with (folder / "server.log").open("ab") as log:
        started = subprocess.Popen(
            [ENVIRONMENT / "bin" / program, *arguments],
            cwd=folder,
            stdout=log,
            stderr=log,
            env={**Command.environment(), **(environment or {})},
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def ready(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when a server answers; fail where it ends or takes longer than three minutes."""
    deadline = time.monotonic() + 180
    while not _answers(url):
        assert server.poll() is None, "the server ended before it answered: see server.log"
        assert time.monotonic() < deadline, "the server does not answer: see server.log"
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 (our own address)
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def llama(folder: Path, port: int = 0, *, wait: bool = True, **options: object) -> Iterator[str]:
    """Start llama.cpp's server; give its base URL, once it answers or at once."""
    port = port or free_port()
    more = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    script = ROOT / "tests" / "servers" / "llama_cpp.py"
    with process("python", script, "--port", str(port), *more, folder=folder) as server:
        if wait:
            ready(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def litellm(folder: Path, upstream: str) -> Iterator[str]:
    """Start the LiteLLM proxy before an endpoint, as a model named "gateway"; give its base URL."""
    port = free_port()
    model = {"model": "openai/m", "api_base": upstream, "api_key": "upstream"}
    config = {
        "model_list": [{"model_name": "gateway", "litellm_params": model}],
        "litellm_settings": {"num_retries": 0, "telemetry": False},
        "general_settings": {"master_key": KEY},
    }
    (folder / "config.yaml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    words = ("litellm", "--config", "config.yaml", "--host", "127.0.0.1", "--port", str(port))
    quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "NO_DOCS": "True"}
    with process(*words, folder=folder, environment=quiet) as server:
        ready(f"http://127.0.0.1:{port}/health/liveliness", server)
        yield f"http://127.0.0.1:{port}/v1"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A project of the second domain, with a short prompt and at most 96 tokens an answer."""
    folder = endpoints.project(tmp_path / "project")
    prompt = folder / "prompts" / "incident_report" / "v1.md"
    prompt.write_text(prompt.read_text().replace("_tokens = 256", "_tokens = 96"))
    monkeypatch.chdir(folder)
    return Place(folder)


def annotate(
    place: Place, base_url: str, *more: str | Path, model: str = "m", key: str = KEY
) -> subprocess.CompletedProcess[str]:
    """Type a run over all documents of a place into `run`."""
    texts = sorted(place.folder.glob("texts/*"))
    asked: list[str | Path] = ["--model", model, "--base-url", base_url]
    asked += ["--out", place.folder / "run"]
    given: list[str | Path] = ["run", *texts, *asked, "--timeout", str(PATIENCE), *more]
    return Command(place.folder)(*given, env={"OPENAI_API_KEY": key})
