"""Word files: what their styles state, what they leave out, and files that are none."""

from pathlib import Path

import pytest

from annotate.documents.readers import docx
from tests.support.files import problem_of, read, written
from tests.support.word_files import W, item, paragraph, run, table, word

NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
BODY = (
    paragraph("Tea", '<w:pStyle w:val="T"/>')
    + paragraph("Logs", '<w:pStyle w:val="H1"/>')
    + paragraph(run("We keep them for 90") + NOTE + run(" days &amp; more."))
    + paragraph(run("We sell ", "<w:strike/>") + run("We brew:"))
    + item("black tea")
    + item("Assam", 1)
    + table(("Data", "Days"), ("Logs", "90"))
    + paragraph(
        f"<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del><w:ins>{run('New.')}</w:ins>"
    )
)


def test_a_word_file_is_text_with_the_layout_that_its_styles_state(tmp_path: Path) -> None:
    documents, errors = read(written(tmp_path / "a.docx", word(BODY)))
    assert errors == []
    (document,) = documents
    assert document.format == "docx"
    found = document.segmentation
    units = [(unit.kind, unit.depth, found.quote(unit)) for unit in found.units]
    assert units == [
        ("heading", 0, "Tea"),
        ("heading", 0, "Logs"),
        ("sentence", 0, "We keep them for 90 days & more."),
        ("stem", 0, "We brew:"),
        ("item", 1, "black tea"),
        ("item", 2, "Assam"),
        ("item", 1, "Data"),
        ("item", 1, "Days"),
        ("item", 1, "Logs"),
        ("item", 1, "90"),
        ("sentence", 0, "New."),
        ("sentence", 0, "Or longer."),
    ]
    cell = found.units[9]
    assert [found.quote(each) for each in found.context(cell)][-2:] == ["Days", "Logs"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"Tea.", "is not a readable Word file; save it anew as .docx"),
        (word(BODY)[:500], "is not a readable Word file; save it anew as .docx"),
        (
            b"\xd0\xcf\x11\xe0" + b"x" * 600,
            "is an old Word file, or needs a password; save a copy as .docx without one",
        ),
        (word(paragraph(" ")), "holds no text; leave it out"),
    ],
)
def test_what_is_no_word_file_says_so(tmp_path: Path, data: bytes, problem: str) -> None:
    assert problem_of(written(tmp_path / "a.docx", data)) == problem


def test_a_file_that_unpacks_to_far_more_is_one_documents_error(tmp_path: Path) -> None:
    bomb = word(BODY, **{"word/styles.xml": " " * (docx.MOST_XML + 1)})
    assert len(bomb) < 100_000
    files = [written(tmp_path / "a.docx", bomb), written(tmp_path / "b.docx", word(BODY))]
    documents, errors = read(*files)
    assert [document.id for document in documents] == ["b.docx"]
    assert errors == ["a.docx: holds far more text than its size tells; split it"]


@pytest.mark.parametrize(
    "body",
    ["<w:tbl><w:tr><w:tc>" * 3000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 3000, "<w:p>"],
)
def test_a_file_that_breaks_its_reader_is_one_documents_error(tmp_path: Path, body: str) -> None:
    documents, errors = read(written(tmp_path / "a.docx", word(body)))
    assert documents == []
    assert len(errors) == 1


def test_entities_of_a_file_are_not_opened(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret", "s3cret")
    xml = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {W}><w:body>{paragraph(run('a&e;b'))}</w:body></w:document>"
    )
    documents, _ = read(written(tmp_path / "a.docx", word("", **{"word/document.xml": xml})))
    assert all("s3cret" not in each.text for each in documents)
