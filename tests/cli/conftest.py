"""A run to work on, and a project with two documents whose model is a server of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.testing import Server
from tests.conftest import ROOT, Command
from tests.support.evaluated import NOISY, Place
from tests.support.noisy import write
from tests.support.prompting import project as project_with_prompt
from tests.support.simulated import project as project_with_gold
from tests.support.simulated import simulation, text_of

KEY = "sk-secret-0123456789"
DOCUMENT = "A deploy broke the gate. We rolled back at noon. Nobody was hurt.\n"

GOLD = ("--gold", ROOT / "eval" / "gold" / "privacy_policy")

Typed = Callable[..., tuple[int, str, str]]
"""Types a command and returns its exit code and what it printed."""


def found(body: dict[str, Any]) -> dict[str, Any]:
    """Answer as a model does that finds the first sentence of the document."""
    quote = "A deploy broke the gate."
    if quote not in body["messages"][-1]["content"]:
        return {"annotations": []}
    item = {"category": "cause", "quote": quote, "triggers": ["deployment"]}
    return {"annotations": [{**item, "certainty": "confirmed"}]}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = project_with_prompt(tmp_path / "p")
    (folder / "a.txt").write_text(DOCUMENT, encoding="utf-8")
    (folder / "b.txt").write_text("Nothing happened.\n" + DOCUMENT, encoding="utf-8")
    return folder


@pytest.fixture
def typed(here: Path) -> Typed:
    command = Command(here)

    def run(*words: object) -> tuple[int, str, str]:
        done = command(*map(str, words), env={"OPENAI_API_KEY": KEY})
        assert KEY not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def run(incidents: Command, reports: Path, tmp_path: Path) -> Path:
    """A run of the incident reports."""
    done = incidents("run", reports, "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    return tmp_path / "run"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A project with a suite, which is the current folder."""
    place = Place(project_with_gold(tmp_path / "project", text_of(0), text_of(1)))
    monkeypatch.chdir(place.folder)  # so that tests open what the command names
    place.suite()
    return place


@pytest.fixture
def server(place: Place) -> Iterator[Server]:
    """An endpoint that makes no mistakes."""
    with Server(simulation(place.folder)) as running:
        yield running


@pytest.fixture
def noisy(place: Place) -> Iterator[Server]:
    """An endpoint that makes mistakes, others in each repeat."""
    with Server(simulation(place.folder, NOISY)) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Command:
    """The command in an empty project."""
    (tmp_path / "annotate.toml").write_text("", encoding="utf-8")
    return Command(tmp_path)


def write_run(command: Command, name: str, said: Any, **more: Any) -> None:
    """Write a run with these annotations below the folder of a command."""
    write(command.cwd / name, said, **more)
