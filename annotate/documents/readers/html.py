"""HTML as the Markdown that says the same, which segmentation reads like any other.

The standard library finds the tags; here stands which elements are shown, which end others, and
what each is in Markdown. One pass without recursion: a page takes work by its length, however its
tags are nested, and its text is at most some times as long as the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from annotate.documents.decoding import decode
from annotate.documents.readers.markdown import Mark, MarkdownWriter
from annotate.documents.readers.reader import FileReader

# What a browser does not show as text is not text of the document. Left open, such an element or
# comment reaches to the end, as in a browser.
_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"
    r"|<(script|style|title|template|noscript|iframe|svg|object)(?=[\s/>]).*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
# No character has a number of so many digits, and Python refuses to read thousands of them.
_ZEROS = re.compile(r"(?<=&#)([xX]?)0++(?=[0-9a-fA-F])")
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{8,}+);?")
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
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    """
    address article aside body caption center details dialog dir div dl fieldset figcaption figure
    footer form header hgroup html legend main menu nav option p search section summary
    """.split()
)
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "q": '"'}
_CODE = frozenset(("code", "kbd", "samp"))
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_MOST_DIGITS = 9
_MOST_COLUMNS = 12  # that one cell may span: each is written, and the number costs nothing
_BACKTICKS = re.compile("`+")

Attributes = Mapping[str, str | None]


def _text(data: bytes, name: str, codec: str) -> str:
    html = _UNSHOWN.sub(" ", decode(data, name, codec))
    html = _NO_CHARACTER.sub("\ufffd", _ZEROS.sub(r"\1", html))
    # Behind the last ">" there is no tag, and looking for one takes quadratic time.
    tags, last, tail = html.rpartition(">")
    page = _Page()
    page.feed(tags + last + tail.replace("<", "&lt;"))
    return page.finished()


class _Open(NamedTuple):
    """An element that is open, and what to do when it ends."""

    name: str
    end: Callable[[], None] | None


class _Link:
    """A link whose words are being written."""

    def __init__(self, mark: Mark, target: str, title: str) -> None:
        self.mark = mark
        self.target = target
        self.title = title


class _Page(HTMLParser):
    """Hands what the elements of a page say to a `MarkdownWriter`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._to = MarkdownWriter()
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()  # of the open elements
        self._structure: list[int] = []  # where the elements of `_ENDED_BY` stand among them
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._link: _Link | None = None
        self._plain = 0  # open elements whose words take no marks
        self._verbatim: list[str] | None = None

    def finished(self) -> str:
        """Return the Markdown of the page."""
        self.close()
        self._end_to(0)
        return self._to.finished()

    # ---- What the parser finds ----

    def handle_data(self, data: str) -> None:
        if self._verbatim is not None:
            self._verbatim.append(data)
        else:
            self._to.words(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._void(tag)
            return
        ended = _ENDED_BY.get(tag, ())
        while self._structure and self._open[self._structure[-1]].name in ended:
            self._end_to(self._structure[-1])
        end = self._begin(tag, dict(attrs))
        if tag in _ENDED_BY:
            self._structure.append(len(self._open))
        self._open.append(_Open(tag, end))
        self._count[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if self._count[tag]:
            at = len(self._open) - 1
            while self._open[at].name != tag:
                at -= 1
            self._end_to(at)

    def _end_to(self, at: int) -> None:
        """End the open elements from the innermost up to the one at `at`."""
        while len(self._open) > at:
            name, end = self._open.pop()
            self._count[name] -= 1
            if self._structure and self._structure[-1] == len(self._open):
                self._structure.pop()
            if end is not None:
                end()

    # ---- What elements are ----

    def _void(self, tag: str) -> None:
        if tag == "br":
            if self._verbatim is not None:
                self._verbatim.append("\n")
            else:
                self._to.return_()
        elif tag == "hr":
            self._to.break_(2)
            self._to.verbatim("---")
            self._to.break_(2)

    def _begin(self, tag: str, attributes: Attributes) -> Callable[[], None] | None:
        """Begin an element, and return what ends it."""
        if self._verbatim is not None:
            return None
        if tag in _EMPHASIS:
            return self._emphasis(_EMPHASIS[tag])
        if tag == "a":
            return self._linked(attributes)
        if tag in _BLOCKS:
            return self._block()
        if tag in _HEADINGS:
            return self._line(_HEADINGS[tag])
        begin = _OTHERS.get(tag)
        return begin(self, attributes) if begin else None

    def _block(self) -> Callable[[], None]:
        self._to.break_(2)
        return lambda: self._to.break_(2)

    def _line(self, marker: str, behind: int = 2) -> Callable[[], None]:
        """Begin a block of one line."""
        self._to.break_(2)
        mark = self._to.open(marker if not self._to.flat else "")
        self._to.flatten()

        def end() -> None:
            self._to.unflatten()
            self._to.close(mark, "")
            self._to.break_(behind)

        return end

    def _emphasis(self, marker: str) -> Callable[[], None] | None:
        if self._plain:
            return None
        mark = self._to.open(marker)
        return lambda: self._to.close(mark, marker)

    def _linked(self, attributes: Attributes) -> Callable[[], None] | None:
        target = attributes.get("href")
        if not target or self._plain:
            return None
        self._end_link()  # one link ends where another begins
        self._link = link = _Link(self._to.open("["), target, attributes.get("title") or "")

        def end() -> None:
            if self._link is link:
                self._end_link()

        return end

    def _end_link(self) -> None:
        link, self._link = self._link, None
        if link is None:
            return
        if link.mark.written and not link.title and self._to.behind(link.mark) == link.target:
            self._to.pieces[link.mark.at] = "<"
            self._to.close(link.mark, ">")
            return
        title = link.title.replace('"', '\\"')
        said = f' "{title}"' if title else ""
        self._to.close(link.mark, f"]({link.target}{said})")

    def _code(self, attributes: Attributes) -> Callable[[], None] | None:
        if self._plain:
            return None
        self._plain += 1
        mark = self._to.open("`")

        def end() -> None:
            self._plain -= 1
            if not mark.written:
                self._to.close(mark, "")
                return
            runs = _BACKTICKS.findall(self._to.behind(mark))
            fence, pad = "`" * (max(map(len, runs), default=0) + 1), " " if runs else ""
            self._to.pieces[mark.at] = fence + pad
            self._to.close(mark, pad + fence)

        return end

    def _preformatted(self, attributes: Attributes) -> Callable[[], None] | None:
        if self._to.flat:
            return self._block()
        self._to.break_(2)
        self._verbatim = []

        def end() -> None:
            lines = "".join(self._verbatim or []).replace("\r\n", "\n").rstrip(" \n").split("\n")
            self._verbatim = None
            while lines and not lines[0].strip(" "):
                lines.pop(0)
            if lines:
                for line in ("```", *lines, "```"):
                    self._to.verbatim(line)
                    self._to.break_(1)
                self._to.break_(2)

        return end

    # ---- Lists ----

    def _list(self, first: int | None) -> Callable[[], None]:
        self._to.break_(1 if self._count["li"] else 2)
        self._lists.append(first)

        def end() -> None:
            self._lists.pop()
            self._to.break_(1 if self._count["li"] else 2)

        return end

    def _item(self, attributes: Attributes) -> Callable[[], None]:
        marker = "- "
        if self._lists and (number := self._lists[-1]) is not None:
            marker = f"{number}. "
            self._lists[-1] = number + 1
        return self._contained(" " * len(marker), marker, 1)

    def _contained(self, indent: str, marker: str, around: int) -> Callable[[], None]:
        self._to.break_(around)
        container = self._to.enter(indent, marker)

        def end() -> None:
            self._to.leave(container)
            self._to.break_(around)

        return end

    # ---- Tables ----

    def _table(self, attributes: Attributes) -> Callable[[], None]:
        if self._to.flat:
            return self._block()
        self._to.open_table()
        return self._to.close_table

    def _row(self, attributes: Attributes) -> Callable[[], None]:
        if self._to.flat:
            return self._block()
        self._to.end_row()
        return lambda: self._to.end_row(head=bool(self._count["thead"]))

    def _cell(self, attributes: Attributes, *, head: bool) -> Callable[[], None]:
        if not self._to.begin_cell(head=head):
            return lambda: self._to.break_(2)
        columns = min(max(_number(attributes.get("colspan")), 1), _MOST_COLUMNS)
        return lambda: self._to.end_cell(columns)


_OTHERS: Mapping[str, Callable[[_Page, Attributes], Callable[[], None] | None]] = {
    **dict.fromkeys(_CODE, _Page._code),
    "pre": _Page._preformatted,
    "ol": lambda page, attributes: page._list(_number(attributes.get("start"))),
    "ul": lambda page, _: page._list(None),
    "li": _Page._item,
    "dt": lambda page, _: page._line("", behind=1),
    "dd": lambda page, _: page._contained("    ", ":   ", 1),
    "blockquote": lambda page, _: page._contained("> ", "", 2),
    "table": _Page._table,
    "tr": _Page._row,
    "td": lambda page, attributes: page._cell(attributes, head=False),
    "th": lambda page, attributes: page._cell(attributes, head=True),
}


def _number(written: str | None) -> int:
    """Return a number that is written in plain digits, of which there may be a few; else 1."""
    digits = (written or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return 1
    return int(digits)


READER = FileReader("html", (".html", ".htm"), _text, declares=True)
