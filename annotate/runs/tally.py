"""What a run counts while it goes on: how its chunks ended, what was refused, what it took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotate.ledger import ANSWERED, Entry, nothing_usable

_COUNTED = (
    "documents",
    "characters",
    "chunks",
    "annotations",
    "quarantined",
    "unreadable",
    "skipped",
)


class Tally:
    """The figures of a run, as its manifest has them.

    Attributes:
        counts: documents, characters, chunks, annotations and so on.
        statuses: how many chunks ended in which way.
        refused: answers that were refused, by kind.
        usage: requests, tokens, and their cost in US dollars, None where no price is known.
    """

    def __init__(self) -> None:
        self.counts = dict.fromkeys(_COUNTED, 0)
        self.statuses: dict[str, int] = {}
        self.refused = {"invalid": 0, "ungrounded": 0}
        self.usage: dict[str, Any] = {
            "requests": 0,
            "prompt_tokens": 0,
            "completion_tokens": 0,
            "cost": None,
        }

    def add(
        self, characters: int, annotations: int, entries: Iterable[Entry], quarantined: int
    ) -> None:
        """Count what came of one document."""
        self.counts["documents"] += 1
        self.counts["characters"] += characters
        self.counts["annotations"] += annotations
        self.counts["quarantined"] += quarantined
        for entry in entries:
            self._add_chunk(entry)

    def _add_chunk(self, entry: Entry) -> None:
        self.counts["chunks"] += 1
        self.statuses[entry.status] = self.statuses.get(entry.status, 0) + 1
        self.refused["invalid"] += entry.invalid
        self.refused["ungrounded"] += entry.ungrounded
        for name in ("requests", "prompt_tokens", "completion_tokens"):
            self.usage[name] += getattr(entry, name)
        if entry.cost is not None:
            # Rounded, or the last digits of a sum would tell of the order of its parts.
            self.usage["cost"] = round((self.usage["cost"] or 0.0) + entry.cost, 8)

    def join(self, figures: Mapping[str, Any]) -> None:
        """Count what another has counted, given as `to_json` returns it."""
        for name in ("counts", "statuses", "refused"):
            own: dict[str, int] = getattr(self, name)
            for what, count in figures[name].items():
                own[what] = own.get(what, 0) + count
        for name, amount in figures["usage"].items():
            if name != "cost":
                self.usage[name] += amount
            elif amount is not None:
                self.usage["cost"] = round((self.usage["cost"] or 0.0) + amount, 8)

    @property
    def whole(self) -> bool:
        """Whether all that was meant was read, and everything that was read is answered."""
        answered = all(status in ANSWERED for status in self.statuses)
        useless = nothing_usable(self.statuses, self.counts["annotations"])
        return answered and not useless and not self.counts["unreadable"]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as they stand in a manifest."""
        return {
            "counts": self.counts,
            "statuses": dict(sorted(self.statuses.items())),
            "refused": self.refused,
            "usage": self.usage,
        }
