"""The log: what it adds up to, what is done about damage, and who else may write to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.review.decisions import Decision, History
from annotate.review.log import Log, log_path, logs_of, replay

ABOUT = {"document": "a.txt", "category": "c", "attributes": {}, "start": 0, "end": 1, "quote": "x"}


def write(log: Log, action: str, name: str = "one", **more: object) -> Decision:
    return log.append(lambda _: {**ABOUT, "action": action, "id": name, **more})


def verdicts(history: History) -> dict[str, str]:
    return {name: each.verdict for name, each in history.current().items()}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log(log_path(tmp_path, "ada"), "ada") as opened:
        yield opened


def test_the_state_is_the_log_replayed(log: Log) -> None:
    write(log, "accept")
    write(log, "reject", "two", why="No words of it.")
    write(log, "reject")
    assert verdicts(log.history) == {"one": "rejected", "two": "rejected"}
    again = replay(log.path)
    assert again.annotator == "ada"
    assert again.history.decisions == log.history.decisions
    rows = [json.loads(line) for line in log.path.read_bytes().splitlines()]
    assert [(row["n"], row["by"], row["action"]) for row in rows] == [
        (1, "ada", "accept"),
        (2, "ada", "reject"),
        (3, "ada", "reject"),
    ]
    assert rows[1]["why"] == "No words of it."
    assert "why" not in rows[0]


def test_undo_and_redo_have_no_end_and_a_new_decision_ends_redoing(log: Log) -> None:
    made = [write(log, action).n for action in ("accept", "reject", "skip")]
    states = ["skipped", "rejected", "accepted"]
    for number, state in zip(reversed(made), states, strict=True):
        assert verdicts(log.history) == {"one": state}
        assert log.history.undoable is not None
        assert log.history.undoable.n == number
        write(log, "undo", of=number)
    assert (log.history.undoable, verdicts(log.history)) == (None, {})
    for number, state in zip(made, reversed(states), strict=True):
        assert log.history.redoable is not None
        assert log.history.redoable.n == number
        write(log, "redo", of=number)
        assert verdicts(log.history) == {"one": state}
    assert log.history.redoable is None
    write(log, "undo", of=made[-1])
    write(log, "accept", "two")
    assert log.history.redoable is None
    assert verdicts(log.history) == {"one": "rejected", "two": "accepted"}
    assert verdicts(replay(log.path).history) == verdicts(log.history)


def test_a_torn_last_line_is_taken_away_and_said(log: Log) -> None:
    write(log, "accept")
    whole = log.path.read_bytes()
    write(log, "reject", "two")
    torn = log.path.read_bytes()[:-9]
    log.path.write_bytes(torn)
    read = replay(log.path)
    assert verdicts(read.history) == {"one": "accepted"}
    assert "the last line was cut after" in read.problems[0]
    assert log.path.read_bytes() == torn, "who reads writes nothing"
    with Log(log.path, "ada") as again:
        assert "it was taken away" in again.problems[0]
        assert log.path.read_bytes() == whole
        assert write(again, "skip", "two").n == 2
    assert replay(log.path).problems == ()


def test_a_damaged_line_is_named_and_the_rest_counts(log: Log) -> None:
    for name in ("one", "two", "three", "four"):
        write(log, "accept", name)
    lines = log.path.read_bytes().splitlines()
    lines[1] = b"not JSON"
    lines[2] = lines[0]
    log.path.write_bytes(b"\n".join([*lines, b""]))
    read = replay(log.path)
    assert verdicts(read.history) == {"one": "accepted", "four": "accepted"}
    places = [problem.partition(": ")[0] for problem in read.problems]
    assert places == [f"{log.path}:2", f"{log.path}:3"]


def test_two_who_write_see_what_the_other_wrote(log: Log) -> None:
    with Log(log.path, "ada") as other:
        assert write(log, "accept").n == 1
        assert write(other, "reject", "two").n == 2
        assert write(log, "skip", "three").n == 3
        assert [each.n for each in log.history.decisions] == [1, 2, 3]
        other.refresh()
        assert verdicts(other.history) == verdicts(log.history)


@pytest.mark.parametrize("name", ["", "../ada", "a/b", "a\0b", ".hidden", "curation", "a" * 65])
def test_a_name_that_can_name_no_log_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="--annotator"):
        log_path(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_logs_are_found_beside_the_run(tmp_path: Path) -> None:
    assert logs_of(tmp_path) == []
    for name in ("zoë", "ada"):
        with Log(log_path(tmp_path, name), name):
            pass
    with Log(log_path(tmp_path, "eve", curation=True), "eve"):
        pass
    assert [path.stem for path in logs_of(tmp_path)] == ["ada", "zoë"]
    assert [path.stem for path in logs_of(tmp_path, curation=True)] == ["eve"]
