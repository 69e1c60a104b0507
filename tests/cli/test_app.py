"""The command line: exit codes, what goes to which stream, and hostile names."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from annotate.cli.app import app
from annotate.runs.reader import Run
from tests.conftest import Command, contents
from tests.support.needs import require

HEAVY = ("openai", "instructor", "numpy", "pandas", "jinja2", "diskcache", "pydantic", "rapidfuzz")
HOSTILE = "e\x1b[31m[red]\u202e"  # bytes that a file name may hold on POSIX
SHOWN = "e\\u001b[31m[red]\\u202e"

posix = pytest.mark.skipif(os.name != "posix", reason="file names and pipes are others there")


def names(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command as it is typed."""
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, TyperGroup):
            yield from names(command, (*before, name))


def all_commands() -> list[tuple[str, ...]]:
    root = typer.main.get_command(app)
    return [(), *names(root)] if isinstance(root, TyperGroup) else []


@pytest.fixture
def run(incidents: Command, reports: Path, tmp_path: Path) -> Path:
    """A run of the incident reports."""
    done = incidents("run", reports, "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    return tmp_path / "run"


# ---- Help ----


@pytest.mark.parametrize("command", all_commands(), ids=" ".join)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("command", all_commands(), ids=" ".join)
def test_every_command_refuses_unknown_options(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--nonsense"])
    assert result.exit_code == 2
    assert "--nonsense" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "program",
    [
        "import annotate",
        "import annotate.cli.app",
        "import sys; sys.argv = ['annotate', '--help']; from annotate.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass",
    ],
    ids=["import annotate", "the command line", "annotate --help"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(program: str) -> None:
    program += f"\nprint('heavy:', *sorted(sys.modules.keys() & set({HEAVY})))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}"],
        capture_output=True,
        text=True,
        check=True,
        env=Command.environment(),
    )
    assert done.stdout.splitlines()[-1] == "heavy:"


@pytest.mark.parametrize("model", ["openai", "instructor"])
def test_an_offline_run_imports_no_client(run: Path, incidents: Command, model: str) -> None:
    program = (
        "import sys, annotate\n"
        "annotate.run(*sys.argv[1:2], out=sys.argv[2]); print(sys.argv[3] in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, run.parent / "reports", run.parent / "again", model],
        capture_output=True,
        text=True,
        check=True,
        cwd=incidents.cwd,
        env=incidents.environment(),
    )
    assert done.stdout == "False\n"


def test_the_version_is_printed(command: Command) -> None:
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d+\.\d+.*\n", done.stdout)


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


# ---- Exit codes and streams ----


def test_results_go_to_standard_output_and_the_rest_to_standard_error(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    (reports / "empty.txt").touch()
    done = incidents("run", reports, "--out", tmp_path / "run")
    assert done.returncode == 4
    assert "annotations in 4 documents" in done.stdout
    assert f"annotate show {tmp_path / 'run'}" in done.stdout
    assert "not read" not in done.stdout
    baseline, unread = done.stderr.splitlines()
    assert baseline == "no model is named: the offline baseline annotates, by cue words"
    assert unread.startswith("not read: empty.txt: ")


WRONG = [
    ([], ""),
    (["nonsense"], "No such command"),
    (["run"], "Missing argument"),
    (["run", "x.txt", "--chunk-size", "many"], "Invalid value for '--chunk-size'"),
    (["run", "x.txt", "--chunk-size", "3"], "annotate: --chunk-size: "),
    (["run", "x.txt", "--task", "../../etc"], "annotate: no task '../../etc' here"),
    (["run", "x.txt", "--price", "cheap"], "annotate: --price: needs two prices"),
    (["run", "x.txt", "--base-url", "ftp://x"], "annotate: --base-url: needs http"),
    (["run", "*.nonsense"], "annotate: *.nonsense: no file matches"),
    (["segments", "x.txt", "--encoding", "klingon"], "annotate: --encoding 'klingon' is unknown"),
    (["show", "nowhere"], "annotate: nowhere: is not a run folder"),
    (["export", "nowhere", "--to", "csv"], "annotate: nowhere: is not a run folder"),
    (["task", "schema", "nonsense"], "annotate: no task 'nonsense' here"),
    (["--log-file", "nowhere/x.log", "task", "list"], "annotate: --log-file nowhere/x.log: "),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=[" ".join(w[0]) for w in WRONG])
def test_wrong_usage_ends_with_2_and_one_message(
    command: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "x.txt").write_text("It failed.", encoding="utf-8")
    before = contents(tmp_path)
    done = command(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == "" or not arguments  # no command at all is answered with the help
    assert contents(tmp_path) == before


def test_a_document_that_cannot_be_read_ends_with_4(command: Command) -> None:
    done = command("segments", "nowhere.txt")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("annotate: nowhere.txt: no such file")
    assert done.stderr.count("\n") == 1


def test_verbose_and_the_log_say_where_a_failure_came_from(
    command: Command, tmp_path: Path
) -> None:
    done = command("-v", "--log-file", tmp_path / "x.log", "show", "nowhere")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert "RunError" in (tmp_path / "x.log").read_text(encoding="utf-8")


def test_standard_input_is_a_document(incidents: Command, tmp_path: Path) -> None:
    done = incidents("run", "-", "--out", tmp_path / "run", given=b"Search was slow.")
    assert done.returncode == 0
    assert [document.id for document in Run(tmp_path / "run").documents()] == ["stdin"]
    done = incidents("segments", "-", given="Search 😀 was slow.".encode())
    assert "[0:18] Search 😀 was slow." in done.stdout


def test_the_default_folder_says_task_model_and_input(command: Command, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "projects" / "incidents", tmp_path / "p")
    (tmp_path / "p" / "day 1.txt").write_text("Search was slow.", encoding="utf-8")
    done = command("run", "day 1.txt", cwd=tmp_path / "p")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "p" / "runs" / "incidents-lexicon-day-1.txt" / "manifest.json").exists()


@posix
def test_a_run_folder_with_blanks_is_quoted_where_it_is_to_be_typed(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    done = incidents("run", reports, "--out", tmp_path / "my run")
    assert f"annotate show '{tmp_path / 'my run'}'" in done.stdout


# ---- JSON ----


def test_json_is_json_everywhere(incidents: Command, reports: Path, run: Path) -> None:
    ran = json.loads(incidents("run", reports, "--out", run, "--json").stdout)
    assert ran["run"] == str(run)
    assert ran["status"] == "complete"
    shown = json.loads(incidents("show", run, "--json").stdout)
    assert sum(each["annotations"] for each in shown["categories"]) == ran["counts"]["annotations"]
    assert len(shown["documents"]) == ran["counts"]["documents"] == 4
    tasks = json.loads(incidents("task", "list", "--json").stdout)
    assert {task["task"]: task["baseline"] for task in tasks}["incidents"] is True
    schema = json.loads(incidents("task", "schema").stdout)  # the project's own task
    assert schema == json.loads(incidents("task", "schema", "incidents").stdout)
    checks = json.loads(incidents("doctor", "--json").stdout)
    assert {"name", "ok", "finding"} <= checks[0].keys()


def test_segments_as_json_are_the_text(command: Command, tmp_path: Path) -> None:
    text = "# Impact\r\n\r\nWe saw:\r\n\r\n- slow 😀 pages;\r\n- errors \ud83d here.\r\n"
    rows = json.dumps({"id": "\x1b[31m", "text": text})
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    done = command("segments", "rows.jsonl", "--json")
    assert done.returncode == 0, done.stderr
    units = [json.loads(line) for line in done.stdout.splitlines()]
    assert [unit["kind"] for unit in units] == ["heading", "stem", "item", "item"]
    for unit in units:
        assert text[unit["start"] : unit["end"]] == unit["text"]
        assert unit["document"] == "rows.jsonl#\x1b[31m"


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


# ---- Export, as a command ----


def test_exports_are_read_back(incidents: Command, run: Path, tmp_path: Path) -> None:
    annotations = list(Run(run).annotations())
    texts = {document.id: document.text for document in Run(run).documents()}
    piped = incidents("export", run, "--to", "csv")
    filed = incidents("export", run, "--to", "csv", "--out", tmp_path / "out.csv")
    assert (filed.returncode, filed.stdout) == (0, "")
    assert filed.stderr == f"{len(annotations)} annotations in {tmp_path / 'out.csv'}\n"
    assert piped.stdout.encode() == (tmp_path / "out.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(piped.stdout, newline="")))
    assert len(rows) == len(annotations) > 5
    for row in rows:
        assert texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"]
    lines = incidents("export", run, "--to", "jsonl").stdout
    assert lines.encode() == (run / "annotations.jsonl").read_bytes()


# ---- Hostile names and texts ----


def assert_harmless(text: str) -> None:
    """No control character but line ends, and none that turns the direction of text."""
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


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
        incidents("init", folder),
        incidents("init", folder),
    ):
        assert_harmless(done.stdout)
        assert_harmless(done.stderr)
        assert "Traceback" not in done.stderr


def test_hostile_texts_are_shown_harmlessly(command: Command, tmp_path: Path) -> None:
    text = "We \x1b[2J keep [red]logs[/red] \u202e here \x9b31m and [link=http://x]there[/link]."
    (tmp_path / "x.jsonl").write_text(json.dumps({"text": text}), encoding="utf-8")
    done = command("segments", "x.jsonl")
    assert_harmless(done.stdout)
    assert "We \\u001b[2J keep [red]logs[/red] \\u202e here \\u009b31m and [link=" in done.stdout


def test_a_pipe_gets_no_colours(incidents: Command, run: Path, reports: Path) -> None:
    for arguments in (["show", run], ["segments", reports / "booking.md"], ["doctor"], ["--help"]):
        assert "\x1b" not in incidents(*arguments).stdout


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


# ---- Doctor ----


def test_doctor_finds_a_good_project_good(incidents: Command) -> None:
    done = incidents("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["settings"]["ok"]
    assert "incidents" in checks["settings"]["finding"]
    assert checks["task incidents"]["ok"]
    assert "3 categories, lexicon for 3" in checks["task incidents"]["finding"]


BROKEN = [
    ("annotate.toml", "task = ", "settings: "),
    ("annotate.toml", "chunksize = 5", "chunksize: unknown setting"),
    ("schemas/incidents.py", "x = (", "incidents.py:1: SyntaxError"),
    ("schemas/incidents.lexicon.toml", "[impact]\ncues = 3", "[impact] cues: needs a list"),
    ("schemas/incidents.lexicon.toml", "[cookies]", "[cookies]: unknown"),
]


@pytest.mark.parametrize(("name", "text", "said"), BROKEN, ids=[each[2] for each in BROKEN])
def test_doctor_names_what_is_broken(
    incidents: Command, tmp_path: Path, name: str, text: str, said: str
) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(incidents.cwd, tmp_path / "p", ignore=ignore)
    (tmp_path / "p" / name).write_text(text, encoding="utf-8")
    done = incidents("doctor", cwd=tmp_path / "p")
    assert done.returncode == 2
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert said in line
    assert done.stderr == ""
