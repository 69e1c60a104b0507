"""The recorded answers that come with the project: what `annotate eval recorded` makes of them."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from annotate.formatting import ratio
from tests.conftest import ROOT, Command
from tests.support.shared import Shared

ANSWERS = ROOT / "eval" / "answers" / "privacy_policy"
HEADLINES = ("annotation", "value", "document")


@pytest.fixture(scope="session")
def trials(shared: Shared) -> list[Any]:
    """The trials of the suite, run once in this checkout."""

    def make(folder: Path) -> None:
        done = Command(ROOT)("eval", "recorded", "--out", folder / "runs", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        (folder / "printed.json").write_text(done.stdout, encoding="utf-8")

    printed = shared("recorded suite", make) / "printed.json"
    found: list[Any] = json.loads(printed.read_text(encoding="utf-8"))["trials"]
    return found


def test_what_was_recorded_passes_its_gates(
    trials: list[Any],
) -> None:
    first, *others = trials
    assert (first["status"], len(first["runs"])) == ("passed", 3)
    assert {each["status"] for each in others} <= {"not gated"}
    assert all(each["comparison"]["verdict"] for each in trials)
    assert {each["forecast"]["new"] for each in trials} == {0}


def shown(page: Path, mark: str) -> list[list[str]]:
    """Return the rows of the table below a mark, without its head."""
    table = page.read_text(encoding="utf-8").split(f"<!-- {mark} -->\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in table.splitlines()]
    return rows[2:]


def test_the_page_shows_what_the_suite_says(trials: list[Any]) -> None:
    rows = shown(ROOT / "docs" / "explanation" / "evaluation.md", "recorded")
    for trial, row in zip(trials, rows, strict=False):
        assert row[0].startswith(f"prompt {trial['prompt']}, ")
        assert row[1] == str(len(trial["runs"]))
        assert row[2:5] == [ratio(trial["scores"][0][name]) for name in HEADLINES]
        took = (trial["usage"][f"{name}_tokens"] / 5 for name in ("prompt", "completion"))
        assert row[5] == " + ".join(f"{each:,.0f}".replace(",", " ") for each in took)


def test_the_readme_shows_it_too(trials: list[Any]) -> None:
    scores = trials[0]["scores"][0]
    figures = " | ".join(ratio(scores[name]) for name in HEADLINES)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"| a language model, recorded (34% of v1's tokens) | {figures} |" in readme


def test_an_answer_names_a_model_and_no_address() -> None:
    asked = [
        (request["endpoint"], request["body"]["model"], request["repeat"])
        for file in ANSWERS.glob("*.jsonl.xz")
        for line in lzma.decompress(file.read_bytes()).splitlines()
        for request in [json.loads(line)["request"]]
    ]
    assert {each[:2] for each in asked} == {("claude", "claude")}
    assert {each[2] for each in asked} == {0, 1, 2}


@pytest.mark.parametrize(("suite", "documents"), [("outside", 2), ("sizes", 5)])
def test_what_stands_beside_the_suite_says_what_its_page_shows(
    shared: Shared, suite: str, documents: int
) -> None:
    def make(folder: Path) -> None:
        done = Command(ROOT)("eval", suite, "--out", folder / "runs", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        (folder / "printed.json").write_text(done.stdout, encoding="utf-8")

    printed = shared(f"suite {suite}", make) / "printed.json"
    found = json.loads(printed.read_text(encoding="utf-8"))["trials"]
    assert {each["status"] for each in found} == {"not gated"}
    rows = shown(ROOT / "docs" / "explanation" / "evaluation.md", suite)
    for trial, row in zip(found, rows, strict=False):
        assert row[0].startswith(f"prompt {trial['prompt']}, ")
        scores = [ratio(trial["scores"][0][name]) for name in HEADLINES]
        assert scores == [each for each in row if each.startswith(".")]
        took = (trial["usage"][f"{name}_tokens"] / documents for name in ("prompt", "completion"))
        assert " + ".join(f"{each:,.0f}".replace(",", " ") for each in took) in row
