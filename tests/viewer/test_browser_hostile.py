"""Hostile text does nothing, wherever a page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from annotate.viewer import view
from tests.conftest import INCIDENTS
from tests.support import drawn
from tests.support.browsing import Window
from tests.support.looking import tab


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page on which everything that comes from outside is hostile."""
    monkeypatch.chdir(INCIDENTS)
    return view(drawn.hostile_run(tmp_path / "run")).save(tmp_path / "page.html")


def look_everywhere(page: Page) -> str:
    """Open everything that a page can show; return all that was read on the way."""
    seen = [page.locator("body").inner_text()]
    count = page.locator(".document").count()
    for number in range(count):
        for name in ("Categories", "Problems"):
            tab(page, name)
            for summary in page.locator("#panel-body summary").all():
                summary.click()
            seen.append(page.locator("body").inner_text())
        if number == 0:
            for _ in range(page.locator(".tag").count()):
                page.keyboard.press("j")
                seen.append(page.locator("#panel-body").inner_text())
        page.keyboard.press("d")
    page.locator(".run summary").click()
    for query in ("<script>", "onerror", "canary"):
        page.locator("#query").fill(query)
        seen.append(page.locator("#panel-body").inner_text())
        for element in page.locator("#panel-body .quote").all()[:3]:
            element.hover()
    return "\n".join(seen)


def test_hostile_text_does_nothing_and_is_read_as_it_stands(window: Window, hostile: Path) -> None:
    page = window.open(hostile)
    read = look_everywhere(page)
    assert page.evaluate("window.canary") is None
    assert page.locator("img, iframe, textarea, body style, b:not(#panel-body b)").count() == 0
    assert page.locator(".sheet :is(a, svg, script)").count() == 0
    assert page.evaluate("document.scripts.length") == 2
    assert (
        page.evaluate("document.querySelectorAll('[onerror],[onload],[onfocus],[href]').length")
        == 1
    )
    for payload in drawn.HOSTILE:
        if payload.isprintable():
            assert payload in read, payload


def test_signs_that_turn_the_direction_turn_nothing(window: Window, hostile: Path) -> None:
    page = window.open(hostile)
    assert page.locator(".control[data-label='U+202E']").count() == 1
    ordered = """() => {
        const sign = document.querySelector(".control[data-label='U+202E']");
        const words = sign.parentElement;
        const node = [...words.childNodes].find((each) => each.data?.startsWith('gnp'));
        return [0, 1, 2, 3, 4].map((at) => {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().left;
        });
    }"""
    places = page.evaluate(ordered)
    assert places == sorted(places)
    assert "\u202e" not in page.locator(".rail").inner_text()
    assert "\\u202e" in page.locator(".rail").inner_text()


def test_the_policy_stops_what_a_payload_would_do_if_it_became_markup(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.canary = 1';
            document.body.append(script);
            const box = document.createElement('div');
            box.innerHTML = '<img src="https://example.org/x.png" onerror="window.canary = 2">'
                + '<p style="color: red" id="styled">x</p>';
            document.body.append(box);
            fetch('https://example.org/').catch(() => {});
            setTimeout(() => { try { window.made = new Function('return 1')(); } catch {} }, 1);
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.canary") is None
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#styled')).color")
        != "rgb(255, 0, 0)"
    )
    assert page.evaluate("window.made") is None
    assert len(window.complaints) >= 4
    assert all("Content Security Policy" in said for said in window.complaints)
    assert window.requests == window.stopped == ["https://example.org/x.png"]
    window.complaints.clear()
    window.requests.clear()
