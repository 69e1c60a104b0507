"""Full lines of wrapped text: which go on below, and where a block begins all the same."""

import re
from difflib import SequenceMatcher
from functools import cache

import pytest

from annotate.documents.blocks import blocks
from annotate.documents.segmentation import segment
from tests.conftest import ROOT
from tests.support.layouts import LAYOUTS
from tests.support.planted import POLICIES
from tests.support.work import steps

_NO_WORDS = re.compile(r"[\s\-\u00ad*_]")


@cache
def policy(name: str) -> str:
    return (ROOT / "eval" / "documents" / name).read_text(encoding="utf-8")


def units(text: str) -> list[tuple[object, ...]]:
    """Return the units of a text by their words: kind, depth, headings, stem and lead-in."""
    found = segment(text)
    words = [_NO_WORDS.sub("", found.quote(unit)) for unit in found.units]
    return [
        (
            unit.kind,
            words[unit.index],
            unit.depth,
            tuple(words[heading] for heading in unit.headings),
            None if unit.stem is None else words[unit.stem],
            None if unit.lead is None else words[unit.lead],
        )
        for unit in found.units
    ]


@pytest.fixture(scope="module")
def as_they_are() -> dict[str, list[tuple[object, ...]]]:
    return {name: units(policy(name)) for name in POLICIES}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_policy_has_the_same_units_in_another_layout(
    layout: str, as_they_are: dict[str, list[tuple[object, ...]]]
) -> None:
    for name in POLICIES:
        text = LAYOUTS[layout].of(policy(name), markdown=name.endswith(".md"))
        found, expected = units(text), as_they_are[name]
        if found != expected:
            steps = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
            assert [
                (expected[a:b], found[c:d]) for kind, a, b, c, d in steps if kind != "equal"
            ] == []


# ---- What opens a block below a full line ----

WRAPPED = "\n".join(
    [
        "We brew the tea that everyone here likes in the morning,",
        "and when sunday comes we brew some more of it for guests",
        "who come from the old mill, from the harbour and from all",
        "of the other places that like it, and we pour it for them",
        "as long as there is some left in the pot and they like it",
        "with milk.",
    ]
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            "above",
            "below",
        ),
        (
            "- We pour the tea that the guests like at all of the houses.",
            "Milk and Other Things\nWe have milk.",
        ),
        (
            "- We pour the tea that the guests of the old mill like best",
            "Milk and Other Things\nWe have milk.",
        ),
        (
            "We pour the tea that the guests at all of the houses like.",
            "WHAT MILK WE POUR INTO IT\n- Of cows.",
        ),
        (
            "OF TEA, AND OF ALL THAT WE POUR INTO IT FOR ALL OF GUESTS",
            "When guests come, we have milk.",
        ),
        (
            "About Tea, Milk, and All Other Things of Guests at the Mill",
            "We have milk for all of them.",
        ),
        (
            "- We pour the tea that the guests like at all of the houses",
            "Some guests have milk in it.",
        ),
        (
            "- We pour the tea that the guests like at all of the houses",
            "Milk: they have it of cows.",
        ),
        (
            "We pour the tea that the guests like at all of the houses:",
            "Harbour House",
        ),
        (
            "We pour the tea that the guests at all of the houses like.",
            "Milk. We have it of cows.",
        ),
        (
            "- We pour the tea that guests at all of the houses may like.",
            "Our milk:\n- of cows",
        ),
    ],
)
def test_words_open_a_block_below_a_full_line(above: str, below: str) -> None:
    text = f"{WRAPPED}\n\n{above}\n{below}\n\n{WRAPPED}"
    begins = [block.begin for block in blocks(text)]
    assert text.index(below, len(WRAPPED)) in begins


@pytest.mark.parametrize(
    "passage",
    [
        "- We pour the tea that the guests like at all houses of the\nHarbour Company, with milk.",
        "- We pour the tea that guests like at the houses of Harbour\nHouse: it has milk.",
        "- We pour the tea that all of the guests like (and those of\nHarbour House) with milk.",
        "- We pour the tea that the guests at all of the houses like.\nMilk is in some of it.",
        "We pour the tea that guests like at all of the houses, with\n- or without - milk.",
        "We pour what all of the guests of the mill like: (a) tea and\n(b) milk.",
        "We pour what is said of all of the guests here in Section\n12. There is milk.",
        "1. We pour _Harbour tea and all of the teas of the old mill_.\nThere is milk as well.",
    ],
)  # fmt: skip
def test_a_full_line_goes_on_in_one_block(passage: str) -> None:
    text = f"{WRAPPED}\n\n{passage}\n\n{WRAPPED}"
    assert text.index(passage) + len(passage) in [block.end for block in blocks(text)]
    assert len(blocks(text)) == 3


def test_prose_below_the_last_item_is_behind_the_list_where_other_lists_end_so() -> None:
    item = "- We pour the tea that the guests like at all of the houses."
    prose = "The milk is of cows, and we have it here."
    left = f"- tea\n{prose}"
    for text, count in ((f"{item}\n{prose}", 3), (f"{left}\n\n{WRAPPED}\n\n{item}\n{prose}", 7)):
        assert len(blocks(f"{WRAPPED}\n\n{text}\n\n{WRAPPED}")) == count


@pytest.mark.parametrize(
    "line",
    [
        "We pour the tea that the guests at all of the houses like.",
        "- We pour the tea that guests at all of the houses do like.",
        "Harbour Tea And Milk Of The Old Mill For All Guests Of Ours",
        "(a) the tea of the old mill, which all of the guests of the",
    ],
)
def test_work_grows_in_step_with_full_lines(line: str) -> None:
    # Eight times the text takes eight times the steps; quadratic, it would take sixty-four times.
    short, long = (steps(blocks, f"{WRAPPED}\n" * 4 + f"{line}\n" * n) for n in (25, 200))
    assert long < 12 * short
    for below in ("", "We have milk of cows, and we like it in all of our houses.\n"):
        blocks(f"{WRAPPED}\n" * 4 + f"{line}\n{below}" * 4000)
