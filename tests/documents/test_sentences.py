"""Sentence borders inside one block of prose."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


# A "|" stands where a border is; white space at it is not part of a sentence.
@pytest.mark.parametrize(
    "text",
    [
        "We brew tea.| You drink it!| Is it hot?| Yes… | It is.",
        "We brew tea!!| You drink it?!| Fine... | So it is.",
        "We brew tea\nfor you. | You drink\r\nit.|\n\n It is hot.",
        "We brew.|\u00a0You drink.|\u3000It is hot.",
        "We brew.|\u200b You drink.|\ufeff \u200bIt is hot.",
        "tea without an end mark",
        "We brew.| 2 cups are enough.| (They are big.)| [So we think.]| *Good.*| _Fine._",
        # closing and opening marks
        "“We brew.”| You drink.| ‘Fine.’| «Bon.»| Yes.",
        "He said “brew.” and left.| (We did.)| She stayed.",
        "**We brew.**| You drink.| _Tea._ | Milk.",
        "We drink.)| They do.]| All do.",
        # lower case, closing marks and punctuation go on
        "See tea.example.com. iPhone users may.",
        "We brew tea. and more. , too. ; and so. : yes",
        # numbers and versions
        "It costs 3.50.| We pay 4.| You pay 5.0.| Version 1.2.3 is out.",
        "1. First things first.| 2. Second.",
        "Read section 4.| It is short.",
        # abbreviations
        "Mr. Brewer and Dr. Milk, e.g. Tea Prof. Cup, met vs. Rum.| They left.",
        "See Art. 6 and Sec. 2, No. 5, pp. 1 and Fig. 3.| Then go.",
        "Ask Tea Inc. and Milk Co. first.",
        "Ask Tea Inc.| We answer.",
        "Ask Tea Inc.| Tea Lovers may ask, too.",
        "Ask Tea Inc. Tea Lovers first.",
        "We sell in the U.S. Tea Market and in the U.K.| We like it.",
        "We close at 5 p.m.| You may come at 6 a.m. on Monday.",
        "We sell tea, milk, etc.| You buy it.",
        "We sell tea, milk, etc.| Tea Lovers buy it.",
        "J. R. Brewer founded it.| He rests.",
        "Vitamin C.| We add it.",
        "Plan B. Tea is dear.",
        "We live at 1 Tea Blvd.| We like it.",
        "We live at 1 Tea Blvd. Milktown, in St. Cow.",
        "We came in Jan.| You came on Feb. 3.",
        "As Cup et al.| We agree.",
        # "No."
        "No.| We do not.",
        "Do we sell it?| No.| We never do.",
        "See No. 5 of the list, or No. Five.",
        # brackets
        "We brew (in a pot. It is big.) every day.| You drink.",
        "We brew [in a pot. It is big.] every day.| You drink.",
        "We brew (in a pot).| You drink.",
        "We brew (in a pot.| It is big.",
        "a) We brew. b) you drink.",
        "We use it to: (i) brew tea; (ii) drink it. (iii) rest.",
        # masked addresses keep together
        "Write to [email protected] for tea.| We answer at [email\u00a0protected] too.",
        # other scripts
        "我们泡茶。|您喝茶！|我们不卖茶吗？|不卖",
        "他说：“好。”|我们走。",
        "茶。。。|水！？|「はい。」|次",
        "我们泡茶。| 您喝茶。|\n再见。",
        "Chúng tôi pha trà xanh.| Quý khách uống trà.",
        "İstanbul'da çay içeriz.| İyi çay.| Şimdi gidelim.",
        "Мы пьём чай.| Вы тоже.",
        "¿Té?| ¡Sí!| ¿Leche?",
        # characters of several code points
        "We like 👩\u200d👩\u200d👧.| You like 🍵!| All do.",
        "Cafe\u0301.| E\u0301clair.",
        "We brew.\u0301 \u0301So.",
        "茶。\u0301水",
        # nothing to split
        "",
        " \n\t",
        "...",
        ".",
        "。",
        "?!| ?!",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    expected = [piece.strip(" \n\r\t\u00a0\u3000\u200b\ufeff") for piece in text.split("|")]
    assert split(text.replace("|", "")) == [piece for piece in expected if piece]


# Legal text, written for this: one passage a line, "‖" where a border is, "#" before what it shows.
PASSAGES = [
    line
    for page in sorted((Path(__file__).parent / "passages").glob("*.txt"))
    for line in page.read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]


@pytest.mark.parametrize("passage", PASSAGES)
def test_sentences_of_legal_text_end_where_a_reader_ends_them(passage: str) -> None:
    expected = passage.split(" ‖ ")
    assert split(" ".join(expected)) == expected


def test_a_range_is_read_as_if_it_were_the_whole_text() -> None:
    text = "Tea. We brew (it. You drink it.) now. They rest. Inc."
    for start in range(len(text)):
        for end in range(start, len(text)):
            alone = [(start + a, start + b) for a, b in sentences(text[start:end])]
            assert sentences(text, start, end) == alone


PROSE = st.lists(
    st.sampled_from(
        [*".!?…。！？()[]\"'”“*_ \n\u00a0\u200b", "Tea", "tea", "Inc.", "No.", "e.g.", "A.", "5"]
    )
    | st.characters(exclude_categories=["Cs"])
).map("".join)


@given(PROSE)
def test_sentences_follow_each_other_and_leave_out_only_white_space(text: str) -> None:
    covered = [False] * len(text)
    position = 0
    for start, end in sentences(text):
        assert position <= start < end <= len(text)
        assert not is_space(text[start])
        assert not is_space(text[end - 1])
        covered[start:end] = [True] * (end - start)
        position = end
    assert all(inside or is_space(c) for c, inside in zip(text, covered, strict=True))


def is_space(character: str) -> bool:
    return character.isspace() or character in "\u200b\ufeff"
