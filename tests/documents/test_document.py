"""A document: what pins its text."""

from pathlib import Path

from annotate.documents.document import Document
from tests.support.files import text_of, written


def test_the_hash_pins_the_text_and_not_the_bytes(tmp_path: Path) -> None:
    latin = text_of(written(tmp_path / "a.txt", "Thé".encode("cp1252")), "cp1252")
    utf8 = text_of(written(tmp_path / "b.txt", b"\xef\xbb\xbfTh\xc3\xa9"))
    assert Document("a", latin).sha256 == Document("b", utf8).sha256
    assert Document("a", "Thé").sha256 != Document("a", "The\u0301").sha256
    assert Document("a", "\ud800").sha256 != Document("a", "\udc00").sha256
