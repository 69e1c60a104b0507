"""Serve a review until it is stopped."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from typing import Self

import uvicorn

from annotate.errors import UsageError
from annotate.review.session import Review
from annotate.serving.guard import Guard
from annotate.serving.review_app import review_app

LOOPBACK = "127.0.0.1"


class ReviewServer:
    """A review at an address of this machine, which listens inside a `with` block.

    Args:
        host: IP address of the interface.
        port: 0 for any that is free.

    Attributes:
        address: of the page, with a token that opens it once.

    Raises:
        UsageError: where nothing can listen there.
    """

    def __init__(self, review: Review, host: str = LOOPBACK, port: int = 0) -> None:
        self._socket = _listening(host, port)
        port = self._socket.getsockname()[1]
        guard = Guard(review_app(review), _names(host, port))
        self.address = f"http://{_shown(host)}:{port}/?token={guard.token}"
        config = uvicorn.Config(
            guard,
            access_log=False,  # the first line of a request holds the token
            date_header=False,
            http="h11",
            lifespan="off",
            log_level="warning",
            loop="asyncio",
            server_header=False,
            timeout_graceful_shutdown=2,
            ws="none",
        )
        self._server = uvicorn.Server(config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def run(self) -> None:
        """Answer requests until `stop` is called, or the process is interrupted."""
        with suppress(KeyboardInterrupt):  # how people end it; what was decided is kept
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Let `run` return, from another thread."""
        self._server.should_exit = True


def _listening(host: str, port: int) -> socket.socket:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise UsageError(
            f"--host {host!r}: needs the IP address of an interface, such as {LOOPBACK}"
        ) from None
    if address.is_unspecified:
        raise UsageError(f"--host {host}: name the address by which browsers reach this machine")
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise UsageError(
            f"{_shown(host)}:{port}: cannot listen there ({error.strerror}); name another --port"
        ) from None
    return opened


def _names(host: str, port: int) -> list[str]:
    """Return what a browser may call the server."""
    names = [_shown(host)]
    if ipaddress.ip_address(host).is_loopback:
        names.append("localhost")
    return [f"{name}:{port}" for name in names]


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
