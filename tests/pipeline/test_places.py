"""Annotations of a run stand where they say: offsets, quotes, units, and chunks without a gap."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import annotate
from annotate.documents.segmentation import segment
from annotate.runs.reader import Run
from annotate.testing import Server, quote_first
from tests.conftest import INCIDENTS, ROOT, Command
from tests.support.endpoints import Place, statuses, truthful

DOCUMENTS = ROOT / "eval" / "documents"


def texts_of(run: Run) -> dict[str, str]:
    return {document.id: document.text for document in run.documents()}


def assert_in_place(run: Run) -> None:
    """Every quote is the text at its offsets and whole units; the chunks cover every document."""
    texts = texts_of(run)
    units = {name: segment(text).units for name, text in texts.items()}
    for annotation in run.annotations():
        text = texts[annotation.document]
        assert text[annotation.start : annotation.end] == annotation.quote
        assert annotation.start in {unit.start for unit in units[annotation.document]}
        assert annotation.end in {unit.end for unit in units[annotation.document]}
        for evidence in annotation.evidence:
            assert annotation.start <= evidence.start < evidence.end <= annotation.end
    covered = dict.fromkeys(texts, 0)
    for entry in run.ledger():
        assert entry.start == covered[entry.document]
        covered[entry.document] = entry.end
    assert covered == {name: len(text) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("task", "size"),
    [("incident_report", 200), ("incident_report", 1000), ("privacy_policy", 200)],
)
def test_every_annotation_of_the_example_documents_is_in_its_place(
    tmp_path: Path, task: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    run = annotate.run(DOCUMENTS, out=tmp_path / "run", task=task, chunk_size=size)
    assert run.complete
    assert len(texts_of(run)) == 5
    assert_in_place(run)


def test_every_annotation_of_the_policies_is_in_its_place(policies: Run) -> None:
    assert (policies.complete, len(texts_of(policies))) == (True, 5)
    assert_in_place(policies)


def test_annotations_of_another_domain_are_in_their_place(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    run = annotate.run(reports, out=tmp_path / "run")
    assert_in_place(run)
    found = {(each.category, each.quote) for each in run.annotations()}
    assert ("impact", "Café 😀 was unavailable.") in found
    assert ("cause", "The outage was caused by a deploy.") in found


def test_lone_surrogates_survive_a_run(tmp_path: Path, incidents: Command) -> None:
    source = tmp_path / "rows.jsonl"
    text = "Search \ud83d was slow."
    source.write_text(json.dumps({"id": "a\udc80", "text": text}) + "\n", encoding="utf-8")
    done = incidents("run", source, "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    run = Run(tmp_path / "run")
    assert texts_of(run) == {"rows.jsonl#a\udc80": text}
    assert [each.quote for each in run.annotations()] == [text]


def test_the_example_documents_are_annotated_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    template = {"category": "security", "quote": "{quote}", "measures": ["generic"]}
    with Server(quote_first(template)) as server:
        run = annotate.run(
            "eval/documents",
            out=tmp_path / "run",
            task="privacy_policy",
            prompt="v1",
            model="m",
            base_url=server.base_url,
            cache_dir=tmp_path / "cache",
            chunk_size=1000,
        )
        assert run.manifest["counts"]["chunks"] == len(server.chats) > 50
    assert run.manifest["statuses"] == {"ok": len(server.chats)}
    texts = {each.id: each.text for each in run.documents()}
    found = list(run.annotations())
    assert len(found) > 50
    for each in found:
        assert texts[each.document][each.start : each.end] == each.quote
        assert each.evidence
        for cited in each.evidence:
            assert cited.start < each.end
            assert each.start < cited.end
            assert texts[each.document][cited.start : cited.end] == cited.quote


STRANGE = (
    "İstanbul 😀 was slow. \u00a0\uff33earch was slow. E\u0301tat was slow.\r\n"
    "検索は遅い slow.\n\nIt was slow."
)


def test_offsets_count_code_points_in_any_script(place: Place) -> None:
    """Offsets taken in a lower-cased text are wrong behind a dotted I (defect 4)."""
    (path,) = place.write("")
    path.write_bytes(STRANGE.encode())
    with Server(truthful) as server:
        run = place.run(server, path)
    assert statuses(run) == ["ok"]
    found = list(run.annotations())
    assert len(found) == 5
    for each in found:
        assert STRANGE[each.start : each.end] == each.quote
