"""A review in a real browser: by keyboard alone, from the first annotation to gold."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from annotate.review.log import replay
from annotate.review.start import open_review
from annotate.runs.reader import Run
from tests.conftest import ROOT, Command
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.reviewing import review_of, served, small_run

POLICY = "infuze-cloud.txt"


def decided(page: Page, count: int, every: int) -> None:
    """Wait until the page says that so many are decided."""
    page.locator(".counted", has_text=re.compile(f"^{count} of {every}$")).wait_for()


def test_a_whole_policy_is_reviewed_by_keyboard_alone_and_becomes_gold(
    window: Window, policies: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    run = shutil.copytree(policies.path, tmp_path / "run")
    count = sum(each.document == POLICY for each in policies.annotations())
    with open_review(run, "ada", [POLICY]) as review, served(review) as address:
        page = window.visit(address)
        for number in range(count):
            page.keyboard.press("x" if number % 10 == 3 else "a")
        decided(page, count, count)
        assert page.locator(".spoken").inner_text() == f"All {count} are decided."
    command = Command(ROOT)
    gold = tmp_path / "gold"
    made = command("gold", "import", run, "--from", "review", "--out", gold)
    assert made.returncode == 0, made.stdout + made.stderr
    checked = command("gold", "check", gold)
    assert checked.returncode == 0
    kept = count - len(range(3, count, 10))
    assert f"{kept} annotations, 0 passes: 0 errors" in checked.stdout


def test_undo_and_redo_lead_back_to_what_they_are_about(window: Window, tmp_path: Path) -> None:
    review = review_of(small_run(tmp_path / "run"))
    with served(review) as address:
        page = window.visit(address)
        page.keyboard.press("a")
        page.keyboard.press("x")
        decided(page, 2, 6)
        page.keyboard.press("u")
        page.keyboard.press("Control+z")
        decided(page, 0, 6)
        assert page.locator(".tag[aria-pressed=true]").get_attribute("data-mark") == "0"
        page.keyboard.press("U")
        page.keyboard.press("Control+Shift+z")
        decided(page, 2, 6)
        assert page.locator(".subject .badge").inner_text().endswith("rejected")
    actions = [each.action for each in replay(review.log.path).history.decisions]
    assert actions == ["accept", "reject", "undo", "undo", "redo", "redo"]


def test_what_is_missing_is_added_and_what_is_wrong_corrected_by_keyboard(
    window: Window, tmp_path: Path
) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": drawn.REPORT})
    review = review_of(run)
    with served(review) as address:
        page = window.visit(address)
        page.keyboard.press("i")
        page.keyboard.type("cause")
        page.keyboard.press("Tab")
        page.keyboard.press(".")  # the second sentence
        page.locator("#draft-triggers-0").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Control+Enter")
        assert page.get_by_role("alert").inner_text() == "certainty: missing, add it"
        page.locator("#draft-certainty-0").focus()
        page.keyboard.press("Space")
        page.locator("#draft-why").focus()
        page.keyboard.type("It says so: a, x, [.")
        page.keyboard.press("Control+Enter")
        decided(page, 1, 1)
        assert page.locator(".chosen").all_inner_texts() == ["It was caused by load."]
        page.keyboard.press("e")
        page.keyboard.press("{")  # and the first
        page.keyboard.press("x")  # which is no decision while something is written
        page.keyboard.press("Control+Enter")
        page.locator("#panel .subject").wait_for(state="detached")
        page.keyboard.press("j")
        assert "".join(page.locator(".chosen").all_inner_texts()).startswith("Search was slow")
        page.keyboard.press("w")
        page.keyboard.type("Both.")
        page.keyboard.press("Enter")
        page.keyboard.press("m")
        page.locator("#panel .subject").wait_for(state="detached")
    made = replay(review.log.path).history.decisions
    assert [each.action for each in made] == ["add"] * 4
    assert made[0].quote == "It was caused by load."
    assert {each.quote for each in made[1:]} == {
        "Search was slow in Germany. It was caused by load."
    }
    assert [each.why for each in made] == [*["It says so: a, x, [."] * 2, "Both.", "Both."]
    assert [each.must_find for each in made] == [False, False, False, True]
    window.complaints = [each for each in window.complaints if "422" not in each]
