"""List items: their stems, their lead-ins and how deep they are nested."""

import pytest

from annotate.documents.segmentation import segment
from tests.support.outlines import outline


@pytest.mark.parametrize(
    "marks",
    [("- ", "- "), ("* ", "* "), ("• ", "• "), ("•", "•"), ("(a) ", "(b) "), ("1. ", "2. ")],
)
@pytest.mark.parametrize("space", ["\n", "\n\n", "\r\n", "\r"])
def test_a_stem_leads_the_items_of_its_list(marks: tuple[str, str], space: str) -> None:
    text = f"We brew:{space}{marks[0]}black tea;{space}{marks[1]}green tea.{space}"
    assert outline(segment(text)) == ["S We brew:", "- <0 +0 black tea;", "- <0 +0 green tea."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We brew tea for all. It is hot. We sell it to:\n\n- guests\n- friends\n\nWe rest.",
            [
                "We brew tea for all.",
                "It is hot.",
                "S We sell it to:",
                "- <2 +0 guests",
                "- <2 +0 friends",
                "We rest.",
            ],
        ),
        (
            "We brew tea in many ways.\n\n- hot\n- cold",
            ["We brew tea in many ways.", "- +0 hot", "- +0 cold"],
        ),
        (
            "# Tea\n\n- hot\n- cold",
            ["H Tea", "- #0 hot", "- #0 cold"],
        ),
        # nested
        (
            "We sell:\n- tea:\n  - hot\n  - cold\n- milk\n\nThat is all we have.",
            [
                "S We sell:",
                "S- <0 +0 tea:",
                "-- <1 +0 hot",
                "-- <1 +0 cold",
                "- <0 +0 milk",
                "That is all we have.",
            ],
        ),
        (
            "We may:\n\n(a) brew tea;\n(b) pour milk:\n(i) hot;\n(ii) cold;\n(c) rest.",
            [
                "S We may:",
                "- <0 +0 brew tea;",
                "S- <0 +0 pour milk:",
                "-- <2 +0 hot;",
                "-- <2 +0 cold;",
                "- <0 +0 rest.",
            ],
        ),
        (
            "We sell:\n\n1. Tea:\n   1.1. black\n   1.2. green\n2. Milk",
            ["S We sell:", "S- <0 +0 Tea:", "-- <1 +0 black", "-- <1 +0 green", "- <0 +0 Milk"],
        ),
        (
            "We sell:\n- tea:\n  - hot:\n    - strong\n  - cold\n- milk",
            [
                "S We sell:",
                "S- <0 +0 tea:",
                "S-- <1 +0 hot:",
                "--- <2 +0 strong",
                "-- <1 +0 cold",
                "- <0 +0 milk",
            ],
        ),
        # flat, though one of the items leads
        (
            "We sell tea to:\n- friends, who use it to:\n- wake up\n- rest",
            [
                "S We sell tea to:",
                "S- <0 +0 friends, who use it to:",
                "- <1 +0 wake up",
                "- <1 +0 rest",
            ],
        ),
        # without bullets
        (
            "We brew:\n\nBlack tea\n\nGreen tea\n\nMilk",
            ["S We brew:", "- <0 +0 Black tea", "- <0 +0 Green tea", "- <0 +0 Milk"],
        ),
        (
            "You may reach the house:\n\nBy post: 1 Tea Lane\n\nPhone: 555 0100\n\n"
            "We answer all letters within a week.",
            [
                "S You may reach the house:",
                "- <0 +0 By post: 1 Tea Lane",
                "- <0 +0 Phone: 555 0100",
                "We answer all letters within a week.",
            ],
        ),
        # over sub-headings
        (
            "We share tea with:\n\n## Friends\n\n- old ones\n- new ones\n\n## Family\n\n- aunts\n\n"
            "We rest.\n\n## Guests\n\n- all",
            [
                "S We share tea with:",
                "H Friends",
                "- #1 <0 +0 old ones",
                "- #1 <0 +0 new ones",
                "H Family",
                "- #4 <0 +0 aunts",
                "#4 We rest.",
                "H Guests",
                "- #7 all",
            ],
        ),
        # paragraphs inside an item belong to its list
        (
            "We brew:\n\n- tea\n\n  We make it hot for you. It is good.\n\n- milk\n\nThe end.",
            [
                "S We brew:",
                "- <0 +0 tea",
                "- <0 +0 We make it hot for you.",
                "- <0 +0 It is good.",
                "- <0 +0 milk",
                "The end.",
            ],
        ),
        # tables
        (
            "| Tea | Time |\n| --- | :-: |\n| Green | 2 min |\n| Black | 4 min |\n\nWe brew.",
            [
                "S- | Tea | Time |",
                "- <0 | Green | 2 min |",
                "- <0 | Black | 4 min |",
                "We brew.",
            ],
        ),
        # block quotes
        (
            "> We brew:\n>\n> - black tea\n> - green tea",
            ["S We brew:", "- <0 +0 black tea", "- <0 +0 green tea"],
        ),
    ],
)  # fmt: skip
def test_items_find_their_stem_and_lead_in(text: str, expected: list[str]) -> None:
    assert outline(segment(text)) == expected


def test_a_chain_of_leading_items_has_a_bounded_number_of_stems() -> None:
    found = segment("- tea to:\n" * 100)
    assert max(len(found.stems(unit)) for unit in found.units) < 20
