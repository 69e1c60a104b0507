# ruff: noqa: RUF001 (letters that look alike are the point)
"""Normalization: what is one after it, what stays two, and that its offsets lead back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.grounding.normalization import normalize, targets

SAME = [
    ("white space runs are one space", "a  b\t\tc\u00a0d\u2009e\r\nf", "a b c d e f"),
    ("typographic quotes", "“our” ‘own’ «site»", '"our" \'own\' "site"'),
    ("single and double quotes", "the 'Site'", 'the "Site"'),
    ("dashes", "opt‑out – or—in−side", "opt-out - or-in-side"),
    ("runs of dashes", "or---in", "or-in"),
    ("case", "ALL Rights", "all rights"),
    ("case beyond ASCII", "ÄRGER ΟΔΌΣ", "ärger οδός"),
    ("emphasis", "**We** do _not_ ***sell***", "We do not sell"),
    ("emphasis inside a word", "un**lawful**", "unlawful"),
    ("code", "the `id` field", "the id field"),
    ("a link", "see [our page](https://x.org/a_(b))", "see our page"),
    ("a link with a title", 'see [our page](https://x.org "Page")', "see our page"),
    ("an image", "see ![our logo](logo.png)", "see our logo"),
    ("an autolink", "at <https://x.org/>.", "at https://x.org/."),
    ("a heading", "## Your rights", "Your rights"),
    ("quoted lines", "> > We share", "We share"),
    ("list dashes", "- names\n- addresses", "names addresses"),
    ("bullets", "• names\n• addresses", "names addresses"),
    ("an escape", r"\*not\* sold", "not sold"),
    ("a dash between spaces", "data — all of it", "data all of it"),
    ("an ellipsis", "and so on…", "and so on..."),
    ("ligatures", "oﬃce ﬂow", "office flow"),
    ("wide letters", "ＧＤＰＲ １２", "GDPR 12"),
    ("composed and decomposed letters", "Việt Nam", unicodedata.normalize("NFD", "Việt Nam")),
    ("Hangul and its letters", "개인정보", unicodedata.normalize("NFD", "개인정보")),
    ("a soft hyphen", "infor\u00admation", "information"),
    ("a zero-width space", "www.\u200bx.org", "www.x.org"),
    ("direction marks", "\u200fנתונים\u200e", "נתונים"),
    ("line breaks in Japanese", "個人情報を\n共有します。", "個人情報を共有します。"),
]

DIFFERENT = [
    ("superscripts are numbers of their own", "10²", "102"),
    ("subscripts", "x₂", "x2"),
    ("letters above", "10ⁿ", "10n"),
    ("fractions", "1½", "11/2"),
    ("circled numbers", "①", "1"),
    ("a decimal point", "3.5", "35"),
    ("thousands", "1,000", "1000"),
    ("spaced thousands", "1 000", "1000"),
    ("times between numbers", "5*3", "53"),
    ("a bullet between numbers", "5•3", "53"),
    ("a footnote at a number", "30[1]", "301"),
    ("greater than", "age>13", "age13"),
    ("feet and inches", "5′", "5″"),
    ("feet and inches, straight", "5'", '5"'),
    ("a minus", "-5", "5"),
    ("apostrophes", "we're", "were"),
    ("hyphens", "re-sign", "resign"),
    ("a dash is not a space", "opt-out", "opt out"),
    ("accents", "résumé", "resume"),
    ("ß is not ss", "in Maßen", "in Massen"),
    ("dotted I", "İstanbul", "istanbul"),
    ("boxes", "■ yes □ no", "□ yes ■ no"),
    ("ticks", "✓ sold", "✗ sold"),
    ("ticked boxes", "[x] sold", "[ ] sold"),
    ("strokes through a word", "~~sold~~", "sold"),
    ("underscores in a name", "file__name", "filename"),
    ("letters of other alphabets", "раураl", "paypal"),
    ("full stops", "A.B.", "AB"),
    ("micro and milli", "µg", "mg"),
    ("degrees", "5 ℃", "5 ℉"),
    ("spaces between words", "third party", "thirdparty"),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in SAME], ids=[r[0] for r in SAME])
def test_what_normalization_makes_one(one: str, other: str) -> None:
    assert normalize(one).text.strip() == normalize(other).text.strip()


@pytest.mark.parametrize(
    ("one", "other"), [row[1:] for row in DIFFERENT], ids=[r[0] for r in DIFFERENT]
)
def test_what_normalization_keeps_apart(one: str, other: str) -> None:
    assert normalize(one).text.strip() != normalize(other).text.strip()


def test_offsets_lead_back_over_marks_that_went() -> None:
    text = "We **do**\u00a0 not “sell”."
    normalized = normalize(text)

    start = normalized.text.index("do not")
    place = normalized.source(start, start + len("do not"))

    assert place is not None
    assert text[slice(*place)] == "do**\u00a0 not"


def test_offsets_are_right_after_a_letter_that_grows_in_lower_case() -> None:
    text = "İİİ sells data"
    normalized = normalize(text)

    start = normalized.text.index("data")

    assert normalized.source(start, start + 4) == (text.index("data"), len(text))


def test_a_range_that_halves_a_ligature_has_no_source() -> None:
    normalized = normalize("oﬃce")

    assert normalized.text == "office"
    assert normalized.source(0, 2) is None
    assert normalized.source(0, 4) == (0, 2)


def test_a_range_that_halves_a_space_with_a_sign_has_no_source() -> None:
    normalized = normalize("0 \u00b8")  # a cedilla alone is a space with a cedilla on it

    assert normalized.text == "0 \u0327"
    assert normalized.source(0, 2) is None
    assert normalized.source(0, 3) == (0, 3)


def test_link_targets_are_kept_beside_the_normalized_text() -> None:
    text = "see [a](https://X.org/1) and **[b](mailto:b@x.org)**"

    assert targets(text) == ["(https://x.org/1)", "(mailto:b@x.org)"]
    assert targets(text, 0, text.index("]")) == ["(https://x.org/1)"]


MARKS = "*_#>[]()<`\\!"
PLAIN = st.text(st.characters(exclude_characters=MARKS))
MIXED = st.text(
    st.one_of(st.sampled_from(MARKS + " \r\n-–\"'“•.1aA\u0301\u200bé漢"), st.characters())
)


@given(PLAIN)
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    once = normalize(text).text

    assert normalize(once).text.strip(" ") == once.strip(" ")


@given(MIXED)
def test_offsets_are_ordered_and_inside_the_source(text: str) -> None:
    normalized = normalize(text)

    assert len(normalized.text) == len(normalized.starts) == len(normalized.ends)
    assert normalized.starts == sorted(normalized.starts)
    assert normalized.ends == sorted(normalized.ends)
    for start, end in zip(normalized.starts, normalized.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(PLAIN, st.data())
def test_a_normalized_range_leads_to_text_that_becomes_it(text: str, data: st.DataObject) -> None:
    normalized = normalize(text)
    start = data.draw(st.integers(0, len(normalized.text)))
    end = data.draw(st.integers(start, len(normalized.text)))

    if start < end and (place := normalized.source(start, end)):
        again = normalize(text[slice(*place)]).text
        # At its start a quotation mark no longer follows a digit, nor a dash a word.
        assert _outer(again) == _outer(normalized.text[start:end])


def _outer(text: str) -> str:
    return text.strip(" \"'-")


@given(PLAIN)
def test_no_digit_is_lost_and_none_is_made(text: str) -> None:
    def digits(of: str) -> list[int]:
        # Ideographs such as 一 are letters; "½" counts as itself.
        return [unicodedata.digit(c) for c in of if c.isdecimal()]

    opened = "".join(unicodedata.normalize("NFKD", c) if _opens(c) else c for c in text)
    assert digits(normalize(text).text) == digits(opened)


def _opens(character: str) -> bool:
    return character.isdecimal() or (
        unicodedata.category(character) != "No"
        and not unicodedata.decomposition(character).startswith(
            ("<super>", "<sub>", "<fraction>", "<circle>")
        )
    )
