"""A run in the names of another label set, by tables of a project and by those of the package."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

import annotate
from annotate.crosswalks import MappedRun, crosswalk, standings
from annotate.errors import ProjectError, UsageError
from annotate.runs.reader import Run
from tests.support.crosswalked import TABLE, project


@pytest.fixture(scope="module")
def gdpr(policies: Run) -> MappedRun:
    return crosswalk(policies, "gdpr")


def test_every_annotation_has_its_labels_or_a_reason(gdpr: MappedRun, policies: Run) -> None:
    mapped = Counter(
        (each.document, each.start, each.end, each.attributes["stated_as"])
        for each in gdpr.annotations()
    )
    left = gdpr.unlabelled()
    own = [(each.document, each.start, each.end, each.category) for each in policies.annotations()]
    assert sum(each in mapped for each in own) + left.total() == len(own)
    assert all(why for _, why in left)
    for each in gdpr.annotations():
        assert each.category in gdpr.table.labels
        assert {**each.attributes}.keys() > {"stated_as"}


def test_formats_that_need_a_schema_are_refused(gdpr: MappedRun, tmp_path: Path) -> None:
    for name in ("parquet", "brat", "label-studio"):
        with pytest.raises(UsageError, match="labels of gdpr have no attributes"):
            annotate.export(gdpr, name, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_labels_can_be_asked_for_like_categories(gdpr: MappedRun) -> None:
    found = list(gdpr.annotations(category="13(1)(e)", where="stated_as=sharing"))
    assert found
    assert {each.attributes["polarity"] for each in found} == {"affirmed"}
    with pytest.raises(UsageError, match=r"did you mean 13\(1\)\(e\)"):
        list(gdpr.annotations(category="13(1)(e"))


def test_standings_say_which_documents_state_each_label(gdpr: MappedRun) -> None:
    found = {each.label.name: each for each in standings(gdpr)}
    assert [*found] == [*gdpr.table.labels]
    names = set(gdpr.document_names())
    for name, each in found.items():
        stated = {a.document for a in gdpr.annotations(category=name)}
        assert set(each.stated) == stated
        assert {*each.stated, *each.silent, *each.open} == names
        assert len(each.stated) + len(each.silent) + len(each.open) == len(names)


def test_a_run_in_memory_is_mapped_as_one_in_a_folder(gdpr: MappedRun, policies: Run) -> None:
    first = next(policies.documents())
    mapped = crosswalk(annotate.annotate(first, model="lexicon"), "gdpr")
    assert list(mapped.annotations()) == list(gdpr.annotations(document=first.id))
    (one,) = mapped.documents()
    assert one.text == first.text
    assert {name for each in standings(mapped) for name in each.stated} == {first.id}


def damaged(folder: Path) -> annotate.Run:
    """Run a task on a text that its table half covers, and refuse an answer afterwards."""
    (folder / "a.txt").write_text(
        "We share your data with vendors. We keep logs for 30 days.\n", encoding="utf-8"
    )
    run = annotate.run(folder / "a.txt", out=folder / "run", model="lexicon")
    item = {"category": "right", "quote": "You may delete it.", "rights": ["erasure"]}
    row = {"document": "a.txt", "chunk": 0, "kind": "ungrounded", "problems": ["no"], "item": item}
    with (run.path / "quarantine.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    manifest = json.loads((run.path / "manifest.json").read_text(encoding="utf-8"))
    manifest["counts"]["quarantined"] += 1
    (run.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return annotate.Run(run.path)


def test_what_was_refused_leaves_the_labels_open_that_it_may_have_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = '\n[label.rest]\ntitle = "the rest"\nfrom = [\n  { category = "choice" },\n]\n'
    project(tmp_path, visitor=TABLE.replace("retention", "audience") + more)
    monkeypatch.chdir(tmp_path)
    mapped = crosswalk(damaged(tmp_path), "visitor")
    found = {each.label.name: each for each in standings(mapped)}
    assert found["who sees it"].stated == ("a.txt",)
    assert found["how long"].open == ("a.txt",)
    assert found["rest"].silent == found["sold"].silent == ("a.txt",)
    assert {why for (tag, why), _ in mapped.unlabelled().items() if tag == "retention"} == {""}


def test_a_run_without_its_table_or_schema_is_refused(tmp_path: Path, policies: Run) -> None:
    with pytest.raises(ProjectError, match="there is gdpr, opp115"):
        crosswalk(policies, "nosuch")
    shutil.copytree(policies.path, tmp_path / "run")
    file = tmp_path / "run" / "manifest.json"
    file.write_text(json.dumps({**policies.manifest, "schema": "0" * 64}), encoding="utf-8")
    with pytest.raises(UsageError, match="was made with another schema"):
        crosswalk(tmp_path / "run", "gdpr")
