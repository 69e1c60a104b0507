"""What holds a run back: requests and tokens a minute, and money.

A `Throttle` waits, a `Budget` refuses. The budget's journal is one file beside the run folder, so
that a cap holds over runs that were killed.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from annotate.errors import Stopped, UsageError


class Throttle:
    """At most so many units a minute, evenly: a bucket that holds one second's worth.

    Args:
        per_minute: units (requests, tokens) a minute; None for no limit.
        clock: seconds, monotonic.
    """

    def __init__(
        self, per_minute: float | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = None if per_minute is None else per_minute / 60
        self._clock = clock
        self._free_at = clock()

    async def take(self, units: float) -> None:
        """Wait until `units` may be used, first come first served."""
        if self._rate is None:
            return
        now = self._clock()
        self._free_at = max(self._free_at, now - 1.0)  # one second's worth may have been saved up
        wait = self._free_at - now
        self._free_at += units / self._rate
        if wait > 0:
            await asyncio.sleep(wait)

    def settle(self, reserved: float, used: float) -> None:
        """Give back what a request did not use, or take what it used beyond its reservation."""
        if self._rate is not None:
            self._free_at -= (reserved - used) / self._rate


class Budget:
    """A cap on money that holds under concurrency and over resumed runs.

    Before a request the most that it can cost is reserved; after it what it cost is settled. Each
    step is a line of the journal before it takes effect; a reservation that was never settled (the
    process was killed with the request under way) counts as spent.

    Args:
        cap: US dollars, None for no cap.
        journal: the file of reservations and settlements; a cap needs one.
        max_requests: requests that may be sent in this process, None for no limit.

    Raises:
        UsageError: where the journal cannot be read or written.
    """

    def __init__(
        self, cap: float | None, journal: Path | None, max_requests: int | None = None
    ) -> None:
        self.cap = cap
        self.spent = _journalled(journal) if journal is not None else 0.0
        self._max_requests = max_requests
        self._requests = 0
        self._reserved = 0.0
        self._under_way = 0
        self._number = 0
        self._freed = asyncio.Event()
        self._journal = journal
        self._file = _opened(journal) if journal is not None and cap is not None else None

    async def reserve(self, most: float) -> int:
        """Reserve `most` US dollars for one request and return the reservation's number.

        Waits where requests under way hold what is needed.

        Raises:
            Stopped: where the cap, or the number of requests, would be passed.
        """
        if self._max_requests is not None and self._requests >= self._max_requests:
            limit = self._max_requests
            raise Stopped(f"--max-requests {limit} is reached; the same command goes on")
        self._requests += 1
        while self.cap is not None and self.spent + self._reserved + most > self.cap:
            if not self._under_way:
                self._requests -= 1
                raise Stopped(
                    f"--max-cost {self.cap:.4f} USD: {self.spent:.4f} is spent and the next "
                    f"request may cost {most:.4f}; raise the cap to go on"
                )
            self._freed.clear()
            await self._freed.wait()
        self._number += 1
        self._under_way += 1
        self._reserved += most
        self._write({"reserve": self._number, "usd": most})
        return self._number

    def settle(self, number: int, reserved: float, cost: float | None) -> None:
        """Replace a reservation by what the request cost; unknown costs count as reserved."""
        spent = reserved if cost is None else cost
        self._write({"settle": number, "usd": spent})
        self._under_way -= 1
        self._reserved = self._reserved - reserved if self._under_way else 0.0
        self.spent += spent
        self._freed.set()

    def close(self) -> None:
        """Close the journal."""
        if self._file is not None:
            self._file.close()

    def _write(self, line: dict[str, float | int]) -> None:
        if self._file is None:
            return
        try:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
        except OSError as error:
            raise UsageError(f"{self._journal}: cannot be written ({error.strerror})") from None


def _opened(journal: Path) -> IO[str]:
    try:
        return journal.open("a", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{journal}: cannot be written ({error.strerror})") from None


def _journalled(journal: Path) -> float:
    """Return what earlier sessions spent; each session numbers its reservations from 1."""
    if not journal.exists():
        return 0.0
    spent = 0.0
    open_: dict[int, float] = {}
    for line in journal.read_text(encoding="utf-8").split("\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue  # the last line of a killed process
        if "reserve" in row:
            spent += open_.pop(row["reserve"], 0.0)  # numbered anew: that session is over
            open_[row["reserve"]] = row["usd"]
        elif "settle" in row:
            open_.pop(row["settle"], None)
            spent += row["usd"]
    return spent + sum(open_.values())
