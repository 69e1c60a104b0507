"""The one way to an endpoint: every request of this package goes out through a connection.

It stays at the origin (scheme, host and port) that it was opened for, reads no more than it was
told to, keeps no cookie and lets nothing be logged. It sends once: when to try again is decided in
`annotate.llm.retry`, what a failure means in `annotate.llm.errors`.
"""

from __future__ import annotations

import logging
import os
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from annotate.llm import access
from annotate.redaction import hide, hide_credentials
from annotate.version import version

if TYPE_CHECKING:
    import ssl

    from annotate.llm.direct import Direct, Response

MOST_BYTES = 2 * 1024 * 1024
"""Of one answer: an answer of 128 000 tokens takes .6 MB, and twice that where it is escaped."""

_LETS_IN = frozenset({"authorization", "api-key", "x-api-key"})
"""Headers that let somebody in."""


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
        self._opened: Direct | None = None

    async def get(self, path: str) -> Response:
        """Ask for what stands at a path below the base URL, and return what comes.

        Raises:
            TransientError, Stopped: where nothing comes, or not all of it.
            CallFailed, Stopped: where the endpoint leads elsewhere or sends too much.
        """
        return await self._open().exchange("GET", path)

    async def post(self, path: str, content: bytes) -> Response:
        """Send JSON that is written already; raises as `get`."""
        return await self._open().exchange("POST", path, lambda: (content, "application/json"))

    async def upload(self, path: str, file: Path, fields: Mapping[str, str]) -> Response:
        """Send a file in a form with these fields.

        Raises:
            OSError: where the file cannot be read; else as `get`.
        """
        from annotate.llm.direct import form_with

        return await self._open().exchange("POST", path, lambda: form_with(file, fields))

    async def download(self, path: str, write: Callable[[bytes], object]) -> Response:
        """Read what stands at a path piece by piece; of an error, its beginning is returned.

        Raises as `get`, and what `write` raises.
        """
        return await self._open().exchange("GET", path, write=write)

    async def close(self) -> None:
        """Close the connections."""
        if self._opened is not None:
            await self._opened.close()

    def _open(self) -> Direct:
        """Connect with the first request: a run from the cache needs neither key nor proxy."""
        if self._opened is None:
            headers = self._sent_headers()
            access.check_environment()
            # What it logs is addresses with credentials, and headers.
            logging.getLogger("aiohttp").setLevel(logging.WARNING)
            from annotate.llm.direct import Direct

            self._opened = Direct(
                self._base_url,
                self._query,
                headers,
                trusted=self._trusted(),
                proxy=access.proxy_to(self._base_url),
                timeout=self._timeout,
                connections=self._concurrency,
                most_bytes=self._most_bytes,
            )
        return self._opened

    def _sent_headers(self) -> dict[str, str]:
        """Return what goes with each request; what stands later goes before."""
        parts = urlsplit(self._base_url)
        sent = {"accept": "application/json", "user-agent": f"annotate/{version()}"}
        own = {name.lower(): value for name, value in self._headers.items()}
        key = self._key
        if _LETS_IN.isdisjoint(own):
            key = access.sent_key(key, self._base_url, self._variable)
        if key and self._azure:  # a bearer token is another thing there, and a wrong one is refused
            sent["api-key"] = key
        elif key:
            sent["authorization"] = f"Bearer {key}"
        sent |= access.environment_headers() | own
        if parts.username or parts.password:
            who = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
            sent["authorization"] = f"Basic {b64encode(who.encode()).decode()}"
        return sent

    def _trusted(self) -> ssl.SSLContext | bool:
        if not self._base_url.lower().startswith("https:"):
            return True  # nobody's: reading certificates takes longer than many a request
        import ssl

        try:
            return _trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        except (OSError, ssl.SSLError):
            raise access.unusable_certificates() from None


@cache
def _trusted(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Return whom this machine trusts, or what the environment names in its place.

    httpx2 knows where each system keeps its certificates, and reads the environment itself.
    """
    import httpx2

    return httpx2.create_ssl_context()
