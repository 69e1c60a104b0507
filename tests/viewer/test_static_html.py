"""What is left where a page may run no script: words with still highlights, in their layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from annotate.documents.document import Document
from annotate.viewer import highlight
from annotate.viewer.static_html import still
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.files import read, written

PAGE = """<html lang=en><body><nav><a href=/>Home</a></nav><h1>Outage</h1><ul><li>search</ul>
<table><tr><th>What<th>How long<tr><td rowspan=2>Search<td>It was slow.<tr><td>&lt;b&gt;lost</table>
<dl><dt>Slow<dd>It took long.</dl>"""


@pytest.fixture(autouse=True)
def _second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)


def stilled(document: Document, *quotes: str) -> html.HtmlElement:
    places = [(document.text.index(quote), quote) for quote in quotes]
    found = [
        drawn.annotation(document.id, document.text, start, start + len(quote))
        for start, quote in places
    ]
    return html.fromstring(still(highlight(document, found).content))


def test_a_table_is_one_with_its_spans_and_its_marks(tmp_path: Path) -> None:
    (document,), _ = read(written(tmp_path / "a.html", PAGE))
    shown = stilled(document, "It was slow.", "<b>lost")
    rows = [[cell.text_content().strip() for cell in row] for row in shown.iter("tr")]
    assert [len(row) for row in rows] == [2, 2, 1]
    assert rows[0] == ["What", "How long"]
    assert [cell.get("rowspan") for cell in shown.iter("td")] == ["2", "1", "1"]
    assert [mark.text_content() for mark in shown.iter("mark")] == ["It was slow.", "<b>lost"]
    assert not list(shown.iter("b", "script"))[1:]  # the key alone is bold


def test_furniture_is_named_and_items_have_bullets(tmp_path: Path) -> None:
    (document,), _ = read(written(tmp_path / "a.html", PAGE))
    said = [block.text_content().strip() for block in stilled(document).iter("div")]
    assert said[1:4] == ["navigation", "Home", "Outage"]
    assert "• search" in said


def test_signs_of_markdown_are_left_out() -> None:
    document = Document("a.md", "# *Outage*\n\nSee [our page](https://e.org).\n", "markdown")
    said = [block.text_content().strip() for block in stilled(document).iter("div")]
    assert said[1:] == ["Outage", "See our page."]
