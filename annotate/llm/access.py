"""How an endpoint is reached: key, headers, proxy and certificates, as the environment gives them.

What cannot work is found here, before anything is sent, and the error names the variable. Errors of
the libraries below would come in the middle of a run, and repeat the value.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from annotate.errors import UsageError
from annotate.project.profiles import VARIABLE, fits_a_header
from annotate.redaction import hide, hide_credentials

KEY_VARIABLE = "OPENAI_API_KEY"
_KEY_VARIABLES = ("ANNOTATE_API_KEY", KEY_VARIABLE)  # the first that is set holds
_ANY_KEY = "none"  # what a server on this machine is sent: it takes any
_HEADERS = {"OPENAI_ORG_ID": "openai-organization", "OPENAI_PROJECT_ID": "openai-project"}
_CUSTOM_HEADERS = "OPENAI_CUSTOM_HEADERS"
_LOCAL = (".local", ".localhost", ".lan", ".internal", ".home.arpa")
_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
_CALL = "/chat/completions"


# ---- The key ----


def api_key(variable: str | None = None) -> str:
    """Return the key for the endpoint, "" where none is set.

    Args:
        variable: of the environment that holds it; None for the usual ones.

    Raises:
        UsageError: for a key that no header can carry.
    """
    for name in (variable,) if variable is not None else _KEY_VARIABLES:
        if key := os.environ.get(name, "").strip():
            check_key(key, name)
            return key
    return ""


def check_key(key: str, variable: str = KEY_VARIABLE) -> None:
    """Refuse a key that no header can carry, unseen.

    Raises:
        UsageError: naming the variable.
    """
    if key and not fits_a_header(key):
        raise UsageError(
            f"{variable} holds a line end or another character that no key has; set it anew"
        )


def sent_key(key: str, base_url: str, variable: str = KEY_VARIABLE) -> str:
    """Return the key that is sent: a server on this machine or in its network takes any.

    Raises:
        UsageError: where there is none, and the endpoint is elsewhere.
    """
    host = _split(base_url).hostname or ""
    if not key and not _is_near(host):
        raise UsageError(
            f"no key is set for {host}; set {variable}, or {variable}={_ANY_KEY} where it needs no "
            "key"
        )
    return key or _ANY_KEY


def _is_near(host: str) -> bool:
    """Say whether a host is this machine, or one of a network that the internet does not know."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL)


def sent_headers(
    headers: Mapping[str, str], environment: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Return headers as they are sent: `$NAME` in a value is that variable's.

    Raises:
        UsageError: naming the variable that is not set, or that no header can carry.
    """

    def value_of(found: re.Match[str]) -> str:
        variable = found[1]
        value = environment.get(variable, "").strip()
        if not value:
            raise UsageError(f"{variable} is not set, which a header of the endpoint names; set it")
        if not fits_a_header(value):
            raise _no_header(variable)
        hide(value)
        return value

    return {name: VARIABLE.sub(value_of, text) for name, text in headers.items()}


# ---- The address ----


def address(base_url: str) -> tuple[str, dict[str, str]]:
    """Return a base URL without its query, and what goes behind every path: `api-version=…`.

    The address of the call itself, as it is copied from a portal, is taken for its base.

    Raises:
        UsageError: where it is not a URL.
    """
    parts = _split(base_url)
    path = parts.path.rstrip("/").removesuffix(_CALL)
    plain = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return plain, dict(parse_qsl(parts.query, keep_blank_values=True))


def is_azure(base_url: str) -> bool:
    """Say whether a key goes into the header `api-key`, where others want it as bearer token."""
    parts = _split(base_url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    return (parts.hostname or "").endswith(_AZURE) or any(n == "api-version" for n, _ in query)


def _split(base_url: str) -> SplitResult:
    try:
        parts = urlsplit(base_url)
        _ = parts.port
    except ValueError:  # its words repeat the URL, which may hold credentials
        raise UsageError("--base-url is not a URL: check its host and port") from None
    return parts


# ---- What else the environment says ----


def check_environment(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse what the environment adds to a request and no request can carry.

    Raises:
        UsageError: naming the variable.
    """
    for variable, value in _sent_values(environment):
        if not fits_a_header(value):
            raise _no_header(variable)
    for variable, proxy in _proxies(environment):
        hide_credentials(proxy)
        if problem := _proxy_problem(proxy):
            raise UsageError(f"the proxy that {variable} names cannot be used: {problem}")
    file = environment.get("SSL_CERT_FILE")
    if file and not Path(file).is_file():
        raise UsageError(f"SSL_CERT_FILE names {file}, which is no file; set it anew, or unset it")


def environment_headers(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what the environment adds to each request, under names in lower case."""
    found = {_HEADERS[name]: environment[name] for name in _HEADERS if environment.get(name)}
    for line in environment.get(_CUSTOM_HEADERS, "").split("\n"):
        name, colon, value = line.partition(":")
        if colon and name.strip():
            found[name.strip().lower()] = value.strip()
    return found


def proxy_to(base_url: str) -> str | None:
    """Return the address of the proxy that requests to an endpoint go through, None for none."""
    parts, found = _split(base_url), getproxies()
    proxy = found.get(parts.scheme) or found.get("all")
    if not proxy or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def unusable_certificates() -> UsageError:
    """Return the error for certificates that are there and cannot be read."""
    variable = "SSL_CERT_FILE" if os.environ.get("SSL_CERT_FILE") else "SSL_CERT_DIR"
    return UsageError(
        f"the certificates that {variable} names cannot be used: a file in PEM form is needed"
    )


def _sent_values(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for variable in _HEADERS:
        if value := environment.get(variable):
            yield variable, value
    for line in environment.get(_CUSTOM_HEADERS, "").split("\n"):
        if line.strip():
            yield _CUSTOM_HEADERS, line.strip()


def _no_header(variable: str) -> UsageError:
    return UsageError(
        f"{variable} holds a line end or a letter that no header can carry; set it anew"
    )


def _proxies(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the proxies that a request may take, with the variable that names each."""
    found = getproxies()
    for scheme in ("http", "https", "all"):
        if proxy := found.get(scheme):
            names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
            variable = next((name for name in names if name in environment), names[1])
            yield variable, proxy if "://" in proxy else f"http://{proxy}"


def _proxy_problem(proxy: str) -> str:
    try:
        parts = urlsplit(proxy)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        host = None
    if not host:
        return "it is no address; give one as http://host:port"
    if parts.scheme.startswith("socks"):
        return "SOCKS is not supported; give an HTTP proxy"
    return "" if parts.scheme in ("http", "https") else "give its address with http:// or https://"
