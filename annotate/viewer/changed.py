"""What a comparison says of single annotations, as marks of three layers: gold, before and after.

An annotation that several repeats of a side made at the same place is one mark. What became of gold
is what became of its pairs; a wrong annotation is new, resolved, or made by both sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotate.annotation import Annotation
from annotate.comparison.comparison import Comparison
from annotate.comparison.items import Item
from annotate.evaluation.evaluation import Evaluation
from annotate.scoring.labels import stated
from annotate.scoring.overlap import shares_most
from annotate.viewer import judged
from annotate.viewer.marks import Kind, Layer, Mark, labelled, predicted

AFTER, BEFORE, GOLD = 0, 1, 2
LAYERS = (Layer("after", column=2), Layer("before", faint=True), Layer("gold", above=True))

KINDS = (
    Kind("broken", "broken", "▼", "Was found, is missed.", True, True),
    Kind("new", "new false positive", "+", "Made afterwards only.", True, True),
    Kind("worse", "attribute broken", "±▼", "Found by both, now with a wrong value.", True, True),
    Kind("flaky", "flaky", "~", "Found by some repeats of a side, not by others.", True, True),
    Kind("fixed", "fixed", "▲", "Was missed, is found.", change=True),
    Kind("resolved", "resolved false positive", "−", "Made before only.", change=True),
    Kind("better", "attribute fixed", "±▲", "Found by both, now with right values.", change=True),
    Kind("right", "right in both", "✓", "Found by both, with the values of the gold."),
    Kind("attributes", "wrong attribute", "±", "Found by both, with another value.", error=True),
    Kind("missed", "missed by both", "○", "In the gold, and found by neither.", error=True),
    Kind("wrong", "other false positive", "✕", "Not in the gold, and no change.", error=True),
    Kind("optional", "optional", "–", "May be annotated or not."),
)
_HOW = {kind.name: kind.label for kind in judged.KINDS}
_FLIPS = {"right→wrong": "worse", "wrong→right": "better"}
_PAIRED = ("matched", "optional")


def changed(comparison: Comparison) -> dict[str, list[Mark]]:
    """Return the marks of every document that both sides were scored on."""
    fates = _fates(comparison)
    found: dict[str, list[Mark]] = {name: [] for name in comparison.after[0].texts}
    for place, gold in enumerate(comparison.after[0].golds):
        found[gold.document].append(_gold(comparison, place, fates[place]))
    lists = comparison.changes
    for layer, side, listed, fate in (
        (AFTER, comparison.after, lists.new_false_positives, "new"),
        (BEFORE, comparison.before, lists.resolved_false_positives, "resolved"),
    ):
        for number, made in enumerate(_made(side)):
            outcome = fate if _among(made.annotation, listed) else "wrong"
            if made.gold is not None:
                outcome = fates[made.gold]
            mark = _side(made, (layer, number), layer, outcome, len(side))
            found[made.annotation.document].append(mark)
    return {name: _introduced(marks) for name, marks in found.items()}


# ---- Gold ----


def _fates(comparison: Comparison) -> list[str]:
    """Return what became of each gold annotation."""
    lists = comparison.changes
    listed: dict[str, str] = {}
    for flip in sorted(lists.attribute_flips, key=lambda flip: flip.direction, reverse=True):
        if flip.direction in _FLIPS:
            listed[flip.item.gold] = _FLIPS[flip.direction]  # of several, what broke is said last
    for fate, items in (("flaky", lists.flaky), ("fixed", lists.fixed), ("broken", lists.broken)):
        listed |= {item.gold: fate for item in items}
    golds = comparison.after[0].golds
    return [
        listed.get(gold.id) or _unchanged(comparison.after[0], place)
        for place, gold in enumerate(golds)
    ]


def _unchanged(evaluation: Evaluation, place: int) -> str:
    """Return what is the same on both sides, as one run of either shows it."""
    outcome = evaluation.outcomes.gold[place]
    if outcome.kind == "optional":
        return "optional"
    if outcome.kind != "matched" or outcome.partner is None:
        return "missed"
    values = evaluation.predicted_labels[outcome.partner].attributes
    return "right" if values == evaluation.gold_labels[place].attributes else "attributes"


def _gold(comparison: Comparison, place: int, fate: str) -> Mark:
    gold = comparison.after[0].golds[place]
    facts = [("gold", gold.id), ("found", _found(comparison, place))]
    if gold.must_find:
        facts.append(("must be found", "A change that loses it fails."))
    for name, side in (("before", comparison.before), ("after", comparison.after)):
        missed = sorted({_missed(each, place) for each in side} - {""})
        facts += [(f"missed {name}", "; ".join(missed))] if missed else []
    if gold.note:
        facts.append(("note", gold.note))
    return replace(labelled(gold, (GOLD, place), GOLD), outcome=fate, facts=tuple(facts))


def _found(comparison: Comparison, place: int) -> str:
    counts = []
    for name, side in (("before", comparison.before), ("after", comparison.after)):
        times = sum(each.outcomes.gold[place].kind in _PAIRED[:1] for each in side)
        counts.append(f"{name} {times} of {len(side)}")
    return ", ".join(counts)


def _missed(evaluation: Evaluation, place: int) -> str:
    """Say how gold was missed, "" where it was not."""
    kind = evaluation.outcomes.gold[place].kind
    if kind in _PAIRED:
        return ""
    reason = evaluation.reasons.get(place)
    return f"its chunk was not answered ({reason})" if reason else _HOW[kind]


# ---- What the sides made ----


@dataclass(slots=True)
class _Made:
    """What repeats of a side made at one place: how often, in which way, and of which gold."""

    annotation: Annotation
    kind: str
    gold: int | None
    times: int = 0


def _made(side: Sequence[Evaluation]) -> Iterable[_Made]:
    """Return what the repeats of a side made, each thing once."""
    found: dict[Hashable, _Made] = {}
    for evaluation in side:
        seen: Counter[Hashable] = Counter()
        for annotation, outcome in zip(
            evaluation.annotations, evaluation.outcomes.predicted, strict=False
        ):
            place = annotation.document, annotation.start, annotation.end, annotation.category
            seen[place] += 1
            gold = outcome.partner if outcome.kind in _PAIRED else None
            made = _Made(annotation, outcome.kind, gold)
            found.setdefault((place, seen[place]), made).times += 1
    return found.values()


def _side(made: _Made, key: Hashable, layer: int, outcome: str, repeats: int) -> Mark:
    mark = predicted(made.annotation, key, layer)
    facts = [*mark.facts]
    if made.gold is None:
        facts.append(("how", _HOW[made.kind]))
    if repeats > 1:
        facts.append(("made", f"in {made.times} of {repeats} repeats"))
    partners = () if made.gold is None else ((GOLD, made.gold),)
    return replace(mark, outcome=outcome, partners=partners, facts=tuple(facts))


def _among(annotation: Annotation, items: Iterable[Item]) -> bool:
    return any(
        item.document == annotation.document
        and item.category == annotation.category
        and shares_most(item, annotation)
        for item in items
    )


# ---- What belongs together ----


def _introduced(marks: Sequence[Mark]) -> list[Mark]:
    """Make marks of the same gold, and the same mistake of both sides, each other's partners."""
    groups: defaultdict[Hashable, list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[_group(mark, marks)].append(mark)
    return [_one_of(group, mark) for group in groups.values() for mark in group]


def _one_of(group: Sequence[Mark], mark: Mark) -> Mark:
    others = tuple(other.key for other in group if other is not mark)
    return replace(mark, partners=others, differs=tuple(_differing(group)))


def _group(mark: Mark, marks: Iterable[Mark]) -> Hashable:
    """Return the key of what a group is named after: gold, or a mistake made afterwards."""
    if mark.partners:
        return mark.partners[0]
    if mark.layer == BEFORE and mark.outcome == "wrong":
        return next((m.key for m in marks if _same_mistake(m, mark)), mark.key)
    return mark.key


def _same_mistake(after: Mark, before: Mark) -> bool:
    return (
        after.layer == AFTER
        and after.outcome == "wrong"
        and after.category == before.category
        and shares_most(after, before)
    )


def _differing(group: Sequence[Mark]) -> Iterator[str]:
    """Yield the attributes that not all of a group state alike."""
    for name in dict.fromkeys(name for mark in group for name in mark.attributes):
        if len({stated(mark.attributes.get(name)) for mark in group}) > 1:
            yield name
