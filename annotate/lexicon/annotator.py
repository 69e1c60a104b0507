"""The offline baseline: a deterministic annotator that works by the cues of a lexicon file.

It is the floor that a prompt has to beat, and it answers in the form a language model would, so
that its answers go through the same validation, grounding and merging. It knows no domain:
categories, values, negators and vetoes are content (`schemas/<schema>.lexicon.toml`, read by
`annotate.lexicon.rules`),
in the cue language of `annotate.lexicon.cues`.

How a unit is read:

1. Headings, stems and units that hold an `ignore` cue state nothing.
2. A category applies where one of its `cues` stands in the unit, outside its `except` phrases, and
   none of its `vetoes`; below one of its `headings`, its `weak` cues do as well.
3. An item that is no sentence of its own inherits from its innermost stem that has a category
   (`stems`, `cues`), else from its lead-in, else from its nearest heading (`headings`).
4. A category `joins` another whose cue is followed by a mark, and can hide others (`hides`, only if
   one of `hides_if` stands there), but not those that hold one of their `keeps`.
5. An attribute takes the values whose cues stand in the unit, else in what it inherits from, else
   `_silent`. Of two short phrases, one inside the other, the longer counts.
6. `_negation` looks for a negator before the cue in the same clause. A condition ("unless you
   agree") lifts it, `keeps_negation` ("unless required by law") does not.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from annotate.annotator import ChunkResult, entry_of
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.errors import AnnotateError, ProjectError
from annotate.grounding.ground import ground
from annotate.lexicon.cues import BREAK, Hit, Scanner, normalise
from annotate.lexicon.extractors import CAPTURES
from annotate.lexicon.rules import NO_VALUE, AttributeRule, CategoryRule, Label, read_rules, typed
from annotate.schema.categories import Schema

_NEGATION_REACH = 8  # words between a negator and what it governs, at most
_PHRASE = 4  # words of a hit that is read as one phrase, at most


class Lexicon:
    """The cues and rules of one schema, ready to annotate.

    Raises:
        ProjectError: for an unknown category, attribute or value, or a cue that cannot be read.
    """

    def __init__(self, content: Mapping[str, Any], schema: Schema, source: str = "lexicon") -> None:
        self.schema = schema
        rules = read_rules(content, schema, source)
        self.rules = rules.categories
        self.scanner: Scanner[Label] = Scanner(rules.cues, rules.fillers)
        self.conditional = {name for (group, name), _ in rules.cues if group == "hides_if"}

    @classmethod
    def load(cls, path: Path, schema: Schema) -> Lexicon:
        """Read a lexicon file."""
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ProjectError(f"{path}: {error}") from None
        return cls(content, schema, str(path))

    def annotate(self, chunk: Chunk, segmentation: Segmentation) -> list[dict[str, Any]]:
        """Return the annotations of a chunk in the form of a model's answer, in text order."""
        reading = _Reading(self, segmentation)
        return [item for index in chunk.units for item in reading.unit(segmentation.units[index])]


class LexiconAnnotator:
    """The lexicon as an annotator; never fails, costs nothing, says the same each time."""

    stopped: AnnotateError | None = None
    at_once = 1

    def __init__(self, lexicon: Lexicon, schema: Schema) -> None:
        self._lexicon = lexicon
        self._schema = schema

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Annotate by cues."""
        items = self._lexicon.annotate(chunk, segmentation)
        annotations, rejected = ground(items, chunk, segmentation, self._schema, document)
        return ChunkResult(entry_of(chunk, document, annotations, rejected), annotations, rejected)

    async def close(self) -> None:
        """Nothing is open."""


class _Look:
    """What was found in one unit: hits by group of cues and name."""

    __slots__ = ("__dict__", "hits", "words")

    def __init__(self, text: str, scanner: Scanner[Label]) -> None:
        self.words = normalise(text)
        self.hits: dict[str, dict[str, list[Hit]]] = {}
        for (group, name), found in scanner.scan(self.words).items():
            self.hits.setdefault(group, {})[name] = found

    def group(self, name: str) -> Mapping[str, list[Hit]]:
        return self.hits.get(name, {})

    def language(self, part: str) -> list[Hit]:
        return self.group("language").get(part, [])

    @cached_property
    def opens_sentence(self) -> bool:
        """Whether it is a sentence of its own, behind a run-in label or without one."""
        starts = {0}
        if BREAK in self.words:
            starts.add(self.words.index(BREAK) + 1)
        return any(start in starts for start, _ in self.language("opens_sentence"))

    @cached_property
    def clauses(self) -> list[int]:
        """Where clauses start, in order."""
        breaks = [at + 1 for at, word in enumerate(self.words) if word == BREAK]
        return sorted({0, *breaks, *(start for start, _ in self.language("clause_starts"))})

    @cached_property
    def negation_lifted(self) -> bool:
        """Whether what is negated happens under a condition."""
        return bool(self.language("conditions")) and not self.language("keeps_negation")

    def negated(self, hit: Hit) -> bool:
        """Tell whether a negator governs a hit: before it, or inside it, in the same clause."""
        negators = self.language("negators")
        if not negators or self.negation_lifted:
            return False
        start, end = hit
        clause = self.clauses[bisect_left(self.clauses, start + 1) - 1]
        earliest = max(clause, start - _NEGATION_REACH)
        first = bisect_left(negators, (earliest, 0))
        return first < len(negators) and negators[first][0] < end


@dataclass(frozen=True, slots=True)
class _Statement:
    """A category that applies, where it is stated, and by which cues."""

    tag: str
    look: _Look
    hits: Sequence[Hit]

    @property
    def negated(self) -> bool:
        return self.look.negated(self.hits[0])


_Found = dict[str, _Statement]


class _Reading:
    """One pass over a document; what was looked at once is kept for the units below it."""

    def __init__(self, lexicon: Lexicon, segmentation: Segmentation) -> None:
        self.lexicon = lexicon
        self.segmentation = segmentation
        self._looks: dict[int, _Look] = {}

    def look(self, index: int) -> _Look:
        if index not in self._looks:
            text = self.segmentation.quote(self.segmentation.units[index])
            self._looks[index] = _Look(text, self.lexicon.scanner)
        return self._looks[index]

    def unit(self, unit: Unit) -> Iterator[dict[str, Any]]:
        """Yield the annotations of one unit."""
        if unit.kind in ("heading", "stem"):
            return
        look = self.look(unit.index)
        if look.language("ignore") or self._ignored_below(unit):
            return
        found = self._stated(unit, look, ("cues", "weak"))
        source = None
        if unit.kind == "item" and not look.opens_sentence:
            source, inherited = self._inherited(unit)
            found = {**inherited, **found}
        vetoed = look.group("vetoes")
        found = {tag: found[tag] for tag in self.lexicon.rules if tag in found if tag not in vetoed}
        for statement in self._not_hidden(found, look):
            yield from self._annotations(statement, unit, look, source)

    def _ignored_below(self, unit: Unit) -> bool:
        return any(self.look(index).language("ignore_headings") for index in unit.headings)

    # -- which categories apply

    def _stated(self, unit: Unit, look: _Look, kinds: Sequence[str]) -> _Found:
        """Return the categories that a unit states in its own words."""
        found: _Found = {}
        below = self._below(unit) if "weak" in look.hits and "weak" in kinds else ()
        for kind in kinds:
            for tag, hits in look.group(kind).items():
                if tag in found or (kind == "weak" and tag not in below):
                    continue
                exceptions = look.group("except").get(tag, ()) if kind in ("cues", "weak") else ()
                counting = _outside(hits, exceptions)
                if counting and tag not in look.group("vetoes"):
                    found[tag] = _Statement(tag, look, counting)
        if "marks" in look.hits:
            self._join(found, look)
        return found

    def _join(self, found: _Found, look: _Look) -> None:
        for tag, rule in self.lexicon.rules.items():
            for other, mark in rule.joins.items():
                if tag in found or other not in found or tag in look.group("vetoes"):
                    continue
                begin = found[other].hits[0][0]
                after = [hit for hit in look.group("marks").get(mark, ()) if hit[0] >= begin]
                if after and not found[other].negated:
                    found[tag] = _Statement(tag, look, after)

    def _below(self, unit: Unit) -> Mapping[str, list[Hit]]:
        """Return the categories of the nearest heading that has any."""
        for index in reversed(unit.headings):
            if found := self.look(index).group("headings"):
                return found
        return {}

    def _inherited(self, unit: Unit) -> tuple[_Look | None, _Found]:
        """Return what an item completes, and the categories that this gives it."""
        for index in self._leads(unit):
            look = self.look(index)
            outer = self.segmentation.units[index]
            if found := self._stated(outer, look, ("stems", "cues", "weak")):
                kept = self._not_hidden(found, look)
                return look, self._inheritable({each.tag: each for each in kept})
        for index in reversed(unit.headings):
            look = self.look(index)
            if found := self._stated(self.segmentation.units[index], look, ("headings",)):
                return look, self._inheritable(found)
        return None, {}

    def _inheritable(self, found: _Found) -> _Found:
        return {tag: found[tag] for tag in found if not self.lexicon.rules[tag].own}

    def _leads(self, unit: Unit) -> Iterator[int]:
        """Yield the stems of an item, innermost first, then the sentences of its lead-in."""
        yield from (stem.index for stem in reversed(self.segmentation.stems(unit)))
        yield from (sentence.index for sentence in reversed(self.segmentation.lead_in(unit)))

    def _not_hidden(self, found: _Found, look: _Look) -> list[_Statement]:
        """Drop what a category before it in the file hides."""
        hidden: set[str] = set()
        kept = []
        for tag, rule in self.lexicon.rules.items():
            if tag not in found or (tag in hidden and tag not in look.group("keeps")):
                continue
            kept.append(found[tag])
            looks = (look, found[tag].look)
            if tag not in self.lexicon.conditional or any(
                tag in each.group("hides_if") for each in looks
            ):
                hidden.update(rule.hides)
        return kept

    # -- what they hold

    def _annotations(
        self, statement: _Statement, unit: Unit, look: _Look, source: _Look | None
    ) -> Iterator[dict[str, Any]]:
        """Yield the annotations of a category: several where an `_each` attribute has several."""
        rule = self.lexicon.rules[statement.tag]
        quote = self.segmentation.quote(unit)
        filled = {
            name: self._values(attribute, statement, unit, look, source)
            for name, attribute in rule.attributes.items()
        }
        for name, attribute in rule.attributes.items():
            for other, value in attribute.implies.items():
                if filled[name] and value not in filled[other]:
                    filled[other] = _settled([*filled[other], value], rule.attributes[other])
        singles = [name for name, each in rule.attributes.items() if each.kind == "single"]
        chosen = [filled[n] if rule.attributes[n].each else filled[n][:1] for n in singles]
        for values in product(*(each or [None] for each in chosen)):
            item: dict[str, Any] = {"category": statement.tag, "quote": quote}
            item.update(filled)
            item.update(zip(singles, values, strict=True))
            self._settle_polarity(item, rule, look)
            _silence(item, rule)
            if not any(
                each.needed and item[n] in (None, []) for n, each in rule.attributes.items()
            ):
                yield item

    def _settle_polarity(self, item: dict[str, Any], rule: CategoryRule, look: _Look) -> None:
        """Negate by the words of the value that an `_each` annotation states, if it has some."""
        for name, attribute in rule.attributes.items():
            if not attribute.each:
                continue
            hits = look.group(f"values.{attribute.values}").get(str(item[name]))
            for other, negatable in rule.attributes.items():
                if hits and negatable.negation:
                    item[other] = negatable.negation[look.negated(hits[0])]

    def _values(
        self,
        rule: AttributeRule,
        statement: _Statement,
        unit: Unit,
        look: _Look,
        source: _Look | None,
    ) -> list[Any]:
        """Return what an attribute may hold, most telling first; [] where nothing is known."""
        if rule.negation:
            return [rule.negation[statement.negated]]
        if rule.capture:
            return list(CAPTURES[rule.capture](self.segmentation.quote(unit)))
        for place in self._places(rule, statement, unit, look, source):
            if found := _values_in(place, rule, statement if place is statement.look else None):
                return found
        return [typed(value) for value in rule.silent]

    def _places(
        self,
        rule: AttributeRule,
        statement: _Statement,
        unit: Unit,
        look: _Look,
        source: _Look | None,
    ) -> Iterator[_Look]:
        inherited = statement.look is not look
        if source is not None and inherited and rule.stem_first:
            yield source
        yield look
        if source is not None:
            yield source
        if rule.headings:
            yield from (self.look(index) for index in reversed(unit.headings))


def _outside(hits: Sequence[Hit], exceptions: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits whose last word lies in no exception."""
    if not exceptions:
        return hits
    excepted = {at for start, end in exceptions for at in range(start, end)}
    return [hit for hit in hits if hit[1] - 1 not in excepted]


def _values_in(look: _Look, rule: AttributeRule, statement: _Statement | None) -> list[Any]:
    """Return the values of a set whose cues stand in a unit, in the region that is asked for."""
    group = look.hits.get(f"values.{rule.values}")
    if not group:
        return []
    begin, end = _region(look, rule, statement)
    spans = [
        (hit[0], -hit[1], value)
        for value, hits in group.items()
        for hit in hits
        if begin <= hit[0] < end
    ]
    found = _longest(spans)
    if rule.kind == "set":
        return _settled([typed(value) for value in found], rule)
    return [typed(value) for value in group if value in found]


def _region(look: _Look, rule: AttributeRule, statement: _Statement | None) -> tuple[int, int]:
    """Return the words to read: from `since`, up to the first `until` behind the cue."""
    begin, end = 0, len(look.words)
    if rule.since and statement is not None:
        marks = look.group("marks").get(rule.since, ())
        begin = marks[0][0] if marks else begin
    if rule.until:
        cue = statement.hits[0][0] if statement is not None else 0
        marks = look.group("marks").get(rule.until, ())
        later = [start for start, _ in marks if start >= cue]
        if later:
            end = later[0]
        if any(start < cue for start, _ in marks):
            begin = cue
    return begin, end


def _longest(spans: list[tuple[int, int, str]]) -> set[str]:
    """Return the values of the spans that lie in no longer phrase; ends come negated.

    What a cue reaches over with a gap ("provide ... services") keeps its own value.
    """
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


def _settled(values: Sequence[Any], rule: AttributeRule) -> list[Any]:
    """Drop lone values beside others, and put the rest in the order of the schema."""
    present = set(values)
    kept = [
        value
        for value in present
        if value not in rule.lone or present <= {value, *rule.lone[value]}
    ]
    return sorted(kept, key=lambda value: (rule.order.get(value, 0), str(value)))


def _silence(item: dict[str, Any], rule: CategoryRule) -> None:
    """Leave attributes at their silent value, sets empty, where another one says so."""
    for name, attribute in rule.attributes.items():
        if any(item[other] == value for other, value in attribute.silent_if.items()):
            silent = [typed(value) for value in attribute.silent]
            item[name] = [] if attribute.kind == "set" else next(iter(silent), None)
