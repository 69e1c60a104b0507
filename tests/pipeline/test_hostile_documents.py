"""A run over hostile documents among good ones: the good ones come out as if they were alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from annotate.runs.reader import Run
from tests.conftest import REPORT, Command
from tests.support import hostile_documents as hostile
from tests.support.files import written

MOST_MEMORY = 500 * 1024  # kilobytes
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
    process = incidents.start("run", tmp_path / "among", "--out", tmp_path / "run-among")
    with process:
        said = process.stderr.read().decode() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)

    assert process.returncode == 4, said
    assert used.ru_maxrss < MOST_MEMORY  # of the process and of those that it started
    expected = rows(tmp_path / "run-alone", good())
    assert rows(tmp_path / "run-among", good()) == expected
    assert all(len(expected[part]) >= 20 for part in ("documents", "annotations", "ledger"))
    run = Run(tmp_path / "run-among")
    read = {document.id.partition("#")[0] for document in run.documents()}
    unread = {row["source"].partition(":")[0] for row in run.unreadable()}
    assert read | unread == {*good(), *hostile.documents()}
    assert {"gigabytes.pdf", "garbage.pdf", "binary.txt", "bytes.txt", "nested.jsonl"} <= unread
    assert [row["source"] for row in run.skipped] == ["link.txt"]
