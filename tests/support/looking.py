"""What a reader sees on a page that is open in a browser: its text, its marks, what is chosen."""

from __future__ import annotations

from collections import Counter
from typing import Any

from playwright.sync_api import Locator, Page

# What every mark covers, by the category and layer that its tag names.
_MARKS = """() => [...document.querySelectorAll('.tag')].map((tag) => [
    tag.title,
    [...document.querySelectorAll(`[data-marks~="${tag.dataset.mark}"]`)]
        .map((piece) => piece.textContent).join(''),
])"""

_STEPS = """([key, times, noun]) => Array.from({ length: times }, () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const tag = document.querySelector('.tag[aria-pressed=true]');
    return [document.querySelector(`.steps.${noun}`).innerText, tag.dataset.tone];
})"""


def sheet(page: Page) -> str:
    """Return the characters on the sheet."""
    return str(page.evaluate("document.querySelector('.sheet').textContent"))


def titled(page: Page) -> list[tuple[str, str]]:
    """Return the title of every tag, and the words that its mark covers."""
    return [(title, text) for title, text in page.evaluate(_MARKS)]


def marks(page: Page) -> Counter[tuple[str, str]]:
    """Count what is marked, by category and words."""
    return Counter((title.split(",")[0], text) for title, text in titled(page))


def shown_tags(page: Page) -> Locator:
    return page.locator(".tag:visible")


def chosen(page: Page) -> str:
    """Return the words that are set off as chosen."""
    return "".join(page.locator(".chosen").all_text_contents())


def tab(page: Page, name: str) -> None:
    """Turn to a panel."""
    page.get_by_role("tab", name=name).click()


def in_view(page: Page, element: Locator) -> bool:
    """Say whether an element stands in the part of the text that is scrolled to."""
    box, view_box = element.bounding_box(), page.locator("#text").bounding_box()
    assert box is not None
    assert view_box is not None
    bottom = view_box["y"] + view_box["height"]
    return view_box["y"] <= box["y"] and box["y"] + box["height"] <= bottom


def step_through(page: Page, noun: str, key: str, times: int) -> Any:
    """Press a key that leads to the next error or change; return what is said after each step.

    That is what the label of the steps says, whose class is `noun`, and the tone of the chosen tag.
    """
    return page.evaluate(_STEPS, [key, times, noun])
