"""The head and the foot of a page that nothing marks as such."""

import pytest

from annotate.documents.readers.html import read_page
from annotate.documents.surroundings import FOOT, HEAD, with_surroundings

MENU = "<nav>Home</nav>"
TEXT = "<h1>Policy</h1><p>We brew tea.</p>"


def furniture(html: str) -> list[tuple[str, str]]:
    text, layout = read_page(html, "a")
    marked = with_surroundings(text, layout)
    marked.check(len(text))
    return [(each.reason, text[each.start : each.end]) for each in marked.furniture]


def test_the_name_of_a_site_beside_its_menu_is_the_head_of_the_page() -> None:
    assert furniture(f"<b>The Tea House</b>{MENU}<p>Fine tea{TEXT}") == [
        (HEAD, "The Tea House"),
        ("navigation", "Home"),
        (HEAD, "Fine tea"),
    ]


@pytest.mark.parametrize(
    "above",
    ["<p>We brew tea.", "<p>Version 3", "<p>We say below what we know of all who drink tea"],
)
def test_what_says_something_above_the_title_is_text(above: str) -> None:
    assert furniture(f"{MENU}{above}{TEXT}") == [("navigation", "Home")]


def test_without_a_menu_nothing_is_the_head_of_the_page() -> None:
    assert furniture(f"<p>The Tea House{TEXT}") == []


@pytest.mark.parametrize(
    "line", ["© 2026 Tea House", "(c) Tea House", "Tea House. All rights reserved."]
)
def test_a_line_of_copyright_and_what_stands_behind_it_is_the_foot(line: str) -> None:
    assert furniture(f"{TEXT}<p>{line}<p>Best with milk") == [
        (FOOT, line),
        (FOOT, "Best with milk"),
    ]


def test_copyright_before_much_text_is_text() -> None:
    assert furniture(f"{TEXT}<p>© means copyright.<p>{'We brew it for you. ' * 9}") == []
