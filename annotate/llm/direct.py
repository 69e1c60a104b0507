"""Carry requests straight to an endpoint, over aiohttp.

httpx2's own way takes more work than all else that is done to send a request: aiohttp reads heads
with a compiled parser, and finds a free connection without a look at each. Redirects, the bounds of
bodies and what may be sent stay with the client above (`annotate.llm.connection`), and what goes
through a proxy stays with httpx2.

Imported with the first request, as openai is, which imports aiohttp too.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any

import aiohttp
import httpx2
from aiohttp.client_proto import ResponseHandler
from yarl import URL

_LONGEST_FIELD = 32 * 1024  # of a head; gateways add long ones
_FRAMES = 4  # times as many bytes as a body has may come around its pieces
_LARGE = 1024 * 1024  # from which on a body is sent in pieces
_IDLE = 5.0  # seconds that a connection is kept open unused, as httpx2 keeps it

# What aiohttp adds of its own accord; the request has all that is to be sent.
_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")

_MEANINGS: tuple[tuple[type[Exception], type[httpx2.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx2.ConnectTimeout),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.InvalidURL, httpx2.UnsupportedProtocol),
    # From here on the request may be there.
    (TimeoutError, httpx2.ReadTimeout),
    (aiohttp.ServerDisconnectedError, httpx2.RemoteProtocolError),
    (aiohttp.ClientConnectionError, httpx2.ReadError),
    (aiohttp.ClientError, httpx2.RemoteProtocolError),
    (OSError, httpx2.ReadError),
)


class Direct(httpx2.AsyncBaseTransport):
    """Sends the requests of an httpx2 client; opens its connections with the first.

    Args:
        trusted: whose certificates are believed.
        connections: at most.
        most_bytes: of a body; what comes around one is bounded by it.
    """

    def __init__(self, trusted: ssl.SSLContext, connections: int, most_bytes: int) -> None:
        self._trusted = trusted
        self._connections = connections
        self._most_bytes = most_bytes
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return its response, of which only the head is read.

        Raises:
            httpx2.TransportError: as httpx2's own transport does.
        """
        session = self._opened()
        seconds = request.extensions.get("timeout", {})
        # Without credentials: they are in a header.
        url = request.url
        address = f"{url.scheme}://{url.netloc.decode('ascii')}{url.raw_path.decode('ascii')}"
        with _as_httpx2():
            answered = await session.request(
                request.method,
                URL(address, encoded=True),
                headers=request.headers.multi_items(),
                data=_body(request),
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(
                    connect=seconds.get("pool"),
                    sock_connect=seconds.get("connect"),
                    sock_read=seconds.get("read"),
                ),
            )
        return httpx2.Response(
            answered.status, headers=list(answered.raw_headers), stream=_Body(answered)
        )

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections,
                ssl=self._trusted,
                keepalive_timeout=_IDLE,
                resolver=aiohttp.ThreadedResolver(),  # as the system finds addresses
            )
            # Heads and frames without an end are nothing that aiohttp bounds.
            connector._factory = partial(  # type: ignore[assignment]
                _Handler, self._most_bytes, loop=connector._loop
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=_ADDED,
                max_line_size=_LONGEST_FIELD,
                max_field_size=_LONGEST_FIELD,
            )
        return self._session


class _Handler(ResponseHandler):
    """What a connection receives: within a bound, and never for the next request."""

    def __init__(self, most_bytes: int, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self._most = _FRAMES * most_bytes + _LARGE
        self._received = 0

    def set_response_params(self, **params: Any) -> None:
        """Hear that a request is sent."""
        self._received = 0
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Read what came, unless it is more than any response takes."""
        self._received += len(data)
        if self._received <= self._most:
            super().data_received(data)
            return
        error = aiohttp.ClientPayloadError("a response without an end")
        if self._payload is not None:
            self._payload.set_exception(error)
        self.set_exception(error)
        if self.transport is not None:
            self.transport.abort()

    def is_connected(self) -> bool:
        """Say whether a request may be sent: not where something came that nobody asked for."""
        return super().is_connected() and not self.should_close


class _Body(httpx2.AsyncByteStream):
    """The body of a response, as it comes."""

    def __init__(self, answered: aiohttp.ClientResponse) -> None:
        self._answered = answered

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx2():
            async for piece in self._answered.content.iter_any():
                yield piece

    async def aclose(self) -> None:
        """Let go of the connection: for another request where the body was read to its end."""
        self._answered.close()


def _body(request: httpx2.Request) -> bytes | BytesIO | httpx2.AsyncByteStream | None:
    try:
        content = request.content
    except httpx2.RequestNotRead:  # a file
        request.headers.pop("transfer-encoding", None)  # aiohttp sees to it
        assert isinstance(request.stream, httpx2.AsyncByteStream)  # noqa: S101 (the client is)
        return request.stream
    return BytesIO(content) if len(content) > _LARGE else content or None


@contextmanager
def _as_httpx2() -> Iterator[None]:
    """Raise what aiohttp raises as what httpx2 would; no words, which hold addresses."""
    try:
        yield
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        kind = next(kind for cause, kind in _MEANINGS if isinstance(error, cause))
        raise kind("") from error
    except ValueError:  # its words are the header that cannot be sent
        raise httpx2.LocalProtocolError("") from None
