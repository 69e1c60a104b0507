"""The text in a real browser: what is drawn, and that highlights cover their quotes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotate.evaluation.evaluation import Evaluation
from annotate.runs.reader import Run
from annotate.viewer import view
from tests.conftest import INCIDENTS
from tests.support import drawn, noisy
from tests.support.browsing import Window
from tests.support.looking import chosen, marks, sheet, tab


def test_every_highlight_of_the_five_policies_covers_its_quote_and_nothing_else(
    window: Window, policies: Run, evaluation: Evaluation, policies_page: Path
) -> None:
    page = window.open(policies_page)
    found = list(policies.annotations())
    assert len(found) > 500
    for document in policies.documents():
        expected = Counter((a.category, a.quote) for a in found if a.document == document.id)
        expected.update(
            (g.category, g.quote) for g in evaluation.golds if g.document == document.id
        )
        assert marks(page) == expected
        assert sheet(page) == document.text
        page.keyboard.press("d")


STRANGE = (
    "😀 Search was slow. 👩‍👩‍👧 It was caused by load.",
    "Search\r\nwas slow.\r\n\r\nIt was caused.\r\n\r\n- 🇩🇪 one\r\n- two\r\n",
    "e\u0301 Suche war langsam. 検索が遅かった。原因は負荷です。",
    "البحث كان بطيئا. السبب هو الحمل.\n\n\u05d7\u05d9\u05e4\u05d5\u05e9 \u05d0\u05d9\u05d8\u05d9.",
    "A\u00a0b\u200bc\u00adslow.  Two  spaces.\tTab.\x0bVT.\x0cFF.",
    "\U0001d54aearch was slow.\u2028It was caused.\u2029End\x85 of it.",
)


@pytest.mark.parametrize("text", STRANGE)
def test_highlights_stand_right_in_any_script(
    window: Window, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    parts = [(i, j) for i in range(0, len(text), 5) for j in (i + 1, i + 7) if j <= len(text)]
    found = [drawn.annotation("a.txt", text, *part) for part in parts]
    page = window.open(view(drawn.write(tmp_path / "run", {"a.txt": text}, found)).html)
    assert sheet(page) == text
    assert marks(page) == Counter(("impact", each.quote) for each in found)


def test_headings_lists_and_paragraphs_look_like_it(window: Window, report: Path) -> None:
    page = window.open(report)
    assert page.get_by_role("heading", name="What users saw").is_visible()
    size = "(element) => parseFloat(getComputedStyle(element).fontSize)"
    heading, paragraph = page.locator(".sheet .heading").first, page.locator(".sheet .paragraph")
    assert heading.evaluate(size) > paragraph.first.evaluate(size)
    item = page.locator(".sheet .item").first
    box, above = item.locator(".content").bounding_box(), paragraph.nth(1).bounding_box()
    assert box is not None
    assert above is not None
    assert box["x"] > above["x"]
    assert item.inner_text().startswith("-")


def test_marks_on_the_same_words_have_a_line_each(window: Window, report: Path) -> None:
    page = window.open(report)
    lines = "(e) => getComputedStyle(e).backgroundImage.split('-gradient(').length - 1"
    three = page.locator("[data-marks='0 1 2']").first
    assert three.evaluate(lines) == 3
    positions = three.evaluate("(e) => getComputedStyle(e).backgroundPosition.split(',')")
    assert len(set(positions)) == 3


def test_an_annotation_off_its_quote_is_drawn_where_it_says_and_named_for_it(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "Search was slow. It went on."
    off = noisy.moved(drawn.annotation("a.txt", text, 0, 16), 1)
    lost = noisy.moved(drawn.annotation("a.txt", text, 17, 28), 500)
    page = window.open(view(drawn.write(tmp_path / "run", {"a.txt": text}, [off, lost])).html)
    page.keyboard.press("j")
    assert chosen(page) == "earch was slow. "
    said = page.locator(".warning").inner_text()
    assert "other words than stand at its place" in said
    assert "Search was slow." in said
    page.keyboard.press("j")
    assert "It went on." in page.locator(".warning").inner_text()


def test_a_run_without_documents_is_a_page_too(window: Window, tmp_path: Path) -> None:
    page = window.open(view(drawn.write(tmp_path / "run", {})).html)
    for name in ("Categories", "Problems", "Details"):
        tab(page, name)
    for key in "jkdet/":
        page.keyboard.press(key)
    page.keyboard.type("word")
    assert "0 annotations in 0 documents" in page.locator(".summary").inner_text()
