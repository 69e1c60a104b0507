"""Blocks: which lines of plain text and Markdown are grouped together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.blocks import blocks
from annotate.documents.emphasis import wholly_emphasised

WRAPPED = (
    "We brew the tea that everyone likes in the morning, and when\n"
    "Sunday comes we brew some more of it for the guests who come\n"
    "from Milktown, from Rumtown and from all the other towns that\n"
    "like it."
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n\u00a0\n", []),
        ("tea", [("paragraph", "tea")]),
        ("  tea  ", [("paragraph", "tea")]),
        # headings with marks
        ("# Tea", [("heading", "Tea")]),
        ("###### Tea ##", [("heading", "Tea ##")]),
        ("####### Tea", [("paragraph", "####### Tea")]),
        ("#tea", [("paragraph", "#tea")]),
        ("#", [("paragraph", "#")]),
        ("# Tea\nMilk", [("heading", "Tea"), ("paragraph", "Milk")]),
        ("Tea\n===\nMilk", [("heading", "Tea"), ("paragraph", "Milk")]),
        ("Tea\n---\nMilk", [("heading", "Tea"), ("paragraph", "Milk")]),
        ("Tea\n\n---\nMilk", [("paragraph", "Tea"), ("paragraph", "Milk")]),
        # rules
        ("***\n* * *\n___\n- - -\n=====", []),
        ("--", [("paragraph", "--")]),
        # items
        ("- tea\n- milk", [("item", "tea"), ("item", "milk")]),
        ("* tea\n+ milk\n– rum", [("item", "tea"), ("item", "milk"), ("item", "rum")]),
        ("•tea\n• milk\n▪\u00a0rum", [("item", "tea"), ("item", "milk"), ("item", "rum")]),
        ("-tea\n*milk", [("paragraph", "-tea"), ("paragraph", "*milk")]),
        ("1. tea\n2) milk\n(3) rum", [("item", "tea"), ("item", "milk"), ("item", "rum")]),
        ("1\\. tea\n2\\) milk", [("item", "tea"), ("item", "milk")]),
        ("1.1 tea\n1.2. milk", [("item", "tea"), ("item", "milk")]),
        ("(a) tea\n(b) milk", [("item", "tea"), ("item", "milk")]),
        ("a. tea\nb. milk", [("item", "tea"), ("item", "milk")]),
        ("(i) tea\n(ii) milk\n(iii) rum", [("item", "tea"), ("item", "milk"), ("item", "rum")]),
        ("I. Tea\nII. Milk", [("item", "Tea"), ("item", "Milk")]),
        ("1.5 litres", [("item", "litres")]),
        ("2024 was good", [("paragraph", "2024 was good")]),
        ("1.\n(a)", []),
        # what only looks like a marker goes on with a sentence
        ("**See** section\n30. Tea is.", [("paragraph", "**See** section\n30. Tea is.")]),
        # rows
        ("| a | b |\n|---|:-:|\n| c | d |", [("row", "| a | b |"), ("row", "| c | d |")]),
        # quotes
        ("> tea\n>> - milk", [("paragraph", "tea"), ("item", "milk")]),
        # wrapping
        (WRAPPED, [("paragraph", WRAPPED)]),
        (WRAPPED.replace("\n", "\r\n"), [("paragraph", WRAPPED.replace("\n", "\r\n"))]),
        ("Tea\nMilk\nRum", [("paragraph", "Tea"), ("paragraph", "Milk"), ("paragraph", "Rum")]),
        ("# T\n\nTea\nMilk", [("heading", "T"), ("paragraph", "Tea\nMilk")]),
        ("- tea that is\n  hot\n- milk", [("item", "tea that is\n  hot"), ("item", "milk")]),
        # emphasis over a line break
        ("**Tea\n**We brew.", [("paragraph", "**Tea"), ("paragraph", "We brew.")]),
        ("**Tea**\nWe brew.", [("paragraph", "**Tea**"), ("paragraph", "We brew.")]),
    ],
)  # fmt: skip
def test_blocks_are_grouped_by_their_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_a_blank_line_sets_a_block_apart() -> None:
    assert [block.apart for block in blocks("- a\n- b\n\n- c\n \n- d")] == [
        True,
        False,
        True,
        True,
    ]


@given(st.lists(st.sampled_from(["*", "**", "_", "a", " ", "\n", "."]), max_size=30).map("".join))
def test_a_paragraph_ends_with_the_line_that_makes_its_emphasis_whole(content: str) -> None:
    text = "# T\n\n" + content
    for block in blocks(text):
        lines = text[block.start : block.end].split("\n")
        starts = ["\n".join(lines[:count]) for count in range(1, len(lines))]
        assert not any(wholly_emphasised(start.rstrip()) for start in starts)


PIECES = st.sampled_from(
    [*"#-*•>|1a(). \t\n_=", "\n\n", "\r\n", "\u00a0", "\u2028", "Tea", "tea", "1.1", "(i)", "**"]
)


@given(st.lists(PIECES | st.characters(exclude_categories=["Cs"])).map("".join))
def test_blocks_are_ordered_apart_and_not_empty(text: str) -> None:
    found = blocks(text)
    position = 0
    for block in found:
        assert position <= block.begin <= block.start < block.end <= len(text)
        assert not text[block.end - 1].isspace()
        position = block.end
    assert found == blocks(text)
