"""Cues stand in passages with their label and in no other one, and find what they were made of."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from annotate.drafting.cues import Passage, find_cues
from annotate.lexicon.cues import cue_words
from tests.support.work import steps

_WORDS = st.lists(
    st.sampled_from("notice refund month we you pay the end of a".split()), max_size=8
)


def passage(text: str, *labels: str) -> Passage:
    words = cue_words(text)
    return Passage(words, dict.fromkeys(labels, words))


def test_a_word_that_many_passages_share_goes_before_one_of_each() -> None:
    cues = find_cues(
        [
            passage("We refund the fee.", "fee"),
            passage("No refund is given after a month.", "fee"),
            passage("Disputes go to court.", "dispute"),
        ]
    )
    assert cues["fee"] == ["refund"]


def test_the_label_itself_goes_first_where_it_tells_something() -> None:
    cues = find_cues(
        [passage("Tell us by email or letter.", "email"), passage("Tell us in the app.", "app")]
    )
    assert cues["email"][0] == "email"


def test_what_stands_beside_a_label_without_being_its_quote_is_no_cue() -> None:
    around = cue_words("Refunds take a month; disputes go to court.")
    found = find_cues([Passage(around, {"fee": cue_words("Refunds take a month")})])
    assert "court" not in " ".join(found["fee"])


def test_a_passage_that_nothing_tells_apart_has_no_cue() -> None:
    assert find_cues([passage("We pay.", "fee"), passage("We pay.", "fine")]) == {}


def test_short_words_are_cues_where_there_are_no_others() -> None:
    assert find_cues([passage("We pay.", "fee"), passage("We go.", "end")]) == {
        "fee": ["we pay"],
        "end": ["we go"],
    }


def _stands_in(cue: str, words: list[str]) -> bool:
    parts = cue.split()
    return any(words[n : n + len(parts)] == parts for n in range(len(words)))


@given(st.lists(st.tuples(_WORDS, st.sets(st.sampled_from("xyz"))), max_size=8))
def test_a_cue_stands_in_passages_of_its_label_alone(
    texts: list[tuple[list[str], set[str]]],
) -> None:
    passages = [passage(" ".join(words), *sorted(labels)) for words, labels in texts]
    for label, cues in find_cues(passages).items():
        for cue in cues:
            holding = [each for each in passages if _stands_in(cue, [*each.around])]
            assert holding
            assert all(label in each.quoted for each in holding)


def _drawn(count: int) -> list[Passage]:
    draw = random.Random(1)  # noqa: S311 (no secret)
    words = [f"word{n}" for n in range(300)]
    texts = [" ".join(draw.choices(words, k=6)) for _ in range(count)]
    return [passage(text, draw.choice("abc")) for text in texts]


def test_the_work_grows_with_the_passages_and_not_with_their_square() -> None:
    def work(count: int) -> int:
        passages = _drawn(count)
        return steps(lambda: find_cues(passages))

    find_cues(_drawn(300))  # what is remembered of words is no work of either
    assert work(300) < 5 * work(100)
