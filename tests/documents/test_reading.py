"""Reading: what becomes a document, and what every failure says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotate.documents.reading
from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.documents.segmentation import segment
from annotate.errors import AnnotateError, DocumentError, MissingExtra, UsageError


def read(*inputs: str | Path, encoding: str = "utf-8") -> tuple[list[Document], list[str]]:
    """Return the documents, and the message of each that could not be read."""
    errors: list[DocumentError] = []
    documents = list(read_documents(inputs, encoding=encoding, on_error=errors.append))
    return documents, [str(error) for error in errors]


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def text_of(path: Path, encoding: str = "utf-8") -> str:
    documents, errors = read(path, encoding=encoding)
    assert errors == []
    return documents[0].text


def problem_of(path: Path, encoding: str = "utf-8") -> str:
    """Return the one message about a file without its name."""
    documents, errors = read(path, encoding=encoding)
    assert documents == []
    assert len(errors) == 1
    assert errors[0].startswith(f"{path.name}: ")
    return errors[0].removeprefix(f"{path.name}: ")


# ---- Text and its encoding ----


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.txt", "text"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("A.MD", "markdown"),
        ("a.log", "text"),
        ("no_suffix", "text"),
    ],
)
def test_a_text_file_is_a_document_with_its_name_and_format(
    tmp_path: Path, name: str, format: str
) -> None:
    path = written(tmp_path / name, "We brew tea.\n")
    assert read(path) == ([Document(name, "We brew tea.\n", format)], [])


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
        (b"%PDF-1.7 ...", "utf-8", "is a PDF; give it the suffix .pdf"),
    ],
)
def test_a_file_that_is_no_text_says_what_it_is_and_what_to_do(
    tmp_path: Path, data: bytes, encoding: str, problem: str
) -> None:
    assert problem_of(written(tmp_path / "a.txt", data), encoding) == problem


def test_a_codec_that_fails_in_its_own_way_is_one_bad_document(tmp_path: Path) -> None:
    problem = problem_of(written(tmp_path / "a.txt", b"xn--99999999"), "idna")
    assert problem.startswith("is not idna")
    assert problem.endswith("; name its --encoding (often cp1252)")


def test_a_stray_control_character_is_no_reason_to_refuse_a_long_text(tmp_path: Path) -> None:
    text = "We brew tea.\x07 " + "You may drink it. " * 20
    assert text_of(written(tmp_path / "a.txt", text)) == text


@pytest.mark.parametrize("encoding", ["klingon", "", "rot13", "base64", "a\0b", "undefined"])
def test_an_unknown_encoding_stops_before_anything_is_read(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match=r"--encoding .* is unknown; try utf-8, cp1252 or utf-16"):
        list(read_documents([tmp_path / "missing.txt"], encoding=encoding))


def test_the_hash_pins_the_text_and_not_the_bytes(tmp_path: Path) -> None:
    latin = text_of(written(tmp_path / "a.txt", "Thé".encode("cp1252")), "cp1252")
    utf8 = text_of(written(tmp_path / "b.txt", b"\xef\xbb\xbfTh\xc3\xa9"))
    assert Document("a", latin).sha256 == Document("b", utf8).sha256
    assert Document("a", "Thé").sha256 != Document("a", "The\u0301").sha256
    assert Document("a", "\ud800").sha256 != Document("a", "\udc00").sha256


# ---- Files that cannot be read ----


def test_without_a_handler_the_first_bad_document_is_raised(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        list(read_documents([tmp_path / "missing.txt"]))
    assert (caught.value.source, caught.value.exit_code) == ("missing.txt", 4)


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


@pytest.mark.parametrize("name", ["missing.txt", "missing.jsonl", "missing.html", "missing.pdf"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    assert problem_of(tmp_path / name) == "no such file; check its name"


def test_a_name_longer_than_the_system_allows_is_one_bad_document(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / ("x" * 5000), written(tmp_path / "a.txt", "Tea."))
    assert len(documents) == 1
    assert re.fullmatch(r"x{199}…: cannot be read \(.*\); check its name and its rights", errors[0])


def test_a_name_with_a_nul_is_one_bad_document(tmp_path: Path) -> None:
    assert read(tmp_path / "a\0.txt")[1] == ["a\\u0000.txt: no such file; check its name"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert problem_of(tmp_path / name) == "is not a regular file; copy what it gives into one"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_file_without_the_right_to_read_it_is_named(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, "Tea.")
    path.chmod(0)
    assert problem_of(path).startswith("cannot be read (Permission denied); ")


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "x" * 2000), ("a.jsonl", '{"text": "' + "x" * 2000 + '"}\n')]
)
def test_a_file_or_line_that_is_too_large_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    monkeypatch.setattr(annotate.documents.reading, "MAX_BYTES", 1000)
    documents, errors = read(written(tmp_path / name, content))
    assert documents == []
    assert len(errors) == 1
    assert errors[0].endswith("larger than 0 MiB; split it into documents")


def test_a_file_of_exactly_the_largest_size_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotate.documents.reading, "MAX_BYTES", 1000)
    assert len(text_of(written(tmp_path / "a.txt", "x" * 1000))) == 1000


# ---- Folders, globs and names ----


def names(*inputs: str | Path) -> list[str]:
    documents, errors = read(*inputs)
    assert errors == []
    return [document.id for document in documents]


def test_a_folder_gives_its_documents_in_order_without_hidden_and_unknown_files(
    tmp_path: Path,
) -> None:
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/deep/d.markdown", "z.jsonl"):
        written(tmp_path / name, '{"text": "Tea.", "id": "x"}')
    for name in (".hidden.txt", ".git/e.txt", "sub/.cache/f.txt", "g.png", "h.txt~", "Makefile"):
        written(tmp_path / name, "no")
    assert names(tmp_path) == ["a.md", "b.txt", "sub/c.TXT", "sub/deep/d.markdown", "z.jsonl#x"]


def test_a_folder_inside_a_hidden_one_is_read_when_it_is_named(tmp_path: Path) -> None:
    written(tmp_path / ".private" / "a.txt", "Tea.")
    assert names(tmp_path / ".private") == ["a.txt"]


@pytest.mark.parametrize("made", ["empty", "folder.txt"])
def test_a_folder_without_documents_says_what_was_looked_for(tmp_path: Path, made: str) -> None:
    written(tmp_path / made / "image.png", "no")
    with pytest.raises(UsageError, match=r"no document in this folder \(looked for \.htm, \.html"):
        read(tmp_path / made)


def test_globs_take_files_and_folders_and_pass_over_empty_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt", "folder/c.txt", "folder/sub/d.txt"):
        written(tmp_path / name, "Tea.")
    (tmp_path / "void").mkdir()
    monkeypatch.chdir(tmp_path)
    assert names("a?.txt") == ["a1.txt", "a2.txt"]
    assert names("*") == ["a1.txt", "a2.txt", "b.txt", "c.txt", "sub/d.txt"]
    assert names("**/d.txt") == ["d.txt"]
    assert names(str(tmp_path / "[b]*")) == ["b.txt"]
    for pattern in ("*.pdf", "void*"):
        with pytest.raises(UsageError, match="no file matches"):
            read(pattern)


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    path = written(tmp_path / "terms[1].txt", "Tea.")
    written(tmp_path / "terms1.txt", "Coffee.")
    assert text_of(path) == "Tea."


def test_files_of_one_name_are_told_apart_by_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "x" / "a.txt", "Tea.")
    written(tmp_path / "y" / "a.txt", "Milk.")
    written(tmp_path / "b.txt", "Rum.")
    monkeypatch.chdir(tmp_path)
    assert names("x", "y", "b.txt") == ["x/a.txt", "y/a.txt", "b.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "x" / "a.txt", "Tea.")
    monkeypatch.chdir(tmp_path)
    assert names("x/a.txt", "./x/a.txt", path, "x", "x/../x/a.txt", "*/a.txt") == ["a.txt"]


def test_two_names_that_cannot_be_told_apart_are_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "x" / "a.txt", "Tea.")
    written(tmp_path / "x" / "x" / "a.txt", "Milk.")
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "y" / "a.txt", "Rum.")
    # x/x/a.txt is named x/a.txt below the folder x, as x/a.txt is beside another a.txt.
    with pytest.raises(UsageError) as caught:
        read("x/a.txt", "y/a.txt", "x")
    assert str(caught.value) == "two inputs are both named x/a.txt; name their folders"


def test_symbolic_links_are_followed_to_files_and_never_in_circles(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    written(folder / "a.txt", "Tea.")
    (folder / "again").symlink_to(folder)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert names(folder) == ["a.txt", "b.txt"]
    assert problem_of(folder / "loop.txt") == "no such file; check its name"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.txt", "a\\u000ab.txt"),
        ("a\x1b]0;b.txt", "a\\u001b]0;b.txt"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
        ("a\u2028.txt", "a\\u2028.txt"),
        ("a\u200b.txt", "a\\u200b.txt"),
        ("thé 茶.txt", "thé 茶.txt"),
        (os.fsdecode(b"a\xff.txt"), "a\\udcff.txt"),
    ],
)
def test_messages_show_unprintable_characters_of_a_name_escaped(
    tmp_path: Path, name: str, shown: str
) -> None:
    _, errors = read(tmp_path / name)
    assert errors == [f"{shown}: no such file; check its name"]
    (tmp_path / "void").mkdir()
    with pytest.raises(UsageError) as caught:
        read(tmp_path / "void" / f"*{name}*")
    assert shown in str(caught.value)
    assert str(caught.value).isprintable()


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
    ("data", "line"),
    [
        (b"\xef\xbb\xbfTea.\r\n", "stdin text 'Tea.\\r\\n'"),
        (b"", "error stdin: is empty; leave it out"),
        (b"\0\1", "error stdin: looks binary, not like text; convert it, or name its"),
    ],
)
def test_a_dash_is_standard_input(data: bytes, line: str) -> None:
    (printed,) = read_in_a_process(data, "-", "-")
    assert printed.startswith(line)


def test_standard_input_stands_beside_files_of_its_names(tmp_path: Path) -> None:
    one, two = written(tmp_path / "stdin", "File."), written(tmp_path / "-", "Dash.")
    lines = read_in_a_process(b"Pipe.", "-", str(one), str(two))
    assert lines == ["stdin text 'Pipe.'", f"{one.as_posix()} text 'File.'", "- text 'Dash.'"]


def test_a_closed_standard_input_is_one_bad_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-") == ([], ["stdin: is closed; pipe a text into it"])


# ---- JSON Lines ----


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
def test_the_text_of_a_line_is_kept_even_where_it_is_no_utf_8(tmp_path: Path, text: str) -> None:
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
    monkeypatch.setattr(annotate.documents.reading, "MAX_BYTES", 50)
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
    assert problem_of(path, "utf-16") == "JSON Lines cannot be utf-16; convert it to UTF-8"


# ---- HTML ----

TOO_DEEP = "is nested too deeply; save it as plain text"
PAGE = """<!DOCTYPE html>
<html><head><title>Tab</title><meta charset="utf-8"><style>p { color: red }</style>
<script>track("visitor")</script></head>
<body><!-- a remark --><nav hidden></nav>
<h1>Tea  Notice</h1>
<p>We brew
tea. You may <b>drink</b> it,
see <a href="https://tea.example/a_b">the menu</a>.<br>Ask us.</p>
<h2>What we brew</h2>
<p>We brew:</p>
<ul><li>black tea<ul><li>Assam</li></ul></li><li>john_doe@tea.example *new*</li></ul>
<ol><li>One cup.</li><li>Two cups, please.</li></ol>
<table><tr><th>Tea</th><th>Time</th></tr><tr><td>Green</td><td>2 min</td></tr></table>
<noscript>Turn on scripts</noscript><template>not yet</template><svg><title>cup</title></svg>
</body></html>"""


def test_html_arrives_as_markdown_that_segmentation_reads(tmp_path: Path) -> None:
    document = read(written(tmp_path / "a.html", PAGE))[0][0]
    assert document.format == "html"
    assert document.text == (
        "# Tea Notice\n\n"
        "We brew tea. You may **drink** it, see [the menu](https://tea.example/a_b).  \nAsk us.\n\n"
        "## What we brew\n\nWe brew:\n\n"
        "- black tea\n  - Assam\n- john_doe@tea.example *new*\n\n"
        "1. One cup.\n2. Two cups, please.\n\n"
        "| Tea | Time |\n| --- | --- |\n| Green | 2 min |"
    )
    found = segment(document.text)
    assert [found.quote(u) for u in found.units if u.kind == "heading"] == [
        "Tea Notice",
        "What we brew",
    ]
    assert [(found.quote(u), u.depth) for u in found.units if u.kind == "item"][:3] == [
        ("black tea", 1),
        ("Assam", 2),
        ("john_doe@tea.example *new*", 1),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<p>b<p>c", "a\n\nb\n\nc"),
        ("<ul><li>a<li>b<p>b2<li>c</ul>d", "- a\n- b\n\n  b2\n- c\n\nd"),
        ("<UL><LI>a<UL><LI>b</UL><LI>c</UL>", "- a\n  - b\n- c"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "| a | b |\n| --- | --- |\n| c | d |"),
        ("<p>a</div></p></ul>b", "a\n\nb"),
        ("<p <b>x</i></p>", "x"),
        ("1 < 2 and 3 > 2 & so", "1 < 2 and 3 > 2 & so"),
        ("a <", "a <"),
        ("&amp;lt;b&amp;gt; &lt;script&gt;&nbsp;x", "&lt;b&gt; <script>\u00a0x"),
        ("a<script>if (1 < 2) '<p>no</p>'</script>b", "a b"),
        ("a<SCRIPT src='x'>no</Script >b<style>no</style>c", "a b c"),
        ("a<script>no", "a"),
        ("a<!-- > no -->b<!-- no", "a b"),
        ("a<?php no ?>b<![CDATA[no]]>c<!no>d", "a b c d"),
        ("<titlebar>kept</titlebar>", "kept"),
        ("https://tea.example", "https://tea.example"),
        ("notes.txt", "notes.txt"),
        ("<img alt='no' src='x'>a", "a"),
        pytest.param("<div>" * 200 + "a", "a", id="nested"),
        pytest.param("<p>a" * 3000, "\n\n".join(["a"] * 3000), id="unclosed"),
    ],
)
def test_html_that_is_sloppy_or_odd_is_read_as_a_browser_would(
    tmp_path: Path, html: str, text: str
) -> None:
    assert text_of(written(tmp_path / "a.html", html)) == text


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        pytest.param("<div>" * 100_000 + "a", TOO_DEEP, id="div"),
        pytest.param("<b>" * 100_000 + "a" + "</b>" * 100_000, TOO_DEEP, id="b"),
        pytest.param("<ul><li>" * 100_000, TOO_DEEP, id="ul"),
        pytest.param("<!--" * 50_000, "holds no text; leave it out", id="comments"),
        pytest.param("<![" * 50_000, "holds no text; leave it out", id="sections"),
        ("<script>no text</script><p> </p>", "holds no text; leave it out"),
        (b"<p>caf\xe9", "is not utf-8 at byte 6; name its --encoding (often cp1252)"),
    ],
)
def test_hostile_html_ends_in_a_clear_error(
    tmp_path: Path, html: str | bytes, problem: str
) -> None:
    assert problem_of(written(tmp_path / "a.htm", html)) == problem


@pytest.mark.parametrize(
    "piece", ["<", "&", "</", "<a ", '<a b="', "<a b='", "<a b=", "<a/", "</a ", "&#x", "<textarea"]
)
def test_html_of_a_repeated_fragment_is_read_in_linear_time(tmp_path: Path, piece: str) -> None:
    # Quadratic, each of these takes minutes.
    assert text_of(written(tmp_path / "a.html", piece * 50_000)).startswith(piece.strip())


PIECES = [*"<>/!-?\"'=&;# ab\n", "<p>", "<li>", "</ul>", "<td", "<!--", "-->", "<script>", "</"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_markup_becomes_text_or_a_document_error(
    tmp_path_factory: pytest.TempPathFactory, html: str
) -> None:
    documents, errors = read(written(tmp_path_factory.mktemp("any") / "a.html", html))
    assert len(documents) + len(errors) == 1


# ---- PDF ----


def pdf(text: str, trailer: str = "") -> bytes:
    """Return the smallest file that shows some lines of ASCII text."""
    shown = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
    content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{file}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(file)}\n%%EOF\n"
    ).encode()


ENCRYPTED = pdf(
    "Tea.",
    "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    f" /O <{'41' * 32}> /U <{'42' * 32}> >>",
)


def test_a_pdf_is_read_as_the_text_of_its_pages(tmp_path: Path) -> None:
    documents, errors = read(written(tmp_path / "a.pdf", pdf("We brew tea.\nYou drink it.")))
    assert errors == []
    assert documents == [Document("a.pdf", "We brew tea.\nYou drink it.", "pdf")]


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


# ---- Whatever the bytes ----


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


def test_a_run_inside_a_folder_is_no_input_of_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We keep logs.", encoding="utf-8")
    run = tmp_path / "runs" / "x"
    run.mkdir(parents=True)
    for name in ("manifest.json", "annotations.jsonl", "documents.jsonl"):
        (run / name).write_text('{"id": "a", "text": "We keep logs."}\n', encoding="utf-8")
    (tmp_path / "documents.jsonl").write_text('{"text": "One."}\n', encoding="utf-8")
    assert [d.id for d in read_documents([tmp_path])] == ["a.txt", "documents.jsonl#1"]
