"""`annotate crosswalk`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from annotate.runs.reader import Run
from tests.conftest import Command


def test_the_command_prints_what_is_stated_of_each_label(command: Command, policies: Run) -> None:
    done = command("crosswalk", policies.path, "--to", "opp115")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Data Retention" in done.stdout
    printed = command("crosswalk", policies.path, "--to", "gdpr")
    assert "no label: 29 security: no item asks for it" in printed.stdout
    found = json.loads(command("crosswalk", policies.path, "--to", "gdpr", "--json").stdout)
    officer = next(each for each in found["labels"] if each["label"] == "13(1)(b)")
    assert len(officer["stated"]) + len(officer["silent"]) + len(officer["open"]) == 5
    assert all(each["why"] for each in found["unlabelled"])
    assert found["crosswalk"]["to"] == "gdpr"


def test_the_command_writes_reports_and_rows(
    command: Command, policies: Run, tmp_path: Path
) -> None:
    to = ("crosswalk", policies.path, "--to", "gdpr", "--out")
    for ending, begins in ((".html", b"<!doctype html>"), (".md", b"# GDPR"), (".docx", b"PK")):
        path = tmp_path / f"r{ending}"
        assert command(*to, path).stdout == f"{path}\n"
        assert path.read_bytes().startswith(begins)
    path = tmp_path / "rows.csv"
    done = command(*to, path, "--as", "csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert done.stderr == f"{len(rows)} annotations in {path}\n"
    assert {"13(1)(e)", "14(1)(e)"} <= {row["category"] for row in rows}
    assert {row["stated_as"] for row in rows if row["category"] == "13(1)(e)"} == {"sharing"}
    done = command(*to, tmp_path / "rows.jsonl", "--as", "jsonl")
    first, *_ = (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["category"] in {row["category"] for row in rows}
    done = command(*to, tmp_path / "tables", "--as", "tables")
    assert (tmp_path / "tables" / "annotations.parquet").is_file()


def test_the_command_scores_in_the_names_of_the_labels(command: Command, policies: Run) -> None:
    to = ("crosswalk", policies.path, "--to", "opp115", "--score")
    done = command(*to)
    assert done.returncode == 0
    assert "against gold version 2 of opp115: 5 documents" in done.stdout
    found = json.loads(command(*to, "--json").stdout)
    assert "Data Retention" in found["scores"]["by_category"]


@pytest.mark.parametrize(("also", "part"), [((), "labels"), (("--score",), "scores")])
def test_json_stands_alone_where_a_report_is_written_too(
    command: Command, policies: Run, tmp_path: Path, also: tuple[str, ...], part: str
) -> None:
    path = tmp_path / "r.md"
    done = command("crosswalk", policies.path, "--to", "gdpr", "--json", "--out", path, *also)
    assert part in json.loads(done.stdout)
    assert done.stderr == f"{path}\n"
    assert path.is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "nosuch"), "there is gdpr, opp115"),
        (("--to", "gdpr", "--as", "csv"), "--as writes to a file; name it with --out"),
        (("--to", "gdpr", "--as", "brat", "--out", "x"), "--as brat: unknown format, there is csv"),
        (("--to", "gdpr", "--out", "x.pdf"), "a report ends in .html, .md, .docx"),
        (("--to", "gdpr", "--gold", "nowhere"), "nowhere"),
    ],
)
def test_the_command_names_what_it_cannot_do(
    command: Command, policies: Run, words: tuple[str, ...], said: str
) -> None:
    done = command("crosswalk", policies.path, *words)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (command.cwd / "x").exists()
