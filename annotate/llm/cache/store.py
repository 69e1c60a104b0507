"""The store of answers: a request goes in with its answer, the same request gets it back.

The key of an answer is the canonical request: the body as sent, the endpoint without credentials,
and the repeat. The request is stored with the answer and compared on a hit.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from annotate.errors import CacheError
from annotate.llm.cache.disk import Rows
from annotate.llm.cache.prepared import Prepared, is_prepared
from annotate.llm.cache.row import Stored, damage, from_row, to_row
from annotate.llm.request import Request


class Cache:
    """The folder of answers. Safe for several processes at once.

    Attributes:
        prepared: what is kept beside the answers.

    Raises:
        CacheError: where the folder cannot be used; the message names it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows = Rows(folder)
        self.prepared = Prepared(self._rows)

    def get(self, request: Request) -> Stored | None:
        """Return the answer to `request`, None where there is none.

        Raises:
            CacheError: where what is stored is not the answer to this request.
        """
        row = self._answer(request.key)
        if row is None:
            return None
        # A hash alone would trust whoever wrote the row.
        if row["request"] != request.canonical:
            raise CacheError(f"{self.folder}: an answer is filed under another request's key")
        return from_row(row)

    def put(self, request: Request, stored: Stored) -> None:
        """Keep an answer; when this returns, it survives the end of the process.

        Raises:
            CacheError: where it cannot be kept.
        """
        try:
            text = json.dumps(to_row(request, stored), ensure_ascii=False)
        except RecursionError:
            raise CacheError(f"{self.folder}: an answer is nested too deeply to be kept") from None
        self._rows.write(request.key, text)

    def add(self, request: Request, stored: Stored) -> Stored:
        """Keep an answer unless another process kept a usable one first; return the one that stays.

        Raises:
            CacheError: where it cannot be kept.
        """
        # Two processes may have paid for the same answer; both then have to use the same one, or
        # their runs differ.
        with self._rows.transaction():
            kept = self.get(request)
            if kept is not None and not kept.retry:
                return kept
            self.put(request, stored)
        return stored

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield every answer with its request, sorted by key."""
        for _, row in self._answers():
            yield row

    def stats(self) -> dict[str, Any]:
        """Return how much there is: answers, bytes, cost, and answers by model."""
        models: Counter[str] = Counter()
        cost, worth_asking = 0.0, 0
        for row in self.rows():
            models[str(self.sent(row)["body"].get("model", ""))] += 1
            cost += row["cost"] or 0.0
            worth_asking += row["retry"]
        return {
            "folder": str(self.folder),
            "answers": sum(models.values()),
            "bytes": self._rows.volume(),
            "cost": round(cost, 6),
            "retry": worth_asking,
            "models": dict(sorted(models.items())),
        }

    def prune(self, *, older_than_days: float | None = None, retry_only: bool = False) -> int:
        """Remove answers and return how many went.

        Those stored more than so many days ago, or only those among them worth asking again.
        """
        limit = None if older_than_days is None else time.time() - older_than_days * 86400
        removed = 0
        for key, row in self._answers():
            old = limit is None or row["stored"] < limit
            if old and (row["retry"] or not retry_only):
                removed += self._rows.delete(key)
        return removed

    def sent(self, row: Mapping[str, Any]) -> Any:
        """Return the request of a row, parsed."""
        try:
            return json.loads(row["request"])
        except (ValueError, RecursionError):
            raise CacheError(f"{self.folder}: a row of the cache is damaged (request)") from None

    def close(self) -> None:
        """Close the files."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the rows of all answers by key, sorted."""
        for key in self._rows.sorted_keys():
            row = None if is_prepared(key) else self._answer(key)
            if row is not None:  # else another process removed it meanwhile
                yield key, row

    def _answer(self, key: str) -> dict[str, Any] | None:
        row = self._rows.read(key)
        if row is not None and (problem := damage(row)):
            raise CacheError(f"{self.folder}: a row of the cache is damaged ({problem})")
        return row
