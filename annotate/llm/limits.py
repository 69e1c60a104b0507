"""What holds a run back: requests and tokens a minute, and money.

A `Throttle` waits, a `Budget` refuses. The budget's journal is one file beside the run folder, so
that a cap holds over runs that were killed.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from annotate.errors import Stopped, UsageError


class Throttle:
    """At most so many units a minute, evenly: a bucket that holds one second's worth.

    In no minute are more units taken than allowed and one second's worth. One request that is
    larger than a second's worth has the bucket to itself, and what follows waits until it is paid.

    Args:
        per_minute: units (requests, tokens) a minute; None for no limit.
        clock: seconds, monotonic.
    """

    def __init__(
        self, per_minute: float | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = None if per_minute is None else per_minute / 60
        self._clock = clock
        self._empty_at = float("-inf")  # when the bucket would have been empty, were it filled on

    async def take(self, units: float) -> None:
        """Wait until `units` may be used, first come first served."""
        if self._rate is None:
            return
        now = self._clock()
        seconds = units / self._rate
        self._empty_at = max(self._empty_at, now - max(1.0, seconds)) + seconds
        if self._empty_at > now:
            await asyncio.sleep(self._empty_at - now)

    def settle(self, reserved: float, used: float) -> None:
        """Give back what a request did not use, or take what it used beyond its reservation."""
        if self._rate is not None:
            self._empty_at -= (reserved - used) / self._rate


class Budget:
    """A cap on money that holds under concurrency and over resumed runs.

    Before a request the most that it can cost is reserved; after it what it cost is settled. Each
    step is a line of the journal before it takes effect; a reservation that was never settled (the
    process was killed with the request under way) counts as spent.

    Args:
        cap: US dollars, None for no cap.
        journal: the file of reservations and settlements; a cap over several runs needs one.
        max_requests: requests that may be sent in this process, None for no limit.

    Raises:
        UsageError: where the journal cannot be read or written.
    """

    def __init__(
        self, cap: float | None, journal: Path | None, max_requests: int | None = None
    ) -> None:
        self.cap = cap
        self.spent = _spent(journal) if journal is not None else 0.0
        self._max_requests = max_requests
        self._requests = 0
        self._reserved = 0.0
        self._under_way = 0
        self._number = 0
        self._freed = asyncio.Event()
        self._journal = journal
        self._file = _opened(journal) if journal is not None else None
        self._broken: Stopped | None = None

    async def reserve(self, most: float) -> int:
        """Reserve `most` US dollars for one request and return the reservation's number.

        Waits where requests under way hold what is needed.

        Raises:
            Stopped: where the cap, or the number of requests, would be passed, or the journal
                cannot be written.
        """
        while not self._has_room(most):
            if not self._under_way:
                raise Stopped(
                    f"--max-cost {self.cap:.4f} USD: {self.spent:.4f} is spent and the next "
                    f"request may cost {most:.4f}; raise the cap to go on"
                )
            self._freed.clear()
            await self._freed.wait()
        self._write({"reserve": self._number + 1, "usd": most})
        if self._broken is not None:
            raise self._broken
        self._number += 1
        self._requests += 1
        self._under_way += 1
        self._reserved += most
        return self._number

    def settle(self, number: int, reserved: float, cost: float | None) -> None:
        """Replace a reservation by what the request cost; unknown costs count as reserved.

        Never fails: the answer is there. Where the journal cannot be written, the next `reserve`
        says so.
        """
        spent = reserved if cost is None else cost
        self._write({"settle": number, "usd": spent})
        self._under_way -= 1
        self._reserved = self._reserved - reserved if self._under_way else 0.0
        self.spent += spent
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
    try:
        file = journal.open("ab", buffering=0)
        if file.tell() and not journal.read_bytes().endswith(b"\n"):
            file.write(b"\n")
    except OSError as error:
        raise UsageError(f"{journal}: cannot be written ({error.strerror})") from None
    return file


def _spent(journal: Path) -> float:
    """Return what earlier sessions spent; each session numbers its reservations from 1."""
    spent = 0.0
    open_: dict[Any, float] = {}
    for row in _rows(journal):
        usd = row["usd"]
        if "reserve" in row:
            spent += open_.pop(row["reserve"], 0.0)  # numbered anew: that session is over
            open_[row["reserve"]] = usd
        else:
            open_.pop(row.get("settle"), None)
            spent += usd
    return spent + sum(open_.values())


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
