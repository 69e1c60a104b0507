"""Fill the attributes of a statement: by the cues of their values, an extractor, or a negator.

A further way of filling an attribute is a setting of `annotate.lexicon.rules.AttributeRule` and a
branch of `_values`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from annotate.lexicon.cues import Hit
from annotate.lexicon.extractors import EXTRACTORS
from annotate.lexicon.matches import CueMatches
from annotate.lexicon.polarity import Polarity, PolarityReader
from annotate.lexicon.rules import NO_VALUE, AttributeRule, CategoryRule, typed
from annotate.lexicon.statements import ReadUnit, Statement

_PHRASE = 4  # words of a hit that is read as one phrase, at most


def fill(unit: ReadUnit, statement: Statement, rule: CategoryRule) -> Iterator[dict[str, Any]]:
    """Yield the annotations of a statement: several where an `_each` attribute has several values.

    One that lacks a value which the schema wants is left out, and so is one without any of those
    that the category `needs`.
    """
    filled = _filled(unit, statement, rule)
    # Of what a single attribute may hold, the first is taken, or each in an annotation of its own.
    chosen = [
        (filled[name] if rule.attributes[name].each else filled[name][:1]) or [None]
        for name in rule.singles
    ]
    for values in product(*chosen):
        item: dict[str, Any] = {"category": statement.tag, "quote": unit.quote}
        item.update(filled)
        item.update(zip(rule.singles, values, strict=True))
        if not (statement.settled or _negate_each(item, rule, unit.matches, statement)):
            continue
        _silence(item, rule)
        empty = {name for name in rule.attributes if item[name] in (None, [])}
        if empty.isdisjoint(rule.wanted) and (not rule.needs or not empty.issuperset(rule.needs)):
            yield item


def _filled(unit: ReadUnit, statement: Statement, rule: CategoryRule) -> dict[str, list[Any]]:
    """Return what each attribute may hold, with the values that others imply."""
    filled = {
        name: _values(attribute, unit, statement) for name, attribute in rule.attributes.items()
    }
    for name, attribute in rule.attributes.items():
        for other, value in attribute.implies.items():
            if filled[name] and value not in filled[other]:
                filled[other] = _compatible([*filled[other], value], rule.attributes[other])
    return filled


def _values(rule: AttributeRule, unit: ReadUnit, statement: Statement) -> list[Any]:
    """Return what an attribute may hold, most telling first; [] where nothing is known."""
    if rule.negation:
        return [rule.negation[statement.polarity is Polarity.DENIED]]
    if rule.capture:
        return list(EXTRACTORS[rule.capture](unit.quote))
    for matches in _places(rule, unit, statement):
        own = statement if matches is statement.matches else None
        if found := _values_in(matches, rule, own):
            return found
    return [typed(value) for value in rule.silent]


# ---- Values by their cues ----


def _places(rule: AttributeRule, unit: ReadUnit, statement: Statement) -> Iterator[CueMatches]:
    """Yield where values are looked for, in order, until some are found."""
    inherited = statement.matches is not unit.matches
    if unit.source is not None and inherited and rule.stem_first:
        yield unit.source
    yield unit.matches
    if unit.source is not None:
        yield unit.source
    if rule.headings:
        yield from unit.headings


def _values_in(matches: CueMatches, rule: AttributeRule, statement: Statement | None) -> list[Any]:
    """Return the values of a set whose cues stand in a unit, in the region that is asked for."""
    group = matches.values(rule.values)
    if not group:
        return []
    begin, end = 0, len(matches.words)
    if rule.since or rule.until:
        begin, end = _region(matches, rule, statement)
    spans = [
        (hit[0], -hit[1], value)  # of two that start together, the longer sorts first
        for value, hits in group.items()
        for hit in hits
        if begin <= hit[0] < end
    ]
    found = _longest(spans)
    if rule.kind == "set":
        return _compatible([typed(value) for value in found], rule)
    return [typed(value) for value in group if value in found]


def _region(
    matches: CueMatches, rule: AttributeRule, statement: Statement | None
) -> tuple[int, int]:
    """Return the words to read: from `since`, up to the first `until` behind the cue."""
    begin, end = 0, len(matches.words)
    if rule.since and statement is not None:
        marks = matches.hits("marks", rule.since)
        begin = marks[0][0] if marks else begin
    if rule.until:
        cue = statement.hits[0][0] if statement is not None else 0
        marks = matches.hits("marks", rule.until)
        later = [start for start, _ in marks if start >= cue]
        if later:
            end = later[0]
        # A mark before the cue ends another part of the sentence; this part starts at the cue.
        if any(start < cue for start, _ in marks):
            begin = cue
    return begin, end


def _longest(spans: list[tuple[int, int, str]]) -> set[str]:
    """Return the values of the spans that lie in no longer phrase; ends come negated.

    What a cue reaches over with a gap ("provide ... services") keeps its own value.
    """
    if len(spans) == 1:
        return {spans[0][2]} - {NO_VALUE}
    found: set[str] = set()
    covered = (-1, 0)
    for start, negative_end, value in sorted(spans):
        span = start, -negative_end
        if span[1] > covered[1]:
            if span[1] - start <= _PHRASE or value == NO_VALUE:
                covered = span
        elif span != covered:
            continue
        found.add(value)
    return found - {NO_VALUE}


# ---- What values do to each other ----


def _compatible(values: Sequence[Any], rule: AttributeRule) -> list[Any]:
    """Drop lone values beside others, and put the rest in the order of the schema."""
    if len(values) < 2:
        return list(values)
    present = set(values)
    kept = [
        value
        for value in present
        if value not in rule.lone or present <= {value, *rule.lone[value]}
    ]
    return sorted(kept, key=lambda value: (rule.order.get(value, 0), str(value)))


def _negate_each(
    item: dict[str, Any], rule: CategoryRule, matches: CueMatches, statement: Statement
) -> bool:
    """Negate by the words of the value that an `_each` annotation states, if it has some.

    Words inside the cue that states the category go before others. False where these say nothing
    of it: "we share it with partners who do not sell it" is no sale.
    """
    for name, attribute in rule.attributes.items():
        if not (attribute.each and rule.negatable):
            continue
        hits = matches.values(attribute.values).get(str(item[name]))
        if not hits:
            continue
        reader = PolarityReader(matches)
        stating = statement.hits if statement.matches is matches else ()
        inside = [hit for hit in hits if _inside(hit, stating)]
        polarity = next(
            (each for hit in inside or hits if (each := reader.of(hit)) is not Polarity.NEITHER),
            None,
        )
        if polarity is None:
            return False
        for other in rule.negatable:
            item[other] = rule.attributes[other].negation[polarity is Polarity.DENIED]
    return True


def _inside(hit: Hit, others: Sequence[Hit]) -> bool:
    """Tell whether a hit starts inside the nearest of others, which are in order, before it."""
    before = bisect_right(others, (hit[0], hit[1])) - 1
    return before >= 0 and hit[0] < others[before][1]


def _silence(item: dict[str, Any], rule: CategoryRule) -> None:
    """Leave attributes at their silent value, sets empty, where another one says so."""
    for name, attribute in rule.attributes.items():
        silencing = attribute.silent_if
        if silencing and any(item[other] == value for other, value in silencing.items()):
            silent = [typed(value) for value in attribute.silent]
            item[name] = [] if attribute.kind == "set" else next(iter(silent), None)
