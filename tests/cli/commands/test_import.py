"""`annotate import` and `annotate gold import`: what people corrected in another tool."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.runs.reader import Run
from tests.conftest import ROOT, Command
from tests.support.corrected import same
from tests.support.marked import submitted


@pytest.fixture
def exported(incidents: Command, reports: Path, tmp_path: Path) -> Path:
    """A folder with a run of reports, and its export for both tools."""
    run = tmp_path / "run"
    assert incidents("run", reports, "--out", run).returncode == 0
    for tool in ("brat", "label-studio"):
        done = incidents("export", run, "--to", tool, "--out", tmp_path / tool)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return tmp_path


def test_the_command_reads_a_run_back(incidents: Command, exported: Path) -> None:
    out = exported / "back"
    done = incidents("import", exported / "brat", "--from", "brat", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert same(Run(out), Run(exported / "run"), "annotations")
    assert "annotations in 4 documents" in done.stdout


def test_the_command_ends_with_4_and_names_the_line_that_it_could_not_read(
    incidents: Command, exported: Path
) -> None:
    file = exported / "brat" / "cafe.ann"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "E1\tx\x1b[31m\n", encoding="utf-8")
    out = exported / "back"
    done = incidents("import", exported / "brat", "--from", "brat", "--out", out)
    assert done.returncode == 4
    assert f"cafe.ann:{text.count(chr(10)) + 1}: is neither" in done.stderr
    assert same(Run(out), Run(exported / "run"), "annotations")


def test_the_command_makes_gold_and_lints_it(
    incidents: Command, exported: Path, reports: Path
) -> None:
    tasks = json.loads((exported / "label-studio" / "tasks.json").read_text(encoding="utf-8"))
    source = exported / "corrected.json"
    source.write_text(json.dumps(submitted(tasks)), encoding="utf-8")
    arguments = ("gold", "import", source, "--from", "label-studio", "--documents", reports)
    done = incidents(*arguments, "--out", exported / "gold")
    count = len(list(Run(exported / "run").annotations()))
    last = done.stdout.splitlines()[-1]
    assert (done.returncode, done.stderr) == (0, "")
    assert last.startswith(f"{count} annotations of {count} that were exported in ")
    assert ": 0 errors, " in last
    checked = incidents("gold", "check", exported / "gold", "--documents", reports)
    assert checked.returncode == 0

    tasks[0]["predictions"][0]["result"][0]["value"]["labels"] = ["nonsense"]
    source.write_text(json.dumps(submitted(tasks)), encoding="utf-8")
    done = incidents(*arguments, "--out", exported / "gold2", "--json")
    assert done.returncode == 4  # what is left of the region's attributes was not read
    assert any("is unknown" in finding["message"] for finding in json.loads(done.stdout))


def test_the_command_corrects_gold_in_brat(
    incidents: Command, exported: Path, reports: Path
) -> None:
    arguments = ("--documents", reports, "--from", "brat")
    first, second = exported / "gold", exported / "gold2"
    assert (
        incidents("gold", "import", exported / "brat", *arguments, "--out", first).returncode == 0
    )
    brat = exported / "gold-brat"
    done = incidents("gold", "export", first, "--to", "brat", "--out", brat, "--documents", reports)
    assert done.returncode == 0, done.stderr
    file = brat / "cafe.ann"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[2:]), encoding="utf-8")
    done = incidents("gold", "import", brat, *arguments, "--out", second)
    assert done.returncode == 0, done.stderr
    difference = incidents("gold", "diff", first, second)
    assert difference.stdout.splitlines()[-1] == "0 added, 1 removed, 0 changed"


def test_an_import_that_reads_nothing_writes_nothing(incidents: Command, tmp_path: Path) -> None:
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "x.ann").write_text("", encoding="utf-8")
    documents = ("--documents", ROOT / "eval" / "documents")
    for words, more in ((("import",), ()), (("gold", "import"), documents)):
        where = (tmp_path / "brat", "--from", "brat", "--out", tmp_path / "out")
        done = incidents(*words, *where, *more)
        assert done.returncode == 4
        assert "nothing is written" in done.stderr
        assert not (tmp_path / "out").exists()
