"""Decide which changes a comparison must not let pass.

Three kinds of gate. The overall one looks at value F1 alone, because every further headline would
raise the chance of a false alarm: a drop has to be significant, and large enough to matter. The one
by category is the same with Benjamini and Hochberg's adjustment, on categories with enough support
and agreement. A category may stand in so few segments that no exchange of them is rare: then it is
not tested, and says so. One that was mostly right and collapses fails whatever its p. The others
need no statistics: what an output must always be, and gold that must be found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass, replace
from typing import Literal

from pydantic import JsonValue

from annotate.comparison.changes import most
from annotate.comparison.deltas import CategoryDelta, Delta, Deltas
from annotate.comparison.items import Item
from annotate.formatting import p_value, points, ratio
from annotate.scoring.measures import GATED

# A category collapses when its F1 falls from at least a half to less than a third of what it was.
# How often noise does that: `benchmarks/collapses.py`, and docs/explanation/evaluation.md.
SOUND, LEFT = 0.5, 1 / 3
_HALF = 0.5  # who keeps less than this is named, and who keeps less than a third fails
_SEVERAL = 3  # one or two labels that are lost are no news
_UNSTABLE = "its labellers agree too little"


@dataclass(frozen=True, slots=True)
class Gates:
    """What fails a comparison.

    Attributes:
        alpha: one-sided level of the overall gate.
        min_drop: the smallest drop of F1 that fails, as a fraction; of a category's F1 too.
        max_drop: a drop of value F1 that fails whatever its p: damage in a handful of segments is
            never significant, however large.
        category_fdr: the share of false alarms allowed among the categories that fail.
        min_support: gold annotations that a category needs to be gated.
        must_find: whether gold that the first side finds and that must be found is gated.
        invariants: whether broken outputs, and chunks without any, fail.
    """

    alpha: float = 0.05
    min_drop: float = 0.01
    max_drop: float = 0.10
    category_fdr: float = 0.05
    min_support: int = 20
    must_find: bool = True
    invariants: bool = True

    def to_json(self) -> dict[str, JsonValue]:
        """Return the settings by their names."""
        return asdict(self)


STANDARD = Gates()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a gate looked at.

    Attributes:
        gate: "overall", "category", "must_find" or "invariant".
        what: the score, the category, the id of the gold annotation, or the invariant.
        status: "excluded" is looked at and not gated.
        message: one sentence with the figures or the places; holds no document text.
    """

    gate: Literal["overall", "category", "must_find", "invariant"]
    what: str
    status: Literal["passed", "failed", "excluded"]
    message: str

    def to_json(self) -> dict[str, JsonValue]:
        """Return the check as a row."""
        return asdict(self)


def excluded(supports: Mapping[str, int], unstable: Set[str], gates: Gates) -> dict[str, str]:
    """Return the categories whose scores are not gated, and why."""
    reasons = {}
    for name, support in supports.items():
        if name in unstable:
            reasons[name] = _UNSTABLE
        elif support < gates.min_support:
            reasons[name] = f"support {support} is below {gates.min_support}"
    return reasons


# ---- Scores ----


def score_checks(found: Deltas, gates: Gates) -> Iterator[Check]:
    """Look at the gated measure, overall and by category."""
    yield _overall(found.headlines[GATED.name], gates)
    for name, delta in found.by_category.items():
        yield _category(name, delta, gates)


def _overall(delta: Delta, gates: Gates) -> Check:
    failed = _drops(delta, delta.p_drop, gates.alpha, gates.min_drop) or _drops(
        delta, 0.0, gates.alpha, gates.max_drop
    )
    rule = (
        f"a drop of {100 * gates.min_drop:.1f} points or more with p ≤ {ratio(gates.alpha)}, or of "
        f"{100 * gates.max_drop:.1f} whatever its p,"
    )
    message = f"{GATED.title} {_told(delta)}, p {p_value(delta.p_drop)} one-sided; {rule} fails"
    return Check("overall", GATED.title, "failed" if failed else "passed", message)


def _category(name: str, delta: CategoryDelta, gates: Gates) -> Check:
    told = f"{GATED.title} {_told(delta.gated)}"
    if delta.excluded:
        return Check("category", name, "excluded", f"{told}; not gated: {delta.excluded}")
    how = delta.untested or f"adjusted p {p_value(delta.adjusted)}"
    message = f"{told}, {how}, support {delta.support}"
    failed = _drops(delta.gated, delta.adjusted, gates.category_fdr, gates.min_drop)
    if not failed and _collapses(delta.gated):
        return Check("category", name, "failed", f"{message}: less than a third is left")
    return Check("category", name, "failed" if failed else "passed", message)


def _collapses(delta: Delta, left: float = LEFT) -> bool:
    if delta.before is None or delta.after is None:
        return False
    return delta.before >= SOUND and delta.after < left * delta.before


def _drops(delta: Delta, p: float | None, alpha: float, least: float) -> bool:
    """Tell whether a drop is significant and large enough; a hair is left for rounding."""
    significant = p is not None and p <= alpha
    return significant and delta.change is not None and delta.change <= -least + 1e-12


def rises(delta: Delta, gates: Gates) -> bool:
    """Tell whether a score rose as surely and as far as it would have to drop to fail."""
    significant = delta.p_rise is not None and delta.p_rise <= gates.alpha
    return significant and delta.change is not None and delta.change >= gates.min_drop - 1e-12


def _told(delta: Delta) -> str:
    return f"{ratio(delta.before)} → {ratio(delta.after)} ({points(delta.change)} points)"


# ---- What no gate can decide ----


@dataclass(frozen=True, slots=True)
class Doubt:
    """A category that lost most of what it had, and that no gate fails.

    Attributes:
        broken: gold annotations of it that were found and are missed.
        why: no gate fails it.
    """

    category: str
    support: int
    broken: int
    score: Delta
    why: str

    def __str__(self) -> str:
        if 2 * self.broken > self.support:
            return f"{self.broken} of {self.support} of {self.category} are broken, {self.why}"
        return f"{GATED.title} of {self.category} {_told(self.score)}, {self.why}"

    def to_json(self) -> dict[str, JsonValue]:
        """Return the category as a row."""
        return {
            "category": self.category,
            "support": self.support,
            "broken": self.broken,
            "why": self.why,
        }


def doubts(
    categories: Mapping[str, CategoryDelta], broken: Iterable[Item], checks: Iterable[Check]
) -> Iterator[Doubt]:
    """Yield every category that broke for the most part and that no gate fails."""
    lost = Counter(item.category for item in broken)
    failed = {each.what for each in checks if (each.gate, each.status) == ("category", "failed")}
    for name, delta in categories.items():
        if delta.support < _SEVERAL or name in failed:
            continue
        if 2 * lost[name] > delta.support or _collapses(delta.gated, _HALF):
            unstable = delta.excluded == _UNSTABLE
            why = f"not gated: {_UNSTABLE}" if unstable else "too few to tell from chance"
            yield Doubt(name, delta.support, lost[name], delta.gated, why)


# ---- What must be found ----


def must_find_checks(guarded: Iterable[Item], repeats: int, unstable: Set[str]) -> Iterator[Check]:
    """Look at the gold that must be found and was: most of the `repeats` afterwards have to."""
    for item in guarded:
        check = _must_find(item, repeats)
        if item.category in unstable:
            yield replace(check, status="excluded")
        else:
            yield check


def _must_find(item: Item, repeats: int) -> Check:
    place = f"{item.category}, {item.document} [{item.start}:{item.end}]"
    lost = most(repeats - item.after, repeats)
    if not lost:
        return Check("must_find", item.gold, "passed", f"{place}: still found")
    how = f"{item.kind}, its chunk {item.reason}" if item.reason else item.kind
    message = f"{place}: was found, and is missed by {repeats - item.after} of {repeats} ({how})"
    return Check("must_find", item.gold, "failed", message)
