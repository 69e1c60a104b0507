"""The store of answers: a request goes in with its answer, the same request gets it back.

The key of an answer is the canonical request: the body as sent, the endpoint without credentials,
and the repeat. The request is stored with the answer and compared on a hit.
"""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from annotate.errors import CacheError
from annotate.llm.cache.disk import DamagedDatabase, Entry, Rows
from annotate.llm.cache.prepared import (
    Prepared,
    batch_request,
    damage_of_prepared,
    is_prepared,
)
from annotate.llm.cache.row import Stored, asked_for, damage, from_row, misfiled, to_row
from annotate.llm.request import Request
from annotate.llm.responses import read_reply


@dataclass(slots=True)
class Pruned:
    """How many rows were removed.

    Attributes:
        answers: that could be used.
        batch_requests: requests that were kept for a batch.
        damaged: rows that could not.
        stuck: rows that could not be removed, since the database itself is damaged there.
    """

    answers: int = 0
    batch_requests: int = 0
    damaged: int = 0
    stuck: int = 0


class Cache:
    """The folder of answers. Safe for several processes at once.

    Args:
        patience: seconds to wait for another process that holds the database.

    Attributes:
        prepared: what is kept beside the answers.

    Raises:
        CacheError: where the folder cannot be used; the message names it.
    """

    def __init__(self, folder: Path, patience: float = 60.0) -> None:
        self.folder = folder
        self._rows = Rows(folder, patience)
        self.prepared = Prepared(self._rows)

    @property
    def damaged(self) -> dict[str, str]:
        """Why a row that was come across cannot be used, by key."""
        return dict(self._rows.damaged)

    def get(self, request: Request, *, wait: bool = True) -> Stored | None:
        """Return the answer to `request`; None where there is none, or a damaged one.

        Raises:
            CacheError: where the cache cannot be read.
            Held: where another process holds it, and there was no time to `wait`.
        """
        ways = [request, *request.otherwise_written]
        if len(ways) > 1:  # in most cases there is nothing, and this is seen at one look
            there = self._rows.there([each.key for each in ways], wait=wait)
            ways = [each for each in ways if each.key in there]
        found = (self._get(each, wait) for each in ways)
        return next((each for each in found if each is not None), None)

    def _get(self, request: Request, wait: bool) -> Stored | None:
        row = self._rows.read(request.key, wait=wait, known=partial(asked_for, request))
        if row is None:
            return None
        problem = damage(row)
        # A hash alone would trust whoever wrote the row.
        if not problem and row["request"] != request.canonical:
            problem = "the answer to another request"
        if problem:
            self._rows.note(request.key, problem)
            return None
        return from_row(row)

    def put(self, request: Request, stored: Stored) -> None:
        """Keep an answer; when this returns, it survives the end of the process.

        Raises:
            CacheError: where it cannot be kept.
        """
        try:
            self._rows.write(request.key, to_row(stored), asked_for(request))
        except RecursionError:
            raise CacheError(f"{self.folder}: an answer is nested too deeply to be kept") from None

    def add(self, request: Request, stored: Stored, *, wait: bool = True) -> Stored:
        """Keep an answer unless another process kept a usable one first; return the one that stays.

        Raises:
            CacheError: where it cannot be kept.
            Held: where another process holds the cache, and there was no time to `wait`.
        """
        # Two processes may have paid for the same answer; both then have to use the same one, or
        # their runs differ.
        with self._rows.transaction(wait=wait):
            kept = self.get(request)
            if kept is not None and not _gives_way(kept, request):
                return kept
            self.put(request, stored)
        return stored

    def offer(self, request: Request, stored: Stored) -> bool:
        """Keep an answer from elsewhere where it is better than what is kept; tell whether it is.

        The first usable answer stays, since runs that were made with it must come out the same
        again. Only what is worth asking again gives way, and only to what is not.

        Raises:
            CacheError: where it cannot be kept.
        """
        with self._rows.transaction():
            kept = self.get(request)
            better = kept is None or (_gives_way(kept, request) and _is_usable(stored, request))
            if not better:
                return False
            self.put(request, stored)
        return True

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield every answer with its request, parsed, sorted by key."""
        for entry, row in self._sound_rows():
            if not is_prepared(entry.key):
                yield {**row, "request": json.loads(row["request"])}

    def stats(self) -> dict[str, Any]:
        """Return how much there is: answers, bytes, cost, answers by model, damaged rows by key."""
        models: Counter[str] = Counter()
        cost, unpriced, worth_asking, waiting = 0.0, 0, 0, 0
        for entry, row in self._sound_rows():
            waiting += batch_request(entry.key) is not None
            if not is_prepared(entry.key):
                models[str(json.loads(row["request"])["body"].get("model", ""))] += 1
                cost += row["cost"] or 0.0
                unpriced += row["cost"] is None
                worth_asking += row["retry"]
        answers = sum(models.values())
        # Unknown, where it is known of none: what was paid for is not shown as free.
        return {
            "folder": str(self.folder),
            "answers": answers,
            "bytes": self._rows.volume(),
            "cost": round(cost, 6) if unpriced < answers or not answers else None,
            "unpriced": unpriced,
            "retry": worth_asking,
            "models": dict(sorted(models.items())),
            "batch_requests": waiting,
            "damaged": self.damaged,
        }

    def prune(self, *, older_than_days: float | None = None, retry_only: bool = False) -> Pruned:
        """Remove answers: all, those stored more than so many days ago, those worth asking again.

        A request that was kept for a batch goes by the same age, or where its answer is there;
        with `retry_only` it stays. Without a limit, damaged rows go as well.
        """
        limit = math.inf if older_than_days is None else time.time() - older_than_days * 86400

        def goes(entry: Entry, row: Mapping[str, Any] | None) -> bool:
            if row is None:
                return limit == math.inf and not retry_only
            if (asked := batch_request(entry.key)) is not None:
                old = self._rows.stored_at(entry) < limit
                return not retry_only and (old or self._is_answered(asked))
            if is_prepared(entry.key):
                return False
            return row["stored"] < limit and (row["retry"] or not retry_only)

        return self._remove(goes)

    def prune_damaged(self) -> Pruned:
        """Remove damaged rows, and nothing else."""
        return self._remove(lambda _, row: row is None)

    def close(self) -> None:
        """Close the files."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _sound_rows(self) -> Iterator[tuple[Entry, dict[str, Any]]]:
        """Yield all rows that can be used with where they stand, sorted by key."""
        for entry in self._rows.entries():
            row = self._sound(entry)
            if row is not None:
                yield entry, row

    def _sound(self, entry: Entry) -> dict[str, Any] | None:
        """Return a row; None where it is damaged, or another process removed it meanwhile."""
        row = self._rows.read_entry(entry)
        if row is None:
            return None
        if is_prepared(entry.key):
            problem = damage_of_prepared(row)
        else:
            problem = damage(row) or misfiled(row, entry.key)
        if problem:
            self._rows.note(entry.key, problem)
            return None
        return row

    def _is_answered(self, key: str) -> bool:
        row = self._rows.read(key)
        return row is not None and not damage(row) and not row["retry"]

    def _remove(self, goes: Callable[[Entry, Mapping[str, Any] | None], bool]) -> Pruned:
        """Remove the rows that go, by place and content; a damaged row is None."""
        pruned = Pruned()
        for entry in self._rows.entries():
            if not goes(entry, self._sound(entry)):
                continue
            try:
                with self._rows.transaction():
                    # Looked at again: another process may have asked anew meanwhile.
                    row = self._sound(entry)
                    removed = goes(entry, row) and self._rows.delete(entry)
            except DamagedDatabase:
                pruned.stuck += 1
                continue
            if row is None:
                pruned.damaged += removed
            elif is_prepared(entry.key):
                pruned.batch_requests += removed
            else:
                pruned.answers += removed
        return pruned


def _is_usable(stored: Stored, request: Request) -> bool:
    """Tell whether an answer is worth having; what a file says of it is not believed."""
    return not stored.retry and read_reply(stored.reply, request.body).parsed.kind == "answer"


def _gives_way(kept: Stored, request: Request) -> bool:
    """Tell whether a kept answer is worth asking again, as it is read today.

    What could not be read may have become readable; what was an answer, to have been cut.
    """
    kind = read_reply(kept.reply, request.body).parsed.kind
    return kind == "shortened" or (kept.retry and kind != "answer")
