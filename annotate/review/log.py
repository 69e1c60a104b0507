"""The logs of a review: one JSON line for each decision, appended and never changed.

    <run>/review/<annotator>.jsonl             what one annotator decided
    <run>/review/curation/<annotator>.jsonl    what was decided where annotators differ

A decision is on the disk before whoever made it hears of it, so that a process that is killed loses
none that was acknowledged. Several processes may append to one log: each of them reads what the
others wrote before it adds a line.

    replayed = replay(Path("runs/x/review/ada.jsonl"))
    for name, decision in replayed.history.current().items(): ...
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from annotate.errors import UsageError
from annotate.files import json_line
from annotate.gold.records import first_fault
from annotate.review.decisions import Decision, History

FOLDER = "review"
CURATION = "curation"
_NAME = re.compile(r"\w[\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Replayed:
    """A log as it was read.

    Attributes:
        annotator: whose it is.
        problems: the lines that could not be read, each with its place and what became of it.
    """

    path: Path
    annotator: str
    history: History
    problems: tuple[str, ...]


def log_path(run: Path, annotator: str, *, curation: bool = False) -> Path:
    """Return the log of an annotator.

    Raises:
        UsageError: for a name that can name no file there.
    """
    if not _NAME.fullmatch(annotator) or annotator == CURATION:
        raise UsageError(
            f"--annotator {annotator!r}: needs letters, digits, '_', '-' and '.', at most 64 of "
            f"them, and not {CURATION!r}"
        )
    folder = run / FOLDER / CURATION if curation else run / FOLDER
    return folder / f"{annotator}.jsonl"


def logs_of(run: Path, *, curation: bool = False) -> list[Path]:
    """Return the logs beside a run, by the names of their annotators; [] where there are none."""
    folder = run / FOLDER / CURATION if curation else run / FOLDER
    return sorted(path for path in folder.glob("*.jsonl") if path.is_file())


def replay(path: Path) -> Replayed:
    """Read a log without writing to it.

    Raises:
        UsageError: where there is none, or it cannot be read.
    """
    reading = _Reading(path)
    try:
        rest = reading.take(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    if rest:
        reading.problems.append(f"{path}: {_TORN.format(len(rest))}; it is left out")
    return Replayed(path, path.stem, reading.history, tuple(reading.problems))


_TORN = "the last line was cut after {} bytes, before anybody heard that it was kept"


class _Reading:
    """Reads the lines of a log one after the other, as far as they are whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.history = History()
        self.problems: list[str] = []
        self.size = 0  # bytes that were read, to the end of the last whole line
        self._line = 0

    def take(self, content: bytes) -> bytes:
        """Read what follows; return what is behind the last line end."""
        *lines, rest = content.split(b"\n")
        for line in lines:
            self.size += len(line) + 1
            self._line += 1
            if line.strip():
                self._read(line)
        return rest

    def _read(self, line: bytes) -> None:
        place = f"{self.path}:{self._line}"
        try:
            decision = Decision.model_validate_json(line)
        except ValidationError as error:
            fault = first_fault(error)
            self.problems.append(f"{place}: is damaged ({fault}); it is left out, restore it")
            return
        if decision.n <= self.history.last:
            self.problems.append(f"{place}: repeats number {decision.n}; it is left out")
            return
        self.history.add(decision)


class Log:
    """A log to append to inside a `with` block; threads and processes may share it.

    Raises:
        UsageError: where it cannot be written.
    """

    def __init__(self, path: Path, annotator: str) -> None:
        self.path = path
        self.annotator = annotator
        self._reading = _Reading(path)
        self._threads = threading.Lock()
        try:
            new = not path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b", buffering=0)
            if new:
                _name_to_disk(path.parent)
            self.refresh()
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror})") from None

    @property
    def history(self) -> History:
        """What it adds up to, as far as it was read last."""
        return self._reading.history

    @property
    def problems(self) -> list[str]:
        """What could not be read of it, and what was mended."""
        return self._reading.problems

    def refresh(self) -> None:
        """Read what others have appended."""
        with self._alone():
            pass

    def append(self, decide: Callable[[History], dict[str, object]]) -> Decision:
        """Append a decision and return it once it is on the disk.

        `decide` gets the state with everything that others have appended, and returns the decision
        without number, time and annotator; what it raises leaves the log as it is.

        Raises:
            OSError: where it cannot be written; then nothing of it was kept.
        """
        with self._alone():
            given = decide(self.history)
            numbered = {
                "n": self.history.last + 1,
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "by": self.annotator,
            }
            decision = Decision.model_validate_json(json.dumps({**numbered, **given}))
            line = json_line(decision.to_json())
            self._write(line)
            self._reading.take(line)
            return decision

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other threads and processes away, with all read that they have written."""
        with self._threads, _locked(self._file):
            self._catch_up()
            yield

    def _catch_up(self) -> None:
        self._file.seek(self._reading.size)
        if rest := self._reading.take(self._file.read()):
            # Nobody writes now, so that this is what a process left that was killed as it wrote.
            self._file.truncate(self._reading.size)
            os.fsync(self._file)
            said = f"{self.path}: {_TORN.format(len(rest))}; it was taken away"
            self.problems.append(said)

    def _write(self, line: bytes) -> None:
        try:
            written = 0
            while written < len(line):  # a disk that runs full takes a part
                written += self._file.write(line[written:])
            os.fsync(self._file)
        except OSError:
            with suppress(OSError):
                self._file.truncate(self._reading.size)
            raise


@contextmanager
def _locked(file: FileIO) -> Iterator[None]:
    """Wait until no other process holds a file; where the system knows no such locks, do not."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _name_to_disk(folder: Path) -> None:
    """Bring the name of a new file to the disk, and that of its folder."""
    for each in (folder, folder.parent):
        with suppress(OSError):  # some systems open no folders
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
