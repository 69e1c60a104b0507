"""HTML as the Markdown that says the same, which segmentation reads like any other.

markdownify writes the Markdown; this module leaves out what a browser does not show, and puts in
the end tags that an author may leave out.
"""

from __future__ import annotations

import re

from annotate.documents.decoding import decode
from annotate.documents.readers.reader import FileReader
from annotate.errors import DocumentError

_MAX_NESTING = 1000  # of elements; browsers stop at about half of it
# What a browser does not show as text is not text of the document. Left open, such an element or
# comment reaches to the end, as in a browser.
_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"
    r"|<(script|style|title|template|noscript|iframe|svg|object)(?=[\s/>]).*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_STRUCTURE = re.compile(r"<(/?)(p|li|ul|ol|d[ltd]|table|t[rdh])(?=[\s/>])", re.IGNORECASE)
# The open elements that a start tag ends although nobody wrote their end tags.
_ENDED_BY = {
    "p": {"p"},
    "ul": {"p"},
    "ol": {"p"},
    "dl": {"p"},
    "table": {"p"},
    "li": {"p", "li"},
    "dt": {"p", "dt", "dd"},
    "dd": {"p", "dt", "dd"},
    "tr": {"p", "td", "th", "tr"},
    "td": {"p", "td", "th"},
    "th": {"p", "td", "th"},
}


def _text(data: bytes, name: str, codec: str) -> str:
    from markdownify import markdownify

    html = _UNSHOWN.sub(" ", decode(data, name, codec))
    # Behind the last ">" there is no tag, and looking for one takes quadratic time.
    tags, last, tail = html.rpartition(">")
    # The line end tells the parser that this is not an address to fetch, which it would warn about.
    html = "\n" + _with_end_tags(tags + last, name) + tail.replace("<", "&lt;")
    try:
        text = markdownify(
            html,
            heading_style="ATX",
            bullets="-",
            strip=["img"],
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
            wrap=True,  # a line end in the source is a space to a reader
            wrap_width=None,
        )
    except RecursionError:
        raise _too_deep(name) from None
    return str(text).strip()


def _with_end_tags(html: str, name: str) -> str:
    """Write the end tags that HTML lets an author leave out, which the parser does not add."""
    opened: list[str] = []

    def completed(tag: re.Match[str]) -> str:
        element = tag[2].lower()
        implied = ""
        if tag[1]:
            if element in opened:
                while opened.pop() != element:
                    pass
            return tag[0]
        while opened and opened[-1] in _ENDED_BY[element]:
            implied += f"</{opened.pop()}>"
        opened.append(element)
        if len(opened) > _MAX_NESTING:
            raise _too_deep(name)
        return implied + tag[0]

    return _STRUCTURE.sub(completed, html)


def _too_deep(name: str) -> DocumentError:
    return DocumentError(name, "is nested too deeply; save it as plain text")


READER = FileReader("html", (".html", ".htm"), _text, library="markdownify")
