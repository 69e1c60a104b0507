"""Decisions of a review, and the state that they add up to when they are replayed.

Every decision says in full what it leaves behind, so that the last one about an annotation that was
not undone is its state, whatever the run says by now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from pydantic import JsonValue

from annotate.gold.records import Record
from annotate.scoring.labels import Status

Action = Literal["accept", "reject", "correct", "add", "skip", "comment", "read", "undo", "redo"]
"""`correct` changes what a run says, `add` is about what it lacks; `comment` leaves it open.
`read` is about a chunk: it was read to its end, and nothing is missing in it any more."""

Verdict = Literal["open", "accepted", "corrected", "added", "rejected", "skipped", "read"]
"""What became of an annotation in a review; `read` is said of chunks alone."""

VERDICTS: Mapping[Action, Verdict] = {
    "accept": "accepted",
    "correct": "corrected",
    "add": "added",
    "reject": "rejected",
    "skip": "skipped",
    "comment": "open",
    "read": "read",
}

KEPT: tuple[Verdict, ...] = ("accepted", "corrected", "added")
"""The verdicts that make an annotation gold."""


class Decision(Record):
    """One decision of one person about one annotation, or one chunk: a line of their log."""

    n: int
    """Its number in the log, from 1."""
    at: str
    """When it was made, in UTC as ISO 8601 writes it."""
    by: str
    """The annotator."""
    action: Action
    id: str
    """Of the annotation: `annotate.review.items` gives the ids of a run's own. Of a chunk that was
    read, as `annotate.review.chunks` gives it; then category, attributes and quote are empty."""
    document: str
    category: str
    attributes: dict[str, JsonValue]
    start: int
    end: int
    """Code points, half-open."""
    quote: str
    status: Status = "required"
    must_find: bool = False
    why: str = ""
    """What the annotator says about it."""
    of: int = 0
    """The number of the decision that is undone or redone; 0 of all others."""

    @property
    def verdict(self) -> Verdict:
        """What it leaves the annotation as; an undo or redo leaves what another decision does."""
        return VERDICTS.get(self.action, "open")

    def to_json(self) -> dict[str, JsonValue]:
        """Return the decision as a line of the log; what most do not have is left out."""
        row = self.model_dump(mode="json")
        usual = {"status": "required", "must_find": False, "why": "", "of": 0}
        return {name: value for name, value in row.items() if usual.get(name, ...) != value}


class History:
    """The decisions of one annotator in their order, and what they add up to."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []
        self._about: defaultdict[str, list[Decision]] = defaultdict(list)
        self._read: defaultdict[str, list[Decision]] = defaultdict(list)  # about chunks
        self._done: dict[int, Decision] = {}  # those that hold, in the order in which they came
        self._undone: dict[int, Decision] = {}  # those that can be redone, the last one last

    def add(self, decision: Decision) -> None:
        """Let one more decision count; an undo of what does not hold changes nothing."""
        self.decisions.append(decision)
        if decision.action == "undo":
            _move(decision.of, self._done, self._undone)
        elif decision.action == "redo":
            _move(decision.of, self._undone, self._done)
        else:
            about = self._read if decision.action == "read" else self._about
            about[decision.id].append(decision)
            self._done[decision.n] = decision
            self._undone.clear()

    @property
    def last(self) -> int:
        """The number of the last decision, 0 where there is none."""
        return self.decisions[-1].n if self.decisions else 0

    @property
    def undoable(self) -> Decision | None:
        """The decision that an undo takes back."""
        return next(reversed(self._done.values()), None)

    @property
    def redoable(self) -> Decision | None:
        """The decision that a redo brings back."""
        return next(reversed(self._undone.values()), None)

    def about(self, name: str) -> list[Decision]:
        """Return the decisions about an annotation that hold, in their order."""
        return [each for each in self._about.get(name, ()) if each.n in self._done]

    def current(self) -> dict[str, Decision]:
        """Return the decision that counts for each annotation, by its id."""
        found = {name: self.about(name) for name in self._about}
        return {name: held[-1] for name, held in found.items() if held}

    def read(self) -> set[str]:
        """Return the ids of the chunks that were read to their end."""
        return {
            name for name, made in self._read.items() if any(each.n in self._done for each in made)
        }


def _move(number: int, source: dict[int, Decision], target: dict[int, Decision]) -> None:
    if number in source:
        target[number] = source.pop(number)
