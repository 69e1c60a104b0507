"""The whole loop as a person goes through it: a project, an edited prompt, and the gate that fails.

The command line, real HTTP, the five policies and their gold. The annotator is a simulation: none
of its figures says how good anything is.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from annotate.gold.store import read_gold
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.testing import Server, SimulatedAnnotator
from annotate.testing.simulation import SIMULATED
from tests.conftest import Command

DROPPED = "security"
ALL = "{% for category in categories %}"
WITHOUT = f'{{% for category in categories if category.tag != "{DROPPED}" %}}'


@pytest.fixture
def project(command: Command) -> Command:
    """The command in a project of its own, as `annotate init` makes it."""
    assert command("init", "mine").returncode == 0
    return Command(command.cwd / "mine")


def edited(project: Command, old: str, new: str) -> None:
    path = project.cwd / "prompts" / "privacy_policy" / "v3.md"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(run: str | Path) -> set[tuple[str, int, int]]:
    """Return where a run states the category that the prompt loses."""
    annotations = (each for each in Run(run).annotations() if each.category == DROPPED)
    return {(each.document, each.start, each.end) for each in annotations}


def trial(printed: str) -> Any:
    (only,) = json.loads(printed)["trials"]
    return only


def test_an_edit_that_loses_a_category_fails_by_its_name_and_the_restored_prompt_costs_nothing(
    project: Command,
) -> None:
    with Server(SimulatedAnnotator.of(load_task("privacy_policy"))) as server:
        endpoint = ["--model", SIMULATED, "--base-url", server.base_url, "--repeat", "1"]
        named = ["eval", "prompts", *endpoint]

        nobody = project("eval", "prompts", "--base-url", server.base_url)
        assert nobody.returncode == 2
        assert "names no model" in nobody.stderr
        cold = project(*named, "--offline")
        assert cold.returncode == 4
        assert "9 requests are not in the cache" in cold.stdout
        assert server.requests == ()

        first = project(*named, "--json")
        assert first.returncode == 3
        before = trial(first.stdout)
        assert before["status"] == "no baseline"
        blessed = project("bless", *before["runs"], "--reason", "the prompt as it is shipped")
        assert blessed.returncode == 0
        assert f"{SIMULATED}.jsonl" in blessed.stdout

        edited(project, ALL, WITHOUT)
        files = ["--junit", "out/eval.xml", "--markdown", "out/eval.md"]
        worse = project(*named, *files, "--json")
        assert worse.returncode == 1
        check_lists(project, before["runs"][0], worse.stdout)
        check_files(project.cwd / "out")

        edited(project, WITHOUT, ALL)
        paid = len(server.chats)
        restored = project(*named, "--json")
        assert (restored.returncode, len(server.chats)) == (0, paid)
        after = trial(restored.stdout)
        assert after["forecast"]["new"] == 0
        assert after["runs"] == before["runs"]
        assert not any(after["comparison"]["changes"][name] for name in ("broken", "fixed"))


def check_lists(project: Command, first: str, printed: str) -> None:
    """Check that what is listed as broken is the gold of the category that only `first` found."""
    ended = trial(printed)
    checks = [check for check in ended["comparison"]["checks"] if check["status"] == "failed"]
    assert {check["what"] for check in checks if check["gate"] == "category"} == {DROPPED}
    gold = read_gold(project.cwd / "eval" / "gold" / "privacy_policy").annotations
    # What is optional is no worse for being lost.
    required = [g for g in gold if g.category == DROPPED and g.status == "required"]
    wanted = {(g.document, g.start, g.end): g.id for g in required}
    lost = found(project.cwd / first) - found(project.cwd / ended["runs"][0])
    broken = ended["comparison"]["changes"]["broken"]
    assert len(broken) > 15
    assert {item["gold"] for item in broken} == {wanted[place] for place in lost & wanted.keys()}


def check_files(folder: Path) -> None:
    """Check that both files for continuous integration name the category and the simulation."""
    root = ET.parse(folder / "eval.xml").getroot()  # noqa: S314 (written here)
    cases = {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None}
    assert DROPPED in cases
    summary = (folder / "eval.md").read_text(encoding="utf-8")
    assert f"FAILED category {DROPPED}" in summary
    assert "simulated" in summary.split("\n")[0]
