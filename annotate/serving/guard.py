"""Who may ask a server on this machine: nobody but the browser that was given its address.

Any page in any browser of this machine can send requests to it, and every user of the machine can
reach it. So a request has to name the server as its host (a page elsewhere whose name was made to
lead here does not), has to come from a page of its own where it changes something, and has to carry
the secret that the one-time token of the address was exchanged for.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1 << 20
"""Of the body of a request."""

_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_OWN_SITES = ("none", "same-origin")  # "none" is what is typed
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Guard:
    """Lets those requests through that may ask; the others get a status and one sentence.

    Args:
        hosts: what a request may call the server, with its port.

    Attributes:
        token: opens the server once, as `/?token=…`.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self.token: str | None = secrets.token_urlsafe(32)
        self._secret = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it be answered."""
        if scope["type"] != "http":
            raise ValueError(f"no {scope['type']} here")

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", _POLICY)
            await send(message)

        answer = self._refusal(scope) or self._app
        await answer(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that does not go through, None where it does."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts or len(headers.getlist("host")) != 1:
            return _no(421, "This server is asked under its own address alone.")
        if int(headers.get("content-length") or 0) > MOST_BYTES:
            return _no(413, "The request is too large.")
        if scope["method"] not in ("GET", "HEAD"):
            if headers.get("origin") != f"http://{host}":
                return _no(403, "Only the page of this server may change something.")
            if headers.get("content-type", "").split(";")[0] != "application/json":
                return _no(415, "Only JSON is read.")
        follows_a_link = headers.get("sec-fetch-mode") == "navigate"
        if not follows_a_link and headers.get("sec-fetch-site", "none") not in _OWN_SITES:
            return _no(403, "Other pages may not ask this server.")
        return self._unknown(scope, headers, host)

    def _unknown(self, scope: Scope, headers: Headers, host: str) -> Response | None:
        """Let in who has the secret, and give it to the first who has the token."""
        given = QueryParams(scope["query_string"]).get("token")
        if given is None:
            return None if self._has_secret(headers, host) else _no(403, _CLOSED)
        if self.token is None or not secrets.compare_digest(given.encode(), self.token.encode()):
            # Who comes again with the address that let them in is let in by the secret.
            return _to_page() if self._has_secret(headers, host) else _no(403, _CLOSED)
        self.token = None
        answer = _to_page()
        answer.set_cookie(_cookie(host), self._secret, path="/", httponly=True, samesite="strict")
        return answer

    def _has_secret(self, headers: Headers, host: str) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(_cookie(host))
        return found is not None and secrets.compare_digest(
            found.value.encode(), self._secret.encode()
        )


_CLOSED = (
    "The address of a review opens once, in one browser. Go on in that browser, or stop the "
    "command and start it again."
)


def _cookie(host: str) -> str:
    """Return the name of the cookie: browsers share cookies between the ports of a machine."""
    return f"annotate-review-{host.rpartition(':')[2]}"


def _to_page() -> Response:
    return RedirectResponse("/", status_code=303)


def _no(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status)
