"""Sources: which files are read, what they are named, and why one cannot be read."""

import os
import re
from pathlib import Path

import pytest

import annotate.documents.sources
from annotate.documents.reading import read_documents
from annotate.errors import UsageError
from tests.support.files import problem_of, read, text_of, written


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
    with pytest.raises(UsageError, match=r"no document in this folder \(looked for \.docx, \.htm"):
        read(tmp_path / made)


def test_a_run_inside_a_folder_is_not_an_input_of_the_next_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("We keep logs.", encoding="utf-8")
    run = tmp_path / "runs" / "x"
    run.mkdir(parents=True)
    for name in ("manifest.json", "annotations.jsonl", "documents.jsonl"):
        (run / name).write_text('{"id": "a", "text": "We keep logs."}\n', encoding="utf-8")
    (tmp_path / "documents.jsonl").write_text('{"text": "One."}\n', encoding="utf-8")
    assert [d.id for d in read_documents([tmp_path])] == ["a.txt", "documents.jsonl#1"]


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
    _, errors = read(tmp_path / name, written(tmp_path / "good.md", "Tea."))
    assert errors == [f"{shown}: no such file; check its name"]
    (tmp_path / "void").mkdir()
    with pytest.raises(UsageError) as caught:
        read(tmp_path / "void" / f"*{name}*")
    assert shown in str(caught.value)
    assert str(caught.value).isprintable()


# ---- Files that cannot be read ----


@pytest.mark.parametrize("name", ["missing.txt", "missing.jsonl", "missing.html", "missing.pdf"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    _, errors = read(tmp_path / name, written(tmp_path / "good.md", "Tea."))
    assert errors == [f"{name}: no such file; check its name"]


def test_inputs_of_which_none_is_there_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.txt: no such file; check its name; b: no such file"):
        read_documents([tmp_path / "a.txt", tmp_path / "b"])


def test_a_name_longer_than_the_system_allows_is_one_bad_document(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / ("x" * 5000 + ".txt"), written(tmp_path / "a.txt", "Tea."))
    assert len(documents) == 1
    assert re.fullmatch(r"x{199}…: cannot be read \(.*\); check its name and its rights", errors[0])


def test_a_name_with_a_nul_is_one_bad_document(tmp_path: Path) -> None:
    good = written(tmp_path / "good.md", "Tea.")
    assert read(tmp_path / "a\0.txt", good)[1] == ["a\\u0000.txt: no such file; check its name"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert problem_of(tmp_path / name) == "is not a regular file; copy what it gives into one"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_file_without_the_right_to_read_it_is_named(bound: Path, name: str) -> None:
    path = written(bound / name, "Tea.")
    path.chmod(0)
    assert problem_of(path).startswith("cannot be read (Permission denied); ")


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "x" * 2000), ("a.jsonl", '{"text": "' + "x" * 2000 + '"}\n')]
)
def test_a_file_or_line_that_is_too_large_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    monkeypatch.setattr(annotate.documents.sources, "MAX_BYTES", 1000)
    documents, errors = read(written(tmp_path / name, content))
    assert documents == []
    assert len(errors) == 1
    assert errors[0].endswith("larger than 0 MiB; split it into documents")


def test_a_file_of_exactly_the_largest_size_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotate.documents.sources, "MAX_BYTES", 1000)
    assert len(text_of(written(tmp_path / "a.txt", "x" * 1000))) == 1000
