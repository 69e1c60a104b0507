"""Encodings: what the text is, and what bytes that are not text say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.documents.reading import read_documents
from annotate.errors import UsageError
from tests.support.files import problem_of, text_of, written


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
            "Thé".encode("utf-16"),
            "utf-8",
            "is written in another encoding; add --encoding utf-16",
        ),
        (
            b"\xfe\xff\0T",
            "utf_8",
            "is written in another encoding; add --encoding utf-16",
        ),
        (
            "Thé".encode("utf-32"),
            "utf-8",
            "is written in another encoding; add --encoding utf-32",
        ),
        (b"odd", "utf-16", "is not utf-16 at byte 2; name its --encoding (often cp1252)"),
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
    problem = problem_of(written(tmp_path / "a.txt", b"xn--99999999"), "idna")
    assert problem.startswith("is not idna")
    assert problem.endswith("; name its --encoding (often cp1252)")


def test_a_stray_control_character_does_not_refuse_a_long_text(tmp_path: Path) -> None:
    text = "We brew tea.\x07 " + "You may drink it. " * 20
    assert text_of(written(tmp_path / "a.txt", text)) == text


@pytest.mark.parametrize("encoding", ["klingon", "", "rot13", "base64", "a\0b", "undefined"])
def test_an_unknown_encoding_stops_before_anything_is_read(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match=r"--encoding .* is unknown; try utf-8, cp1252 or utf-16"):
        list(read_documents([tmp_path / "missing.txt"], encoding=encoding))
