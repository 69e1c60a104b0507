"""When two quotes are in the same words, and where they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.differences.words import figures, same_figures, word_changes, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We keep  logs.", "We keep\nlogs"),
        ("We keep information", "We keep infor-\nmation"),
        ("third-party vendors", "third-\nparty vendors"),
        ("Users’ “data”", 'Users\' "data"'),
        ("• Names\n• Ages", "1. Names\n2. Ages"),
        ("- Names\n- Ages", "(a) Names\n(b) Ages"),
        ("We **sell** [data](https://a.example/b)", "We sell data"),
        ("E-mail", "Email"),
        ("WE SELL", "We sell"),
        ("tea, (b) milk, and (2) rum", "tea,\n(b) milk, and\n(2) rum"),
        ("ﬁles", "files"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    assert words_of(one).key == words_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We keep logs", "We keep no logs"),
        ("30 days", "31 days"),
        ("1 2", "12"),
        ("データを売る", "データを買う"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    assert words_of(one).key != words_of(other).key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Write to a@b.example.", "Write to (a@b.example)", True),
        ("Call (888) 555-1234.", "Call 888-555-1234", True),
        ("within 30 days", "within thirty days", True),
        ("within 30 days", "within 45 days", False),
        ("Write to a@b.example", "Write to c@b.example", False),
        ("See Section 3 for 30 days", "See Section 4 for 30 days", True),
        ("1. within 30 days", "2. within 30 days", True),
        ("at www.a.example", "at www.b.example", False),
        ("by 5 and 10", "by 10 and 5", True),
        ("Call +1 (307) 200", "Call +1\n(307) 200", True),
    ],
)
def test_figures_in_words(one: str, other: str, same: bool) -> None:
    assert same_figures(figures(one), figures(other)) is same
    assert same_figures(figures(other), figures(one)) is same


def test_what_differs_between_two_quotes_is_told_word_by_word() -> None:
    left, right = word_changes("We never sell your data.", "We may sell all your data.")
    assert [(p.kind, p.text) for p in left] == [
        ("same", "We "),
        ("removed", "never"),
        ("same", " sell your data."),
    ]
    assert "".join(p.text for p in right if p.kind == "added").split() == ["may", "all"]


@given(st.text(), st.text())
def test_the_pieces_of_a_quote_are_the_quote(one: str, other: str) -> None:
    left, right = word_changes(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    assert {piece.kind for piece in left} <= {"same", "removed"}
    assert {piece.kind for piece in right} <= {"same", "added"}


def test_very_long_quotes_are_not_compared_word_by_word() -> None:
    left, right = word_changes("a " * 3_000, "b " * 3_000)
    assert [piece.kind for piece in (*left, *right)] == ["removed", "added"]
