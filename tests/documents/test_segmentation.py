"""Headings, stems, items and sentences of whole texts.

A text's outline is written one unit a line: its kind, the units above it and its words. `<3` is the
stem that the unit completes, `+2` the start of the paragraph that leads into its list, `#0` its
innermost heading; an item is marked with "-" for each level of its list.
"""

import hashlib
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.segmentation import segment
from annotate.documents.units import Segment, Segmentation, Unit

DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"


def outline(found: Segmentation) -> list[str]:
    return [_described(found, unit) for unit in found.units]


def _described(found: Segmentation, unit: Unit) -> str:
    kind = {"heading": "H", "stem": "S", "sentence": "", "item": ""}[unit.kind]
    marks = [
        kind + "-" * unit.depth,
        f"#{unit.headings[-1]}" if unit.headings else "",
        f"<{unit.stem}" if unit.stem is not None else "",
        f"+{unit.lead}" if unit.lead is not None else "",
        found.quote(unit),
    ]
    return " ".join(mark for mark in marks if mark)


def check(text: str, expected: list[str]) -> None:
    assert outline(segment(text)) == expected


# ---- Headings ----


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
        # what is no heading
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
    check(text, expected)


# ---- Lists and stems ----


@pytest.mark.parametrize(
    "marks",
    [("- ", "- "), ("* ", "* "), ("• ", "• "), ("•", "•"), ("(a) ", "(b) "), ("1. ", "2. ")],
)
@pytest.mark.parametrize("space", ["\n", "\n\n", "\r\n", "\r"])
def test_a_stem_leads_the_items_of_its_list(marks: tuple[str, str], space: str) -> None:
    text = f"We brew:{space}{marks[0]}black tea;{space}{marks[1]}green tea.{space}"
    check(text, ["S We brew:", "- <0 +0 black tea;", "- <0 +0 green tea."])


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
    check(text, expected)


# ---- Sentences, labels, emphasis ----

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
        # what is no label
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
    check(text, expected)


def test_a_segment_is_a_heading_a_paragraph_or_a_list_with_its_stem() -> None:
    text = "# Tea\n\nWe brew. You drink.\n\nWe sell:\n\n- hot\n\n  Very hot.\n\n- cold\n\nBye."
    found = segment(text)
    assert [text[s.start : s.end] for s in found.segments] == [
        "# Tea",
        "We brew. You drink.",
        "We sell:\n\n- hot\n\n  Very hot.\n\n- cold",
        "Bye.",
    ]
    assert [list(s.units) for s in found.segments] == [[0], [1, 2], [3, 4, 5, 6], [7]]
    assert isinstance(found.segments[0], Segment)


def test_the_context_of_an_item_is_headings_lead_in_and_stems_in_text_order() -> None:
    text = (
        "# Tea\n\n## Selling\n\nWe brew tea. We sell it to:\n\n- guests:\n  - old ones\n\n"
        "    They come often.\n\n- friends"
    )
    found = segment(text)
    contexts = {
        found.quote(u): [found.quote(outer) for outer in found.context(u)] for u in found.units
    }
    above = ["Tea", "Selling", "We brew tea.", "We sell it to:"]
    assert contexts == {
        "Tea": [],
        "Selling": ["Tea"],
        "We brew tea.": ["Tea", "Selling"],
        "We sell it to:": ["Tea", "Selling"],
        "guests:": above,
        "old ones": [*above, "guests:"],
        "They come often.": [*above, "guests:"],
        "friends": above,
    }
    item = found.units[5]
    assert [found.quote(u) for u in found.stems(item)] == ["We sell it to:", "guests:"]
    assert [found.quote(u) for u in found.lead_in(item)] == ["We brew tea.", "We sell it to:"]


def test_a_chain_of_leading_items_has_a_bounded_number_of_stems() -> None:
    found = segment("- tea to:\n" * 100)
    assert max(len(found.stems(unit)) for unit in found.units) < 20


# ---- The documents that are labelled ----


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

WORDS = ["tea", "Tea", "milk", "We brew", "you may", "Inc.", "U.S.", "No.", "such as", "to", "2019"]
MARKERS = [
    "- ",
    "* ",
    "• ",
    "•",
    "1. ",
    "2. ",
    "1.1 ",
    "3\\. ",
    "(a) ",
    "(b) ",
    "(i) ",
    "a. ",
    "I. ",
]
ENDS = [".", ":", "!", "?", ";", "", "", "。", ". So it is."]

sentence = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.sampled_from(ENDS),
)
prose = st.lists(sentence, min_size=1, max_size=3).map(" ".join)
emphasised = st.builds(lambda mark, x: mark + x + mark, st.sampled_from(["*", "**", "_"]), sentence)
label = st.builds(lambda x, rest: f"{x}. {rest}", st.sampled_from(["Tea", "_Tea_", "**Tea"]), prose)
heading = st.builds(lambda mark, x: mark + x, st.sampled_from(["# ", "## ", "1. ", ""]), sentence)
setext = sentence.map(lambda x: f"{x}\n===")
item = st.builds(
    lambda indent, marker, x: " " * indent + marker + x,
    st.integers(0, 6),
    st.sampled_from(MARKERS),
    prose | emphasised | label,
)
quoted = st.builds(lambda x: f"> {x}", prose | item)
table = st.lists(sentence, min_size=1, max_size=3).map(lambda c: "| " + " | ".join(c) + " |")
rule = st.sampled_from(["---", "***", "| --- | --- |", "12", "- 3 -", "===", ""])
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
layout = st.one_of(
    prose, emphasised, label, heading, setext, item, item, item, quoted, table, rule, anything
)
line_end = st.sampled_from(
    ["\n", "\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", "\u2028"]
)
texts = st.lists(st.tuples(layout, line_end), max_size=14).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


@given(texts)
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


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the quicker of two tries."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "piece",
    [
        "(", "[", "[](", "(a. B ", "* ", "*", "**a** ", "_", "_a_ _", "1. ", "1.1.", "a.", "a. ",
        "A. B ", ".", ". ", ".)", '."" ', "。", "あ。", "!?", "to ", "to.", "x", "word ", " ", "\t",
        "\u00a0", ">", "> ", "|", "|-", "|--", "-", "- ", "=", "#", "# ", "\n", "\r", "\r\n", "a\n",
        "a:\n", "- a:\n", "- a\n", "# a\n", "| a |\n", "**a\n**", "*a\n", "some words and more\n",
        "Inc. ", "No. ", "2019 ", "i", "(i) a\n", "\u0301", "👩\u200d", "We do. ", "a\n\nb:\n\n",
        "We use:\n\n- a thing\n\n", "-   ", "--  x", "|--  ",
    ],
)  # fmt: skip
def test_work_grows_in_step_with_the_text(piece: str) -> None:
    # Quadratic, eight times the text takes sixty-four times the work.
    short, long = piece * 1000, piece * 8000
    assert seconds(lambda: segment(long)) < 20 * seconds(lambda: segment(short)) + 0.1


@pytest.mark.parametrize("start", ["*", "**We ", "We brew:\n\n", "- tea\n", "# T\n\n", "(", "1. "])
@pytest.mark.parametrize("piece", ["some words and more\n", "- a:\n", "tea is hot. ", "  \n", "* "])
def test_work_grows_in_step_behind_an_opening(start: str, piece: str) -> None:
    short, long = start + piece * 1000, start + piece * 8000
    assert seconds(lambda: segment(long)) < 20 * seconds(lambda: segment(short)) + 0.1
