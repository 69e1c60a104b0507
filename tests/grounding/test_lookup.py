# ruff: noqa: RUF001 (letters that look alike are the point)
"""Looking up quotes: what is found, on which rung and where, and above all what is refused.

"Peer defect N" is something that another tool was seen to do.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.grounding.lookup import Place, Quotable
from annotate.grounding.normalization import normalize
from tests.support.altered import altered
from tests.support.copied import Sample, verbatim
from tests.support.typography import changed
from tests.support.work import steps


def found(text: str, quote: str) -> list[tuple[str, str]]:
    """Return rung and printed words of each place of `quote`."""
    return [(p.grounding, text[p.start : p.end]) for p in Quotable(text).places(quote)]


EXACT = [
    ("a sentence", "We share it. We keep it.", "We keep it."),
    ("a part of one", "We do not sell personal data.", "sell personal data"),
    ("white space around the quote", "We keep it.", "  We keep it.\n"),
    ("Arabic", "لا نبيع بياناتك", "نبيع بياناتك"),
    ("emoji in a sentence", "Family 👨‍👩‍👧 plan data", "Family 👨‍👩‍👧 plan"),
]

FOLDED = [
    ("white space", "We\u00a0share\r\n  data", "We share data", "We\u00a0share\r\n  data"),
    ("quotation marks", "the “Site” is", 'the "Site" is', "the “Site” is"),
    ("quotation marks around the quote", "We share data.", "“We share data.”", "We share data."),
    ("dashes", "opt—in today", "opt-in today", "opt—in today"),
    ("case", "WE DO NOT SELL", "We do not sell", "WE DO NOT SELL"),
    ("lost emphasis", "We do **not** sell", "We do not sell", "We do **not** sell"),
    ("added emphasis", "We do not sell", "We do **not** sell", "We do not sell"),
    ("a lost link", "see [our site](https://x.org) now", "see our site now", None),
    (
        "a link kept",
        "see *[our  site](https://x.org)* now",
        "see [our site](https://x.org) now",
        None,
    ),
    ("a link cut short", "see [our  site](https://x.org) now", "SEE [our", "see [our"),
    ("lost list marks", "We share:\n- names\n- ages", "We share: names ages", None),
    ("kept list marks on one line", "We share:\n- names\n- ages", "We share: - names - ages", None),
    (
        "decomposed Vietnamese",
        "dữ liệu cá nhân",
        unicodedata.normalize("NFD", "dữ liệu cá nhân"),
        None,
    ),
    ("composed Vietnamese", unicodedata.normalize("NFD", "dữ liệu"), "dữ liệu", None),
    ("Turkish capitals", "İSTANBUL'da saklanır", "İstanbul'da saklanır", None),
    ("German capitals", "ÜBERMITTLUNG an Dritte", "Übermittlung an Dritte", None),
    ("ligatures", "our oﬃces", "our offices", None),
    ("wide letters", "ＧＤＰＲに従い", "GDPRに従い", None),
    ("soft hyphens", "infor\u00admation we keep", "information we keep", None),
    ("zero-width spaces", "www.\u200bexample.com here", "www.example.com here", None),
    ("no-break spaces", "30\u00a0days", "30 days", "30\u00a0days"),
    ("CRLF", "we share\r\nyour data", "we share your data", "we share\r\nyour data"),
    ("a broken line in Japanese", "個人情報を\n共有します。", "個人情報を共有します。", None),
    ("a unit in lower case", "up to 5 GB of data", "up to 5 gb of data", "up to 5 GB of data"),
    ("a name in capitals", "your 2FA codes", "your 2fa codes", "your 2FA codes"),
    ("a word in capitals", "Our BLOGS list blogs.", "Our blogs  list", "Our BLOGS list"),
    ("an acronym in lower case", "your IP address", "your ip address", "your IP address"),
]

REFUSED = [
    (
        "peer defect 1: an invented quote",
        "We share data in the United States.",
        "We do not sell data",
    ),
    ("peer defect 1: another number", "We keep logs for 30 days.", "We keep logs for 90 days."),
    ("peer defect 2: another acronym", "We share data.", "GDPR"),
    ("peer defect 2: a word that is not there", "We share data.", "children"),
    ("peer defect 2: a regular expression", "We share data.", "We .* data"),
    ("peer defect 3: the same words in another order", "Acme sued Beta", "Beta sued Acme"),
    ("another word", "We share personal data.", "We sell personal data."),
    ("a synonym", "We collect it.", "We gather it."),
    ("a plural", "your account today", "your accounts today"),
    ("a tense", "we shared data", "we share data"),
    (
        "a look-alike word",
        "before contracting with us, you agree",
        "before contacting with us, you agree",
    ),
    (
        "a look-alike word in a long quote",
        "the complaint is made to us today",
        "the compliant is made to us today",
    ),
    (
        "swapped vowels that make another word",
        "of the discreteness of all data",
        "of the discreetness of all data",
    ),
    (
        "a doubling that makes another word",
        "by refilling the old tanks today",
        "by refiling the old tanks today",
    ),
    (
        "a doubling that makes none",
        "all information that you give us",
        "all informmation that you give us",
    ),
    (
        "a slip in a name",
        "sent to Googlecloudstorage by us today",
        "sent to Googlecluodstorage by us today",
    ),
    ("a slip in capitals", "OUR ADMINISTRATION OF YOUR DATA", "OUR ADMINITSRATION OF YOUR DATA"),
    ("a slip in a short quote", "our administration", "our adminitsration"),
    (
        "two slips",
        "the administration and administrator of it",
        "the adminitsration and adminitsrator of it",
    ),
    (
        "a slip that is a word of the text",
        "authentictaion or authentication of it all",
        "of authentication of it all",
    ),
    (
        "Roman numerals",
        "in the year mdcccxlviii of our lord",
        "in the year mdccxclviii of our lord",
    ),
    ("a changed unit", "for 30 days only", "for 30 months only"),
    ("a unit told by case", "up to 100 Mb of data", "up to 100 MB of data"),
    ("a unit behind other white space", "up to 100\u00a0Mb of it", "up to 100 MB of it"),
    ("a unit of one letter told by case", "at most 5 M of it", "at most 5 m of it"),
    ("a glued unit told by case", "up to 100mW of it", "up to 100MW of it"),
    ("a name told by case", "stored in the US by us now", "stored in the us by us now"),
    ("another name", "We use Google maps", "We use Apple maps"),
    ("a dropped not", "We do not sell", "We do sell"),
    ("an inserted not", "We do sell", "We do not sell"),
    ("an added prefix", "personal data", "non-personal data"),
    ("a possessive", "the users data", "the users' data"),
    ("a possessive at the end", "given to users.", "given to users'"),
    ("a superscript as a digit", "10² metres", "102 metres"),
    ("a fraction as digits", "½ of it", "12 of it"),
    ("ß as ss", "in Maßen nutzen", "in Massen nutzen"),
    ("İ as i", "İstanbul ofisi", "istanbul ofisi"),
    ("an accent lost", "our résumé data", "our resume data"),
    ("an accent added", "dữ liệu", "dự liệu"),
    ("letters of another alphabet", "via paypal now", "via раураl now"),
    ("another link", "see [us](https://x.org/1) now", "see [us](https://x.org/2) now"),
    ("a ticked box", "[ ] I agree to it", "[x] I agree to it"),
    ("a joined pair of words", "third party sites", "thirdparty sites"),
    ("a gap", "We share names and ages with partners.", "We share names ... with partners."),
    ("more than the text", "We share data.", "We share data. We sell it."),
    ("only punctuation", "We share: data.", ".:—"),
    ("nothing", "We share data.", " \n"),
    ("marks only", "We **share** data.", "**"),
]


@pytest.mark.parametrize(("text", "quote"), [r[1:] for r in EXACT], ids=[r[0] for r in EXACT])
def test_printed_words_are_found_letter_by_letter(text: str, quote: str) -> None:
    assert found(text, quote)[0] == ("exact", quote.strip())


@pytest.mark.parametrize(
    ("text", "quote", "printed"), [r[1:] for r in FOLDED], ids=[r[0] for r in FOLDED]
)
def test_typography_is_folded(text: str, quote: str, printed: str | None) -> None:
    assert found(text, quote) == [("folded", printed or text)]


def test_neighbouring_consonants_swapped_in_a_long_word_are_forgiven() -> None:
    text = "This is the administration of your data."

    assert found(text, "the adminitsration of your data") == [
        ("fuzzy", "the administration of your data")
    ]


@pytest.mark.parametrize(("text", "quote"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_other_words_are_refused(text: str, quote: str) -> None:
    assert found(text, quote) == []


def test_peer_defect_4_offsets_hold_behind_letters_that_grow() -> None:
    text = "İİİ 👨‍👩‍👧 e\u0301 漢字\u00a0— We\r\nshare **data**."

    (place,) = Quotable(text).places("we share data")

    assert text[place.start : place.end] == "We\r\nshare **data"


def test_every_place_of_a_repeated_quote_is_found_in_order() -> None:
    text = "We sell. We keep. We sell."

    assert [p.start for p in Quotable(text).places("We sell.")] == [0, 18]


# ---- What holds for any text ----

LETTERS = st.one_of(
    st.sampled_from("aA .-'\"*_[](<>`\\\r\n5²\u0301\u0300\u200b\u200d\u00a0éİßﬁ漢👨🇩不กิ가ᄀ"),
    st.characters(),
)
TEXTS = st.text(LETTERS, max_size=60)


@given(TEXTS, TEXTS)
def test_no_pair_of_texts_raises(text: str, quote: str) -> None:
    for place in Quotable(text).places(quote):
        assert 0 <= place.start < place.end <= len(text)


@given(TEXTS, st.data())
def test_what_is_found_folds_to_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    recase: Callable[[str], str] = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    quote = recase(text[start:])

    for place in Quotable(text).places(quote):
        if place.grounding != "fuzzy":
            printed = text[place.start : place.end]
            assert _outer(normalize(printed).text) == _outer(normalize(quote).text)


def _outer(text: str) -> str:
    return text.strip(" \"'-")


@given(TEXTS, st.data())
def test_no_place_halves_what_is_read_as_one(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    for place in Quotable(text).places(text[start:end]):
        for at in {place.start, place.end} - {0, len(text)}:
            before, after = text[at - 1], text[at]
            assert not unicodedata.category(after).startswith("M")
            assert "\u200d" not in (before, after)
            assert before + after != "\r\n"
            assert not (
                before.isalpha() and after.isalpha() and after.isascii() and before.isascii()
            )
            assert not (before.isdigit() and after.isdigit())


@given(st.text(LETTERS, min_size=1, max_size=60))
def test_a_whole_text_is_found_in_itself(text: str) -> None:
    if any(c.isalnum() for c in text):
        assert Quotable(text).places(text)


@given(TEXTS, st.data())
def test_a_quote_stands_where_it_is_found_letter_by_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    found = Place(start, end, "exact") in Quotable(text).places(quote)

    assert Quotable(text).stands_at(quote, start, end) == found
    assert not Quotable(text).stands_at(f"{quote}x", start, end)


# ---- A thousand quotes of each kind, from the example documents ----


@cache
def _quotable(text: str) -> Quotable:
    return Quotable(text)


def _grounded(sample: Sample) -> bool:
    places = _quotable(sample.source.text).places(sample.quote)
    return any(sample.covers(place.start, place.end) for place in places)


def test_of_a_thousand_altered_quotes_none_is_accepted() -> None:
    accepted = [
        (sample.kind, sample.quote)
        for sample in altered(1000)
        if _quotable(sample.source.text).places(sample.quote)
    ]

    assert accepted == []


@pytest.mark.parametrize("made", [verbatim, changed])
def test_of_a_thousand_copied_quotes_at_most_five_miss_their_place(
    made: Callable[[int], Iterator[Sample]],
) -> None:
    missed = [(s.kind, s.quote) for s in made(1000) if not _grounded(s)]

    assert len(missed) <= 5, missed


# ---- Hostile quotes ----


def test_a_quote_of_100_000_characters_is_refused_in_a_few_steps() -> None:
    quotable = Quotable("We share personal data with partners. " * 100)
    long, unknown = "We sell personal data to brokers. " * 3000, "administration " * 6000

    assert quotable.places(long) == []
    assert quotable.places(unknown) == []
    # About as many steps as characters, and not as pairs of a character here and one there.
    assert steps(Quotable(quotable.text).places, long) < 10 * len(long)
    assert steps(Quotable(quotable.text).places, unknown) < 10 * len(unknown)


HOSTILE = ["a", "a ", "a\u0301\u0316", "](", '](x "', "](()", "[", "<https:", "*", "a_", "- ", "# ",
           "\\", "\u200b", "a\u200b", "漢 ", "🇩🇪", "👨\u200d", "1.", "-\n\n", "“ "]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    # Eight times the text takes about eight times the steps; its square, sixty-four times.
    assert steps(_look_up, unit, 2_000) < 12 * steps(_look_up, unit, 250)
    _look_up(unit, 8_000)  # what regular expressions do is not counted; quadratic, it would drag


def _look_up(unit: str, size: int) -> None:
    text = (unit * size)[:size]
    quotable = Quotable(text)
    for quote in (text[: size // 2] + " x", text[1 : size // 2], "a a a a " + text[: size // 4]):
        quotable.places(quote)
