"""`annotate run`: where it writes, what it says and how it ends."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, Command
from tests.support import endpoints

posix = pytest.mark.skipif(os.name != "posix", reason="file names and pipes are others there")


def test_results_go_to_standard_output_and_the_rest_to_standard_error(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    (reports / "blank.txt").write_text(" \n", encoding="utf-8")
    done = incidents("run", reports, "--out", tmp_path / "run")
    assert done.returncode == 4
    assert "annotations in 4 documents" in done.stdout
    assert f"annotate show {tmp_path / 'run'}" in done.stdout
    assert "not read" not in done.stdout
    baseline, unread = done.stderr.splitlines()
    assert baseline == "no model is named: the offline baseline annotates, by cue words"
    assert unread.startswith("not read: blank.txt: ")


@pytest.mark.parametrize(
    "named",
    [
        ["nosuch"],
        ["nosuch.txt", "none.md"],
        ["../p/lexicon.rtf"],
        ["*.none"],
        ["eval"],
    ],
)
@pytest.mark.parametrize("first", [["run"], ["run", "--model", "m", "--price", "1,1"]])
def test_inputs_of_which_none_can_be_read_leave_nothing_behind(
    incidents: Command, tmp_path: Path, first: list[str], named: list[str]
) -> None:
    project = endpoints.project(tmp_path / "p")
    (project / "lexicon.rtf").write_text("Search was slow.", encoding="utf-8")
    before = sorted(project.rglob("*"))
    done = incidents(*first, *named, cwd=project)
    assert done.returncode == 2
    for name in named:
        assert f"{Path(name).name}: " in done.stderr
    assert sorted(project.rglob("*")) == before


def test_an_input_that_names_nothing_is_said_beside_others(
    incidents: Command, tmp_path: Path
) -> None:
    project = endpoints.project(tmp_path / "p")
    (project / "a.txt").write_text("Search was slow.", encoding="utf-8")
    (project / "empty").mkdir()
    before = sorted(project.rglob("*"))
    for named in ("*.none", "no/*.txt", "empty"):
        done = incidents("run", "a.txt", named, cwd=project)
        assert (done.returncode, f"annotate: {named}: no " in done.stderr) == (2, True)
        assert sorted(project.rglob("*")) == before
    # A name may be of a document that is not there yet: the others are read.
    done = incidents("run", "nosuch", "a.txt", "--out", "run", cwd=project)
    assert (done.returncode, "not read: nosuch: no such file" in done.stderr) == (4, True)
    assert [each.id for each in Run(project / "run").documents()] == ["a.txt"]


def test_what_a_folder_holds_and_is_not_read_is_named_and_counted(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    for name in ("b.rtf", "c.csv", "d", ".e.txt"):
        (reports / name).write_text("Search was slow.", encoding="utf-8")
    (reports / "void.txt").touch()
    done = incidents("run", reports, "--out", tmp_path / "run")
    run = Run(tmp_path / "run")
    assert (done.returncode, run.complete) == (0, True)
    assert run.manifest["counts"]["skipped"] == len(run.skipped) == 5
    shown = incidents("show", tmp_path / "run").stdout
    page = incidents("view", tmp_path / "run", "--out", tmp_path / "page.html")
    assert page.returncode == 0
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "5 inputs skipped" in done.stdout
    for name in (".e.txt", "b.rtf", "c.csv", "d", "void.txt"):
        assert f"skipped: {name}: " in done.stderr
        assert f"skipped: {name}: " in shown
        assert f'"source":"{name}"' in html


def test_standard_input_is_a_document(incidents: Command, tmp_path: Path) -> None:
    done = incidents("run", "-", "--out", tmp_path / "run", given=b"Search was slow.")
    assert done.returncode == 0
    assert [document.id for document in Run(tmp_path / "run").documents()] == ["stdin"]
    done = incidents("segments", "-", given="Search 😀 was slow.".encode())
    assert "[0:18] Search 😀 was slow." in done.stdout


def test_the_default_folder_says_task_model_and_input(command: Command, tmp_path: Path) -> None:
    shutil.copytree(INCIDENTS, tmp_path / "p")
    (tmp_path / "p" / "day 1.txt").write_text("Search was slow.", encoding="utf-8")
    done = command("run", "day 1.txt", cwd=tmp_path / "p")
    assert done.returncode == 0, done.stderr
    assert (
        tmp_path / "p" / "runs" / "incident_report-lexicon-day-1.txt" / "manifest.json"
    ).exists()


@posix
def test_a_run_folder_with_blanks_is_quoted_where_it_is_to_be_typed(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    done = incidents("run", reports, "--out", tmp_path / "my run")
    assert f"annotate show '{tmp_path / 'my run'}'" in done.stdout
