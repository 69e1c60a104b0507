"""What is printed: JSON is JSON, and nothing steers a terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.support.printed import harmless, on_terminal

HOSTILE = "e\x1b[31m[red]\u202e"  # bytes that a file name may hold on POSIX
SHOWN = "e\\u001b[31m[red]\\u202e"

posix = pytest.mark.skipif(os.name != "posix", reason="file names and pipes are others there")


def test_json_is_json_everywhere(incidents: Command, reports: Path, run: Path) -> None:
    ran = json.loads(incidents("run", reports, "--out", run, "--json").stdout)
    assert ran["run"] == str(run)
    assert ran["status"] == "complete"
    shown = json.loads(incidents("show", run, "--json").stdout)
    assert sum(each["annotations"] for each in shown["categories"]) == ran["counts"]["annotations"]
    assert len(shown["documents"]) == ran["counts"]["documents"] == 4
    tasks = json.loads(incidents("task", "list", "--json").stdout)
    assert {task["task"]: task["baseline"] for task in tasks}["incident_report"] is True
    schema = json.loads(incidents("task", "schema").stdout)  # the project's own task
    assert schema == json.loads(incidents("task", "schema", "incident_report").stdout)
    checks = json.loads(incidents("doctor", "--json").stdout)
    assert {"name", "ok", "finding"} <= checks[0].keys()


@posix
def test_json_stays_json_where_the_terminal_knows_no_unicode(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_text("Café 😀 opens.", encoding="utf-8")
    latin = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = command.process("segments", "x.txt", "--json", env=latin)
    assert json.loads(done.stdout)["text"] == "Café 😀 opens."
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    assert command.process("segments", "x.txt", env=ascii_only).returncode == 0


# ---- Hostile names and texts ----


@posix
def test_hostile_file_names_are_shown_harmlessly(command: Command, incidents: Command) -> None:
    folder = command.cwd / HOSTILE
    folder.mkdir()
    (folder / f"{HOSTILE}.md").write_text("# Search\n\nIt was slow [red].\n", encoding="utf-8")
    (folder / f"{HOSTILE}.txt").touch()
    out = folder / "run"
    ran = incidents("run", folder / f"{HOSTILE}.md", folder / f"{HOSTILE}.txt", "--out", out)
    assert ran.returncode == 4
    assert f"not read: {SHOWN}.txt: " in ran.stderr
    shown = incidents("show", out)
    assert f"{SHOWN}.md" in shown.stdout
    assert f"{SHOWN}/run" in shown.stdout.replace("\n", "")
    for done in (
        ran,
        shown,
        incidents("segments", folder / f"{HOSTILE}.md"),
        incidents("segments", folder / f"{HOSTILE}.txt"),
        incidents("export", out, "--to", "csv", "--out", folder / "out.csv"),
        incidents("export", out, "--to", HOSTILE),
        incidents("show", folder),
        incidents("run", folder / f"no{HOSTILE}*", "--out", out),
        incidents("run", folder / f"{HOSTILE}.md", "--task", HOSTILE),
        incidents(HOSTILE),
        incidents(f"--{HOSTILE}"),
        incidents("run", f"--{HOSTILE}"),
        incidents("run", folder / f"{HOSTILE}.md", "--repeat", HOSTILE),
        incidents("run", folder / f"{HOSTILE}.md", "--out", out, f"--{HOSTILE}=3"),
        incidents("--log-file", folder / HOSTILE / "log", "show", folder),
        incidents("init", folder),
        incidents("init", folder),
    ):
        harmless(done.stdout)
        harmless(done.stderr)
        assert "Traceback" not in done.stderr
    harmless(incidents("-v", "show", folder / HOSTILE).stderr)  # its traceback, too


def test_hostile_texts_are_shown_harmlessly(command: Command, tmp_path: Path) -> None:
    text = "We \x1b[2J keep [red]logs[/red] \u202e here \x9b31m and [link=http://x]there[/link]."
    (tmp_path / "x.jsonl").write_text(json.dumps({"text": text}), encoding="utf-8")
    done = command("segments", "x.jsonl")
    harmless(done.stdout)
    assert "We \\u001b[2J keep [red]logs[/red] \\u202e here \\u009b31m and [link=" in done.stdout


def test_a_pipe_gets_no_colours(incidents: Command, run: Path, reports: Path) -> None:
    for arguments in (["show", run], ["segments", reports / "booking.md"], ["doctor"], ["--help"]):
        assert "\x1b" not in incidents(*arguments).stdout


@posix
def test_json_keeps_the_value_and_steers_nothing(command: Command, tmp_path: Path) -> None:
    text = "We keep \x7f\x9b31m logs \u202e here and \U000e0041 there 👩\u200d💻."
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    done = command("segments", "x.txt", "--json")
    harmless(done.stdout)
    assert "👩\u200d💻" in done.stdout
    assert json.loads(done.stdout)["text"] == text


@posix
def test_nothing_hostile_reaches_a_terminal(command: Command, tmp_path: Path) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
    text = f"We share your email address {hostile} with advertisers.\n"
    (tmp_path / "x.jsonl").write_text(json.dumps({"id": hostile, "text": text}), encoding="utf-8")
    for words in (
        ["segments", "x.jsonl"],
        ["segments", "x.jsonl", "--json"],
        ["-v", "run", "x.jsonl", "--out", "run"],
        ["show", "run"],
        ["show", "run", "--json"],
        ["export", "run", "--to", "jsonl"],
        ["export", "run", "--to", "csv"],
        ["run", "x.jsonl", f"--{hostile}"],
        ["show", hostile],
        ["task", "codebook"],
    ):
        said = on_terminal(command.cwd, words)
        assert said.strip(), words
        assert "Traceback" not in said
        harmless(said, terminal=True)
