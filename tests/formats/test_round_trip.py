"""What goes to an annotation tool and is not touched there comes back to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from annotate.formats.corrections import read_corrections
from annotate.formats.export import export_gold
from annotate.formats.import_gold import import_gold
from annotate.gold.sources import read_sources
from annotate.gold.store import read_gold
from annotate.runs.reader import Run
from tests.conftest import ROOT, contents
from tests.projects.incidents.schemas.incidents import SCHEMA
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


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
@given(content=drawn(SCHEMA, incident_practices()))
def test_incident_runs_come_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, tool: str, content: Content
) -> None:
    run = content.write(tmp_path_factory.mktemp("incidents") / "run")
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
