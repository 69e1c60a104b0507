"""How requests are carried: each gets its own answer, and what failed is told apart."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import httpx2
import pytest

from annotate.llm.direct import Direct
from tests.support.hostile import Asked, Hostile, response

Streams = Any  # the two streams of a connection
Act = Callable[[httpx2.AsyncClient], Awaitable[Any]]


def carried(act: Act) -> Any:
    """Return what `act` does with a client that carries what it sends directly."""

    async def go() -> Any:
        direct = Direct(httpx2.create_ssl_context(), 1, 1024)
        async with httpx2.AsyncClient(transport=direct, timeout=10) as client:
            return await act(client)

    return asyncio.run(go())


def kept_open(serve: Callable[[Streams], Awaitable[None]], act: Act) -> Any:
    """Return what `act` does, told the address of a server that keeps its connections open."""

    async def handle(*streams: Any) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await serve(streams)
        streams[1].close()

    async def go(client: httpx2.AsyncClient) -> Any:
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        client.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            return await act(client)
        finally:
            await client.aclose()
            server.close()
            await asyncio.sleep(0.05)  # until the server has seen it

    return carried(go)


def test_what_nobody_asked_for_answers_nothing() -> None:
    """A second answer on a connection, early or late, is not the one to the next request."""

    async def serve(streams: Streams) -> None:
        reader, writer = streams
        while True:
            path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
            head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(path)
            writer.write(head + path)
            if path == b"/late":
                await asyncio.sleep(0.05)
            writer.write(head + b"?" * len(path))

    async def act(client: httpx2.AsyncClient) -> list[str]:
        said = []
        for path in ("/early", "/late", "/next"):
            said.append((await client.get(path)).text)
            await asyncio.sleep(0.1)
        return said

    assert kept_open(serve, act) == ["/early", "/late", "/next"]


def test_a_connection_is_used_again() -> None:
    ports = set()

    async def serve(streams: Streams) -> None:
        reader, writer = streams
        ports.add(writer.get_extra_info("peername")[1])
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

    async def act(client: httpx2.AsyncClient) -> list[str]:
        return [(await client.get("/")).text for _ in range(5)]

    assert kept_open(serve, act) == ["ok"] * 5
    assert len(ports) == 1


def test_an_answer_is_waited_for_as_long_as_was_said() -> None:
    async def serve(streams: Streams) -> None:
        await streams[0].read()

    with pytest.raises(httpx2.ReadTimeout):
        kept_open(serve, lambda client: client.post("/", content=b"{}", timeout=0.1))


@pytest.mark.parametrize("size", [0, 5, 3_000_000])
def test_a_body_arrives_as_it_is_with_the_headers_that_it_has(size: int) -> None:
    body = b"x" * size
    with Hostile(lambda _: [response(b"{}")]) as server:
        address = server.base_url.replace("//", "//user:pass@")

        async def act(client: httpx2.AsyncClient) -> None:
            await client.post(f"{address}/a%2Fb?q=%7Ed", content=body, headers={"x-own": "1"})

        carried(act)
        (asked,) = server.asked
    assert (asked.line, asked.body) == ("POST /v1/a%2Fb?q=%7Ed", body)
    sent = sorted(each.split(":")[0].lower() for each in asked.head.splitlines())
    wanted = "accept accept-encoding authorization connection content-length host user-agent x-own"
    assert sent == wanted.split()


def test_a_form_with_a_file_arrives_whole() -> None:
    with Hostile(lambda _: [response(b"{}")]) as server:

        async def act(client: httpx2.AsyncClient) -> None:
            await client.post(server.base_url, data={"a": "b"}, files={"file": b"content" * 9})

        carried(act)
        assert b"content" * 9 in server.asked[0].body


def _closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def _answering(*pieces: bytes) -> Callable[[Asked], list[bytes]]:
    return lambda _: list(pieces)


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        ([], httpx2.RemoteProtocolError),
        ([b"no HTTP at all\r\n\r\n"], httpx2.RemoteProtocolError),
        ([response(b"half", length=99)], httpx2.RemoteProtocolError),
        ([b"HTTP/1.1 200 OK\r\nx: " + b"y" * 50_000], httpx2.RemoteProtocolError),
    ],
)
def test_what_fails_behind_a_request_is_no_failure_to_connect(
    pieces: list[bytes], kind: type[Exception]
) -> None:
    """What never went out costs nothing; what went out may be billed."""
    with Hostile(_answering(*pieces)) as server, pytest.raises(kind):
        carried(lambda client: client.get(server.base_url))


def test_what_is_not_sent_is_told_apart() -> None:
    with pytest.raises(httpx2.ConnectError):
        carried(lambda client: client.get(_closed_port()))
    with pytest.raises(httpx2.ConnectError) as failed:
        carried(lambda client: client.get("http://no-such-host.invalid/"))
    behind: BaseException | None = failed.value
    names = []
    while behind is not None:
        names.append(type(behind).__name__)
        behind = behind.__cause__ or behind.__context__
    assert "gaierror" in names
