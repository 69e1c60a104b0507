"""The annotations of a review: each with an id, and with what was decided on it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.review.decisions import KEPT, Decision, Verdict
from annotate.scoring.labels import Status


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation of a review as it stands now.

    Attributes:
        suggested: what the run says, None where the annotator added it.
        decision: the last one that holds, None where none was made.
    """

    id: str
    document: str
    start: int
    end: int
    category: str
    attributes: Mapping[str, JsonValue]
    quote: str
    verdict: Verdict = "open"
    status: Status = "required"
    must_find: bool = False
    why: str = ""
    suggested: Annotation | None = None
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided; what was left for later is."""
        return self.verdict in ("open", "skipped")

    @property
    def is_kept(self) -> bool:
        """Whether it becomes gold."""
        return self.verdict in KEPT

    @property
    def content(self) -> tuple[JsonValue, ...]:
        """What it states, to be compared with what others make of it."""
        return self.start, self.end, self.category, {**self.attributes}, self.status, self.must_find


def identified(annotations: Iterable[Annotation]) -> Iterator[tuple[str, Annotation]]:
    """Yield the annotations of a run with their ids, which say what they state and where.

    A run that is made anew gives what it says again the same id, whatever else it says. Evidence
    and confidence are no part of it.
    """
    seen: Counter[str] = Counter()
    for each in annotations:
        said = (each.document, each.start, each.end, each.category, dict(each.attributes))
        name = id_of(said)
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}-{seen[name]}"), each


def id_of(said: Sequence[JsonValue]) -> str:
    """Return the id of what is named by what stands in it, and where."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def items(suggested: Mapping[str, Annotation], decided: Mapping[str, Decision]) -> Iterator[Item]:
    """Yield every annotation of a review: those of the run, and behind them those that were added.

    What was decided on an annotation that the run no longer has is yielded as added.
    """
    for name, each in suggested.items():
        decision = decided.get(name)
        yield decided_item(name, decision, each) if decision else _open(name, each)
    for name, decision in decided.items():
        if name not in suggested:
            yield decided_item(name, decision, None)


def _open(name: str, each: Annotation) -> Item:
    return Item(
        name,
        each.document,
        each.start,
        each.end,
        each.category,
        each.attributes,
        each.quote,
        suggested=each,
    )


def decided_item(name: str, made: Decision, suggested: Annotation | None) -> Item:
    """Return an annotation as a decision leaves it."""
    return Item(
        name,
        made.document,
        made.start,
        made.end,
        made.category,
        made.attributes,
        made.quote,
        made.verdict,
        made.status,
        made.must_find,
        made.why,
        suggested,
        made,
    )
