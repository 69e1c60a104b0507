"""Score predicted annotations against gold: how much was found, how much of it is right.

Every score is a ratio of counts, and counts add up: a cell is one category of one document, and the
figures by category, by document and overall are sums of cells. Nothing is averaged but where the
name says `macro`. Pure functions on labels; what produced them, and what a change means, is not
known here.

Gold of status "optional" is what may be annotated or not: it is no miss where nothing pairs with
it, and a pair with it counts neither as right nor as wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import product
from statistics import fmean
from typing import TypeAlias

from pydantic import JsonValue

from annotate.matching import (
    HEADLINE,
    RUNGS,
    Edge,
    Label,
    Rung,
    Texts,
    climb,
    extend,
    overlaps,
    shared_values,
    trim,
)

LOW_SUPPORT = 20
"""Fewer gold annotations than this carry no conclusion."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was right, what was wrong, and what was missed, in whatever unit is counted.

    Ratios whose denominator is 0 are None: of nothing, no share is right.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        """Right ones among the predicted."""
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Right ones among the gold."""
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """2·TP / (gold + predicted): the harmonic mean of precision and recall."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    def to_json(self) -> dict[str, JsonValue]:
        """Return counts and ratios."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class AttributeScore:
    """How one attribute fares on paired annotations.

    Attributes:
        equal: pairs that state the same values.
        different: pairs that do not.
        silent: pairs in which neither side states a value.
        values: single values, over all pairs.
    """

    equal: int = 0
    different: int = 0
    silent: int = 0
    values: Counts = Counts()

    @property
    def accuracy(self) -> float | None:
        """The share of pairs with equal values, silence on both sides being equal."""
        return _ratio(self.equal + self.silent, self.equal + self.different + self.silent)

    @property
    def stated_accuracy(self) -> float | None:
        """The share of pairs with equal values where either side states one."""
        return _ratio(self.equal, self.equal + self.different)

    def __add__(self, other: AttributeScore) -> AttributeScore:
        return AttributeScore(
            self.equal + other.equal,
            self.different + other.different,
            self.silent + other.silent,
            self.values + other.values,
        )

    def to_json(self) -> dict[str, JsonValue]:
        """Return counts and ratios."""
        return {
            "accuracy": self.accuracy,
            "stated_accuracy": self.stated_accuracy,
            "equal": self.equal,
            "different": self.different,
            "silent": self.silent,
            "values": self.values.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """The scores of some of the cells: of a category, of a document, or of all.

    Attributes:
        annotations: typed pairs, at each overlap that may be asked for.
        values: (annotation, attribute, value) tuples, the annotation itself being one.
        facts: the set of (category, attribute, value) that a document states, blind to spans, the
            category itself being one.
        characters: characters covered.
        attributes: by name.
        optional: how many gold annotations may be found and need not.
    """

    annotations: Mapping[Rung, Counts]
    values: Counts
    facts: Counts
    characters: Counts
    attributes: Mapping[str, AttributeScore]
    optional: int = 0

    @property
    def annotation(self) -> Counts:
        """The first headline: typed pairs that share more than half of their characters."""
        return self.annotations[HEADLINE]

    @property
    def support(self) -> int:
        """How many gold annotations had to be found."""
        return self.annotation.tp + self.annotation.fn

    @property
    def attribute(self) -> AttributeScore:
        """All attributes as one."""
        return sum(self.attributes.values(), AttributeScore())

    def to_json(self) -> dict[str, JsonValue]:
        """Return every score by its name."""
        return {
            "support": self.support,
            "optional": self.optional,
            "annotation": {rung: counts.to_json() for rung, counts in self.annotations.items()},
            "value": self.values.to_json(),
            "document": self.facts.to_json(),
            "character": self.characters.to_json(),
            "attribute": self.attribute.to_json(),
            "attributes": {name: s.to_json() for name, s in sorted(self.attributes.items())},
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """What one set of predictions is worth against one gold.

    Attributes:
        untyped: pairs as in the first headline, whatever their category.
        by_category: every category that either side has; unknown ones of a prediction too.
        by_document: every document in scope, also those in which neither side has anything.
        pairs: the pairs behind the headlines, as positions in the labels that were given.
    """

    overall: Part
    untyped: Counts
    by_category: Mapping[str, Part]
    by_document: Mapping[str, Part]
    pairs: tuple[Edge, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """Return every score by its name; pairs are left out."""
        return {
            "overall": self.overall.to_json(),
            "untyped": self.untyped.to_json(),
            "macro": {
                "category": _macros(self.by_category.values()),
                "document": _macros(self.by_document.values()),
            },
            "by_category": {name: part.to_json() for name, part in self.by_category.items()},
            "by_document": {name: part.to_json() for name, part in self.by_document.items()},
        }


def macro(parts: Iterable[Part], measure: Callable[[Part], Counts]) -> float | None:
    """Return the mean F1 of parts, without those in which there is nothing to find or be wrong."""
    scores = [f1 for part in parts if (f1 := measure(part).f1) is not None]
    return fmean(scores) if scores else None


def _macros(parts: Iterable[Part]) -> dict[str, JsonValue]:
    parts = list(parts)
    return {
        "annotation": macro(parts, lambda part: part.annotation),
        "value": macro(parts, lambda part: part.values),
        "document": macro(parts, lambda part: part.facts),
    }


def score(gold: Sequence[Label], predicted: Sequence[Label], texts: Texts) -> Scores:
    """Score predictions against gold on the documents of `texts`.

    Raises:
        UsageError: where a label's document is none of `texts`.
    """
    gold, predicted = trim(gold, texts), trim(predicted, texts)
    ladder = climb(overlaps(gold, predicted), gold, predicted)
    categories: dict[str, _Tally] = {}
    documents: dict[str, _Tally] = {document: Counter() for document in texts}
    for (document, category), cell in _cells(gold, predicted, ladder).items():
        tally = cell.tally()
        categories.setdefault(category, Counter()).update(tally)
        documents[document].update(tally)
    overall: _Tally = Counter()
    for tally in categories.values():
        overall.update(tally)
    return Scores(
        _part(overall),
        _untyped(gold, predicted, ladder[HEADLINE]),
        {name: _part(categories[name]) for name in sorted(categories)},
        {name: _part(tally) for name, tally in documents.items()},
        tuple(ladder[HEADLINE]),
    )


def _untyped(gold: Sequence[Label], predicted: Sequence[Label], typed: Iterable[Edge]) -> Counts:
    """Count pairs that share more than half of their characters, whatever their category."""
    pairs = extend(typed, overlaps(gold, predicted, typed=False), gold)
    found = sum(_required(gold[index]) for index in pairs)
    wanted = sum(map(_required, gold))
    return Counts(found, len(predicted) - len(pairs), wanted - found)


def _required(label: Label) -> bool:
    return label.status == "required"


# ---- Cells ----

_Tally: TypeAlias = Counter[tuple[str, str, str]]
"""Counts by kind of score, name within the kind, and what is counted."""


def _part(tally: _Tally) -> Part:
    names = sorted({name for kind, name, _ in tally if kind == "attribute"})
    return Part(
        {rung: _counts(tally, "annotation", rung) for rung in RUNGS},
        _counts(tally, "value"),
        _counts(tally, "fact"),
        _counts(tally, "character"),
        {name: _attribute(tally, name) for name in names},
        tally["annotation", "", "optional"],
    )


def _counts(tally: _Tally, kind: str, name: str = "") -> Counts:
    return Counts(tally[kind, name, "tp"], tally[kind, name, "fp"], tally[kind, name, "fn"])


def _attribute(tally: _Tally, name: str) -> AttributeScore:
    equal, different, silent = (
        tally["attribute", name, outcome] for outcome in ("equal", "different", "silent")
    )
    return AttributeScore(equal, different, silent, _counts(tally, "attribute", name))


@dataclass(frozen=True, slots=True)
class _Cell:
    """The labels of one category in one document, and how they pair.

    Attributes:
        found: how many pairs with required gold there are on each rung.
        excused: as `found`, with optional gold.
        pairs: gold and predicted, on the rung of the headlines.
    """

    gold: list[Label] = field(default_factory=list)
    predicted: list[Label] = field(default_factory=list)
    found: Counter[Rung] = field(default_factory=Counter)
    excused: Counter[Rung] = field(default_factory=Counter)
    pairs: list[tuple[Label, Label]] = field(default_factory=list)

    def tally(self) -> _Tally:
        """Count everything that is scored by category."""
        tally: _Tally = Counter()
        wanted = sum(map(_required, self.gold))
        tally["annotation", "", "optional"] = len(self.gold) - wanted
        for rung in RUNGS:
            found = self.found[rung]
            spurious = len(self.predicted) - found - self.excused[rung]
            _record(tally, "annotation", rung, Counts(found, spurious, wanted - found))
        _record(tally, "value", "", self._values())
        _record(tally, "fact", "", self._facts())
        _record(tally, "character", "", self._characters())
        for gold, predicted in self.pairs:
            if _required(gold):
                _compare(tally, gold.attributes, predicted.attributes)
        return tally

    def _values(self) -> Counts:
        """Count (annotation, attribute, value) tuples, without those of excused predictions."""
        shared, excused = 0, 0
        for gold, predicted in self.pairs:
            if _required(gold):
                shared += 1 + shared_values(gold, predicted)
            else:
                excused += 1 + predicted.size
        wanted = sum(1 + label.size for label in self.gold if _required(label))
        given = sum(1 + label.size for label in self.predicted) - excused
        return Counts(shared, given - shared, wanted - shared)

    def _facts(self) -> Counts:
        """Compare what the two sides state as sets.

        What only labels without a place in the text state is never right: it has no evidence.
        """
        wanted, lost = _facts(filter(_required, self.gold))
        allowed, _ = _facts(label for label in self.gold if not _required(label))
        given, unproven = _facts(self.predicted)
        return Counts(
            len(given & wanted),
            len(given - wanted - allowed) + len(unproven),
            len(wanted - given) + len(lost),
        )

    def _characters(self) -> Counts:
        """Compare the characters covered; what only optional gold covers is left out."""
        wanted = _covered(filter(_required, self.gold))
        given = _covered(self.predicted)
        shared = _shared(wanted, given)
        within = _shared(_covered(self.gold), given)
        return Counts(shared, _length(given) - within, _length(wanted) - shared)


def _cells(
    gold: Sequence[Label], predicted: Sequence[Label], ladder: Mapping[Rung, Iterable[Edge]]
) -> dict[tuple[str, str], _Cell]:
    cells: defaultdict[tuple[str, str], _Cell] = defaultdict(_Cell)
    for label in gold:
        cells[label.document, label.category].gold.append(label)
    for label in predicted:
        cells[label.document, label.category].predicted.append(label)
    for rung, edges in ladder.items():
        for edge in edges:
            label = gold[edge.gold]
            cell = cells[label.document, label.category]
            (cell.found if _required(label) else cell.excused)[rung] += 1
            if rung == HEADLINE:
                cell.pairs.append((label, predicted[edge.predicted]))
    return cells


def _record(tally: _Tally, kind: str, name: str, counts: Counts) -> None:
    tally[kind, name, "tp"] += counts.tp
    tally[kind, name, "fp"] += counts.fp
    tally[kind, name, "fn"] += counts.fn


_NOTHING: frozenset[str] = frozenset()


def _compare(
    tally: _Tally, gold: Mapping[str, Set[str]], predicted: Mapping[str, Set[str]]
) -> None:
    """Count what one pair says of each attribute that either side has."""
    for name in gold.keys() | predicted.keys():
        wanted, given = gold.get(name, _NOTHING), predicted.get(name, _NOTHING)
        if wanted == given:
            tally["attribute", name, "equal" if wanted else "silent"] += 1
            tally["attribute", name, "tp"] += len(wanted)
        else:
            shared = len(wanted & given)
            counts = Counts(shared, len(given) - shared, len(wanted) - shared)
            tally["attribute", name, "different"] += 1
            _record(tally, "attribute", name, counts)


_Fact: TypeAlias = tuple[str, str]


def _facts(labels: Iterable[Label]) -> tuple[set[_Fact], set[_Fact]]:
    """Return the (attribute, value) facts that placed labels state, and those of the others alone.

    That there is such a label at all is the fact ("", "").
    """
    placed: set[_Fact] = set()
    unplaced: set[_Fact] = set()
    for label in labels:
        facts = placed if label.start < label.end else unplaced
        facts.add(("", ""))
        facts.update((name, v) for name, values in label.attributes.items() for v in values)
    return placed, unplaced - placed


_Ranges: TypeAlias = list[tuple[int, int]]


def _covered(labels: Iterable[Label]) -> _Ranges:
    """Return the characters that labels cover as ranges, sorted and apart."""
    ranges: _Ranges = []
    for start, end in sorted((label.start, label.end) for label in labels):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        elif start < end:
            ranges.append((start, end))
    return ranges


def _length(ranges: _Ranges) -> int:
    return sum(end - start for start, end in ranges)


def _shared(first: _Ranges, second: _Ranges) -> int:
    """Return how many characters two lists of ranges have in common."""
    shared, i, j = 0, 0, 0
    while i < len(first) and j < len(second):
        shared += max(0, min(first[i][1], second[j][1]) - max(first[i][0], second[j][0]))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return shared


# ---- Confusion ----

Confusion: TypeAlias = Mapping[tuple[str | None, str | None], int]
"""How many units have a category in gold and one in the prediction; None where there is none."""


def confusion(
    gold: Iterable[Label],
    predicted: Iterable[Label],
    units: Mapping[str, Sequence[tuple[int, int]]],
) -> Confusion:
    """Count, unit by unit, which categories of gold stand against which of the prediction.

    A label is on every unit whose characters it shares. A category on both sides stands against
    itself; one that only one side has stands against each that only the other side has, or against
    None. A category that only optional gold has is left out of its unit.
    """
    required = _on_units(filter(_required, gold := list(gold)), units)
    optional = _on_units((label for label in gold if not _required(label)), units)
    given = _on_units(predicted, units)
    counts: Counter[tuple[str | None, str | None]] = Counter()
    nobody: list[str | None] = [None]
    for unit in required.keys() | given.keys():
        wanted = required.get(unit, set())
        found = given.get(unit, set()) - (optional.get(unit, set()) - wanted)
        counts.update((category, category) for category in wanted & found)
        missed, extra = sorted(wanted - found), sorted(found - wanted)
        if missed or extra:
            counts.update(product(missed or nobody, extra or nobody))
    return dict(sorted(counts.items(), key=lambda item: tuple(name or "" for name in item[0])))


def _on_units(
    labels: Iterable[Label], units: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[tuple[str, int], set[str]]:
    """Return the categories on each unit (document, position) that has any; units are sorted."""
    found: dict[tuple[str, int], set[str]] = {}
    for label in labels:
        spans = units[label.document]
        position = bisect_right(spans, label.start, key=lambda span: span[1])
        while position < len(spans) and spans[position][0] < label.end:
            found.setdefault((label.document, position), set()).add(label.category)
            position += 1
    return found
