"""The one process that spends, and that says which parts are there.

It stands on the machine that the run was started from, and Ray starts it anew where it dies. It
alone asks the endpoint, so that cap, rate limits, breaker and "asked already" hold for all workers
by being in one place; it alone opens the cache, an SQLite database, which on a network disk would
not be safe; and it alone commits parts. What it knows stands on disks: answers in the cache, money
in the journal, which counts what was under way when it died as spent, documents in the parts.

Its methods return errors of this package instead of raising them: Ray would wrap them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from annotate.documents.folders import Skipped
from annotate.errors import AnnotateError, OutputExists, UsageError
from annotate.files import json_line
from annotate.llm.completions import Completion
from annotate.llm.modes import ResponseMode
from annotate.llm.probation import Fruitless
from annotate.llm.request import Request
from annotate.runs.manifest import FORMAT_VERSION, MANIFEST, REQUESTS, parse_manifest
from annotate.runs.parts import PARQUET, STORED, Parts
from annotate.runs.standing import refuse_another
from annotate.runs.writer import locked
from annotate.scale.attempts import Attempts, Begun
from annotate.scale.committed_parts import CommittedParts, Refused
from annotate.scale.document_hashes import Hashes, Standing
from annotate.scale.endpoint import Endpoint
from annotate.scale.plan import Plan
from annotate.version import version

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE = 30.0
_LIFE = "life"


def _returned(
    method: Callable[Concatenate[Accountant, P], Awaitable[T]],
) -> Callable[Concatenate[Accountant, P], Coroutine[Any, Any, T | AnnotateError]]:
    """Open what the accountant holds before a method, and return what errors it raises."""

    async def call(self: Accountant, /, *args: P.args, **named: P.kwargs) -> T | AnnotateError:
        try:
            await self.ready()
            return await method(self, *args, **named)
        except AnnotateError as error:
            return error

    call.__name__, call.__doc__ = method.__name__, method.__doc__
    return call


class Accountant:
    """Holds cache, cap, limits and commits of a run. See above.

    Args:
        patience: seconds for the accountant of a command that was killed just now to end.
    """

    def __init__(self, plan: Plan, patience: float = _PATIENCE) -> None:
        self._plan = plan
        self._patience = patience
        self._opening: asyncio.Task[None] | None = None
        self._attempts = Attempts()
        self._asked: Endpoint | None = None

    # ---- The parts ----

    @_returned
    async def open(self) -> None:
        """Open what it holds; what cannot be used is found here."""

    @_returned
    async def begin(self, portion: str) -> Begun:
        """Hear that a worker begins with a portion."""
        return self._attempts.begin(portion)

    @_returned
    async def trying(self, portion: str, piece: int | None) -> None:
        """Hear which piece of a portion a worker has in hand, None for none any more."""
        self._attempts.trying(portion, piece)

    @_returned
    async def done(self, portion: str) -> None:
        """Hear that all of a portion is kept."""
        self._attempts.done(portion)

    @_returned
    async def find(self, portion: str, hashes: Hashes) -> Standing:
        """Return which documents of a portion are kept already, as `CommittedParts.find`."""
        return self._kept.find(portion, hashes)

    @_returned
    async def commit(
        self, portion: str, name: str, said: Mapping[str, Any], hashes: Hashes, unread: Hashes
    ) -> Refused | None:
        """Commit a part, as `CommittedParts.commit`."""
        await asyncio.to_thread(self._check_life)
        return await self._kept.commit(portion, name, said, hashes, unread)

    @_returned
    async def settle(self, reason: AnnotateError) -> None:
        """Send nothing more, and wait for the answers that are under way."""
        if self._asked is not None:
            self._asked.completions.stop(reason)
            await self._asked.completions.settle()

    @_returned
    async def finish(self, finished: bool, skipped: Sequence[Skipped]) -> dict[str, Any]:
        """Write the manifest of the run, and return it."""
        await asyncio.to_thread(self._check_life)
        if finished:
            self._kept.end()
        if self._asked is not None:
            await self._asked.completions.close()
            self._parts.write(REQUESTS, self._asked.sent)
        manifest = self._manifest(skipped)
        if finished and self._kept.tally.whole:
            manifest["status"] = "complete"
        self._write_manifest(manifest)
        return manifest

    # ---- The endpoint ----

    @_returned
    async def ask(self, request: Request, mode: ResponseMode | None) -> Completion:
        """Return the answer to a request: kept, under way for another worker, or paid for."""
        return await self._endpoint.get(request, mode)

    @_returned
    async def hear(self, outcome: Fruitless | None) -> None:
        """Hear what came of a chunk."""
        self._endpoint.completions.probation.hear(outcome)

    @_returned
    async def stop(self, reason: AnnotateError) -> None:
        """Send nothing more."""
        self._endpoint.completions.stop(reason)

    @_returned
    async def why_stopped(self) -> tuple[AnnotateError, ...]:
        """Return why nothing more is sent; () while it is."""
        reason = self._endpoint.completions.stopped
        return () if reason is None else (reason,)

    @_returned
    async def read(self, key: str) -> dict[str, Any] | None:
        """Return a row of what is prepared."""
        return self._endpoint.rows.read(key)

    @_returned
    async def write(self, key: str, row: Mapping[str, Any]) -> None:
        """Keep a row of what is prepared."""
        self._endpoint.rows.write(key, row)

    # ---- Opening ----

    async def ready(self) -> None:
        """Open everything, once: the first time, and after each start."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        plan = self._plan
        plan.enter()
        self._parts = Parts.at(plan.out)
        home = plan.home(self._parts)
        home.mkdir(parents=True, exist_ok=True)
        self._held = await _lock(home, self._patience)
        self._kept = CommittedParts(self._parts, plan.life)
        if self._find_standing() is None:  # first, or a kill would leave a folder that is no run
            self._parts.make_root()
            self._write_manifest(self._manifest(()))
        self._parts.begin()
        self._kept.open()
        self._write_manifest(self._manifest(()))
        if plan.settings.model is not None:
            self._asked = Endpoint(plan.settings, home)

    def _find_standing(self) -> str | None:
        """Refuse what stands there and is another run, or make room; return its life, if any."""
        manifest = self._standing_manifest()
        if manifest is None:
            if not self._parts.is_empty():
                said = "is not empty and is not a run folder; choose another --out"
                raise UsageError(f"{self._plan.out}: {said}")
            return None
        life = str(manifest.get(_LIFE))
        if not self._plan.replace:
            if manifest.get(STORED) != PARQUET:
                raise OutputExists(Path(self._plan.out), "its rows are JSON Lines, of one machine")
            refuse_another(Path(self._plan.out), manifest, self._plan.identity)
        elif life != self._plan.life:
            for name in self._parts.committed():
                self._parts.drop(name)
        return life

    def _check_life(self) -> None:
        """Find out whether another command has begun to write the same run since."""
        if self._parts.folder is not None:  # it is locked, as no object store can be
            return
        manifest = self._standing_manifest()
        if manifest is not None and manifest.get(_LIFE) != self._plan.life:
            raise UsageError(
                f"{self._plan.out}: another annotate has begun to write this run, and this one "
                "ends; what it has committed stays"
            )

    def _standing_manifest(self) -> dict[str, Any] | None:
        content = self._parts.read(MANIFEST)
        return None if content is None else parse_manifest(content, Path(self._plan.out) / MANIFEST)

    @property
    def _endpoint(self) -> Endpoint:
        if self._asked is None:
            raise UsageError("this run asks no model")
        return self._asked

    def _manifest(self, skipped: Sequence[Skipped]) -> dict[str, Any]:
        tally = self._kept.tally
        tally.counts["skipped"] = len(skipped)
        named = [{"source": each.source, "reason": each.reason} for each in skipped]
        return {
            "format": FORMAT_VERSION,
            "annotate": version(),
            "status": "incomplete",
            STORED: PARQUET,
            _LIFE: self._plan.life,
            **self._plan.identity,
            **self._kept.found,
            **({"skipped": named} if named else {}),
            **tally.to_json(),
        }

    def _write_manifest(self, manifest: Mapping[str, Any]) -> None:
        self._parts.write(MANIFEST, json_line(manifest, indent=1))


async def _lock(folder: Path, patience: float) -> int | None:
    """Keep others from writing the same run; wait for one that is ending."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + patience
    while True:
        try:
            return locked(folder)
        except UsageError:
            if clock() > deadline:
                raise
            await asyncio.sleep(0.2)
