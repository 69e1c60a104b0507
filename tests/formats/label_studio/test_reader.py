"""Tasks are read one by one: a bad one is named, and the others are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import UsageError
from annotate.formats.corrections import read_corrections
from annotate.formats.import_gold import import_gold
from annotate.formats.import_run import import_run
from annotate.gold.agreement import agreement
from annotate.gold.passes import read_passes
from schemas.incident_report import SCHEMA
from tests.support.corrected import INCIDENT_TASK, read_tasks, tasks_of
from tests.support.marked import SLOW, as_marked


def test_of_several_annotations_the_ground_truth_counts(tmp_path: Path) -> None:
    (task,) = tasks_of(tmp_path)
    empty = {"id": 99, "result": [], "was_cancelled": False, "ground_truth": False}
    task["annotations"].append(empty)
    read = read_tasks(tmp_path, [task])
    said = "task 1: has 2 annotations (11, 99) that agree on all but 3"
    assert said in str(read.problems[0])
    assert read.documents[0].spans == ()
    task["annotations"][0]["ground_truth"] = True
    assert len(read_tasks(tmp_path, [task]).documents[0].spans) == 3
    task["annotations"][0]["ground_truth"] = False
    empty["was_cancelled"] = True
    assert len(read_tasks(tmp_path, [task]).documents[0].spans) == 3


def test_of_several_annotators_counts_what_all_marked_and_each_is_a_pass(tmp_path: Path) -> None:
    (task,) = tasks_of(tmp_path)
    second = json.loads(json.dumps(task["annotations"][0]))
    second |= {"id": 12, "completed_by": {"id": 8, "email": "eve@example.org"}}
    task["annotations"][0]["completed_by"] = 7
    task["annotations"].append(second)
    whole = read_tasks(tmp_path, [task])
    assert (len(whole.documents[0].spans), whole.problems) == (3, ())
    gone = next(each["id"] for each in second["result"] if each["from_name"] == "label")
    second["result"] = [each for each in second["result"] if each["id"] != gone]
    read = read_tasks(tmp_path, [task])
    assert len(read.documents[0].spans) == 2
    assert "agree on all but 1, which are left out" in str(read.problems[0])
    gold, _ = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    first, other = read_passes(gold.folder)
    assert (first.folder.name, other.folder.name) == ("annotator-7", "annotator-8")
    assert "eve" not in "".join(read.beside)
    alpha = agreement(first, other, SCHEMA).alpha
    assert alpha is not None
    assert alpha < 1


def test_a_task_that_nobody_submitted_is_reported(tmp_path: Path) -> None:
    tasks_of(tmp_path)
    file = tmp_path / "run-label-studio" / "tasks.json"
    tasks = json.loads(file.read_text(encoding="utf-8"))
    read = read_tasks(tmp_path, tasks)
    assert "nobody has annotated it; submit it" in str(read.problems[0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["data"].update(text="another"), "is not the text that was exported"),
        (lambda t: t["data"].update(annotate="{"), "its field 'annotate' is damaged"),
        (lambda t: t["data"].update(annotate='{"format": 1}'), "its field 'annotate' is damaged"),
        (lambda t: t["data"].pop("text"), "has no text in its field 'text'"),
        (lambda t: t.pop("data"), "export the project as JSON, not as JSON-MIN"),
    ],
    ids=["text", "no JSON", "other JSON", "no text", "no data"],
)
def test_a_bad_task_is_named_and_the_others_are_read(
    tmp_path: Path, change: Callable[[Any], None], message: str
) -> None:
    (task,) = tasks_of(tmp_path)
    bad = json.loads(json.dumps(task))
    change(bad)
    foreign = {"id": 7, "data": {"text": "Slow.", "id": "b"}, "annotations": [{"result": []}]}
    read = read_tasks(tmp_path, [bad, foreign])
    assert message in str(read.problems[0])
    assert [each.document.id for each in read.documents] == ["b"]
    back, _ = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert not back.complete
    assert len(list(back.unreadable())) == 1


def test_the_same_document_twice_is_reported(tmp_path: Path) -> None:
    (task,) = tasks_of(tmp_path)
    read = read_tasks(tmp_path, [task, task])
    assert [str(each).split(": ", 1)[1] for each in read.problems] == [
        "task 1: is document cafe.txt again; remove one of the two"
    ]


def test_tasks_of_another_tool_are_read_by_their_text(tmp_path: Path) -> None:
    text = "Search 😀 was slow."
    marked = as_marked(text, 9, 18, "impact")
    effects = {"from_name": "impact__effects", "type": "choices", "value": {"choices": ["slow"]}}
    results = [marked, {"id": marked["id"], "to_name": "text", **effects}]
    task = {"id": 3, "data": {"text": text}, "annotations": [{"result": results}]}
    read = read_tasks(tmp_path, [task])
    back, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert [(a.document, a.quote, a.attributes) for a in back.annotations()] == [
        ("3", "was slow.", SLOW)
    ]
    assert (read.problems, problems) == ((), [])
    assert [(e.start, e.end, e.status) for e in back.ledger()] == [(0, len(text), "ok")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "does not hold a list of tasks"),
        (b"[\n{,}]", r"source\.json:2: is not JSON"),
        (b"\xff[]", "is not JSON in UTF-8"),
        (b"[" * 100_000, "is not JSON in UTF-8"),
    ],
)
def test_a_file_that_is_not_an_export_is_named(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "source.json").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_corrections(tmp_path / "source.json", "label-studio", SCHEMA)
