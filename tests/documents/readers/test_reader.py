"""Readers that need a library which is not installed, and readers that break."""

import logging
import sys
from pathlib import Path

import pytest

from annotate.documents.readers.reader import FileReader
from annotate.documents.reading import read_documents
from annotate.documents.sources import Source
from annotate.errors import DocumentError, MissingExtra, UsageError
from tests.support.files import text_of, written


def test_a_reader_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra) as caught:
        list(read_documents([written(tmp_path / "a.pdf", "Tea.")]))
    assert str(caught.value) == "a.pdf: reading PDF needs pip install 'policy-annotate[documents]'"
    assert caught.value.extra == "documents"


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_text_and_html_need_no_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert text_of(written(tmp_path / name, "Tea.")) == "Tea."


@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError, AssertionError])
def test_whatever_a_reader_breaks_with_is_one_documents_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: type[Exception]
) -> None:
    def breaks(data: bytes, name: str, codec: str) -> str:
        raise error("a secret of the document")

    reader = FileReader("html", (".html",), breaks)
    source = Source(written(tmp_path / "a.html", "Tea."), "a.html")
    others: list[DocumentError] = []
    with caplog.at_level(logging.WARNING, "annotate"), pytest.raises(DocumentError) as caught:
        list(reader.documents(source, "utf-8", others.append))
    assert others == []
    kind = error.__name__
    assert str(caught.value) == f"a.html: breaks the reader of HTML ({kind}); save it as plain text"
    assert caplog.text == ""


def test_an_error_of_who_takes_the_errors_is_not_the_documents(tmp_path: Path) -> None:
    def full(error: DocumentError) -> None:
        raise UsageError("the disk is full")

    with pytest.raises(UsageError):
        list(read_documents([written(tmp_path / "a.jsonl", "no")], on_error=full))
