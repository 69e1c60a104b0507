"""The signs of Markdown are found as a library that reads it finds them, with their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotate.viewer.markup import definitions, find_markup
from tests.support.work import steps

_LIBRARY = MarkdownIt("commonmark").disable(["entity", "html_inline"])


def shown(text: str) -> str:
    """Return the words between the signs."""
    words, reached = "", 0
    for start, end in find_markup(text, 0, len(text), definitions(text)).signs:
        words += text[reached:start]
        reached = end
    return words + text[reached:]


def styled(text: str) -> list[tuple[str, str]]:
    markup = find_markup(text, 0, len(text))
    return [(style, text[start:end]) for start, end, style in markup.styles]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We **never** sell *your* data.", "We never sell your data."),
        ("__Note__ snake_case_name stays", "Note snake_case_name stays"),
        ("2 * 3 * 4 and * a footnote", "2 * 3 * 4 and * a footnote"),
        ('[our site](https://example.org/a_(b) "the title").', "our site."),
        ("![the logo](logo.png) and [x]", "the logo and [x]"),
        ("[**bold** link](<a b>)", "bold link"),
        (
            "see <https://example.org> or <me@example.org>",
            "see https://example.org or me@example.org",
        ),
        (r"\*not this\* \[nor](this)", "*not this* [nor](this)"),
        ("`**code**` ``a`b``", "**code** a`b"),
        ("> quoted\n> on", "quoted\non"),
        (
            "[our team][1] and [us]\n\n[1]: https://e.org\n[US]: x",
            "our team and us\n\n[1]: https://e.org\n[US]: x",
        ),
        ("an [unknown][2] one", "an [unknown][2] one"),
        ("***both*** and **open", "both and **open"),
        ("a < b and c > d, R&D_Team", "a < b and c > d, R&D_Team"),
    ],
)
def test_a_reader_sees_what_the_signs_mean(text: str, words: str) -> None:
    assert shown(text) == words


def test_how_words_are_set_is_kept() -> None:
    assert styled("**a *b* c** `d`") == [("strong", "a *b* c"), ("em", "b"), ("code", "d")]


def _words(tokens: list[Token]) -> str:
    found = ""
    for token in tokens:
        if token.type in ("text", "code_inline"):
            found += token.content
        elif token.type == "image":
            found += _words(token.children or [])
        elif token.type in ("softbreak", "hardbreak"):
            found += "\n"
    return found


_WORDS = st.sampled_from(["a", "b c", "é", "3", ".", "(d)", "we_do"])
_INLINES = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["*", "**", "_", "__"]), inner).map(
            lambda pair: f"{pair[0]}{pair[1]}{pair[0]}"
        ),
        inner.map(lambda words: f"[{words}](u 't')"),
        _WORDS.map(lambda words: f"![{words}](v)"),
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        _WORDS.map(lambda words: f"`{words}`"),
        st.sampled_from(["\\*", "<http://x.y>", "*", "[", "]", "_"]),
    ),
    max_leaves=8,
)


@given(_INLINES)
def test_the_words_are_those_that_a_library_finds(text: str) -> None:
    children = _LIBRARY.parseInline(text)[0].children or []
    assert shown(text).split() == _words(children).split()


@given(st.text(alphabet="*_`[]()!\\<>ab \n:", max_size=60))
def test_any_text_keeps_its_words_and_its_order(text: str) -> None:
    markup = find_markup(text, 0, len(text), definitions(text))
    reached = 0
    for start, end in markup.signs:
        assert reached <= start < end <= len(text)
        reached = end
    assert shown(text).count("a") + shown(text).count("b") >= text.count("a") - sum(
        text[start:end].count("a") for start, end in markup.signs
    )


@pytest.mark.parametrize(
    "sign",
    [
        "*a",
        "a*",
        "**a* ",
        "_a_*",
        "[",
        "![",
        "](",
        "[a](",
        "](a(",
        '](a "',
        "`",
        "`` ",
        "\\",
        "<a:",
        "[a][b]",
        "> ",
    ],
)
def test_many_signs_take_linear_work(sign: str) -> None:
    few, many = (
        steps(lambda count=count: find_markup(sign * count, 0, len(sign) * count))
        for count in (200, 2000)
    )
    assert many < 25 * few
