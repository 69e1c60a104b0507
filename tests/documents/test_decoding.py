"""Encodings: what the text is, and what bytes that are not text say."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.decoding import Encoding, KnownFrom
from annotate.documents.reading import read_documents
from annotate.errors import UsageError
from tests.support.files import document_of, problem_of, read, text_of, written


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\xef\xbb\xbfTea", "utf-8", "Tea"),
        (b"\xef\xbb\xbfTea", "UTF8", "Tea"),
        ("Thé".encode("cp1252"), "cp1252", "Thé"),
        ("Thé".encode("utf-16"), "utf-16", "Thé"),
        ("Thé".encode("utf-32"), "utf-32", "Thé"),
        ("\ufeffThé".encode("utf-16-le"), "utf-16-le", "Thé"),
        ("茶".encode("gb18030"), "gb18030", "茶"),
        (b"a\r\nb\rc\nd", "utf-8", "a\r\nb\rc\nd"),
        ("a\u2028b\x0cc\x85d".encode(), "utf-8", "a\u2028b\x0cc\x85d"),
        ("e\u0301 \u200b\u202e\u00a0x".encode(), "utf-8", "e\u0301 \u200b\u202e\u00a0x"),
        (b"\t a \n\n", "utf-8", "\t a \n\n"),
        ("Thé".encode("utf-16"), "utf-8", "Thé"),
        ("Thé".encode("utf-32"), "cp1252", "Thé"),
        ("Thé".encode(), "cp1252", "Thé"),
        (b"odd", "utf-16", "odd"),
        ("Thé".encode("utf-16-le"), "utf-16-le", "Thé"),
        ("茶".encode("iso2022_jp"), "iso2022_jp", "茶"),
        ("茶 - 茶".encode("hz"), "hz", "茶 - 茶"),
    ],
)
def test_the_text_is_what_was_decoded_but_for_the_byte_order_mark(
    tmp_path: Path, data: bytes, encoding: str, text: str
) -> None:
    assert text_of(written(tmp_path / "a.txt", data), encoding) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_printable_text_comes_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = written(tmp_path_factory.mktemp("any") / "a.txt", text)
    expected = text.removeprefix("\ufeff")
    if expected.strip():
        assert text_of(path) == expected
    else:
        assert "leave it out" in problem_of(path)


@pytest.mark.parametrize(
    ("data", "encoding", "problem"),
    [
        (b"", "utf-8", "is empty; leave it out"),
        (b" \n\t\r\n", "utf-8", "holds no text; leave it out"),
        (b"\xef\xbb\xbf", "utf-8", "holds no text; leave it out"),
        (
            "Thé".encode("cp1252"),
            "utf-8",
            "is not utf-8 at byte 2; name its --encoding (often cp1252)",
        ),
        (
            b"\xff\xfe\0",
            "cp1252",
            "is not utf-16 at byte 2; name its --encoding (often cp1252)",
        ),
        (b"\xe9\xe9\xe9", "utf-16", "is not utf-16 at byte 2; name its --encoding (often cp1252)"),
        (
            "Tea".encode("utf-16-le"),
            "utf-8",
            "looks binary, not like text; convert it, or name its --encoding (utf-16?)",
        ),
        (
            b"\x89PNG\x1a\n\0\0",
            "cp1252",
            "looks binary, not like text; convert it, or name its --encoding (utf-16?)",
        ),
        (
            b"Tea\0",
            "utf-8",
            "looks binary, not like text; convert it, or name its --encoding (utf-16?)",
        ),
        (
            b"\x1b[1mTea\x07\x07",
            "utf-8",
            "looks binary, not like text; convert it, or name its --encoding (utf-16?)",
        ),
    ],
)
def test_a_file_that_is_not_text_says_what_it_is_and_what_to_do(
    tmp_path: Path, data: bytes, encoding: str, problem: str
) -> None:
    assert problem_of(written(tmp_path / "a.txt", data), encoding) == problem


def test_a_codec_that_fails_in_its_own_way_is_one_bad_document(tmp_path: Path) -> None:
    problem = problem_of(written(tmp_path / "a.txt", b"xn--99999999\xff"), "idna")
    assert problem.startswith("is not idna")
    assert problem.endswith("; name its --encoding (often cp1252)")


def test_a_stray_control_character_does_not_refuse_a_long_text(tmp_path: Path) -> None:
    text = "We brew tea.\x07 " + "You may drink it. " * 20
    assert text_of(written(tmp_path / "a.txt", text)) == text


@pytest.mark.parametrize("encoding", ["klingon", "", "rot13", "base64", "a\0b", "undefined"])
def test_an_unknown_encoding_stops_before_anything_is_read(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match=r"--encoding .* is unknown; try utf-8, cp1252 or utf-16"):
        list(read_documents([tmp_path / "missing.txt"], encoding=encoding))


# ---- What a page declares ----

PAGE = "<html><head>{}<title>Café</title></head><body><p>Prix : 5 €, thé vert.</p></body></html>"


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ("<META CHARSET=Windows-1252>", "cp1252"),
        ("<meta charset=' iso-8859-1 '/>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta content="text/html;charset=iso-8859-15" http-equiv=content-type>', "iso8859-15"),
        ('<!-- <meta charset="koi8-r"> --><meta charset="cp1252">', "cp1252"),
        (f"<style>{'p {} ' * 600}</style><meta charset=windows-1252>", "cp1252"),
        ('<meta name="x" content="y"><meta charset="utf-8">', "utf-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(
    tmp_path: Path, declaration: str, codec: str
) -> None:
    data = PAGE.format(declaration).encode(codec)
    for named in ("utf-8", "koi8-r"):
        document = document_of(written(tmp_path / "a.html", data), named)
        assert "Prix : 5 €, thé vert." in document.text
        assert document.provenance.encoding == Encoding(codec, "declaration")


def test_an_xml_declaration_counts_as_the_charset_of_a_page_does(tmp_path: Path) -> None:
    data = ('<?xml version="1.0" encoding="ISO-8859-15"?>' + PAGE.format("")).encode("iso8859-15")
    document = document_of(written(tmp_path / "a.html", data))
    assert "5 €, thé" in document.text
    assert document.provenance.encoding == Encoding("iso8859-15", "declaration")


@pytest.mark.parametrize(
    ("data", "given", "codec", "known"),
    [
        # Saved anew by a program that left the declaration of before.
        (PAGE.format("<meta charset=iso-8859-1>").encode(), "utf-8", "utf-8", "valid utf-8"),
        # It declares what it cannot be, or what nobody knows.
        (PAGE.format("<meta charset=utf-8>").encode("cp1252"), "cp1252", "cp1252", "--encoding"),
        (PAGE.format("<meta charset=klingon>").encode("cp1252"), "cp1252", "cp1252", "--encoding"),
        (PAGE.format("<meta charset=rot13>").encode(), "cp1252", "utf-8", "valid utf-8"),
        (PAGE.format("<meta charset=utf-16>").encode(), "cp1252", "utf-8", "declaration"),
        # A mark is surer than a declaration.
        (
            PAGE.format("<meta charset=koi8-r>").encode("utf-8-sig"),
            "cp1252",
            "utf-8",
            "byte-order mark",
        ),
        (
            PAGE.format("<meta charset=utf-8>").encode("utf-16"),
            "utf-8",
            "utf-16",
            "byte-order mark",
        ),
        (PAGE.format("").encode("cp1252"), "cp1252", "cp1252", "--encoding"),
    ],
)
def test_a_declaration_that_cannot_be_true_is_passed_over(
    tmp_path: Path, data: bytes, given: str, codec: str, known: KnownFrom
) -> None:
    document = document_of(written(tmp_path / "a.html", data), given)
    assert "Prix : 5 €, thé vert." in document.text
    assert document.provenance.encoding == Encoding(codec, known)


def test_a_text_declares_nothing(tmp_path: Path) -> None:
    text = 'Write <meta charset="koi8-r"> at the top, é.'
    document = document_of(written(tmp_path / "a.md", text), "cp1252")
    assert document.text == text
    assert document.provenance.encoding == Encoding("utf-8", "valid utf-8")


def test_each_file_of_a_folder_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    said = "Wir erheben Ihre Daten für 5 € – “nie” länger."
    files = {
        "a.txt": (said.encode(), "utf-8", "valid utf-8"),
        "b.txt": (said.encode("cp1252"), "cp1252", "--encoding"),
        "c.md": (said.encode("utf-16"), "utf-16", "byte-order mark"),
        "d.html": (f"<meta charset=cp1250><p>{said}".encode("cp1250"), "cp1250", "declaration"),
        "e.jsonl": (json.dumps({"text": said}).encode(), "utf-8", "valid utf-8"),
        "f.jsonl": (f'{{"text": "{said}"}}'.encode("cp1252"), "cp1252", "--encoding"),
    }
    for name, (data, _, _) in files.items():
        written(tmp_path / name, data)
    documents, errors = read(tmp_path, encoding="cp1252")
    assert errors == []
    assert [each.text for each in documents] == [said] * len(files)
    assert [each.provenance.encoding for each in documents] == [
        Encoding(codec, known)  # type: ignore[arg-type]
        for _, codec, known in files.values()
    ]
