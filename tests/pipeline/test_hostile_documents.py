"""A run over hostile documents among good ones: the good ones come out as if they were alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from annotate.runs.reader import Run
from tests.conftest import REPORT, Command
from tests.support import hostile_documents as hostile
from tests.support.files import written

MOST_MEMORY = 500 * 1024  # kilobytes
# The process says its own peak: what the system counts for a child holds the memory of the tests'
# process, from which it was forked. Those that it starts itself are counted with it.
MEASURED = """
import atexit, pathlib, resource, sys

def tell(file=pathlib.Path(sys.argv.pop(1))):
    status = pathlib.Path("/proc/self/status").read_text().split()
    own = int(status[status.index("VmHWM:") + 1])
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    file.write_text(str(max(own, started)))

atexit.register(tell)
from annotate.cli.app import main
sys.exit(main())
"""
PARTS = ("documents", "annotations", "ledger", "quarantine")


def good() -> dict[str, str | bytes]:
    """Return twenty good documents by their names."""
    reports = [REPORT.replace("42 minutes", f"{number} minutes") for number in range(10, 30)]
    found: dict[str, str | bytes] = {}
    for number, report in enumerate(reports):
        lines = "".join(f"<p>{line}</p>" for line in report.split("\n\n"))
        flat = " ".join(report.split()).replace("(", "").replace(")", "")[:80].encode()
        content: tuple[str, str | bytes] = (
            ("txt", report),
            ("md", report),
            ("html", lines),
            ("jsonl", json.dumps({"text": report})),
            ("pdf", hostile.pdf(b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % flat)),
        )[number % 5]
        found[f"good-{number:02}.{content[0]}"] = content[1]
    return found


def rows(run: Path, documents: Iterable[str]) -> dict[str, list[bytes]]:
    """Return the lines of a run that are about some documents."""
    wanted = tuple(documents)
    about = {}
    for part in PARTS:
        lines = (run / f"{part}.jsonl").read_bytes().splitlines()
        key = "id" if part == "documents" else "document"
        about[part] = [line for line in lines if json.loads(line)[key].startswith(wanted)]
    return about


def test_hostile_documents_change_nothing_of_the_good_ones(
    incidents: Command, tmp_path: Path
) -> None:
    assert len(good()) == len(hostile.documents()) == 20
    for name, content in good().items():
        written(tmp_path / "alone" / name, content)
        written(tmp_path / "among" / name, content)
    for name, content in hostile.documents().items():
        written(tmp_path / "among" / name, content)
    (tmp_path / "among" / "link.txt").symlink_to("/etc/hostname")

    alone = incidents("run", tmp_path / "alone", "--out", tmp_path / "run-alone")
    assert alone.returncode == 0, alone.stderr
    words: list[str | Path] = ["run", tmp_path / "among", "--out", tmp_path / "run-among"]
    process = subprocess.run(
        [sys.executable, "-c", MEASURED, tmp_path / "peak", *words],
        cwd=incidents.cwd,
        env=incidents.environment(),
        capture_output=True,
        check=False,
    )
    assert process.returncode == 4, process.stderr.decode()
    assert int((tmp_path / "peak").read_text(encoding="ascii")) < MOST_MEMORY
    expected = rows(tmp_path / "run-alone", good())
    assert rows(tmp_path / "run-among", good()) == expected
    assert all(len(expected[part]) >= 20 for part in ("documents", "annotations", "ledger"))
    run = Run(tmp_path / "run-among")
    read = {document.id.partition("#")[0] for document in run.documents()}
    unread = {row["source"].partition(":")[0] for row in run.unreadable()}
    assert read | unread == {*good(), *hostile.documents()}
    assert {"gigabytes.pdf", "garbage.pdf", "binary.txt", "bytes.txt", "nested.jsonl"} <= unread
    assert [row["source"] for row in run.skipped] == ["link.txt"]
