"""Bullets and numbers that were typed: marks of items, where they can be nothing else."""

import pytest

from annotate.documents.readers.html import read_page
from annotate.documents.segmentation import segment


def units(html: str) -> list[tuple[str, str]]:
    text, layout = read_page(html, "a")
    found = segment(text, layout)
    return [(unit.kind, found.quote(unit)) for unit in found.units]


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<p>- black<p>- green", ["black", "green"]),
        ("<p>• black<br>• green", ["black", "green"]),
        ("<p>·&nbsp;&nbsp; black<p>o&nbsp;&nbsp; green", ["black", "green"]),
        ("<p>(a) black;<p>(b) green.", ["black;", "green."]),
        ("<p>2.1 It is hot.<p>2.2 It is red. So?", ["It is hot.", "It is red.", "So?"]),
        ("<ul><li>a) black<li>b) green</ul>", ["black", "green"]),
    ],
)  # fmt: skip
def test_typed_marks_make_items_and_are_no_part_of_them(html: str, items: list[str]) -> None:
    found = units(f"<p>We brew:</p>{html}")
    assert found == [("stem", "We brew:"), *(("item", each) for each in items)]


@pytest.mark.parametrize(
    "words", ["2.5 million cups.", "A. Smith brews.", "I brew.", "-5 degrees."]
)
def test_what_stands_alone_is_a_word(words: str) -> None:
    assert units(f"<p>{words}")[0][1].startswith(words[:2])


def test_a_lettered_line_nests_under_a_numbered_one() -> None:
    text, layout = read_page("<p>1.1 We brew:<p>(a) tea<p>(b) milk<p>1.2 We rest.", "a")
    found = segment(text, layout)
    assert [unit.depth for unit in found.units] == [1, 2, 2, 1]
    assert [unit.stem for unit in found.units] == [None, 0, 0, None]
