"""Read inputs on several cores, and hand on what comes of them in order.

What a worker does is in `annotate.pipeline.work`. Here portions are handed out some way ahead, and
what was lost with a worker that ended is done again: piece by piece, each with nothing beside it,
so that one document that ends its process costs no other.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from annotate.documents.portions import Portion, name_of, pieces_of, portions
from annotate.documents.readers.json_lines import Ids
from annotate.documents.readers.reader import OnError, Read
from annotate.documents.reading import Inputs
from annotate.errors import DocumentError, UsageError
from annotate.pipeline import work
from annotate.pipeline.processes import Processes
from annotate.pipeline.work import Job, Outcome

_AHEAD = 8  # portions for each worker that may be under way, or wait for their turn
_BYTES_AHEAD = 8_000_000  # of them together, unless each worker has but one

KILLED = (
    "ended the process that read it, twice (out of memory, killed?); take it out, or give it as "
    "plain text"
)
_NOT_STARTED = (
    "--workers: a worker ends before it has read anything (out of memory, killed?); "
    "set it to 1, and the same command goes on"
)


@dataclass(frozen=True, slots=True)
class _UnderWay:
    portion: Portion
    future: Future[list[Outcome]]
    processes: Processes


class Workers:
    """Processes that read inputs. Use them as a context manager; leaving it ends them.

    Args:
        count: how many.
        job: what they do with a document.
    """

    def __init__(self, count: int, job: Job) -> None:
        self._count = count
        self._job = job
        self._processes: Processes | None = None
        self._lone: Processes | None = None  # for what was lost with a worker

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        for each in (self._processes, self._lone):
            if each is not None:
                each.end()

    def documents(self, found: Inputs | Iterable[object], on_error: OnError) -> Iterator[Any]:
        """Yield what the job makes of each document that inputs name or that is given, in order.

        What was logged is logged here, in order too.

        Raises:
            UsageError: where workers cannot be started.
        """
        ended: set[str] = set()
        pieces = pieces_of(found, ended)
        for each in distinct_reads(self._reads(portions(pieces)), ended):
            if isinstance(each, DocumentError):
                on_error(each)
            else:
                yield each

    def _reads(self, given: Iterable[Portion]) -> Iterator[Read[Any]]:
        for outcome in self._outcomes(iter(given)):
            if isinstance(outcome, logging.LogRecord):
                logging.getLogger(outcome.name).handle(outcome)
            elif isinstance(outcome, Exception):
                raise outcome
            else:
                yield outcome

    def _outcomes(self, given: Iterator[Portion]) -> Iterator[Outcome]:
        under_way: deque[_UnderWay] = deque()
        size = 0
        while True:
            while self._has_room(len(under_way), size) and (portion := next(given, None)):
                under_way.append(self._started(portion))
                size += portion.size
            if not under_way:
                return
            first = under_way.popleft()
            size -= first.portion.size
            yield from self._result(first)

    def _has_room(self, portions: int, size: int) -> bool:
        few, many = self._count + 1, self._count * _AHEAD
        return portions < few or (portions < many and size < _BYTES_AHEAD)

    def _started(self, portion: Portion) -> _UnderWay:
        while True:
            processes = self._processes = self._processes or self._open(self._count)
            try:
                return _UnderWay(portion, processes.submit(work.read, portion), processes)
            except BrokenProcessPool:
                self._give_up(processes)

    def _result(self, begun: _UnderWay) -> Iterable[Outcome]:
        try:
            return begun.future.result()
        except BrokenProcessPool:
            self._give_up(begun.processes)
            return self._one_by_one(begun.portion)

    def _give_up(self, processes: Processes) -> None:
        """Let go of processes of which one has ended: others take their place."""
        processes.end()
        if processes is self._processes:
            self._processes = None

    def _one_by_one(self, portion: Portion) -> Iterator[Outcome]:
        for piece in portion:
            lone = self._lone = self._lone or self._loaded()
            try:
                yield from lone.submit(work.read, [piece]).result()
            except BrokenProcessPool:
                lone.end()
                self._lone = None
                yield Read(DocumentError(name_of(piece), KILLED))

    def _loaded(self) -> Processes:
        """Return a process that has loaded everything: if it ends now, the document did it."""
        processes = self._open(1)
        try:
            processes.submit(work.load).result()
        except BrokenProcessPool:
            processes.end()
            raise UsageError(_NOT_STARTED) from None
        except BaseException:
            processes.end()
            raise
        return processes

    def _open(self, count: int) -> Processes:
        return Processes(count, work.begin, self._job)


def distinct_reads(reads: Iterable[Read[Any]], ended: set[str]) -> Iterator[Any]:
    """Yield what was found, for lines with an eye to those before them in their file."""
    source, ids = "", Ids()
    for read in reads:
        if read.source != source:
            source, ids = read.source, Ids()
        if not source:
            yield read.found
        elif source not in ended:
            yield ids.distinct(read)
            if read.last:
                ended.add(source)
