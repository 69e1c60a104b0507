"""Whatever the shape of a page or a Word file: its words in order, and a layout that fits them."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.documents.chunking import chunk
from annotate.documents.document import Document
from annotate.documents.layout import Layout
from annotate.documents.provenance import Provenance
from annotate.documents.readers import docx
from annotate.documents.readers.html import read_page
from annotate.documents.readers.reader import document
from tests.support.files import read, written
from tests.support.trees import WORD, html_trees, word_bodies
from tests.support.visible import visible_text
from tests.support.word_files import paragraph, word
from tests.support.work import steps

_BETWEEN = re.compile(r"\s*(?:-?[\w]{1,12}\. )?")  # the number of an item


def read_whole(html: str) -> Document | None:
    """Read a page as a run does; None where it says nothing."""
    text, layout = read_page(html, "a")
    return document("a", (text, layout), "html", "a", Provenance()) if text.strip() else None


def check(found: Document) -> None:
    """Check that blocks cover the text in order, and units stand inside them."""
    assert found.layout is not None
    found.layout.check(len(found.text))
    check_blocks(found.text, found.layout)
    units = found.segmentation.units
    blocks = found.layout.blocks
    reached, at = 0, 0
    for unit in units:
        assert reached <= unit.start < unit.end <= len(found.text)
        reached = unit.end
        while blocks[at].end < unit.end:
            at += 1
        assert blocks[at].start <= unit.start
        assert all(head < unit.index for head in unit.headings)
    assert "".join(each.text for each in chunk(found.segmentation, 30)) == found.text


def check_blocks(text: str, layout: Layout) -> None:
    reached = 0
    for block in layout.blocks:
        assert block.start < block.end
        assert _BETWEEN.fullmatch(text, reached, block.start)
        assert text[block.start : block.end].strip(" \n") == text[block.start : block.end]
        reached = block.end
    assert reached == len(text)


@given(html_trees())
@example("q1z <datalist role=table>q3z ")
def test_a_page_of_any_shape_is_read_with_its_words_in_order(html: str) -> None:
    """Against the tree of the parser, without what is hidden, struck out, or a script.

    The readings of ruby, marks of notes and what acts on a heading stand apart behind their block.
    """
    page = f"<body>{html}"
    found = read_whole(page)
    assert WORD.findall(found.text if found else "") == WORD.findall(visible_text(page))
    if found:
        check(found)


@given(html_trees())
def test_a_page_takes_work_and_memory_by_its_length(html: str) -> None:
    few, many = (f"<body>{html * times}" for times in (4, 16))
    assert steps(read_whole, many) < 6 * steps(read_whole, few) + 5000
    tracemalloc.start()
    try:
        read_whole(many)
        assert tracemalloc.get_traced_memory()[1] < 300 * len(many) + 500_000
    finally:
        tracemalloc.stop()


@given(word_bodies())
@example(paragraph("© q1z") + paragraph("\xa0q3z"))
def test_a_word_file_of_any_shape_is_read_with_its_words_in_order(body: str) -> None:
    """Without the cells that go on with one above them, whose own words Word does not show."""
    read_text = docx.READER.text(word(body + paragraph("End.")), "a", "")
    read_as = document("a", read_text, "docx", "a", Provenance())
    found, expected = WORD.findall(read_as.text), WORD.findall(body)
    if "<w:vMerge/>" in body:
        expected = [each for each in expected if each in found]
    assert found == expected
    check(read_as)


@given(word_bodies(), st.integers(1, 99), st.sampled_from(["cut", "turned", "doubled"]))
def test_a_damaged_word_file_is_one_documents_error_or_a_text(
    tmp_path_factory: pytest.TempPathFactory, body: str, share: int, damage: str
) -> None:
    at = len(body) * share // 100
    broken = {"cut": body[:at], "turned": body[at:] + body[:at], "doubled": body[at:] + body}
    path = written(tmp_path_factory.mktemp("any") / "a.docx", word(broken[damage]))
    documents, errors = read(path)
    assert len(documents) + len(errors) == 1
    for each in documents:
        check(each)


@given(word_bodies())
def test_a_word_file_takes_work_by_its_length(body: str) -> None:
    few, many = (word(body * times + paragraph("End.")) for times in (4, 16))
    assert steps(docx.READER.text, many, "a", "") < 6 * steps(docx.READER.text, few, "a", "") + 5000
