"""The page of a comparison: gold, before and after, and what changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.evaluation.evaluate import evaluate
from annotate.viewer import comparison_page
from tests.conftest import ROOT
from tests.support import noisy
from tests.support.browsing import Window
from tests.support.looking import chosen, marks, sheet, step_through


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Two simulated annotators on the five policies."""
    folder = tmp_path_factory.mktemp("sides")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        sides = [evaluate(noisy.write(folder / str(seed), noisy.say(seed))) for seed in (1, 2)]
        return compare_evaluations(sides[:1], sides[1:], rounds=200)


@pytest.fixture(scope="module")
def comparison_file(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("comparison") / "page.html"
    path.write_text(comparison_page(comparison), encoding="utf-8")
    return path


def counted(page: Page) -> dict[str, int]:
    rows = page.locator(".filter.outcome .choice").all()
    return {
        row.locator("label").inner_text().split("\n")[-1]: int(row.locator(".count").inner_text())
        for row in rows
    }


def test_a_comparison_shows_gold_before_and_after_and_counts_what_changed(
    window: Window, comparison: Comparison, comparison_file: Path
) -> None:
    page = window.open(comparison_file)
    assert page.locator(".summary .badge").inner_text() == comparison.verdict
    found: Counter[str] = Counter()
    for name, text in comparison.after[0].texts.items():
        assert page.locator(".title .name").inner_text() == name
        assert sheet(page) == text
        for label, count in counted(page).items():
            found[label.strip()] += count
        page.keyboard.press("d")
    lists = comparison.changes
    assert found["broken"] == len(lists.broken) > 0
    assert found["fixed"] == len(lists.fixed) > 0
    assert found["new false positive"] == len(lists.new_false_positives) > 0
    assert found["resolved false positive"] == len(lists.resolved_false_positives) > 0


def test_every_highlight_of_a_comparison_covers_its_quote(
    window: Window, comparison: Comparison, comparison_file: Path
) -> None:
    page = window.open(comparison_file)
    for name, text in comparison.after[0].texts.items():
        made: Sequence[Any] = [
            *(a for side in (comparison.before, comparison.after) for a in side[0].annotations),
            *comparison.after[0].golds,
        ]
        expected = Counter((a.category, text[a.start : a.end]) for a in made if a.document == name)
        assert marks(page) == expected
        page.keyboard.press("d")


def test_keys_step_from_change_to_change(window: Window, comparison_file: Path) -> None:
    page = window.open(comparison_file)
    label = page.locator(".steps.changes")
    count = int(label.inner_text().split()[0])
    assert page.get_by_role("tab", name=f"Changes {count}").get_attribute("aria-selected") == "true"
    page.keyboard.press("c")
    assert label.inner_text() == f"1 of {count}"
    steps = step_through(page, "changes", "c", count - 1)
    assert [said for said, _ in steps] == [f"{n} of {count}" for n in range(2, count + 1)]
    assert {tone for _, tone in steps} == {"error", "good"}
    page.keyboard.press("c")
    assert page.locator(".title .name").inner_text() != "infinitydesk.txt"


def test_a_change_shows_what_each_side_says_of_the_gold(
    window: Window, comparison: Comparison, comparison_file: Path
) -> None:
    page = window.open(comparison_file)
    page.locator("#only-outcome-broken").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    item = comparison.changes.broken[0]
    panel = page.locator("#panel-body").inner_text()
    assert "broken" in panel
    assert chosen(page) != ""
    page.locator(".left .tag:visible").first.click()
    panel = page.locator("#panel-body").inner_text()
    assert item.gold in panel
    assert "before 1 of 1, after 0 of 1" in panel


def test_repeats_of_a_side_are_one_mark_with_how_often_it_was_made(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    runs = [evaluate(noisy.write(tmp_path / str(n), noisy.say(n), repeat=n)) for n in range(1, 7)]
    found = compare_evaluations(runs[:3], runs[3:], rounds=200)
    page = window.open(comparison_page(found))
    assert found.changes.flaky
    page.locator("#only-outcome-flaky").focus()
    page.keyboard.press("Enter")
    page.locator(".right .tag:visible").first.click()
    assert re.search(r"in [123] of 3 repeats", page.locator("#panel-body").inner_text())
    page.locator(".left .tag:visible").first.click()
    said = page.locator("#panel-body").inner_text()
    assert re.search(r"before [0-3] of 3, after [0-3] of 3", said)
