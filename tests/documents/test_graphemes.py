"""Characters as a reader sees them: where a cut would part one, and where it would not."""

import pytest

from annotate.documents.graphemes import extends, splits_grapheme


def parts(text: str) -> list[str]:
    """Cut a text wherever that parts no character."""
    cuts = [i for i in range(1, len(text)) if not splits_grapheme(text, i)]
    borders = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [text[start:end] for start, end in borders]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tea", ["t", "e", "a"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("a\n\rb", ["a", "\n", "\r", "b"]),
        ("e\u0301\u0323x", ["e\u0301\u0323", "x"]),
        ("किति", ["कि", "ति"]),
        ("가나", ["가", "나"]),  # one code point each
        ("\u1100\u1161\u11a8\u1102", ["\u1100\u1161\u11a8", "\u1102"]),  # letters of one syllable
        ("ｶﾞｶ", ["ｶﾞ", "ｶ"]),
        ("👨\u200d👩\u200d👧!", ["👨\u200d👩\u200d👧", "!"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("☎\ufe0f☎", ["☎\ufe0f", "☎"]),
        ("🏴\U000e0067\U000e0062\U000e007fx", ["🏴\U000e0067\U000e0062\U000e007f", "x"]),
        ("🇻🇳x", ["🇻🇳", "x"]),
        ("🇻🇳🇩🇪x", ["🇻🇳🇩🇪", "x"]),  # flags are not counted
        # a mark on a line of its own goes on with nothing
        ("\n\u0301x", ["\n", "\u0301", "x"]),
        ("\u2028\u0301", ["\u2028", "\u0301"]),
        ("a\u200bb", ["a", "\u200b", "b"]),
        ("", [""]),
    ],
)
def test_a_text_is_cut_between_characters_as_a_reader_sees_them(
    text: str, expected: list[str]
) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize("character", ["\u0301", "\u200d", "ि", "\ufe0f", "🏽", "ﾞ", "\u1161"])
def test_what_goes_on_with_the_character_before_it_extends_it(character: str) -> None:
    assert extends(character)


@pytest.mark.parametrize("character", ["a", " ", "\n", "*", "é", "漢", "👩", "🇻", "\u200b"])
def test_what_stands_for_itself_extends_nothing(character: str) -> None:
    assert not extends(character)
