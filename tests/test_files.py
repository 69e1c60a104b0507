"""Files are whole or not there; damaged rows are named; names are safe anywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.files import (
    DamagedRow,
    SafeNames,
    json_line,
    read_rows,
    whole_file,
    whole_folder,
    write_file,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_an_older_one_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_file(file, b"old")
    write_file(file, [b"new ", b"text"])
    assert file.read_bytes() == b"new text"
    assert names(tmp_path) == ["a.txt"]


def test_until_it_is_whole_a_reader_finds_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    with whole_file(file) as partial:
        partial.write_bytes(b"ne")
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"ne"


def test_a_failure_leaves_the_older_file_and_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    with suppress(RuntimeError), whole_file(file) as partial:
        partial.write_bytes(b"half")
        raise RuntimeError
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_process_that_is_killed_while_it_writes_harms_nobody(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom annotate.files import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as partial:\n"
        "    partial.write_bytes(b'half')\n    print('written', flush=True)\n    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, file], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert file.read_bytes() == b"old"
        write_file(file, b"meanwhile")  # leaves the other process what it is writing
        assert len(names(tmp_path)) == 2
        process.send_signal(signal.SIGKILL)
    assert file.read_bytes() == b"meanwhile"
    assert len(names(tmp_path)) == 2
    write_file(tmp_path / "b.txt", b"new")  # clears away what the killed one left, as any writer
    assert names(tmp_path) == ["a.txt", "b.txt"]


def test_writers_at_the_same_time_each_write_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    gate = threading.Barrier(8)

    def write(letter: bytes) -> None:
        with whole_file(file) as partial:
            gate.wait()
            partial.write_bytes(letter * 1000)

    threads = [threading.Thread(target=write, args=[bytes([97 + n])]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(file.read_bytes())) == 1
    assert names(tmp_path) == ["a.txt"]


def test_a_pipe_is_written_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"text")
    reader.join()
    assert received == [b"text"]
    assert pipe.is_fifo()


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"{tmp_path}: is a folder; name a file instead"):
        write_file(tmp_path, b"")
    with pytest.raises(UsageError, match=r"a.txt: cannot be written \(No such file"):
        write_file(tmp_path / "x" / "a.txt", b"")


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with suppress(RuntimeError), whole_folder(folder) as partial:
        (partial / "a").write_bytes(b"1")
        raise RuntimeError
    assert names(tmp_path) == []
    with whole_folder(folder) as partial:
        (partial / "a").write_bytes(b"1")
        assert not folder.exists()
    assert (folder / "a").read_bytes() == b"1"


def test_a_folder_never_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for content in (b"1", b"1"):  # the very same may be written again
        with whole_folder(folder) as partial:
            (partial / "a").write_bytes(content)
    with pytest.raises(UsageError, match="holds something else"), whole_folder(folder) as partial:
        (partial / "a").write_bytes(b"2")
    assert (folder / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["out"]


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [{"a": "é\u2028"}, {"a": "\ud800"}, {}]
    file = tmp_path / "rows.jsonl"
    write_file(file, map(json_line, rows))
    assert list(read_rows(file, dict)) == rows
    assert "é".encode() in file.read_bytes()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "Expecting property name enclosed in double quotes"),
        (b"\xff", "not UTF-8"),
        (b"{}", "no 'id'"),
        (b"[" * 100_000, "recursion"),
        (b"3", "subscriptable"),
    ],
)
def test_a_damaged_row_is_named_by_file_and_line(tmp_path: Path, line: bytes, reason: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b'{"id": 1}\n' + line + b"\n")
    read = read_rows(file, lambda row: row["id"])
    assert next(read) == 1
    with pytest.raises(DamagedRow, match=f"rows.jsonl:2: .*{reason}"):
        next(read)


def test_names_are_safe_and_no_two_texts_share_one() -> None:
    safe = SafeNames("none")
    texts = ["a", "A", "../a", "con", "", "…", "a b", "a_b", "x" * 200]
    given = [safe.of(text) for text in texts]
    assert len({name.lower() for name in given}) == len(texts)
    assert given == [safe.of(text) for text in texts]
    assert all(name.strip("_-") and "/" not in name and len(name) < 90 for name in given)
    assert "con" not in given
    assert safe.given()[given[2]] == "../a"


def test_names_are_given_once_and_stay() -> None:
    safe = SafeNames("none")
    assert [safe.of(text) for text in ("a b", "a/b", "A_B", "", "a b", "con")] == [
        "a_b",
        "a_b-2",
        "A_B-3",
        "none",
        "a_b",
        "con-2",
    ]
    assert safe.new("a b") == "a_b-4"
    assert safe.given()["a_b-2"] == "a/b"
