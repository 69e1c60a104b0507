"""The cue language: the words of a text as cues see them, and how a cue is written."""

import re

import pytest

from annotate.lexicon.cues import BREAK, cue_words, parse_cue


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We brew TEA", "we brew tea"),
        ("Your e-mail, please", "your email please"),
        ("third-party sites", "third party sites"),
        ("We can't. You cannot", f"we can not {BREAK} you can not"),
        ("It won’t, we shan't, they don't", "it will not we shall not they do not"),
        ("the user's data", "the user data"),
        ("you'll see we're and we've been; I'm", "you will see we are and we have been ¦ i am"),
        ("see [our page](https://tea.example/a) now", "see our page now"),
        ("at https://tea.example/a_b now", "at https now"),
        ("tea: hot; cold – or | iced?", "tea ¦ hot ¦ cold ¦ or ¦ iced ¦"),
        ("R&D at 5%", "r & d at 5 %"),
        ("the U.S. and e.g. us", f"the u.s {BREAK} and e.g {BREAK} us"),
        ("", ""),
    ],
)  # fmt: skip
def test_words_lose_what_no_cue_tells_apart(text: str, words: str) -> None:
    assert cue_words(text) == words.split()


@pytest.mark.parametrize(
    ("cue", "readings"),
    [
        ("share", [[("share",)]]),
        ("collect* data", [[("collect*",), ("data",)]]),
        ("share|disclose it", [[("share", "disclose"), ("it",)]]),
        ("share our? data", [[("share",), ("our",), ("data",)], [("share",), ("data",)]]),
    ],
)
def test_a_cue_has_one_reading_for_every_way_to_leave_out_what_may_be_missing(
    cue: str, readings: list[list[tuple[str, ...]]]
) -> None:
    assert [[list(phrase) for phrase in each.phrases] for each in parse_cue(cue)] == [
        [reading] for reading in readings
    ]


def test_gaps_part_a_cue_into_phrases() -> None:
    (variant,) = parse_cue("we ~ share it ... with")
    assert variant.phrases == ((("we",),), (("share",), ("it",)), (("with",),))
    assert variant.joints == ("~", "...")


@pytest.mark.parametrize(
    ("cue", "problem"),
    [
        ("", "starts and ends with a word"),
        ("share ...", "starts and ends with a word"),
        ("~ share", "starts and ends with a word"),
        ("share ... ~ it", "starts and ends with a word"),
        ("we? ... share", "starts and ends with a word"),
        ("sh*re", "'sh*re' is not a word of a cue"),
        ("share,", "'share,' is not a word of a cue"),
        ("a? b? c? d? e? f", "more than 4 of its words may be missing"),
    ],
)
def test_a_cue_that_cannot_be_read_says_why(cue: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        parse_cue(cue)
