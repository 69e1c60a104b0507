"""Word files: what their styles state, what they leave out, and files that are none."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.readers import docx
from tests.support.files import problem_of, read, text_of, written

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/></Types>"""
_ROOT = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>
</Relationships>"""
_PARTS = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{_RELATIONS}/footnotes" Target="footnotes.xml"/>
<Relationship Id="r2" Type="{_RELATIONS}/numbering" Target="numbering.xml"/>
<Relationship Id="r3" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>"""
_STYLES = f"""<w:styles {_W}>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>"""
_NUMBERS = f"""<w:numbering {_W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
_NOTES = f"""<w:footnotes {_W}><w:footnote w:id="2"><w:p><w:r><w:t>Or longer.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""


def word(body: str, **more: str) -> bytes:
    """Return a Word file with this body."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/_rels/document.xml.rels": _PARTS,
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": _NOTES,
        "word/numbering.xml": _NUMBERS,
        "word/styles.xml": _STYLES,
        **more,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def paragraph(content: str, properties: str = "") -> str:
    content = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def item(words: str, level: int = 0) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{each}</w:tr>' for each in cells)}</w:tbl>"


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
        f"<w:document {_W}><w:body>{paragraph(run('a&e;b'))}</w:body></w:document>"
    )
    documents, _ = read(written(tmp_path / "a.docx", word("", **{"word/document.xml": xml})))
    assert all("s3cret" not in each.text for each in documents)


BLOCKS = st.recursive(
    st.sampled_from([paragraph("We brew."), item("tea"), item("Assam", 1), paragraph("")]),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda each: f"<w:tbl><w:tr>{''.join(f'<w:tc>{b}</w:tc>' for b in each)}</w:tr></w:tbl>"
    ),
    max_leaves=8,
)


@given(st.lists(BLOCKS, min_size=1, max_size=4))
def test_any_tree_of_blocks_is_read_with_all_its_words(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[str]
) -> None:
    body = "".join(blocks) + paragraph("End.")
    text = text_of(written(tmp_path_factory.mktemp("any") / "a.docx", word(body)))
    for words in ("We brew.", "tea", "Assam"):
        assert text.count(words) == body.count(words)
