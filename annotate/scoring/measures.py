"""The table of measures: every F1 that is computed, declared once.

Terminal, data frames, Markdown, JSON, baselines, comparisons and pages iterate over it: a new score
is one entry here, with its way of counting where `annotate.scoring.counts` has none that fits.
Attribute accuracy is not in it: it is a share of pairs and not an F1 (`AttributeScore`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotate.scoring.counts import (
    Matched,
    Three,
    characters,
    facts,
    one_annotation,
    pairs_on,
    values,
    values_of_one,
)
from annotate.scoring.labels import Label
from annotate.scoring.overlap import HEADLINE, RUNGS, Rung


@dataclass(frozen=True, slots=True)
class Measure:
    """One F1: what it is called, how it counts, and where it has a say.

    Attributes:
        name: in JSON, data frames and baselines; never changes.
        title: in tables and sentences.
        count: returns what is right, wrong and missed among matched labels.
        one: the same of one pair, or of one label that pairs with nothing, where the count is the
            sum of these: such a measure can be counted by segment, so that its changes are tested.
        label: in the whole table of scores, where the title alone says too little there.
        rung: of the ladder, where the measure is one of its rungs.
        typed: counted by category; else over a document, pairs being formed whatever the category.
        headline: averaged over categories and documents, shown for each document, and compared.
        gated: its drop fails a comparison. There is one such measure: each further one would raise
            the chance of a false alarm.
    """

    name: str
    title: str
    count: Callable[[Matched], Three]
    one: Callable[[Label | None, Label | None], Three] | None = None
    label: str = ""
    rung: Rung | None = None
    typed: bool = True
    headline: bool = False
    gated: bool = False

    @property
    def compared(self) -> bool:
        """Whether a comparison of runs says how it changed, and a baseline keeps it."""
        return self.headline or self.one is not None

    @property
    def place(self) -> tuple[str, ...]:
        """Where its counts stand in `Scores.to_json`."""
        if not self.typed:
            return (self.name,)
        return ("overall", "annotation", self.rung) if self.rung else ("overall", self.name)


def _overlap(rung: Rung, title: str) -> Measure:
    """Return the measure of a rung beside the headline's; it is named after the rung."""
    return Measure(rung, title, pairs_on(rung), rung=rung)


MEASURES = (
    Measure(
        "annotation",
        "annotation F1",
        pairs_on(HEADLINE),
        one_annotation,
        label="annotation F1 (overlap > ½)",
        rung=HEADLINE,
        headline=True,
    ),
    Measure("value", "value F1", values, values_of_one, headline=True, gated=True),
    Measure("document", "document F1", facts, headline=True),
    _overlap("any", "any overlap"),
    _overlap(">=.75", "overlap ≥ ¾"),
    _overlap("exact", "exact span"),
    Measure(
        "untyped",
        "untyped F1",
        pairs_on(HEADLINE),
        one_annotation,
        label="untyped (any category)",
        typed=False,
    ),
    Measure("character", "characters", characters),
)
"""Every measure, in the order of the tables."""

BY_NAME: Mapping[str, Measure] = {each.name: each for each in MEASURES}
TYPED = tuple(each for each in MEASURES if each.typed)
UNTYPED = tuple(each for each in MEASURES if not each.typed)
HEADLINES = tuple(each for each in MEASURES if each.headline)
COMPARED = tuple(each for each in MEASURES if each.compared)
LADDER = tuple(each for rung in RUNGS for each in MEASURES if each.rung == rung)
IN_DETAIL = tuple(each for each in TYPED if each.rung in (None, HEADLINE))
"""What is shown of one category: the typed measures, and of the ladder the headline alone."""

(GATED,) = (each for each in MEASURES if each.gated)
