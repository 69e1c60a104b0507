"""The server of a test: what it records, and how it starts and ends."""

from __future__ import annotations

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.support.waiting import until
from tests.support.wire import (
    Wire,
    chat,
    raw,
    said,
    statuses,
)


def test_requests_are_recorded_with_headers_body_and_times() -> None:
    with Server(said) as server:
        wire = Wire(server)
        with closing(wire.connection):
            wire.send("GET", "/v1/models", Authorization="Bearer k").read()
            wire.chat(chat("Hello"))
        models, request = server.requests
    assert models.headers["authorization"] == "Bearer k"
    assert (models.method, models.path, models.body) == ("GET", "/v1/models", None)
    assert server.chats == (request,)
    assert request.body == chat("Hello")
    assert json.loads(request.content) == request.body
    assert request.answered is not None
    assert models.arrived <= request.arrived <= request.answered
    assert (request.status, request.in_flight) == (200, 1)


def test_in_flight_is_counted() -> None:
    with Server(said, Rule(b.late(60))) as server, ThreadPoolExecutor(8) as pool:
        under_way = [pool.submit(raw, server) for _ in range(8)]
        until(lambda: server.in_flight == 8)
        server.__exit__(None, None, None)
        assert [each.result(5)[0] for each in under_way] == [b""] * 8
    assert (server.in_flight, server.max_in_flight) == (0, 8)
    assert [each.in_flight for each in server.requests] == list(range(1, 9))


def test_reset_forgets_and_counts_anew() -> None:
    with Server(said, Rule(b.server_error(), first=1)) as server:
        assert statuses(server, "", "") == [500, 200]
        server.reset()
        assert server.requests == ()
        assert server.max_in_flight == 0
        assert statuses(server, "") == [500]


def test_only_so_many_requests_are_kept() -> None:
    with Server(said, keep=1) as server:
        statuses(server, "a", "b")
        assert [each.body for each in server.requests] == [chat("b")]


def test_a_client_that_leaves_is_no_longer_in_flight() -> None:
    with Server(said, Rule(b.late(30))) as server:
        wire = Wire(server)
        wire.connection.timeout = 0.05
        with closing(wire.connection), pytest.raises(TimeoutError):
            wire.chat()
        until(lambda: server.in_flight == 0)
        (request,) = server.requests
        assert request.answered is None
        assert request.status is None


def test_only_the_loopback_interface_is_bound(plain: Server) -> None:
    assert urlsplit(plain.base_url).hostname == "127.0.0.1"


def test_at_the_end_thread_and_port_are_gone_with_requests_under_way() -> None:
    with Server(said, Rule(b.late(30))) as server, ThreadPoolExecutor() as pool:
        under_way = pool.submit(raw, server)
        until(lambda: server.in_flight == 1)
        server.__exit__(None, None, None)
        assert under_way.result(5)[0] == b""
    assert "annotate.testing" not in [each.name for each in threading.enumerate()]
    address = urlsplit(server.base_url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port or 0), 1)


def test_a_server_runs_once_at_a_time(plain: Server) -> None:
    with pytest.raises(RuntimeError, match="running"):
        plain.__enter__()
