"""Put a page together: one HTML file that asks nobody for anything and runs no code but its own.

Style and script stand in the page and are named by their hash in its content-security policy; the
content stands beside them as JSON, which no browser runs, and reaches the page as text nodes alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup
from pydantic import JsonValue

from annotate.viewer.palette import DARK_PAPER, HUES, LIGHT_PAPER

_ASSETS = Path(__file__).with_name("assets")
# What ends a script element or confuses an HTML parser in one, what older JavaScript took for line
# ends, and halves of characters, which no file can hold.
_ESCAPED = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def page(data: Mapping[str, JsonValue]) -> str:
    """Return the page that shows `data`."""
    style, script = _style(), _read("page.js")
    return _skeleton().render(
        policy=_policy(style, script),
        title=data["title"],
        style=Markup(style),  # noqa: S704 (ours)
        script=Markup(script),  # noqa: S704 (ours)
        data=Markup(embedded(data)),  # noqa: S704 (escaped for this very place)
    )


def embedded(data: object) -> str:
    """Return JSON that can stand in a script element, whatever text it holds."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _skeleton() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


@cache
def _style() -> str:
    """Return the style sheet behind the colours of the palette."""
    hues = "".join(f"--hue-{i}:light-dark({a},{b});" for i, (a, b) in enumerate(HUES))
    return f":root{{--paper:light-dark({LIGHT_PAPER},{DARK_PAPER});{hues}}}\n{_read('page.css')}"


@cache
def _read(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")
