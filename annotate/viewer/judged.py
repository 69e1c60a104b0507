"""What became of the annotations that gold can judge, as a page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from annotate.evaluation.evaluation import Evaluation
from annotate.scoring.labels import Label, differing
from annotate.scoring.outcomes import Outcome
from annotate.viewer.marks import Kind, Mark, labelled, predicted

PREDICTED, GOLD = 0, 1
"""The layers of a page that shows gold."""


KINDS = (
    Kind("matched", "matched", "✓", "Same category and values; more than half is shared."),
    Kind(
        "attributes",
        "wrong attribute",
        "±",
        "Matched, but for the value of an attribute.",
        error=True,
    ),
    Kind("boundary", "wrong boundary", "↔", "Same category; half or less is shared.", error=True),
    Kind("category", "wrong category", "≠", "Same place, under another category.", error=True),
    Kind("category+boundary", "wrong both", "≉", "Touches it, under another category.", error=True),
    Kind("missed", "missed", "○", "In the gold, and not found.", error=True),
    Kind("spurious", "spurious", "✕", "Found, and nowhere in the gold.", error=True),
    Kind("duplicate", "duplicate", "=", "Says again what another annotation matched.", error=True),
    Kind(
        "invalid",
        "unknown category",
        "?",
        "Of a category that the schema does not have.",
        error=True,
    ),
    Kind("optional", "optional", "–", "May be annotated or not."),
)


def judged(evaluation: Evaluation) -> dict[str, list[Mark]]:
    """Return what stands on each document that gold judges: predictions and gold."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for place, annotation in enumerate(evaluation.annotations):
        found[annotation.document].append(_given(evaluation, place))
    for place, gold in enumerate(evaluation.golds):
        found[gold.document].append(_wanted(evaluation, place))
    return {document: found[document] for document in evaluation.texts}


def _given(evaluation: Evaluation, place: int) -> Mark:
    """Return a prediction with what became of it."""
    outcome = evaluation.outcomes.predicted[place]
    label = evaluation.predicted_labels[place]
    differs = _differing(label, outcome, evaluation.gold_labels)
    mark = predicted(evaluation.annotations[place], (PREDICTED, place), PREDICTED)
    return replace(
        mark,
        outcome=_named(outcome, differs),
        partners=() if outcome.partner is None else ((GOLD, outcome.partner),),
        differs=differs,
        facts=(*mark.facts, *_flags(outcome)),
    )


def _wanted(evaluation: Evaluation, place: int) -> Mark:
    """Return an annotation of the gold with what became of it."""
    gold, outcome = evaluation.golds[place], evaluation.outcomes.gold[place]
    label = evaluation.gold_labels[place]
    differs = _differing(label, outcome, evaluation.predicted_labels)
    facts = [("gold", gold.id), *_flags(outcome)]
    if gold.must_find:
        facts.append(("must be found", "A change that loses it fails."))
    if gold.status == "optional":
        facts.append(("optional", "May be annotated or not."))
    if place in evaluation.reasons:
        facts.append(("why missed", f"Its chunk was not answered: {evaluation.reasons[place]}."))
    if gold.note:
        facts.append(("note", gold.note))
    return replace(
        labelled(gold, (GOLD, place), GOLD),
        outcome=_named(outcome, differs),
        partners=() if outcome.partner is None else ((PREDICTED, outcome.partner),),
        differs=differs,
        facts=tuple(facts),
    )


def _named(outcome: Outcome, differs: tuple[str, ...]) -> str:
    if outcome.kind == "matched":
        return "attributes" if differs else "matched"
    return outcome.kind


def _differing(label: Label, outcome: Outcome, others: tuple[Label, ...]) -> tuple[str, ...]:
    """Return the attributes whose values differ from those of the partner of the same category."""
    if outcome.partner is None or others[outcome.partner].category != label.category:
        return ()
    return tuple(differing(label, others[outcome.partner]))


def _flags(outcome: Outcome) -> Iterator[tuple[str, str]]:
    if outcome.split:
        yield "split", "Several annotations of one side stand on one of the other."
    if outcome.merge:
        yield "merged", "One annotation covers several of the other side."
