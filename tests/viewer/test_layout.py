"""A text is laid out whole: every span is exactly its pieces."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.document import Document
from annotate.viewer.layout import Block, Span, lay_out


def joined(blocks: Iterable[Block]) -> str:
    return "".join(piece.text for block in blocks for piece in block.pieces)


def covered(blocks: Iterable[Block], owner: int) -> str:
    pieces = (piece for block in blocks for piece in block.pieces)
    return "".join(piece.text for piece in pieces if owner in piece.covered)


LINES = st.sampled_from(
    ["# Head", "- item.", "  • two", "1. one", "A b. C d?", "| a | b |", "---", "", "**B**", "É😀"]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", " ", "\u2028", "\r"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=12).map(
    lambda parts: "".join(line + end for line, end in parts)
)


@given(TEXTS | st.text(max_size=60), st.data())
def test_pieces_are_the_text_and_each_span_is_exactly_its_pieces(
    text: str, data: st.DataObject
) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=5))
    spans = [Span(min(pair), max(pair), owner) for owner, pair in enumerate(pairs)]
    blocks = lay_out(Document("d", text), spans)
    assert joined(blocks) == text
    assert [covered(blocks, s.owner) for s in spans] == [text[s.start : s.end] for s in spans]


def test_headings_lists_and_paragraphs_are_told_apart() -> None:
    text = "# Logs\n\nWe keep:\n\n  • your address\n      - of home\n  • the time\n\nFor 30 days.\n"
    shape = [
        (b.kind, b.level, [(p.role, p.text) for p in b.pieces])
        for b in lay_out(Document("d", text))
    ]
    assert shape == [
        ("heading", 1, [("marker", "# "), ("content", "Logs"), ("tail", "\n\n")]),
        ("paragraph", 1, [("content", "We keep:"), ("tail", "\n\n")]),
        ("item", 1, [("marker", "  • "), ("content", "your address"), ("tail", "\n")]),
        ("item", 2, [("marker", "      - "), ("content", "of home"), ("tail", "\n")]),
        ("item", 1, [("marker", "  • "), ("content", "the time"), ("tail", "\n\n")]),
        ("paragraph", 1, [("content", "For 30 days."), ("tail", "\n")]),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "---", "\u200b"])
def test_a_text_without_words_is_drawn_too(text: str) -> None:
    assert joined(lay_out(Document("d", text))) == text


def test_spans_that_the_text_does_not_have_cover_what_there_is() -> None:
    blocks = lay_out(
        Document("d", "ab"), [Span(1, 9, 0), Span(5, 9, 1), Span(1, 1, 2), Span(-3, 1, 3)]
    )
    assert [covered(blocks, owner) for owner in range(4)] == ["b", "", "", "a"]
