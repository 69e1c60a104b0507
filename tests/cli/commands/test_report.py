"""`annotate report`: where a report is written, and what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.report.write import FORMATS, MATRICES
from tests.conftest import INCIDENTS, Command
from tests.support import drawn
from tests.support.drawn import TEXT


def test_the_command_writes_a_report_by_the_ending_of_its_file(
    incidents: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, drawn.every_unit("a.txt", TEXT))
    done = incidents("report", run.path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{run.path / 'report.html'}\n"
    begins = {".html": b"<!doctype html>", ".md": b"# Report on run", ".docx": b"PK"}
    for ending in FORMATS:
        path = tmp_path / f"r{ending.upper()}"
        assert incidents("report", run.path, "--out", path).stdout == f"{path}\n"
        assert path.read_bytes().startswith(begins[ending])
    assert incidents("report", run.path, "--matrix").stdout == f"{run.path / 'matrix.html'}\n"
    begins = {".html": b"<!doctype html>", ".csv": b'"document","impact"', ".parquet": b"PAR1"}
    for ending in MATRICES:
        path = tmp_path / f"m{ending}"
        assert incidents("report", run.path, "--matrix", "--out", path).stdout == f"{path}\n"
        assert path.read_bytes().startswith(begins[ending])
    before = (run.path / "report.html").read_bytes()
    incidents("report", run.path)
    assert (run.path / "report.html").read_bytes() == before


def test_the_command_takes_repeats_by_their_common_name(
    incidents: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    for number in (1, 2):
        found = drawn.every_unit("a.txt", TEXT)
        drawn.write(tmp_path / f"x-{number}", {"a.txt": TEXT}, found, repeat=number)
    done = incidents("report", tmp_path / "x")
    assert done.stdout == f"{tmp_path / 'x-1' / 'report.html'}\n"
    assert "Of 2 samples this is the first:" in done.stderr
    assert "found in 2 of 2 samples" in (tmp_path / "x-1" / "report.html").read_text()


def test_the_command_names_what_it_cannot_do(incidents: Command, tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT}, schema="0")
    done = incidents("report", run.path, "--out", tmp_path / "report.pdf")
    assert done.returncode == 2
    assert done.stderr == f"annotate: {tmp_path}/report.pdf: a report ends in .html, .md, .docx\n"
    done = incidents("report", run.path, "--matrix", "--out", tmp_path / "m.docx")
    assert done.stderr == f"annotate: {tmp_path}/m.docx: a matrix ends in .html, .csv, .parquet\n"
    done = incidents("report", run.path, "--category", "impakt")
    assert (done.returncode, "impakt" in done.stderr) == (2, True)
    done = incidents("report", tmp_path)
    assert done.returncode == 2
    done = incidents("report", run.path)
    assert (done.returncode, "is left out" in done.stderr) == (0, True)


def test_the_help_names_every_ending(incidents: Command) -> None:
    said = incidents("report", "--help").stdout
    assert [each for each in (*FORMATS, *MATRICES) if each not in said] == []
