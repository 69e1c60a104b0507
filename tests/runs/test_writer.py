"""A run is whole in its place, or what stood there is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from annotate.errors import AnnotateError, DocumentError, OutputExists, UsageError
from annotate.ledger import Entry, Status
from annotate.runs.reader import Run
from annotate.runs.rows import DocumentRows
from tests.conftest import contents
from tests.support.written import annotation, document, entry, write, write_and_break_off, writer

# ---- What the manifest says ----


def test_a_run_is_complete_where_everything_was_read_and_answered(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt", "b.txt")
    assert Run(tmp_path / "run").complete


@pytest.mark.parametrize("status", ["refused", "truncated", "failed", "unsent"])
def test_a_run_with_an_unanswered_chunk_is_incomplete(tmp_path: Path, status: Status) -> None:
    write(tmp_path / "run", "a.txt", status=status)
    assert not Run(tmp_path / "run").complete


def test_a_run_with_an_unreadable_input_is_incomplete(tmp_path: Path) -> None:
    with writer(tmp_path / "run") as run:
        run.add_unreadable(DocumentError("b.pdf", "is not a readable PDF"))
    assert not Run(tmp_path / "run").complete


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "one", "a.txt", "b.txt")
    write(tmp_path / "two", "a.txt", "b.txt")
    write(tmp_path / "two", "a.txt", "b.txt")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(
    "text", ["\ud83d half", "\udcff", "a\x00b", "\u2028 \x85", "😀é", "\\ud83d"]
)
def test_any_text_survives_in_files_that_are_utf_8(tmp_path: Path, text: str) -> None:
    with writer(tmp_path / "run", inputs=[text]) as run:
        run.add(document(text, text), [annotation(text, text)], [entry(text)], [])
    read = Run(tmp_path / "run")
    assert list(read.documents()) == [document(text, text)]
    assert [each.quote for each in read.annotations()] == [text]
    assert read.manifest["inputs"] == [text]
    for data in contents(tmp_path / "run").values():
        data.decode("utf-8")


# ---- Where it may stand ----


@pytest.mark.parametrize(
    ("key", "other", "said"),
    [
        ("task", "privacy_policy", 'its task differs: "incident_report", not "privacy_policy"'),
        ("inputs", ["other"], r'its inputs differs: \["reports"\], not \["other"\]'),
        ("chunk_size", 500, "its chunk_size differs: 4000, not 500"),
        ("lexicon", "abd", 'its lexicon differs: "abc", not "abd"'),
        ("prompt", "v2", 'its prompt differs: null, not "v2"'),
    ],
)
def test_another_run_is_refused_with_the_reason(
    tmp_path: Path, key: str, other: JsonValue, said: str
) -> None:
    write(tmp_path / "run", "a.txt")
    before = contents(tmp_path / "run")
    with (
        pytest.raises(OutputExists, match=f"{said}.*choose another --out"),
        writer(tmp_path / "run", **{key: other}),
    ):
        pass
    assert contents(tmp_path / "run") == before


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(UsageError, match="is not empty and is not a run folder"), writer(tmp_path):
        pass
    assert list(contents(tmp_path)) == ["thesis.tex"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(UsageError, match="is a file; name a folder"), writer(tmp_path / "run"):
        pass


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"), writer(tmp_path / "file" / "run"):
        pass


@pytest.mark.parametrize("where", [".", "run"])
def test_a_read_only_folder_is_refused(bound: Path, where: str) -> None:
    folder = bound / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(UsageError, match="cannot be written"), writer(folder / where):
        pass


def test_an_empty_folder_and_one_of_a_killed_run_will_do(tmp_path: Path) -> None:
    (tmp_path / ".documents.jsonl.partial").write_text("half a li", encoding="utf-8")
    write(tmp_path, "a.txt")
    assert [each.id for each in Run(tmp_path).documents()] == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")
def test_two_writers_of_one_run_are_refused(tmp_path: Path) -> None:
    with writer(tmp_path / "run") as first:
        with (
            pytest.raises(UsageError, match="another annotate is writing"),
            writer(tmp_path / "run"),
        ):
            pass
        first.add(document(), [annotation()], [entry()], [])
    assert Run(tmp_path / "run").complete
    write(tmp_path / "run", "a.txt")  # the lock ends with the run


# ---- What a run that breaks off leaves ----


def test_a_reader_finds_the_old_run_while_the_new_one_is_written(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt")
    with writer(tmp_path / "run") as second:
        second.add(document("b.txt"), [], [entry("b.txt")], [])
        assert [each.id for each in Run(tmp_path / "run").documents()] == ["a.txt"]
    assert [each.id for each in Run(tmp_path / "run").documents()] == ["b.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), AnnotateError("stopped"), ValueError()])
def test_what_was_read_before_an_interruption_is_an_incomplete_run(
    tmp_path: Path, error: BaseException
) -> None:
    write_and_break_off(tmp_path / "run", "a.txt", "b.txt", error=error)
    run = Run(tmp_path / "run")
    assert not run.complete
    assert [each.id for each in run.documents()] == ["a.txt", "b.txt"]
    assert not list((tmp_path / "run").glob(".*"))


def test_an_interrupted_run_is_finished_by_the_same_one(tmp_path: Path) -> None:
    write_and_break_off(tmp_path / "one", "a.txt", error=KeyboardInterrupt())
    write(tmp_path / "one", "a.txt", "b.txt")
    write(tmp_path / "two", "a.txt", "b.txt")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("names", [["a.txt"], ["a.txt", "b.txt"]])
def test_an_interrupted_run_never_replaces_one_that_got_as_far(
    tmp_path: Path, names: list[str]
) -> None:
    write(tmp_path / "run", "a.txt", "b.txt")
    before = contents(tmp_path / "run")
    write_and_break_off(tmp_path / "run", *names, error=KeyboardInterrupt())
    assert contents(tmp_path / "run") == before


def test_an_interrupted_run_replaces_one_that_answered_less(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt", "b.txt", status="failed")
    write_and_break_off(tmp_path / "run", "a.txt", error=KeyboardInterrupt())
    assert [each.status for each in Run(tmp_path / "run").ledger()] == ["ok"]


def test_a_run_that_fails_before_the_first_document_leaves_no_trace(tmp_path: Path) -> None:
    write_and_break_off(tmp_path / "runs" / "new", error=UsageError("no such file"))
    assert not (tmp_path / "runs" / "new").exists()


class _Interrupted(dict[str, bytes]):
    """Lines of which the first alone is written."""

    def items(self) -> Any:
        yield from list(super().items())[:1]
        raise KeyboardInterrupt


def test_a_document_that_is_written_in_part_is_never_delivered(tmp_path: Path) -> None:
    rows = DocumentRows.of(document("b.txt"), [annotation("b.txt")], [entry("b.txt")], [])
    with suppress(KeyboardInterrupt), writer(tmp_path / "run") as run:
        run.add(document("a.txt"), [annotation("a.txt")], [entry("a.txt")], [])
        run.append(replace(rows, lines=_Interrupted(rows.lines)))
    assert not (tmp_path / "run").exists()


def test_a_document_that_breaks_off_before_it_is_written_leaves_those_before_it(
    tmp_path: Path,
) -> None:
    def interrupted() -> Iterator[Entry]:
        raise KeyboardInterrupt
        yield

    with suppress(KeyboardInterrupt), writer(tmp_path / "run") as run:
        run.add(document("a.txt"), [annotation("a.txt")], [entry("a.txt")], [])
        run.add(document("b.txt"), [annotation("b.txt")], interrupted(), [])
    assert [each.id for each in Run(tmp_path / "run").documents()] == ["a.txt"]
