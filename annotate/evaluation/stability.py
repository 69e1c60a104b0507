"""What the repeats of one configuration agree on, whatever gold says, by category and attribute.

Every two repeats are scored against each other as a run is against gold, and the counts are pooled.
So the figures stand beside those of the two passes behind the gold, which are made in the same way:
where a model agrees less with itself than two readers did, its definition leaves something open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pydantic import JsonValue

from annotate.evaluation.evaluation import Evaluation
from annotate.scoring.labels import Label
from annotate.scoring.scorer import score
from annotate.scoring.scores import Scores


@dataclass(frozen=True, slots=True)
class Stability:
    """How far repeats agree with each other.

    Attributes:
        repeats: how many there are.
        pairs: how many two of them there are.
        scores: of one against the other, pooled over these. F1 and accuracies do not depend on
            which is which; precision and recall do, and say nothing.
    """

    repeats: int
    pairs: int
    scores: Scores

    def support(self, category: str) -> int:
        """Return how many annotations of a category a repeat has, on average."""
        found = self.scores.by_category[category]["annotation"]
        return round((2 * found.tp + found.fp + found.fn) / (2 * self.pairs))

    def to_json(self) -> dict[str, JsonValue]:
        """Return every score by its name, over all documents."""
        scores = self.scores.to_json()
        overall, by_category = scores["overall"], scores["by_category"]
        return {"pairs": self.pairs, "overall": overall, "by_category": by_category}


def stability(evaluations: Sequence[Evaluation]) -> Stability | None:
    """Return how far the repeats of one configuration agree; None for one alone."""
    repeats = [_placed(each) for each in evaluations]
    first: list[Label] = []
    second: list[Label] = []
    texts: dict[str, str] = {}
    pairs = list(combinations(range(len(repeats)), 2))
    for pair in pairs:
        # Each pair gets documents of its own, so that all of them are counted in one go.
        names = {name: f"{pair}{name}" for name in evaluations[0].texts}
        texts |= {names[name]: text for name, text in evaluations[0].texts.items()}
        for side, number in zip((first, second), pair, strict=True):
            side += [replace(each, document=names[each.document]) for each in repeats[number]]
    if not pairs:
        return None
    return Stability(len(repeats), len(pairs), score(first, second, texts))


def _placed(evaluation: Evaluation) -> Sequence[Label]:
    """Return what a repeat says; refused answers, which stand behind it, have no place."""
    return evaluation.predicted_labels[: len(evaluation.annotations)]
