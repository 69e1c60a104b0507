"""Judge the trials of a suite: score each, hold it against what was blessed, say what failed.

What a trial is compared with is the baseline of its task and model, or any run that is named. How
figures are compared, and which change may pass, is decided in `annotate.comparison.compare` and
`annotate.comparison.gates`; what is printed is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue

from annotate.comparison.baselines import baseline_file
from annotate.comparison.compare import compare
from annotate.comparison.comparison import Comparison
from annotate.comparison.inputs import BASELINE
from annotate.errors import NotComparable, Stopped
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.gold.store import read_gold
from annotate.ledger import commonest_note
from annotate.llm.prompts.checks import shared_words
from annotate.pipeline.run import Progress
from annotate.project.roots import find_project
from annotate.runs.reader import Run, find_runs
from annotate.scoring.measures import HEADLINES
from annotate.scoring.scores import Counts
from annotate.suites.false_alarms import Alarms, false_alarms
from annotate.suites.suite import Suite
from annotate.suites.trials import Choice, Forecast, Trial, carry_out, forecast, spent, trials

Status = Literal[
    "stopped",
    "failed",
    "incomplete",
    "not comparable",
    "inconclusive",
    "no baseline",
    "passed",
]
"""How a trial ended, from worst to best: a stop keeps later trials from running, and a gate that
failed stays failed however the others end."""

STATUSES: tuple[Status, ...] = get_args(Status)
"""From worst to best."""


@dataclass(frozen=True, slots=True)
class Row:
    """The headline scores of some documents, pooled over the repeats.

    Attributes:
        name: which documents these are: "all", "held out" or "tuned on".
        counts: by the name of each headline measure.
    """

    name: str
    documents: tuple[str, ...]
    counts: Mapping[str, Counts]

    def to_json(self) -> dict[str, JsonValue]:
        """Return the scores by name."""
        return {
            "name": self.name,
            "documents": list(self.documents),
            **{name: counts.f1 for name, counts in self.counts.items()},
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one trial.

    Attributes:
        forecast: what it was to send.
        evaluations: one a repeat; none where it was not run or cannot be scored.
        rows: the headline scores.
        borrowed: the first example of the prompt that repeats a document, or "".
        alarms: how often the gates fail between its repeats; None where that was not asked for.
        note: why it ended as it did, "" where the comparison says it.
    """

    trial: Trial
    forecast: Forecast
    status: Status
    note: str = ""
    evaluations: tuple[Evaluation, ...] = ()
    rows: tuple[Row, ...] = ()
    comparison: Comparison | None = None
    borrowed: str = ""
    alarms: Alarms | None = None


def worst(results: Iterable[Result]) -> Status:
    """Return how the worst trial ended."""
    return min((each.status for each in results), key=STATUSES.index)


# ---- Running and judging ----


@dataclass(frozen=True, slots=True)
class Judging:
    """How trials are judged.

    Attributes:
        against: what to compare with, as `annotate.comparison.inputs` names it.
        offline: nothing may be sent, so that a trial with new requests is not run.
        cap: the most US dollars for all trials, what they spent before included.
        inconclusive_above: the smallest detectable drop, as a fraction, above which finding no
            change is no answer; None accepts any.
        self_check: whether repeats are compared with each other, to count false alarms.
    """

    against: str = BASELINE
    offline: bool = False
    cap: float | None = None
    inconclusive_above: float | None = None
    self_check: bool = False


Planned: TypeAlias = tuple[Trial, Forecast]


def plan(suite: Suite, choice: Choice, judging: Judging) -> list[Planned]:
    """Return the trials of a suite and what each would send; sends nothing.

    Raises:
        UsageError, RunError: where no model is named, or what is named cannot be used.
        DocumentError: for a document that cannot be read.
    """
    if judging.against != BASELINE and not Path(judging.against).is_file():
        find_runs(judging.against)
    return [(trial, forecast(trial)) for trial in trials(suite, choice)]


def judge(
    planned: Sequence[Planned],
    judging: Judging,
    on_progress: Callable[[Trial, Progress], None] | None = None,
) -> Iterator[Result]:
    """Run trials one after the other, score them and compare them; a stop ends all of them."""
    stopped = False
    for trial, expected in planned:
        others = [each for each, _ in planned if each is not trial]
        if stopped:
            said = "not run: the one before was stopped"
            yield Result(trial, expected, "stopped", said)
            continue
        report = partial(on_progress, trial) if on_progress else None
        result = _judged(Result(trial, expected, "passed"), others, judging, report)
        stopped = result.status == "stopped"
        yield result


def _judged(
    result: Result,
    others: Sequence[Trial],
    judging: Judging,
    report: Callable[[Progress], None] | None,
) -> Result:
    new = result.forecast.new
    if judging.offline and new:
        said = f"{new:,} requests are not in the cache, and --offline sends none; nothing was run"
        return replace(result, status="incomplete", note=said)
    cap = None if judging.cap is None else max(0.0, judging.cap - sum(map(spent, others)))
    try:
        runs = carry_out(result.trial, cap, report)
    except Stopped as error:
        return replace(result, status="stopped", note=str(error))
    found = _assessed(result, runs, judging)
    if judging.self_check and found.evaluations:
        gates, schema = found.trial.suite.gates, found.trial.task.schema
        return replace(found, alarms=false_alarms(found.evaluations, gates, schema))
    return found


def _assessed(result: Result, runs: Sequence[Run], judging: Judging) -> Result:
    """Score the runs of a trial and compare them."""
    trial = result.trial
    if not all(run.complete for run in runs):
        why = commonest_note(entry for run in runs for entry in run.ledger())
        said = "the run is incomplete, and no gate is applied; the same command goes on with it"
        said += f"; most often: {why}" if why else ""
        return _scored(result, runs, "incomplete", said)
    if judging.against == BASELINE and not _blessed(trial):
        said = "no baseline of this model, and no gate is applied; annotate bless makes one"
        return _scored(result, runs, "no baseline", said)
    try:
        comparison = compare(
            judging.against,
            trial.folder,
            trial.suite.gates,
            task=trial.task.name,
            gold=trial.suite.gold,
        )
    except NotComparable as error:
        return _scored(result, runs, "not comparable", str(error))
    status, said = _ending(comparison, judging.inconclusive_above)
    compared = replace(result, comparison=comparison, status=status, note=said)
    return _described(compared, comparison.after)


def _blessed(trial: Trial) -> bool:
    """Tell whether the model of a trial has a baseline."""
    root = find_project() or trial.task.root
    return baseline_file(root, trial.task.name, trial.model).is_file()


def _ending(comparison: Comparison, most: float | None) -> tuple[Status, str]:
    """Return what a comparison comes to; `most` is the drop that may go unseen."""
    if not comparison.passed:
        return "failed", ""
    if most is not None and comparison.may_hide(most):
        unseen = comparison.detectable or 0.0
        return "inconclusive", f"a drop of {100 * unseen:.1f} points could have gone unseen"
    return "passed", ""


def _scored(result: Result, runs: Sequence[Run], status: Status, said: str) -> Result:
    """Score runs that are compared with nothing."""
    gold = read_gold(result.trial.suite.gold, result.trial.task.schema)
    try:
        evaluations = [evaluate(run, gold) for run in runs]
    except NotComparable as error:
        return replace(result, status="not comparable", note=str(error))
    return _described(replace(result, status=status, note=said), evaluations)


def _described(result: Result, evaluations: Sequence[Evaluation]) -> Result:
    return replace(
        result,
        evaluations=tuple(evaluations),
        rows=tuple(rows(result.trial.suite, evaluations)),
        borrowed=_borrowed(result.trial, evaluations[0].texts),
    )


# ---- What is said of it ----


def rows(suite: Suite, evaluations: Sequence[Evaluation]) -> Iterator[Row]:
    """Yield the headlines of all documents and, apart, of those held out and tuned on."""
    every = tuple(evaluations[0].texts)
    yield _row("all", every, evaluations)
    for name, listed in (("held out", suite.holdout), ("tuned on", suite.tuned_on)):
        scored = tuple(each for each in listed if each in every)
        if scored:
            yield _row(name, scored, evaluations)


def _row(name: str, documents: tuple[str, ...], evaluations: Sequence[Evaluation]) -> Row:
    parts = [each.scores.by_document[document] for each in evaluations for document in documents]
    counts = {each.name: sum((part[each.name] for part in parts), Counts()) for each in HEADLINES}
    return Row(name, documents, counts)


def _borrowed(trial: Trial, texts: Mapping[str, str]) -> str:
    """Say which example of the prompt repeats twelve words of a document; "" for none."""
    for example in trial.prompt.examples if trial.prompt else ():
        for name, text in texts.items():
            if shared_words(example.text, text):
                file = trial.prompt.head.examples if trial.prompt else ""
                return f"{file}:{example.line}: repeats 12 words of {name} in a row"
    return ""
