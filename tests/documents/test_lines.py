"""Lines: markers that belong to one list, indents, and what white space is."""

import pytest

from annotate.documents.blocks import blocks
from annotate.documents.lines import SPACE


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("- a\n- b", [("-", 0), ("-", 0)]),
        ("1. a\n2. b\n3. c", [("1.", 1), ("1.", 2), ("1.", 3)]),
        ("1. a\n1.1 b\n1.1.1 c", [("1.", 1), ("1.1.", 1), ("1.1.1.", 1)]),
        ("(1) a\n(2) b", [("(1)", 1), ("(1)", 2)]),
        ("(a) a\n(b) b\n(c) c", [("(a)", 1), ("(a)", 2), ("(a)", 3)]),
        ("A. a\nB. b", [("A.", 1), ("A.", 2)]),
        ("(i) a\n(ii) b\n(iii) c\n(iv) d", [("(i)", 1), ("(i)", 2), ("(i)", 3), ("(i)", 4)]),
        ("I. a\nII. b", [("I.", 1), ("I.", 2)]),
        ("0. a\n1. b", [("1.", 1), ("1.", 1)]),
        # "(i)" behind "(h)" is a letter
        (
            "".join(f"({c}) x\n" for c in "abcdefghij"),
            [("(a)", number) for number in range(1, 11)],
        ),
    ],
)
def test_items_of_a_list_share_a_family_and_count_on(
    text: str, marks: list[tuple[str, int]]
) -> None:
    assert [(block.family, block.ordinal) for block in blocks(text)] == marks


@pytest.mark.parametrize(
    ("text", "indents"),
    [
        ("- a\n  - b\n    - c", [0, 2, 4]),
        ("- a\n\t- b", [0, 4]),
        ("> - a\n> > - b", [2, 4]),
        ("- a\n\u00a0\u00a0- b", [0, 2]),
    ],
)
def test_the_indent_counts_columns_and_quotes(text: str, indents: list[int]) -> None:
    assert [block.indent for block in blocks(text)] == indents


def test_white_space_is_what_python_says_and_the_spaces_of_no_width() -> None:
    spaces = {chr(c) for c in range(0x110000) if chr(c).isspace()}
    assert set(SPACE) == spaces | {"\u200b", "\ufeff"}
