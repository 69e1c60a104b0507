"""What goes to an annotation tool and is not touched there comes back to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from annotate.formats.corrections import read_corrections
from annotate.formats.export import export, export_gold
from annotate.formats.import_gold import import_gold
from annotate.gold.sources import read_sources
from annotate.gold.store import read_gold
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS, ROOT, contents
from tests.support.corrected import INCIDENT_TASK, POLICY_TASK, again, same
from tests.support.marked import (
    GOLD,
    POLICIES,
    Content,
    drawn,
    incident_practices,
    policy_practices,
    submitted,
)
from tests.support.sourced import FOOT, run_of_sources
from tests.support.written import a_run


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
@given(content=drawn(SCHEMA, incident_practices()))
def test_incident_runs_come_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, tool: str, content: Content
) -> None:
    run = content.write(tmp_path_factory.mktemp("incident_report") / "run")
    back = again(run, tool, INCIDENT_TASK)
    assert same(back, run, "annotations")
    assert same(back, run, "documents")


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
@given(content=drawn(POLICIES, policy_practices()))
def test_policy_runs_come_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, tool: str, content: Content
) -> None:
    run = content.write(tmp_path_factory.mktemp("policies") / "run")
    back = again(run, tool, POLICY_TASK)
    assert same(back, run, "annotations")
    assert same(back, run, "documents")


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_the_five_policies_come_back_to_the_byte(policies: Run, tmp_path: Path, tool: str) -> None:
    back = again(policies, tool, POLICY_TASK, below=tmp_path)
    assert same(back, policies, "annotations")
    assert same(back, policies, "documents")
    assert [e.status for e in back.ledger()] == [e.status for e in policies.ledger()]
    assert back.complete


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_gold_comes_back_to_the_byte(tmp_path: Path, tool: str) -> None:
    sources = read_sources(ROOT / "eval" / "documents")
    export_gold(read_gold(GOLD, POLICIES), sources, POLICIES, tool, tmp_path / "out")
    source = tmp_path / "out"
    if tool == "label-studio":
        tasks = json.loads((source / "tasks.json").read_text(encoding="utf-8"))
        source = tmp_path / "corrected.json"
        source.write_text(json.dumps(submitted(tasks)), encoding="utf-8")
    read = read_corrections(source, tool, POLICIES)
    import_gold(read, POLICIES, sources, tmp_path / "gold")
    back = contents(tmp_path / "gold")
    assert len(back) == 6
    assert back == {name: data for name, data in contents(GOLD).items() if name in back}


# ---- What a source states ----


@pytest.fixture
def sourced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(INCIDENTS)
    return run_of_sources(tmp_path)


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_layout_languages_and_source_come_back_to_the_byte(
    sourced: Run, tmp_path: Path, tool: str
) -> None:
    back = again(sourced, tool, INCIDENT_TASK, below=tmp_path)
    assert same(back, sourced, "documents")
    assert [each.layout for each in back.documents()] == [e.layout for e in sourced.documents()]
    key = [(a.document, a.start) for a in sourced.annotations()]
    assert sorted((a.document, a.start) for a in back.annotations()) == sorted(key)


def test_label_studio_shows_furniture_with_its_reason_and_gets_none_back(
    sourced: Run, tmp_path: Path
) -> None:
    export(sourced, "label-studio", tmp_path / "out", schema=SCHEMA)
    tasks = json.loads((tmp_path / "out" / "tasks.json").read_text(encoding="utf-8"))
    shown = [
        (each["value"]["text"], each["meta"]["text"], each["readonly"])
        for task in tasks
        for each in task["predictions"][0]["result"]
        if each["from_name"] == "furniture"
    ]
    assert [(reason, fixed) for _, reason, fixed in shown] == [
        (["running head or foot"], True),
        (["foot of the page"], True),
    ]
    assert shown[1][0] == FOOT
    assert 'name="furniture"' in (tmp_path / "out" / "config.xml").read_text(encoding="utf-8")
    done = submitted(tasks)
    own = {"id": "abcdefghij", "from_name": "furniture", "to_name": "text", "type": "labels"}
    done[0]["annotations"][0]["result"].append({**own, "value": {"start": 0, "end": 2}})
    source = tmp_path / "corrected.json"
    source.write_text(json.dumps(done), encoding="utf-8")
    read = read_corrections(source, "label-studio", SCHEMA)
    assert sum(len(each.spans) for each in read.documents) == 4
    (problem,) = read.problems
    assert not problem.lost
    assert "only the source of a document states" in problem.message


def test_a_text_without_furniture_has_no_label_for_it(tmp_path: Path) -> None:
    export(a_run(tmp_path / "run", "x"), "label-studio", tmp_path / "out", schema=SCHEMA)
    assert "furniture" not in (tmp_path / "out" / "config.xml").read_text(encoding="utf-8")


DAMAGED = [{"blocks": [{"kind": "item"}]}, {"pages": [[1, 0, 10**6]]}, {"furniture": 3}, 7]


@pytest.mark.parametrize("layout", DAMAGED)
@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_a_damaged_layout_loses_its_document_alone_and_says_so(
    sourced: Run, tmp_path: Path, tool: str, layout: object
) -> None:
    export(sourced, tool, tmp_path / "out", schema=SCHEMA)
    source = tmp_path / "out"
    if tool == "brat":
        index = json.loads((source / "annotate.json").read_text(encoding="utf-8"))
        index["documents"][0]["layout"] = layout
        (source / "annotate.json").write_text(json.dumps(index), encoding="utf-8")
    else:
        tasks = submitted(json.loads((source / "tasks.json").read_text(encoding="utf-8")))
        kept = json.loads(tasks[0]["data"]["annotate"])
        tasks[0]["data"]["annotate"] = json.dumps({**kept, "layout": layout})
        source = tmp_path / "corrected.json"
        source.write_text(json.dumps(tasks), encoding="utf-8")
    read = read_corrections(source, tool, SCHEMA)
    assert [each.document.id for each in read.documents] == ["b.htm"]
    (problem,) = read.problems
    assert "layout" in problem.message or "source is damaged" in problem.message
