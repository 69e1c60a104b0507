"""Gold is read as it was written, in the order of its manifest."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.gold.store import Manifest, read_gold, write_gold
from annotate.scoring.labels import Label
from schemas.incident_report import SCHEMA
from tests.support.labelled import REPORT, Project


def test_gold_is_read_in_the_order_of_its_manifest(project: Project) -> None:
    gold = project.read()
    assert [each.id for each in gold.annotations] == ["r1", "r2", "r3", "r4", "o1"]
    assert [each.line for each in gold.annotations] == [1, 2, 3, 4, 1]
    assert gold.annotations[-1].document == "sub/other.txt"
    assert gold.manifest == Manifest.model_validate_json(json.dumps(project.manifest))
    assert read_gold(project.gold, SCHEMA) == gold


def test_rows_are_written_as_they_were_read(project: Project) -> None:
    written = [each.to_json() for each in project.read().annotations]
    assert written == [row for rows in project.rows.values() for row in rows]


def test_gold_gives_labels_with_their_status(project: Project) -> None:
    labels = project.read().labels()
    assert [label.status for label in labels] == ["required"] * 3 + ["optional", "required"]
    start = REPORT.index("A bad")
    assert labels[1] == Label(
        "report.md",
        start,
        start + 24,
        "cause",
        {"triggers": frozenset({"configuration"}), "certainty": frozenset({"confirmed"})},
    )


def test_gold_of_another_schema_is_refused(project: Project) -> None:
    project.manifest["schema_version"] = "2"
    project.write()
    with pytest.raises(
        UsageError,
        match=r"was labelled with schema incident_report 2, not with incident_report 1; ",
    ):
        read_gold(project.gold, SCHEMA)


def test_gold_comes_back_as_it_was_written(project: Project, tmp_path: Path) -> None:
    gold = project.read()
    folder = tmp_path / "copy"
    folder.mkdir()
    write_gold(replace(gold, folder=folder))
    assert read_gold(folder, SCHEMA) == replace(gold, folder=folder)
    assert (folder / "sub" / "other.txt.jsonl").read_bytes() == (
        json.dumps(project.rows["sub/other.txt"][0]).encode() + b"\n"
    )
