"""How often a run is right, and what it misses, from what was reviewed of it: no gold is needed.

Both hold for all that the run has read, because what was reviewed was drawn at random:
annotations for the precision, chunks for the recall (`annotate.review.chunks`). A
review in another order says nothing about the rest: what is doubtful is wrong more often.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from annotate.review.draw import drawn
from annotate.review.items import Item
from annotate.scoring.intervals import LEVEL, clustered_interval, wilson_interval
from annotate.scoring.overlap import shares_most

Interval = tuple[float, float]

EXPECTED = (0.5, 0.8, 0.9, 0.95, 0.99)
"""Precisions that a sample is planned for."""


@dataclass(frozen=True, slots=True)
class Precision:
    """What was decided on annotations that were drawn at random.

    Attributes:
        drawn: how many of them were decided, from the first one drawn without a gap.
        of: annotations of the run.
        right: those that were accepted as they stand.
        placed: those whose category and place are right, whatever became of their values.
    """

    drawn: int
    of: int
    right: int
    placed: int

    def interval(self, count: int) -> Interval | None:
        """Return the interval of the share that `count` of the drawn ones are; None without any.

        Wilson's, with the number drawn raised by what a finite run leaves less to guess at.
        """
        if not self.drawn:
            return None
        if self.drawn == self.of:
            return count / self.drawn, count / self.drawn
        effective = self.drawn * (self.of - 1) / (self.of - self.drawn)
        return wilson_interval(count / self.drawn * effective, effective)


def precision(found: Sequence[Item]) -> Precision:
    """Return what the review of a run says about how often it is right.

    Only annotations of the run count, and of these the ones that were drawn first, up to the first
    one that is open or skipped: what is left out on purpose would bend the share.
    """
    suggested = {each.id: each for each in found if each.suggested is not None}
    decided: list[Item] = []
    for name in drawn(suggested):
        item = suggested[name]
        if item.is_open:
            break
        decided.append(item)
    right = sum(each.verdict == "accepted" for each in decided)
    in_place = sum(each.verdict == "accepted" or placed(each) for each in decided)
    return Precision(len(decided), len(suggested), right, in_place)


def placed(item: Item) -> bool:
    """Say whether a correction leaves category and place: more than half of all characters."""
    said = item.suggested
    if item.verdict != "corrected" or said is None or said.category != item.category:
        return False
    return shares_most(said, item)


@dataclass(frozen=True, slots=True)
class Recall:
    """What a run found of what stands in chunks that were drawn at random and read whole.

    Attributes:
        chunks: how many were read.
        of: chunks that the run has read.
        found: right annotations of the run in these.
        missed: those that the annotator added.
        interval: of the share, None where nothing stands there.
    """

    chunks: int
    of: int
    found: int
    missed: int
    interval: Interval | None = None

    @property
    def share(self) -> float | None:
        """Of what stands there, the share that the run found; None where nothing stands there."""
        every = self.found + self.missed
        return self.found / every if every else None


def recall(counts: Iterable[tuple[int, int]], of: int) -> Recall:
    """Return what the chunks that were read say about what the run misses.

    `counts` has found and missed of each chunk, `of` is the number of all chunks. Chunks are the
    unit of the interval: what one of them misses goes together. How much it does cannot be seen in
    fewer than `FEW` chunks, nor where all or nothing was found: there at least `design_effect` is
    reckoned with.
    """
    rows = list(counts)
    found, missed = (sum(row[side] for row in rows) for side in (0, 1))
    ends = _interval([(right, right + lost) for right, lost in rows if right + lost])
    if ends is not None and len(rows) == of:  # all is read, and nothing is guessed
        ends = (found / (found + missed),) * 2
    return Recall(len(rows), of, found, missed, ends)


def _interval(chunks: Sequence[tuple[int, int]]) -> Interval | None:
    """Return the interval of a recall; takes of each chunk how many were found, and of how many."""
    ends = clustered_interval(chunks)
    found, every = (sum(chunk[side] for chunk in chunks) for side in (0, 1))
    if ends is None or (len(chunks) >= FEW and 0 < found < every):
        return ends
    effect = design_effect([of for _, of in chunks])
    assumed = wilson_interval(found / effect, every / effect) or ends
    return min(ends[0], assumed[0]), max(ends[1], assumed[1])


FEW = 20
"""From how many chunks on it shows how far what stands in one is missed together."""

ALIKE = 0.1
"""How far what stands in one chunk is found or missed together: the correlation that is assumed
before a review has measured it."""


def design_effect(sizes: Sequence[int]) -> float:
    """Return how many times more statements chunks need than statements drawn one by one.

    As L. Kish has it: 1 + (m - 1) x `ALIKE`, where m is the size of the chunk in which the average
    statement stands, so that a few large chunks count for what they are.

    Args:
        sizes: how many statements stand in each chunk.
    """
    every = sum(sizes)
    return 1 + max(0.0, sum(size * size for size in sizes) / every - 1) * ALIKE if every else 1.0


def needed_chunks(half: float, share: float, sizes: Sequence[int]) -> int:
    """Return how many chunks to read so that the interval of a recall reaches `half` either way.

    All of them where not enough stands in them, or nothing does. Takes what `needed` and
    `design_effect` take.

    Raises:
        ValueError: as `needed`.
    """
    statements = needed(half, share) * design_effect(sizes)
    each = sum(sizes) / max(len(sizes), 1)
    return min(len(sizes), math.ceil(statements / each)) if each else len(sizes)


def needed(half: float, share: float, of: int | None = None) -> int:
    """Return how many annotations to draw so that the interval reaches `half` to either side.

    `share` is the precision that one expects; .5 is the one that needs most. Wilson's interval is
    asked, so that a share near 1 is not taken for a certain one. `of` annotations bound it.

    Raises:
        ValueError: where `half` or `share` is not between 0 and 1.
    """
    if not 0 < half < 1 or not 0 <= share <= 1:
        raise ValueError("needs a half width and a share between 0 and 1")
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    low, high = 1, math.ceil((z / half) ** 2) + 1
    while low < high:  # the interval shrinks as more are drawn
        middle = (low + high) // 2
        ends = wilson_interval(share * middle, middle)
        reach = (ends[1] - ends[0]) / 2 if ends is not None else 1.0
        low, high = (low, middle) if reach <= half else (middle + 1, high)
    return low if of is None else min(of, math.ceil(low / (1 + (low - 1) / max(of, 1))))
