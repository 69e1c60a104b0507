"""HTML: what a reader of the page sees, from tidy, sloppy and hostile markup."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.files import problem_of, read, text_of, written
from tests.support.work import steps

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


def test_html_arrives_as_plain_text_with_its_layout(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.html", PAGE))[0][0]
    assert document.format == "html"
    assert document.text == (
        "Tea Notice\n\n"
        "We brew tea. You may drink it, see the menu.\nAsk us.\n\n"
        "What we brew\n\nWe brew:\n\n"
        "black tea\n  Assam\njohn_doe@tea.example *new*\n"
        "1. One cup.\n2. Two cups, please.\n\n"
        "Tea\tTime\nGreen\t2 min"
    )
    found = document.segmentation
    assert [found.quote(u) for u in found.units if u.kind == "heading"] == [
        "Tea Notice",
        "What we brew",
        "Tea",
        "Time",
    ]
    assert [(found.quote(u), u.depth) for u in found.units if u.kind == "item"][:5] == [
        ("black tea", 1),
        ("Assam", 2),
        ("john_doe@tea.example *new*", 1),
        ("One cup.", 1),
        ("Two cups, please.", 1),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<p>b<p>c", "a\n\nb\n\nc"),
        ("<ul><li>a<li>b<p>b2<li>c</ul>d", "a\nb\n  b2\nc\n\nd"),
        ("<UL><LI>a<UL><LI>b</UL><LI>c</UL>", "a\n  b\nc"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a\tb\nc\td"),
        ("<p>a</div></p></ul>b", "a\n\nb"),
        ("<p <b>x</i></p>", "x"),
        ("1 < 2 and 3 > 2 & so", "1 < 2 and 3 > 2 & so"),
        ("a <", "a <"),
        ("&amp;lt;b&amp;gt; &lt;script&gt;&nbsp;x", "&lt;b&gt; <script>\u00a0x"),
        ("a<script>if (1 < 2) '<p>no</p>'</script>b", "ab"),
        ("a<SCRIPT src='x'>no</Script >b<style>no</style>c", "abc"),
        ("a<script>no", "a"),
        ("a<!-- > no -->b<!-- no", "ab"),
        ("a<?php no ?>b<![CDATA[no]]>c<!no>d", "abcd"),
        ("<titlebar>kept</titlebar>", "kept"),
        ("https://tea.example", "https://tea.example"),
        ("notes.txt", "notes.txt"),
        ("<img alt='no' src='x'>a", "a"),
        pytest.param("<div>" * 20_000 + "a", "a", id="nested"),
        pytest.param("<b></b>" * 2_000 + "<b> a</b>b", "ab", id="empty"),
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
        pytest.param("<ul><li>" * 20_000, "holds no text; leave it out", id="ul"),
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


@pytest.mark.parametrize("piece", ["<", "&", "&#x"])
def test_html_of_a_repeated_fragment_is_text(tmp_path: Path, piece: str) -> None:
    # The parser works in C, where steps cannot be counted: quadratic, each takes minutes.
    assert text_of(written(tmp_path / "a.html", piece * 20_000)).startswith(piece)


@pytest.mark.parametrize(
    "piece", ["</", "<a ", '<a b="', "<a b='", "<a b=", "<a/", "</a ", "<textarea", "<!--"]
)
def test_a_tag_that_nothing_closes_holds_the_rest_as_in_a_browser(
    tmp_path: Path, piece: str
) -> None:
    page = written(tmp_path / "a.html", "<p>Tea.</p>" + piece * 20_000)
    assert text_of(page) == "Tea."


# ---- Hostile numbers, nesting and size ----


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<ol start="²"><li>a<li>b</ol>', "1. a\n2. b"),
        ('<ol start="٣"><li>a</ol>', "1. a"),
        ('<ol start="-5"><li>a</ol>', "1. a"),
        ('<ol start=" 7 "><li>a<li><li>b</ol>', "7. a\n9. b"),
        (f"<ol start={'9' * 5000}><li>a</ol>", "1. a"),
        ("<table><tr><td colspan=½>a<td>b</table>", "a\tb"),
        ("<table><tr><td colspan=²>a<td>b</table>", "a\tb"),
        ("<table><tr><td colspan=2>a</table>", "a"),
        (f"a&#{'1' * 5000};b&#x{'f' * 5000};c", "a\ufffdb\ufffdc"),
        (f'<a href="x&#{"1" * 5000};y">a</a>', "a"),
        ("&#0000000065;&#65;&#x41;&#1114112;", "AAA\ufffd"),
        (f"&#{'0' * 5000}65;&#x{'0' * 5000}41;", "AA"),
        (f"<h{'9' * 5000}>a</h{'9' * 5000}>b", "ab"),
        ("<h0>a</h0><h7>b</h7><h6>c</h6>d", "ab\n\nc\n\nd"),
    ],
)
def test_a_number_that_is_none_is_passed_over(tmp_path: Path, html: str, text: str) -> None:
    assert text_of(written(tmp_path / "a.html", html)) == text


HOSTILE: dict[str, Callable[[int], str]] = {
    "items": lambda n: "<ol>" + "<li>a" * n,
    "items in items": lambda n: "<ol><li>a" * n,
    "empty items": lambda n: "<ul><li>" * n + "<li>" * n + "a",
    "quotes in quotes": lambda n: "<blockquote>a" * n,
    "lines in quotes": lambda n: "<blockquote>" * n + "a<br>" * n,
    "preformatted lines": lambda n: "<ul><li>" * n + "<pre>" + "a\n" * n,
    "wide cells": lambda n: "<table><tr>" + "<td colspan=1000>" * n + "x",
    "wide tables": lambda n: "<table><tr><td colspan=1000>x</table>" * n,
    "tables in tables": lambda n: "<table><tr><td>x" * n,
    "rows of heads": lambda n: "<table><thead>" + "<tr><td>x" * n,
    "marks in marks": lambda n: "<b><i>" * n + "a" + "</b>x" * n,
    "links in links": lambda n: "<a href=x>y" * n,
    "code in links": lambda n: "<a href=x><code>`" * n,
    "ends of nothing": lambda n: "<div>" * n + "</p></li></td></b>" * n + "x",
    "terms": lambda n: "<dl>" + "<dt>a<dd>b" * n,
    "headings in headings": lambda n: "<h1><h2>a" * n,
    "rules": lambda n: "<hr>" * n + "x",
    "numbers": lambda n: "&#" + "1" * 40 * n + ";x",
    "spaces": lambda n: "<pre>x" + " " * 40 * n + "y\n" + "\n" * n,
    "unclosed scripts": lambda n: "a<script>x</script" * n + ">y",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_work_and_text_grow_with_the_page_and_not_faster(tmp_path: Path, shape: str) -> None:
    def page(size: int) -> Path:
        return written(tmp_path / f"{size}.html", HOSTILE[shape](size))

    few, many = (steps(text_of, page(size)) for size in (150, 300))
    assert many < 2.2 * few
    assert len(text_of(page(1000))) < 10 * page(1000).stat().st_size


def test_a_page_of_forty_thousand_items_is_read_with_their_numbers(tmp_path: Path) -> None:
    text = text_of(written(tmp_path / "a.html", "<ol>" + "<li>a</li>" * 40_000 + "</ol>"))
    assert text.endswith("39999. a\n40000. a")


def test_what_is_nested_deep_keeps_its_words_apart(tmp_path: Path) -> None:
    text = text_of(written(tmp_path / "a.html", "<blockquote><p>a b" * 300))
    assert text.count("a b") == 300
    assert max(map(len, text.splitlines())) < 30


def test_elements_that_nothing_ends_in_their_thousands_are_one_pages_error(tmp_path: Path) -> None:
    page = written(tmp_path / "a.html", "<div>" * 40_000 + "</p></b>" * 40_000 + "x")
    assert problem_of(page).startswith("nests too many elements that nothing ends")


PIECES = [*"<>/!-?\"'=&;# ab\n", "<p>", "<li>", "</ul>", "<td", "<!--", "-->", "<script>", "</"]


XHTML = """<?xml version="1.0"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head>
<body><div/><p>We brew&nbsp;<b/>tea. <![CDATA[1 < 2 & so]]></p><hr/>
<p title="a/>b">x<br/>y</p></body></html>"""


@pytest.mark.parametrize("name", ["a.xhtml", "a.XHT"])
def test_xhtml_may_close_elements_at_once_and_state_words_as_they_are(
    tmp_path: Path, name: str
) -> None:
    assert text_of(written(tmp_path / name, XHTML)) == ("We brew\u00a0tea. 1 < 2 & so\n\nx\ny")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_markup_becomes_text_or_a_document_error(
    tmp_path_factory: pytest.TempPathFactory, html: str
) -> None:
    documents, errors = read(written(tmp_path_factory.mktemp("any") / "a.html", html))
    assert len(documents) + len(errors) == 1
