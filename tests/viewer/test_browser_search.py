"""The search: words of all texts, and values of attributes."""

from __future__ import annotations

import re
from pathlib import Path

from annotate.runs.reader import Run
from tests.support.browsing import Window


def test_the_search_finds_words_in_all_texts_and_goes_from_hit_to_hit(
    window: Window, policies: Run, policies_page: Path
) -> None:
    page = window.open(policies_page)
    page.keyboard.press("/")
    page.keyboard.type("third  PARTIES")
    pattern = re.compile(r"third\s+parties", re.IGNORECASE)
    texts = [document.text for document in policies.documents()]
    hits = [pattern.findall(text) for text in texts]
    assert page.locator("[data-hit]").count() == sum(map(len, hits)) > 2
    for _ in range(3):
        page.keyboard.press("Enter")
        selected = "[...CSS.highlights.get('hit-now')].map((range) => range.toString())"
        (found,) = page.evaluate(selected)
        assert pattern.fullmatch(found)
    box = page.evaluate("[...CSS.highlights.get('hit-now')][0].getBoundingClientRect().toJSON()")
    view_box = page.locator("#text").bounding_box()
    assert view_box
    assert view_box["y"] < box["top"] < view_box["y"] + view_box["height"]


def test_the_search_takes_signs_for_signs_and_finds_values_of_attributes(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    page.locator("#query").fill("(.*")
    assert page.get_by_text("Nothing found.").is_visible()
    page.locator("#query").fill("PT42M")
    assert page.locator("[data-hit]").count() == 0
    page.locator("[data-goto]").first.click()
    assert "PT42M" in page.locator("#panel-body").inner_text()
