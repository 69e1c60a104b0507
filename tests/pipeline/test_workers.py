"""Several workers: the same run as with one, whatever they read and whatever ends them."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotate
from annotate.documents.readers.registry import added_readers, by_suffix
from annotate.errors import OutputExists
from annotate.pipeline.progress import Progress
from annotate.runs.reader import Run
from annotate.testing import Server
from tests.conftest import INCIDENTS, Command, contents
from tests.support import endpoints, forks
from tests.support.endpoints import Place, truthful
from tests.support.files import written
from tests.support.many import lines
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of incident reports, with nothing in it to read yet."""
    shutil.copytree(INCIDENTS, tmp_path / "project", ignore=shutil.ignore_patterns(".annotate"))
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def mixed(folder: Path) -> Path:
    """Write documents of many formats, and many that cannot be read."""
    for number in range(90):
        text = f"Search was slow for {number + 2} minutes."
        written(folder / "texts" / f"{number:02}.txt", text)
    written(folder / "page.html", "<h1>Report</h1><p>Search was slow for 3 minutes.</p>")
    written(folder / "page.pdf", b"%PDF-1.4 broken")
    written(folder / "blank.md", "  \n")
    written(folder / "latin.txt", "caf\xe9 was slow".encode("latin-1"))
    written(folder / "foreign.md", "Die Suche war gestern zwei Stunden lang sehr langsam.\n" * 9)
    written(folder / "none.jsonl", "\n \n")
    written(folder / "wide.jsonl", '{"text": "Tea."}\n'.encode("utf-16") * 9)
    rows = lines(folder / "rows.jsonl", 60, 1500).read_text().splitlines(keepends=True)
    bad = ["{\n", "\n", '{"id": "empty", "text": " "}\n', '{"id": "empty", "text": "Tea."}\n']
    rows[20:20] = bad
    rows[50:50] = [rows[3], '{"id": 7}\n', '{"text": "Search was slow."}\n']
    written(folder / "rows.jsonl", "".join(rows))
    return folder


def test_files_of_all_kinds_give_the_same_bytes(project: Path, tmp_path: Path) -> None:
    inputs = mixed(tmp_path / "in")
    one = annotate.run([inputs, Path("gone.txt")], out="one")
    for workers in (2, 3):
        run = annotate.run([inputs, Path("gone.txt")], out=f"with-{workers}", workers=workers)
        assert contents(run.path) == contents(one.path)
    assert one.manifest["counts"]["unreadable"] == 11
    assert one.manifest["counts"]["documents"] == 153
    assert multiprocessing.active_children() == []


def test_the_policies_give_the_same_bytes(tmp_path: Path, policies: Run) -> None:
    inputs = policies.manifest["inputs"]
    size = policies.manifest["chunk_size"]
    run = annotate.run(inputs, out=tmp_path / "run", workers=2, chunk_size=size)
    assert contents(run.path) == contents(policies.path)


def test_a_run_is_the_same_one_whatever_the_workers(project: Path, tmp_path: Path) -> None:
    inputs = lines(tmp_path / "a.jsonl", 4, 200)
    whole = contents(annotate.run(inputs, out="run", workers=2).path)
    assert contents(annotate.run(inputs, out="run").path) == whole
    inputs.write_text(inputs.read_text().replace("slow", "fast", 1))
    with pytest.raises(OutputExists, match=r"1 edited: a.jsonl#r0"):
        annotate.run(inputs, out="run", workers=2)
    assert contents(Path("run")) == whole


def test_a_model_is_asked_for_the_same(place: Place) -> None:
    inputs = [endpoints.reports(place.folder / "in", 30), lines(place.folder / "a.jsonl", 9, 900)]
    with Server(truthful) as server:
        one = place.run(server, inputs, out="one", cache_dir=place.folder / "one-cache")
        two = place.run(server, inputs, out="two", workers=2)
    assert one.manifest["counts"]["annotations"] > 30
    same = ("annotations", "documents", "quarantine", "unreadable")
    for part in same:
        name = f"{part}.jsonl"
        assert (one.path / name).read_bytes() == (two.path / name).read_bytes()
    assert one.manifest["statuses"] == two.manifest["statuses"]


def test_documents_that_are_given_are_annotated_the_same(project: Path, tmp_path: Path) -> None:
    given = list(annotate.read_documents([lines(tmp_path / "a.jsonl", 20, 200)]))
    given[9:9] = [given[3], annotate.Document("blank", " ")]
    one = annotate.run(given, out="one")
    two = annotate.run(iter(given), out="two", workers=2)
    assert one.manifest["counts"]["unreadable"] == 2
    assert contents(two.path) == contents(one.path)


def test_standard_input_is_read_where_it_is(incidents: Command, tmp_path: Path) -> None:
    text = b"# Report\n\nSearch was slow for 3 minutes.\n"
    words = ("run", "-", "--task", "incident_report", "--out")
    one = incidents(*words, tmp_path / "one", given=text)
    two = incidents.process(*words, tmp_path / "two", "--workers", "2", given=text)
    assert (one.returncode, two.returncode) == (0, 0)
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_a_script_needs_no_guard_and_is_run_once(project: Path, tmp_path: Path) -> None:
    inputs = lines(tmp_path / "a.jsonl", 4, 200)
    script = written(
        tmp_path / "script.py",
        "import annotate\nprint('begun')\n"
        f"print(annotate.run({str(inputs)!r}, workers=2).complete)\n",
    )
    done = subprocess.run(
        [sys.executable, script], cwd=project, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("begun\nTrue\n", "")


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "1001"])
def test_a_number_of_workers_that_makes_no_sense_is_refused(incidents: Command, value: str) -> None:
    done = incidents("run", "reports", env={"ANNOTATE_WORKERS": value})
    assert done.returncode == 2
    assert "ANNOTATE_WORKERS" in done.stderr


# ---- Errors ----

READER = """
import logging, os, signal
from annotate import Document

class Reader:
    format, suffixes, library = "odd", (".odd",), ""

    def documents(self, source, codec, on_error):
        text = source.read().decode()
        try:
            raise ValueError(text) from None
        except ValueError:
            logging.getLogger("annotate").warning("%s is odd", source.name, exc_info=True)
        if text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "defect":
            yield 7
        yield Document(source.id, text, self.format)

READER = Reader()
"""


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reader of another package, of files that do to a process what they say."""
    folder = tmp_path / "packages"
    written(folder / "odd.py", READER)
    written(folder / "odd-1.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: odd\n")
    entry = "[annotate.readers]\nodd = odd:READER\n"
    written(folder / "odd-1.dist-info" / "entry_points.txt", entry)
    monkeypatch.syspath_prepend(folder)
    for each in (added_readers, by_suffix):
        each.cache_clear()
    yield
    for each in (added_readers, by_suffix):
        each.cache_clear()
    sys.modules.pop("odd", None)


def test_a_document_that_kills_its_worker_costs_itself_alone(
    project: Path, tmp_path: Path, odd: None, caplog: pytest.LogCaptureFixture
) -> None:
    inputs = mixed(tmp_path / "in")
    written(inputs / "texts" / "40.odd", "Search was slow.")
    undisturbed = annotate.run(inputs, out="one")
    written(inputs / "texts" / "41.odd", "kill")
    said = list(map(logging.Formatter().format, caplog.records))
    caplog.clear()
    run = annotate.run(inputs, out="two", workers=2)
    (reason,) = [each["reason"] for each in run.unreadable() if each["source"] == "texts/41.odd"]
    assert reason.startswith("ended the process that read it, twice")
    for part in ("documents", "annotations", "ledger"):
        name = f"{part}.jsonl"
        assert (run.path / name).read_bytes() == (undisturbed.path / name).read_bytes()
    assert list(map(logging.Formatter().format, caplog.records)) == said
    assert "texts/40.odd is odd\nTraceback" in said[0]


def test_a_worker_killed_from_outside_costs_nothing(project: Path, tmp_path: Path) -> None:
    inputs = lines(tmp_path / "a.jsonl", 80, 3000)
    undisturbed = annotate.run(inputs, out="one")
    killed: list[multiprocessing.process.BaseProcess] = []

    def kill(state: Progress) -> None:
        if state.documents and not killed:
            killed.extend(multiprocessing.active_children()[:1])
            killed[0].kill()

    run = annotate.run(inputs, out="two", workers=2, on_progress=kill)
    assert len(killed) == 1
    assert contents(run.path) == contents(undisturbed.path)


def test_a_defect_ends_the_run_with_what_was_raised(
    project: Path, tmp_path: Path, odd: None
) -> None:
    written(tmp_path / "in" / "a.txt", "Search was slow.")
    written(tmp_path / "in" / "b.odd", "defect")
    with pytest.raises(AttributeError) as one:
        annotate.run(tmp_path / "in", out="one")
    with pytest.raises(AttributeError) as two:
        annotate.run(tmp_path / "in", out="two", workers=2)
    assert str(two.value) == str(one.value)
    assert "in a worker:\nTraceback" in two.value.__notes__[0]
    assert [each.id for each in Run("two").documents()] == ["a.txt"]


# ---- Stopping ----


def children(process: int) -> list[int]:
    return [
        int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def is_at_work(process: int) -> bool:
    """Tell whether a worker has handed on what came of something."""
    written = Path(f"/proc/{process}/io").read_text().split()[3]
    return int(written) > 60_000


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks where Linux tells of processes")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_a_stopped_run_leaves_no_worker(
    incidents: Command, tmp_path: Path, how: signal.Signals
) -> None:
    inputs = lines(tmp_path / "a.jsonl", 160, 3000)
    out = tmp_path / "run"
    words = ["run", str(inputs), "--out", str(out), "--workers", "2"]
    with forks.started(INCIDENTS, words, tmp_path / "printed") as fork:
        pid = fork.process.pid
        assert pid is not None
        until(lambda: not fork.alive or any(map(is_at_work, children(pid))))
        workers = children(pid)
        if how is signal.SIGINT:  # a terminal sends it to all of them
            for each in workers:
                os.kill(each, how)
        fork.send(how)
        code = fork.ended()
        until(lambda: not any(map(is_running, workers)))
        said = fork.stderr
    assert "Traceback" not in said
    assert not Run(out).complete
    if how is signal.SIGINT:
        assert code == 130
        assert said.splitlines()[-1].startswith("annotate: interrupted")
        read = [document.id for document in Run(out).documents()]
        assert read == [f"a.jsonl#r{number}" for number in range(len(read))]
        assert 0 < len(read) < 160
        assert not list(out.glob(".*"))
        assert incidents("run", inputs, "--out", out).returncode == 0
        assert Run(out).manifest["counts"]["documents"] == 160
    else:
        assert code == -how
