"""Stop a run whose answers cannot be used, before much is paid for them.

A model that breaks the schema in every answer, quotes what the text does not say, refuses or says
nothing would be asked about every chunk, and repaired, for nothing. So a run begins on probation:
few chunks go through until one has brought something. An answer that finds nothing in a text is one
that can be used. Whether a request gets an answer at all is the matter of `annotate.llm.breaker`.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from annotate.errors import Stopped
from annotate.llm.breaker import Breaker
from annotate.llm.errors import CallFailed

Fault = Literal["invalid", "ungrounded", "refused", "malformed", "truncated", "failed"]
"""Why nothing came of a chunk: its annotations break the schema, or quote what is not there; the
model refused; its answer could not be read, or was cut; the request was refused."""

WINDOW = 4
"""Once something was found, a run is judged by the last chunks: so many times as many as at its
start."""

MOST_FRUITLESS = 7 / 8
"""The share of these that may bring nothing before the run stops."""

_TRY = {
    "invalid": "another --mode (annotate doctor tells which) or a stronger --model",
    "ungrounded": "a stronger --model: this one does not copy the words of the text",
    "refused": "another --model, or the filter settings of the endpoint",
    "malformed": "another --mode (annotate doctor tells which) or a stronger --model",
    "truncated": "a larger answer limit (--answer-tokens) or less reasoning (--reasoning-effort)",
    "failed": "annotate doctor, which sends one small request",
}


@dataclass(frozen=True, slots=True)
class Fruitless:
    """Why nothing came of a chunk. `reason` is a sentence without a word of text or answer."""

    fault: Fault
    reason: str


class Probation:
    """Hears what came of every chunk, and trips the breaker where nothing does.

    Args:
        breaker: of the run.
        most: chunks from the start that may bring nothing; 0 for any number.
    """

    def __init__(self, breaker: Breaker, most: int) -> None:
        self._breaker = breaker
        self._most = most
        self._passed = most == 0
        self._under_way = 0
        self._changed = asyncio.Event()
        self._recent: deque[Fruitless | None] = deque(maxlen=WINDOW * most)

    @property
    def passed(self) -> bool:
        """Whether a chunk has brought something."""
        return self._passed

    @asynccontextmanager
    async def chunk(self) -> AsyncIterator[None]:
        """Hold a chunk back as long as it might be one too many that brings nothing."""
        while not self._has_room():
            self._changed.clear()
            await self._changed.wait()
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._changed.set()

    def hear(self, outcome: Fruitless | None) -> None:
        """Hear that a chunk, or a part of one, brought something (None) or why it did not."""
        if not self._most:
            return
        self._recent.append(outcome)
        self._passed = self._passed or outcome is None
        fruitless = [each for each in self._recent if each is not None]
        most = MOST_FRUITLESS * WINDOW * self._most if self._passed else self._most
        if len(fruitless) >= most:
            self._breaker.trip(Stopped(self._said(fruitless)))
        self._changed.set()

    def no_room(self, error: CallFailed) -> None:
        """Hear that not even a short text fits into a request, before any answer came.

        The run stops here and not at its next request: the endpoint has just refused this one.
        """
        refused, _, _ = str(error).partition(";")  # its remedy, a smaller chunk, is none here
        self._breaker.stop(
            Stopped(
                f"{refused}, though it holds little text: the prompt alone fills the context; give "
                "the model or its server more context, or shorten the prompt"
            )
        )

    def _has_room(self) -> bool:
        # Once it is tripped nothing is sent, and what the cache holds may still be read.
        if self._passed or self._breaker.tripped:
            return True
        return self._under_way + len(self._recent) < self._most

    def _said(self, fruitless: list[Fruitless]) -> str:
        """Say what is commonest, and what to try."""
        (worst, count), *_ = Counter(fruitless).most_common(1)
        first = "" if self._passed else "first "
        return (
            f"nothing that can be used came of {len(fruitless)} of the {first}"
            f"{len(self._recent)} chunks; most often ({count}): {worst.reason}; "
            f"try {_TRY[worst.fault]}; --give-up-after 0 goes on all the same"
        )
