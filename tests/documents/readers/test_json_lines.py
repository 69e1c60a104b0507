"""JSON Lines: one document per line, and one error per bad line."""

import hashlib
from pathlib import Path

import pytest

import annotate.documents.sources
from annotate.documents.document import Document
from tests.support.files import problem_of, read, written


def test_each_line_of_a_json_lines_file_is_a_document(tmp_path: Path) -> None:
    rows = [
        '\ufeff{"text": "One.\\r\\n", "id": "acme"}\r',
        "",
        "  ",
        '{"text": "Two.", "more": 1}',
        '{"id": 7, "text": "\\u8336"}',
    ]
    documents, errors = read(written(tmp_path / "a.jsonl", "\n".join(rows)))
    assert errors == []
    assert documents == [
        Document("a.jsonl#acme", "One.\r\n", "jsonl"),
        Document("a.jsonl#4", "Two.", "jsonl"),
        Document("a.jsonl#7", "茶", "jsonl"),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Tea.", 'is not JSON (Expecting value, column 1); write {"id": "acme", "text": "…"}'),
        ('{"text": "Tea."', "is not JSON (Expecting ',' delimiter, column 16); write "),
        ('{"text": "a\tb"}', "is not JSON (Invalid control character at, column 12); write "),
        ('{"text": "Tea."} {"text": "Milk."}', "is not JSON (Extra data, column 18); write "),
        ('"Tea."', 'needs an object with "text" and perhaps "id", as in {"id": "acme", '),
        ("[1]", 'needs an object with "text"'),
        ("null", 'needs an object with "text"'),
        ("{}", 'needs an object with "text"'),
        ('{"text": null}', 'needs an object with "text"'),
        ('{"text": ["Tea."]}', 'needs an object with "text"'),
        ('{"text": "Tea.", "id": null}', 'needs an object with "text"'),
        ('{"text": "Tea.", "id": {"a": 1}}', 'needs an object with "text"'),
        ('{"text": " "}', "holds no text; leave it out"),
        ('{"text": "Milk.", "id": "first"}', 'repeats the id "first"; ids must differ'),
        pytest.param(
            "[" * 100_000,
            "is JSON beyond what is read (nesting, numbers); simplify it",
            id="nested",
        ),
        pytest.param(
            '{"text": "Tea.", "n": ' + "9" * 5000 + "}", "is JSON beyond what is read", id="number"
        ),
        ('{"text": "Tea.", "\xff": 1}', "is not utf-8 at byte 18; name its --encoding"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_others_are_read(
    tmp_path: Path, line: str, problem: str
) -> None:
    first, last = '{"text": "One.", "id": "first"}\n', '\n{"text": "Two."}\n'
    data = first.encode() + line.encode("latin-1") + last.encode()
    documents, errors = read(written(tmp_path / "a.jsonl", data))
    assert [d.text for d in documents] == ["One.", "Two."]
    assert len(errors) == 1
    assert errors[0].startswith(f"a.jsonl:2: {problem}")


def test_an_id_that_repeats_is_shown_short_and_escaped(tmp_path: Path) -> None:
    row = '{"text": "Tea.", "id": "' + "\\u202e" + "x" * 1000 + '"}\n'
    _, errors = read(written(tmp_path / "a.jsonl", row * 2))
    assert errors == [f'a.jsonl:2: repeats the id "\\u202e{"x" * 198}…"; ids must differ']


@pytest.mark.parametrize(
    "text", ["\ud800", "a\udfff b", "Tea.\0", "\ufeffTea.", "👩\u200d👧", "a\r\n\u2028b"]
)
def test_the_text_of_a_line_is_kept_even_where_utf_8_cannot_hold_it(
    tmp_path: Path, text: str
) -> None:
    escaped = "".join(f"\\u{unit:04x}" for unit in _utf16(text))
    documents, errors = read(written(tmp_path / "a.jsonl", f'{{"text": "{escaped}"}}'))
    assert errors == []
    assert documents[0].text == text
    assert len(documents[0].sha256) == 64


def _utf16(text: str) -> list[int]:
    data = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[i : i + 2]) for i in range(0, len(data), 2)]


def test_a_huge_line_is_passed_over_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotate.documents.sources, "MAX_BYTES", 50)
    rows = '{"text": "One."}\n' + "x" * 10_000 + '\n{"text": "Two."}'
    documents, errors = read(written(tmp_path / "a.jsonl", rows))
    assert [d.id for d in documents] == ["a.jsonl#1", "a.jsonl#3"]
    assert errors == ["a.jsonl:2: larger than 0 MiB; split it into documents"]


@pytest.mark.parametrize("content", ["", "\n", "\r\n  \n\n"])
def test_a_json_lines_file_without_a_row_is_one_bad_document(tmp_path: Path, content: str) -> None:
    assert problem_of(written(tmp_path / "a.jsonl", content)) == "holds no text; leave it out"


def test_bad_rows_alone_are_not_reported_once_more_as_an_empty_file(tmp_path: Path) -> None:
    assert len(read(written(tmp_path / "a.jsonl", "no\nno\n"))[1]) == 2


def test_json_lines_of_two_bytes_a_character_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"text": "Tea."}\n'.encode("utf-16"))
    for given in ("utf-16", "utf-8"):
        assert problem_of(path, given) == "JSON Lines cannot be utf-16; convert it to UTF-8"


def test_the_other_fields_of_a_row_and_its_bytes_are_kept_with_the_document(tmp_path: Path) -> None:
    row = '{"id": "a", "text": "Tea.", "url": "https://tea.example/", "n": {"x": [1, null]}}'
    (document,), errors = read(written(tmp_path / "a.jsonl", f"{row}\r\n"))
    assert errors == []
    found = document.provenance
    assert found.metadata == {"url": "https://tea.example/", "n": {"x": [1, None]}}
    assert (found.name, found.size) == ("a.jsonl", len(row))
    assert found.sha256 == hashlib.sha256(row.encode()).hexdigest()
