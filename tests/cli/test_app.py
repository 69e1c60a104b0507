"""The program: its commands, their help, and what happens to its output."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

import pytest
from typer.core import TyperGroup

from annotate.cli import commands
from annotate.cli.app import _ORDER, program
from tests.conftest import Command
from tests.support.needs import require

posix = pytest.mark.skipif(os.name != "posix", reason="file names and pipes are others there")


def names(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command as it is typed."""
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, TyperGroup):
            yield from names(command, (*before, name))


def all_commands() -> list[tuple[str, ...]]:
    root = program()
    return [(), *names(root)] if isinstance(root, TyperGroup) else []


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_has_help(command: Command, words: tuple[str, ...]) -> None:
    result = command(*words, "--help")
    assert result.returncode == 0
    assert "Usage:" in result.stdout
    assert result.stderr == ""


def test_every_module_of_commands_is_in_the_help() -> None:
    modules = {module.name for module in iter_modules(commands.__path__)}
    assert set(_ORDER) <= modules
    root = program()
    assert isinstance(root, TyperGroup)
    assert [*root.commands][:5] == ["run", "show", "view", "report", "export"]
    assert len(root.commands) >= len(modules)


@pytest.mark.parametrize("words", all_commands()[1:], ids=" ".join)
def test_the_help_lists_a_command_on_one_line_of_80_columns(
    command: Command, words: tuple[str, ...]
) -> None:
    *groups, name = words
    listed = command(*groups, "--help", env={"COLUMNS": "80"}).stdout
    (line,) = [line for line in listed.splitlines() if line.startswith(f"│ {name} ")]
    assert re.search(r"[.] +│$", line), line


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_refuses_unknown_options(command: Command, words: tuple[str, ...]) -> None:
    result = command(*words, "--nonsense")
    assert result.returncode == 2
    assert "--nonsense" in result.stderr
    assert result.stdout == ""


def test_the_version_is_printed(command: Command) -> None:
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d+\.\d+.*\n", done.stdout)


@pytest.fixture
def made_anew() -> Iterator[None]:
    """The program is made for this test alone: how it is made depends on the environment."""
    program.cache_clear()
    yield
    program.cache_clear()


@pytest.mark.usefixtures("made_anew")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_completed(command: Command, shell: str) -> None:
    # The shell is named: which one it is detected to be depends on what started the tests.
    named = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    script = command("--show-completion", shell, env=named)
    assert script.returncode == 0
    assert "_ANNOTATE_COMPLETE" in script.stdout
    typed = {
        "_ANNOTATE_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "annotate seg",
        "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": "annotate seg",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = command(env=typed)
    assert "segments" in done.stdout
    assert "export" not in done.stdout


def test_verbose_and_the_log_say_where_a_failure_came_from(
    command: Command, tmp_path: Path
) -> None:
    done = command("-v", "--log-file", tmp_path / "x.log", "show", "nowhere")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert "RunError" in (tmp_path / "x.log").read_text(encoding="utf-8")


# ---- Pipes that end, disks that are full ----


@posix
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_reader_that_has_seen_enough_is_no_error(
    command: Command, tmp_path: Path, option: list[str]
) -> None:
    (tmp_path / "long.txt").write_text("It was slow. " * 20_000, encoding="utf-8")
    process = command.start("segments", tmp_path / "long.txt", *option)
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert b"It was slow." in first
    assert process.wait(60) == 0
    assert said == b""


@pytest.mark.parametrize(
    "arguments", [["task", "list"], ["segments", "long.txt"], ["segments", "long.txt", "--json"]]
)
def test_output_that_cannot_be_written_is_said(
    command: Command, tmp_path: Path, arguments: list[str]
) -> None:
    require("full device")
    (tmp_path / "long.txt").write_text("It was slow. " * 2_000, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [command.path, *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=command.environment(),
        )
    assert done.returncode == 2
    assert done.stderr == ("annotate: standard output: cannot be used (No space left on device)\n")
