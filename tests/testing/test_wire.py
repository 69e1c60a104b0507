"""HTTP on the wire: when bytes go out, where a connection is cut, what is no request."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Delivery
from annotate.testing.wire import Connection, Log, Response
from tests.support.clock import Clock, run
from tests.support.wire import (
    Wire,
    chat,
    raw,
    said,
)

# ---- What goes out ----


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("where", ["before headers", "after headers", "mid-body"])
def test_a_connection_is_cut_where_it_is_told(where: Any, reset: bool) -> None:
    with Server(said, Rule(b.connection_cut(where, reset=reset))) as server:
        received, was_reset = raw(server)
        assert was_reset == reset
        (request,) = server.requests
        assert request.answered is not None
        assert server.in_flight == 0
    head, _, body = received.partition(b"\r\n\r\n")
    assert request.status == (None if where == "before headers" else 200)
    if where == "before headers":
        assert received == b""
        return
    assert b"content-length: " in head
    length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
    assert len(body) == (length // 2 if where == "mid-body" else 0)


class Written(asyncio.Transport):
    """A connection that notes what is written to it, and when."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.pieces: list[tuple[float, bytes]] = []
        self._clock = clock

    def write(self, data: Any) -> None:
        self.pieces.append((round(self._clock.now - 1000, 6), bytes(data)))

    def is_closing(self) -> bool:
        return False


def delivered(**delivery: Any) -> list[tuple[float, bytes]]:
    """Return what goes out of a body of 25 bytes, and when, from a request on."""
    clock = Clock()
    written = Written(clock)
    response = Response(200, bytes(range(25)), delivery=Delivery(**delivery))

    async def work() -> None:
        connection = Connection(lambda request: response, Log(), set())
        connection.connection_made(written)
        connection.data_received(b"GET / HTTP/1.1\r\n\r\n")
        await asyncio.sleep(60)

    run(clock, work())
    return written.pieces


def test_late_waits_before_the_first_byte() -> None:
    assert [moment for moment, _ in delivered()] == [0]
    assert [moment for moment, _ in delivered(delay=0.1)] == [0.1]


def test_dripping_sends_the_body_in_pieces() -> None:
    (moment, head), *pieces = delivered(drip=0.5, drip_size=10)
    assert moment == 0
    assert head.endswith(b"content-length: 25\r\n\r\n")
    body = bytes(range(25))
    assert pieces == [(0, body[:10]), (0.5, body[10:20]), (1.0, body[20:])]


def test_a_dripping_body_can_be_cut() -> None:
    with Server(said, Rule(b.dripping(0.001, size=50), b.connection_cut("mid-body"))) as server:
        received, _ = raw(server)
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert not received.endswith(b"}")


# ---- What comes in ----


def test_a_connection_serves_many_requests(plain: Server) -> None:
    wire = Wire(plain)
    with closing(wire.connection):
        wire.chat()
        peer = wire.connection.sock
        wire.chat()
        assert wire.connection.sock is peer
        wire.send("GET", "/v1/models", Connection="close").read()
        assert wire.connection.sock is None


def exchange(server: Server, *pieces: bytes) -> bytes:
    """Send pieces one by one over a socket and return all that comes until the server closes."""
    address = urlsplit(server.base_url)
    received = b""
    with socket.create_connection((address.hostname, address.port or 0), 10) as peer:
        for piece in pieces:
            peer.sendall(piece)
            time.sleep(0.005)
        while more := peer.recv(65536):
            received += more
    return received


def test_requests_in_pieces_pipelined_and_chunked(plain: Server) -> None:
    content = json.dumps(chat()).encode()
    chunked = (
        b"POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
        b"Connection: close\r\n\r\n"
        + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (content[:9], content[9:]))
        + b"0\r\n\r\n"
    )
    two = b"GET /v1/models HTTP/1.1\r\n\r\n" + chunked
    received = exchange(plain, two[:10], two[10:60], two[60:150], two[150:])
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert [each.method for each in plain.requests] == ["GET", "POST"]
    assert plain.chats[0].body == chat()


def test_a_client_may_wait_for_100_continue(plain: Server) -> None:
    head = b"POST /v1/files HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    assert exchange(plain, head, b"{}").startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400")


@pytest.mark.parametrize(
    "head", [b"nonsense\r\n\r\n", b"GET / HTTP/2\r\n\r\n", b"GET / HTTP/1.1\r\nx\r\n\r\n"]
)
def test_what_is_not_http_is_a_400(plain: Server, head: bytes) -> None:
    assert exchange(plain, head).startswith(b"HTTP/1.1 400")


def test_a_head_without_end_is_refused(plain: Server) -> None:
    assert exchange(plain, b"GET /" + b"x" * 70_000).startswith(b"HTTP/1.1 400")
