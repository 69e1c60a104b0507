"""Every check, on gold that is sound but for one thing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.gold.lint import check
from annotate.gold.passes import read_pass
from schemas.incident_report import SCHEMA
from tests.support.labelled import CAUSE, REPORT, Project, changed, repeated


def test_sound_gold_has_nothing_to_find_but_its_support(project: Project) -> None:
    assert project.check() == []
    passes = [read_pass(each) for each in project.passes]
    three = SCHEMA.only(("impact", "cause", "action"))
    findings = check(project.read(), project.sources, three, passes)
    assert [(each.severity, each.file.name, each.line) for each in findings] == [
        ("warning", "manifest.json", None)
    ] * 3
    # The optional action does not count.
    assert [each.message for each in findings] == [
        "impact has a support of 2, below 20",
        "cause has a support of 1, below 20",
        "action has a support of 1, below 20",
    ]


def pinned(**fields: Any) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        project.manifest["documents"][0].update(fields)

    return change


START = REPORT.index("A bad")
FIRST = REPORT.index("The service")
FAULTS: dict[str, tuple[Callable[[Project], object], *tuple[str, ...]]] = {
    "quote": (
        changed(quote="A bad setting caused it"),
        "report.md.jsonl:2: error: the quote is not what stands at its span; copy it from the text",
    ),
    "outside": (
        changed(end=9999),
        "report.md.jsonl:2: error: the span is not in the text; count code points",
    ),
    "empty": (
        changed(end=START),
        "report.md.jsonl:2: error: the span is not in the text; ",
    ),
    "inside a unit": (
        changed(end=START + 5, quote="A bad"),
        "report.md.jsonl:2: error: the span is not on the borders of units; take the whole",
    ),
    "heading": (
        changed(start=2, end=18, quote="Report of 20 May"),
        "report.md.jsonl:2: error: the span is not on the borders of units; ",
        "report.md.jsonl:2: error: belongs above the line before it",
    ),
    "two units": (
        changed(start=FIRST, quote=REPORT[FIRST : START + 24]),
        "report.md.jsonl:2: warning: the span holds several units; ",
    ),
    "category": (
        changed(category="reason"),
        'report.md.jsonl:2: error: category: "reason" is unknown, use one of impact',
    ),
    "attribute": (
        changed(attributes={**CAUSE, "where": "DE"}),
        "report.md.jsonl:2: error: where: unknown attribute, cause has triggers, certainty; ",
    ),
    "value": (
        changed(attributes={**CAUSE, "certainty": "perhaps"}),
        'report.md.jsonl:2: error: certainty: "perhaps" is not a value of this set',
    ),
    "missing attribute": (
        changed(attributes={"triggers": ["configuration"]}),
        "report.md.jsonl:2: error: certainty: missing, add it; ",
    ),
    "lone value": (
        changed(attributes={**CAUSE, "triggers": ["configuration", "unknown"]}),
        "report.md.jsonl:2: error: triggers: 'unknown' never stands beside another value",
    ),
    "order of values": (
        changed(attributes={**CAUSE, "triggers": ["capacity", "deployment"]}),
        "report.md.jsonl:2: error: attributes: not in full and in schema order; write "
        '{"triggers": ["deployment", "capacity"], "certainty": "confirmed"}',
    ),
    "order of attributes": (
        changed(attributes=dict(reversed(CAUSE.items()))),
        "report.md.jsonl:2: error: attributes: not in full and in schema order; ",
    ),
    "optional and must be found": (
        changed(status="optional"),
        "report.md.jsonl:2: error: is optional and must be found; ",
    ),
    "duplicate": (
        repeated(),
        "report.md.jsonl:3: error: has the category, span and single values of ",
    ),
    "sets to unite": (
        repeated(attributes={**CAUSE, "triggers": ["capacity"]}),
        "report.md.jsonl:3: error: has the category, span and single values of ",
    ),
    "id": (
        repeated(id="r1", attributes={**CAUSE, "certainty": "suspected"}),
        "report.md.jsonl:3: error: its id r1 is that of ",
    ),
    "overlap": (
        repeated(start=FIRST, quote=REPORT[FIRST : START + 24]),
        "report.md.jsonl:3: error: belongs above the line before it; sort the file",
        "report.md.jsonl:3: warning: overlaps ",
        "report.md.jsonl:3: warning: the span holds several units; ",
    ),
    "schema": (
        lambda project: project.manifest.update(schema_version="0"),
        "manifest.json: error: was labelled with schema incident_report 0, "
        "not with incident_report 1; relabel",
    ),
    "text": (
        pinned(text_sha256="0"),
        "manifest.json: error: report.md: text_sha256 was 0 and is ",
    ),
    "file": (
        pinned(file_sha256="0"),
        "manifest.json: error: report.md: file_sha256 was 0 and is ",
    ),
    "units": (
        pinned(units=9),
        "manifest.json: error: report.md: units was 9 and is 6; restore what was labelled",
    ),
    "not pinned": (
        lambda project: project.rows.update({"stray.txt": []}),
        "stray.txt.jsonl: error: is not in manifest.json; pin its document",
    ),
    "one pass": (
        lambda project: project.passes.pop(),
        "manifest.json: warning: fewer than two passes are at hand; ",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_found(project: Project, name: str) -> None:
    fault, *said = FAULTS[name]
    fault(project)
    findings = [str(finding) for finding in project.check()]
    for expected in said:
        assert any(expected in finding for finding in findings), findings
    assert len(findings) == len(said), findings


def test_a_single_value_that_differs_makes_no_duplicate(project: Project) -> None:
    repeated(attributes={**CAUSE, "certainty": "suspected"})(project)
    assert project.check() == []


def test_gold_of_a_lost_document_is_found_and_the_rest_goes_on(project: Project) -> None:
    (project.documents / "report.md").unlink()
    changed(attributes={})(project)
    found = project.check()
    assert "--documents" in found[0].remedy
    assert [finding.message for finding in found] == [
        "no document is named report.md",
        "triggers: missing, add it",
        "certainty: missing, add it",
    ]


def test_without_a_unit_in_the_schema_a_span_may_be_any(project: Project) -> None:
    changed(end=START + 5, quote="A bad")(project)
    free = type(SCHEMA)(SCHEMA.name, SCHEMA.version, SCHEMA.practice)
    findings = check(project.read(), project.sources, free)
    assert {finding.severity for finding in findings} == {"warning"}


def test_findings_are_json_and_sorted_by_place(project: Project) -> None:
    repeated()(project)
    changed(quote="x")(project)
    findings = project.check()
    places = [(finding.file.as_posix(), finding.line or 0) for finding in findings]
    assert places == sorted(places)
    content = json.loads(json.dumps(findings[0].to_json()))
    assert content == {
        "severity": "error",
        "file": str(project.gold / "report.md.jsonl"),
        "line": 2,
        "message": "the quote is not what stands at its span",
        "remedy": "copy it from the text, or correct the span",
    }


# ---- Passes ----


def rewritten(file: Path, change: Callable[[list[str]], list[str]]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(change(lines)), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:-1], "report.md.jsonl: error: has 5 rows for 6 units; write a row"),
        (lambda lines: [], "report.md.jsonl: error: has 0 rows for 6 units; "),
        (
            lambda lines: [lines[0], *lines[2:]],
            "report.md.jsonl:2: error: stands where unit 2 [56:80] should; ",
        ),
        (lambda lines: lines[::-1], "report.md.jsonl:1: error: stands where unit 1 [20:55] should"),
        (lambda lines: [*lines, lines[-1]], "report.md.jsonl: error: has 7 rows for 6 units; "),
        (
            lambda lines: [lines[0].replace("[]", '[{"category": "cause"}]'), *lines[1:]],
            "report.md.jsonl:1: error: triggers: missing, add it; ",
        ),
    ],
)
def test_a_pass_that_leaves_units_out_is_found(
    project: Project, change: Callable[[list[str]], list[str]], said: str
) -> None:
    rewritten(project.passes[1] / "report.md.jsonl", change)
    findings = project.check()
    assert said in str(findings[0])
    assert findings[0].file == project.passes[1] / "report.md.jsonl"
    assert all(finding.file == findings[0].file for finding in findings)


def test_a_pass_without_a_document_is_found(project: Project) -> None:
    (project.passes[0] / "sub" / "other.txt.jsonl").unlink()
    (finding,) = project.check()
    assert str(finding).startswith(f"{project.passes[0]}/sub/other.txt.jsonl: error: has 0 rows")
