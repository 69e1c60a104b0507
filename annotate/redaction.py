"""Take credentials out of a text before it is logged, printed or kept.

There is one such place. Errors of this package, every line of its log and what its command prints
on standard error pass through here, so that no caller has to remember which texts may hold an
address or a header. Addresses, headers and keys are known by their form; what a connection was
opened with is also known by its very letters, in whatever form it comes back.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

HIDDEN = "***"

_FEWEST = 12  # letters of a key: what a local server takes ("none", "ollama") stands in many texts
_FEWEST_OF_A_PASSWORD = 6

# user:password@ in front of a host. No slash, so that a line of many addresses is read once.
_USER = re.compile(r"(?<=://)[^\s/?#\"'<>]{1,2000}@")
# ?api-key=…: a query whose name says that it lets somebody in.
_QUERY = re.compile(
    r"(?i)(?<=[?&;])([a-z0-9_.-]{0,40}(?:key|token|secret|passw|pwd|sig|auth|code|cred|session)"
    r"[a-z0-9_.-]{0,40}=)[^\s&;#\"'<>]+"
)
# Authorization: Bearer …, 'api-key': '…', (b'x-api-key', b'…'): up to the end of the string.
_IS = r"(?:[\"']?\s{0,3}[:=]\s{0,3}|[\"'],\s{0,3})(?:b(?=[\"']))?"
_HEADER = re.compile(
    r"(?i)\b((?:proxy-)?authorization|[a-z0-9_-]{0,40}api[-_]?key|openai-organization"
    r"|ocp-apim-subscription-key|x-[a-z-]{0,30}token)"
    rf"({_IS})"
    r"(?:\"[^\"\n]*\"?|'[^'\n]*'?|(?:(?:bearer|basic)\s+)?[^\s,;)}\]\"']+)"
)
_COOKIE = re.compile(rf"(?i)\b((?:set-)?cookie)({_IS})[^\n]+")
_SCHEME = re.compile(r"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}")
_KEY = re.compile(r"\bsk-[A-Za-z0-9_-]{6,}")

_SECRETS: set[str] = set()
_known: re.Pattern[str] | None = None


def hide(secret: str, fewest: int = _FEWEST) -> None:
    """Let no text show `secret` from here on, as long as this process runs.

    Args:
        secret: a key, a password.
        fewest: letters that it has, or it is left alone.
    """
    global _known
    forms = {secret, quote(secret, safe=""), unquote(secret)}
    new = {each for each in forms if len(each) >= fewest} - _SECRETS
    if new:
        _SECRETS.update(new)
        longest_first = sorted(_SECRETS, key=len, reverse=True)
        _known = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def hide_credentials(address: str) -> None:
    """Let no text show the password of an address, or what its query gives."""
    try:
        parts = urlsplit(address)
        password, query = parts.password, parse_qsl(parts.query)
    except ValueError:  # no address: whatever it is, its form is all that is known
        return
    for secret in (password or "", *(value for name, value in query if name != "api-version")):
        hide(secret, _FEWEST_OF_A_PASSWORD)


def redact(text: str) -> str:
    """Return a text with `***` in the place of credentials."""
    if _known is not None:
        text = _known.sub(HIDDEN, text)
    if "://" in text or "?" in text or "&" in text:
        text = _QUERY.sub(rf"\1{HIDDEN}", _USER.sub(f"{HIDDEN}@", text))
    text = _HEADER.sub(rf"\1\2{HIDDEN}", _COOKIE.sub(rf"\1\2{HIDDEN}", text))
    return _KEY.sub(HIDDEN, _SCHEME.sub(rf"\1 {HIDDEN}", text))
