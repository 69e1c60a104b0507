"""The address of a page names the document and the annotation that are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.browsing import Window
from tests.support.looking import chosen


def test_the_address_names_what_is_looked_at(window: Window, report: Path) -> None:
    page = window.open(report)
    page.keyboard.press("d")
    page.keyboard.press("j")
    page.wait_for_url("**#1:0")
    address = page.evaluate("location.hash")
    again = window.open(report, address)
    assert again.locator(".title .name").inner_text() == "b.txt"
    assert chosen(again) == "It was slow."


@pytest.mark.parametrize("address", ["#99", "#0:99999", "#x", "#-1:1", "#0:1:2"])
def test_an_address_that_names_nothing_shows_the_first_document(
    window: Window, report: Path, address: str
) -> None:
    assert window.open(report, address).locator(".title .name").inner_text() == "a.txt"
