"""The README is short, and what it names exists. Its blocks run with those of the other pages."""

from __future__ import annotations

import re

from typer.main import get_command

from annotate.cli.app import app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_stays_short() -> None:
    assert 700 <= len(README.split()) <= 900


def command_names() -> set[str]:
    names: set[str] = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        names |= {f"{name} {each}" for each in below} if below else {name}
    return names


def test_the_table_lists_every_command() -> None:
    table = README.split("## Commands")[1].split("##")[0]
    listed: set[str] = set()
    for row in table.split("\n"):
        for name, following in re.findall(r"`annotate ([a-z]+)((?: [a-z\\|]+)?)", row):
            below = following.strip().replace("\\", "").split("|") if following.strip() else []
            listed |= {f"{name} {each}" for each in below} if below else {name}
    assert listed == command_names()


def test_every_file_and_folder_that_is_named_exists() -> None:
    named = re.findall(r"`((?:docs|eval|schemas|prompts|benchmarks)/[\w./-]+)`", README)
    named += re.findall(r"\]\(([\w./-]+)\)", README)
    named += re.findall(r"`python (benchmarks/\w+\.py)`", README)
    assert [name for name in named if not (ROOT / name).exists()] == []
