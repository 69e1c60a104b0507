"""The committed gold of each task keeps what its datasheet promises."""

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
CODEBOOKS = {
    "privacy_policy": ROOT / "eval" / "codebook.md",
    "incident_report": ROOT / "eval" / "incident_report" / "codebook.md",
}


class Labelled:
    """The gold of a task with its documents and its two passes."""

    def __init__(self, name: str) -> None:
        task = load_task(name, ROOT)
        self.name, self.schema, self.folder = name, task.schema, task.gold_folder
        self.gold = read_gold(self.folder, self.schema)
        self.sources = read_sources(task.documents_folder)
        self.passes = [read_pass(self.folder / "passes" / each) for each in ("first", "second")]

    def items(self, annotations: object) -> list[str]:
        """Return annotations as the schema completes them, in an order of their own."""
        return sorted(
            json.dumps(self.schema.parse(item).model_dump(mode="json"), sort_keys=True)
            for item in annotations  # type: ignore[attr-defined]
        )


@pytest.fixture(scope="module", params=CODEBOOKS)
def labelled(request: pytest.FixtureRequest) -> Labelled:
    return Labelled(request.param)


def test_the_lint_finds_no_error(labelled: Labelled) -> None:
    findings = check(labelled.gold, labelled.sources, labelled.schema, labelled.passes)
    assert [str(finding) for finding in findings if finding.severity == "error"] == []


def test_each_pass_has_a_row_for_every_unit_of_every_document(labelled: Labelled) -> None:
    for each in labelled.passes:
        for name, source in labelled.sources.items():
            rows = [(row.start, row.end) for row in each.documents[name]]
            assert rows == [(u.start, u.end) for u in source.units]


def test_the_agreement_report_is_what_the_passes_give(labelled: Labelled) -> None:
    report = json.loads((labelled.folder / "agreement.json").read_text(encoding="utf-8"))
    first, second = labelled.passes
    found = agreement(first, second, labelled.schema)
    assert report == json.loads(json.dumps(found.to_json()))


def test_every_category_has_two_or_three_cases_that_must_be_found(labelled: Labelled) -> None:
    counts = Counter(each.category for each in labelled.gold.annotations if each.must_find)
    assert {
        category: counts[category] in (2, 3) for category in labelled.schema.categories
    } == dict.fromkeys(labelled.schema.categories, True)
    assert all(each.status == "required" for each in labelled.gold.annotations if each.must_find)


def test_every_disagreement_of_the_passes_has_a_decision(labelled: Labelled) -> None:
    log = (labelled.folder / "log" / "adjudication.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in log]
    decided = {(row["document"], row["unit"]) for row in rows if row["step"] == "adjudication"}
    differing = set()
    for name in labelled.sources:
        passes = (each.documents[name] for each in labelled.passes)
        for first, second in zip(*passes, strict=True):
            if labelled.items(first.annotations) != labelled.items(second.annotations):
                differing.add((name, first.unit))
    assert decided == differing
    assert all(row["rule"] and row["reason"] for row in rows)


def test_the_codebook_ends_with_the_definitions_of_the_schema(labelled: Labelled) -> None:
    text = CODEBOOKS[labelled.name].read_text(encoding="utf-8")
    assert text.endswith("\n" + codebook(labelled.schema))
