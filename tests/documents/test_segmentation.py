"""Segmentation: the sentences of blocks, the labelled documents, and what holds for any text."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given

from annotate.documents.segmentation import segment
from tests.support.outlines import outline
from tests.support.texts import texts
from tests.support.work import steps

WRAPPED = (
    "We brew the tea that everyone likes in the morning, and when\n"
    "Sunday comes we brew some more. It is made for all the guests\n"
    "from Milktown, from Rumtown and from all the other towns that\n"
    "like it."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # run-in labels stay with the first sentence
        ("Scope. This Notice is on tea. It ends.", ["Scope. This Notice is on tea.", "It ends."]),
        ("_Tea Data._ We also keep tea. So.", ["_Tea Data._ We also keep tea.", "So."]),
        ("**Scope.** We brew tea. We rest.", ["**Scope.** We brew tea.", "We rest."]),
        ("**Scope of this.** We brew tea.", ["**Scope of this.** We brew tea."]),
        ("Tea: We brew it. You drink.", ["Tea: We brew it.", "You drink."]),
        ("- **Tea.** We brew. We rest.", ["- **Tea.** We brew.", "- We rest."]),
        # what is not a label
        ("Welcome. We brew tea.", ["Welcome.", "We brew tea."]),
        ("We brew. You drink.", ["We brew.", "You drink."]),
        ("Founded 1910. We brew tea.", ["Founded 1910.", "We brew tea."]),
        ("Tea from the old mountain. We brew it.", ["Tea from the old mountain.", "We brew it."]),
        # emphasis around the whole, and a footnote's asterisk
        ("**We brew tea. You drink it.**", ["We brew tea.", "You drink it."]),
        ("*We brew tea for you.*", ["We brew tea for you."]),
        ("***We brew tea for you***.", ["We brew tea for you"]),
        ("*We keep tea for a week.", ["We keep tea for a week."]),
        ("We *keep* tea.", ["We *keep* tea."]),
        ("We brew. *You drink it.* We rest.", ["We brew.", "You drink it.", "We rest."]),
        # hard line breaks
        (
            WRAPPED,
            [
                "We brew the tea that everyone likes in the morning, and when\n"
                "Sunday comes we brew some more.",
                "It is made for all the guests\n"
                "from Milktown, from Rumtown and from all the other towns that\n"
                "like it.",
            ],
        ),
        ("# T\n\nWe brew\r\ntea.", ["H T", "#0 We brew\r\ntea."]),
        # run-in enumerations
        (
            "We (i) brew; (ii) pour; (iii) drink; (iv) eat; (v) sit; (vi) talk; (vii) rest; and "
            "(viii) go. We return.",
            [
                "We (i) brew; (ii) pour; (iii) drink; (iv) eat; (v) sit; (vi) talk; (vii) rest; "
                "and (viii) go.",
                "We return.",
            ],
        ),
        # masked addresses
        (
            "We answer at [email protected] on Monday. Write to [email\u00a0protected] too.",
            [
                "We answer at [email protected] on Monday.",
                "Write to [email\u00a0protected] too.",
            ],
        ),
        # rules, page numbers and empty marks say nothing
        ("We brew.\n\n---\n\n12\n\n- 3 -\n\n***\n\n-\n\nWe pour.", ["We brew.", "We pour."]),
        ("", []),
        ("\ufeff\u200b \n", []),
        (".", []),
    ],
)
def test_sentences_keep_labels_and_lose_outer_marks(text: str, expected: list[str]) -> None:
    assert outline(segment(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the first row names what the others hold, with or without a rule below it
        ("| a | b |\n|---|---|\n| c | d |", ["S- | a | b |", "- <0 | c | d |"]),
        ("| a | b |\n| c | d |", ["S- | a | b |", "- <0 | c | d |"]),
        ("| | b |\n|---|---|\n| c | d |", ["S- | | b |", "- <0 | c | d |"]),
        # an empty head names nothing, however it is written
        ("| | |\n|---|---|\n| a | b |\n| c | d |", ["- | a | b |", "- | c | d |"]),
        ("|      |      |\n|---|---|\n| a | b |\n| c | d |", ["- | a | b |", "- | c | d |"]),
        ("| &nbsp; | **** |\n|:-:|-|\n| a | b |\n| c | d |", ["- | a | b |", "- | c | d |"]),
        # the next table has a head of its own
        (
            "| | |\n|-|-|\n| a | b |\n\n| c | d |\n|-|-|\n| e | f |",
            ["- | a | b |", "S- | c | d |", "- <1 | e | f |"],
        ),
    ],
)
def test_the_head_of_a_table_leads_its_rows_where_it_says_something(
    text: str, expected: list[str]
) -> None:
    assert outline(segment(text)) == expected


# ---- The documents that are labelled ----


DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"


@pytest.mark.parametrize(
    ("name", "units", "segments", "first", "last", "borders"),
    [
        ("infinitydesk.txt", 123, 50, "Introduction", "Contact Privacy Team", "7a8e594f4422751a"),
        (
            "infotech.txt",
            150,
            72,
            "Updated: May 22, 2024",
            "to such material changes taking effect.",
            "24087bbc86ae0343",
        ),
        (
            "infrascale.md",
            138,
            33,
            "The following text is extracted and",
            "All Rights Reserved.",
            "58541dfba7b0e492",
        ),
        ("infroryx.txt", 173, 70, "Privacy Policy", "Cheyenne, WY 82001, USA", "86177a7ff29430ef"),
        (
            "infuze-cloud.txt",
            78,
            34,
            "Privacy Policy",
            "does not comply with applicable law.",
            "ebd9989979370efe",
        ),
    ],
)
def test_the_units_under_the_gold_do_not_move(
    name: str, units: int, segments: int, first: str, last: str, borders: str
) -> None:
    found = segment((DOCUMENTS / name).read_bytes().decode())
    every = [
        (u.start, u.end, u.kind, u.headings, u.stem, u.lead, u.depth, u.segment)
        for u in found.units
    ]
    # A change here changes what the gold annotates: move the gold with it, or do not change it.
    assert (len(found.units), len(found.segments)) == (units, segments)
    assert found.quote(found.units[0]).startswith(first)
    assert found.quote(found.units[-1]).endswith(last)
    assert hashlib.sha256(json.dumps(every).encode()).hexdigest()[:16] == borders


# ---- Whatever the text ----


@given(texts)
@example("。*\n0**:\n")  # the mark that opens an emphasis ends a line
@example("\U0001f3fb\ntea.\n# \n")  # a tone of skin without an emoji stands alone on a line
def test_units_are_ordered_apart_trimmed_and_inside_their_segments(text: str) -> None:
    found = segment(text)
    position = 0
    for index, unit in enumerate(found.units):
        assert unit.index == index
        assert position <= unit.start < unit.end <= len(text)
        assert found.quote(unit) == found.quote(unit).strip()
        holder = found.segments[unit.segment]
        assert index in holder.units
        assert holder.start <= unit.start < unit.end <= holder.end
        position = unit.end


@given(texts)
def test_segments_are_ordered_apart_and_hold_every_unit_once(text: str) -> None:
    found = segment(text)
    position = 0
    for index, each in enumerate(found.segments):
        assert each.index == index
        assert position <= each.start < each.end <= len(text)
        assert len(each.units) > 0
        position = each.end
    assert [i for each in found.segments for i in each.units] == list(range(len(found.units)))


@given(texts)
def test_what_a_unit_refers_to_stands_before_it(text: str) -> None:
    found = segment(text)
    for unit in found.units:
        assert list(unit.headings) == sorted(set(unit.headings))
        assert all(i < unit.index for i in (*unit.headings, unit.stem or -1, unit.lead or -1))
        assert all(found.units[i].kind == "heading" for i in unit.headings)
        if unit.stem is not None:
            assert found.units[unit.stem].kind == "stem"
        if unit.headings:
            assert unit.headings[:-1] == found.units[unit.headings[-1]].headings
        assert (unit.kind == "heading") <= (unit.depth == 0)
        assert all(outer.index < unit.index for outer in found.context(unit))
        assert [u.index for u in found.context(unit)] == sorted(
            u.index for u in found.context(unit)
        )


# A list marker at the start of a line, behind quote marks and white space.
MARKER = re.compile(
    r"[\s>\u200b\ufeff]*[(]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxlcIVXLC]{1,6})\\?[.):]?"
)


@given(texts)
def test_only_markers_and_bare_numbers_stay_outside_the_units(text: str) -> None:
    found = segment(text)
    outside = [True] * len(text)
    for unit in found.units:
        outside[unit.start : unit.end] = [False] * (unit.end - unit.start)
    begin = 0
    for line in text.splitlines(keepends=True):
        marker = MARKER.match(line)
        behind = marker.end() if marker else 0
        for position, character in enumerate(line):
            if outside[begin + position] and character.isalnum() and position >= behind:
                # A page number: a block of a few characters without a letter.
                assert not character.isalpha()
                assert not any(c.isalpha() for c in line[behind:])
                assert sum(c.isalnum() for c in line[behind:]) <= 6
        begin += len(line)


@given(texts)
def test_segmenting_is_deterministic(text: str) -> None:
    assert segment(text) == segment(text)


# ---- Work ----


@pytest.mark.parametrize(
    "piece",
    [
        "(", "[", "[](", "(a. B ", "* ", "*", "**a** ", "_", "_a_ _", "1. ", "1.1.", "a.", "a. ",
        "A. B ", ".", ". ", ".)", '."" ', "。", "あ。", "!?", "to ", "to.", "x", "word ", " ", "\t",
        "\u00a0", ">", "> ", "|", "|-", "|--", "-", "- ", "=", "#", "# ", "\n", "\r", "\r\n", "a\n",
        "a:\n", "- a:\n", "- a\n", "# a\n", "| a |\n", "**a\n**", "*a\n", "some words and more\n",
        "Inc. ", "No. ", "2019 ", "i", "(i) a\n", "\u0301", "👩\u200d", "We do. ", "a\n\nb:\n\n",
        "We use:\n\n- a thing\n\n", "-   ", "--  x", "|--  ", "Cal. Civ. ", "Bus. & ", "1. 1. ",
        "- ### a\n  b\n", "| | |\n|-|\n",
        "- **a**\n  - b\n", "- **a**\n\n  b\n", "AB CD\n\nWe.\n\n**a**\n\nWe.\n\n",
        "Inc. A b ", "Hauptstr. 5 ", "p.m. A", "Inc. Ax", "b. C ",
    ],
)  # fmt: skip
def test_work_grows_in_step_with_the_text(piece: str) -> None:
    # Eight times the text takes eight times the steps; quadratic, it would take sixty-four times.
    short, long = (steps(segment, piece * n) for n in (25, 200))
    assert long < 12 * short
    segment(piece * 2000)  # what regular expressions do is not counted; quadratic, it would drag


@pytest.mark.parametrize("start", ["*", "**We ", "We brew:\n\n", "- tea\n", "# T\n\n", "(", "1. "])
@pytest.mark.parametrize("piece", ["some words and more\n", "- a:\n", "tea is hot. ", "  \n", "* "])
def test_work_grows_in_step_behind_an_opening(start: str, piece: str) -> None:
    short, long = (steps(segment, start + piece * n) for n in (25, 200))
    assert long < 12 * short
    segment(start + piece * 2000)
