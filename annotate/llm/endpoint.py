"""An endpoint as the settings describe it: its address, and the name that stands for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from annotate.errors import UsageError
from annotate.llm.access import KEY_VARIABLE, api_key, sent_headers
from annotate.llm.client import Client
from annotate.llm.connection import MOST_BYTES, Connection
from annotate.loopback import same_endpoints
from annotate.project.settings import Settings


def endpoint(base_url: str) -> str:
    """Return a base URL without credentials, query and fragment, for keys and reports.

    Raises:
        UsageError: where it is not a URL.
    """
    try:
        parts = urlsplit(base_url)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:  # its words repeat the URL, which may hold credentials
        raise UsageError("--base-url is not a URL: check its host and port") from None
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, netloc + port, parts.path.rstrip("/"), "", ""))


def place(settings: Settings) -> str:
    """Return host and port of the endpoint, for messages."""
    parts = urlsplit(endpoint(settings.base_url))
    if parts.port is not None:
        return parts.netloc
    return f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"


def identity(settings: Settings) -> str:
    """Return what stands for the endpoint in keys and reports: its name, else its address."""
    if settings.identity is None:
        return endpoint(base_url(settings))
    named = settings.identity
    return endpoint(named) if "://" in named else named


def other_identities(settings: Settings) -> list[str]:
    """Return under which other names answers of the endpoint may be kept.

    These are its address, where it has a name, and the other names of a server on this machine.
    """
    name = identity(settings)
    known = [name, endpoint(base_url(settings))]
    known += [other for each in known for other in same_endpoints(each)]
    return [each for each in dict.fromkeys(known) if each != name]


def base_url(settings: Settings) -> str:
    """Return the address below which the endpoint answers, with its credentials and its query."""
    try:
        parts = urlsplit(settings.base_url)
    except ValueError:
        raise UsageError("--base-url is not a URL: check its host and port") from None
    path, query = parts.path, parts.query
    if settings.deployment is not None:
        path = f"{path.rstrip('/')}/openai/deployments/{settings.deployment}"
    if settings.api_version is not None:
        query = "&".join(filter(None, (query, f"api-version={settings.api_version}")))
    return urlunsplit(parts._replace(path=path, query=query))


# ---- The way to it ----


def open_client(settings: Settings, timeout: float | None = None) -> Client:
    """Return the model behind the endpoint of these settings; it connects when it sends.

    `timeout`, in seconds, goes before that of the settings.

    Raises:
        UsageError: for a key or a header that cannot be sent.
    """
    seconds = settings.timeout if timeout is None else timeout
    concurrency = settings.concurrency
    return Client(**_entrance(settings), timeout=seconds, concurrency=concurrency)


def connection_to(
    settings: Settings, *, timeout: float, most_bytes: int = MOST_BYTES
) -> Connection:
    """Return a connection to the endpoint of these settings, for what is no chat completion.

    Raises:
        UsageError: for a key or a header that cannot be sent.
    """
    return Connection(**_entrance(settings), timeout=timeout, most_bytes=most_bytes)


def _entrance(settings: Settings) -> dict[str, Any]:
    """Return what leads into an endpoint: its address, the key, the headers."""
    return {
        "base_url": base_url(settings),
        "key": api_key(settings.key_variable),
        "variable": settings.key_variable or KEY_VARIABLE,
        "headers": sent_headers(settings.headers),
    }
