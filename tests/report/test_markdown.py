"""A report as Markdown: whole, and hostile text marks nothing."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotate.report.citations import Citation, Place
from annotate.report.content import Account, Chapter, Statement
from annotate.report.markdown import account_lines, markdown
from annotate.report.report import Report
from tests.support.drawn import HOSTILE

OURS = {"h1", "h2", "h3", "p", "ul", "li", "strong", "blockquote", "br"}


def rendered(text: str) -> str:
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))


def test_a_report_says_everything_in_markdown(policies_report: Report) -> None:
    html = rendered(markdown(policies_report))
    for account in policies_report.accounts():
        assert f"<h2>{account.name}</h2>" in html
        for chapter in account.chapters:
            assert f"<h3>{chapter.title}</h3>" in html
    assert html.count("<blockquote>") == policies_report.run.manifest["counts"]["annotations"]
    assert set(re.findall(r"<(\w+)", html)) == OURS


def test_hostile_text_marks_nothing(hostile: Report) -> None:
    text = markdown(hostile)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029]", text)
    html = rendered(text)
    assert set(re.findall(r"<(\w+)", html)) == OURS
    assert not re.search(r"<(?!br />)\w+ ", html), "no attributes"
    shown = re.sub(r"<[^>]*>", "", html)
    for payload in HOSTILE:
        if payload.isprintable():
            escaped = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            assert escaped.replace('"', "&quot;") in shown


SIGNS = "\\`*_[]#|~@$<>&:/.-+=()!1 \t\n\r'\"^{}wh\u00a0\u2028"


@given(st.text(SIGNS, max_size=12) | st.text(max_size=12))
def test_any_text_is_read_as_it_stands(text: str) -> None:
    citation = Citation(text, Place(0, 1, (1, 1), (text,)), text, (text,), text)
    statement = Statement(f"a{text}", (citation,))
    account = Account(f"b{text}", ((text, text),), (Chapter(f"c{text}", (statement,)),), (text,))
    html = rendered("\n".join(account_lines(account)))
    assert set(re.findall(r"<(\w+)", html)) <= OURS
    assert not re.search(r"<(?!br />)\w+ ", html)
    shown = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    line = " ".join(text.split())
    if line.isprintable():
        for said in (f"“{line}”", f"b{text}", f"c{text}"):
            assert " ".join(said.split()) in shown
