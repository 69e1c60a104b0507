"""Compare two sides of runs on the same documents and gold: what changed, and whether it may.

A side is the K repeats of one configuration; both are pooled. "On these documents" is what the
tests look at and the gates decide on; "on other documents" takes each document for one draw, is
wide with few of them, and never gates. Pure but for the files beside the gold that say how far to
trust it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from annotate.comparison.changes import Changes, changes
from annotate.comparison.deltas import (
    CategoryDelta,
    Delta,
    Deltas,
    Design,
    Elsewhere,
    deltas,
    supports,
)
from annotate.comparison.gates import (
    STANDARD,
    Check,
    Gates,
    excluded,
    invariant_checks,
    must_find_checks,
    rises,
    score_checks,
)
from annotate.comparison.usage import Usage
from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import check_repeat
from annotate.evaluation.references import References, read_references
from annotate.project.tasks import load_task
from annotate.schema.categories import Schema
from annotate.scoring.measures import GATED

FORMAT_VERSION = 1

Verdict = Literal["regression", "improvement", "no change detected"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one side to the other.

    Attributes:
        before, after: the repeats of either side, evaluated against the same gold.
        headlines: every measure that is compared, on these documents.
        elsewhere: the headline measures, as changes to be expected on other documents.
        checks: everything that the gates looked at.
        changes: the lists of single annotations.
        gold_delta: the headlines of the first side when it was blessed (`before`), and against the
            gold of now (`after`); None where the gold is the same.
        notes: what a reader has to know beside the figures.
    """

    before: tuple[Evaluation, ...]
    after: tuple[Evaluation, ...]
    gates: Gates
    design: Design
    headlines: Mapping[str, Delta]
    elsewhere: Mapping[str, Elsewhere]
    by_category: Mapping[str, CategoryDelta]
    by_document: Mapping[str, Mapping[str, Delta]]
    checks: tuple[Check, ...]
    changes: Changes
    gold_delta: Mapping[str, Delta] | None
    notes: tuple[str, ...]

    @property
    def failures(self) -> tuple[Check, ...]:
        """The gates that failed."""
        return tuple(check for check in self.checks if check.status == "failed")

    @property
    def passed(self) -> bool:
        """Whether no gate failed."""
        return not self.failures

    @property
    def gated(self) -> Delta:
        """The measure that the overall gate looks at, value F1."""
        return self.headlines[GATED.name]

    @property
    def verdict(self) -> Verdict:
        """That a gate failed, or else that the gated measure rose as surely as it may not drop."""
        if not self.passed:
            return "regression"
        return "improvement" if rises(self.gated, self.gates) else "no change detected"

    @property
    def detectable(self) -> float | None:
        """The smallest true drop of the gated measure that shows here in four cases of five.

        None where both sides say the same, so that there is no noise to measure against.
        """
        return self.gated.detectable

    def may_hide(self, drop: float) -> bool:
        """Tell whether no change was detected and a true drop larger than this could be unseen."""
        return self.verdict == "no change detected" and (self.detectable or 0.0) > drop

    @property
    def complete(self) -> bool:
        """Whether every run afterwards was read and answered to its end."""
        return all(each.predictions.complete for each in self.after)

    @property
    def usage(self) -> tuple[Usage, Usage]:
        """What either side took."""
        return (
            Usage.of([each.predictions.usage for each in self.before]),
            Usage.of([each.predictions.usage for each in self.after]),
        )

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure, check and list by its name; texts are left out."""
        old, new = self.usage
        return {
            "format": FORMAT_VERSION,
            "verdict": self.verdict,
            "passed": self.passed,
            "complete": self.complete,
            "detectable": self.detectable,
            "seed": self.design.seed,
            "rounds": self.design.rounds,
            "gates": self.gates.to_json(),
            "notes": [*self.notes],
            "before": _described(self.before),
            "after": _described(self.after),
            "documents": [*sorted(self.before[0].texts)],
            "headlines": _rows(self.headlines),
            "other_documents": _rows(self.elsewhere),
            "by_category": _rows(self.by_category),
            "by_document": {name: _rows(row) for name, row in self.by_document.items()},
            "gold_delta": None if self.gold_delta is None else _rows(self.gold_delta),
            "checks": [each.to_json() for each in self.checks],
            "changes": self.changes.to_json(),
            "usage": {
                "before": {"total": old.to_json(), "per_request": old.per_request().to_json()},
                "after": {"total": new.to_json(), "per_request": new.per_request().to_json()},
                "delta": {
                    "total": new.minus(old).to_json(),
                    "per_request": new.per_request().minus(old.per_request()).to_json(),
                },
            },
        }


def _rows(deltas: Mapping[str, Delta | Elsewhere | CategoryDelta]) -> dict[str, JsonValue]:
    return {name: delta.to_json() for name, delta in deltas.items()}


def _described(side: Sequence[Evaluation]) -> list[JsonValue]:
    """Return the name of each repeat and how it was made."""
    rows: list[JsonValue] = []
    for each in side:
        made = dict(each.predictions.identity)
        complete = each.predictions.complete
        rows.append({"name": each.predictions.name, "complete": complete, "identity": made})
    return rows


def compare(
    before: Sequence[Evaluation],
    after: Sequence[Evaluation],
    gates: Gates = STANDARD,
    *,
    seed: int = 0,
    rounds: int = 10_000,
    schema: Schema | None = None,
    blessed: Mapping[str, float | None] | None = None,
) -> Comparison:
    """Compare two sides: the repeats of one configuration each, as many as there are.

    `seed` and `rounds` are those of the randomisation test and the bootstrap: the same ones give
    the same figures. Annotations have to fit `schema`, without it the one of the runs' task.
    `blessed` are the headlines that the first side had against an earlier gold.

    Raises:
        NotComparable: where the sides differ in task, documents, texts or gold; definitions of
            the schema may differ, as prompts may.
        UsageError: where a side is empty, or mixes configurations.
    """
    before, after = sorted(before, key=_repeat), sorted(after, key=_repeat)
    _check_comparable(before, after)
    schema = schema or load_task(str(before[0].predictions.identity.get("task"))).schema
    design = Design(gates.alpha, gates.min_drop, rounds, seed)
    references = read_references(before[0].gold.folder)
    unstable = frozenset(references.unstable)
    out = excluded(supports(before, after), unstable, gates)
    found = deltas(before, after, out, design)
    lists = changes(before, after)
    checks = list(score_checks(found, gates))
    if gates.must_find:
        checks += must_find_checks(lists.guarded, len(after), unstable)
    if gates.invariants:
        checks += invariant_checks(before, after, schema)
    return Comparison(
        tuple(before),
        tuple(after),
        gates,
        design,
        found.headlines,
        found.elsewhere,
        found.by_category,
        found.by_document,
        tuple(checks),
        lists,
        _gold_delta(found, blessed),
        tuple(_notes(before, after, references)),
    )


def _repeat(evaluation: Evaluation) -> tuple[int, str]:
    number = evaluation.predictions.identity.get("repeat")
    return number if isinstance(number, int) else 0, evaluation.predictions.name


def _gold_delta(
    found: Deltas, blessed: Mapping[str, float | None] | None
) -> dict[str, Delta] | None:
    if blessed is None:
        return None
    return {name: Delta(blessed.get(name), now.before) for name, now in found.headlines.items()}


def _notes(
    before: Sequence[Evaluation], after: Sequence[Evaluation], references: References
) -> Iterator[str]:
    models = [str(side[0].predictions.identity.get("model")) for side in (before, after)]
    for model in dict.fromkeys(models):
        if caveat := references.caveats.get(model):
            yield f"{model}: {caveat}"
    for each in (*before, *after):
        name = each.predictions.name
        if not each.predictions.complete:
            yield f"{name} is incomplete: what it did not answer counts as missed"
        if each.unscored:
            yield f"{name}: {len(each.unscored)} documents without gold are left out"
    if before[0].absent:
        yield f"not read by either side: {', '.join(before[0].absent)}"


# ---- What can be compared ----


def _check_comparable(before: Sequence[Evaluation], after: Sequence[Evaluation]) -> None:
    if not before or not after:
        raise UsageError("a side of the comparison has no run; name one or more for each")
    for side in (before, after):
        for each in side[1:]:
            check_repeat(side[0].predictions, each.predictions)
    first = before[0]
    for each in (*before[1:], *after):
        _check_same(first, each)


def _check_same(first: Evaluation, other: Evaluation) -> None:
    """Refuse two evaluations whose scores are about different things."""
    one, two = first.predictions, other.predictions
    names = f"{one.name} and {two.name}"
    if one.identity.get("task") != two.identity.get("task"):
        raise NotComparable(f"{names} are of different tasks; compare runs of one")
    if differing := sorted(first.texts.keys() ^ other.texts.keys()):
        raise NotComparable(
            f"{names} did not read the same documents with gold ({', '.join(differing)}); "
            "run both on the same ones"
        )
    for document in sorted(first.texts):
        if one.documents[document] != two.documents[document]:
            raise NotComparable(
                f"{names} read different texts of {document}; run both on the same version"
            )
    if first.golds is not other.golds and first.golds != other.golds:
        raise NotComparable(f"{names} were scored against different gold; score both against one")
