"""Lists of contents: furniture where their entries are headings of the text, and only there."""

import pytest

from annotate.documents.contents import with_contents
from annotate.documents.readers.html import read_page

TEXT = "".join(
    f"<h2>{number}. {title}</h2><p>We brew {title}.</p>"
    for number, title in enumerate(("What we keep", "Who sees it", "Your choices"), start=1)
)
ENTRIES = ("What we keep", "Who sees it", "Your choices")


def furniture(html: str) -> list[str]:
    text, layout = read_page(html, "a")
    marked = with_contents(text, layout)
    marked.check(len(text))
    return [text[each.start : each.end] for each in marked.furniture]


def items(entries: tuple[str, ...]) -> str:
    return "".join(f"<li><a href=#x>{each}</a>" for each in entries)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f"<h1>Tea</h1><ul>{items(ENTRIES)}</ul>{TEXT}", "What we keep\nWho sees it\nYour choices"),
        (
            f"<h2>Contents</h2><ol>{items(ENTRIES)}</ol>{TEXT}",
            "Contents\n\n1. What we keep\n2. Who sees it\n3. Your choices",
        ),
        (
            f"<p>In this policy:</p><p>1 WHAT WE KEEP .... 2</p><p>Who sees it</p><p>Your choices"
            f"</p>{TEXT}",
            "In this policy:\n\n1 WHAT WE KEEP .... 2\n\nWho sees it\n\nYour choices",
        ),
        (
            f"<ul>{items((*ENTRIES, 'Print'))}</ul>{TEXT}",
            "What we keep\nWho sees it\nYour choices",
        ),
    ],
)
def test_a_list_of_the_headings_of_a_text_is_furniture_with_its_title(
    html: str, found: str
) -> None:
    assert furniture(html) == [found]


@pytest.mark.parametrize(
    "html",
    [
        TEXT,
        f"<ul>{items(ENTRIES[:2])}</ul>{TEXT}",
        f"<ul>{items(('Your name', 'Your address', *ENTRIES[:2]))}</ul>{TEXT}",
        f"<ul>{items(('Names', 'Addresses', 'Payments'))}</ul>{TEXT}",
    ],
)
def test_a_list_that_says_something_else_is_text(html: str) -> None:
    assert furniture(html) == []


def test_the_title_of_the_text_is_not_that_of_the_list() -> None:
    assert furniture(f"<h1>Contents of tea</h1><ul>{items(ENTRIES)}</ul>{TEXT}") == [
        "What we keep\nWho sees it\nYour choices"
    ]
