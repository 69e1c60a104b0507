"""How commands end: each error with its code, and wrong usage with one line."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotate
from annotate.cli.exit_codes import OF_STATUS, ExitCode, of_error
from annotate.errors import (
    AnnotateError,
    CacheError,
    DocumentError,
    Incomplete,
    NotComparable,
    RunError,
    Stopped,
    UsageError,
)
from annotate.suites.verdicts import STATUSES
from tests.cli.conftest import KEY, Typed
from tests.conftest import Command, contents

# ---- The table ----

CODES = {
    UsageError: 2,
    NotComparable: 6,
    DocumentError: 4,
    CacheError: 2,
    Stopped: 5,
    RunError: 2,
    Incomplete: 4,
}


def below(kind: type[AnnotateError]) -> Iterator[type[AnnotateError]]:
    """Yield every class of errors below `kind`, wherever in the package it is defined."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def test_every_error_ends_a_command_with_the_code_of_its_branch() -> None:
    for module in pkgutil.walk_packages(annotate.__path__, "annotate."):
        if not module.name.startswith(("annotate._bundled", "annotate.testing.__main__")):
            importlib.import_module(module.name)
    kinds = {each for each in below(AnnotateError) if each.__module__.startswith("annotate.")}
    assert len(kinds) > 12
    for kind in kinds - {annotate.errors.InvalidAnnotation}:
        branch = next((each for each in kind.__mro__ if each in CODES), None)
        assert branch is not None, f"{kind.__name__} belongs below one of the errors that users see"
        assert of_error(kind.__new__(kind)) == CODES[branch]


def test_every_status_of_a_trial_has_a_code() -> None:
    assert tuple(OF_STATUS) == STATUSES
    assert [int(code) for code in OF_STATUS.values()] == [5, 1, 4, 6, 3, 3, 0, 0]


def test_the_codes_are_these() -> None:
    assert sorted(ExitCode) == [0, 1, 2, 3, 4, 5, 6, 130]


# ---- Wrong usage ----

WRONG = [
    ([], ""),
    (["nonsense"], "No such command"),
    (["run"], "Missing argument"),
    (["run", "x.txt", "--chunk-size", "many"], "Invalid value for '--chunk-size'"),
    (["run", "x.txt", "--chunk-size", "3"], "annotate: --chunk-size: "),
    (["run", "x.txt", "--task", "../../etc"], "annotate: no task '../../etc' here"),
    (["run", "x.txt", "--price", "cheap"], "annotate: --price: needs two prices"),
    (["run", "x.txt", "--base-url", "ftp://x"], "annotate: --base-url: needs http"),
    (["run", "*.nonsense"], "annotate: *.nonsense: no file matches"),
    (["segments", "x.txt", "--encoding", "klingon"], "annotate: --encoding 'klingon' is unknown"),
    (["show", "nowhere"], "annotate: nowhere: is not a run folder"),
    (["export", "nowhere", "--to", "csv"], "annotate: nowhere: is not a run folder"),
    (["task", "schema", "nonsense"], "annotate: no task 'nonsense' here"),
    (["--log-file", "nowhere/x.log", "task", "list"], "annotate: --log-file nowhere/x.log: "),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=[" ".join(w[0]) for w in WRONG])
def test_wrong_usage_ends_with_2_and_one_message(
    command: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "x.txt").write_text("It failed.", encoding="utf-8")
    before = contents(tmp_path)
    done = command(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == "" or not arguments  # no command at all is answered with the help
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "words",
    [
        ("estimate", "a.txt"),
        ("estimate", "a.txt", "--model", "m", "--price", "cheap"),
        ("estimate", "a.txt", "--model", "m", "--price", "-1,2"),
        ("estimate", "a.txt", "--model", "m", "--mode", "telepathy"),
        ("estimate", "a.txt", "--model", "m", "--prompt", "v9"),
        ("estimate", "a.txt", "--model", "m", "--base-url", f"http://me:{KEY}@host:99999/v1"),
        ("task", "show", "incident_report", "--file", "a.txt", "--chunk", "7"),
        ("task", "show", "incident_report", "--prompt", "v9"),
        ("task", "show", "weather"),
        ("cache", "prune"),
        ("cache", "import", "none.jsonl"),
        ("cache", "export", "--out", "no folder/x.jsonl"),
        ("batch", "export", "a.txt", "--out", "x.jsonl"),
        ("batch", "import", "none.jsonl"),
        ("batch", "submit", "none.jsonl"),
    ],
)
def test_wrong_use_is_2_with_one_line(typed: Typed, words: tuple[str, ...]) -> None:
    code, out, err = typed(*words)
    assert (code, out) == (2, "")
    assert err.startswith("annotate: ")
    assert len(err.splitlines()) == 1


def test_a_document_that_cannot_be_read_ends_with_4(command: Command) -> None:
    (command.cwd / "torn.txt").write_bytes(b"We keep \xff logs.")
    done = command("segments", "torn.txt")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("annotate: torn.txt: ")
    assert done.stderr.count("\n") == 1


def test_an_input_that_is_not_there_ends_with_2(command: Command) -> None:
    done = command("segments", "nowhere.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("annotate: nowhere.txt: no such file")
    assert done.stderr.count("\n") == 1
