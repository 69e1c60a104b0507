"""The names of the machine itself, under which a server on it is one and the same."""

from __future__ import annotations

import re

_NAMES = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(https?://)(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)", re.IGNORECASE)


def same_endpoints(endpoint: str) -> list[str]:
    """Return the other names of a server on this machine; [] where it is elsewhere."""
    found = _HOST.match(endpoint)
    if found is None:
        return []
    rest = endpoint[found.end() :]
    return [f"{found[1]}{name}{rest}" for name in _NAMES if name != found[2]]


def is_same_endpoint(one: object, other: object) -> bool:
    """Tell whether two endpoints are one, maybe under two names of this machine."""
    return one == other or (isinstance(one, str) and other in same_endpoints(one))
