"""The cap on money: what a request may cost is reserved, what it did cost is booked.

A budget refuses, it does not wait for better times. Its journal is one file beside the run folder,
so that a cap holds over runs that were killed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from annotate.errors import Stopped, UsageError

JOURNAL = "spending.jsonl"


def journal_of(folder: Path) -> Path:
    """Return the journal of a run's spending; repeats of one run share it."""
    return folder.with_name(f".{folder.name}.{JOURNAL}")


@dataclass(frozen=True, slots=True)
class Reservation:
    """US dollars that are set aside for one request; the journal knows it by its number."""

    number: int
    usd: float


class Budget:
    """A cap on money that holds under concurrency and over resumed runs.

    Before a request the most that it can cost is reserved; after it what it did cost is booked.
    Each step is a line of the journal before it takes effect; a reservation for which nothing was
    booked (the process was killed with the request under way) counts as spent.

    Args:
        cap: US dollars, None for no cap.
        journal: the file of reservations and costs; a cap over several runs needs one.
        max_requests: requests that may be sent in this process, None for no limit.

    Raises:
        UsageError: where the journal cannot be read or written.
    """

    def __init__(
        self, cap: float | None, journal: Path | None, max_requests: int | None = None
    ) -> None:
        self.cap = cap
        self.spent = spent(journal) if journal is not None else 0.0
        self._max_requests = max_requests
        self._requests = 0
        self._reserved = 0.0
        self._under_way = 0
        self._number = 0
        self._freed = asyncio.Event()
        self._journal = journal
        self._file = _opened(journal) if journal is not None else None
        self._broken: Stopped | None = None

    async def reserve(self, most: float) -> Reservation:
        """Reserve `most` US dollars for one request.

        Waits where requests under way hold what is needed.

        Raises:
            Stopped: where the cap, or the number of requests, would be passed, or the journal
                cannot be written.
        """
        while not self._has_room(most):
            # With nothing under way no room can come: waiting would be for ever.
            if not self._under_way:
                raise Stopped(
                    f"--max-cost {self.cap:.4f} USD: {self.spent:.4f} is spent and the next "
                    f"request may cost {most:.4f}; raise the cap to go on"
                )
            self._freed.clear()
            await self._freed.wait()
        # No await from here to the end: another task could take the room that was just found.
        self._write({"reserve": self._number + 1, "usd": most})
        if self._broken is not None:
            raise self._broken
        self._number += 1
        self._requests += 1
        self._under_way += 1
        self._reserved += most
        return Reservation(self._number, most)

    def book(self, reservation: Reservation, cost: float | None) -> None:
        """Replace a reservation by what the request cost; unknown costs count as reserved.

        Never fails: the answer is there. Where the journal cannot be written, the next `reserve`
        says so.
        """
        usd = reservation.usd if cost is None else cost
        self._write({"settle": reservation.number, "usd": usd})  # "settle": as in older journals
        self._under_way -= 1
        # With nothing under way the sum is 0 by definition: what rounding left of it goes here.
        self._reserved = self._reserved - reservation.usd if self._under_way else 0.0
        self.spent += usd
        self._freed.set()

    def close(self) -> None:
        """Close the journal."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _has_room(self, most: float) -> bool:
        if self._broken is not None:
            raise self._broken
        if self._max_requests is not None and self._requests >= self._max_requests:
            limit = self._max_requests
            raise Stopped(f"--max-requests {limit} is reached; the same command goes on")
        return self.cap is None or self.spent + self._reserved + most <= self.cap

    def _write(self, line: dict[str, float | int]) -> None:
        if self._file is None or self._broken is not None:
            return
        data = json.dumps(line).encode() + b"\n"
        try:
            whole = self._file.write(data) == len(data)  # unbuffered: one write a line
            problem = "" if whole else "the disk is full"
        except OSError as error:
            problem = str(error.strerror)
        if problem:
            self._broken = Stopped(
                f"{self._journal}: what is spent cannot be written down ({problem})"
            )


def _opened(journal: Path) -> BinaryIO:
    """Open the journal behind its last whole line."""
    # A line that a killed process left unfinished would swallow the next one.
    try:
        file = journal.open("ab", buffering=0)
        if file.tell() and not journal.read_bytes().endswith(b"\n"):
            file.write(b"\n")
    except OSError as error:
        raise UsageError(f"{journal}: cannot be written ({error.strerror})") from None
    return file


def spent(journal: Path) -> float:
    """Return the US dollars that a journal holds as spent, 0.0 where there is no journal yet.

    Each session numbers its reservations from 1.
    """
    total = 0.0
    open_: dict[Any, float] = {}
    for row in _rows(journal):
        usd = row["usd"]
        if "reserve" in row:
            total += open_.pop(row["reserve"], 0.0)  # numbered anew: that session is over
            open_[row["reserve"]] = usd
        else:
            open_.pop(row.get("settle"), None)
            total += usd
    return total + sum(open_.values())


def _rows(journal: Path) -> Iterator[dict[str, Any]]:
    """Yield the whole lines. One that a killed process left unfinished stood for nothing yet."""
    try:
        lines = journal.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{journal}: cannot be read ({error.strerror})") from None
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and isinstance(row.get("usd"), int | float):
            yield row
