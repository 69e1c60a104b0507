"""The options: each declared once, with what the settings say of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import typer
from typer.core import TyperGroup, TyperOption

from annotate.cli.app import app
from annotate.cli.options import (
    REPORTS,
    REQUESTS,
    RUNNING,
    SETTINGS,
    VERIFYING,
    Given,
    takes,
)
from annotate.project.settings import Settings

# These are meant otherwise here and there: a file or a folder, one or several, of a run or of gold.
VARIED = {"--out", "-o", "--to", "--task", "-t", "--repeat", "--model", "-m", "--prompt", "-p"}
VARIED.add("--document")  # view shows one, the others ask for several
VARIED.add("--gold")  # a review shows none unless it is named


def options(group: TyperGroup, before: str = "") -> Iterator[tuple[str, TyperOption]]:
    """Yield every command with each of its options."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from options(command, f"{before}{name} ")
        else:
            for each in command.params:
                if isinstance(each, TyperOption):
                    yield f"{before}{name}", each


def all_options() -> list[tuple[str, TyperOption]]:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    return list(options(root))


# ---- Settings ----


@pytest.mark.parametrize(("command", "own"), [("run", RUNNING), ("verify", VERIFYING)])
def test_every_setting_is_an_option_of_the_command_that_it_is_for(
    command: str, own: Sequence[str]
) -> None:
    assert SETTINGS.keys() == Settings.model_fields.keys() == {*RUNNING, *VERIFYING}
    taken = {each.name for name, each in all_options() if name == command} & SETTINGS.keys()
    assert set(own) <= taken
    assert command == "verify" or taken == set(own)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_help_of_a_setting_says_its_default(name: str) -> None:
    command = "verify" if name in VERIFYING else "run"
    (option,) = [each for of, each in all_options() if (of, each.name) == (command, name)]
    said = re.search(r"\(default: (.*)\)\.$", option.help or "")
    default = Settings.model_fields[name].default
    in_words = {
        "base_url": "OpenAI's",
        "chunk_size": "the prompt's, else 4000",
        "cache_dir": "the project's .annotate/cache, else the user's cache folder",
        "model": "lexicon, the offline baseline",
        "price": "as published",
        "prompt": "the task's",
        "strict": "strict",
    }
    if name in in_words:
        assert said is not None
        assert said[1] == in_words[name]
    elif default in (None, False, (), {}):
        assert said is None
    else:
        assert said is not None
        assert said[1] == (f"{default:g}" if isinstance(default, float) else str(default))


def test_no_option_of_a_setting_has_a_default_that_would_hide_the_environment() -> None:
    for command, each in all_options():
        if each.name in SETTINGS:
            assert each.default is None, f"{command} {each.name}"


def test_the_settings_of_requests_are_settings() -> None:
    assert set(REQUESTS) < SETTINGS.keys()


# ---- Every option ----


def test_an_option_means_the_same_in_every_command() -> None:
    said = defaultdict(set)
    for _, each in all_options():
        for flag in each.opts:
            said[flag].add((each.help, each.name, tuple(each.opts)))
    different = {flag for flag, meant in said.items() if len(meant) > 1}
    assert different == VARIED


def test_every_option_says_in_a_sentence_what_it_is_for() -> None:
    for command, each in all_options():
        if each.name != "help":
            assert re.fullmatch(r"[A-Z].*\.", each.help or ""), f"{command} {each.opts}"


# ---- Commands that take many ----


def typed(*words: str, **groups: Any) -> list[dict[str, Any]]:
    """Type words for a command that takes these groups; return what it got."""
    got: list[dict[str, Any]] = []
    program = typer.Typer()

    @program.command()
    @takes(**groups)
    def command(file: str, settings: Given, reports: Given, loud: bool = False) -> None:
        got.append({"file": file, "settings": settings, "reports": reports, "loud": loud})

    program(words, standalone_mode=False)
    return got


def test_a_command_gets_what_was_typed_of_each_group() -> None:
    words = ("x", "--model", "m", "--no-strict", "--html", "a.html", "--loud")
    (got,) = typed(*words, settings=("model", "strict", "task"), reports=REPORTS)
    assert got["file"] == "x"
    assert got["settings"] == {"model": "m", "strict": False}
    assert {name: str(path) for name, path in got["reports"].items()} == {"html": "a.html"}
    assert got["loud"] is True


def test_nothing_typed_is_nothing_given() -> None:
    (got,) = typed("x", settings=SETTINGS, reports=REPORTS)
    assert got == {"file": "x", "settings": {}, "reports": {}, "loud": False}


def test_an_option_that_is_not_declared_cannot_be_taken() -> None:
    with pytest.raises(KeyError, match="colour"):
        typed("x", settings=("colour",), reports=REPORTS)
