"""What people corrected becomes gold: with every character, and with the ids that it had."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.formats.corrections import read_corrections
from annotate.formats.export import export, export_gold
from annotate.formats.import_gold import import_gold
from annotate.gold.lint import check
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, read_gold
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import ROOT, contents
from tests.support.corrected import (
    INCIDENT_TASK,
    POLICY_TASK,
    TEXT,
    Change,
    impact_run,
    read_tasks,
    results_of,
    stated,
    through,
)
from tests.support.marked import (
    PIECES,
    POLICIES,
    SLOW,
    Content,
    as_marked,
    drawn,
    incident_practices,
    submitted,
)
from tests.support.written import a_run


@given(content=drawn(SCHEMA, incident_practices(), PIECES, ["a.txt", "b/c.md", "😀"]))
def test_a_run_corrected_in_label_studio_is_gold_with_every_character(
    tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    folder = tmp_path_factory.mktemp("gold")
    run = content.write(folder / "run")
    read = through(run, "label-studio", INCIDENT_TASK)
    gold, problems = import_gold(read, SCHEMA, {}, folder / "gold")
    assert (read.problems, problems) == ((), [])
    assert stated(gold.annotations) == stated(run.annotations())
    assert len({each.id for each in gold.annotations}) == len(gold.annotations)
    assert {each.status for each in gold.annotations} <= {"required"}
    pinned = {each.id: each.text_sha256 for each in gold.manifest.documents}
    assert pinned == {document.id: document.sha256 for document in run.documents()}


def test_the_five_policies_are_gold_without_an_error(policies: Run, tmp_path: Path) -> None:
    sources = read_sources(ROOT / "eval" / "documents")
    read = through(policies, "label-studio", POLICY_TASK, below=tmp_path)
    gold, problems = import_gold(read, POLICIES, sources, tmp_path / "gold")
    findings = check(gold, sources, POLICIES)
    assert stated(gold.annotations) == stated(policies.annotations())
    assert (problems, [str(f) for f in findings if f.severity == "error"]) == ([], [])


def corrected_gold(tmp_path: Path, change: Change) -> Gold:
    """Make gold of a run, correct it in Label Studio and import it as gold."""
    first = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    gold, _ = import_gold(first, SCHEMA, {}, tmp_path / "first")
    rows = (tmp_path / "first" / "cafe.txt.jsonl").read_text(encoding="utf-8")
    rows = rows.replace('"must_find": false}', '"must_find": true, "note": "a case"}', 1)
    (tmp_path / "first" / "cafe.txt.jsonl").write_text(rows, encoding="utf-8")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "cafe.txt").write_bytes(TEXT.encode())
    gold = read_gold(tmp_path / "first", SCHEMA)
    export_gold(gold, read_sources(folder), SCHEMA, "label-studio", tmp_path / "gold-ls")
    tasks = json.loads((tmp_path / "gold-ls" / "tasks.json").read_text(encoding="utf-8"))
    read = read_tasks(tmp_path, submitted(tasks, change))
    return import_gold(read, SCHEMA, read_sources(folder), tmp_path / "second")[0]


def test_what_was_gold_keeps_its_id_and_what_it_must(tmp_path: Path) -> None:
    def correct(results: list[Any]) -> None:
        results_of(results, "a0", "impact__effects")["value"]["choices"] = ["unavailable"]
        results.append(as_marked(TEXT, 0, 4, "impact"))

    gold = corrected_gold(tmp_path, correct)
    rows = [(each.id, each.must_find, each.note) for each in gold.annotations]
    assert rows == [
        ("cafe-0000-impact-2", False, ""),
        ("cafe-0000-impact-1", True, "a case"),
        ("cafe-0001-impact-1", False, ""),
        ("cafe-0002-cause-1", False, ""),
    ]
    assert gold.annotations[1].attributes["effects"] == ["unavailable"]


def test_gold_that_breaks_a_rule_is_written_and_the_lint_says_where(tmp_path: Path) -> None:
    def relabel(results: list[Any]) -> None:
        results_of(results, "a2", "label")["value"]["labels"] = ["nonsense"]
        results[:] = [r for r in results if not r["from_name"].startswith("cause__")]

    gold = corrected_gold(tmp_path, relabel)
    findings = check(gold, read_sources(tmp_path / "documents"), SCHEMA)
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    assert len(gold.annotations) == 3
    assert [("cafe.txt.jsonl:3" in e, '"nonsense" is unknown' in e) for e in errors] == [
        (True, True)
    ]


def test_gold_of_another_text_is_written_and_the_lint_says_so(tmp_path: Path) -> None:
    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "cafe.txt").write_bytes(b"Another text.")
    sources = read_sources(folder)
    gold, _ = import_gold(read, SCHEMA, sources, tmp_path / "gold")
    errors = [
        str(finding) for finding in check(gold, sources, SCHEMA) if finding.severity == "error"
    ]
    assert any("cafe.txt: text_sha256 was" in error for error in errors)


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "/etc/x",
        "a/../../b",
        "a\0b",
        "c:x",
        "x" * 300,
        "\udcff",
        "./a",
        "a/",
        "log/x",
        "passes/first/x",
    ],
)
def test_a_document_that_cannot_name_a_file_of_gold_is_reported(tmp_path: Path, name: str) -> None:
    run = a_run(tmp_path / "run", "Slow.", attributes=SLOW, name=name)
    read = through(run, "label-studio", INCIDENT_TASK)
    gold, problems = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert gold.annotations == ()
    assert [each.lost for each in problems] == [True]
    assert "rename the document" in str(problems[0])
    assert {path.name for path in tmp_path.iterdir()} == {
        "run",
        "run-label-studio",
        "run-label-studio.json",
        "gold",
    }


@given(st.sampled_from(["optinal", 3, None]))
def test_an_unknown_status_is_reported_and_the_rest_is_gold(
    tmp_path_factory: pytest.TempPathFactory, status: object
) -> None:
    folder = tmp_path_factory.mktemp("status")
    export(impact_run(folder), "brat", folder / "brat", schema=SCHEMA)
    file = folder / "brat" / "cafe.ann"
    text = file.read_text(encoding="utf-8")
    text = text.replace('"span"', f'"status": {json.dumps(status)}, "span"', 1)
    file.write_text(text, encoding="utf-8")
    read = read_corrections(folder / "brat", "brat", SCHEMA)
    gold, problems = import_gold(read, SCHEMA, {}, folder / "gold")
    assert len(gold.annotations) == 2
    assert [("cafe.ann:1" in str(each), "status" in str(each)) for each in problems] == [
        (True, True)
    ]


def test_gold_never_takes_the_place_of_other_gold(tmp_path: Path) -> None:
    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    import_gold(read, SCHEMA, {}, tmp_path / "gold")
    import_gold(read, SCHEMA, {}, tmp_path / "gold")  # the same again changes nothing
    file = tmp_path / "gold" / "cafe.txt.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = contents(tmp_path / "gold")
    with pytest.raises(UsageError, match="gold: holds something else; name a new folder"):
        import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert contents(tmp_path / "gold") == before
    assert not list(tmp_path.glob(".*"))
