"""Every element of HTML, one by one: what becomes of its words, and of those around it."""

from typing import Any

import pytest
from lxml.html import defs

from annotate.documents.document import Document
from annotate.documents.layout import LayoutBlock
from annotate.documents.readers.elements import ELEMENTS
from annotate.documents.readers.html import read_page


def read(html: str) -> Document:
    text, layout = read_page(f"<body>{html}", "a")
    layout.check(len(text))
    return Document("a", text, "html", layout)


def blocks(html: str) -> list[tuple[str, str]]:
    found = read(html)
    assert found.layout is not None
    return [(each.kind, found.text[each.start : each.end]) for each in found.layout.blocks]


def named(rule: str) -> list[str]:
    return [name for name, its in ELEMENTS.items() if its == rule]


def block(html: str, words: str) -> LayoutBlock:
    found = read(html)
    assert found.layout is not None
    return next(b for b in found.layout.blocks if found.text[b.start : b.end] == words)


def contexts(html: str, words: str) -> list[str]:
    found = read(html).segmentation
    unit = next(unit for unit in found.units if found.quote(unit) == words)
    return [found.quote(outer) for outer in found.context(unit)]


def test_every_element_that_the_parser_knows_has_a_rule() -> None:
    assert {name for name in defs.tags if isinstance(name, str)} <= set(ELEMENTS)


@pytest.mark.parametrize("name", [*named("inline"), *named("bold"), "link", "unheard-of"])
def test_a_part_of_a_line_parts_nothing(name: str) -> None:
    assert blocks(f"<p>a<{name}>b</{name}>c</p>") == [("paragraph", "abc")]


@pytest.mark.parametrize("name", named("parted"))
def test_a_control_is_parted_from_its_neighbours(name: str) -> None:
    assert blocks(f"<p>a<{name}>b</{name}>c</p>") == [("paragraph", "a b c")]


UNPLACED = {"frameset", "html"}  # the parser moves them
UNSEEN = [name for rule in ("unshown", "struck", "dialog") for name in named(rule)]
PROSE = [
    name
    for rule in ("block", "sectioning", "group", "columns", "preformatted")
    for name in named(rule)
    if name not in UNPLACED | {"body", "head", "tbody", "thead", "tfoot", "plaintext"}
]


@pytest.mark.parametrize("name", PROSE)
def test_a_block_parts_what_is_before_it_in_it_and_behind_it(name: str) -> None:
    assert [words for _, words in blocks(f"a<{name}>b</{name}>c")] == ["a", "b", "c"]


@pytest.mark.parametrize("name", UNSEEN)
def test_what_a_page_does_not_show_or_strikes_out_is_no_text(name: str) -> None:
    assert "b" not in read(f"<p>a <{name}>b</{name}></p>").text


@pytest.mark.parametrize("name", named("nothing"))
def test_an_element_without_words_adds_none(name: str) -> None:
    assert read(f"<p>a<{name} value=b alt=c title=d></p>").text.strip() == "a"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h1>a</h1><h6>b</h6>c", [("heading", "a"), ("heading", "b"), ("paragraph", "c")]),
        ("<ul><li>a<p>b<li>c</ul>", [("item", "a"), ("paragraph", "b"), ("item", "c")]),
        ("<menu><li>a</menu><dir><li>b</dir>", [("item", "a"), ("item", "b")]),
        ("<dl><dt>a<dd>b</dl>", [("term", "a"), ("definition", "b")]),
        ("<details><summary>a</summary>b</details>", [("summary", "a"), ("paragraph", "b")]),
        ("<figure>a<figcaption>b</figure>", [("paragraph", "a"), ("caption", "b")]),
        ("<fieldset><legend>a</legend>b</fieldset>", [("caption", "a"), ("paragraph", "b")]),
        (
            "<table><caption>a</caption><tr><th>b<td>c</table>",
            [("caption", "a"), ("head", "b"), ("cell", "c")],
        ),
        ("<p>a<br>b<br><br>c", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("<p>a<wbr>b&shy;c", [("paragraph", "abc")]),
        ("a<hr>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<pre>a  b\nc\n\nd</pre>", [("paragraph", "a b\nc"), ("paragraph", "d")]),
        ("<q>a</q>", [("paragraph", '"a"')]),
        (
            "<select><optgroup label=a><option>b<option>c</select>",
            [("option", "a"), ("option", "b"), ("option", "c")],
        ),
        (
            "<p><ruby>茶<rp>(</rp><rt>ちゃ</rt><rp>)</rp></ruby>です</p>",
            [("paragraph", "茶です"), ("mark", "ちゃ")],
        ),
        ("<dialog open>a</dialog>", [("paragraph", "a")]),
        ("<div role=heading aria-level=3>a</div>b", [("heading", "a"), ("paragraph", "b")]),
        ("<ol class=footnotes><li>a</ol>", [("note", "a")]),
        ("<p role=doc-footnote>a", [("note", "a")]),
    ],
)
def test_what_has_a_rule_of_its_own_is_a_block_of_its_kind(
    html: str, found: list[tuple[str, str]]
) -> None:
    assert blocks(html) == found


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol type=a start=3><li>x<li value=27>y</ol>", "c. x\naa. y"),
        ("<ol type=I><li>x<ol type=i><li>y</ol><li>z</ol>", "I. x\n  i. y\nII. z"),
        ("<ol reversed start=3><li>x<li>y</ol>", "3. x\n2. y"),
        ("<ol><li><h3>x</h3><p>y</ol>", "1. x\n  y"),
    ],
)
def test_the_numbers_of_a_list_are_those_that_a_browser_draws(html: str, text: str) -> None:
    assert read(html).text == text


# ---- Notes and raised words ----


@pytest.mark.parametrize(
    ("html", "words", "mark"),
    [
        ("90<sup>1</sup> days", "90 days", "1"),
        ("tea<sup>[2]</sup>.", "tea.", "[2]"),
        ("tea<sup><a href='#fn3'>3</a>, 4</sup>", "tea", "3, 4"),
        ("tea<sup>*</sup>", "tea", "*"),
        ("tea <sup>b</sup>", "tea", "b"),
        ("tea<a href='#fn1'>[1]</a>", "tea", "[1]"),
        ("tea<a role=doc-noteref href='#x'>1</a>", "tea", "1"),
        ("the 1<sup>st</sup> tea", "the 1st tea", ""),
        ("5 m<sup>2</sup>", "5 m²", ""),
        ("Tea<sup>TM</sup>", "TeaTM", ""),
        ("1<sup>a</sup>", "1a", ""),
        ("H<sub>2</sub>O", "H2O", ""),
    ],
)
def test_the_mark_of_a_note_stands_apart_and_a_raised_part_of_a_word_stays(
    html: str, words: str, mark: str
) -> None:
    expected = [("paragraph", words)] + ([("mark", mark)] if mark else [])
    assert blocks(f"<p>{html}</p>") == expected
    units = read(f"<p>{html}</p>").segmentation
    assert [units.quote(unit) for unit in units.units] == [words]


def test_a_raised_block_is_a_block() -> None:
    assert blocks("<sup>1<div>a</div><p>b</p></sup>") == [
        ("paragraph", "1"),
        ("paragraph", "a"),
        ("paragraph", "b"),
    ]


# ---- Hidden, and shown all the same ----


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden",
        'hidden="hidden"',
        'style="display:none"',
        'style="color:red; DISPLAY : none !important"',
        'style="visibility:hidden"',
        'style="text-decoration: line-through red"',
        'style="text-decoration-line:line-through"',
    ],
)
@pytest.mark.parametrize("name", ["div", "span", "li", "td", "h2"])
def test_what_an_element_hides_or_strikes_is_no_text(name: str, attribute: str) -> None:
    html = f"<{name} {attribute}>We <b>sell</b> tea.</{name}>"
    table = f"<table><tr>{html}<td>x</table>" if name == "td" else f"{html}x"
    assert read(table).text == "x"


@pytest.mark.parametrize(
    "attribute", ["hidden=until-found", "aria-hidden=true", 'style="display:block"', "data-hidden"]
)
def test_what_can_be_found_or_seen_is_text(attribute: str) -> None:
    assert read(f"<div {attribute}>a</div>").text == "a"


# ---- What heads what ----


def test_a_summary_heads_what_it_opens_and_nothing_else() -> None:
    html = (
        "<h2>FAQ</h2><details><summary><h3>Do you sell tea?</h3></summary><p>No.</p>"
        "<ul><li>Never.</ul></details><p>Ask us.</p>"
    )
    assert contexts(html, "No.") == ["FAQ", "Do you sell tea?"]
    assert contexts(html, "Never.") == ["FAQ", "Do you sell tea?", "No."]
    assert contexts(html, "Ask us.") == ["FAQ"]


def test_terms_head_their_definitions() -> None:
    html = "<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl><p>g"
    assert contexts(html, "c") == contexts(html, "d") == ["a", "b"]
    assert contexts(html, "f") == ["e"]
    assert contexts(html, "g") == []


TABLE = """<table><caption>What we keep</caption>
<thead><tr><th rowspan=2>Data<th colspan=2>Kept</tr><tr><th>Days<th>Why</tr></thead>
<tr><td rowspan=2>Tea logs<td>{a}<td>ads</tr><tr><td>90<td>care</tr>
<tr><th scope=row>Names<td>7<td>none</tr></table>"""


@pytest.mark.parametrize(
    ("cell", "heads"),
    [
        ("30", ["What we keep", "Kept", "Days", "Tea logs"]),
        ("90", ["What we keep", "Kept", "Days", "Tea logs"]),
        ("care", ["What we keep", "Kept", "Why", "Tea logs"]),
        ("7", ["What we keep", "Kept", "Days", "Names"]),
        ("Tea logs", ["What we keep", "Data"]),
    ],
)
def test_every_cell_knows_what_heads_its_row_and_its_column(cell: str, heads: list[str]) -> None:
    assert contexts(TABLE.format(a="30"), cell) == heads


def test_cells_know_their_places_behind_those_that_span() -> None:
    html = TABLE.format(a="<p>3</p><p>0 a</p>")
    places: dict[str, Any] = {w: block(html, w) for w in ("90", "3", "0 a", "Names")}
    assert {w: (b.row, b.column) for w, b in places.items()} == {
        "90": (3, 1),
        "3": (2, 1),
        "0 a": (2, 1),
        "Names": (4, 0),
    }


def test_cells_say_how_far_they_span() -> None:
    places: dict[str, Any] = {w: block(TABLE.format(a="3"), w) for w in ("Data", "Kept", "90")}
    spans = {w: (b.columns, b.rows) for w, b in places.items()}
    assert spans == {"Data": (1, 2), "Kept": (2, 1), "90": (1, 1)}


def test_a_table_without_heads_is_headed_by_its_first_row_and_column() -> None:
    html = "<table><tr><td>Data<td>Days</tr><tr><td>Logs<td>90</tr></table>"
    assert contexts(html, "90") == ["Days", "Logs"]


def test_a_table_that_lays_out_a_page_is_none() -> None:
    html = "<table><tr><td>Menu<td><h1>Tea</h1><p>We brew.</p><ul><li>a</ul></table>"
    assert blocks(html)[1:] == [("heading", "Tea"), ("paragraph", "We brew."), ("item", "a")]
    outer = "<table><tr><td><table><tr><th>x<tr><td>y</table></table>"
    assert contexts(outer, "y") == ["x"]


@pytest.mark.parametrize(
    "tag", ["main", "nav", "section", "article", "header", "x-page", "dialog open"]
)
@pytest.mark.parametrize("before", ["<title>t</title>", "<meta charset=utf-8><style>p{}</style>"])
def test_a_page_may_leave_out_the_tags_of_its_head_and_body(tag: str, before: str) -> None:
    name = tag.partition(" ")[0]
    html = f"{before}<{tag}><h1>Tea</h1><p>We brew.</p></{name}><p>More.</p>"
    assert [words for _, words in blocks(html)] == ["Tea", "We brew.", "More."]
