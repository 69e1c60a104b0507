"""What a notebook shows of a page: the page itself, over what is left where it is taken out.

A front end that runs notebooks shows the page in a frame: its script works there and reaches
nothing outside, since the frame is sandboxed without an origin. Renderers that take frames out
(code hosting sites, sanitised exports) show what lies below: the same text with still highlights.
"""

from __future__ import annotations

from markupsafe import escape

from annotate.viewer.content import Content
from annotate.viewer.static_html import still

_HEIGHT = "640px"


def cell(content: Content, page: str) -> str:
    """Return the output of a cell: a frame with `page` over the still content."""
    # Between single quotes an attribute ends at a single quote alone; JSON is full of double ones.
    source = page.replace("&", "&amp;").replace("'", "&#39;")
    frame = (
        f'<iframe srcdoc=\'{source}\' sandbox="allow-scripts" title="{escape(content.title)}" '
        'style="position:absolute;top:0;left:0;width:100%;height:100%;border:0;background:#fff">'
        "</iframe>"
    )
    below = f'<div style="height:{_HEIGHT};overflow:auto">{still(content)}</div>'
    return f'<div style="position:relative;border:1px solid #d8d8d4">{below}{frame}</div>'
