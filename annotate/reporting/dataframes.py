"""Runs, scores and comparisons as pandas data frames, for notebooks.

A row is one annotation, one chunk, one score; columns are named as in the files of a run and in
`--json`. Needs `pip install 'policy-annotate[notebook]'`.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from annotate.annotation import FLAT_CERTAINTY
from annotate.comparison.comparison import Comparison
from annotate.comparison.deltas import Delta
from annotate.evaluation.calibration import calibrations
from annotate.evaluation.evaluation import Evaluation
from annotate.formats.tables.frame import pandas
from annotate.runs.reader import Run
from annotate.scoring.measures import IN_DETAIL
from annotate.scoring.outcomes import Outcome
from annotate.scoring.scores import Counts, Part

if TYPE_CHECKING:
    from pandas import DataFrame

_LISTS = ("fixed", "broken", "flaky", "new_false_positives", "resolved_false_positives")
_ANNOTATION = ("document", "start", "end", "category", "quote", "grounding", "chunk")


def annotations(run: Run, **asked: Any) -> "DataFrame":
    """Return one row an annotation: place, category, quote, evidence, and a column an attribute.

    Of those that are asked for, as `Run.annotations` takes it: `annotations(run, category="use")`.

    Sets are lists, so that `frame.explode("purposes")` gives one row a value; what the category
    does not have is missing. `grounding` and `chunk` are those of the first citation. Behind the
    attributes stand `confidence` and `value_confidence`, where the run says how sure it is, and
    `verification.verdict`, `verification.values` and `verification.reason`, where it was verified.
    """
    rows = []
    for each in run.annotations(**asked):
        cited = each.evidence[0]
        leading = (each.document, each.start, each.end, each.category, each.quote)
        values = (*leading, cited.grounding, cited.chunk)
        row: dict[str, Any] = {**each.attributes, **dict(zip(_ANNOTATION, values, strict=True))}
        rows.append({**row, **each.flat_certainty()})
    own = (*_ANNOTATION, *FLAT_CERTAINTY)
    attributes = dict.fromkeys(name for row in rows for name in row if name not in own)
    certainty = [name for name in FLAT_CERTAINTY if any(name in row for row in rows)]
    return _frame(rows, [*_ANNOTATION, *attributes, *certainty])


def chunks(run: Run) -> "DataFrame":
    """Return one row a chunk, as the ledger has it: how it ended and what it took."""
    rows = [entry.to_json() for entry in run.ledger()]
    return _frame(rows, list(rows[0]) if rows else [])


def scores(evaluation: Evaluation) -> "DataFrame":
    """Return one row overall, one a category and one a document, indexed by scope and name.

    Ratios whose denominator is 0 are missing.
    """
    found = evaluation.scores
    rows = [{"scope": "overall", "name": "all", **_scores(found.overall)}]
    for scope, parts in (("category", found.by_category), ("document", found.by_document)):
        rows += [{"scope": scope, "name": name, **_scores(part)} for name, part in parts.items()]
    return _frame(rows, list(rows[0])).set_index(["scope", "name"])


def _scores(part: Part) -> dict[str, Any]:
    row: dict[str, Any] = {"support": part.support, "optional": part.optional}
    for measure in IN_DETAIL:
        ratios = _ratios(part[measure.name])
        row |= {f"{measure.name}_{which}": value for which, value in ratios.items()}
    return {**row, "attribute_accuracy": part.attribute.accuracy}


def _ratios(counts: Counts) -> dict[str, float | None]:
    return {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}


def calibration(evaluation: Evaluation) -> "DataFrame":
    """Return one row a bin of annotations, and of values: how sure the run is, how many are right.

    `share_low` and `share_high` are the interval of `share`. Empty where it does not say.
    """
    rows: list[dict[str, Any]] = []
    for each in calibrations(evaluation):
        for found in map(asdict, each.bins):
            low, high = found.pop("interval")
            rows.append({"of": each.of, **found, "share_low": low, "share_high": high})
    columns = ["of", "low", "high", "cases", "right", "confidence", "share"]
    return _frame(rows, [*columns, "share_low", "share_high", "coverage", "risk"])


def risk_coverage(evaluation: Evaluation) -> "DataFrame":
    """Return one row a confidence of annotations, and of values: what is at least so sure.

    `coverage` is the share of all that is, `risk` the share of that which is wrong.
    """
    rows = [
        {"of": each.of, "confidence": sure, "coverage": coverage, "risk": risk}
        for each in calibrations(evaluation)
        for sure, coverage, risk in each.curve
    ]
    return _frame(rows, ["of", "confidence", "coverage", "risk"])


def ladder(evaluation: Evaluation) -> "DataFrame":
    """Return one row a rung of the ladder: how much two spans must overlap, and what that gives."""
    found = evaluation.scores.overall.ladder
    rows = [{"overlap": rung, **_ratios(counts)} for rung, counts in found.items()]
    return _frame(rows, list(rows[0])).set_index("overlap")


def outcomes(evaluation: Evaluation) -> "DataFrame":
    """Return one row a gold annotation and one a prediction: what became of it.

    `side` is "gold" or "predicted", `kind` the outcome, `reason` why the chunk of a missed one said
    nothing. An answer that was refused has no place: its `start` and `end` are 0.
    """
    rows = [*_gold_rows(evaluation), *_predicted_rows(evaluation)]
    columns = ["side", "document", "start", "end", "category", "kind", "split", "merge"]
    return _frame(rows, [*columns, "quote", "gold_id", "reason"])


def _gold_rows(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    found = zip(evaluation.golds, evaluation.outcomes.gold, strict=True)
    for position, (each, outcome) in enumerate(found):
        row = _outcome_row("gold", each, outcome)
        yield {**row, "gold_id": each.id, "reason": evaluation.reasons.get(position)}


def _predicted_rows(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    placed: list[Any] = [*evaluation.annotations]
    placed += evaluation.predicted_labels[len(placed) :]
    for each, outcome in zip(placed, evaluation.outcomes.predicted, strict=True):
        partner = None if outcome.partner is None else evaluation.golds[outcome.partner].id
        yield {**_outcome_row("predicted", each, outcome), "gold_id": partner}


def _outcome_row(side: str, each: Any, outcome: Outcome) -> dict[str, Any]:
    row = {name: getattr(each, name) for name in ("document", "start", "end", "category")}
    flags = {"kind": outcome.kind, "split": outcome.split, "merge": outcome.merge}
    return {"side": side, **row, **flags, "quote": getattr(each, "quote", None)}


def deltas(comparison: Comparison) -> "DataFrame":
    """Return one row a headline score and one a category: before, after, how sure the change is.

    `interval` is two columns, `low` and `high`. Rows are indexed by scope and name; a category is
    compared on the measure that is gated. What is not tested is missing.
    """
    rows = [
        {"scope": "headline", "name": name, **_delta(delta)}
        for name, delta in comparison.headlines.items()
    ]
    for name, category in comparison.by_category.items():
        row = {"scope": "category", "name": name, **_delta(category.gated)}
        rows.append({**row, "p_adjusted": category.adjusted, "support": category.support})
    columns = ["before", "after", "delta", "low", "high", "p_drop", "p_rise", "detectable"]
    keys = ["scope", "name"]
    return _frame(rows, [*keys, *columns, "p_adjusted", "support"]).set_index(keys)


def _delta(delta: Delta) -> dict[str, Any]:
    row = delta.to_json()
    row["low"], row["high"] = delta.interval or (None, None)
    return row


def changes(comparison: Comparison) -> "DataFrame":
    """Return one row an annotation on each list: fixed, broken, flaky, newly or no longer wrong.

    `before` and `after` are the repeats of either side that found or made it.
    """
    rows = [
        {"change": name, **item.to_json()}
        for name in _LISTS
        for item in getattr(comparison.changes, name)
    ]
    columns = ["document", "start", "end", "category", "quote", "kind", "before", "after"]
    return _frame(rows, ["change", *columns, "gold", "must_find", "reason"])


def flips(comparison: Comparison) -> "DataFrame":
    """Return one row an attribute that both sides state, and state differently."""
    rows = []
    for flip in comparison.changes.attribute_flips:
        row = flip.to_json()
        place = {name: getattr(flip.item, name) for name in ("document", "category", "quote")}
        rows.append({**row, **place, "gold_id": flip.item.gold})
    columns = ["document", "category", "attribute", "direction", "before", "after", "gold"]
    return _frame(rows, [*columns, "quote", "gold_id"])


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> "DataFrame":
    return pandas().DataFrame(rows, columns=columns)
