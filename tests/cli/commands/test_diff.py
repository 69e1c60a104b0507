"""`annotate diff`: what it prints, writes and ends with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command
from tests.support.handmade import (
    CHECK,
    DEPLOY,
    LOST,
    ROLLED_BACK,
    SLOW,
    TEXT,
    Place,
    annotation,
    write_run,
)
from tests.support.layouts import LAYOUTS
from tests.support.planted import POLICIES

OTHER = "Search was slow. A setting caused it. Carts were lost. We will add a check."
SETTING: Place = ("cause", "A setting caused it.", {"triggers": ["configuration"]})


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Runs over two versions of one text."""
    old = [annotation(each) for each in (SLOW, DEPLOY, ROLLED_BACK, LOST, CHECK)]
    new = [annotation(each, text=OTHER) for each in (SLOW, SETTING, LOST, CHECK)]
    write_run(tmp_path / "a", old)
    write_run(tmp_path / "b", new, documents={"a.txt": OTHER})
    return tmp_path / "a", tmp_path / "b"


def test_it_prints_what_changed_within_80_columns(
    incidents: Command, versions: tuple[Path, Path]
) -> None:
    done = incidents("diff", *versions, env={"COLUMNS": "80"})
    assert (done.returncode, done.stderr) == (0, "")
    shown = [line.strip() for line in done.stdout.splitlines()]
    assert "changed  cause: triggers deployment → configuration" in shown
    assert shown.index("- A deploy caused it.") + 1 == shown.index("+ A setting caused it.")
    assert any(line.startswith("removed  action: step mitigated") for line in shown)
    assert any(line.startswith("stated now: cause.triggers=configuration") for line in shown)
    assert shown[-1] == (
        "1 changed, 0 added, 1 removed statements in 1 document (0 reworded, 0 moved, 3 kept)"
    )


def test_json_holds_everything(incidents: Command, versions: tuple[Path, Path]) -> None:
    done = incidents("diff", *versions, "--json", "--fail-on", "impact")
    found = json.loads(done.stdout)
    assert found["counts"] == {
        "changed": 1,
        "added": 0,
        "removed": 1,
        "reworded": 0,
        "moved": 0,
        "kept": 3,
    }
    (document,) = found["documents"]
    assert len(document["changes"]) == 5
    (changed,) = (each for each in document["changes"] if each["kind"] == "changed")
    assert changed["shifts"] == [
        {"name": "triggers", "before": ["deployment"], "after": ["configuration"]}
    ]
    assert OTHER[changed["after"]["start"] : changed["after"]["end"]] == changed["after"]["quote"]
    assert found["failing"] == {"impact": 0}


@pytest.mark.parametrize(
    ("pattern", "code"),
    [("cause", 1), ("cause.triggers=configuration", 1), ("any", 1), ("impact", 0), ("causes", 2)],
)
def test_what_is_watched_fails(
    incidents: Command, versions: tuple[Path, Path], pattern: str, code: int
) -> None:
    done = incidents("diff", *versions, "--fail-on", pattern)
    assert done.returncode == code
    assert (f"--fail-on {pattern}" in done.stderr) is bool(code)


def test_it_is_asked_for_as_quotes_are(incidents: Command, versions: tuple[Path, Path]) -> None:
    done = incidents("diff", *versions, "--category", "cause", "--json")
    assert [each["kind"] for each in json.loads(done.stdout)["documents"][0]["changes"]] == [
        "changed"
    ]
    done = incidents("diff", *versions, "--value", "step=mitigated")
    assert "removed" in done.stdout
    assert "A deploy" not in done.stdout


def test_a_document_that_is_gone_passes_no_watch(
    incidents: Command, tmp_path: Path, versions: tuple[Path, Path]
) -> None:
    texts = {"a.txt": TEXT, "b.txt": TEXT}
    write_run(tmp_path / "two", documents=texts)
    write_run(tmp_path / "one", documents={"a.txt": TEXT, "c.txt": TEXT})
    done = incidents("diff", tmp_path / "two", tmp_path / "one", "--fail-on", "impact")
    assert done.returncode == 4
    assert "only before, not compared: b.txt" in done.stdout
    assert incidents("diff", tmp_path / "two", tmp_path / "one").returncode == 0


def test_markdown_marks_the_words_that_differ(
    incidents: Command, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "out" / "d.md"
    incidents("diff", *versions, "--markdown", file)
    text = file.read_text(encoding="utf-8")
    assert "A <del>deploy</del> caused it. | A <ins>setting</ins> caused it. |" in text


def test_files_are_annotated_and_paired_whatever_their_names(
    incidents: Command, tmp_path: Path
) -> None:
    (tmp_path / "old.txt").write_text("The outage was caused by a deploy.\n", encoding="utf-8")
    (tmp_path / "new.md").write_text("The outage was caused by a setting.\n", encoding="utf-8")
    done = incidents("diff", tmp_path / "old.txt", tmp_path / "new.md")
    assert done.returncode == 0, done.stderr
    assert "old.txt → new.md" in done.stdout
    assert "1 changed" in done.stdout


def test_what_there_is_not_is_refused_before_a_text_is_annotated(
    incidents: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("A deploy caused it.", encoding="utf-8")
    both = (tmp_path / "a.txt", tmp_path / "a.txt")
    asked = ("--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--timeout", "1")
    for wrong in (("--fail-on", "causes"), ("--value", "trigers=deployment")):
        done = incidents("diff", *both, *asked, *wrong)
        assert done.returncode == 2
        assert wrong[1] in done.stderr


def test_hostile_text_steers_no_terminal_and_no_markdown(
    incidents: Command, tmp_path: Path
) -> None:
    hostile = "\x1b[2J</td><script>alert(1)</script> | [x](javascript:1)"
    for name, text in (("a", f"A deploy {hostile} caused it."), ("b", f"A setting {hostile} did.")):
        place: Place = ("cause", text, {"triggers": ["deployment"]})
        write_run(tmp_path / name, [annotation(place, text=text)], documents={"a.txt": text})
    file = tmp_path / "d.md"
    done = incidents("diff", tmp_path / "a", tmp_path / "b", "--all", "--markdown", file)
    written = file.read_text(encoding="utf-8")
    for shown in (done.stdout, written):
        assert "\x1b" not in shown
    assert "<script>" not in written
    assert "[x](" not in written


def test_policies_in_another_layout_say_nothing_else(tmp_path: Path) -> None:
    layouts = ("wrapped over 50", "bullets -, wrapped", "wrapped at 65", "justified", "hanging")
    documents = ROOT / "eval" / "documents"
    for name, layout in zip(POLICIES, layouts, strict=True):
        text = (documents / name).read_text(encoding="utf-8")
        laid = LAYOUTS[layout].of(text, markdown=name.endswith(".md"))
        (tmp_path / name).write_text(laid, encoding="utf-8")
    done = Command(ROOT)("diff", documents, tmp_path, "--fail-on", "any", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["documents"]
    assert len(found) == 5
    assert not any(each["same_text"] or each["gained"] or each["lost"] for each in found)
    assert {change["kind"] for each in found for change in each["changes"]} == {"kept"}
