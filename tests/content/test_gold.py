"""The committed gold keeps what its datasheet promises."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from annotate.gold.agreement import agreement
from annotate.gold.lint import check
from annotate.gold.passes import read_pass
from annotate.gold.sources import read_sources
from annotate.gold.store import read_gold
from annotate.project.tasks import load_task
from annotate.schema.codebook import codebook

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "eval" / "gold" / "privacy_policy"
SCHEMA = load_task("privacy_policy", ROOT).schema
GOLD = read_gold(FOLDER, SCHEMA)
SOURCES = read_sources(ROOT / "eval" / "documents")
PASSES = [read_pass(FOLDER / "passes" / name) for name in ("first", "second")]


def test_the_lint_finds_no_error() -> None:
    findings = check(GOLD, SOURCES, SCHEMA, PASSES)
    assert [str(finding) for finding in findings if finding.severity == "error"] == []


@pytest.mark.parametrize("labelled", PASSES, ids=lambda each: each.folder.name)
def test_each_pass_has_a_row_for_every_unit_of_every_document(labelled: object) -> None:
    for name, source in SOURCES.items():
        rows = labelled.documents[name]  # type: ignore[attr-defined]
        assert [(row.start, row.end) for row in rows] == [(u.start, u.end) for u in source.units]


def test_the_agreement_report_is_what_the_passes_give() -> None:
    report = json.loads((FOLDER / "agreement.json").read_text(encoding="utf-8"))
    assert report == json.loads(json.dumps(agreement(PASSES[0], PASSES[1], SCHEMA).to_json()))


def test_every_category_has_two_or_three_cases_that_must_be_found() -> None:
    counts = Counter(each.category for each in GOLD.annotations if each.must_find)
    assert {
        category: counts[category] in (2, 3) for category in SCHEMA.categories
    } == dict.fromkeys(SCHEMA.categories, True)
    assert all(each.status == "required" for each in GOLD.annotations if each.must_find)


def test_every_disagreement_of_the_passes_has_a_decision() -> None:
    log = (FOLDER / "log" / "adjudication.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in log]
    decided = {(row["document"], row["unit"]) for row in rows if row["step"] == "adjudication"}
    differing = set()
    for name in SOURCES:
        for first, second in zip(*(each.documents[name] for each in PASSES), strict=True):
            if items(first.annotations) != items(second.annotations):
                differing.add((name, first.unit))
    assert decided == differing
    assert all(row["rule"] and row["reason"] for row in rows)


def items(annotations: object) -> list[str]:
    return sorted(
        json.dumps(SCHEMA.parse(item).model_dump(mode="json"), sort_keys=True)
        for item in annotations  # type: ignore[attr-defined]
    )


def test_the_codebook_ends_with_the_definitions_of_the_schema() -> None:
    text = (ROOT / "eval" / "codebook.md").read_text(encoding="utf-8")
    assert text.endswith("\n" + codebook(SCHEMA))
