"""Pages put together: running lines set apart, sentences and words whole, pages known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.document import Document
from annotate.documents.pages import HYPHEN, join_pages

HEAD = "Tea Privacy Policy - Confidential"


def document(*pages: str) -> Document:
    text, layout = join_pages(pages)
    layout.check(len(text))
    return Document("a", text, "pdf", layout)


def units(found: Document) -> list[str]:
    return [found.segmentation.quote(u) for u in found.segmentation.units if not u.furniture]


def furniture(found: Document) -> list[str]:
    assert found.layout is not None
    return [found.text[each.start : each.end] for each in found.layout.furniture]


def test_a_sentence_between_a_foot_and_a_head_is_one_and_its_pages_are_known() -> None:
    found = document(
        f"{HEAD}\nWe keep your logs for\nPage 1 of 3",
        f"{HEAD}\n90 days after you leave. We brew.\nPage 2 of 3",
        f"{HEAD}\nThe end.\nPage 3 of 3",
    )
    assert units(found) == [
        "We keep your logs for 90 days after you leave.",
        "We brew.",
        "The end.",
    ]
    running = "\n".join(f"{HEAD}\nPage {number} of 3" for number in (1, 2, 3))
    assert furniture(found) == [running]
    assert found.layout is not None
    assert [found.text[page.start : page.end].strip() for page in found.layout.pages] == [
        "We keep your logs for",
        "90 days after you leave. We brew.",
        "The end.",
    ]


@pytest.mark.parametrize("foot", ["{}", "- {} -", "Page {}", "Seite {} von 9", "{} / 9"])
def test_the_numbers_of_pages_are_furniture(foot: str) -> None:
    pages = [
        f"We brew tea {word}.\nIt is hot {word}.\n{foot.format(n)}"
        for n, word in enumerate("abc", 4)
    ]
    found = document(*pages)
    assert furniture(found) == ["\n".join(foot.format(n) for n in (4, 5, 6))]
    assert len(units(found)) == 6


@pytest.mark.parametrize(
    "pages",
    [
        ("We brew.\nWe pour.", "We brew.\nWe drink."),
        ("Tea\n1999\nWe brew.", "Milk\n30\nWe pour.", "Rum\n7\nWe drink."),
        ("We brew.",) * 4,
    ],
)
def test_the_only_words_of_a_page_and_numbers_that_do_not_count_up_are_text(
    pages: tuple[str, ...],
) -> None:
    found = document(*pages)
    for page in pages:
        assert page.split("\n")[-1] in found.text
    if "1999" in pages[0]:
        assert furniture(found) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("your infor-\nmation is kept", "your information is kept"),
        (f"your infor{HYPHEN}\nmation is kept", "your information is kept"),
        ("your infor\xad\nmation is kept", "your information is kept"),
        ("with third-\nparty firms", "with third-party firms"),
        ("a self-\ncontrol. A selfcontrol is", "a selfcontrol.\nA selfcontrol is"),
        ("a tea-\nhouse, and no tea-house.", "a tea-house, and no tea-house."),
        ("by Tea-\nHouse", "by Tea-\nHouse"),
        ("in 2010-\n2012", "in 2010-\n2012"),
        (f"in A{HYPHEN}\n2", "in A-\n2"),
    ],
)
def test_a_word_that_a_line_end_breaks_is_whole(text: str, whole: str) -> None:
    assert document(text).text == whole


def test_a_word_that_a_page_breaks_stands_where_it_begins() -> None:
    found = document("We keep your infor-", "mation for years.\nThe end.")
    assert found.layout is not None
    assert [found.text[each.start : each.end].strip() for each in found.layout.pages] == [
        "We keep your information",
        "for years.\nThe end.",
    ]


@given(st.lists(st.text("ab1-. \n\xad\x02", max_size=30), min_size=1, max_size=5))
def test_no_letter_is_lost_whatever_the_pages(pages: list[str]) -> None:
    found = document(*pages)
    for letter in "ab1":
        assert found.text.count(letter) == "".join(pages).count(letter)
