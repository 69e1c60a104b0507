"""How requests are carried: each gets its own answer, and what failed is told apart."""

from __future__ import annotations

import asyncio
import base64
import fcntl
import json
import socket
import termios
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from annotate.llm.causes import Cause
from annotate.llm.connection import Connection
from annotate.llm.errors import TransientError, Unbilled
from tests.support.hostile import Asked, Hostile, response
from tests.support.typed import KEY
from tests.support.waiting import until

Streams = Any  # the two streams of a connection
Act = Callable[[Connection], Awaitable[Any]]


def carried(base_url: str, act: Act, timeout: float = 10.0) -> Any:
    """Return what `act` does with a connection of its own."""

    async def go() -> Any:
        connection = Connection(base_url, KEY, timeout=timeout, concurrency=1, most_bytes=1024)
        try:
            return await act(connection)
        finally:
            await connection.close()

    return asyncio.run(go())


def kept_open(serve: Callable[[Streams], Awaitable[None]], act: Act, timeout: float = 10.0) -> Any:
    """Return what `act` does with a server that keeps its connections open."""
    served: list[Any] = []  # its tasks

    async def handle(*streams: Any) -> None:
        served.append(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await serve(streams)
        streams[1].close()

    async def go() -> Any:
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        connection = Connection(base_url, KEY, timeout=timeout, concurrency=1)
        try:
            return await act(connection)
        finally:
            await connection.close()
            server.close()
            await asyncio.wait(served)  # until the server has seen it

    return asyncio.run(go())


def delivered(writer: asyncio.StreamWriter) -> bool:
    """Say whether all that was written lies where its receiver can read it."""
    unread = fcntl.ioctl(writer.get_extra_info("socket"), termios.TIOCOUTQ, bytes(4))
    return not any(unread)


def answering(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


UNASKED = answering(b"?????")


@pytest.mark.parametrize(
    ("with_it", "after_it"),
    [
        (UNASKED, lambda _: None),
        (b"", lambda writer: writer.write(UNASKED)),
        (b"", lambda writer: writer.write_eof()),
    ],
    ids=["an answer with it", "an answer after it", "its end"],
)
def test_where_more_comes_than_was_asked_for_the_next_request_goes_elsewhere(
    with_it: bytes, after_it: Callable[[asyncio.StreamWriter], None]
) -> None:
    """A second answer is not the next one's; behind the end of a connection nothing is sent."""
    read, sent = asyncio.Event(), asyncio.Event()

    async def serve(streams: Streams) -> None:
        reader, writer = streams
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        if path == b"/next":
            writer.write(answering(path))
            return
        writer.write(answering(path) + with_it)
        await read.wait()
        after_it(writer)
        until(lambda: delivered(writer))  # and the loop has no time to see it
        sent.set()
        await reader.read()

    async def act(connection: Connection) -> list[bytes]:
        first = (await connection.post("/first", b"{}")).content
        read.set()
        await sent.wait()
        return [first, (await connection.post("/next", b"{}")).content]

    assert kept_open(serve, act) == [b"/first", b"/next"]


def test_a_connection_is_used_again() -> None:
    ports = set()

    async def serve(streams: Streams) -> None:
        reader, writer = streams
        ports.add(writer.get_extra_info("peername")[1])
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

    async def act(connection: Connection) -> list[bytes]:
        return [(await connection.get("/")).content for _ in range(5)]

    assert kept_open(serve, act) == [b"ok"] * 5
    assert len(ports) == 1


def test_an_answer_is_waited_for_as_long_as_was_said() -> None:
    async def serve(streams: Streams) -> None:
        await streams[0].read()

    with pytest.raises(TransientError, match="did not answer in time") as late:
        kept_open(serve, lambda connection: connection.post("/", b"{}"), timeout=0.1)
    assert late.value.cause is Cause.TIMEOUT
    assert not isinstance(late.value, Unbilled)  # the model may write all the same


@pytest.mark.parametrize("size", [0, 5, 3_000_000])
def test_a_body_arrives_as_it_is_with_the_headers_that_it_has(size: int) -> None:
    body = b"x" * size
    with Hostile(lambda _: [response(b"{}")]) as server:
        address = server.base_url.replace("//", "//user:p%20ss@") + "/a%2Fb?q=d%26e"
        carried(address, lambda connection: connection.post("/c", body))
        (asked,) = server.asked
    assert (asked.line, asked.body) == ("POST /v1/a%2Fb/c?q=d%26e", body)
    head = dict(each.split(": ", 1) for each in asked.head.lower().splitlines())
    wanted = "accept accept-encoding authorization content-length content-type host user-agent"
    assert sorted(head) == wanted.split()
    assert head["content-type"] == "application/json"
    assert base64.b64encode(b"user:p ss").decode().lower() in head["authorization"]


def test_the_environment_s_headers_go_with_each_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-2")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-A: 1: 2\nno header\n User-Agent : mine ")
    with Hostile(lambda _: [response(b"{}")]) as server:
        carried(server.base_url, lambda connection: connection.get("/models"))
        head = server.asked[0].head.lower().splitlines()
    for line in (
        *("openai-organization: org-1", "openai-project: proj-2", "x-a: 1: 2"),
        *("user-agent: mine", f"authorization: bearer {KEY.lower()}"),
    ):
        assert head.count(line) == 1
    assert not [line for line in head if "no header" in line]


def test_a_form_with_a_file_arrives_whole_after_a_redirect_too(tmp_path: Path) -> None:
    def answer(asked: Asked) -> list[bytes]:
        moved = response(b"", 307, "location: /v2/files")
        return [moved if "/v1/" in asked.line else response(b"{}")]

    file = tmp_path / "requests.jsonl"
    file.write_bytes(b"content" * 9)
    with Hostile(answer) as server:
        carried(server.base_url, lambda each: each.upload("/files", file, {"purpose": "batch"}))
        for asked in server.asked:
            assert b"content" * 9 in asked.body
            assert b'name="purpose"\r\n\r\nbatch' in asked.body
            assert b'filename="requests.jsonl"' in asked.body
    assert len(server.asked) == 2


# ---- Through a proxy ----


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    def use(proxy: str, variable: str = "HTTP_PROXY") -> None:
        monkeypatch.setenv(variable, proxy)

    return use


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_gets_the_request_with_its_own_credentials(
    through: Callable[..., None], variable: str
) -> None:
    with Hostile(lambda _: [response(b'{"data": 1}')]) as proxy:
        through(f"http://me:word@127.0.0.1:{proxy.port}", variable)
        found = carried("http://api.example/v1", lambda connection: connection.get("/models"))
        (asked,) = proxy.asked
    assert json.loads(found.content) == {"data": 1}
    assert asked.line == "GET http://api.example/v1/models"
    head = asked.head.lower().splitlines()
    assert f"proxy-authorization: basic {base64.b64encode(b'me:word').decode().lower()}" in head
    assert f"authorization: bearer {KEY.lower()}" in head


def test_what_needs_no_proxy_goes_straight(
    through: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org, 127.0.0.1")
    with Hostile(lambda _: [response(b"{}")]) as proxy, Hostile(lambda _: [response()]) as server:
        through(f"127.0.0.1:{proxy.port}")
        carried(server.base_url, lambda connection: connection.get("/models"))
        assert (len(server.asked), proxy.asked) == (1, [])
        carried("http://api.example/v1", lambda connection: connection.get("/models"))
        assert (len(server.asked), len(proxy.asked)) == (1, 1)


@pytest.mark.parametrize("answer", [response(b"", 407), b"HTTP/1.1 403 no\r\n\r\n"])
def test_what_a_proxy_does_not_carry_costs_nothing(
    through: Callable[..., None], answer: bytes
) -> None:
    with Hostile(lambda _: [answer]) as proxy:
        through(f"http://127.0.0.1:{proxy.port}", "HTTPS_PROXY")
        with pytest.raises(TransientError) as failed:
            carried("https://api.example/v1", lambda connection: connection.post("/c", b"{}"))
        (asked,) = proxy.asked
    assert asked.line == "CONNECT api.example:443"
    assert KEY not in asked.head
    assert isinstance(failed.value, Unbilled)


# ---- What fails ----


def _closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def _answering(*pieces: bytes) -> Callable[[Asked], list[bytes]]:
    return lambda _: list(pieces)


def failure(base_url: str) -> TransientError:
    with pytest.raises(TransientError, match=r"the connection failed|nobody knows") as failed:
        carried(base_url, lambda connection: connection.get("/"))
    return failed.value


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b"no HTTP at all\r\n\r\n"],
        [response(b"half", length=99)],
        [b"HTTP/1.1 200 OK\r\nx: " + b"y" * 50_000],
    ],
)
def test_what_fails_behind_a_request_is_no_failure_to_connect(pieces: list[bytes]) -> None:
    """What never went out costs nothing; what went out may be billed."""
    with Hostile(_answering(*pieces)) as server:
        failed = failure(server.base_url)
    assert failed.cause is Cause.SERVER
    assert not isinstance(failed, Unbilled)


def test_what_is_not_sent_is_told_apart() -> None:
    refused = failure(_closed_port())
    assert str(refused) == "the connection failed (ConnectionRefusedError)"
    assert refused.cause is Cause.UNREACHABLE
    unknown = failure("http://no-such-host.invalid/")
    assert unknown.cause is Cause.NO_HOST
    assert isinstance(refused, Unbilled)
    assert isinstance(unknown, Unbilled)
