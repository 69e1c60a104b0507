"""A report as Markdown: whole, and hostile text marks nothing."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from annotate.report.markdown import markdown
from annotate.report.report import Report
from tests.support.drawn import HOSTILE


def rendered(text: str) -> str:
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))


def test_a_report_says_everything_in_markdown(policies_report: Report) -> None:
    html = rendered(markdown(policies_report))
    for account in policies_report.accounts():
        assert f"<h2>{account.name}</h2>" in html
        for chapter in account.chapters:
            assert f"<h3>{chapter.title}</h3>" in html
    assert html.count("<blockquote>") == policies_report.run.manifest["counts"]["annotations"]
    tags = set(re.findall(r"<(\w+)", html))
    assert tags == {"h1", "h2", "h3", "p", "ul", "li", "strong", "blockquote", "br"}


def test_hostile_text_marks_nothing(hostile: Report) -> None:
    text = markdown(hostile)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029]", text)
    html = rendered(text)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags == {"h1", "h2", "h3", "p", "ul", "li", "strong", "blockquote", "br"}
    assert not re.search(r"<(?!br />)\w+ ", html), "no attributes"
    shown = re.sub(r"<[^>]*>", "", html)
    for payload in HOSTILE:
        if payload.isprintable():
            escaped = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            assert escaped.replace('"', "&quot;") in shown
