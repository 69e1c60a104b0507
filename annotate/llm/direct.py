"""Carry requests to one origin over aiohttp, on connections where nothing is without a bound.

aiohttp reads heads with a compiled parser and takes a fifth of the work that openai's client takes
to send a request (docs/decisions/0013-transport.md). What it leaves without an end, and what it
would add or follow of its own accord, is taken away here.

Imported with the first request: a run from the cache needs none of it.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp.client_proto import ResponseHandler
from yarl import URL

from annotate.errors import UsageError
from annotate.llm.bounded import ACCEPTED, bounded
from annotate.llm.errors import NOTHING_KNOWN, Asked, classify, redirected, unanswered

Payload = tuple[Any, str]
"""A body as aiohttp takes it, and its media type."""

_MOST_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_SAME_REQUEST = (307, 308)  # the others turn a POST into a GET
_ORIGIN = re.compile(r"https?://[A-Za-z0-9_.:\[\]-]{1,253}")
_LONGEST_FIELD = 32 * 1024  # of a head; gateways add long ones
_FRAMES = 4  # times as many bytes as a body has may come around its pieces
_LARGE = 1024 * 1024  # from which on a body is sent in pieces
_IDLE = 5.0  # seconds that a connection is kept open unused

# What aiohttp adds of its own accord; the request has all that is to be sent.
_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")

_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


@dataclass(frozen=True, slots=True)
class Response:
    """What came for a request.

    Attributes:
        headers: found by their names however these are written.
        content: the body, decompressed; of an error its beginning.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def ok(self) -> bool:
        """Whether it is what was asked for."""
        return 200 <= self.status < 300

    def error(self, asked: Asked = NOTHING_KNOWN) -> Exception:
        """Return what it means where it is not, as `classify` does."""
        return classify(self.status, self.content, self.headers.get("retry-after", ""), asked)


class Direct:
    """The way to one origin; takes requests below a base URL. Made inside a running loop.

    Args:
        base_url: with its credentials, which are not sent from here.
        query: what goes behind every path.
        headers: sent with each request.
        trusted: whose certificates are believed; True for those that aiohttp believes.
        proxy: the address of what all goes through, None for nothing.
        timeout: seconds that connecting, or waiting for more of the body, may take.
        connections: at most.
        most_bytes: of a body; what comes around one is bounded by it.

    Raises:
        UsageError: for a base URL that is none.
    """

    def __init__(
        self,
        base_url: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        *,
        trusted: ssl.SSLContext | bool,
        proxy: str | None,
        timeout: float,
        connections: int,
        most_bytes: int,
    ) -> None:
        try:
            self._base = URL(base_url).with_user(None).with_fragment(None)
            self._home = _origin(self._base)
        except ValueError:  # its words repeat the URL, which may hold credentials
            raise UsageError("--base-url is not a URL: check its host and port") from None
        self._query = f"?{urlencode(query)}" if query else ""
        self._headers = {**headers, "accept-encoding": ACCEPTED}
        self._most_bytes = most_bytes
        self._proxy = proxy
        self._session = _session(trusted, connections, most_bytes, timeout)

    async def exchange(
        self,
        method: str,
        path: str,
        payload: Callable[[], Payload] | None = None,
        write: Callable[[bytes], object] | None = None,
    ) -> Response:
        """Send a request and return its response; `write` takes the body of one that succeeds.

        `payload` returns what is sent; it is called again where a redirect asks for the same anew.

        Raises:
            TransientError, CallFailed, Stopped: as `annotate.llm.connection` says.
        """
        answered = await self._send(method, path, payload)
        try:
            pieces = bounded(
                answered.status, answered.headers, _received(answered), self._most_bytes
            )
            response = Response(answered.status, answered.headers)
            if write is None or not response.ok:
                content = b"".join([piece async for piece in pieces])
                return Response(answered.status, answered.headers, content)
            async for piece in pieces:
                write(piece)
            return response
        finally:
            # For another request where the body was read to its end.
            answered.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _send(
        self, method: str, path: str, payload: Callable[[], Payload] | None
    ) -> aiohttp.ClientResponse:
        """Send, once more where a redirect asks for the same at this origin, and read the head."""
        url = self._url(path)
        for _ in range(1 + _MOST_REDIRECTS):
            if _origin(url) != self._home:  # no way leads here; were there one, it ends here
                raise redirected(f"leads to {_shown(_origin(url))}")
            answered = await self._once(method, url, payload)
            location = answered.headers.get("location")
            if answered.status not in _REDIRECTS or location is None:
                return answered
            answered.close()
            url = self._redirected(method, url, answered.status, location)
        raise redirected("leads in circles")

    async def _once(
        self, method: str, url: URL, payload: Callable[[], Payload] | None
    ) -> aiohttp.ClientResponse:
        headers, data = self._headers, None
        if payload is not None:
            data, kind = payload()
            headers = {**headers, "content-type": kind}
            if isinstance(data, bytes) and len(data) > _LARGE:
                data = BytesIO(data)
        with _as_ours():
            return await self._session.request(
                method, url, headers=headers, data=data, allow_redirects=False, proxy=self._proxy
            )

    def _url(self, path: str) -> URL:
        if "://" in path:
            return URL(path)
        # The path of the base is quoted already.
        return URL(f"{str(self._base).rstrip('/')}{path}{self._query}", encoded=True)

    def _redirected(self, method: str, url: URL, status: int, location: str) -> URL:
        """Return where a redirect leads that asks for the same request at the same origin.

        Raises:
            Stopped: for any other.
        """
        try:
            # An address without a host ("http:path") means another one to each who reads it.
            hostless = URL(location).scheme and not URL(location).host
            there = url.join(URL(location)).with_user(None).with_fragment(None)
            origin = "" if hostless else _origin(there)
        except ValueError:
            origin = ""
        answered = f"answers {status} and leads to"
        if origin != self._home:
            raise redirected(f"{answered} {_shown(origin)}, where nothing was sent")
        if method != "GET" and status not in _SAME_REQUEST:
            raise redirected(f"{answered} another path of its own")
        return there


def form_with(file: Path, fields: Mapping[str, str]) -> Payload:
    """Return a form with these fields and a file, which is read while it is sent.

    Raises:
        OSError: where it cannot be read.
    """
    form = aiohttp.FormData(fields)
    form.add_field("file", file.open("rb"), filename=file.name)  # closed when it is sent
    payload = form()
    return payload, payload.headers["Content-Type"]


def _origin(url: URL) -> str:
    """Return scheme, host and port of an address: no credentials, no path, no query.

    Raises:
        ValueError: where it has none.
    """
    return str(url.origin())


def _shown(origin: str) -> str:
    return origin if _ORIGIN.fullmatch(origin) else "an address that is none"


async def _received(answered: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    with _as_ours():
        async for piece in answered.content.iter_any():
            yield piece


@contextmanager
def _as_ours() -> Iterator[None]:
    """Raise what aiohttp raises as what it means."""
    try:
        yield
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise unanswered(error, sent=not isinstance(error, _NEVER_SENT)) from None


# ---- Connections ----


def _session(
    trusted: ssl.SSLContext | bool, connections: int, most_bytes: int, timeout: float
) -> aiohttp.ClientSession:
    """Return a session that sends what it is given and keeps nothing but its connections."""
    connector = aiohttp.TCPConnector(
        limit=connections,
        ssl=trusted,
        keepalive_timeout=_IDLE,
        resolver=aiohttp.ThreadedResolver(),  # as the system finds addresses
    )
    # Heads and frames without an end are nothing that aiohttp bounds.
    connector._factory = partial(  # type: ignore[assignment]
        _Handler, most_bytes, loop=connector._loop
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=_ADDED,
        timeout=aiohttp.ClientTimeout(connect=timeout, sock_connect=timeout, sock_read=timeout),
        max_line_size=_LONGEST_FIELD,
        max_field_size=_LONGEST_FIELD,
    )


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
        """Say whether a request may be sent: not where something came that nobody asked for.

        That may lie unread, where the loop had no time for it; so does the end of a connection that
        the server has closed, where a request would be lost, and perhaps paid for.
        """
        return super().is_connected() and not self.should_close and not _unread(self.transport)


def _unread(transport: asyncio.Transport | None) -> bool:
    if transport is None:
        return False
    with DefaultSelector() as selector:
        selector.register(transport.get_extra_info("socket"), EVENT_READ)
        return bool(selector.select(timeout=0))
