"""What became of single annotations between two sides of repeats: the lists to read.

A gold annotation is found by a side where more than half of its repeats pair with it, and missed
where more than half do not; a wrong annotation is made by a side in the same sense.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal, TypeVar

from pydantic import JsonValue

from annotate.comparison.deltas import Side
from annotate.comparison.false_positives import false_positives
from annotate.comparison.items import Item, text_around
from annotate.evaluation.evaluation import Evaluation
from annotate.gold.store import GoldAnnotation
from annotate.scoring.labels import Label
from annotate.scoring.outcomes import Kind

Direction = Literal["right→wrong", "wrong→right", "wrong→wrong"]


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
    golds = sorted(_golds(before, after), key=attrgetter("place"))
    wrong = false_positives(before, after)
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
    leading, trailing = text_around(text, gold.start, gold.end)
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
