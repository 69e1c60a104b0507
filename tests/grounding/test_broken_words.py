"""Words that the end of a line broke are found as one word or with their hyphen, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.grounding.lookup import Quotable
from tests.support.work import steps


def found(text: str, quote: str) -> list[tuple[str, str]]:
    return [(each.grounding, text[each.start : each.end]) for each in Quotable(text).places(quote)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We keep infor-\nmation.", "We keep information."),
        ("We keep infor-\nmation.", "information"),
        ("We keep infor-\r\n  mation.", "We keep information."),
        ("We keep infor\u00ad\nmation.", "We keep information."),
        ("We keep infor\u2010\nmation.", "We keep information."),
        ("Our long-\nterm plan", "Our long-term plan"),
        ("for third-\nparty infor-\nmation", "for third-party information"),
        ("our long-term infor-\nmation", "our long-term information"),
        ("PERSONAL INFOR-\nMATION", "Personal information"),
        ("COVID-\n19 data", "COVID-19 data"),
        ("non-\nEU data", "non-EU data"),
        ("infor-\nmation and long-\nterm", "infor- mation and long-term"),
    ],
)
def test_a_broken_word_is_found_whole_or_with_its_hyphen(text: str, quote: str) -> None:
    ((grounding, words),) = found(text, quote)
    assert grounding == "folded"
    assert text.endswith(words) or words == "infor-\nmation"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We re-sign infor-\nmation.", "We resign information."),
        ("We resign infor-\nmation.", "We re-sign information."),
        ("We keep infor-\nmation.", "We keep infor mation."),
        ("We keep infor-\n\nmation.", "We keep information."),
        ("We keep infor -\nmation.", "We keep information."),
        ("We keep infor-\nmation.", "formation"),
        ("We keep infor-\nmation.", "We keep inform-ation."),
        ("in 20-\n30 days", "in 2030 days"),
        ("non-\nEU data", "nonEU data"),
        ("We sell in-\nformation.", "We do not sell information."),
    ],
)
def test_no_other_word_is_found(text: str, quote: str) -> None:
    assert found(text, quote) == []


WORDS = st.lists(st.text("abc", min_size=4, max_size=9), min_size=1, max_size=6)


@given(WORDS, st.integers(0, 5), st.integers(1, 3))
def test_any_word_may_be_broken_anywhere(words: list[str], which: int, at: int) -> None:
    broken = list(words)
    which %= len(words)
    broken[which] = f"{words[which][:at]}-\n{words[which][at:]}"
    quote, text = " ".join(words), " ".join(broken)
    assert found(text, quote) == [("folded", text)]


def test_a_text_of_nothing_but_broken_words_takes_work_by_its_length() -> None:
    def work(times: int) -> int:
        return steps(Quotable("ab-\nab " * times).places, "abab " * 20 + "c")

    assert work(4000) < 5 * work(1000)
