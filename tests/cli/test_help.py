"""Every help has examples that can be typed, and commands are found by either number of a name."""

from __future__ import annotations

import shlex
from itertools import pairwise
from typing import Any

import pytest
from typer.core import TyperGroup

from annotate.cli.app import program
from annotate.formats.registry import FORMATS
from annotate.project.tasks import task_names
from tests.cli.test_app import all_commands
from tests.conftest import ROOT, Command

NAMES = {"--to": {each.name for each in FORMATS} | {"gdpr", "opp115"}}
NAMES["--from"] = NAMES["--to"]
"""What must be there of what an example names."""


def found(words: tuple[str, ...]) -> Any:
    command: Any = program()
    for word in words:
        command = command.commands[word]
    return command


def examples(words: tuple[str, ...]) -> list[str]:
    head, *lines = (found(words).epilog or "").split("\n")
    assert head == "Examples:", f"{words}: give its docstring examples, as other commands have"
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_help_has_examples_that_parse(command: Command, words: tuple[str, ...]) -> None:
    printed = command(*words, "--help", env={"COLUMNS": "80"}).stdout.splitlines()
    shown = examples(words)
    assert shown
    for example in shown:
        assert f" $ {example}" in [line.rstrip() for line in printed], "is wider than 80 columns"
        typed = shlex.split(example)
        assert tuple(typed[: len(words) + 1]) == ("annotate", *words)
        parse(typed[1:])


def parse(typed: list[str]) -> None:
    """Read what is typed as the program would, without doing anything."""
    command: Any = program()
    while isinstance(command, TyperGroup):
        command, typed = command.commands[typed[0]], typed[1:]
    with command.make_context(command.name, [*typed]):
        pass
    for option, value in pairwise(typed):
        assert value in NAMES.get(option, {value})
        if option in ("--task", "-t") and command.name != "init":
            assert value in task_names(ROOT)


@pytest.mark.parametrize("words", all_commands()[1:], ids=" ".join)
def test_either_number_of_a_name_is_the_command(command: Command, words: tuple[str, ...]) -> None:
    *groups, name = words
    other = name.removesuffix("s") if name.endswith("s") else f"{name}s"
    if other in found(tuple(groups)).commands:
        pytest.fail(f"{other} and {name} are two commands")
    printed = command(*groups, other, "--help").stdout
    assert f"Usage: {' '.join(('annotate', *words))} " in printed


def test_a_group_is_found_by_its_plural_and_other_words_are_not(command: Command) -> None:
    assert command("tasks", "lists").stdout == command("task", "list").stdout
    assert command("batches", "--help").returncode == 0
    for words in (("taskss",), ("s",), ("es",), ("cache", "stat", "x"), ("nosuch",)):
        done = command(*words)
        assert (done.returncode, done.stdout) == (2, ""), words


def test_the_other_number_of_an_option_is_named(command: Command) -> None:
    done = command("show", "x", "--categories", "sharing")
    assert (done.returncode, "--category" in done.stderr) == (2, True)
