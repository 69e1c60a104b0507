"""The united run: the same bytes each time, named sources, and all that reads runs reads it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotate.consensus.consensus import Consensus, consensus
from annotate.documents.document import Document
from annotate.errors import NotComparable, OutputExists, RunError, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.gold.store import Gold
from annotate.ledger import UNSURE
from annotate.runs.found import silences
from annotate.runs.reader import Run
from tests.support.sampled import SCHEMA, TEXT, collected, kept, sample, secured, whole


def test_the_manifest_names_its_sources_with_their_hashes(
    united: Run, samples: Sequence[Run]
) -> None:
    assert (united.manifest["model"], united.manifest["task"]) == ("consensus", SCHEMA.name)
    sources = united.manifest["consensus"]["sources"]
    assert [each["run"] for each in sources] == [str(run.path) for run in samples]
    assert [each["repeat"] for each in sources] == [0, 1, 2]
    for source, run in zip(sources, samples, strict=True):
        for name, sha256 in source["sha256"].items():
            assert hashlib.sha256((run.path / name).read_bytes()).hexdigest() == sha256
    assert united.complete
    assert len(united.history()) == 1
    assert united.manifest["usage"]["requests"] == 15


def test_every_annotation_says_how_sure_it_is(made: Consensus, united: Run, gold: Gold) -> None:
    found = Counter(each.confidence for each in united.annotations())
    assert set(found) == {0.3333, 0.6667, 1.0}
    invented = sum(each.category == "do_not_track" for each in united.annotations())
    wanted = sum(each.status == "required" for each in gold.annotations)
    assert found.total() <= wanted + invented
    assert (made.threshold, made.unsure, made.thin) == (0.0, 0, 0)


def test_the_same_samples_give_the_same_bytes_in_any_order(
    united: Run, samples: Sequence[Run], tmp_path: Path
) -> None:
    for order in (samples, samples[::-1]):
        again = consensus(order, tmp_path / "again", replace=True).run
        assert again is not None
        for part in ("annotations", "documents", "ledger", "quarantine"):
            one, other = (run.path / f"{part}.jsonl" for run in (united, again))
            assert one.read_bytes() == other.read_bytes()


def test_a_folder_of_another_run_is_refused(samples: Sequence[Run], tmp_path: Path) -> None:
    consensus(samples, tmp_path / "run")
    consensus(samples, tmp_path / "run")  # the same again changes nothing
    with pytest.raises(OutputExists, match="its consensus differs"):
        consensus(samples, tmp_path / "run", threshold=0.5)


def test_a_threshold_costs_recall_and_no_silence(
    samples: Sequence[Run], gold: Gold, tmp_path: Path
) -> None:
    made = consensus(samples, tmp_path / "run", threshold=0.5)
    assert made.run is not None
    assert all((each.confidence or 0) >= 0.5 for each in made.run.annotations())
    kinds = Counter(row["kind"] for row in made.run.quarantine())
    assert kinds == {UNSURE: made.unsure}
    assert made.unsure > 100
    for _, said in silences(made.run, SCHEMA.categories):
        assert "do_not_track" not in said.silent
    precision = evaluate(made.run, gold).scores["annotation"].precision
    assert precision == 1.0  # what is unsure is no prediction, and so not wrong


def test_a_chunk_that_failed_everywhere_leaves_the_run_incomplete(tmp_path: Path) -> None:
    runs = [
        sample(tmp_path / name, found, [whole(status, note="no answer")])
        for name, found, status in (("1", [kept("as_needed")], "ok"), ("2", [], "failed"))
    ]
    made = consensus(runs, tmp_path / "united")
    assert made.run is not None
    assert made.run.complete
    assert made.thin == 1
    (entry,) = made.run.ledger()
    assert (entry.status, entry.note) == ("ok", "answered by 1 of 2 samples")
    others = [sample(tmp_path / f"f{n}", [], [whole("failed", note="no")]) for n in range(2)]
    lost = consensus(others, tmp_path / "lost").run
    assert lost is not None
    assert not lost.complete


def test_what_no_sample_could_read_is_listed(tmp_path: Path) -> None:
    row = {"source": "in/b.pdf", "reason": "is damaged"}
    runs = [sample(tmp_path / name, []) for name in "12"]
    for run in runs:
        (run.path / "unreadable.jsonl").write_text(json.dumps(row) + "\n")
        manifest = json.loads((run.path / "manifest.json").read_text())
        manifest["counts"]["unreadable"] = 1
        (run.path / "manifest.json").write_text(json.dumps(manifest))
    made = consensus([Run(run.path) for run in runs], tmp_path / "run")
    assert made.run is not None
    assert list(made.run.unreadable()) == [row]


def test_what_are_no_samples_of_the_same_is_refused(tmp_path: Path) -> None:
    run = sample(tmp_path / "run", [collected("contact")])
    with pytest.raises(UsageError, match="needs two runs or more"):
        consensus([run], tmp_path / "out")
    with pytest.raises(UsageError, match="named twice"):
        consensus([run, Run(tmp_path / ".." / tmp_path.name / "run")], tmp_path / "out")
    other = sample(
        tmp_path / "other", [secured("generic")], documents=[Document("a.txt", TEXT * 2)]
    )
    with pytest.raises(NotComparable, match=r"its a\.txt is another text than that of"):
        consensus([run, other], tmp_path / "out")
    strange = sample(tmp_path / "strange", [], schema="0" * 64)
    with pytest.raises(NotComparable, match="its schema is another"):
        consensus([run, strange], tmp_path / "out")
    with pytest.raises(UsageError, match="has changed since"):
        consensus([strange, sample(tmp_path / "s2", [], schema="0" * 64)], tmp_path / "out")
    with pytest.raises(UsageError, match="is one of the runs to unite"):
        consensus([run, sample(tmp_path / "second", [])], tmp_path / "run", replace=True)
    made = consensus([run, sample(tmp_path / "third", [])], tmp_path / "united")
    assert made.run is not None
    with pytest.raises(UsageError, match="is a consensus itself"):
        consensus([run, made.run], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"category": "fees"}, "names a category that the schema does not have \\(a.txt\\)"),
        ({"document": "b.txt"}, "names a document that it did not read \\(b.txt\\)"),
    ],
)
def test_a_run_that_somebody_edited_is_named(
    tmp_path: Path, change: dict[str, str], error: str
) -> None:
    runs = [sample(tmp_path / name, [kept("as_needed")]) for name in "12"]
    rows = tmp_path / "2" / "annotations.jsonl"
    rows.write_text(json.dumps(json.loads(rows.read_text()) | change) + "\n")
    with pytest.raises(RunError, match=error):
        consensus(runs, tmp_path / "out")


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"threshold": 1.5}, "--threshold: needs a share from 0 to 1"),
        ({"precision": float("nan")}, "--precision: needs a share from 0 to 1"),
        ({"threshold": 0.5, "precision": 0.9}, "give one of them"),
        ({"gold": "gold"}, "say with --precision"),
    ],
)
def test_what_is_asked_for_has_to_make_sense(
    samples: Sequence[Run], tmp_path: Path, asked: dict[str, float], error: str
) -> None:
    with pytest.raises(UsageError, match=error):
        consensus(samples, tmp_path / "out", **asked)  # type: ignore[arg-type]
