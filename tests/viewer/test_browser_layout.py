"""What a source states, in a real browser: tables, lists, pages, languages, and furniture."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from annotate.documents.document import Document
from annotate.documents.languages import Languages, Passage
from annotate.documents.layout import Furniture, Layout, Page
from annotate.ledger import Entry
from annotate.viewer import view
from tests.conftest import ROOT
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.files import read, written
from tests.support.looking import chosen, in_view, marks, sheet

# The contrast of every text with what lies behind it, where it is below 4.5.
_FAINT = (ROOT / "tests" / "support" / "contrast.js").read_text(encoding="utf-8")

HTML = """<!doctype html><html lang=en><body>
<nav><ul><li><a href=/>Home</a><li><a href=/x>Status</a></ul></nav>
<main><h1>Outage</h1><p>What was <b>slow</b>:</p>
<ul><li>search<ul><li>of orders</ul><li>login</ul><ol start=3><li>The first step.</ol>
<table><caption>Times</caption>
<thead><tr><th rowspan=2>What<th colspan=2>How long</tr><tr><th>Least<th>Most</tr></thead>
<tr><td rowspan=2>Search<td>It was slow for 2 hours.<td>It was slow for 9 hours.</tr>
<tr><td>Then it was slow again.<td>It was lost.</tr>
<tr><td>Login<td><td>It was slow for a day.</tr></table>
<p>Nothing else was lost.</p></main><footer><p>All rights reserved.</p></footer></body></html>"""


@pytest.fixture(autouse=True)
def _second_domain(second_domain: None) -> None:
    """Every page here is of the second domain."""


def html(folder: Path, text: str = HTML, name: str = "a.html") -> Document:
    """Return a page as the reader of pages reads it."""
    documents, errors = read(written(folder / name, text))
    assert errors == []
    return documents[0]


def opened(
    window: Window, folder: Path, document: Document, *quotes: str, width: int = 1440
) -> Tab:
    """Open the page of a run that annotates some quotes of a document."""
    text = document.text
    places = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    found = [drawn.annotation(document.id, text, *place) for place in places]
    around = document.layout.furniture if document.layout else ()
    entries = [
        Entry(document.id, number, each.start, each.end, "furniture", note=each.reason)
        for number, each in enumerate(around, start=1)
    ]
    ledger = [Entry(document.id, 0, 0, len(text), "ok"), *entries]
    run = drawn.write(folder / "run", {document.id: document}, found, ledger)
    return window.open(view(run).html, width=width)


def test_a_table_is_a_table_whose_cells_stand_under_their_heads(
    window: Window, tmp_path: Path
) -> None:
    page = opened(window, tmp_path, html(tmp_path))
    table = page.get_by_role("table")
    rows = [row.locator("th, td").all_inner_texts() for row in table.get_by_role("row").all()]
    assert rows == [
        ["What", "How long"],
        ["Least", "Most"],
        ["Search", "It was slow for 2 hours.", "It was slow for 9 hours."],
        ["Then it was slow again.", "It was lost."],
        ["Login", "", "It was slow for a day."],
    ]
    assert table.get_by_role("columnheader").all_inner_texts() == rows[0] + rows[1]

    def left(words: str) -> float:
        box = table.locator("th, td").filter(has_text=words).bounding_box()
        assert box is not None
        return round(box["x"])

    assert left("Most") == left("for 9 hours") == left("It was lost") == left("for a day")
    assert left("Least") == left("How long") == left("slow again")


def test_annotations_search_and_selection_count_the_characters_of_a_table(
    window: Window, tmp_path: Path
) -> None:
    document = html(tmp_path)
    across = "9 hours.\nThen it was slow"
    quotes = ("It was slow for 9 hours.", "It was lost.", "Login", across)
    page = opened(window, tmp_path, document, *quotes)
    assert sheet(page) == document.text
    assert marks(page) == Counter(("impact", quote) for quote in quotes)
    page.keyboard.press("j")
    assert chosen(page) == quotes[0]
    assert in_view(page, page.locator(".tag[aria-pressed=true]"))
    page.locator("td .piece", has_text="It was lost.").click()
    assert chosen(page) == "It was lost."
    page.locator("#query").fill("slow again")
    page.locator("#query").press("Enter")
    found = "[...CSS.highlights.get('hit-now')].map((range) => range.toString())"
    assert page.evaluate(found) == ["slow again"]
    selected = """() => {
        getSelection().selectAllChildren(document.querySelector('td .content'));
        return getSelection().toString();
    }"""
    assert page.evaluate(selected) == "Search"


def test_lists_and_headings_are_drawn_as_what_they_are(window: Window, tmp_path: Path) -> None:
    page = opened(window, tmp_path, html(tmp_path))
    main = page.locator(".sheet > [role=list]")
    items = [item.inner_text() for item in main.get_by_role("listitem").all()]
    assert items == ["search", "of orders", "login", "3.The first step."]
    levels = main.get_by_role("listitem").evaluate_all("(all) => all.map((e) => e.ariaLevel)")
    assert levels == ["1", "2", "1", "1"]
    assert page.locator(".bulleted").count() == 5
    assert page.get_by_role("heading", name="Outage").is_visible()
    assert page.locator(".caption.block").inner_text() == "Times"


def test_what_stands_around_the_text_is_grey_and_says_what_it_is(
    window: Window, tmp_path: Path
) -> None:
    page = opened(window, tmp_path, html(tmp_path))
    groups = page.locator(".sheet .around")
    labels = groups.evaluate_all("(all) => all.map((each) => each.ariaLabel)")
    assert labels == ["Navigation, not annotated", "Foot of the page, not annotated"]
    assert "Home" in groups.first.inner_text()
    shown = groups.first.locator(".label").evaluate(
        "(e) => getComputedStyle(e, '::before').content"
    )
    assert shown == '"Navigation, not annotated"'
    colour = "(element) => getComputedStyle(element).color"
    around, text = groups.first.locator(".content").first, page.locator(".paragraph .content").first
    assert around.evaluate(colour) != text.evaluate(colour)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(_FAINT) == []


def test_a_wide_table_scrolls_by_itself_and_what_is_chosen_in_it_is_seen(
    window: Window, tmp_path: Path
) -> None:
    row = "".join(f"<td>Field number {number} of the table" for number in range(12))
    document = html(tmp_path, f"<table><tr>{row}<td>It was slow.</table>")
    page = opened(window, tmp_path, document, "It was slow.", width=400)
    fits = "({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth"
    assert page.locator("html").evaluate(fits)
    assert page.locator("#text").evaluate(fits)
    assert not page.locator(".table").evaluate(fits)
    page.keyboard.press("j")
    box = page.locator(".chosen").bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= 400


def test_pages_are_marked_where_they_begin(window: Window, tmp_path: Path) -> None:
    text = "It was slow for as long as anyone could wait.\n\nIt was lost."
    pages = (Page(1, 0, 20), Page(2, 20, 47), Page(3, 47, len(text)))
    document = Document("a.pdf", text, "pdf", Layout(pages=pages))
    quotes = ("It was slow for as long as anyone could wait.", "It was lost.")
    page = opened(window, tmp_path, document, *quotes)
    labels = "(all) => all.map((each) => each.ariaLabel)"
    assert page.locator(".sheet .page").evaluate_all(labels) == ["Page 1", "Page 2", "Page 3"]
    assert page.locator(".sheet .page.first").evaluate_all(labels) == ["Page 1", "Page 3"]
    assert sheet(page) == text
    assert marks(page) == Counter(("impact", quote) for quote in quotes)
    page.keyboard.press("j")
    assert page.locator(".panel .place").inner_text().startswith("Pages 1, 2, ")
    page.emulate_media(media="print")
    assert "(page 3)" in page.locator(".printed li").nth(1).inner_text()
    assert page.locator(".sheet .page").first.is_visible()


def test_the_language_of_a_text_is_named_and_told_to_the_browser(
    window: Window, tmp_path: Path
) -> None:
    text = "Die Suche war langsam.\n\nIt was slow."
    languages = Languages("de", (Passage(24, 36, "en"),))
    page = opened(window, tmp_path, Document("a.txt", text, stated_languages=languages))
    assert page.locator(".title .language").inner_text() == "German, parts in English"
    assert page.locator(".sheet").get_attribute("lang") == "de"
    langs = page.locator(".block").evaluate_all("(all) => all.map((each) => each.lang)")
    assert langs == ["", "en"]
    assert page.locator("html").get_attribute("lang") == "en"


MARKDOWN = """# Outage *today*

**Note:** see [our page](https://example.org/a "b").

| What | How long |
|------|----------|
| Search | It was slow for *2* hours. |
"""


def test_nobody_reads_signs_of_markdown_and_annotations_cover_the_very_characters(
    window: Window, tmp_path: Path
) -> None:
    document = Document("a.md", MARKDOWN, "markdown")
    row = "| Search | It was slow for *2* hours. |"
    page = opened(window, tmp_path, document, row, "[our page]")
    read = page.locator(".sheet").inner_text()
    assert "our page" in read
    assert [sign for sign in "*[](#|-" if sign in read] == []
    assert sheet(page) == MARKDOWN
    assert marks(page) == Counter({("impact", row): 1, ("impact", "[our page]"): 1})
    assert page.get_by_role("cell").all_inner_texts() == ["Search", "It was slow for 2 hours."]
    page.set_viewport_size({"width": 1440, "height": 300})
    for place in (0, 1):
        page.keyboard.press("j")
        assert in_view(page, page.locator(".chosen").locator("visible=true").first), place


def test_hostile_layouts_and_names_do_nothing(window: Window, tmp_path: Path) -> None:
    body = "".join(
        f"<tr><td>{each.replace('&', '&amp;').replace('<', '&lt;')}" for each in drawn.HOSTILE
    )
    document = html(tmp_path, f"<table>{body}</table><p>Here it ends.</p>")
    assert document.layout is not None
    furniture = tuple(
        Furniture(block.start, block.end, hostile)
        for block, hostile in zip(document.layout.blocks, drawn.HOSTILE, strict=False)
    )
    provenance = replace(
        document.provenance, metadata={each: each for each in drawn.HOSTILE}, name=drawn.HOSTILE[0]
    )
    layout = replace(document.layout, furniture=furniture)
    languages = Languages(drawn.HOSTILE[0], (Passage(0, 9, drawn.HOSTILE[5]),))
    hostile = replace(document, layout=layout, provenance=provenance, stated_languages=languages)
    page = opened(window, tmp_path, hostile)
    assert page.evaluate("window.canary") is None
    assert sheet(page) == document.text
    assert page.locator(".sheet").get_attribute("lang") == ""
    said = page.locator("#panel-body").inner_text()
    assert drawn.HOSTILE[0] in said
    assert "\u202e" not in said
    assert page.locator(".sheet :is(a, img, script, iframe, svg)").count() == 0


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_document_of_a_megabyte_takes_a_few_elements_for_each_of_its_blocks(
    window: Window, tmp_path: Path, kind: str
) -> None:
    count = 2500
    if kind == "md":
        text = "".join(f"| **Data** {n} | It was slow for {n} days. |\n" for n in range(count))
        document = Document("a.md", text, "markdown")
    else:
        cells = "<td>It was slow for as long as that.<td>We kept it."
        document = html(tmp_path, f"<table>{f'<tr>{cells}' * count}</table>")
    page = opened(window, tmp_path, document)
    elements = page.evaluate("document.querySelectorAll('.sheet *').length")
    assert elements <= 15 * count
    assert page.get_by_role("row").count() == count
