"""The one way to an endpoint: every request of this package goes out through a connection.

It stays at the origin (scheme, host and port) that it was opened for, reads no more than it was
told to, keeps no cookie and lets nothing be logged. It sends once: when to try again is decided in
`annotate.llm.retry`, what a failure means in `annotate.llm.errors`.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, TypeVar

from annotate.errors import AnnotateError, UsageError
from annotate.llm import access
from annotate.llm.errors import TransientError, redirected
from annotate.redaction import hide, hide_credentials

if TYPE_CHECKING:
    import ssl

    import httpx2
    import openai

T = TypeVar("T")

MOST_BYTES = 2 * 1024 * 1024
"""Of one answer: an answer of 128 000 tokens takes .6 MB, and twice that where it is escaped."""

_MOST_REDIRECTS = 3
_ORIGIN = re.compile(r"https?://[A-Za-z0-9_.:\[\]-]{1,253}")
_SAME_REQUEST = (307, 308)  # the other redirects turn a POST into a GET


class Connection:
    """One endpoint over HTTP, one connection pool, opened with the first request.

    Args:
        base_url: of the OpenAI-compatible API; its query goes behind every path.
        key: sent as bearer token, to Azure as `api-key`, never shown; "" where there is none.
        variable: of the environment that the key is in, for messages.
        headers: sent with each request; where they let somebody in, no key is needed.
        timeout: seconds that connecting, or waiting for more of the body, may take.
        concurrency: connections at most.
        most_bytes: of the body of one answer, before and after decompression.

    Raises:
        UsageError: for a key that no header can carry.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        timeout: float,
        concurrency: int = 16,
        most_bytes: int = MOST_BYTES,
        variable: str = access.KEY_VARIABLE,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        key = key.strip()
        # Checked here: the error for a header that cannot be sent would show the key.
        access.check_key(key, variable)
        hide(key)
        hide_credentials(base_url)
        self._base_url, self._query = access.address(base_url)
        self._azure = access.is_azure(base_url)
        self._key = key
        self._variable = variable
        self._headers = dict(headers)
        self._timeout = timeout
        self._concurrency = concurrency
        self._most_bytes = most_bytes
        self._opened: openai.AsyncOpenAI | None = None

    async def get(self, path: str) -> httpx2.Response:
        """Ask for what stands at a path below the base URL.

        Raises:
            openai.APIStatusError, openai.APIConnectionError: where it fails as such requests do.
            AnnotateError, TransientError: where the endpoint leads elsewhere or sends too much.
        """
        import httpx2

        return await self._once(lambda api: api.get(path, cast_to=httpx2.Response))

    async def post(
        self,
        path: str,
        *,
        content: bytes | None = None,
        form: Mapping[str, Any] | None = None,
        file: tuple[str, IO[bytes]] | None = None,
    ) -> httpx2.Response:
        """Send JSON that is written already, or a form with or without a file; raises as `get`."""
        import httpx2

        how: dict[str, Any] = {"content": content} if content is not None else {"body": form}
        if file is not None:
            how["files"] = [("file", file)]
            how["options"] = {"headers": {"Content-Type": "multipart/form-data"}}
        return await self._once(lambda api: api.post(path, cast_to=httpx2.Response, **how))

    async def download(self, file: str, write: Callable[[bytes], object]) -> None:
        """Read the content of a file of the endpoint piece by piece; raises as `get`."""
        import httpx2

        async def read(api: openai.AsyncOpenAI) -> None:
            async with api.files.with_streaming_response.content(file) as response:
                async for piece in response.iter_bytes():
                    write(piece)

        try:
            await self._once(read)
        except httpx2.HTTPError as error:  # in the middle of a body, where openai does not look
            raise TransientError(f"the connection failed ({type(error).__name__})") from None

    async def close(self) -> None:
        """Close the connections."""
        if self._opened is not None:
            await self._opened.close()

    async def _once(self, send: Callable[[openai.AsyncOpenAI], Awaitable[T]]) -> T:
        api = self._open()
        import httpx2
        import openai

        try:
            return await send(api)
        except openai.APIConnectionError as error:
            cause = error.__cause__
            if isinstance(cause, AnnotateError | TransientError):  # from the hooks below
                raise cause from None
            if isinstance(cause, httpx2.TooManyRedirects):
                raise redirected("leads in circles") from None
            raise

    def _open(self) -> openai.AsyncOpenAI:
        """Connect with the first request: a run from the cache imports no openai."""
        if self._opened is not None:
            return self._opened
        # Not before: what comes from the cache needs neither key nor proxy.
        key = self._key
        headers = dict(self._headers)
        if {"authorization", "api-key", "x-api-key"}.isdisjoint(map(str.lower, headers)):
            key = access.sent_key(key, self._base_url, self._variable)
            if self._azure:
                headers["api-key"] = key
        access.check_environment()
        import openai

        for name in ("openai", "httpx2", "httpcore2", "aiohttp"):
            # What they log is addresses with credentials, headers, and texts that were sent.
            logging.getLogger(name).setLevel(logging.WARNING)
        self._opened = openai.AsyncOpenAI(
            base_url=self._base_url,
            api_key=key or "none",  # or openai would look for one
            default_query=self._query,
            default_headers=headers,
            max_retries=0,  # annotate.llm.retry is the one layer that tries again
            timeout=self._timeout,
            http_client=self._http_client(),
        )
        return self._opened

    def _http_client(self) -> httpx2.AsyncClient:
        import ssl

        import httpx2

        from annotate.llm import bounded
        from annotate.llm.direct import Direct

        try:
            home = _origin(httpx2.URL(self._base_url))
        except httpx2.InvalidURL:  # its words repeat the URL, which may hold credentials
            raise UsageError("--base-url is not a URL: check its host and port") from None

        async def stay(request: httpx2.Request) -> None:
            if _origin(request.url) != home:  # no way leads here; were there one, it ends here
                raise redirected(f"leads to {_shown(_origin(request.url))}")
            if self._azure:  # a bearer token is another thing there, and a wrong one is refused
                request.headers.pop("authorization", None)

        async def take(response: httpx2.Response) -> None:
            client.cookies.clear()  # nobody here needs them, and their number has no bound
            if response.has_redirect_location:
                _check_redirect(response, home)
            bounded.bound(response, self._most_bytes)

        places = httpx2.Limits(
            max_connections=self._concurrency, max_keepalive_connections=self._concurrency
        )
        try:
            trusted = _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
            client = httpx2.AsyncClient(
                verify=trusted,
                limits=places,
                # None: with a proxy, httpx2 finds out for itself what goes through it.
                transport=None
                if access.names_proxy()
                else Direct(trusted, self._concurrency, self._most_bytes),
                headers={"accept-encoding": bounded.ACCEPTED},
                follow_redirects=True,
                max_redirects=_MOST_REDIRECTS,
                event_hooks={"request": [stay], "response": [take]},
            )
        except (ValueError, ImportError, httpx2.InvalidURL):  # their words repeat its address
            raise UsageError(
                "the proxy that ALL_PROXY, HTTPS_PROXY or HTTP_PROXY names cannot be used; "
                "give its address with http:// or https://"
            ) from None
        except (OSError, ssl.SSLError):
            raise access.unusable_certificates() from None
        return client


@cache
def _trusted(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Return whom this machine trusts: reading the certificates takes longer than many a request.

    `file` and `folder` are what the environment names in their place; httpx2 reads it itself.
    """
    import httpx2

    return httpx2.create_ssl_context()


def _check_redirect(response: httpx2.Response, home: str) -> None:
    """Let through a redirect that asks for the same request at the same origin, which has it.

    Raises:
        Stopped: for any other.
    """
    import httpx2

    request, location = response.request, response.headers["location"]
    try:
        # An address without a host ("http:path") means another one to each who reads it.
        hostless = httpx2.URL(location).scheme and not httpx2.URL(location).host
        there = "" if hostless else _origin(request.url.join(location))
    except httpx2.InvalidURL:
        there = ""
    answered = f"answers {response.status_code} and leads to"
    if there != home:
        raise redirected(f"{answered} {_shown(there)}, where nothing was sent")
    if request.method != "GET" and response.status_code not in _SAME_REQUEST:
        raise redirected(f"{answered} another path of its own")


def _origin(url: httpx2.URL) -> str:
    """Return scheme, host and port of an address: no credentials, no path, no query."""
    host = url.raw_host.decode("ascii")
    port = "" if url.port is None else f":{url.port}"  # httpx2 leaves out the scheme's own
    return f"{url.scheme}://[{host}]{port}" if ":" in host else f"{url.scheme}://{host}{port}"


def _shown(origin: str) -> str:
    return origin if _ORIGIN.fullmatch(origin) else "an address that is none"
