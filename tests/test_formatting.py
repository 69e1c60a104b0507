"""Figures read as in print, and text that is made visible cannot steer a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.formatting import interval, joined, p_value, points, ratio, visible


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (ratio(0.8125), ".812"),
        (ratio(1.0), "1.000"),
        (ratio(0.99996), "1.000"),
        (ratio(0.0), ".000"),
        (ratio(None), "–"),
        (points(-0.0244), "−2.4"),
        (points(0.1), "+10.0"),
        (points(-0.0001), "0.0"),
        (p_value(0.0009), "< .001"),
        (p_value(0.05), ".050"),
        (interval((-0.041, 0.002)), "−4.1 to +0.2"),
        (interval(None), "–"),
    ],
)
def test_figures_are_printed_as_in_print(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [red] é 😀", "plain [red] é 😀"),
        ("\x1b[2J", "\\u001b[2J"),
        ("a\nb\tc\r", "a\\u000ab\\u0009c\\u000d"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("\x9b31m", "\\u009b31m"),
        ("\ud83d", "\\ud83d"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_what_would_steer_a_terminal_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_what_is_made_visible_stays_so(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    shown.encode("utf-8")
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)


def test_a_document_gives_no_commands_to_a_runner_on_github(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hostile = "::stop-commands::t ##[error]x"
    assert visible(hostile) == hostile
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "::" not in visible(hostile)
    assert "##[" not in visible(hostile)


def test_words_are_joined_as_a_sentence_lists_them() -> None:
    assert [joined(["a", "b", "c"][:count], "or") for count in range(4)] == [
        *("", "a", "a or b", "a, b or c"),
    ]
