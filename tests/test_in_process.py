"""A command inside the tests' process is what it is as a process, and leaves nothing behind."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path

import pytest

from tests.conftest import Command, contents

SCHEMA = '''\
from typing import Literal

from annotate.schema.categories import Category, Schema


class Visit(Category):
    """Somebody came by."""

    category: Literal["visit"] = "visit"


SCHEMA = Schema(name="mine", version="1", practice=Visit)
'''


@pytest.mark.parametrize(
    "arguments",
    [["run", "--help"], ["--nonsense"], ["segments", "-"], ["-v", "show", "nowhere"]],
    ids=" ".join,
)
def test_it_prints_and_returns_what_a_process_does(command: Command, arguments: list[str]) -> None:
    given = "Search 😀 was slow.\r\n\r\nIt ended.".encode()
    inside = command(*arguments, given=given)
    process = command.process(*arguments, given=given)
    assert inside.returncode == process.returncode
    assert (inside.stdout, inside.stderr) == (process.stdout, process.stderr)


def test_a_process_of_its_own_is_needed_for_what_python_reads_at_its_start(
    command: Command,
) -> None:
    with pytest.raises(ValueError, match="PYTHONHASHSEED"):
        command("--version", env={"PYTHONHASHSEED": "1"})


def test_nothing_of_a_command_stays(command: Command, tmp_path: Path) -> None:
    def state() -> list[object]:
        root = logging.getLogger()
        process = [dict(os.environ), Path.cwd(), sys.argv, sys.stdin, sys.stdout, sys.stderr]
        return [*process, root.level, root.handlers[:], warnings.filters[:], dict(sys.modules)]

    command("-v", "run", "-", "--out", "a", given=b"It failed.")  # imports what it needs
    before = state()
    log = tmp_path / "log.txt"
    done = command("-v", "--log-file", log, "run", "-", "--out", "b", given=b"It failed.")
    assert (done.returncode, log.exists()) == (0, True)
    assert state() == before


def test_an_edited_project_is_read_anew_and_gets_no_bytecode(command: Command) -> None:
    schema = command.cwd / "schemas" / "mine.py"
    schema.parent.mkdir()
    (command.cwd / "annotate.toml").write_text('task = "mine"\n', encoding="utf-8")
    for tag in ("visit", "call"):
        schema.write_text(SCHEMA.replace("visit", tag), encoding="utf-8")
        printed = command("task", "schema").stdout
        assert f'"{tag}"' in printed
    assert set(contents(command.cwd)) == {"annotate.toml", "schemas/mine.py"}
