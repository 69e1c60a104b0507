"""PDF: the text of its pages, and why there is none."""

import sys
from pathlib import Path

import pytest

from annotate.documents.document import Document
from annotate.documents.layout import Layout, Page
from annotate.documents.readers import pdf as reader
from tests.support import hostile_documents as hostile
from tests.support.files import problem_of, read, written

TOO_MUCH = "takes more memory or work than a PDF may; print it to a new file"


def pdf(text: str, trailer: str = "") -> bytes:
    """Return the smallest file that shows some lines of ASCII text."""
    shown = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
    return hostile.pdf(content.encode(), trailer=trailer)


ENCRYPTED = pdf(
    "Tea.",
    "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    f" /O <{'41' * 32}> /U <{'42' * 32}> >>",
)


def test_a_pdf_is_read_as_the_text_of_its_pages(tmp_path: Path) -> None:
    documents, errors = read(written(tmp_path / "a.pdf", pdf("We brew tea.\nYou drink it.")))
    assert errors == []
    layout = Layout(pages=(Page(1, 0, 26),))
    assert documents == [Document("a.pdf", "We brew tea.\nYou drink it.", "pdf", layout)]


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


def test_a_pdf_of_four_kilobytes_that_holds_gigabytes_is_one_documents_error(
    tmp_path: Path,
) -> None:
    bomb = hostile.pdf_of_gigabytes()
    assert len(bomb) < 5000
    files = [written(tmp_path / "a.pdf", bomb), written(tmp_path / "b.pdf", pdf("Tea."))]
    documents, errors = read(*files)
    assert [document.text for document in documents] == ["Tea."]
    assert errors == [f"a.pdf: {TOO_MUCH}"]


def test_a_pdf_with_far_more_text_than_bytes_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "CHARACTERS", 100)
    monkeypatch.setattr(reader, "CHARACTERS_PER_BYTE", 0)
    content = b"BT /F1 12 Tf 72 720 Td (We brew tea.) Tj ET"
    nine = written(tmp_path / "a.pdf", hostile.pdf(content, pages=8))
    assert read(nine)[0][0].text.count("tea") == 8
    many = written(tmp_path / "b.pdf", hostile.pdf(content, pages=9))
    assert problem_of(many) == "holds far more text than its size tells; split it"


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("import os; os.abort()", TOO_MUCH),
        ("import os; os.kill(os.getpid(), 11)", TOO_MUCH),
        ("import nothing_of_this_name", "breaks the reader of PDF (RuntimeError); "),
    ],
)
def test_a_pdf_that_ends_its_reader_is_one_documents_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, problem: str
) -> None:
    monkeypatch.setattr(reader, "_command", lambda size: [sys.executable, "-c", program])
    assert problem_of(written(tmp_path / "a.pdf", pdf("Tea."))).startswith(problem)


def test_what_reads_a_pdf_gets_no_key_and_nothing_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert "sk-secret" not in str(reader._environment())
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "pypdfium2.py", "raise SystemExit(0)")
    assert read(written(tmp_path / "a.pdf", pdf("Tea.")))[0][0].text == "Tea."
