"""The scanner: which cues stand in a text, and where, compared with looking for each alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.lexicon.cues import BREAK, FILLERS, GAP, Phrase, cue_words, parse_cue
from annotate.lexicon.scanner import Scanner
from tests.support.work import steps


def hits(cue: str, text: str, fillers: str = "") -> list[tuple[int, int]]:
    """Return where one cue stands in a text."""
    return Scanner([("cue", cue)], fillers.split()).scan(cue_words(text)).get("cue", [])


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("tea", "We brew tea, and tea only", [(2, 3), (4, 5)]),
        ("brew* tea", "We brewed TEA", [(1, 3)]),
        ("tea|milk", "Milk and tea", [(0, 1), (2, 3)]),
        ("brew our? tea", "brew tea or brew our tea", [(0, 2), (3, 6)]),
        ("black tea", "black and green tea", []),
        ("tea", "teapot", []),
        ("brew* ... tea", "We brew it for the guests as tea", [(1, 8)]),
        ("brew* ... tea", "We brew it. We like tea", []),
        ("pour ... tea ... milk", "pour hot tea into the milk", [(0, 6)]),
        ("pour ... milk ... tea", "pour hot tea into the milk", []),
    ],
)
def test_a_cue_is_found_where_its_words_stand(
    cue: str, text: str, expected: list[tuple[int, int]]
) -> None:
    assert hits(cue, text) == expected


def test_a_gap_reaches_over_a_bounded_number_of_words() -> None:
    assert hits("we ... tea", "we " + "x " * GAP + "tea")
    assert not hits("we ... tea", "we " + "x " * (GAP + 1) + "tea")


def test_a_tilde_reaches_over_fillers_alone() -> None:
    assert hits("we ~ share", "we may also share", "may also") == [(0, 4)]
    assert hits("we ~ share with", "we may share with", "may also") == [(0, 4)]
    assert hits("we ~ share", "we never share", "may also") == []
    assert hits("we ~ share", "we " + "may " * FILLERS + "share", "may")
    assert not hits("we ~ share", "we " + "may " * (FILLERS + 1) + "share", "may")


def test_hits_are_counted_from_the_word_that_is_called_first() -> None:
    scanner = Scanner([("whole", "tea"), ("joined", "we ~ tea")], ["brew"])
    found = scanner.scan(cue_words("we brew tea"), first=-2)
    assert found == {"whole": [(0, 1)], "joined": [(-2, 1)]}


def test_labels_come_in_the_order_given_with_the_hits_of_all_their_cues() -> None:
    scanner = Scanner([("b", "milk"), ("a", "tea"), ("b", "tea"), ("a", "rum")])
    found = scanner.scan(cue_words("Tea and milk"))
    assert list(found.items()) == [("b", [(0, 1), (2, 3)]), ("a", [(0, 1)])]


WORDS = ["we", "tea", "teas", "milk", "brew", "our", "¦"]
CUES = ["tea", "tea*", "we brew", "we|our tea", "brew our? tea", "we ... tea", "our ~ milk"]


@given(st.lists(st.sampled_from(WORDS), max_size=20), st.lists(st.sampled_from(CUES), min_size=1))
def test_many_cues_at_once_are_found_as_each_alone(words: list[str], cues: list[str]) -> None:
    together = Scanner([(cue, cue) for cue in cues], ["brew"])
    alone = {cue: Scanner([(cue, cue)], ["brew"]).scan(words).get(cue) for cue in cues}
    assert together.scan(words) == {cue: found for cue, found in alone.items() if found}


GAPPED = [
    "we ... tea",
    "our ~ milk",
    "our ~ we brew",
    "we our ~ tea ... milk|brew",
    "we ~ brew tea ~ milk",
    "tea* ... we brew",
    "we ~ we",
]


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_gaps_reach_to_the_nearest_place_where_the_cue_goes_on(words: list[str]) -> None:
    found = Scanner([(cue, cue) for cue in GAPPED], ["brew", "tea"]).scan(words)
    assert found == {cue: hits for cue in GAPPED if (hits := spans(cue, words, {"brew", "tea"}))}


def spans(cue: str, words: list[str], fillers: set[str]) -> list[tuple[int, int]]:
    """Return where a cue without optional words stands, word by word."""
    (variant,) = parse_cue(cue)
    first, *others = variant.phrases
    found = []
    for start in range(len(words)):
        end = _end(first, words, start)
        for joint, phrase in zip(variant.joints, others, strict=True):
            end = end and _behind_gap(phrase, words, end, fillers if joint == "~" else None)
        if end:
            found.append((start, end))
    return found


def _end(phrase: Phrase, words: list[str], start: int) -> int | None:
    there = words[start : start + len(phrase)]
    fits = len(there) == len(phrase) and all(map(_fits, phrase, there))
    return start + len(phrase) if fits else None


def _fits(alternatives: tuple[str, ...], word: str) -> bool:
    return any(
        word.startswith(one[:-1]) if one.endswith("*") else word == one for one in alternatives
    )


def _behind_gap(phrase: Phrase, words: list[str], at: int, fillers: set[str] | None) -> int | None:
    for start in range(at, at + (GAP if fillers is None else FILLERS) + 1):
        if end := _end(phrase, words, start):
            return end
        gap = words[start : start + 1]
        if gap == [BREAK] or (fillers is not None and fillers.isdisjoint(gap)):
            return None
    return None


def test_work_grows_with_the_text_and_not_with_the_number_of_cues() -> None:
    text = cue_words("We brew tea for our guests. " * 50)
    few, many = (Scanner([(n, f"word{n} tea") for n in range(size)]) for size in (10, 1000))
    assert steps(many.scan, text) < 2 * steps(few.scan, text)
    assert steps(few.scan, text * 8) < 12 * steps(few.scan, text)
