"""Runs from end to end: the same bytes twice, what is refused, and runs as a function."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

import annotate
from annotate.errors import AnnotateError
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, Command, contents
from tests.support.many import lines

PARTS = ("documents", "annotations", "ledger", "quarantine", "unreadable")


# ---- Twice the same ----


@pytest.mark.parametrize("size", [[], ["--chunk-size", "200"]])
def test_a_run_again_gives_the_same_bytes(
    incidents: Command, reports: Path, tmp_path: Path, size: list[str]
) -> None:
    first = incidents("run", reports, "--out", tmp_path / "run", *size)
    before = contents(tmp_path / "run")
    again = incidents("run", reports, "--out", tmp_path / "run", *size)
    elsewhere = incidents("run", reports, "--out", tmp_path / "other", *size)
    assert (first.returncode, again.returncode, elsewhere.returncode) == (0, 0, 0)
    assert sorted(before) == sorted(["manifest.json", *(f"{part}.jsonl" for part in PARTS)])
    assert contents(tmp_path / "run") == before
    assert contents(tmp_path / "other") == before
    assert Run(tmp_path / "run").manifest["counts"]["annotations"] > 5


def test_what_was_found_does_not_depend_on_the_hash_seed(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    for seed in ("1", "2"):
        done = incidents.process(
            "run", reports, "--out", tmp_path / seed, env={"PYTHONHASHSEED": seed}
        )
        assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


# ---- What cannot be read ----


def test_unreadable_documents_are_listed_and_the_others_delivered(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    (reports / "empty.txt").touch()
    (reports / "latin.txt").write_bytes("Café".encode("latin-1"))
    (reports / "binary.md").write_bytes(b"\0\1\2" * 50)
    (reports / "rows.jsonl").write_text('{"text": "It failed."}\n{"txt": 1}\n{', encoding="utf-8")
    done = incidents("run", reports, "nowhere.txt", "--out", tmp_path / "run")
    run = Run(tmp_path / "run")
    assert done.returncode == 4
    assert not run.complete
    assert [row["source"] for row in run.unreadable()] == [
        "binary.md",
        "latin.txt",
        "rows.jsonl:2",
        "rows.jsonl:3",
        "nowhere.txt",
    ]
    assert [document.id for document in run.documents()] == [
        "booking.md",
        "cafe.txt",
        "more.jsonl#a",
        "more.jsonl#b",
        "rows.jsonl#1",
    ]
    for row in run.unreadable():
        assert f"not read: {row['source']}: {row['reason']}" in done.stderr


def test_a_run_without_one_readable_document_ends_with_4(
    incidents: Command, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    done = incidents("run", tmp_path / "empty.txt", "--out", tmp_path / "run", "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["counts"]["documents"] == 0
    assert incidents("show", tmp_path / "run").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["empty"], "no document in this folder"),
        (["*.doc"], "no file matches"),
        (["file.txt", "--encoding", "klingon"], "try utf-8"),
        (["file.txt", "--task", "nonsense"], "no task 'nonsense'"),
        (["file.txt", "--out", "file.txt"], "is a file; name a folder"),
        (["file.txt", "--out", "file.txt/run"], "cannot be written"),
        (["file.txt", "--out", "full"], "is not empty and is not a run folder"),
    ],
)
def test_a_run_that_cannot_start_leaves_nothing_behind(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.tex").touch()
    (tmp_path / "file.txt").write_text("It failed.", encoding="utf-8")
    project = tmp_path / "schemas"
    project.mkdir()
    (tmp_path / "annotate.toml").write_text('task = "incident_report"\n', encoding="utf-8")
    for file in (INCIDENTS / "schemas").glob("incident_report.*"):
        (project / file.name).write_bytes(file.read_bytes())
    before = contents(tmp_path)
    done = Command(tmp_path)("run", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[-1]
    assert contents(tmp_path) == before
    assert not (tmp_path / "runs" / "incident_report-lexicon-empty").exists()


def test_another_run_in_the_folder_is_refused(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    incidents("run", reports, "--out", tmp_path / "run")
    before = contents(tmp_path / "run")
    for arguments, key in (
        ([reports, "--chunk-size", "300"], "chunk_size"),
        ([reports / "cafe.txt"], "inputs"),
        ([reports, "--encoding", "cp1252"], "encoding"),
    ):
        done = incidents("run", *arguments, "--out", tmp_path / "run")
        assert done.returncode == 2
        assert f"holds another run (its {key} differs" in done.stderr
    assert contents(tmp_path / "run") == before


def put(folder: Path, names: Iterable[str], text: str = "We sell your data. We keep it.") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(text, encoding="utf-8")


def test_documents_that_changed_are_refused_with_their_names_until_told_to_replace(
    command: Command, tmp_path: Path
) -> None:
    put(tmp_path / "texts", ["a.txt", "b.txt", "c.txt"])
    run = ("run", "texts", "--out", "run")
    assert command(*run).returncode == 0
    before = contents(tmp_path / "run")

    put(tmp_path / "texts", ["b.txt"], "We never sell your data.")
    (tmp_path / "texts" / "c.txt").unlink()
    done = command(*run)
    assert done.returncode == 2
    assert "its documents changed, 1 edited: b.txt; 1 missing: c.txt" in done.stderr
    assert "--replace" in done.stderr
    assert contents(tmp_path / "run") == before

    assert command(*run, "--replace").returncode == 0
    assert [each.id for each in Run(tmp_path / "run").documents()] == ["a.txt", "b.txt"]


def test_the_same_words_in_another_folder_do_not_replace_a_run(
    command: Command, tmp_path: Path
) -> None:
    put(tmp_path / "one" / "texts", ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"])
    put(tmp_path / "two" / "texts", ["a.txt"])
    run = ("run", "texts", "--out", tmp_path / "run")
    assert command(*run, cwd=tmp_path / "one").returncode == 0
    before = contents(tmp_path / "run")
    done = command(*run, cwd=tmp_path / "two")
    assert done.returncode == 2
    assert "4 missing: b.txt, c.txt, d.txt, e.txt" in done.stderr
    assert contents(tmp_path / "run") == before


def test_more_documents_are_added_to_a_run(command: Command, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        put(tmp_path / "texts", [name])
        assert command("run", "texts", "--out", "run").returncode == 0
    assert [each.id for each in Run(tmp_path / "run").documents()] == ["a.txt", "b.txt"]


def test_a_changed_lexicon_is_another_run(reports: Path, tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    (tmp_path / "annotate.toml").write_text('task = "incident_report"\n', encoding="utf-8")
    for file in (INCIDENTS / "schemas").glob("incident_report.*"):
        (schemas / file.name).write_bytes(file.read_bytes())
    command = Command(tmp_path)
    assert command("run", reports, "--out", "run").returncode == 0
    lexicon = schemas / "incident_report.lexicon.toml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
    done = command("run", reports, "--out", "run")
    assert done.returncode == 2
    assert "its lexicon differs" in done.stderr


# ---- As a function ----


def test_progress_counts_up_to_the_whole(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    seen: list[int] = []
    run = annotate.run(
        reports, out=tmp_path / "run", on_progress=lambda state: seen.append(state.documents)
    )
    assert seen == list(range(1, len(list(run.documents())) + 1))


@pytest.mark.parametrize("text", ["", " \n", "\ud83d", "\x00", "😀" * 10, "a " * 20_000])
def test_any_text_can_be_annotated(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)
    assert list(annotate.annotate(text)) == []


def test_documents_are_annotated_as_the_files_that_they_were_read_from(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    files = annotate.run(reports, out=tmp_path / "files")
    again = annotate.run(annotate.read_documents([reports]), out=tmp_path / "given")
    for part in ("documents", "annotations", "ledger", "quarantine", "unreadable"):
        name = f"{part}.jsonl"
        assert (again.path / name).read_bytes() == (files.path / name).read_bytes()
    assert again.complete
    (first, *_) = files.documents()
    with pytest.raises(AnnotateError, match=r"its documents changed, .* missing"):
        annotate.run(first, out=tmp_path / "given")
    twice = annotate.run([first, first], out=tmp_path / "twice")
    assert [row["source"] for row in twice.unreadable()] == ["document 1"]
    with pytest.raises(AnnotateError, match="files and documents are given"):
        annotate.run([reports, first])  # type: ignore[arg-type]


def test_no_inputs_are_refused() -> None:
    with pytest.raises(AnnotateError, match="no input is named"):
        annotate.run([])


# ---- In little memory ----


def peak_of(inputs: Iterable[Path], out: Path) -> int:
    """Return the peak of what a run allocates, in bytes."""
    tracemalloc.start()
    try:
        annotate.run(list(inputs), out=out)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_flat_over_many_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    few = lines(tmp_path / "few.jsonl", 15, 1000)
    many = lines(tmp_path / "many.jsonl", 150, 1000)
    annotate.run(few, out=tmp_path / "warm")
    small = peak_of([few], tmp_path / "few")
    assert peak_of([many], tmp_path / "many") < 1.5 * small + 500_000


# ---- Links that lead out of the folder ----


def test_a_run_lists_links_that_it_did_not_follow(
    incidents: Command, reports: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("It failed in France.", encoding="utf-8")
    (reports / "linked.txt").symlink_to(secret / "key.txt")
    (reports / "linked").symlink_to(secret)
    done = incidents("run", reports, "--out", tmp_path / "run")
    run = Run(tmp_path / "run")
    assert (done.returncode, run.complete) == (0, True)
    assert [row["source"] for row in run.skipped] == ["linked", "linked.txt"]
    for row in run.skipped:
        assert f"skipped: {row['source']}: {row['reason']}" in done.stderr
    shown = incidents("show", tmp_path / "run")
    assert "skipped: linked.txt: is a link that leads out of the folder" in " ".join(
        shown.stdout.split()
    )
    assert all(
        "France" not in document.text for document in run.documents() if "linked" in document.id
    )

    done = incidents("run", reports, "--out", tmp_path / "all", "--follow-links")
    run = Run(tmp_path / "all")
    ids = [document.id for document in run.documents()]
    assert {"linked.txt", "linked/key.txt"} <= set(ids)
    assert (run.skipped, run.manifest["follow_links"]) == ([], True)
