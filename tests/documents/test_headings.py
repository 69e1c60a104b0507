"""Headings of every style, and what only looks like one."""

import pytest

from annotate.documents.segmentation import segment
from tests.support.outlines import outline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Tea\n\nWe brew.\n\n## Milk\n\nYou pour.\n\n# Rum #\n\nWe do not.",
            ["H Tea", "#0 We brew.", "H #0 Milk", "#2 You pour.", "H Rum", "#4 We do not."],
        ),
        (
            "Tea\n===\n\nWe brew.\n\nMilk\n----\nYou pour it.",
            ["H Tea", "#0 We brew.", "H #0 Milk", "#2 You pour it."],
        ),
        (
            "1. Tea\n\nWe brew tea for you.\n\n1.1 Green\n\nIt is green, and we like it.\n\n"
            "2. Milk\n\nYou pour the milk.",
            [
                "H Tea",
                "#0 We brew tea for you.",
                "H #0 Green",
                "#2 It is green, and we like it.",
                "H Milk",
                "#4 You pour the milk.",
            ],
        ),
        (
            "1\\. Tea\n\nWe brew tea.\n\n2\\. Milk\n\nYou pour.",
            ["H Tea", "#0 We brew tea.", "H Milk", "#2 You pour."],
        ),
        (
            "A. Brewing\n\nWe brew it in the morning.\n\nB. Pouring\n\nWe pour it at noon.",
            ["H Brewing", "#0 We brew it in the morning.", "H Pouring", "#2 We pour it at noon."],
        ),
        (
            "TEA AND MILK\n\nWe brew tea.\n\nOur rum\n\nWe do not brew it.\n\nCOFFEE\n\nWe roast.",
            [
                "H TEA AND MILK",
                "#0 We brew tea.",
                "H #0 Our rum",
                "#2 We do not brew it.",
                "H COFFEE",
                "#4 We roast.",
            ],
        ),
        (
            "Our tea\n\nWe brew the tea every day.\n\nYour milk\n\nYou pour the milk.",
            ["H Our tea", "#0 We brew the tea every day.", "H Your milk", "#2 You pour the milk."],
        ),
        (
            "**Tea and milk**\n\nWe brew.\n\n__Rum__\n\n*Coffee* and *cake* are here.",
            ["H Tea and milk", "#0 We brew.", "H Rum", "#2 *Coffee* and *cake* are here."],
        ),
        (
            "**1. Tea**\n\nWe brew.\n\n**Milk.**\n\nYou pour.",
            ["H 1. Tea", "#0 We brew.", "H Milk.", "#2 You pour."],
        ),
        (
            "一般规定\n\n我们为每位客人泡热茶也泡凉茶。",
            ["H 一般规定", "#0 我们为每位客人泡热茶也泡凉茶。"],
        ),
        (
            "Other information:\n\n- tea\n- milk\n\nWe brew.",
            ["H Other information:", "- #0 tea", "- #0 milk", "We brew."],
        ),
        # bold numbers: of a sentence, of a heading, and on a line of their own
        (
            "**6. Tea**\n\n**6.1.** We brew tea. We rest.\n\n**6.2.** **Green tea.** We like it.",
            [
                "H 6. Tea",
                "#0 **6.1.** We brew tea.",
                "#0 We rest.",
                "#0 **6.2.** **Green tea.** We like it.",
            ],
        ),
        (
            "**6. Tea**\n\nWe brew.\n\n**6.1. Green**\n\nWe like it.\n\n**7. Milk**\n\nYou pour.",
            [
                "H 6. Tea",
                "#0 We brew.",
                "H #0 6.1. Green",
                "#2 We like it.",
                "H 7. Milk",
                "#4 You pour.",
            ],
        ),
        ("**6.1.**\n\n**Tea**\n\nWe brew.", ["H Tea", "#0 We brew."]),
        ("**16.1.1.**\n**Tea**\nWe brew.", ["H Tea", "#0 We brew."]),
        # a heading inside a list item heads what stands in that item
        (
            "We like:\n\n- ### Tea\n  We brew.\n- ### Milk\n  You pour.\n- rum\n\nWe rest.",
            [
                "S We like:",
                "H Tea",
                "#1 <0 +0 We brew.",
                "H Milk",
                "#3 <0 +0 You pour.",
                "- <0 +0 rum",
                "We rest.",
            ],
        ),
        (
            "# T\n\n1. ## Tea\n\n   We brew.\n\n2. ## Milk\n\n   You pour.",
            ["H T", "H #0 Tea", "#1 We brew.", "H #0 Milk", "#3 You pour."],
        ),
        (
            "We like:\n\n- **Tea**\n\n  We brew.\n\n  We rest.\n\n- **Milk**\n\n  You pour.\n\n"
            "We end.",
            [
                "S We like:",
                "H Tea",
                "#1 <0 +0 We brew.",
                "#1 <0 +0 We rest.",
                "H Milk",
                "#4 <0 +0 You pour.",
                "We end.",
            ],
        ),
        ("- **Tea**\n\n  We brew.\n- rum", ["H Tea", "#0 We brew.", "- rum"]),
        ("- **Tea**\n- **Milk**", ["- Tea", "- Milk"]),
        (
            "We like:\n\n* tea\n\n  ### Milk\n\n  You pour.\n\n* rum\n\nWe rest.",
            [
                "S We like:",
                "- <0 +0 tea",
                "H Milk",
                "#2 <0 +0 You pour.",
                "- <0 +0 rum",
                "We rest.",
            ],
        ),
        (
            "We like:\n\n- **Tea**\n  - green\n  - black\n- **Milk**\n",
            ["S We like:", "S- <0 +0 Tea", "-- <1 +0 green", "-- <1 +0 black", "- <0 +0 Milk"],
        ),
        ("- **We brew tea.**\n\n  You pour.", ["- We brew tea.", "- You pour."]),
        # an upper-case line between sections of another style swallows none of them
        (
            "**Tea**\n\nWe brew.\n\nPLEASE NOTE\n\nIt is hot.\n\n**Milk**\n\nYou pour.",
            ["H Tea", "#0 We brew.", "H #0 PLEASE NOTE", "#2 It is hot.", "H Milk", "#4 You pour."],
        ),
        (
            "1. Tea\n\nWe brew.\n\nPLEASE NOTE\n\nIt is hot.\n\n2. Milk\n\nYou pour.",
            ["H Tea", "#0 We brew.", "H #0 PLEASE NOTE", "#2 It is hot.", "H Milk", "#4 You pour."],
        ),
        (
            "OUR TEA\n\nWe brew.\n\n**Tea**\n\nIt is hot.\n\n**Milk**\n\nYou pour.",
            ["H OUR TEA", "#0 We brew.", "H #0 Tea", "#2 It is hot.", "H #0 Milk", "#4 You pour."],
        ),
        # what is not a heading
        ("We brew tea", ["We brew tea"]),
        ("#tea\n\n####### seven", ["#tea", "####### seven"]),
        ("Last updated: May 1, 2020\n\nWe brew.", ["Last updated: May 1, 2020", "We brew."]),
        ("tea and milk\n\nWe brew the tea.", ["tea and milk", "We brew the tea."]),
        (
            "[Menu](https://tea.example)\n\nWe brew the tea in the menu.",
            ["[Menu](https://tea.example)", "We brew the tea in the menu."],
        ),
    ],
)
def test_headings_of_every_style_nest_by_their_rank(text: str, expected: list[str]) -> None:
    assert outline(segment(text)) == expected


@pytest.mark.parametrize("marks", [("1.", "2.", "3."), ("(a)", "(b)", "(c)"), ("-", "-", "-")])
def test_the_last_of_a_numbered_list_is_no_heading_of_the_prose_below_it(
    marks: tuple[str, ...],
) -> None:
    items = zip(marks, ("Names", "Pages visited", "Access times"), strict=True)
    lines = "\n".join(f"  {mark} {words}" for mark, words in items)
    found = segment(f"We collect:\n\n{lines}\n\nTickets\n\nYou may write to us at any time.").units
    assert [unit.kind for unit in found] == ["stem", "item", "item", "item", "heading", "sentence"]
    assert {unit.stem for unit in found if unit.kind == "item"} == {0}


def test_the_only_one_of_a_numbered_list_is_no_heading_either() -> None:
    found = segment("We collect:\n1. Names\nYou may write to us at any time.").units
    assert [unit.kind for unit in found] == ["stem", "item", "sentence"]
