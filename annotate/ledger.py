"""The account of every chunk: how it ended, and what came of it.

A chunk that failed is never an empty annotation: silence is claimed only from chunks that ended
`ok`, `repaired` or `partial` with everything answered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from pydantic import JsonValue

Status = Literal[
    "ok",
    "repaired",
    "partial",
    "furniture",
    "abstained",
    "refused",
    "truncated",
    "failed",
    "unsent",
]
"""How a chunk ended: answered at once; answered after repair; answered but for what is quarantined;
not asked about, since it stands around the text; not read as a whole, since it is in a language
that the annotator does not read; refused by the model, or by the policy of its endpoint; truncated;
failed; never sent."""

ANSWERED: tuple[Status, ...] = ("ok", "repaired", "partial", "furniture")
"""The endings that leave nothing open: what stands around the text says nothing of it."""


UNSURE = "unsure"
"""The kind of a row of the quarantine that is an annotation too few samples made to be delivered:
it is right or wrong like any other, and nobody was wrong to answer it."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")  # of a category or an attribute


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        document: id of the document.
        chunk: index of the chunk in it.
        start, end: what was read, in code points, half-open.
        status: how it ended.
        annotations: how many were grounded, before merging.
        invalid, ungrounded: annotations that were rejected, by kind, also those that were repaired
            later; what was not repaired is in the quarantine.
        requests: answers that were used: the first, repairs, the halves of a chunk that was split.
        prompt_tokens, completion_tokens, cost, seconds: what they took, as their endpoint reported
            when they were asked; cost in US dollars, None where no price was known.
        note: why it did not end `ok`, without any text of the document.
        unread: where only parts of the chunk are without an answer, their borders.
    """

    document: str
    chunk: int
    start: int
    end: int
    status: Status
    annotations: int = 0
    invalid: int = 0
    ungrounded: int = 0
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    seconds: float = 0.0
    note: str = ""
    unread: tuple[tuple[int, int], ...] = ()

    @property
    def answered(self) -> bool:
        """Whether it says something about its text: the one definition of an answered chunk."""
        return self.status in ANSWERED

    def to_json(self) -> dict[str, JsonValue]:
        """Return the entry as a row of `ledger.jsonl`."""
        row = {name: getattr(self, name) for name in _COLUMNS}
        # Rows of chunks that were read as a whole are the same bytes as before.
        return {**row, "unread": [list(each) for each in self.unread]} if self.unread else row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Entry:
        """Read a row of `ledger.jsonl`; columns of later versions are left out."""
        # Not `cls(**row)`: a ledger of a later version, with more columns, can still be shown.
        known = {name: row[name] for name in cls.__dataclass_fields__ if name in row}
        if "unread" in known:
            known["unread"] = tuple((start, end) for start, end in known["unread"])
        return cls(**known)


_COLUMNS = tuple(each.name for each in fields(Entry) if each.name != "unread")


def open_notes(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield why each of the chunks without an answer has none, where it says so."""
    return (each.note for each in entries if not each.answered and each.note)


def commonest(notes: Counter[str]) -> str:
    """Return the commonest note; "" where there is none."""
    # The commonest, not the first: one odd chunk at the start says little about a hundred others.
    return notes.most_common(1)[0][0] if notes else ""


def commonest_note(entries: Iterable[Entry]) -> str:
    """Return why most of the chunks without an answer have none; "" where all are answered."""
    return commonest(Counter(open_notes(entries)))


def nothing_usable(statuses: Mapping[str, int], annotations: int) -> bool:
    """Say whether all that was answered was refused: such a run is not complete.

    An answer that finds nothing in its text is usable.

    Args:
        statuses: how many chunks ended in which way.
        annotations: how many were found in all.
    """
    usable = annotations or statuses.get("ok") or statuses.get("repaired")
    return bool(statuses.get("partial")) and not usable


def remedy(statuses: Mapping[str, int], annotations: int) -> str:
    """Say what finishes an incomplete run. Takes what `nothing_usable` takes."""
    # What was cut, refused or could not be read is in the cache, where the same run finds it again.
    ways = []
    if statuses.get("refused") or statuses.get("failed"):
        ways.append("annotate run --retry-failed asks again what was refused or failed")
    if statuses.get("truncated"):
        ways.append(
            "annotate run --retry-failed asks again what was cut; a larger answer limit "
            "(--answer-tokens) or a smaller --chunk-size lets it end"
        )
    if nothing_usable(statuses, annotations):
        ways.append("nothing that was answered can be used: another --model or --mode may help")
    if statuses.get("unsent") or not ways:
        ways.insert(
            0,
            "the same annotate run finishes it"
            if not ways
            else "the same annotate run asks the rest",
        )
    return "; ".join(ways)


def refusal(kind: str, item: object, problems: Sequence[str]) -> str:
    """Say why an annotation was refused, so that equal reasons can be counted.

    The words are ours and the schema's: no value, no name that a model made up.
    """
    if kind == UNSURE:
        return "too few samples say it"
    if kind == "ungrounded":
        return "the quoted words are not in the text"
    if not isinstance(item, Mapping):
        return "the answer is not in the form that was asked for"
    place, _, said = (problems[0] if problems else "").partition(":")
    place = place.partition(".")[0]  # of a list, the attribute
    if place == "category":
        return "the category is unknown"
    if place == "quote":
        return "the quote is missing"
    if not _NAME.fullmatch(place) or said.startswith(" unknown attribute"):
        return "an attribute is unknown"
    # Its category is one of the schema's, or the problem would have been that one.
    category = item.get("category")
    return f"{category} breaks the schema" + (f" in {place!r}" if place != category else "")
