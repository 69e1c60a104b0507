"""Chunks: where a text is cut, and what each piece is told of what stands before it."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from annotate.documents.chunking import CONTEXT_SIZE, DEFAULT_SIZE, Chunk, chunk, context_before
from annotate.documents.segmentation import segment
from annotate.documents.units import Segmentation, Unit
from tests.support.texts import texts
from tests.support.work import steps


def pieces(text: str, size: int) -> list[str]:
    return [each.text for each in chunk(segment(text), size)]


def contexts(text: str, size: int) -> list[tuple[str, ...]]:
    return [each.context for each in chunk(segment(text), size)]


# ---- Where to cut ----


def test_a_text_that_fits_is_one_chunk() -> None:
    text = "\n# Tea\n\nWe brew.\n"
    assert chunk(segment(text)) == [Chunk(0, 0, len(text), text, range(2), ())]
    assert len(pieces("x" * DEFAULT_SIZE, DEFAULT_SIZE)) == 1


def test_an_empty_text_has_no_chunk() -> None:
    assert chunk(segment("")) == []


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        # between segments
        ("We brew.\n\nYou drink.\n\nThey rest.", 25, ["We brew.\n\nYou drink.\n\n", "They rest."]),
        # a heading stays with what it heads
        ("We brew.\n\n# Tea\n\nYou drink.", 20, ["We brew.\n\n", "# Tea\n\nYou drink."]),
        ("We brew.\n\n# Tea\n\n## Milk\n\nYou.", 22, ["We brew.\n\n", "# Tea\n\n## Milk\n\nYou."]),
        # a list is cut between items, its markers stay with them
        (
            "We brew:\n\n- black tea\n- green tea\n- milk",
            30,
            ["We brew:\n\n- black tea\n", "- green tea\n- milk"],
        ),
        (
            "1. We brew tea.\n2. You drink.\n3. They rest.",
            31,
            ["1. We brew tea.\n2. You drink.\n", "3. They rest."],
        ),
        # a paragraph is cut between sentences
        (
            "We brew tea. You drink it. They rest.",
            27,
            ["We brew tea. You drink it. ", "They rest."],
        ),
        # a border near the front would leave a tiny chunk
        (
            "Tea.\n\nWe brew it here. You drink it there. They rest.",
            40,
            ["Tea.\n\nWe brew it here. ", "You drink it there. They rest."],
        ),
        # a sentence longer than a chunk is cut at white space
        (
            "We brew black tea and green tea and milk",
            16,
            ["We brew black ", "tea and green ", "tea and milk"],
        ),
        # and a word at a character
        ("x" * 10, 4, ["xxxx", "xxxx", "xx"]),
        # a unit that fits is kept whole although its marker does not fit beside it
        (
            "We brew. You rest.\n\n    1.1.1 xxxxxxxxxx",
            12,
            ["We brew. ", "You rest.\n\n", "    1.1.1 ", "xxxxxxxxxx"],
        ),
        # white space alone
        ("tea.\n\n\n\n\n\n\n\nmilk.", 6, ["tea.", "\n\n\n\n\n\n", "\n\n", "milk."]),
    ],
)  # fmt: skip
def test_a_text_is_cut_at_its_best_border(text: str, size: int, expected: list[str]) -> None:
    assert pieces(text, size) == expected


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("**aaaa**b\r\ncd", 10, ["**aaaa**b", "\r\ncd"]),
        ("aae\u0301\u0301b", 4, ["aa", "e\u0301\u0301b"]),
        ("xx👩\u200d👧yy", 4, ["xx", "👩\u200d👧y", "y"]),
        ("xx👍🏽yy", 3, ["xx", "👍🏽y", "y"]),
        ("xx🇻🇳yy", 3, ["xx", "🇻🇳y", "y"]),
        ("xx☎\ufe0fyy", 3, ["xx", "☎\ufe0fy", "y"]),
        ("xxकिyy", 3, ["xx", "किy", "y"]),
        # what alone is too long is cut all the same
        ("e" + "\u0301" * 5, 3, ["e\u0301\u0301", "\u0301\u0301\u0301"]),
        ("\r\n", 1, ["\r", "\n"]),
    ],
)
def test_a_character_as_a_reader_sees_it_is_not_cut(
    text: str, size: int, expected: list[str]
) -> None:
    assert pieces(text, size) == expected


@pytest.mark.parametrize("size", [0, -5])
def test_a_size_below_one_is_read_as_one(size: int) -> None:
    assert pieces("tea", size) == ["t", "e", "a"]


# ---- Context ----

TEXT = (
    "# Tea\n\nWe like it. We sell it to:\n\n- old friends\n- new friends, for example:\n"
    "  - neighbours\n  - guests of ours\n\n## Milk\n\nYou pour it. They drink it.\n\n# Rum\n\nNone."
)


def test_a_chunk_is_told_the_headings_lead_ins_and_stems_before_it() -> None:
    lead = ("We like it.", "We sell it to:")
    assert [(each.text.strip(), each.context) for each in chunk(segment(TEXT), 40)] == [
        ("# Tea\n\nWe like it. We sell it to:", ()),
        ("- old friends", ("Tea", *lead)),
        ("- new friends, for example:", ("Tea", *lead)),
        ("- neighbours\n  - guests of ours", ("Tea", *lead, "new friends, for example:")),
        ("## Milk\n\nYou pour it. They drink it.", ("Tea",)),
        ("# Rum\n\nNone.", ()),
    ]


def test_the_context_of_any_units_can_be_asked_for() -> None:
    found = segment(TEXT)
    for each in chunk(found, 40):
        assert context_before(found, each.start, each.units) == each.context


def test_the_rest_of_a_long_unit_keeps_the_context_of_the_unit() -> None:
    text = "# Tea\n\nWe brew:\n\n- black tea and green tea and white tea\n- milk"
    assert contexts(text, 24)[1:] == [("Tea", "We brew:")] * 2


def test_a_long_stem_is_not_a_context_of_its_own_rest() -> None:
    text = "# Tea\n\nWe brew the tea that you and all the others like to drink with:\n\n- milk"
    cut = chunk(segment(text), 40)
    assert [each.context for each in cut[:-1]] == [(), ("Tea",)]


def test_of_a_long_lead_in_only_the_nearest_sentences_are_told() -> None:
    lead = " ".join(f"We brew tea number {n:04}." for n in range(1000))
    text = f"# Tea\n\n{lead} We sell:\n\n" + "- tea for everyone who asks\n" * 500
    last = contexts(text, DEFAULT_SIZE)[-1]
    assert last[-2:] == ("We brew tea number 0999.", "We sell:")
    assert CONTEXT_SIZE * 0.9 < sum(map(len, last)) <= CONTEXT_SIZE


# ---- Whatever the text ----

SIZES = st.integers(1, 60) | st.integers(60, 400)
CLUSTERS = st.text(
    alphabet=st.sampled_from("ae \n\r\u0301\u0308\u200d\ufe0f👩👧🏽🇻🇳कि。.")
    | st.characters(categories=["Mn"])
)
ANY = texts | CLUSTERS | st.builds(lambda a, b: a + b, texts, CLUSTERS)


@given(ANY, SIZES)
def test_chunks_tile_the_text_within_their_size(text: str, size: int) -> None:
    cut = chunk(segment(text), size)
    assert "".join(each.text for each in cut) == text
    assert [each.index for each in cut] == list(range(len(cut)))
    for each in cut:
        assert each.text == text[each.start : each.end]
        assert 0 < len(each.text) <= size
    assert all(before.end == after.start for before, after in pairwise(cut))


@given(ANY, SIZES)
def test_every_unit_starts_in_the_chunk_that_lists_it(text: str, size: int) -> None:
    found = segment(text)
    cut = chunk(found, size)
    assert [i for each in cut for i in each.units] == list(range(len(found.units)))
    for each in cut:
        assert all(each.start <= found.units[i].start < each.end for i in each.units)


def parts_a_character(text: str, position: int) -> bool:
    """Tell whether a border there parts a line end or a base character from its marks."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if before == "\r" and after == "\n":
        return True
    marked = unicodedata.category(after) in ("Mn", "Mc", "Me") or after == "\u200d"
    return marked and unicodedata.category(before) not in ("Cc", "Zl", "Zp")


@given(ANY, SIZES)
@example("# \n。0\ntea.\n", 4)  # before the second unit stands no marker, but the first one's end
def test_a_unit_that_fits_is_never_cut(text: str, size: int) -> None:
    found = segment(text)
    # Where marks stand on a marker's space, a border of the unit is not a place to cut.
    edges = {edge for unit in found.units for edge in (unit.start, unit.end)}
    assume(not any(parts_a_character(text, edge) for edge in edges))
    for each in chunk(found, size)[1:]:
        for unit in found.units:
            inside = unit.start < each.start < unit.end
            assert not inside or unit.end - unit.start > size


@given(ANY, SIZES)
def test_a_character_is_cut_only_where_it_alone_fills_a_chunk(text: str, size: int) -> None:
    for before, after in pairwise(chunk(segment(text), size)):
        if parts_a_character(text, after.start):
            assert len(before.text) == size
            inner = range(before.start + 1, before.end)
            joined = "\u200d\U0001f1fb\U0001f1f3\U0001f3fd"
            assert all(
                parts_a_character(text, i) or text[i] in joined or text[i - 1] == "\u200d"
                for i in inner
            )


@given(ANY, SIZES)
def test_context_is_headings_stems_and_lead_ins_that_end_before_the_chunk(
    text: str, size: int
) -> None:
    found = segment(text)
    for each in chunk(found, size):
        assert each.context == expected_context(found, each)


def expected_context(found: Segmentation, each: Chunk) -> tuple[str, ...]:
    reading = [u for u in found.units if u.start < each.end and u.end > each.start]
    needed = {
        outer.index: outer
        for unit in reading
        for outer in found.context(unit)
        if outer.end <= each.start
    }
    assert all(
        found.units[i].kind in ("heading", "stem") or i in {u.index for u in leads(found)}
        for i in needed
    )
    return tuple(found.quote(needed[i]) for i in sorted(needed))


def leads(found: Segmentation) -> list[Unit]:
    return [outer for unit in found.units for outer in found.lead_in(unit)]


@given(ANY, SIZES)
def test_chunking_is_deterministic(text: str, size: int) -> None:
    assert chunk(segment(text), size) == chunk(segment(text), size)


@pytest.mark.parametrize("size", [50, 250])
@pytest.mark.parametrize(
    "piece",
    [
        "x", " ", "\n", "\r\n", "tea. ", "Tea is hot. ", "\u0301", "👩\u200d", "🇻", "- a\n",
        "- a:\n",
        "# a\n", "a:\n\n- b\n\n", "| a |\n", "tea and milk\n\n",
    ],
)  # fmt: skip
def test_work_grows_in_step_with_the_text(piece: str, size: int) -> None:
    # Eight times the text takes about eight times the steps; quadratic, it takes sixty-four times.
    short, long = (segment((piece * length)[:length]) for length in (1_000, 8_000))
    assert steps(chunk, long, size) < 12 * steps(chunk, short, size)


@pytest.mark.parametrize("size", [50, 4000])
def test_work_grows_in_step_with_a_lead_in_and_its_list(size: int) -> None:
    # The short lead-in fills the context of a chunk already; quadratic, the long one costs nine.
    short, long = (
        segment("We brew. " * n + "We sell:\n\n" + "- a thing:\n" * (n // 5)) for n in (500, 1500)
    )
    assert steps(chunk, long, size) < 4 * steps(chunk, short, size)
