"""Keys: they step through the text, reach everything, and can be kept from acting."""

from __future__ import annotations

from pathlib import Path

from schemas.incident_report import SCHEMA
from tests.support.browsing import Window
from tests.support.looking import in_view


def test_keys_step_through_annotations_in_the_order_of_the_text(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    every = page.locator(".tag").count()
    seen = []
    for _ in range(every):
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
        seen.append(int(page.evaluate("document.activeElement.dataset.mark")))
        assert in_view(page, page.locator(".chosen").first)
    assert seen == list(range(every))
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.mark") == str(every - 2)
    page.keyboard.press("Escape")
    assert page.locator(".chosen").count() == 0


def test_enter_goes_to_what_is_said_and_keys_are_left_alone_in_the_field(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "subject"
    page.keyboard.press("/")
    page.keyboard.type("jk?t")
    assert page.locator("#query").input_value() == "jk?t"
    assert page.locator("#keys").is_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#keys").is_hidden()


def test_single_letters_can_be_kept_from_acting(window: Window, report: Path) -> None:
    page = window.open(report)
    page.keyboard.press("?")
    page.get_by_label("Single letters act as keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert page.locator(".chosen").count() == 0
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_filters_and_documents_keep_the_focus_of_the_keyboard(window: Window, report: Path) -> None:
    page = window.open(report)
    cause = f"category-{list(SCHEMA.categories).index('cause')}"
    page.locator(f"#{cause}").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.id") == cause
    assert page.get_by_role("checkbox", name="cause").is_checked() is False
    page.locator("#document-1").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "document-1"
    assert page.locator("[aria-current=page]").inner_text().startswith("b.txt")


def test_a_keyboard_reaches_everything_in_the_order_in_which_it_stands(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                    const at = document.activeElement;
                    const part = at.closest('.bar, .rail, .title, .sheet, .tabs, .body');
                    return at.className === 'skip' ? 'skip' : part?.className.split(' ')[0] ?? '';
                }"""
            )
        )
        if reached[-1] == "tabs":
            break
    parts = [part for part, before in zip(reached, ["", *reached], strict=False) if part != before]
    assert parts == ["skip", "bar", "rail", "title", "sheet", "tabs"]
    assert reached.count("sheet") == 1
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Categories").get_attribute("aria-selected") == "true"
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
