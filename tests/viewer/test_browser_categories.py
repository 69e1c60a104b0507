"""The panel of categories: what is said of each, where it is said, and what nothing is said of."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.viewer import view
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.drawn import REPORT
from tests.support.looking import chosen, in_view, tab


def test_the_index_answers_what_the_text_says_of_a_category_and_goes_there(
    window: Window, policies: Run, policies_page: Path
) -> None:
    page = window.open(policies_page)
    tab(page, "Categories")
    section = page.locator("details.category", has=page.get_by_text("retention", exact=True))
    section.locator("summary").click()
    first = next(policies.documents()).id
    quotes = [
        a.quote for a in policies.annotations() if (a.document, a.category) == (first, "retention")
    ]
    assert section.locator(".said").all_text_contents() == [quote.strip() for quote in quotes]
    section.locator("button.quote").last.click()
    assert chosen(page) == quotes[-1]
    assert in_view(page, page.locator(".chosen").first)
    assert page.evaluate("document.activeElement.dataset.name") == "retention"


def test_the_index_of_all_documents_goes_to_another_one(
    window: Window, policies: Run, policies_page: Path
) -> None:
    page = window.open(policies_page)
    tab(page, "Categories")
    page.get_by_role("button", name="All documents").click()
    section = page.locator("details.category", has=page.get_by_text("retention", exact=True))
    section.locator("summary").click()
    found = [a for a in policies.annotations() if a.category == "retention"]
    assert section.locator("button.quote").count() == len(found)
    section.locator("button.quote").last.click()
    assert page.locator(".title .name").inner_text() == found[-1].document
    assert chosen(page) == found[-1].quote


def test_silent_categories_are_listed_with_the_claim_they_rest_on(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    entries = [
        Entry("a.txt", 0, 0, len(REPORT), "ok"),
        Entry("b.txt", 0, 0, len(REPORT), "failed"),
    ]
    run = drawn.write(tmp_path / "run", {"a.txt": REPORT, "b.txt": REPORT}, (), entries)
    page = window.open(view(run).html)
    tab(page, "Categories")
    said = page.locator(".silence").inner_text()
    assert "Every chunk of this document was answered" in said
    assert "action" in said
    page.keyboard.press("d")
    said = page.locator(".silence").inner_text()
    assert "No silence is claimed: 1 of 1 chunks not answered." in said
    assert "Every chunk" not in said
