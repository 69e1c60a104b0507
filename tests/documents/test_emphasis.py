"""Emphasis: what stands inside it as a whole, and what is left without it."""

import pytest

from annotate.documents.emphasis import wholly_emphasised, without_emphasis


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        ("*tea*", True),
        ("**tea and milk**", True),
        ("***tea***", True),
        ("__tea__", True),
        ("**tea** *milk*", True),
        ("**tea\nmilk**", True),
        ("**Tea**.", True),
        ("*snake_case*", True),
        ("tea", False),
        ("**tea** milk", False),
        ("**tea** milk **rum**", False),
        ("*tea", False),
        ("*", False),
        ("**", False),
        ("** **", False),
        ("", False),
        ("_snake_case", False),
        ("tea *milk*", False),
    ],
)
def test_emphasis_is_whole_where_no_word_stands_outside(content: str, whole: bool) -> None:
    assert wholly_emphasised(content) is whole


@pytest.mark.parametrize(
    ("content", "bare"),
    [
        ("*tea*", "tea"),
        ("** tea **", "tea"),
        ("**tea.**", "tea."),
        ("**tea**.", "tea"),
        ("**tea** :", "tea"),
        ("***tea*. **", "tea"),
        ("tea.", "tea."),
        ("tea .", "tea ."),
        ("**", ""),
        ("a*.", "a"),
        ("*.", "."),
    ],
)
def test_emphasis_is_stripped_with_a_full_stop_among_its_marks(content: str, bare: str) -> None:
    start, end = without_emphasis(content, 0, len(content))
    assert content[start:end] == bare
