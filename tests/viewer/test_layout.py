"""A text is laid out whole: every span is exactly its pieces."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.document import Document
from annotate.documents.languages import Languages, Passage
from annotate.documents.layout import Layout, Page
from annotate.viewer.layout import Block, Span, lay_out
from tests.support.files import read, written


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
    for document in (Document("d", text), Document("d", text, "markdown")):
        blocks = lay_out(document, spans)
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


def shape(document: Document) -> list[tuple[str, int, str]]:
    """Return kind, level and the words that a reader sees of each block."""
    return [
        (b.kind, b.level, "".join(p.text for p in b.pieces if p.role != "markup").strip())
        for b in lay_out(document)
    ]


MARKDOWN = """\
# Privacy *policy*

**Updated** [here](https://example.org "x").

- your **name**
  1. first

| Data | Kept |
|------|------|
| Logs | 90 \\| 30 days |
| [IP](u) | |

Contact
-------
"""


def test_nobody_reads_signs_of_markdown() -> None:
    document = Document("a.md", MARKDOWN, "markdown")
    assert shape(document) == [
        ("heading", 1, "Privacy policy"),
        ("paragraph", 1, "Updated here."),
        ("item", 1, "your name"),
        ("item", 2, "1. first"),
        ("cell", 1, "Data"),
        ("cell", 1, "Kept"),
        ("cell", 1, "Logs"),
        ("cell", 1, "90 | 30 days"),
        ("cell", 1, "IP"),
        ("cell", 1, ""),
        ("heading", 2, "Contact"),
    ]
    assert joined(lay_out(document)) == MARKDOWN
    head = [b.cell.head for b in lay_out(document) if b.cell]
    assert head == [True, True, False, False, False, False]


PAGE = """<nav><a href=x>Home</a></nav><h1>Policy</h1><ol start=3><li>Tea<p>Hot.</ol>
<table><caption>Kept<tr><th>Data<th>Days<tr><td rowspan=2>Logs<td>{a}<tr><td>90</table>
<dl><dt>Tea<dd>A drink.</dl><details><summary>More?</summary>Yes.</details>"""


def test_a_page_is_drawn_as_its_source_states_it(tmp_path: Path) -> None:
    document = page_of(tmp_path, "<html><body>" + PAGE)
    assert shape(document) == [
        ("paragraph", 1, "Home"),
        ("heading", 1, "Policy"),
        ("item", 1, "3. Tea"),
        ("paragraph", 2, "Hot."),
        ("caption", 1, "Kept"),
        ("cell", 1, "Data"),
        ("cell", 1, "Days"),
        ("cell", 1, "Logs"),
        ("cell", 1, "{a}"),
        ("cell", 1, "90"),
        ("term", 1, "Tea"),
        ("definition", 1, "A drink."),
        ("summary", 1, "More?"),
        ("paragraph", 1, "Yes."),
    ]
    blocks = lay_out(document)
    assert joined(blocks) == document.text
    assert [block.furniture for block in blocks[:2]] == ["navigation", ""]
    cells = [(b.cell.head, b.place.row, b.place.rows) for b in blocks if b.cell and b.place]
    assert cells == [(True, 0, 1), (True, 0, 1), (False, 1, 2), (False, 1, 1), (False, 2, 1)]


def page_of(folder: Path, html: str) -> Document:
    documents, _ = read(written(folder / "a.html", html))
    return documents[0]


def test_pages_begin_at_a_block_or_within_it() -> None:
    text = "One goes on here.\n\nTwo.\n\n"
    pages = (Page(1, 0, 9), Page(2, 9, 19), Page(3, 19, 25), Page(4, 25, 25))
    document = Document("a.pdf", text, "pdf", Layout(pages=pages))
    found = [
        [(piece.pages, piece.text) for piece in block.pieces if piece.pages]
        for block in lay_out(document)
    ]
    assert found == [[((1,), "One goes "), ((2,), "on here.")], [((3,), "Two.")]]


def test_a_block_in_another_language_says_so() -> None:
    text = "Hello there.\n\nGuten Tag."
    languages = Languages("en", (Passage(14, 24, "de"),))
    blocks = lay_out(Document("d", text, stated_languages=languages))
    assert [block.language for block in blocks] == ["", "de"]
