"""The registry of readers: which reader reads which file."""

from pathlib import Path

import pytest

from annotate.documents.document import Document
from annotate.documents.readers.registry import READERS, SUFFIXES
from tests.support.files import read, written


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.txt", "text"),
        ("a.text", "text"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("A.MD", "markdown"),
    ],
)
def test_a_text_file_is_a_document_with_its_name_and_format(
    tmp_path: Path, name: str, format: str
) -> None:
    path = written(tmp_path / name, "We brew tea.\n")
    assert read(path) == ([Document(name, "We brew tea.\n", format)], [])


def test_each_suffix_and_each_format_has_one_reader() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert sorted(suffixes) == sorted(SUFFIXES)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
    assert len({reader.format for reader in READERS}) == len(READERS)
