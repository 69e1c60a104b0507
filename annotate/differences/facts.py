"""What the difference of two documents comes to: facts that came and went, silences that broke.

A fact is a category, or a value in one of its attributes, that a document states anywhere. That a
document was silent on a category, or is now, is said only where its run can claim it
(`annotate.runs.silence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import JsonValue

from annotate.differences.statements import Statement
from annotate.runs.silence import Silence
from annotate.scoring.facts import Fact

Turn = Literal["broke its silence", "fell silent", "not known before", "not known afterwards"]


@dataclass(frozen=True, slots=True)
class Silencing:
    """A category that one side states and the other does not.

    Attributes:
        turn: what can be said of it: nothing is claimed where one side cannot claim its silence.
        why: why it is not known; "" where it is.
    """

    category: str
    turn: Turn
    why: str = ""

    def to_json(self) -> dict[str, JsonValue]:
        """Return it as a row."""
        return {"category": self.category, "turn": self.turn, "why": self.why}


def new_facts(before: Iterable[Statement], after: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return the facts that are stated afterwards and were not before; turned round, what went."""
    known = {key for each in before for key in _keys(each)}
    found: dict[_Key, Statement] = {}
    for each in after:
        for key in _keys(each):
            if key not in known:
                found.setdefault(key, each)
    facts = (
        Fact(category, name, each.values[name][value] if name else "")
        for (category, name, value), each in found.items()
    )
    return tuple(sorted(facts))


_Key: TypeAlias = tuple[str, str, str]
"""What tells a fact from others: category, attribute, and the value as it is compared."""


def _keys(statement: Statement) -> Iterator[_Key]:
    yield statement.category, "", ""
    for name, value in statement.content:
        yield statement.category, name, value


def silencings(before: Silence, after: Silence) -> Iterator[Silencing]:
    """Yield the categories that only one of two documents states."""
    yield from _only_missing(before, after, "broke its silence", "not known before")
    yield from _only_missing(after, before, "fell silent", "not known afterwards")


def _only_missing(
    side: Silence, other: Silence, silent: Turn, unknown: Turn
) -> Iterator[Silencing]:
    """Yield the categories that one side does not state and the other does."""
    missing = {*other.silent, *other.open}
    for name in (*side.silent, *side.open):
        if name not in missing:
            known = name in side.silent
            yield Silencing(name, silent if known else unknown, "" if known else side.why)
