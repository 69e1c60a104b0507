"""A run, one of its documents or a text in memory as a page, with definitions and gold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.documents.document import Document
from annotate.errors import NotComparable, RunError, UsageError
from annotate.viewer import highlight, view
from tests.conftest import INCIDENTS, ROOT, Command
from tests.documents.test_languages import SAID
from tests.support import drawn
from tests.support.drawn import TEXT

pytestmark = pytest.mark.usefixtures("second_domain")


def test_a_page_replaces_a_file_only_when_it_is_whole(tmp_path: Path) -> None:
    made = view(drawn.write(tmp_path / "run", {"a.txt": TEXT}))
    assert made.save(tmp_path / "p.html") == tmp_path / "p.html"
    assert (tmp_path / "p.html").read_text(encoding="utf-8") == made.html
    with pytest.raises(UsageError, match=r"nowhere/p\.html: cannot be written"):
        made.save(tmp_path / "nowhere" / "p.html")
    assert not list(tmp_path.glob(".*"))


def test_one_document_of_a_run_is_a_page_of_its_own(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT, "b.txt": "Other words."})
    page = view(run, "b.txt").html
    assert "Other words." in page
    assert "Search was slow." not in page


def test_a_document_that_the_run_does_not_have_is_named_with_those_it_has(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT, "b.txt": TEXT})
    with pytest.raises(UsageError, match=r"no document 'c'; it has a\.txt, b\.txt"):
        view(run, "c")


def test_a_text_in_memory_is_shown_with_its_annotations() -> None:
    found = annotate.annotate(TEXT)
    shown = highlight(TEXT, found)
    (document,) = shown.content.documents
    assert [mark.quote for mark in document.marks] == [each.quote for each in found] != []
    assert highlight(Document("mine.txt", TEXT), found).content.title == "mine.txt"


def test_annotations_of_another_text_are_refused() -> None:
    with pytest.raises(UsageError, match="does not quote this text"):
        highlight("Something else.", annotate.annotate(TEXT))


def test_a_page_says_when_definitions_are_missing_or_others(tmp_path: Path) -> None:
    found = drawn.every_unit("a.txt", TEXT)
    lost = drawn.write(tmp_path / "lost", {"a.txt": TEXT}, found, task="nobody")
    assert view(lost).notices[0].startswith("Definitions are left out: no task 'nobody'")
    other = drawn.write(tmp_path / "other", {"a.txt": TEXT}, found, schema="0")
    assert view(other).notices == [
        "The definitions of incident_report have changed since this run: they are today's."
    ]
    assert view(drawn.write(tmp_path / "run", {"a.txt": TEXT}, found)).notices == []


def test_gold_of_another_text_is_an_error_where_it_is_named_and_left_out_where_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    gold = ROOT / "eval" / "gold" / "privacy_policy"
    (tmp_path / "infotech.txt").write_text("We sell your data.", encoding="utf-8")
    run = annotate.run(tmp_path / "infotech.txt", out=tmp_path / "run", task="privacy_policy")
    with pytest.raises(NotComparable, match=r"infotech\.txt"):
        view(run, gold=gold)
    (notice,) = view(run).notices
    assert notice.startswith("Gold is left out: ")
    assert view(run).content.data["outcomes"] == []


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is not a run folder"):
        view(tmp_path)


def test_the_page_of_one_document_speaks_of_that_document(
    incidents: Command, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    (reports / "broken.md").write_bytes(b"\0\1\2")
    (reports / "german.txt").write_text(SAID["de"], encoding="utf-8")
    assert incidents("run", reports, "--out", tmp_path / "run").returncode == 4
    badge = {"label": "incomplete", "good": False}
    shown: Any = view(tmp_path / "run", "cafe.txt").content.data
    assert (shown["badge"], shown["unreadable"], shown["skipped"]) == (None, [], [])
    for only in ("german.txt", None):
        data: Any = view(tmp_path / "run", only).content.data
        assert data["badge"] == badge
