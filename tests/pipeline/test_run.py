"""Runs from end to end: the same bytes twice, finished after a stop, annotations in their place."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.documents.segmentation import segment
from annotate.errors import AnnotateError, UsageError
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, REPORT, ROOT, Command, contents

DOCUMENTS = ROOT / "eval" / "documents"
PARTS = ("documents", "annotations", "ledger", "quarantine", "unreadable")


def lines(path: Path, count: int, characters: int) -> Path:
    """Write so many incident reports, no two the same, as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"# Report {number}\n\nSearch was slow for {number % 90 + 2} minutes. " + (
                f"The office of branch {number} opens in the morning and has a garden. "
                * (characters // 70)
            )
            file.write(json.dumps({"id": f"r{number}", "text": text}) + "\n")
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 3 MB, a good part of a second's work."""
    return lines(tmp_path_factory.mktemp("large") / "large.jsonl", 1000, 3000)


@pytest.fixture(scope="module")
def uninterrupted(large: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a run over `large` that nothing disturbed."""
    out = tmp_path_factory.mktemp("uninterrupted") / "run"
    done = Command(INCIDENTS)("run", large, "--out", out)
    assert done.returncode == 0, done.stderr
    return contents(out)


def stop_midway(
    command: Command, large: Path, out: Path, how: signal.Signals
) -> subprocess.CompletedProcess[bytes]:
    """Start a run and send it a signal once it has written something."""
    process = command.start("run", large, "--out", out)
    partial = out / ".documents.jsonl.partial"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if partial.exists() and partial.stat().st_size > 500_000:
            break
        time.sleep(0.002)
    process.send_signal(how)
    stdout, stderr = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def assert_whole_lines(folder: Path) -> None:
    for part in PARTS:
        file = folder / f"{part}.jsonl"
        for line in file.read_bytes().splitlines(keepends=True) if file.exists() else ():
            assert line.endswith(b"\n")
            assert isinstance(json.loads(line), dict)


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


# ---- Stopped and finished ----


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_a_stopped_run_is_finished_by_the_same_command(
    incidents: Command,
    large: Path,
    uninterrupted: dict[str, bytes],
    tmp_path: Path,
    how: signal.Signals,
) -> None:
    out = tmp_path / "run"
    stopped = stop_midway(incidents, large, out, how)
    assert b"Traceback" not in stopped.stderr
    assert not Run(out).complete
    assert_whole_lines(out)
    if how is signal.SIGINT:
        assert stopped.returncode == 130
        assert stopped.stderr.decode().splitlines()[-1] == (
            "annotate: interrupted; the same command again finishes it"
        )
        assert not list(out.glob(".*"))
        read = [document.id for document in Run(out).documents()]
        assert read == [f"large.jsonl#r{number}" for number in range(len(read))]
        assert 0 < len(read) < 1000
    else:
        assert stopped.returncode == -how
        assert incidents("show", out).returncode == 2
    assert incidents("run", large, "--out", out).returncode == 0
    assert contents(out) == uninterrupted


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_repetition_leaves_the_whole_run_as_it_was(
    incidents: Command,
    large: Path,
    uninterrupted: dict[str, bytes],
    tmp_path: Path,
    how: signal.Signals,
) -> None:
    out = tmp_path / "run"
    out.mkdir()
    for name, data in uninterrupted.items():
        (out / name).write_bytes(data)
    stop_midway(incidents, large, out, how)
    for name, data in uninterrupted.items():
        assert (out / name).read_bytes() == data
    assert Run(out).complete


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_a_full_disk_ends_in_one_message(large: Path, tmp_path: Path) -> None:
    # A limit on the size of files is the full disk that needs no privileges.
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        "from annotate.cli.app import main; sys.argv[0] = 'annotate'; main()"
    )
    out = tmp_path / "run"
    done = subprocess.run(
        [sys.executable, "-c", program, "run", large, "--out", out],
        cwd=INCIDENTS,
        env=Command.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == [f"annotate: {out}: cannot be written (File too large)"]
    assert not out.exists()


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
        "empty.txt",
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
    (tmp_path / "annotate.toml").write_text('task = "incidents"\n', encoding="utf-8")
    for file in (INCIDENTS / "schemas").glob("incidents.*"):
        (project / file.name).write_bytes(file.read_bytes())
    before = contents(tmp_path)
    done = Command(tmp_path)("run", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[-1]
    assert contents(tmp_path) == before
    assert not (tmp_path / "runs" / "incidents-lexicon-empty").exists()


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


def test_a_changed_lexicon_is_another_run(reports: Path, tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    (tmp_path / "annotate.toml").write_text('task = "incidents"\n', encoding="utf-8")
    for file in (INCIDENTS / "schemas").glob("incidents.*"):
        (schemas / file.name).write_bytes(file.read_bytes())
    command = Command(tmp_path)
    assert command("run", reports, "--out", "run").returncode == 0
    lexicon = schemas / "incidents.lexicon.toml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
    done = command("run", reports, "--out", "run")
    assert done.returncode == 2
    assert "its lexicon differs" in done.stderr


# ---- Every annotation in its place ----


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
    [("incidents", 200), ("incidents", 1000), ("privacy_policy", 200), ("privacy_policy", 4000)],
)
def test_every_annotation_of_the_example_documents_is_in_its_place(
    tmp_path: Path, task: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    run = annotate.run(DOCUMENTS, out=tmp_path / "run", task=task, chunk_size=size)
    assert run.complete
    assert len(texts_of(run)) == 5
    assert_in_place(run)


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


# ---- As a function ----


def test_a_run_inside_a_running_event_loop_is_the_same(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)

    async def cell() -> tuple[Run, list[annotate.Annotation]]:
        return annotate.run(reports, out=tmp_path / "loop"), annotate.annotate_text(REPORT)

    _, inside = asyncio.run(cell())
    annotate.run(reports, out=tmp_path / "plain")
    assert contents(tmp_path / "loop") == contents(tmp_path / "plain")
    assert inside == annotate.annotate_text(REPORT)
    assert len(inside) > 5


def test_an_error_inside_a_running_event_loop_reaches_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)

    async def cell() -> None:
        annotate.run(tmp_path / "*.txt", out=tmp_path / "run")

    with pytest.raises(UsageError, match="no file matches"):
        asyncio.run(cell())


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_the_stop_button_of_a_notebook_ends_the_run(
    tmp_path: Path, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    before = threading.active_count()

    def stop(progress: Any) -> None:
        if progress.documents == 5:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    async def cell() -> None:
        previous = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            annotate.run(large, out=tmp_path / "run", on_progress=stop)
        finally:
            signal.signal(signal.SIGINT, previous)

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(cell())
    deadline = time.monotonic() + 10  # a busy machine may take a moment to end a thread
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before
    assert not list((tmp_path / "run").glob(".*"))
    assert 0 < Run(tmp_path / "run").manifest["counts"]["documents"] < 1000


def test_progress_counts_up_to_the_whole(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INCIDENTS)
    seen: list[int] = []
    run = annotate.run(
        reports, out=tmp_path / "run", on_progress=lambda state: seen.append(state.documents)
    )
    assert seen == list(range(1, len(texts_of(run)) + 1))


@pytest.mark.parametrize("text", ["", " \n", "\ud83d", "\x00", "😀" * 10, "a " * 20_000])
def test_any_text_can_be_annotated(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)
    assert annotate.annotate_text(text) == []


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
    few = lines(tmp_path / "few.jsonl", 30, 1000)
    many = lines(tmp_path / "many.jsonl", 300, 1000)
    annotate.run(few, out=tmp_path / "warm")
    small = peak_of([few], tmp_path / "few")
    assert peak_of([many], tmp_path / "many") < 1.5 * small + 500_000
