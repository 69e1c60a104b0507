"""What people corrected becomes a run: what breaks the schema is in its quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import OutputExists
from annotate.formats.corrections import read_corrections
from annotate.formats.import_gold import import_gold
from annotate.formats.import_run import import_run
from schemas.incident_report import SCHEMA
from tests.support.corrected import (
    INCIDENT_TASK,
    again,
    changed,
    impact_run,
    in_brat,
    results_of,
    through,
)


def test_the_manifest_says_that_a_run_is_imported_and_from_what(tmp_path: Path) -> None:
    back = again(impact_run(tmp_path), "brat", INCIDENT_TASK)
    manifest = back.manifest
    assert (manifest["model"], manifest["task"]) == ("imported", "incident_report")
    assert manifest["imported"]["from"] == "brat"
    assert manifest["imported"]["run"]["model"] == "a-model"
    assert manifest["usage"] == {
        "requests": 0,
        "prompt_tokens": 0,
        "completion_tokens": 0,
        "cost": None,
    }


def test_another_import_into_the_same_run_is_refused(tmp_path: Path) -> None:
    changed(tmp_path, lambda _: None)
    again_ = read_corrections(tmp_path / "run-label-studio.json", "label-studio", SCHEMA)
    import_run(again_, INCIDENT_TASK, tmp_path / "back")
    file = tmp_path / "run-label-studio.json"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    other = read_corrections(file, "label-studio", SCHEMA)
    with pytest.raises(OutputExists, match="its imported differs"):
        import_run(other, INCIDENT_TASK, tmp_path / "back")


def test_a_new_label_without_its_attributes_is_quarantined_and_reported(tmp_path: Path) -> None:
    def relabel(results: list[Any]) -> None:
        results_of(results, "a2", "label")["value"]["labels"] = ["impact"]
        results[:] = [r for r in results if not r["from_name"].startswith("cause__")]

    back, problems = changed(tmp_path, relabel)
    (refused,) = back.quarantine()
    assert [each.lost for each in problems] == [True]
    assert "region a2: breaks the schema (effects: the set is empty" in str(problems[0])
    assert refused["kind"] == "invalid"
    assert refused["item"]["quote"] == "A setting caused it."
    assert [entry.status for entry in back.ledger()] == ["repaired", "partial"]


def test_a_remark_on_a_region_is_a_note_of_gold_and_reported_for_a_run(tmp_path: Path) -> None:
    def remark(results: list[Any]) -> None:
        results[0]["meta"] = {"text": ["see P3", "😀"]}

    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK, remark)
    gold, _ = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert [each.note for each in gold.annotations] == ["see P3\n😀", "", ""]
    _, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert [(each.lost, "remark" in str(each)) for each in problems] == [(False, True)]


def test_the_same_said_twice_of_the_same_words_is_reported_and_kept(tmp_path: Path) -> None:
    def copy(results: list[Any]) -> None:
        results += [{**result, "id": "copy"} for result in results if result["id"] == "a1"]

    back, problems = changed(tmp_path, copy)
    assert [each.quote for each in back.annotations()].count("It was slow in Germany.") == 2
    assert [(each.lost, "unite them" in str(each)) for each in problems] == [(False, True)]


def test_damaged_evidence_gives_way_to_the_words(tmp_path: Path) -> None:
    back, problems = in_brat(tmp_path, lambda text: text.replace('"grounding": "folded"', '"x": 1'))
    assert [(each.lost, "evidence is damaged" in str(each)) for each in problems] == [
        (False, True)
    ] * 3
    assert [each.evidence[0].grounding for each in back.annotations()] == ["exact"] * 3
