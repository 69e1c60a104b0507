"""The run folder: what is written is read again, what is damaged is named, what stands is kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.errors import AnnotateError, DocumentError, OutputExists, RunError, UsageError
from annotate.ledger import Entry, Status
from annotate.runs.reader import Run, RunWriter
from tests.conftest import contents

IDENTITY: dict[str, JsonValue] = {
    "task": "incidents",
    "model": "lexicon",
    "lexicon": "abc",
    "chunk_size": 4000,
    "inputs": ["reports"],
}
QUARANTINED: dict[str, JsonValue] = {
    "document": "a.txt",
    "chunk": 0,
    "kind": "ungrounded",
    "problems": ["the quote is not in the text"],
    "item": {"category": "impact", "quote": "never said"},
}


def document(name: str = "a.txt", text: str = "Search was slow.") -> Document:
    return Document(name, text)


def annotation(name: str = "a.txt", quote: str = "Search was slow.") -> Annotation:
    evidence = (Evidence(quote, 0, len(quote), "exact", 0),)
    return Annotation(name, 0, len(quote), "impact", {"effects": ["slow"]}, quote, evidence)


def entry(name: str = "a.txt", status: Status = "ok") -> Entry:
    return Entry(name, 0, 0, 16, status, 1)


def writer(path: Path, **identity: JsonValue) -> RunWriter:
    return RunWriter(path, {**IDENTITY, **identity}, "1.2.3")


def write(path: Path, *names: str, status: Status = "ok") -> None:
    with writer(path) as run:
        for name in names:
            run.add(document(name), [annotation(name)], [entry(name, status)], [])


def write_and_break_off(path: Path, *names: str, error: BaseException) -> None:
    with suppress(type(error)), writer(path) as run:
        for name in names:
            run.add(document(name), [annotation(name)], [entry(name)], [])
        raise error


def manifest(path: Path, **changes: Any) -> None:
    """Change the manifest of a run; None takes a key out."""
    file = path / "manifest.json"
    values = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    file.write_text(
        json.dumps({k: v for k, v in values.items() if v is not None}), encoding="utf-8"
    )


# ---- What is written is read again ----


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    with writer(tmp_path / "run") as run:
        run.add(document(), [annotation()], [entry()], [QUARANTINED])
        run.add_unreadable(DocumentError("b.pdf", "is not a readable PDF"))
    read = Run(tmp_path / "run")
    assert list(read.documents()) == [document()]
    assert list(read.annotations()) == [annotation()]
    assert list(read.ledger()) == [entry()]
    assert list(read.quarantine()) == [QUARANTINED]
    assert list(read.unreadable()) == [{"source": "b.pdf", "reason": "is not a readable PDF"}]
    assert read.manifest["counts"] == {
        "documents": 1,
        "characters": 16,
        "chunks": 1,
        "annotations": 1,
        "quarantined": 1,
        "unreadable": 1,
    }


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


# ---- What is damaged is named ----


DAMAGES = {
    "half a line": lambda row: row[: len(row) // 2],
    "no JSON": lambda row: b"{nonsense}",
    "an empty line": lambda row: b"",
    "not UTF-8": lambda row: row[:-3] + b"\xff\xfe}",
    "a list": lambda row: b"[1, 2]",
    "a number": lambda row: b"7",
    "nothing": lambda row: b"null",
    "no columns": lambda row: b"{}",
    "nested too deeply": lambda row: b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("part", ["documents", "annotations", "ledger", "quarantine", "unreadable"])
def test_a_damaged_row_is_named_by_file_and_line(tmp_path: Path, part: str, damage: Any) -> None:
    with writer(tmp_path / "run") as run:
        for name in ("a.txt", "b.txt"):
            run.add(document(name), [annotation(name)], [entry(name)], [QUARANTINED])
            run.add_unreadable(DocumentError(name, "is empty"))
    file = tmp_path / "run" / f"{part}.jsonl"
    first, second = file.read_bytes().splitlines()
    file.write_bytes(first + b"\n" + damage(second) + b"\n")
    rows: Iterator[object] = getattr(Run(tmp_path / "run"), part)()
    next(rows)
    with pytest.raises(RunError, match=f"{part}.jsonl:2: is damaged .*writes it anew"):
        next(rows)


def test_a_text_that_was_changed_is_named(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt")
    file = tmp_path / "run" / "documents.jsonl"
    file.write_bytes(file.read_bytes().replace(b"slow", b"fast"))
    with pytest.raises(RunError, match=r"documents\.jsonl:1: is damaged .the text is not the one"):
        list(Run(tmp_path / "run").documents())


@pytest.mark.parametrize("part", ["documents", "annotations", "ledger"])
def test_missing_rows_of_a_complete_run_are_noticed(tmp_path: Path, part: str) -> None:
    write(tmp_path / "run", "a.txt", "b.txt")
    file = tmp_path / "run" / f"{part}.jsonl"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(RunError, match=f"{part}.jsonl: holds 1 rows of 2"):
        list(getattr(Run(tmp_path / "run"), part)())


def test_a_missing_file_of_a_run_is_named(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt")
    (tmp_path / "run" / "ledger.jsonl").unlink()
    with pytest.raises(RunError, match=r"ledger\.jsonl: cannot be read .*the same annotate run"):
        list(Run(tmp_path / "run").ledger())


def test_a_folder_without_manifest_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(RunError, match="is no run folder"):
            Run(path)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "newer version of annotate; upgrade"),
        ({"format": "1"}, "is no manifest of a run"),
        ({"format": None}, "is no manifest of a run"),
        ({"counts": None}, "is damaged; remove"),
        ({"counts": {"documents": "many"}}, "is damaged; remove"),
        ({"status": None}, "is damaged; remove"),
        ({"usage": None}, "is damaged; remove"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(
    tmp_path: Path, changes: Mapping[str, object], reason: str
) -> None:
    write(tmp_path / "run", "a.txt")
    manifest(tmp_path / "run", **changes)
    with pytest.raises(RunError, match=reason):
        Run(tmp_path / "run")
    with pytest.raises(RunError, match=reason), writer(tmp_path / "run"):
        pass


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"[" * 100_000])
def test_a_manifest_that_is_no_json_object_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(RunError, match=r"manifest\.json: is "):
        Run(tmp_path)


# ---- Where it may stand ----


@pytest.mark.parametrize(
    ("key", "other", "said"),
    [
        ("task", "privacy_policy", 'its task differs: "incidents", not "privacy_policy"'),
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
    with pytest.raises(UsageError, match="is not empty and no run folder"), writer(tmp_path):
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


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere"
)
@pytest.mark.parametrize("where", [".", "run"])
def test_a_read_only_folder_is_refused(tmp_path: Path, where: str) -> None:
    folder = tmp_path / "locked"
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


def test_a_document_that_is_written_in_part_is_never_delivered(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Entry]:
        raise KeyboardInterrupt
        yield

    with suppress(KeyboardInterrupt), writer(tmp_path / "run") as run:
        run.add(document("a.txt"), [annotation("a.txt")], [entry("a.txt")], [])
        run.add(document("b.txt"), [annotation("b.txt")], interrupted(), [])
    assert not (tmp_path / "run").exists()
