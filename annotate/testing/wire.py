"""HTTP/1.1 for the test server, as one asyncio protocol: few steps, and every way to fail.

Connections stay open; one request at a time is answered on each. What is measured against this
server is the client, so there is no stream, no task and no framework between the socket and the
answer. Not a server for anything else: it trusts its peer with the length of a body.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.client import responses
from typing import Any

from annotate.testing.answers import Delivery

_LONGEST_HEAD = 64 * 1024
_AT_ONCE = Delivery()


@dataclass
class Request:
    """A request as it came, and what became of it.

    Attributes:
        method: GET, POST.
        path: as sent, with its query.
        headers: names in lower case.
        content: the bytes of the body.
        arrived: when it was read to its end, in seconds of `time.monotonic`.
        in_flight: requests under way at that moment, this one among them.
        answered: when the last byte was handed over or the connection was cut; None while it is
            under way, and for good where the client left.
        status: of the response; None where none was sent.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    arrived: float = 0.0
    in_flight: int = 0
    answered: float | None = None
    status: int | None = None

    @cached_property
    def body(self) -> Any:
        """The body as JSON; None where it is not JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers and body, and how they go out."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    delivery: Delivery = _AT_ONCE

    def head(self, closes: bool = False) -> bytes:
        """Return the status line and the headers; `closes`: this is the connection's last one."""
        headers = {
            "content-type": "application/json",
            "content-length": str(len(self.body)),
            **({"connection": "close"} if closes else {}),
            **self.headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        phrase = responses.get(self.status, "")  # some statuses in use are in no standard
        return f"HTTP/1.1 {self.status} {phrase}\r\n{lines}\r\n".encode("latin-1")


class Log:
    """The requests that came, and how many were under way.

    Args:
        keep: how many requests are kept, the newest; None keeps all.
    """

    def __init__(self, keep: int | None = None) -> None:
        self.keep = keep
        self.in_flight = 0
        self.reset()

    def reset(self) -> None:
        """Forget what came; what is under way stays under way."""
        self.requests: deque[Request] = deque(maxlen=self.keep)
        self.count = 0
        self.max_in_flight = self.in_flight

    def open(self, request: Request) -> None:
        """Note a request that was read."""
        self.in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self.in_flight)
        request.arrived, request.in_flight = time.monotonic(), self.in_flight
        self.count += 1
        self.requests.append(request)

    def close(self, request: Request, status: int | None) -> None:
        """Note that a request was answered, or cut by the server."""
        self.in_flight -= 1
        request.answered, request.status = time.monotonic(), status

    def leave(self) -> None:
        """Note that a client left before its answer."""
        self.in_flight -= 1


class Connection(asyncio.Protocol):
    """One connection of a client.

    Args:
        answer: called with each request, in the loop's thread.
        log: told of each request.
        open_: the set of open connections, kept by its members.
    """

    def __init__(
        self, answer: Callable[[Request], Response], log: Log, open_: set[Connection]
    ) -> None:
        self._answer = answer
        self._log = log
        self._open = open_
        self._buffer = bytearray()
        self._head: tuple[str, str, dict[str, str]] | None = None
        self._current: Request | None = None
        self._closes = False
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to listen."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a connection needs a stream")
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Drop what is still to be sent."""
        self._open.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        if self._current is not None:
            self._current = None
            self._log.leave()

    def data_received(self, data: bytes) -> None:
        """Take bytes; answer when a request is whole and none is under way."""
        self._buffer += data
        self._next()

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    # ---- Reading ----

    def _next(self) -> None:
        while self._current is None and self._buffer and not self._transport.is_closing():
            try:
                request = self._read()
            except ValueError:
                self._transport.write(Response(400, b"{}").head(closes=True) + b"{}")
                self._transport.close()
                return
            if request is None:
                return
            self._serve(request)

    def _read(self) -> Request | None:
        """Return the next request, or None until more of it has come."""
        if self._head is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > _LONGEST_HEAD:
                    raise ValueError("the head of a request is too long")
                return None
            self._head = _parse_head(bytes(self._buffer[:end]))
            del self._buffer[: end + 4]
            if self._head[2].get("expect", "").lower() == "100-continue":
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        method, path, headers = self._head
        content = self._content(headers)
        if content is None:
            return None
        self._head = None
        return Request(method, path, headers, content)

    def _content(self, headers: Mapping[str, str]) -> bytes | None:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            content, used = _dechunked(self._buffer)
        else:
            used = int(headers.get("content-length", "0"))
            content = bytes(self._buffer[:used]) if len(self._buffer) >= used else None
        if content is not None:
            del self._buffer[:used]
        return content

    # ---- Answering ----

    def _serve(self, request: Request) -> None:
        self._current = request
        self._closes = request.headers.get("connection", "").lower() == "close"
        self._log.open(request)
        response = self._answer(request)
        if response.delivery.delay > 0:
            self._timer = self._loop.call_later(response.delivery.delay, self._late, response)
        else:
            self._send(response)

    def _late(self, response: Response) -> None:
        self._send(response)
        self._next()

    def _send(self, response: Response) -> None:
        head, body, delivery = response.head(self._closes), response.body, response.delivery
        if delivery.cut == "before headers":
            self._cut(None, delivery)
            return
        if delivery.cut is not None:
            body = body[: len(body) // 2] if delivery.cut == "mid-body" else b""
        if delivery.drip is None:
            self._end(response, head + body)
            return
        self._transport.write(head)
        self._drip(response, body)

    def _drip(self, response: Response, body: bytes) -> None:
        size, seconds = response.delivery.drip_size, response.delivery.drip or 0.0
        if len(body) <= size:
            self._end(response, body)
            self._next()
            return
        self._transport.write(body[:size])
        self._timer = self._loop.call_later(seconds, self._drip, response, body[size:])

    def _end(self, response: Response, data: bytes) -> None:
        """Write the last of a response."""
        if response.delivery.cut is not None:
            self._transport.write(data)
            self._cut(response.status, response.delivery)
            return
        self._done(response.status)  # noted first: whoever holds the answer finds it noted
        self._transport.write(data)
        if self._closes:
            self._transport.close()

    def _cut(self, status: int | None, delivery: Delivery) -> None:
        self._done(status)
        if delivery.reset:
            _reset_on_close(self._transport)
            self._transport.abort()
        else:
            self._transport.close()

    def _done(self, status: int | None) -> None:
        request, self._current, self._timer = self._current, None, None
        if request is not None:
            self._log.close(request, status)


def _parse_head(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Return method, path and headers.

    Raises:
        ValueError: where the head is not HTTP.
    """
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, version = first.split(" ")
    if not version.startswith("HTTP/1."):
        raise ValueError(f"{version} is not spoken here")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError("a header without a colon")
        headers[name.lower()] = value.strip()
    if version == "HTTP/1.0":
        headers.setdefault("connection", "close")
    return method, path, headers


def _dechunked(buffer: bytearray) -> tuple[bytes | None, int]:
    """Return a chunked body and the bytes that it takes, or None until it is whole."""
    content, at = bytearray(), 0
    while True:
        line = buffer.find(b"\r\n", at)
        if line < 0:
            return None, 0
        size = int(bytes(buffer[at:line]).split(b";")[0], 16)
        start = line + 2
        if len(buffer) < start + size + 2:
            return None, 0
        if size == 0:  # trailers are not read: nobody here sends any
            return bytes(content), start + 2
        content += buffer[start : start + size]
        at = start + size + 2


def _reset_on_close(transport: asyncio.Transport) -> None:
    """Make closing send a TCP reset, by lingering for no time at all."""
    peer = transport.get_extra_info("socket")
    with contextlib.suppress(OSError):
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
