"""PDF: the text of its pages, and why there is none."""

from pathlib import Path

import pytest

from annotate.documents.document import Document
from tests.support.files import problem_of, read, written


def pdf(text: str, trailer: str = "") -> bytes:
    """Return the smallest file that shows some lines of ASCII text."""
    shown = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{file}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(file)}\n%%EOF\n"
    ).encode()


ENCRYPTED = pdf(
    "Tea.",
    "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    f" /O <{'41' * 32}> /U <{'42' * 32}> >>",
)


def test_a_pdf_is_read_as_the_text_of_its_pages(tmp_path: Path) -> None:
    documents, errors = read(written(tmp_path / "a.pdf", pdf("We brew tea.\nYou drink it.")))
    assert errors == []
    assert documents == [Document("a.pdf", "We brew tea.\nYou drink it.", "pdf")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty; leave it out"),
        (b"%PDF-1.4 and nothing more", "is not a readable PDF; print it to a new file"),
        (b"plain text", "is not a readable PDF; print it to a new file"),
        (pdf("Tea.")[:200], "is not a readable PDF; print it to a new file"),
        (pdf(""), "holds only images; run it through OCR first"),
        (ENCRYPTED, "needs a password; save a copy without one"),
    ],
)
def test_a_pdf_without_text_to_read_says_why(tmp_path: Path, data: bytes, problem: str) -> None:
    assert problem_of(written(tmp_path / "a.pdf", data)) == problem
