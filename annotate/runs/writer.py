"""Write a run folder, so that a reader never sees half of it.

Everything but the manifest is JSON Lines in the order of the input, without clocks: the same input
and the same answers give the same bytes. Files are written beside their place and moved in when a
run ends; until all are in, the manifest says "incomplete". A run that was stopped never takes the
place of one that got further.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.documents.folders import Skipped
from annotate.errors import DocumentError, OutputExists, UsageError
from annotate.files import json_line, write_file
from annotate.ledger import ANSWERED, Entry
from annotate.runs.history import append_history
from annotate.runs.manifest import FORMAT_VERSION, MANIFEST, PARTS, REQUESTS
from annotate.runs.rows import DocumentRows
from annotate.runs.standing import Standing, find_standing
from annotate.runs.tally import Tally

WRITTEN = ("format", "annotate", "status", "counts", "skipped", "statuses", "refused", "usage")
"""What a manifest holds beside what makes the run this one."""


class RunWriter:
    """Writes one run folder. Use it as a context manager; leaving it puts the run in place.

    Left by an exception it puts what was read so far in place, unless the folder holds as much
    already; where nothing was read it leaves the folder as it found it.

    Args:
        path: the folder; made if missing. A run of the same `identity` in it is replaced.
        identity: what makes two runs the same: task, schema, model, settings, inputs.
        version: of this package.
        skipped: what was found and is not read on purpose.
        replace: whether any run in the folder may be replaced, also another one.

    Attributes:
        standing: the run that the folder holds already, once it is open.
        tally: the figures of what was written so far.
        sent: what its annotator sends for a chunk, as `sent_file` writes it; b"" for nothing.
        lacking: how many of its annotations lack the verdict that was asked for.

    Raises:
        OutputExists: where the folder holds something else.
        UsageError: where it cannot be written, or another process is writing it.
    """

    def __init__(
        self,
        path: Path,
        identity: Mapping[str, JsonValue],
        version: str,
        skipped: Sequence[Skipped] = (),
        *,
        replace: bool = False,
    ) -> None:
        self.path = path
        self._identity = dict(identity)
        self._version = version
        self._files: dict[str, IO[bytes]] = {}
        self._replace = replace
        self.standing: Standing | None = None
        self.sent = b""
        self.lacking = 0
        self.asked = 0  # answers of this run that were not in the cache
        self._made = False  # whether the folder was not there
        self._new = False  # whether there was none and one was made
        self._torn = False  # whether a document is written in part
        self._lock: int | None = None
        self.tally = Tally()
        self.tally.counts["skipped"] = len(skipped)
        self._skipped = [{"source": each.source, "reason": each.reason} for each in skipped]

    def __enter__(self) -> Self:
        try:
            self._open()
        except (UsageError, OSError, ValueError) as error:
            self._abandon()
            self._unlock()
            if isinstance(error, UsageError):
                raise
            raise self._unwritable(error) from None
        return self

    def _open(self) -> None:
        self.standing = find_standing(self.path, self._identity, replace=self._replace)
        self._made = not self.path.exists()
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = locked(self.path)
        for part in PARTS:
            # A megabyte at a time: a run of many small documents would else wait for the disk.
            self._files[part] = self._partial(part).open("wb", buffering=1 << 20)
        if self.standing is None:
            # From now on the folder is this run's, also for one who would start another in it.
            self._write_manifest(self._manifest("incomplete"))
            self._new = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        try:
            # Half a document cannot be told from a whole one later, so that it is never moved in.
            refused = isinstance(error, OutputExists)
            if error is not None and (refused or self._torn or not self._got_further()):
                status = "incomplete"
                self._abandon()
            else:
                status = self._deliver(error is None)
            if not refused and (self.path / MANIFEST).exists():
                append_history(self.path, self._manifest(status), self.asked)
        except UsageError:
            self._abandon()
            raise
        except OSError as failure:
            self._abandon()
            raise self._unwritable(failure) from error
        finally:
            self._unlock()

    def _got_further(self) -> bool:
        """Tell whether more chunks were answered, or read, than in the run that stands there."""
        if self.standing is None:
            return self.tally.counts["documents"] > 0
        before = self.standing.manifest
        verdicts = before.get("verified", {}).get("verdicts", {})
        reached = _reach(before["statuses"], before["counts"], verdicts.get("unanswered", 0))
        return _reach(self.tally.statuses, self.tally.counts, self.lacking) > reached

    def _deliver(self, finished: bool) -> str:
        """Move the files in, and return the status of the run.

        A reader who comes meanwhile finds an incomplete one.
        """
        for file in self._files.values():
            file.flush()
            if file.tell():  # what is empty cannot be lost
                os.fsync(file.fileno())
            file.close()
        # Between the first file and the last one the folder holds parts of two runs.
        if self.standing is not None and self.standing.manifest["status"] != "incomplete":
            self._write_manifest({**self.standing.manifest, "status": "incomplete"})
        for part in PARTS:
            self._partial(part).replace(self.path / f"{part}.jsonl")
        whole = finished and self.tally.whole and not self.lacking
        self._write_sent()
        status = "complete" if whole else "incomplete"
        self._write_manifest(self._manifest(status))
        return status

    def add(
        self,
        document: Document,
        annotations: Iterable[Annotation],
        entries: Iterable[Entry],
        rejected: Iterable[Mapping[str, JsonValue]],
    ) -> None:
        """Append what came of one document."""
        self.append(DocumentRows.of(document, annotations, entries, rejected))

    def append(self, rows: DocumentRows) -> None:
        """Append what came of one document, as it was encoded."""
        self._torn = True
        for part, lines in rows.lines.items():
            self._write(part, lines)
        self.tally.add(rows.characters, rows.annotations, rows.entries, rows.quarantined)
        self._torn = False

    def found_out(self, identity: Mapping[str, JsonValue]) -> None:
        """Put what was found out while the run went on in the place of what was meant."""
        self._identity |= identity

    def add_unreadable(self, error: DocumentError) -> None:
        """Append an input that could not be read."""
        self._write("unreadable", json_line({"source": error.source, "reason": error.reason}))
        self.tally.counts["unreadable"] += 1

    def _write(self, part: str, lines: bytes) -> None:
        try:
            self._files[part].write(lines)
        except OSError as error:
            raise self._unwritable(error) from None

    def _manifest(self, status: str) -> dict[str, Any]:
        return {
            "format": FORMAT_VERSION,
            "annotate": self._version,
            "status": status,
            **self._identity,
            "counts": self.tally.counts,
            **({"skipped": self._skipped} if self._skipped else {}),
            **self.tally.to_json(),
        }

    def _write_sent(self) -> None:
        if self.sent:
            write_file(self.path / REQUESTS, self.sent)
        else:  # of a run that was replaced
            (self.path / REQUESTS).unlink(missing_ok=True)

    def _write_manifest(self, manifest: Mapping[str, Any]) -> None:
        write_file(self.path / MANIFEST, json_line(manifest, indent=1))

    def _partial(self, part: str) -> Path:
        return self.path / f".{part}.jsonl.partial"

    def _abandon(self) -> None:
        """Leave the folder as it was found."""
        for part, file in self._files.items():
            with suppress(OSError):
                file.close()
            self._partial(part).unlink(missing_ok=True)
        if self._new:
            with suppress(OSError):  # what somebody else put there stays
                (self.path / MANIFEST).unlink()
                if self._made:
                    self.path.rmdir()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _unwritable(self, error: OSError | ValueError) -> UsageError:
        reason = error.strerror if isinstance(error, OSError) else error
        return UsageError(f"{self.path}: cannot be written ({reason})")


def sent_file(requests: Sequence[JsonValue], verification: Sequence[JsonValue] = ()) -> bytes:
    """Write the requests that an annotator sends for a chunk, one for each pass.

    And, where its annotations were verified, the one that asks about them.
    """
    sent = {"requests": requests, **({"verification": verification} if verification else {})}
    return json_line(sent, indent=1) if requests or verification else b""


def _reach(
    statuses: Mapping[str, int], counts: Mapping[str, int], lacking: int
) -> tuple[int, int, int]:
    answered = sum(count for status, count in statuses.items() if status in ANSWERED)
    return answered, counts["chunks"], -lacking


def locked(folder: Path) -> int | None:
    """Keep other processes from writing into `folder` until what is returned is closed.

    None where the system or the file system knows no such locks.
    """
    try:
        import fcntl
    except ImportError:
        return None
    # The folder itself is locked: a lock file would stay behind, and would be part of the run.
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise UsageError(
            f"{folder}: another annotate is writing this run; wait for it or choose another --out"
        ) from None
    except OSError:
        os.close(lock)
        return None
    return lock
