"""What every output must be, whatever its score: gates that need no statistics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from annotate.comparison.deltas import Side
from annotate.comparison.gates import Check
from annotate.errors import InvalidAnnotation
from annotate.evaluation.evaluation import Evaluation
from annotate.formatting import ratio
from annotate.ledger import ANSWERED, Entry
from annotate.schema.categories import Schema

_NAMED = 5  # items that one message names


def invariant_checks(before: Side, after: Side, schema: Schema) -> Iterator[Check]:
    """Look at what every output must be, whatever its score: only `after` can break it."""
    yield _invariant("text[start:end] == quote", list(_misquoted(after)), "quotes other words")
    yield _invariant("schema", list(_unfit(after, schema)), "does not fit the schema")
    yield _grounding(before, after)
    yield _repeated(before, after)
    yield _invariant("every chunk answered", list(_unanswered(after)), "was not answered")


def _invariant(what: str, broken: Sequence[str], how: str) -> Check:
    if not broken:
        return Check("invariant", what, "passed", "holds everywhere")
    named = ", ".join(broken[:_NAMED])
    more = f" and {len(broken) - _NAMED} more" if len(broken) > _NAMED else ""
    return Check("invariant", what, "failed", f"{how}: {named}{more}")


def _misquoted(side: Side) -> Iterator[str]:
    for evaluation in side:
        for each in evaluation.annotations:
            printed = evaluation.texts[each.document][max(0, each.start) : max(0, each.end)]
            if printed != each.quote:
                yield f"{each.document} [{each.start}:{each.end}] {each.category}"


def _unfit(side: Side, schema: Schema) -> Iterator[str]:
    for evaluation in side:
        for each in evaluation.annotations:
            try:
                schema.parse({**each.attributes, "category": each.category})
            except InvalidAnnotation:
                yield f"{each.document} [{each.start}:{each.end}] {each.category}"


def _unanswered(side: Side) -> Iterator[str]:
    for evaluation in side:
        for entry in evaluation.predictions.entries:
            if not entry.answered:
                yield f"{entry.document} [{entry.start}:{entry.end}] {entry.status}"
        for status, count in evaluation.predictions.rest.statuses.items():
            if status not in ANSWERED:
                yield f"{count:,} chunks of documents without gold {status}"
        for document, text in evaluation.texts.items():
            read = [e for e in evaluation.predictions.entries if e.document == document]
            if (end := _read_to(read)) < len(text):
                yield f"{document} [{end}:{len(text)}] is in no chunk"


def _read_to(entries: Iterable[Entry]) -> int:
    """Return up to where the chunks of a document leave no gap."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.start):
        if entry.start > end:
            break
        end = max(end, entry.end)
    return end


def _repeated(before: Side, after: Side) -> Check:
    """Look for annotations that say what another says in every respect: a merge unites them."""
    old, new = (sum(map(_twice, side)) / len(side) for side in (before, after))
    message = f"{old:.1f} → {new:.1f} annotations a run that say what another one says"
    return Check("invariant", "no duplicates", "failed" if new > old else "passed", message)


def _twice(evaluation: Evaluation) -> int:
    said = [
        (a.document, a.start, a.end, a.category, json.dumps(a.attributes, sort_keys=True))
        for a in evaluation.annotations
    ]
    return len(said) - len(set(said))


def _grounding(before: Side, after: Side) -> Check:
    old, new = _grounding_rate(before), _grounding_rate(after)
    down = old is not None and new is not None and new < old
    message = f"{ratio(old)} → {ratio(new)}"
    return Check("invariant", "grounding rate", "failed" if down else "passed", message)


def _grounding_rate(side: Side) -> float | None:
    """Return the share of answers of all repeats whose quote was found."""
    grounded = sum(each.reliability.grounded for each in side)
    asked = grounded + sum(each.reliability.ungrounded for each in side)
    return grounded / asked if asked else None
