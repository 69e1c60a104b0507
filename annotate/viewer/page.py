"""Put a page together: one HTML file that asks nobody for anything and runs no code but its own.

Style and script stand in the page and are named by their hash in its content-security policy; the
content stands beside them as JSON, which no browser runs, and reaches the page as text nodes alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import jinja2
from markupsafe import Markup
from pydantic import JsonValue

from annotate.formatting import escaped
from annotate.viewer.palette import DARK_PAPER, HUES, LIGHT_PAPER

PageKind = Literal["page", "review"]
"""The pages that `frontend` has a script and a style for."""

_ASSETS = Path(__file__).with_name("assets")
# What ends a script element or confuses an HTML parser in one, what older JavaScript took for line
# ends, and halves of characters, which no file can hold.
_ESCAPED = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def page(data: Mapping[str, JsonValue], kind: PageKind = "page", index: str = "") -> str:
    """Return the page that shows `data`: one to look at, or one that asks its server to review.

    `index` is the address of a page that lists this one among others, "" where there is none.
    """
    return render(
        _ASSETS / "page.html",
        f"{colours()}{asset(f'{kind}.css')}",
        asset(f"{kind}.js"),
        asks=kind == "review",
        title=data["title"],
        data=Markup(embedded(data)),  # noqa: S704 (escaped for this very place)
        index=index,
    )


def render(
    skeleton: Path, style: str, script: str = "", *, asks: bool = False, **shown: object
) -> str:
    """Return the page that a Jinja skeleton makes of what is shown; texts in it are escaped.

    The skeleton extends `base.html`, which has a place for `title`, and has one for `script` where
    there is one. A page that `asks` may send requests to where it comes from, and nowhere else.
    """
    return "".join(rendered(skeleton, style, script, asks=asks, **shown))


def rendered(
    skeleton: Path, style: str, script: str = "", *, asks: bool = False, **shown: object
) -> Iterator[str]:
    """Yield the page of `render` in pieces, for what is too large to be in memory as a whole."""
    return _template(skeleton).generate(
        policy=_policy(style, script, asks=asks),
        style=Markup(style),  # noqa: S704 (ours)
        script=Markup(script),  # noqa: S704 (ours)
        **shown,
    )


def embedded(data: object) -> str:
    """Return JSON that can stand in a script element, whatever text it holds."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _policy(style: str, script: str, *, asks: bool) -> str:
    scripts = f"script-src '{_hash(script)}'; " if script else ""
    requests = "connect-src 'self'; " if asks else ""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; {scripts}{requests}"
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _template(skeleton: Path) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([skeleton.parent, _ASSETS]),
        autoescape=True,
        finalize=_legible,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(skeleton.name)


def _legible(shown: object) -> object:
    """Make visible in a text what would steer a display; what is ours stays as it is."""
    return escaped(shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown


@cache
def colours() -> str:
    """Return the colours of the palette, which stand before the style sheet."""
    hues = "".join(f"--hue-{i}:light-dark({a},{b});" for i, (a, b) in enumerate(HUES))
    return f":root{{--paper:light-dark({LIGHT_PAPER},{DARK_PAPER});{hues}}}\n"


@cache
def asset(name: str) -> str:
    """Return a style sheet or a script that `frontend` was bundled into."""
    return (_ASSETS / name).read_text(encoding="utf-8")
