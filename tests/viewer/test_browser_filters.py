"""Categories are hidden, shown and counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from schemas.incident_report import SCHEMA
from tests.support.browsing import Window
from tests.support.looking import shown_tags, titled

CAUSE = list(SCHEMA.categories).index("cause")


def test_the_legend_hides_and_shows_categories(window: Window, report: Path) -> None:
    page = window.open(report)
    every = shown_tags(page).count()
    causes = page.locator(".tag[data-name=cause]").count()
    assert 0 < causes < every
    page.get_by_role("checkbox", name="cause").uncheck()
    assert shown_tags(page).count() == every - causes
    left = [text for title, text in titled(page) if title == "impact"]
    assert "".join(page.locator(".marked").all_text_contents()) == "".join(left)
    page.locator("#none-category").click()
    assert shown_tags(page).count() == page.locator(".marked").count() == 0
    page.locator("#all-category").click()
    assert shown_tags(page).count() == every
    page.locator(f"#only-category-{CAUSE}").focus()
    page.keyboard.press("Enter")
    assert shown_tags(page).count() == causes


def test_counts_stand_beside_the_categories(window: Window, report: Path) -> None:
    page = window.open(report)
    rows = page.locator(".filter.category .choice")
    counted = {
        row.locator("label .name").inner_text(): row.locator(".count").inner_text()
        for row in rows.all()
    }
    tags = Counter(page.locator(".tag").evaluate_all("(all) => all.map((tag) => tag.dataset.name)"))
    assert counted == {tag: str(tags[tag]) for tag in SCHEMA.categories}
    assert tags["impact"] > tags["action"] == 0
