"""A server that sends any bytes at all, for as long as somebody reads them."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Self

from tests.support.transports import completion


@dataclass(frozen=True)
class Asked:
    """A request as it came.

    Attributes:
        line: method and path.
        head: the headers.
    """

    line: str
    head: str
    body: bytes


Answers = Callable[[Asked], Iterable[bytes]]


def response(
    body: bytes = b"", status: int = 200, *headers: str, length: int | None = None
) -> bytes:
    """Return a response with its length, `length` where it is to say another one."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status} ", "content-type: application/json", f"content-length: {size}"]
    lines.append("connection: close")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


class Hostile:
    """A server on the loopback interface, open inside a `with` block, a thread for each connection.

    Args:
        answer: the bytes that answer a request, piece by piece; the connection ends behind them.

    Attributes:
        asked: the requests that came, whole.
    """

    def __init__(self, answer: Answers) -> None:
        self.asked: list[Asked] = []
        asked = self.asked

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                line = self.rfile.readline().decode()
                head = ""
                while (each := self.rfile.readline().decode()) not in ("\r\n", ""):
                    head += each
                given = dict(each.lower().split(": ", 1) for each in head.splitlines())
                body = self.rfile.read(int(given.get("content-length", "0")))
                if not line:
                    return
                came = Asked(line.rpartition(" ")[0], head, body)
                asked.append(came)
                with suppress(OSError):  # the client has left
                    for piece in answer(came):
                        self.wfile.write(piece)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 128

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=[0.005], daemon=True
        )

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


ANSWER = response(json.dumps(completion()).encode())
"""A completion in which nothing is found."""


@contextmanager
def leading(
    to: str = "/v1/chat/completions", code: int = 307, *, at: str = "http://127.0.0.1:{port}"
) -> Iterator[tuple[Hostile, Hostile]]:
    """Open an endpoint that redirects every request, and the server that it leads to.

    Args:
        to: the path there.
        code: the status of the redirect.
        at: the address of that server, with {port} for its port.
    """
    with Hostile(lambda _: [ANSWER]) as other:
        location = f"location: {at.format(port=other.port)}{to}"
        with Hostile(lambda _: [response(b"", code, location)]) as server:
            yield server, other
