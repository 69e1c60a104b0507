"""Sentences with places: how they are read and filled."""

from __future__ import annotations

import pytest

from annotate.report.templates import read_template

WORDS = {"fruit": ["figs"], "more": ["figs", "dates", "plums"], "none": []}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("we sell {fruit}.", "We sell figs."),
        ("We sell {more}.", "We sell figs, dates and plums."),
        ("We do not sell {more|or}.", "We do not sell figs, dates or plums."),
        ("We sell {fruit}[ to {none}].", "We sell figs."),
        (
            "We sell {fruit}[ with {more|or}][ to {none}].",
            "We sell figs with figs, dates or plums.",
        ),
        ("We sell {none}.", "We sell ."),
        ("{more}", "Figs, dates and plums"),
        ("", ""),
    ],
)
def test_a_sentence_is_filled_with_words(written: str, said: str) -> None:
    assert read_template(written).fill(lambda name: WORDS[name]) == said


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("We [sell {fruit}.", "not closed"),
        ("We sell] {fruit}.", "do not fit"),
        ("We [sell [{fruit}]].", "do not fit"),
        ("We [sell] {fruit}.", "never left out"),
        ("We sell {fruit.", "no place"),
        ("We sell fruit}.", "no place"),
        ("We sell {fruit|but}.", "no place"),
        ("We sell {}.", "no place"),
    ],
)
def test_what_is_no_sentence_is_refused_with_the_reason(written: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_template(written)


def test_a_template_knows_what_it_has_to_be_given() -> None:
    found = read_template("{fruit} from {more}[ for {none}].")
    assert found.names == {"fruit", "more", "none"}
    assert found.needed == {"fruit", "more"}
