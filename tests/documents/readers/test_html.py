"""HTML: what a reader of the page sees, from tidy, sloppy and hostile markup."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.segmentation import segment
from tests.support.files import problem_of, read, text_of, written

TOO_DEEP = "is nested too deeply; save it as plain text"

PAGE = """<!DOCTYPE html>
<html><head><title>Tab</title><meta charset="utf-8"><style>p { color: red }</style>
<script>track("visitor")</script></head>
<body><!-- a remark --><nav hidden></nav>
<h1>Tea  Notice</h1>
<p>We brew
tea. You may <b>drink</b> it,
see <a href="https://tea.example/a_b">the menu</a>.<br>Ask us.</p>
<h2>What we brew</h2>
<p>We brew:</p>
<ul><li>black tea<ul><li>Assam</li></ul></li><li>john_doe@tea.example *new*</li></ul>
<ol><li>One cup.</li><li>Two cups, please.</li></ol>
<table><tr><th>Tea</th><th>Time</th></tr><tr><td>Green</td><td>2 min</td></tr></table>
<noscript>Turn on scripts</noscript><template>not yet</template><svg><title>cup</title></svg>
</body></html>"""


def test_html_arrives_as_markdown_that_segmentation_reads(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.html", PAGE))[0][0]
    assert document.format == "html"
    assert document.text == (
        "# Tea Notice\n\n"
        "We brew tea. You may **drink** it, see [the menu](https://tea.example/a_b).  \nAsk us.\n\n"
        "## What we brew\n\nWe brew:\n\n"
        "- black tea\n  - Assam\n- john_doe@tea.example *new*\n\n"
        "1. One cup.\n2. Two cups, please.\n\n"
        "| Tea | Time |\n| --- | --- |\n| Green | 2 min |"
    )
    found = segment(document.text)
    assert [found.quote(u) for u in found.units if u.kind == "heading"] == [
        "Tea Notice",
        "What we brew",
    ]
    assert [(found.quote(u), u.depth) for u in found.units if u.kind == "item"][:3] == [
        ("black tea", 1),
        ("Assam", 2),
        ("john_doe@tea.example *new*", 1),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<p>b<p>c", "a\n\nb\n\nc"),
        ("<ul><li>a<li>b<p>b2<li>c</ul>d", "- a\n- b\n\n  b2\n- c\n\nd"),
        ("<UL><LI>a<UL><LI>b</UL><LI>c</UL>", "- a\n  - b\n- c"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "| a | b |\n| --- | --- |\n| c | d |"),
        ("<p>a</div></p></ul>b", "a\n\nb"),
        ("<p <b>x</i></p>", "x"),
        ("1 < 2 and 3 > 2 & so", "1 < 2 and 3 > 2 & so"),
        ("a <", "a <"),
        ("&amp;lt;b&amp;gt; &lt;script&gt;&nbsp;x", "&lt;b&gt; <script>\u00a0x"),
        ("a<script>if (1 < 2) '<p>no</p>'</script>b", "a b"),
        ("a<SCRIPT src='x'>no</Script >b<style>no</style>c", "a b c"),
        ("a<script>no", "a"),
        ("a<!-- > no -->b<!-- no", "a b"),
        ("a<?php no ?>b<![CDATA[no]]>c<!no>d", "a b c d"),
        ("<titlebar>kept</titlebar>", "kept"),
        ("https://tea.example", "https://tea.example"),
        ("notes.txt", "notes.txt"),
        ("<img alt='no' src='x'>a", "a"),
        pytest.param("<div>" * 200 + "a", "a", id="nested"),
        pytest.param("<p>a" * 3000, "\n\n".join(["a"] * 3000), id="unclosed"),
    ],
)
def test_html_that_is_sloppy_or_odd_is_read_as_a_browser_would(
    tmp_path: Path, html: str, text: str
) -> None:
    assert text_of(written(tmp_path / "a.html", html)) == text


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        pytest.param("<div>" * 20_000 + "a", TOO_DEEP, id="div"),
        pytest.param("<b>" * 20_000 + "a" + "</b>" * 20_000, TOO_DEEP, id="b"),
        pytest.param("<ul><li>" * 100_000, TOO_DEEP, id="ul"),
        pytest.param("<!--" * 50_000, "holds no text; leave it out", id="comments"),
        pytest.param("<![" * 50_000, "holds no text; leave it out", id="sections"),
        ("<script>no text</script><p> </p>", "holds no text; leave it out"),
        (b"<p>caf\xe9", "is not utf-8 at byte 6; name its --encoding (often cp1252)"),
    ],
)
def test_hostile_html_ends_in_a_clear_error(
    tmp_path: Path, html: str | bytes, problem: str
) -> None:
    assert problem_of(written(tmp_path / "a.htm", html)) == problem


@pytest.mark.parametrize(
    "piece", ["<", "&", "</", "<a ", '<a b="', "<a b='", "<a b=", "<a/", "</a ", "&#x", "<textarea"]
)
def test_html_of_a_repeated_fragment_is_read_in_linear_time(tmp_path: Path, piece: str) -> None:
    # The parser works in C, where steps cannot be counted: quadratic, each takes minutes.
    assert text_of(written(tmp_path / "a.html", piece * 20_000)).startswith(piece.strip())


PIECES = [*"<>/!-?\"'=&;# ab\n", "<p>", "<li>", "</ul>", "<td", "<!--", "-->", "<script>", "</"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_markup_becomes_text_or_a_document_error(
    tmp_path_factory: pytest.TempPathFactory, html: str
) -> None:
    documents, errors = read(written(tmp_path_factory.mktemp("any") / "a.html", html))
    assert len(documents) + len(errors) == 1
