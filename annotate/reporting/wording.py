"""What is said about comparisons and suites in words, the same in every format.

Nothing here is escaped: each format does so in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from annotate.formatting import NOTHING, interval, p_value, points, ratio
from annotate.scoring.measures import BY_NAME, GATED, HEADLINES

if TYPE_CHECKING:
    from annotate.comparison.changes import Flip
    from annotate.comparison.comparison import Comparison
    from annotate.comparison.deltas import Delta
    from annotate.comparison.items import Item
    from annotate.comparison.usage import Usage
    from annotate.evaluation.evaluation import Evaluation
    from annotate.suites.forecast import Forecast
    from annotate.suites.subsets import Subset
    from annotate.suites.trials import Trial
    from annotate.suites.verdicts import PlannedTrial, TrialResult

# ---- Comparisons ----

LISTS: Mapping[str, str] = {
    "broken": "Broken: was found, is missed",
    "fixed": "Fixed: was missed, is found",
    "flaky": "Flaky: found by some repeats of a side and not by others",
    "new_false_positives": "New false positives",
    "resolved_false_positives": "Resolved false positives",
}
"""The lists of items in the order in which they are read, with their titles."""

FLIPS = "Attribute flips: found by both sides with other values"


def verdict(comparison: Comparison) -> str:
    """Say what came of the comparison in one sentence."""
    delta = comparison.gated
    if comparison.verdict == "regression":
        count = len(comparison.failures)
        return f"regression: {count} gate{'' if count == 1 else 's'} failed"
    doubts = "".join(f"; {doubt}" for doubt in comparison.doubts)
    if comparison.verdict == "improvement":
        risen = f"{points(delta.change)} points, p {p_value(delta.p_rise)}"
        return f"improvement: {GATED.title} {risen}{doubts}"
    if delta.change is None:
        return "no change detected: there is nothing to score"
    if comparison.detectable is None:
        return "no change detected: both sides score the same in every segment"
    smallest = f"{100 * comparison.detectable:.1f}"
    overall = " overall" if doubts else ""
    return (
        f"no change detected{overall}{doubts}; a true drop of {GATED.title} by {smallest} "
        "points would be found in four cases of five, a smaller one less often"
    )


def side(evaluations: Sequence[Evaluation]) -> str:
    """Name a side by its runs."""
    names = [each.predictions.name for each in evaluations]
    if len(names) == 1:
        return names[0]
    return f"{names[0]} … {names[-1]} ({len(names)} repeats)"


def differences(comparison: Comparison) -> Iterator[str]:
    """Say what the two sides were made with, where it differs."""
    old, new = (s[0].predictions.identity for s in (comparison.before, comparison.after))
    for name in sorted((old.keys() | new.keys()) - {"repeat", "format"}):
        if old.get(name) != new.get(name):
            yield f"{name}: {_short(old.get(name))} → {_short(new.get(name))}"


def _short(value: object) -> str:
    text = NOTHING if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:12]}…"


ELSEWHERE = (
    "“Other documents”: 95% interval of the mean change over documents like these; never gates."
)

SCORE_COLUMNS = (
    "score",
    "before",
    "after",
    "points",
    "95% interval",
    "p drop",
    "p rise",
    "other documents",
)


def score_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield a row of cells a headline score, as in `SCORE_COLUMNS`."""
    for name, delta in comparison.headlines.items():
        elsewhere = comparison.elsewhere.get(name)
        yield (
            BY_NAME[name].title,
            ratio(delta.before),
            ratio(delta.after),
            points(delta.change),
            interval(delta.interval),
            p_value(delta.p_drop),
            p_value(delta.p_rise),
            interval(elsewhere.interval) if elsewhere else NOTHING,
        )


BY_CATEGORY = f"{GATED.title[:1].upper()}{GATED.title[1:]} by category"
"""The title of the table of `category_rows`."""

CATEGORY_COLUMNS = ("category", "support", "before", "after", "points", "adjusted p", "gated")


def category_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield a row of cells a category, as in `CATEGORY_COLUMNS`: the gated measure."""
    for name, delta in comparison.by_category.items():
        yield (
            name,
            str(delta.support),
            ratio(delta.gated.before),
            ratio(delta.gated.after),
            points(delta.gated.change),
            p_value(delta.adjusted),
            f"no: {delta.excluded}" if delta.excluded else delta.untested or "yes",
        )


DOCUMENT_COLUMNS = ("document", *(each.title for each in HEADLINES))


def document_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield a row of cells a document: the change of each headline, in points."""
    for name, row in comparison.by_document.items():
        yield (name, *(points(row[each.name].change) for each in HEADLINES))


def gold_changes(comparison: Comparison) -> Iterator[str]:
    """Say what a change of the gold did to each score, apart from what the change tested did."""
    if comparison.gold_delta is None:
        return
    yield "The gold has changed since the baseline was blessed; it is scored anew."
    for name, gold in comparison.gold_delta.items():
        prompt = comparison.headlines[name]
        yield f"{BY_NAME[name].title}: gold {_change(gold)}, prompt {_change(prompt)}"


def _change(delta: Delta) -> str:
    return f"{points(delta.change)} points ({ratio(delta.before)} → {ratio(delta.after)})"


def usage(comparison: Comparison) -> Iterator[str]:
    """Say what a repeat of either side took; nothing where no model was asked."""
    old, new = comparison.usage
    if not old.requests and not new.requests:
        return
    for what, first, second in (
        ("a run", old, new),
        ("a request", old.per_request(), new.per_request()),
    ):
        yield f"{what}: {_taken(first)} → {_taken(second)}"


def _taken(used: Usage) -> str:
    requests = f"{used.requests:,.0f} requests, " if used.requests > 1 else ""
    tokens = f"{_count(used.prompt_tokens)} + {_count(used.completion_tokens)} tokens"
    cost = "cost unknown" if used.cost is None else f"{used.cost:.4f} USD"
    return f"{requests}{tokens}, {cost}"


def _count(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.0f}"


def place(item: Item, comparison: Comparison) -> str:
    """Say where an item stands, what it is, and how many repeats have it where there are some."""
    how = f"{item.kind}, its chunk {item.reason}" if item.reason else item.kind
    said = [f"{item.document} [{item.start}:{item.end}] {item.category} ({how})", item.gold]
    if item.must_find:
        said.append("must find")
    sides = len(comparison.before), len(comparison.after)
    if max(sides) > 1:
        said.append(f"{item.before}/{sides[0]} → {item.after}/{sides[1]}")
    return " ".join(filter(None, said))


def flip(each: Flip) -> str:
    """Say which values became which."""
    old, new, gold = (", ".join(side) or NOTHING for side in (each.before, each.after, each.gold))
    return f"{each.attribute}: {old} → {new} (gold: {gold}; {each.direction})"


def quote(item: Item) -> tuple[str, str, str]:
    """Return the words before, the quote and the words behind, each on one line."""
    leading, quoted, trailing = (
        " ".join(text.split()) for text in (item.leading, item.quote, item.trailing)
    )
    middle = quoted if len(quoted) <= 200 else f"{quoted[:140]} … {quoted[-50:]}"
    return leading[-40:], middle, trailing[:40]


# ---- Suites ----


def forecasts(planned: Sequence[PlannedTrial], cap: float | None) -> Iterator[str]:
    """Say what each trial would send and cost, and where `cap`, which is for all, would end them.

    What the trials spent in an earlier go counts against the cap as well, and is not in here.
    """
    at_most = 0.0
    for trial, expected in planned:
        most = (expected.estimate.most if expected.estimate and expected.new else None) or 0.0
        at_most += most
        said = forecast(trial, expected)
        yield said + _ended(cap) if cap is not None and most > cap else said
    if cap is not None and at_most > cap and len(planned) > 1:
        yield f"all together: {at_most:.4f} USD at most{_ended(cap)}"


def _ended(cap: float) -> str:
    return f"; --max-cost ends it at {cap:.4f} USD, and what is left is not sent"


def forecast(trial: Trial, expected: Forecast) -> str:
    """Say what a trial would send and cost, on one line."""
    if expected.estimate is None:
        return f"{trial.name}: free"
    if trial.suite.answers is not None:
        return f"{trial.name}: {expected.cached:,} answers recorded, {expected.new:,} missing"
    sent = f"{trial.name}: {expected.cached:,} requests cached, {expected.new:,} new"
    if not expected.new:
        return f"{sent}, costs nothing"
    least, most = expected.estimate.least, expected.estimate.most
    if least is None or most is None:
        return f"{sent}, cost unknown: no price for this model; give --price IN,OUT"
    return f"{sent}, {least:.4f} USD with empty answers, {most:.4f} at most, without repairs"


def trial(result: TrialResult) -> str:
    """Say how a trial ended, and its headline scores."""
    said = f"{result.trial.name}: {result.status}"
    if result.note:
        said += f" ({result.note})"
    if result.subsets:
        said += f"; {', '.join(_headlines(result.subsets[0]))}"
    return said


def _headlines(of: Subset) -> Iterator[str]:
    for each in HEADLINES:
        yield f"{each.title} {ratio(of.counts[each.name].f1)}"


def remarks(result: TrialResult) -> Iterator[str]:
    """Say where the runs are, what they take and agree on, and what an example repeats."""
    if result.evaluations:
        folders = [str(folder) for folder in result.trial.folders]
        more = f" … {folders[-1]}" if len(folders) > 1 else ""
        yield f"runs: {folders[0]}{more}    look at it: annotate view {folders[0]}"
    if result.usage.requests:
        yield f"a run takes {_taken(result.usage)}"
    if found := result.stability:
        said = ", ".join(f"{e.title} {ratio(found.scores[e.name].f1)}" for e in HEADLINES)
        yield (
            f"its {found.repeats} repeats agree with each other: {said}; by category: "
            f"annotate score {result.trial.folder}"
        )
    if result.borrowed:
        yield f"WARNING: {result.borrowed}: its scores on that document say little"
    elif result.trial.prompt is not None and result.evaluations:
        yield f"no example of prompt {result.trial.prompt.name} repeats 12 words of a document"


def self_check(result: TrialResult) -> Iterator[str]:
    """Say how often the gates fail where nothing changed; nothing where that was not asked for."""
    found = result.false_alarms
    if found is None:
        return
    if found.comparisons:
        yield (
            f"self-check: false alarms in {found.failed} of {found.comparisons} comparisons of "
            f"{found.size} with {found.size} repeats of the same prompt ({ratio(found.rate)})"
        )
    for gate, count in found.by_gate.items():
        yield f"  gate {gate}: {count} of {found.comparisons}"
    if found.caveat:
        yield f"self-check: {found.caveat}"


SUBSET_COLUMNS = ("documents", "support", *(each.title for each in HEADLINES))


def subset_rows(result: TrialResult) -> Iterator[tuple[str, ...]]:
    """Yield a row of cells for each subset of the documents, as in `SUBSET_COLUMNS`."""
    for each in result.subsets:
        support = each.support // max(1, len(result.evaluations))
        scores = (ratio(each.counts[measure.name].f1) for measure in HEADLINES)
        yield (f"{each.name} ({len(each.documents)})", str(support), *scores)
