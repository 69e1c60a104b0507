"""The Batch API over HTTP: a batch goes out, its results come in, and failures have names."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import Stopped, UsageError
from annotate.llm.batch import export_requests, import_results
from annotate.llm.batch_api import fetch, status, submit
from annotate.llm.cache.store import Cache
from annotate.project.settings import Settings, resolve_settings
from annotate.testing import Batching, Rule, Server
from annotate.testing import behaviours as b
from tests.support.batch_files import SAID, requests, written

KEY = "sk-secret-0123456789"


def to(base_url: str) -> Settings:
    """Return the settings that lead to an endpoint, with a key."""
    return resolve_settings({"base_url": base_url, "key_variable": "BATCH_KEY"}, environment={})


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_KEY", KEY)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as opened:
        yield opened


def exported(cache: Cache, folder: Path, count: int = 5) -> Path:
    (path,) = export_requests(requests(count), cache, folder / "out.jsonl")
    return path


def test_a_batch_goes_where_the_profile_of_its_model_says(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEAM", "research")
    with Server() as server:
        given = {"base_url": server.base_url, "headers": {"X-Team": "$TEAM"}, "api_version": "v1"}
        settings = resolve_settings({**given, "key_variable": "BATCH_KEY"}, environment={})
        submit(exported(cache, tmp_path), settings)
        sent = server.requests
    assert {each.headers["x-team"] for each in sent} == {"research"}
    assert {each.headers["api-key"] for each in sent} == {KEY}
    assert all("api-version=v1" in each.path for each in sent)


def test_a_batch_goes_out_and_its_results_come_in(cache: Cache, tmp_path: Path) -> None:
    rules = [Rule(b.server_error(), containing=f"{SAID} 1 ")]
    with Server(lambda body: {"annotations": []}, *rules, batching=Batching(polls=2)) as server:
        file = exported(cache, tmp_path)
        started = submit(file, to(server.base_url))
        number = str(started["batch"])
        assert started["status"] == "validating"
        with pytest.raises(UsageError, match=f"batch {number} is in_progress, without results"):
            fetch(number, tmp_path / "in.jsonl", to(server.base_url))
        assert status(number, to(server.base_url))["status"] == "in_progress"
        done = status(number, to(server.base_url))
        assert done == {
            "batch": number,
            "status": "completed",
            "completed": 4,
            "failed": 1,
            "total": 5,
            "errors": [],
        }
        assert fetch(number, tmp_path / "in.jsonl", to(server.base_url)) == done
    found = import_results(tmp_path / "in.jsonl", cache, None)
    assert (found.stored, found.failed, found.unknown) == (4, 1, 0)
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()


def test_a_failed_batch_says_why(cache: Cache, tmp_path: Path) -> None:
    file = written(tmp_path / "out.jsonl", {"custom_id": "x", "method": "GET"})
    with Server() as server:
        number = str(submit(file, to(server.base_url))["batch"])
        assert status(number, to(server.base_url))["errors"] == ["invalid_method (line 1)"]
        with pytest.raises(UsageError, match=r"is failed, without results invalid_method"):
            fetch(number, tmp_path / "in.jsonl", to(server.base_url))
    assert not (tmp_path / "in.jsonl").exists()


def _submit(server: Server, folder: Path) -> object:
    return submit(written(folder / "out.jsonl", {}), to(server.base_url))


def _status(server: Server, folder: Path) -> object:
    return status("batch_9", to(server.base_url))


def _fetch(server: Server, folder: Path) -> object:
    return fetch("batch_9", folder / "in.jsonl", to(server.base_url))


@pytest.mark.parametrize("call", [_status, _fetch])
def test_an_unknown_batch_is_an_error_without_a_trace(
    tmp_path: Path, call: Callable[[Server, Path], object]
) -> None:
    with Server() as server, pytest.raises(UsageError, match="answered 404 to the batch call"):
        call(server, tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with Server() as server, pytest.raises(UsageError, match=r"none\.jsonl: cannot be read"):
        submit(tmp_path / "none.jsonl", to(server.base_url))


def test_results_that_cannot_be_written_are_an_error(cache: Cache, tmp_path: Path) -> None:
    with Server(batching=Batching(polls=0)) as server:
        number = str(submit(exported(cache, tmp_path), to(server.base_url))["batch"])
        with pytest.raises(UsageError, match="no folder"):
            fetch(number, tmp_path / "no folder" / "in.jsonl", to(server.base_url))


class Pages:
    """A web server that answers everything in one way, as a proxy in between does."""

    def __init__(self, status: int, body: bytes, kind: str) -> None:
        import http.server
        import threading

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer  # noqa: N815 (the names of http.server)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.005])
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "Pages":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.mark.parametrize("call", [_submit, _status, _fetch])
@pytest.mark.parametrize(
    ("code", "body", "kind", "says"),
    [
        (200, b"<!doctype html><h1>Welcome</h1>", "text/html", "has no Batch API"),
        (200, b"{}", "application/json", "has no Batch API"),
        (404, b"no such page", "text/plain", "answered 404"),
    ],
)
def test_an_endpoint_without_a_batch_api_is_named_as_one(
    tmp_path: Path, call: Any, code: int, body: bytes, kind: str, says: str
) -> None:
    with Pages(code, body, kind) as server, pytest.raises(UsageError, match=says):
        call(server, tmp_path)


@pytest.mark.parametrize("call", [_submit, _status, _fetch])
def test_a_refused_key_stops_and_is_not_shown(tmp_path: Path, call: Any) -> None:
    body = json.dumps({"error": {"message": f"Incorrect key {KEY}"}}).encode()
    with Pages(401, body, "application/json") as server, pytest.raises(Stopped) as refused:
        call(server, tmp_path)
    assert "OPENAI_API_KEY" in str(refused.value)
    assert KEY not in str(refused.value)


def test_a_lost_connection_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the batch call failed: .*\(ConnectionRefusedError\)"):
        status("batch_1", to("http://127.0.0.1:9/v1"))
