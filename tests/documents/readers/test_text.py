"""Plain text and Markdown: what is not decoded."""

from pathlib import Path

import pytest

from tests.support.files import problem_of, written


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_pdf_under_the_suffix_of_a_text_is_named(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, b"%PDF-1.7 ...")
    assert problem_of(path) == "is a PDF; give it the suffix .pdf"
