"""Markdown: hostile text is shown letter by letter and marks nothing."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from annotate.reporting.markdown import escaped, of_comparison
from tests.support.compared import MODEL, hostile


class Page(HTMLParser):
    """The tags of a page, and the text of its table cells and list items."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"style"}
        if tag in ("td", "li", "p", "h2"):
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data


OURS = {
    "h2",
    "p",
    "br",
    "ul",
    "li",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def test_markdown_shows_hostile_text_letter_by_letter() -> None:
    found = hostile()
    text = of_comparison(found)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    page = Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))
    assert page.tags <= OURS
    assert {"table", "td", "details"} <= page.tags
    shown = "\n".join(page.texts)
    assert (
        "We <script>alert(1)</script> keep | `logs` *for* [30 days](http://evil.example) &amp;"
        in shown
    )
    assert "~~or~~ me@evil.example $x$ #12 \\| ]]> \\u0000" in shown
    assert "<b>1</b>| must find" in shown
    assert "a|b`c`<i>d</i>\\u001b[31m_e_ .txt" in shown
    assert f"Note: {MODEL[:-1]}" in shown
    assert text.count("://") == text.count("\\://") > 0  # no address becomes a link
    assert text.count("www.") == 0


def test_markdown_marks_of_every_kind_are_text() -> None:
    marks = "# a\n- b\n1. c\n> d\n***\n| e | f |\n<!-- g -->\n[h]: http://x\n    i\n```\nj"
    page = Page(
        MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(f"- {escaped(marks)}")
    )
    assert page.tags == {"ul", "li"}
    assert "".join(page.texts).strip() == " ".join(marks.split())
