"""A review in a real browser: by keyboard alone, from the first annotation to gold."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from annotate.formats.corrections import read_corrections
from annotate.formats.import_gold import import_gold, sources_of
from annotate.gold.store import Gold
from annotate.review.curation import Curation
from annotate.review.log import replay
from annotate.review.session import Review, Wanted
from annotate.review.start import open_review
from annotate.runs.reader import Run
from tests.conftest import ROOT, Command
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.reviewing import review_of, schema, served, small_run

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FAINT = (ROOT / "tests" / "support" / "contrast.js").read_text(encoding="utf-8")
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
    assert f"{kept} annotations, 1 passes: 0 errors" in checked.stdout


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
        page.locator("#tab-edit").wait_for(state="detached")
        page.keyboard.press("j")
        assert "".join(page.locator(".chosen").all_inner_texts()).startswith("Search was slow")
        page.keyboard.press("w")
        page.keyboard.type(" Both.")
        page.keyboard.press("Enter")
        page.keyboard.press("m")
        page.locator("#panel .subject").wait_for(state="detached")
    made = replay(review.log.path).history.decisions
    assert [each.action for each in made] == ["add"] * 4
    assert made[0].quote == "It was caused by load."
    assert {each.quote for each in made[1:]} == {
        "Search was slow in Germany. It was caused by load."
    }
    said = "It says so: a, x, [."
    assert [each.why for each in made] == [said, said, f"{said} Both.", f"{said} Both."]
    assert [each.must_find for each in made] == [False, False, False, True]
    window.complaints = [each for each in window.complaints if "422" not in each]


def test_what_annotators_decided_differently_is_settled_by_one_key_each(
    window: Window, tmp_path: Path
) -> None:
    run = small_run(tmp_path / "run")
    for name, verdicts in (("ada", "aaa"), ("ben", "axa")):
        with review_of(run, name) as review:
            for found, verdict in zip(review.suggested, verdicts, strict=False):
                must_find = (name, found) == ("ben", [*review.suggested][2])
                accepts = verdict == "a"
                why = "" if accepts else "No impact."
                wanted = Wanted(action="accept" if accepts else "reject", id=found, why=why)
                review.decide(wanted.model_copy(update={"must_find": must_find}))
    curation = Curation(run, schema(), "zoe")
    with served(curation) as address:
        page = window.visit(address)
        assert page.locator(".version").count() == 2
        second = page.locator(".version").nth(1).inner_text()
        assert all(said in second for said in ("ben", "keeps nothing", "No impact."))
        assert serious(page) == []
        page.keyboard.press("2")
        decided(page, 1, 2)
        assert "must be found" in page.locator(".version").nth(1).inner_text()
        page.keyboard.press("2")
        decided(page, 2, 2)
    made = replay(curation.log.path).history.decisions
    assert [(each.action, each.must_find) for each in made] == [("reject", False), ("accept", True)]


def gold_of(run: Run, folder: Path) -> Gold:
    """Accept everything that a run says, as ada, and make gold of it."""
    with review_of(run) as ada:
        for name in ada.suggested:
            ada.decide(Wanted(action="accept", id=name))
    read = read_corrections(run.path, "review", schema())
    sources = sources_of(read, None, folder / "nothing")
    gold, _ = import_gold(read, schema(), sources, folder / "gold")
    return gold


def test_gold_stands_beside_and_is_taken_over(window: Window, tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    gold = gold_of(run, tmp_path)
    review = Review(run, schema(), "ben", gold=gold)
    with served(review) as address:
        page = window.visit(address)
        assert page.locator(".counted").inner_text() == "0 of 6"
        page.keyboard.press("j")  # the gold on the same words
        assert page.locator(".subject .of").inner_text() == "gold"
        page.keyboard.press("x")
        page.keyboard.press("a")
        decided(page, 1, 7)
    assert [each.action for each in replay(review.log.path).history.decisions] == ["add"]


def test_an_undo_that_is_refused_chooses_nothing_else_and_is_not_said_to_be_made(
    window: Window, tmp_path: Path
) -> None:
    run = small_run(tmp_path / "run")
    gold = gold_of(run, tmp_path)
    review = Review(run, schema(), "ben", gold=gold)
    with served(review) as address:
        page = window.visit(address)
        page.keyboard.press("a")
        decided(page, 1, 6)
        made = review.history.last
        chosen = page.locator(".tag[aria-pressed=true]").get_attribute("data-mark")
        review.decide(Wanted(action="undo", seen=made))  # in another window
        page.keyboard.press("u")
        page.get_by_role("alert").get_by_text("there is nothing to undo").wait_for()
        assert "nothing to undo" in page.locator(".spoken").inner_text()
        assert page.locator(".tag[aria-pressed=true]").get_attribute("data-mark") == chosen
    window.complaints = [each for each in window.complaints if "400" not in each]


# ---- For everybody ----


def serious(page: Page) -> list[str]:
    """Return what axe-core finds to keep people out of a page."""
    page.evaluate(f"{AXE}; 0")
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{each['id']}: {each['help']}" for each in found["violations"]]


def test_nothing_keeps_people_out_in_either_width_and_theme(window: Window, tmp_path: Path) -> None:
    fits = "({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth"
    with served(review_of(small_run(tmp_path / "run"))) as address:
        page = window.visit(address)
        page.keyboard.press("s")
        for width, dark in ((1280, False), (390, True)):
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.set_viewport_size({"width": width, "height": 800})
            page.locator(".decide").wait_for()
            assert serious(page) == []
            assert page.locator("html").evaluate(fits)
            page.keyboard.press("e")
            assert page.evaluate("document.activeElement.className") == "drafted"
            assert page.evaluate(FAINT) == []
            assert serious(page) == []
            assert page.locator("#panel-body").evaluate(fits)
            page.keyboard.press("Escape")
            assert page.evaluate(FAINT) == []
        page.keyboard.press("?")
        assert "accept, and go on to the next that is open" in page.locator("#keys").inner_text()
        assert serious(page) == []


def test_hostile_text_and_names_do_nothing_and_are_refused_as_gold(
    window: Window, tmp_path: Path
) -> None:
    review = review_of(drawn.hostile_run(tmp_path / "run"))
    with served(review) as address:
        page = window.visit(address)
        for _ in drawn.HOSTILE[:4]:
            page.keyboard.press("e")
            page.keyboard.press("Escape")
            page.keyboard.press("j")
        page.keyboard.press("a")
        page.get_by_role("alert").get_by_text("is unknown, use one of").wait_for()
        page.keyboard.press("x")
        page.locator(".reach .counted", has_text="1 of").wait_for()
        assert page.evaluate("window.canary") is None
        assert page.locator("img, iframe, body style, b[onmouseover]").count() == 0
        assert page.evaluate("document.scripts.length") == 2
    assert [each.action for each in replay(review.log.path).history.decisions] == ["reject"]
    window.complaints = [each for each in window.complaints if "422" not in each]


def test_two_windows_do_not_overwrite_each_other(window: Window, tmp_path: Path) -> None:
    review = review_of(small_run(tmp_path / "run"))
    with served(review) as address:
        page = window.visit(address)
        first = next(iter(review.suggested))
        review.decide(Wanted(action="reject", id=first))  # in another window
        page.keyboard.press("a")
        page.get_by_role("alert").get_by_text("decided elsewhere meanwhile").wait_for()
        assert page.locator(".subject .badge").inner_text().endswith("rejected")
        page.keyboard.press("a")
        decided(page, 1, 6)
        page.locator(".subject .badge", has_text="open").wait_for()
    assert [each.action for each in replay(review.log.path).history.decisions] == [
        "reject",
        "accept",
    ]
    window.complaints = [each for each in window.complaints if "409" not in each]


def test_a_window_that_is_looked_at_again_says_how_far_the_review_has_come(
    window: Window, tmp_path: Path
) -> None:
    review = review_of(small_run(tmp_path / "run"))
    with served(review) as address:
        page = window.visit(address)
        decided(page, 0, 6)
        review.decide(Wanted(action="reject", id=next(iter(review.suggested))))  # in another window
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        decided(page, 1, 6)
