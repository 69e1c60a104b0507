"""Looks: contrast, theme, paper, and narrow windows."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.support.browsing import Window
from tests.support.looking import tab

# The contrast of every text with what lies behind it, where it is below 4.5 (WCAG 2.2, 1.4.3).
_FAINT = (ROOT / "tests" / "support" / "contrast.js").read_text(encoding="utf-8")


def test_every_text_stands_out_from_its_ground(window: Window, policies_page: Path) -> None:
    page = window.open(policies_page)
    page.keyboard.press("e")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name in ("Details", "Categories", "Problems", "Errors"):
            tab(page, name)
            assert page.evaluate(_FAINT) == []


def test_the_theme_follows_the_system_until_it_is_chosen(window: Window, report: Path) -> None:
    page = window.open(report)
    page.emulate_media(color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('#text')).backgroundColor"
    dark = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    assert dark != light
    page.keyboard.press("t")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == light
    page.locator("#theme").click()
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == dark
    page.reload()
    assert page.evaluate(ground) == dark


def test_paper_gets_the_text_and_its_legend_and_not_the_controls(
    window: Window, policies_page: Path
) -> None:
    page = window.open(policies_page)
    page.emulate_media(color_scheme="dark")
    page.emulate_media(media="print")
    hidden = ("#panel", ".find", ".tools", ".steps", ".filter .only", ".documents")
    assert [name for name in hidden if page.locator(name).first.is_visible()] == []
    assert page.locator(".filter.category .swatch").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 29, 33)"
    cut = (
        "(e) => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY !== 'visible'"
    )
    assert not page.locator("#text").evaluate(cut)
    assert page.locator(".sheet .block").last.is_visible()


def test_paper_keeps_what_each_annotation_says(window: Window, policies_page: Path) -> None:
    page = window.open(policies_page)
    printed = page.locator(".printed")
    assert not printed.is_visible()
    page.emulate_media(media="print")
    document = page.evaluate("JSON.parse(document.getElementById('data').textContent)")
    shown = document["documents"][0]
    rows = printed.locator("li")
    rows.first.wait_for()
    assert rows.count() == len(shown["marks"])
    for place in (0, len(shown["marks"]) - 1):
        mark, said = shown["marks"][place], rows.nth(place).inner_text()
        assert document["categories"][mark["category"]]["name"] in said
        for name, values in mark["attributes"]:
            assert not values or f"{name} {', '.join(values)}" in said
    assert any("polarity" in text for text in rows.all_inner_texts())
    page.emulate_media(media="screen")
    assert not printed.is_visible()


def test_a_narrow_window_loses_nothing(window: Window, policies_page: Path) -> None:
    page = window.open(policies_page)
    fits = "({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth"
    for width in (320, 600, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("html").evaluate(fits)
        assert page.locator("#text").evaluate(fits)
        assert page.locator("#category-0").is_hidden()
        page.get_by_role("button", name="Documents, filters").click()
        assert page.locator("#category-0").is_visible()
        page.get_by_role("button", name="infotech.txt").click()
        assert page.locator("#category-0").is_hidden()
        page.keyboard.press("j")
        assert page.locator(".subject").is_visible()
