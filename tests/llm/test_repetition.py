"""A loop is seen as one, and a long list of annotations that are much alike is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.repetition import repeats_itself
from tests.support.work import steps

TEXT = "Search was slow. It was caused by load. We rolled the deploy back at noon."


def item(quote: str, category: str = "cause") -> str:
    attributes = {"category": category, "quote": quote, "triggers": ["load"], "certainty": "likely"}
    return json.dumps(attributes, ensure_ascii=False)


def listed(*items: str, cut: int = 40) -> str:
    """Write annotations as a model does, and cut them at the limit."""
    return ('{"annotations": [' + ", ".join(items))[:-cut]


def in_quote(quote: str) -> str:
    """Write annotations that are cut inside the last one's quote."""
    return listed(SLOW, item(quote)).partition(quote)[0] + quote


ONE = item("It was caused by load.")
SLOW = item("Search was slow.", "impact")


@pytest.mark.parametrize(
    "words",
    [
        listed(*[ONE] * 12),
        listed(SLOW, *[ONE] * 5, cut=1),
        listed(*[SLOW, ONE] * 9),
        listed(*[SLOW, ONE, item("We rolled the deploy back at noon.")] * 40),
        listed(*(ONE.replace('"likely"', f'"likely", "id": {n}') for n in range(60))),
        in_quote("It was caused by load. " * 40),
        in_quote("load " * 120),
        in_quote("\\n" * 300),
        '{"annotations": [' + SLOW + "," + "\n" * 400,
        '{"annotations": [' + SLOW + "," + " \n\t" * 120,
        '{"annotations": [' + "{" * 300,
        "Let me check the second sentence again. " * 30,
        "1. Wait, the text says it was slow.\n" + "".join(f"{n}. Again.\n" for n in range(90)),
        "<think>" + "Hmm, so it is a cause. But is it? " * 50,
        "是的。" * 200,
        "x" * 399_000,
    ],
)
def test_a_loop_is_seen_wherever_it_was_cut(words: str) -> None:
    for cut in range(40):
        assert repeats_itself(words[: len(words) - cut] if cut else words, TEXT), cut


ROWS = [f"Category {n}: we share {word} with partners." for n, word in enumerate("abcdefghijklmn")]
COOKIES = [f"The cookie _s{n} is kept for {n} days." for n in range(2, 60)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (listed(*map(item, ROWS)), "\n".join(ROWS)),
        (listed(*map(item, COOKIES)), "\n".join(COOKIES)),  # they differ in their numbers alone
        (listed(*[item("Sold: No")] * 14), "Sold: No\n" * 14),  # a table says it as often
        (listed(*[item("Sold:  no")] * 14), "Sold: No\n" * 14),
        (listed(*[SLOW, ONE] * 6), TEXT * 6),
        (listed(*[ONE] * 3, cut=1), TEXT),  # said three times is not yet going round
        (in_quote("Name" + "." * 400), "Name" + "." * 400 + "Date"),
        (in_quote("It was caused by load.\\n" * 20), "It was caused by load.\n" * 20),
        (json.dumps({"annotations": [json.loads(ONE)]}, indent=40)[:-50], TEXT),
        ("| " + "-" * 150, TEXT),
        ("", ""),
        ("no", ""),
    ],
)
def test_a_long_list_of_what_is_alike_is_no_loop(words: str, text: str) -> None:
    assert not repeats_itself(words, text)


def test_more_often_than_the_text_says_it_is_a_loop() -> None:
    assert repeats_itself(listed(*[item("Sold: No")] * 40), "Sold: No\n" * 14)


@given(st.text("ab", min_size=1, max_size=60), st.text("abc"), st.integers(0, 59))
def test_any_piece_that_is_repeated_often_is_a_loop(piece: str, before: str, cut: int) -> None:
    words = before + piece * (500 // len(piece) + 5)
    assert repeats_itself(words[: len(words) - cut])


@given(st.lists(st.integers(0, 10**6), min_size=40, max_size=80, unique=True))
def test_words_that_all_differ_are_no_loop(numbers: list[int]) -> None:
    letters = ("".join(chr(97 + int(digit)) for digit in str(number)) for number in numbers)
    assert not repeats_itself(listed(*(item(f"{each} was kept") for each in letters)))


@pytest.mark.parametrize("piece", ["a", "ab", "a" * 50 + "b", '"quote": "', '"quote": "a\\'])
def test_the_work_grows_with_the_words_and_no_faster(piece: str) -> None:
    few, many = (steps(repeats_itself, piece * (size // len(piece))) for size in (4_000, 16_000))
    assert many <= 4.2 * few + 1_000
    assert steps(repeats_itself, piece * (400_000 // len(piece))) <= 6 * few + 1_000
