"""Tasks hold before Label Studio's own SDK; every region marks its words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from label_studio_sdk.label_interface.interface import LabelInterface

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.formats.export import export, export_gold
from annotate.formats.label_studio.configuration import configuration, shown
from annotate.gold.sources import read_sources
from annotate.gold.store import read_gold
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from schemas.incident_report import SCHEMA
from tests.conftest import ROOT
from tests.support.marked import (
    GOLD,
    POLICIES,
    SLOW,
    Content,
    drawn,
    incident_practices,
    policy_practices,
)
from tests.support.written import a_run


def tasks_of(run: Run, folder: Path, schema: Schema = SCHEMA) -> list[Any]:
    export(run, "label-studio", folder, schema=schema)
    return json.loads((folder / "tasks.json").read_bytes())  # type: ignore[no-any-return]


def accepted(config: str, tasks: list[Any]) -> None:
    """Hold tasks against the configuration, as Label Studio does on import."""
    read: Any = LabelInterface(config)  # its methods declare no types
    for task in tasks:
        assert read.validate_task({"data": task["data"]})
        for prediction in task["predictions"]:
            assert read.validate_prediction(prediction, return_errors=True) == []


@given(content=drawn(SCHEMA, incident_practices()))
def test_tasks_of_incidents_are_valid_and_mark_their_words(
    tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    folder = tmp_path_factory.mktemp("tasks")
    tasks = tasks_of(content.write(folder / "run"), folder / "out")
    accepted((folder / "out" / "config.xml").read_text(encoding="utf-8"), tasks)
    for task, (document, found) in zip(tasks, content.documents, strict=True):
        text = task["data"]["text"]
        results = task["predictions"][0]["result"]
        labels = [each for each in results if each["type"] == "labels"]
        assert text == shown(document.text)
        assert len(text) == len(document.text)
        assert [(r["value"]["start"], r["value"]["end"]) for r in labels] == [
            (a.start, a.end) for a in found
        ]
        for result in labels:
            value = result["value"]
            assert value["text"] == text[value["start"] : value["end"]]


@given(content=drawn(POLICIES, policy_practices()))
def test_tasks_of_policies_are_valid(
    tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    folder = tmp_path_factory.mktemp("tasks")
    tasks = tasks_of(content.write(folder / "run"), folder / "out", POLICIES)
    accepted(configuration(POLICIES), tasks)


def test_the_whole_gold_is_valid(tmp_path: Path) -> None:
    sources = read_sources(ROOT / "eval" / "documents")
    gold = read_gold(GOLD, POLICIES)
    assert export_gold(gold, sources, POLICIES, "label-studio", tmp_path / "out") == len(
        gold.annotations
    )
    tasks = json.loads((tmp_path / "out" / "tasks.json").read_bytes())
    accepted(configuration(POLICIES), tasks)
    assert len(tasks) == 5


def test_an_emoji_is_one_character_as_label_studio_counts(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "😀👩\u200d👧\r\n", "down.", attributes=SLOW)
    (task,) = tasks_of(run, tmp_path / "out")
    results = task["predictions"][0]["result"]
    last = next(result["value"] for result in results if result["id"] == "a1")
    assert (last["start"], last["end"], last["text"]) == (6, 11, "down.")


def test_what_no_database_takes_is_shown_replaced_and_kept_as_an_escape(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "a\0\ud83db", attributes=SLOW, name="\0\udcff")
    export(run, "label-studio", tmp_path / "out", schema=SCHEMA)
    written = (tmp_path / "out" / "tasks.json").read_bytes()
    assert b"\0" not in written
    assert b"\\u0000" in written.replace(b"\\\\u0000", b"\\u0000")
    assert b'"\\u0000' not in written  # only inside the string that we keep
    (task,) = json.loads(written)
    assert (task["data"]["text"], task["data"]["document"]) == ("a\ufffd\ufffdb", "\ufffd\ufffd")
    kept = json.loads(task["data"]["annotate"])
    assert (kept["text"], kept["id"]) == ("a\0\ud83db", "\0\udcff")


def test_the_prediction_names_the_model(tmp_path: Path) -> None:
    (task,) = tasks_of(a_run(tmp_path / "run", "x", attributes=SLOW), tmp_path / "out")
    assert task["predictions"][0]["model_version"] == "lexicon"
    assert "score" not in task["predictions"][0]


def test_a_run_without_documents_is_an_empty_list(tmp_path: Path) -> None:
    assert tasks_of(Content(SCHEMA, ()).write(tmp_path / "run"), tmp_path / "out") == []


def test_a_value_that_no_control_holds_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "x", attributes={"nonsense": 1})
    with pytest.raises(UsageError, match=r"impact\.nonsense: is not in this schema"):
        export(run, "label-studio", tmp_path / "out", schema=SCHEMA)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = Content(SCHEMA, ((Document("a", "x"), ()),)).write(tmp_path / "run")
    for name in ("one", "two"):
        export(run, "label-studio", tmp_path / name, schema=SCHEMA)
    for name in ("tasks.json", "config.xml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
