"""What the page says of one annotation: its values, its evidence, and what else was found there."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.annotation import Choice
from annotate.ledger import Entry
from annotate.viewer import view
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.looking import chosen


def test_a_click_says_everything_about_an_annotation(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "Search was slow. It was caused by load. We do not know why."
    found = [
        drawn.annotation("a.txt", text, 0, 16, cited="SEARCH was  slow.", grounding="folded"),
        drawn.annotation(
            "a.txt", text, 17, 39, "cause", {"triggers": ["capacity"], "certainty": "suspected"}
        ),
    ]
    entry = Entry("a.txt", 0, 0, len(text), "repaired", 2, 1, 2, 3, 900, 100, None, 1.0, "")
    run = drawn.write(tmp_path / "run", {"a.txt": text}, found, [entry])
    page = window.open(view(run).html)
    page.get_by_text("Search was slow.").first.click()
    panel = page.locator("#panel-body").inner_text()
    for said in (
        "impact",
        "Those who use the service were affected,",
        "effects",
        "Answers, pages, messages or figures came late:",
        "countries",
        "DE",
        "PT42M",
        "customers_named",
        "no",
        "folded",
        "SEARCH was  slow.",
        "Chunk 0",
        "repaired",
        "3 answers used",
        "1 invalid and 2 ungrounded",
        "characters 0–16",
    ):
        assert said in panel, said
    page.get_by_text("It was caused").first.click()
    panel = page.locator("#panel-body").inner_text()
    assert "exact" in panel
    assert "More load than there was room for;" in panel
    assert "Stated as a guess:" in panel
    assert "SEARCH" not in panel


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("ambiguous", "Nothing says which place was meant."),
        ("context", "What leads into this place was cited"),
    ],
)
def test_words_that_stand_elsewhere_too_say_why_they_stand_here(
    window: Window, tmp_path: Path, choice: Choice, said: str
) -> None:
    text = "Search was slow. Mail was slow. It was caused by load. Search was slow."
    found = [
        drawn.annotation("a.txt", text, 0, 16, choice=choice),
        drawn.annotation("a.txt", text, 17, 31),
    ]
    run = drawn.write(tmp_path / "run", {"a.txt": text}, found, drawn.whole(text))
    page = window.open(view(run).html)
    page.get_by_text("Search was slow.").first.click()
    panel = page.locator("#panel-body").inner_text()
    assert f"{choice} These words stand at 2 places. {said}" in panel
    page.get_by_text("Mail was slow.").first.click()
    assert "These words stand" not in page.locator("#panel-body").inner_text()


def test_clicking_again_goes_through_what_lies_on_the_same_words(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    words = page.locator("[data-marks='0 1 2']").first
    seen = []
    for _ in range(4):
        words.click()
        seen.append(page.locator(".tag[aria-pressed=true]").get_attribute("data-mark"))
    assert seen == ["0", "1", "2", "0"]
    assert page.get_by_role("heading", name="Also on these words").is_visible()


def test_what_was_cited_is_set_off_from_what_was_added_around_it(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    text = "We saw that search was slow."
    whole = drawn.annotation("a.txt", text, 0, len(text))
    part = drawn.annotation("a.txt", text, 12, 27).evidence
    row = type(whole)("a.txt", 0, len(text), "impact", drawn.SLOW, text, part)
    page = window.open(view(drawn.write(tmp_path / "run", {"a.txt": text}, [row])).html)
    page.keyboard.press("j")
    assert page.locator(".chosen.cited").all_text_contents() == ["search was slow"]
    assert page.locator("blockquote .words").all_text_contents() == ["search was slow"]
    assert chosen(page) == text
