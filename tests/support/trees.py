"""Trees of HTML and of Word files as nobody would write them: deep, odd, nested, unfinished.

Each word in them is another one, in the order in which the source has them: "q1z", "q2z" and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from hypothesis import strategies as st

from annotate.documents.readers.elements import ELEMENTS
from tests.support.word_files import paragraph, run

WORD = re.compile(r"q\d+z")
# What stands apart behind its block, ends the page, or is moved by the parser.
_LEFT_OUT = frozenset(("rt", "rtc", "plaintext", "frameset", "html", "head", "body", "noframes"))
_TAGS = sorted(ELEMENTS.keys() - _LEFT_OUT)
_OFTEN = [
    *("p", "div", "span", "a", "b", "i", "br", "ul", "ol", "li", "table", "tr", "td", "th", "h1"),
    *("h2", "dl", "dt", "dd", "section", "button", "details", "summary", "aside", "nav", "pre"),
]
_ATTRIBUTES = [
    *("", "", "", "hidden", "style='display: none'", "style='font-weight:bold'", "open"),
    *("style='visibility:hidden'", "class=sidebar", "class=chapter-title", "class=cookie-banner"),
    *("class='toc nav'", "id=footer", "class=footnotes", "class=share", "class=has-sidebar"),
    *("role=heading aria-level=1", "role=table", "role=row", "role=cell", "role=columnheader"),
    *("role=list", "role=listitem", "role=button", "role=tab", "role=navigation", "role=dialog"),
    *("rowspan=3", "colspan=2", "rowspan=0", "colspan=99999", "rowspan='½'", "scope=row"),
    *("start='²'", "type=i reversed", "value=-1", "href=#", "href=#a", "href=/a", "aria-expanded"),
]
_STRAY = ["</p>", "</div>", "</table>", "</li>", "</td>", "</b>", "</a>", "<", "&", "<!--", "-->"]
_TEXTS = ["{} ", " {}", "{}. {} ", "- {}\n", "(a) {} ", "1.1 {}. ", "{}:", "\xa0{}\u200b ", "© {} "]


@st.composite
def html_trees(draw: st.DrawFn) -> str:
    """Return HTML of any shape, with a word in most places."""
    pieces: list[str] = []
    number = count(1)
    open_tags: list[str] = []
    for step in draw(st.lists(st.integers(0, 9), min_size=1, max_size=60)):
        if step < 3:
            tag = draw(st.sampled_from(_OFTEN if step else _TAGS))
            times = draw(st.sampled_from([1, 1, 1, 1, 2, 40]))
            pieces.append(f"<{tag} {draw(st.sampled_from(_ATTRIBUTES))}>" * times)
            open_tags += [tag] * times
        elif step < 5 and open_tags:
            pieces.append(f"</{open_tags.pop()}>")
        elif step == 5:
            pieces.append(draw(st.sampled_from(_STRAY)))
        else:
            pieces.append(_words(draw, number))
    return "".join(pieces)


def _words(draw: st.DrawFn, number: Iterator[int]) -> str:
    shape: str = draw(st.sampled_from(_TEXTS))
    return shape.format(*(f"q{next(number)}z" for _ in range(2)))


# ---- Word files ----

_RUNS = ["", "<w:b/>", "<w:i/>", "<w:u w:val='single'/>", "<w:b w:val='x'/>", "<w:vanish/>"]
_PARAGRAPHS = [
    *("", "<w:pStyle w:val='T'/>", "<w:pStyle w:val='H1'/>", "<w:pStyle w:val='nowhere'/>"),
    *("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",),
    *("<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>",),
    *("<w:numPr><w:ilvl w:val='9'/><w:numId w:val='77'/></w:numPr>",),
]
_CELLS = [
    *("", "<w:gridSpan w:val='2'/>", "<w:gridSpan w:val='500'/>", "<w:vMerge w:val='restart'/>"),
    "<w:vMerge/>",
]
_WRAPS = ["{}", "<w:ins>{}</w:ins>", "<w:hyperlink w:anchor='a'>{}</w:hyperlink>"]
_WRAPS.append("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>")


@st.composite
def word_bodies(draw: st.DrawFn) -> str:
    """Return the body of a Word file of any shape."""
    number = count(1)
    return "".join(_block(draw, number, 0) for _ in range(draw(st.integers(1, 6))))


def _block(draw: st.DrawFn, number: Iterator[int], depth: int) -> str:
    kind = draw(st.integers(0, 5))
    if kind == 5 and depth < 4:
        return _table(draw, number, depth)
    runs = "".join(
        draw(st.sampled_from(_WRAPS)).format(
            run(_words(draw, number).replace("\u200b", ""), draw(st.sampled_from(_RUNS)))
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    return paragraph(runs or "<w:r/>", draw(st.sampled_from(_PARAGRAPHS)))


def _table(draw: Any, number: Iterator[int], depth: int) -> str:
    rows = ""
    for _ in range(draw(st.integers(0, 3))):
        cells = "".join(
            f"<w:tc><w:tcPr>{draw(st.sampled_from(_CELLS))}</w:tcPr>"
            f"{_block(draw, number, depth + 1)}</w:tc>"
            for _ in range(draw(st.integers(0, 3)))
        )
        rows += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{rows}</w:tbl>"
