"""What is written is read again, and what is damaged is named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import DocumentError, RunError
from annotate.runs.reader import Run, find_runs
from tests.support.written import QUARANTINED, annotation, document, entry, write, writer


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
        "skipped": 0,
    }


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
    with pytest.raises(RunError, match=f"{part}.jsonl: has 1 of its 2 rows"):
        list(getattr(Run(tmp_path / "run"), part)())


def test_a_missing_file_of_a_run_is_named(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt")
    (tmp_path / "run" / "ledger.jsonl").unlink()
    with pytest.raises(RunError, match=r"ledger\.jsonl: cannot be read .*the same annotate run"):
        list(Run(tmp_path / "run").ledger())


# ---- Repeats ----


def test_a_name_without_a_run_stands_for_its_repeats_in_their_order(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        write(tmp_path / f"x-{number}", "a.txt")
    write(tmp_path / "x-1-old", "a.txt")
    (tmp_path / "x-3").mkdir()
    assert [run.path.name for run in find_runs(tmp_path / "x")] == ["x-1", "x-2", "x-10"]
    write(tmp_path / "x", "a.txt")
    assert [run.path.name for run in find_runs(tmp_path / "x")] == ["x"]
