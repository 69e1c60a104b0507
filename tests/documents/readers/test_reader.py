"""Readers that need a library which is not installed."""

import sys
from pathlib import Path

import pytest

from annotate.documents.reading import read_documents
from annotate.errors import MissingExtra
from tests.support.files import text_of, written


@pytest.mark.parametrize(
    ("module", "name", "what"),
    [("markdownify", "a.html", "HTML"), ("pypdfium2", "a.pdf", "PDF")],
)
def test_a_reader_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, what: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        list(read_documents([written(tmp_path / name, "<p>Tea.")]))
    assert str(caught.value) == (
        f"{name}: reading {what} needs pip install 'policy-annotate[documents]'"
    )
    assert caught.value.extra == "documents"


def test_plain_text_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("markdownify", "pypdfium2"):
        monkeypatch.setitem(sys.modules, module, None)
    assert text_of(written(tmp_path / "a.txt", "Tea.")) == "Tea."
