"""Reading: a bad document beside good ones, standard input, and any bytes at all."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.errors import AnnotateError, DocumentError
from tests.support.files import read, written


def test_without_a_handler_the_first_bad_document_is_raised(tmp_path: Path) -> None:
    good = written(tmp_path / "a.txt", "One.")
    with pytest.raises(DocumentError) as caught:
        list(read_documents([good, tmp_path / "missing.txt"]))
    assert caught.value.source == "missing.txt"


def test_a_bad_document_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    files = [
        written(tmp_path / "a.txt", "One."),
        tmp_path / "missing.txt",
        written(tmp_path / "b.txt", b"\xff"),
        written(tmp_path / "c.jsonl", '{"text": "Three."}\nno\n{"text": "Four."}'),
        written(tmp_path / "d.txt", "Five."),
    ]
    documents, errors = read(*files)
    assert [d.text for d in documents] == ["One.", "Three.", "Four.", "Five."]
    assert [error.partition(": ")[0] for error in errors] == ["missing.txt", "b.txt", "c.jsonl:2"]


@given(st.binary(max_size=200), st.sampled_from([".txt", ".jsonl", ".html", ".pdf"]))
def test_any_bytes_become_documents_or_errors_that_name_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = written(tmp_path_factory.mktemp("any") / f"a{suffix}", data)
    try:
        documents, errors = read(path)
    except AnnotateError as error:  # pragma: no cover
        pytest.fail(f"not handed to on_error: {error}")
    assert documents or errors
    assert all(error.startswith((f"a{suffix}: ", f"a{suffix}:")) for error in errors)


# ---- Standard input ----


READ_STDIN = """
import sys
from annotate.documents.reading import read_documents
for d in read_documents(sys.argv[1:], on_error=lambda e: print("error", e)):
    print(d.id, d.format, ascii(d.text))
"""


def read_in_a_process(data: bytes, *inputs: str) -> list[str]:
    command = [sys.executable, "-c", READ_STDIN, *inputs]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize(
    ("data", "documents", "problems"),
    [
        (b"\xef\xbb\xbfTea.\r\n", [Document("stdin", "Tea.\r\n")], []),
        (b"", [], ["stdin: is empty; leave it out"]),
        (
            b"\0\1",
            [],
            ["stdin: looks binary, not like text; convert it, or name its --encoding (utf-16?)"],
        ),
    ],
)
def test_a_dash_is_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, documents: list[Document], problems: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert read("-", "-") == (documents, problems)


def test_standard_input_stands_beside_files_of_its_names(tmp_path: Path) -> None:
    named = written(tmp_path / "stdin.txt", "File.")
    lines = read_in_a_process(b"Pipe.", "-", str(named))
    assert lines == ["stdin text 'Pipe.'", "stdin.txt text 'File.'"]


def test_a_closed_standard_input_is_one_bad_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-") == ([], ["stdin: is closed; pipe a text into it"])
