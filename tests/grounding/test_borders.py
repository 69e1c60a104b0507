"""Where a quote may start and end: between words, and inside no number, measure or character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.grounding.borders import between_words
from annotate.grounding.lookup import Quotable

CITED = [
    ("a number alone", "for 30 days", "30"),
    ("a number before a full stop", "under 13. We", "under 13"),
    ("one side of a dash", "cookies—and beacons", "cookies"),
    ("one side of and/or", "and/or use", "and"),
    ("the second half of an elision", "l'accord est", "accord est"),
    ("Japanese inside a sentence", "当社は個人情報を共有します。", "個人情報を共有"),
    ("Thai inside a sentence", "เราเก็บข้อมูลของคุณ", "ข้อมูล"),
    ("a number before a Japanese unit", "30日間保存", "30"),
    ("Korean without its particle", "개인정보를 공유", "개인정보"),
    ("emphasis next to it", "We do **not** sell", "not"),
]

REFUSED = [
    ("a dropped prefix", "unlawful use", "lawful use"),
    ("a dropped prefix with a hyphen", "non-personal data", "personal data"),
    ("a dropped prefix behind a soft hyphen", "non\u00adpersonal data", "personal data"),
    ("a dropped prefix behind emphasis", "un**lawful** use", "lawful use"),
    ("can't is not can", "as far as we can’t help it", "as far as we can"),
    ("don't is not don'", "so that you don’t sell", "so that you don’"),
    ("part of a word", "interstate trade", "state trade"),
    ("part of a word with an accent apart", "the cafe\u0301s here", "the cafe\u0301"),
    ("part of a Hindi word", "अवैध उपयोग", "वैध उपयोग"),
    ("3 in 30", "for 30 days", "3"),
    ("3 in 3.5", "about 3.5 days", "3"),
    ("5 days in 3.5 days", "about 3.5 days", "5 days"),
    ("1 in 1,000", "some 1,000 users", "1"),
    ("000 in a spaced 1 000", "some 1\u202f000 users", "000 users"),
    ("one end of a range", "for 3–5 days", "5 days"),
    ("a number without its minus", "at -5 degrees", "5 degrees"),
    ("a number without its bound", "> 13 years", "13 years"),
    ("a number without its currency", "a $5 fee", "5 fee"),
    ("a number without its percent sign", "by 5% a year", "by 5"),
    ("hours without minutes", "at 10:30", "at 10"),
    ("a number without its superscript", "10² metres", "10"),
    ("half an emoji sequence", "family 👨‍👩‍👧 plan", "family 👨"),
    ("half a flag pair", "to 🇩🇪🇫🇷 only", "to 🇩🇪"),
]


@pytest.mark.parametrize(("text", "quote"), [r[1:] for r in CITED], ids=[r[0] for r in CITED])
def test_words_between_other_words_are_cited(text: str, quote: str) -> None:
    (place, *_) = Quotable(text).places(quote)

    assert (place.grounding, text[place.start : place.end]) == ("exact", quote)
    assert between_words(text, place.start, place.end)


@pytest.mark.parametrize(("text", "quote"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_part_of_a_word_number_or_character_is_not_cited(text: str, quote: str) -> None:
    assert Quotable(text).places(quote) == []


def test_a_whole_text_stands_between_words() -> None:
    assert between_words("\u0301tea", 0, 4)


def test_marks_without_a_letter_are_looked_through_for_a_bounded_way() -> None:
    text = "un" + "\u00ad" * 1000 + "lawful"

    assert between_words(text, text.index("lawful"), len(text))
    assert not between_words("un" + "\u00ad" * 10 + "lawful", 12, 18)


@given(st.text(st.sampled_from("aZé1 \n.,:!'’-%$>\u0301あ"), min_size=2, max_size=6), st.data())
def test_a_mark_of_emphasis_at_a_border_changes_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(text) - 1))
    marked = f"{text[:at]}*{text[at:]}"

    assert text[at] == "\u0301" or (
        between_words(text, 0, at) == between_words(marked, 0, at)
        and between_words(text, at, len(text)) == between_words(marked, at + 1, len(marked))
    )
