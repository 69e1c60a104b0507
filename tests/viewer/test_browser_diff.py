"""The page about what changed: side by side, with the words that differ, and nothing that acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pydantic import JsonValue

from annotate.differences.diff import Diff, diff
from annotate.runs.reader import Run
from annotate.viewer.diff_page import diff_page
from tests.support import drawn
from tests.support.browsing import Window

OLD = "Search was slow in Germany.\n\nIt was caused by load.\n\nCarts were lost.\n"
NEW = "It was caused by load.\n\nSearch was slow for all in Spain.\n\nNobody noticed.\n"


@pytest.fixture
def found(tmp_path: Path, second_domain: None) -> Diff:
    """A difference in which one statement each was changed, kept, removed and added."""
    return diff(run_of(tmp_path / "old", OLD, "DE"), run_of(tmp_path / "new", NEW, "ES"))


def run_of(folder: Path, text: str, country: str) -> Run:
    slow: dict[str, JsonValue] = {**drawn.SLOW, "countries": [country]}
    found = []
    for line in filter(None, text.split("\n")):
        said = ("impact", slow) if "slow" in line else ("cause", drawn.CAUSE)
        start = text.index(line)
        found.append(drawn.annotation("a.txt", text, start, start + len(line), *said))
    return drawn.write(folder, {"a.txt": text}, found)


def test_both_sides_stand_beside_each_other_with_the_words_that_differ(
    window: Window, found: Diff
) -> None:
    page = window.show(diff_page(found))
    changed = page.locator(".change.changed")
    assert "countries DE → ES" in changed.locator("h3").inner_text()
    assert changed.locator(".before del").all_inner_texts() == ["Germany"]
    assert changed.locator(".after ins").all_inner_texts() == ["for all ", "Spain"]
    left, right = (changed.locator(f".{side}").bounding_box() for side in ("before", "after"))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    page.set_viewport_size({"width": 420, "height": 900})
    below = changed.locator(".after").bounding_box()
    assert below is not None
    assert below["y"] > left["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def test_kinds_are_shown_and_left_out_without_a_script(window: Window, found: Diff) -> None:
    page = window.show(diff_page(found))
    assert page.locator("script").count() == 0
    assert page.locator(".change.changed").is_visible()
    assert page.locator(".change.kept").is_hidden()
    page.check("#show-kept")
    assert page.locator(".change.kept").is_visible()
    page.uncheck("#show-changed")
    assert page.locator(".change.changed").is_hidden()


def test_hostile_text_is_text(window: Window, tmp_path: Path, second_domain: None) -> None:
    page = window.show(diff_page(hostile(tmp_path)))
    page.check("#show-reworded")
    assert page.evaluate("window.canary") is None
    assert page.locator("script, img, iframe, a, textarea, svg, b").count() == 0
    assert page.locator("style").count() == 1
    read = page.locator("body").inner_text()
    for payload in drawn.HOSTILE:
        if payload.isprintable():
            assert " ".join(payload.split()) in " ".join(read.split()), payload
    assert "\u202e" not in read
    assert "\x1b" not in read
    assert_policy_stops(page, window)


def hostile(folder: Path) -> Diff:
    """Return a difference in which everything that comes from outside is hostile."""
    sides = []
    for side, before in (("old", "It said"), ("new", "It shouted")):
        text = "\n\n".join(f"{before} {each} and was slow." for each in drawn.HOSTILE)
        made = [
            drawn.annotation(
                "".join(drawn.HOSTILE[:2]),
                text,
                text.index(f"{before} {each}"),
                text.index(f"{before} {each}") + len(f"{before} {each} and"),
                each,
                {each: [each], "side": [side]} if place % 2 else {each: [each]},
            )
            for place, each in enumerate(drawn.HOSTILE)
        ]
        sides.append(drawn.write(folder / side, {made[0].document: text}, made))
    return diff(*sides)


def assert_policy_stops(page: Page, window: Window) -> None:
    """Let a payload become markup, and see that it still does nothing."""
    page.evaluate(
        """() => {
            const box = document.createElement('div');
            box.innerHTML = '<img src="https://example.org/x.png" onerror="window.canary = 2">';
            document.body.append(box);
        }"""
    )
    page.wait_for_timeout(50)
    assert page.evaluate("window.canary") is None
    assert window.stopped == window.requests == ["https://example.org/x.png"]
    window.complaints.clear()
    window.requests.clear()
