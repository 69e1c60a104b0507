"""What became of single annotations between two sides of repeats: the lists to read.

A gold annotation is found by a side where more than half of its repeats pair with it, and missed
where more than half do not; a wrong annotation is made by a side in the same sense. Wrong ones of
different repeats and sides are the same where category and document agree and their spans share
more than half of their characters (IoU).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias, TypeVar

from pydantic import JsonValue

from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Refused
from annotate.gold.store import GoldAnnotation
from annotate.scoring.labels import Label
from annotate.scoring.matching import match
from annotate.scoring.outcomes import Kind
from annotate.scoring.overlap import overlaps

Side: TypeAlias = Sequence[Evaluation]
Direction = Literal["right→wrong", "wrong→right", "wrong→wrong"]

_CONTEXT = 60  # characters of the text on either side of a quote


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation, of the gold or wrongly made, and what the two sides did about it.

    Attributes:
        start, end: code points, half-open; equal where it has no place in the text, and then the
            start of the chunk that was read.
        quote: the text there; for one without a place, what was cited.
        leading, trailing: the text before and after, up to 60 characters.
        before, after: how many repeats of each side found it, or made it.
        kind: how it was missed, on the side that misses it most; or in which way it is wrong.
        reason: why its chunk says nothing ("failed", "unsent", …); "" where it was answered.
        gold: id of the gold annotation; "" where it is none.
    """

    document: str
    start: int
    end: int
    category: str
    quote: str
    leading: str
    trailing: str
    before: int
    after: int
    kind: Kind
    reason: str = ""
    gold: str = ""
    must_find: bool = False

    def to_json(self) -> dict[str, JsonValue]:
        """Return the item as a row."""
        return {
            "document": self.document,
            "start": self.start,
            "end": self.end,
            "category": self.category,
            "quote": self.quote,
            "leading": self.leading,
            "trailing": self.trailing,
            "before": self.before,
            "after": self.after,
            "kind": self.kind,
            "reason": self.reason,
            "gold": self.gold,
            "must_find": self.must_find,
        }


@dataclass(frozen=True, slots=True)
class Flip:
    """An attribute that both sides state otherwise about gold that both find.

    Attributes:
        before, after, gold: the values stated, sorted; those of most repeats that find it.
    """

    item: Item
    attribute: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    gold: tuple[str, ...]

    @property
    def direction(self) -> Direction:
        """Against gold."""
        if self.before == self.gold:
            return "right→wrong"
        return "wrong→right" if self.after == self.gold else "wrong→wrong"

    def to_json(self) -> dict[str, JsonValue]:
        """Return the flip as a row, with the item's fields under "item"."""
        return {
            "item": self.item.to_json(),
            "attribute": self.attribute,
            "before": list(self.before),
            "after": list(self.after),
            "gold": list(self.gold),
            "direction": self.direction,
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """The lists of what changed, each in the order of the documents' names and their text.

    Attributes:
        fixed: gold that the first side misses and the second finds.
        broken: gold that the first side finds and the second misses.
        flaky: gold that some repeats of a side find and others do not; may stand in the two above.
        new_false_positives: wrong annotations that only the second side makes.
        resolved_false_positives: wrong annotations that only the first side makes.
        attribute_flips: attributes that changed on gold that both sides find.
        guarded: gold that the first side finds and no side may lose.
    """

    fixed: tuple[Item, ...]
    broken: tuple[Item, ...]
    flaky: tuple[Item, ...]
    new_false_positives: tuple[Item, ...]
    resolved_false_positives: tuple[Item, ...]
    attribute_flips: tuple[Flip, ...]
    guarded: tuple[Item, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """Return the lists by their names."""
        names = [each.name for each in fields(self)]
        return {name: [each.to_json() for each in getattr(self, name)] for name in names}


def most(count: int, repeats: int) -> bool:
    """Tell whether `count` is more than half of the repeats."""
    return 2 * count > repeats


def changes(before: Side, after: Side) -> Changes:
    """Compare what two sides did about the same gold."""
    golds = sorted(_golds(before, after), key=_place)
    wrong = _made_wrongly(before, after)
    sides = len(before), len(after)
    return Changes(
        fixed=_moved(golds, sides, up=True),
        broken=_moved(golds, sides, up=False),
        flaky=tuple(i for i in golds if 0 < i.before < sides[0] or 0 < i.after < sides[1]),
        new_false_positives=_moved(wrong, sides, up=True),
        resolved_false_positives=_moved(wrong, sides, up=False),
        attribute_flips=tuple(_flips(before, after)),
        guarded=tuple(i for i in golds if i.must_find and most(i.before, sides[0])),
    )


def _place(item: Item) -> tuple[str, int, int, str, str, str, str]:
    where = item.document, item.start, item.end
    return (*where, item.category, item.gold, item.kind, item.quote)


def _moved(items: Iterable[Item], sides: tuple[int, int], *, up: bool) -> tuple[Item, ...]:
    """Return the items that most of one side has and most of the other has not."""
    old, new = sides
    if up:
        return tuple(i for i in items if most(old - i.before, old) and most(i.after, new))
    return tuple(i for i in items if most(i.before, old) and most(new - i.after, new))


# ---- Gold ----


def _golds(before: Side, after: Side) -> Iterator[Item]:
    """Yield every gold annotation that has to be found."""
    for index, gold in enumerate(before[0].golds):
        if gold.status == "required":
            yield _gold_item(index, gold, before, after)


def _gold_item(index: int, gold: GoldAnnotation, before: Side, after: Side) -> Item:
    old, new = (
        sum(e.outcomes.gold[index].kind == "matched" for e in side) for side in (before, after)
    )
    worse = before if old * len(after) < new * len(before) else after
    missed = [(e.outcomes.gold[index].kind, e.reasons.get(index, "")) for e in worse]
    kind, reason = _commonest(pair for pair in missed if pair[0] != "matched") or ("matched", "")
    text = before[0].texts[gold.document]
    leading, trailing = _context(text, gold.start, gold.end)
    return Item(
        gold.document,
        gold.start,
        gold.end,
        gold.category,
        text[gold.start : gold.end],
        leading,
        trailing,
        old,
        new,
        kind=kind,
        reason=reason,
        gold=gold.id,
        must_find=gold.must_find,
    )


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _CONTEXT) : max(0, start)], text[end : end + _CONTEXT]


T = TypeVar("T", tuple[Kind, str], tuple[str, ...])


def _commonest(values: Iterable[T]) -> T | None:
    """Return the commonest value, of several the greatest; None without any."""
    counted = Counter(values)
    return max(counted, key=lambda value: (counted[value], value)) if counted else None


# ---- Attributes ----


def _flips(before: Side, after: Side) -> Iterator[Flip]:
    for index, gold in sorted(enumerate(before[0].golds), key=lambda pair: _start(pair[1])):
        old, new = _stated(before, index), _stated(after, index)
        if old is None or new is None or old == new:
            continue
        wanted = before[0].gold_labels[index].attributes
        for name in sorted(old.keys() | new.keys()):
            values = [tuple(sorted(side.get(name, ()))) for side in (old, new, wanted)]
            if values[0] != values[1]:
                yield Flip(_gold_item(index, gold, before, after), name, *values)


def _start(gold: GoldAnnotation) -> tuple[str, int, int, str]:
    return gold.document, gold.start, gold.end, gold.id


def _stated(side: Side, index: int) -> Mapping[str, Set[str]] | None:
    """Return what most repeats that find the gold state of it; None where most miss it."""
    partners = [_partner(each, index) for each in side]
    found = [label.attributes for label in partners if label is not None]
    if not most(len(found), len(side)):
        return None
    if all(attributes == found[0] for attributes in found):
        return found[0]
    names = {name for attributes in found for name in attributes}
    stated = {name: [tuple(sorted(each.get(name, ()))) for each in found] for name in names}
    return {name: frozenset(_commonest(values) or ()) for name, values in stated.items()}


def _partner(evaluation: Evaluation, index: int) -> Label | None:
    outcome = evaluation.outcomes.gold[index]
    if outcome.kind != "matched" or outcome.partner is None:
        return None
    return evaluation.predicted_labels[outcome.partner]


# ---- Wrong annotations ----


class _Pool:
    """Wrong annotations of all repeats, each with how often either side made it."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.labels: list[Label] = []
        self.made: list[list[int]] = []
        self.placeless: dict[tuple[object, ...], int] = {}

    def add(self, side: int, evaluation: Evaluation) -> None:
        """Count what one repeat of a side (0 or 1) made wrong."""
        wrong = sorted(_wrong(evaluation), key=lambda pair: _place(pair[0]))
        labels = [label for _, label in wrong]
        edges = overlaps(self.labels, labels)
        known = {pair.predicted: pair.gold for pair in match(edges, self.labels, labels)}
        seen: Counter[tuple[object, ...]] = Counter()
        for position, (item, label) in enumerate(wrong):
            at = known.get(position)
            if label.start >= label.end:
                key = (*_place(item), seen[_place(item)])
                seen[_place(item)] += 1
                at = self.placeless.setdefault(key, len(self.items))
            if at is None or at == len(self.items):
                at = len(self.items)
                self.items.append(item)
                self.labels.append(label)
                self.made.append([0, 0])
            self.made[at][side] += 1

    def counted(self) -> list[Item]:
        """Return the items with how often they were made, in the order of the text."""
        counted = (
            replace(item, before=before, after=after)
            for item, (before, after) in zip(self.items, self.made, strict=True)
        )
        return sorted(counted, key=_place)


def _made_wrongly(before: Side, after: Side) -> list[Item]:
    pool = _Pool()
    for side, evaluations in enumerate((before, after)):
        for evaluation in evaluations:
            pool.add(side, evaluation)
    return pool.counted()


def _wrong(evaluation: Evaluation) -> Iterator[tuple[Item, Label]]:
    """Yield the wrong annotations and refused answers of one run."""
    places = _places(evaluation)
    for place, label, outcome in zip(
        places, evaluation.predicted_labels, evaluation.outcomes.predicted, strict=True
    ):
        if outcome.kind not in ("matched", "optional"):
            start, end, quote = place
            where = label.document, start, end, label.category
            context = _context(evaluation.texts[label.document], start, end)
            yield Item(*where, quote, *context, before=0, after=0, kind=outcome.kind), label


def _places(evaluation: Evaluation) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and quote of everything predicted, in the order of the labels."""
    for each in evaluation.annotations:
        text = evaluation.texts[each.document]
        yield each.start, each.end, text[max(0, each.start) : max(0, each.end)]
    chunks = {(each.document, each.chunk): each.start for each in evaluation.predictions.entries}
    for answer in evaluation.predictions.refused:
        if answer.document in evaluation.texts:
            start = chunks.get((answer.document, answer.chunk), 0)
            yield start, start, _cited(answer)


def _cited(answer: Refused) -> str:
    quote = answer.item.get("quote") if isinstance(answer.item, dict) else None
    return quote if isinstance(quote, str) else ""
