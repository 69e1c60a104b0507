"""A task that is broken in one place: the check names file and line, and what to do.

Each row of `broken_tasks.toml` is one edit of a small project that has one of everything.
"""

from __future__ import annotations

import json
import shutil
import signal
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from annotate import check
from annotate.check import check_task
from annotate.findings import Finding
from tests.conftest import Command
from tests.support.checkout import ROOT

SCHEMA = "schemas/outages.py"
LEXICON = "schemas/outages.lexicon.toml"
PROJECT = ROOT / "tests" / "projects" / "outages"


class Broken(NamedTuple):
    """One edit, and the finding that it leads to."""

    file: str
    old: str
    new: str
    line: int
    said: str
    cure: str
    named: str = ""


ROWS = tomllib.loads((ROOT / "tests" / "broken_tasks.toml").read_text(encoding="utf-8"))
TASKS = {name: Broken(*row) for table in ROWS.values() for name, *row in table["rows"]}


def broken(folder: Path, *edits: Broken) -> list[Finding]:
    """Break a copy of the small project, and return what the check finds in it."""
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__", ".annotate"))
    for each in edits:
        path = folder / each.file
        text = path.read_text(encoding="utf-8")
        assert each.old in text
        path.write_text(text.replace(each.old, each.new, 1), encoding="utf-8")
    return [one for part in check_task("outages", folder) for one in part.findings]


@pytest.mark.parametrize("each", TASKS.values(), ids=TASKS.keys())
def test_a_broken_task_is_named_with_file_line_and_cure(tmp_path: Path, each: Broken) -> None:
    found = broken(tmp_path / "p", each)
    file = tmp_path / "p" / (each.named or each.file)
    said = "\n".join(map(str, found))
    # What no longer fits because of it is named as well, on its own lines.
    assert any(
        (one.file, one.line or 0) == (file, each.line)
        and each.said in one.message
        and each.cure in one.remedy
        for one in found
    ), said


def test_nothing_is_wrong_with_the_task_before_it_is_broken() -> None:
    assert [one for part in check_task("outages", PROJECT) for one in part.findings] == []


@pytest.mark.parametrize("name", ["privacy_policy", "incident_report"])
def test_nothing_is_wrong_with_the_tasks_that_are_shipped(name: str) -> None:
    assert [str(one) for part in check_task(name, ROOT) for one in part.findings] == []


def test_the_command_prints_all_that_is_wrong_and_ends_with_2(
    tmp_path: Path, command: Command
) -> None:
    folder = tmp_path / "p"
    breaking = ("a list", "a cue twice", "another version", "a row that is no JSON", "no baseline")
    broken(folder, *(TASKS[name] for name in breaking))
    done = command("task", "check", cwd=folder)
    assert done.returncode == 2
    for name in breaking:
        each = TASKS[name]
        assert f"{folder / each.file}:{each.line}: " in done.stdout
    assert "ok settings: " in done.stdout
    assert "ok schema: " not in done.stdout
    assert "warning: models: lexicon has no baseline" in done.stdout
    told = json.loads(command("task", "check", "--json", cwd=folder).stdout)
    assert (told["errors"], told["warnings"]) == (
        done.stdout.count(": error: "),
        done.stdout.count(": warning: "),
    )
    schema = next(part for part in told["parts"] if part["part"] == "schema")
    assert not schema["ok"]
    assert schema["findings"][0]["line"] == TASKS["a list"].line


def test_a_schema_that_does_not_load_hides_no_file_that_cannot_be_read(tmp_path: Path) -> None:
    breaking = ("a syntax error", "no TOML", "a key of no suite", "a setting that there is not")
    found = broken(tmp_path / "p", *(TASKS[name] for name in breaking))
    places = {(one.file.relative_to(tmp_path / "p").as_posix(), one.line) for one in found}
    assert places == {(TASKS[name].file, TASKS[name].line) for name in breaking}


@pytest.mark.parametrize("named", ["eval/more/*/june.txt", "eval/more/**/*.txt", "eval/mo*/deep"])
def test_the_gold_of_a_suite_is_about_what_a_run_of_it_finds(tmp_path: Path, named: str) -> None:
    folder = tmp_path / "p"
    shutil.copytree(PROJECT, folder)
    suite = folder / "eval" / "suites" / "outages.toml"
    text = suite.read_text(encoding="utf-8").replace("eval/gold/outages", "eval/more/gold")
    text = text.replace('"july.txt"', '"june.txt"').replace('"eval/documents"', f'"{named}"')
    suite.write_text(text, encoding="utf-8")
    gold = folder / "eval" / "more" / "gold"
    shutil.copytree(folder / "eval" / "gold" / "outages", gold)
    (gold / "july.txt.jsonl").rename(gold / "june.txt.jsonl")
    manifest = gold / "manifest.json"
    written = manifest.read_text(encoding="utf-8").replace("july.txt", "june.txt")
    manifest.write_text(written, encoding="utf-8")
    deep = folder / "eval" / "more" / "deep"
    deep.mkdir()
    (folder / "eval" / "documents" / "july.txt").rename(deep / "june.txt")
    shutil.rmtree(folder / "eval" / "gold" / "outages")
    assert [str(one) for part in check_task("outages", folder) for one in part.findings] == []
    (deep / "june.txt").unlink()
    found = [one.message for part in check_task("outages", folder) for one in part.findings]
    assert found == ["no document is named june.txt", f"documents: {named!r} is not there"]


def test_a_file_of_another_form_is_named_and_not_stumbled_over(tmp_path: Path) -> None:
    other = Broken(
        "schemas/outages.sentences.toml", "[category.impact]\n", "category = 3\n[a]\n", 0, "", ""
    )
    found = broken(tmp_path / "p", other)
    assert any("category" in one.message for one in found)


def test_a_run_and_the_doctor_refuse_what_the_check_finds(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "p"
    broken(folder, TASKS["a value of nobody's"], TASKS["a default of another kind"])
    done = command("run", "eval/documents", cwd=folder)
    assert done.returncode == 2
    assert f"{LEXICON}:15: [impact.services] logni: 'logni' is not a value" in done.stderr
    assert not (folder / "runs").exists()
    done = command("doctor", cwd=folder)
    assert done.returncode == 2
    assert "outages.py:33: attribute 'duration' of Impact has a default" in done.stdout


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="needs a system with signals")
def test_a_schema_that_never_ends_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "LONGEST", 0.2)
    waits = Broken(SCHEMA, "SCHEMA = Schema(", "while True:\n    pass\nSCHEMA = Schema(", 0, "", "")
    (found,) = broken(tmp_path / "p", waits)
    assert found.file == tmp_path / "p" / SCHEMA
    assert found.line in (49, 50)
    assert "TimeoutError: does not end within 0.2 seconds" in found.message
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
