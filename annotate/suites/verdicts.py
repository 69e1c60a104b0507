"""Judge the trials of a suite: run each, score it, compare it, and say how it ended.

What a trial is compared with is the baseline of its task and model, or any run that is named. How
figures are compared, and which change may pass, is decided in `annotate.comparison.compare` and
`annotate.comparison.gates`; what is printed is not known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from annotate.comparison.compare import compare_inputs
from annotate.comparison.comparison import Comparison
from annotate.comparison.inputs import BASELINE, Input, find_input, own_baseline
from annotate.comparison.usage import Usage
from annotate.errors import NotComparable, Stopped
from annotate.evaluation.evaluate import evaluate_run
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.stability import Stability, stability
from annotate.ledger import commonest_note, remedy
from annotate.llm.prompts.checks import shared_words
from annotate.pipeline.progress import Progress
from annotate.runs.reader import Run, find_runs
from annotate.suites.false_alarms import FalseAlarms, false_alarms
from annotate.suites.forecast import Forecast, forecast
from annotate.suites.subsets import Subset, subsets
from annotate.suites.suite import MissingBaseline, Suite
from annotate.suites.trials import Overrides, Trial, run_trial, spent, trials_of

Status = Literal[
    "stopped",
    "failed",
    "incomplete",
    "not comparable",
    "inconclusive",
    "no baseline",
    "not gated",
    "passed",
]
"""How a trial ended, from worst to best: a stop keeps later trials from running, and a gate that
failed stays failed however the others end."""

STATUSES: tuple[Status, ...] = get_args(Status)
"""From worst to best."""


@dataclass(frozen=True)
class TrialResult:
    """What came of one trial.

    Attributes:
        forecast: what it was to send.
        evaluations: one for each repeat; none where it was not run or cannot be scored.
        subsets: the headline scores.
        borrowed: the first example of the prompt that repeats a document, or "".
        false_alarms: how often the gates fail between its repeats; None where not asked for.
        note: why it ended as it did, "" where the comparison says it.
    """

    trial: Trial
    forecast: Forecast
    status: Status
    note: str = ""
    evaluations: tuple[Evaluation, ...] = ()
    subsets: tuple[Subset, ...] = ()
    comparison: Comparison | None = None
    borrowed: str = ""
    false_alarms: FalseAlarms | None = None

    # Kept: terminal, Markdown and JSON all say them, and scoring each two repeats takes a while.

    @cached_property
    def usage(self) -> Usage:
        """What a run of it took, on average."""
        return Usage.of([each.predictions.usage for each in self.evaluations])

    @cached_property
    def stability(self) -> Stability | None:
        """How far its repeats agree with each other; None for one alone."""
        return stability(self.evaluations)


def worst(results: Iterable[TrialResult]) -> Status:
    """Return how the worst trial ended."""
    return min((each.status for each in results), key=STATUSES.index)


# ---- Running and judging ----


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions trials are run and judged.

    Attributes:
        against: what to compare with, as `annotate.comparison.inputs` names it.
        offline: nothing may be sent, so that a trial with new requests is not run.
        cap: the most US dollars for all trials, what they spent before included.
        inconclusive_above: the smallest detectable drop, as a fraction, above which finding no
            change is not an answer; None accepts any.
        self_check: whether repeats are compared with each other, to count false alarms.
    """

    against: str = BASELINE
    offline: bool = False
    cap: float | None = None
    inconclusive_above: float | None = None
    self_check: bool = False


class PlannedTrial(NamedTuple):
    """A trial, and what it would send now."""

    trial: Trial
    forecast: Forecast


def plan(suite: Suite, overrides: Overrides, conditions: Conditions) -> list[PlannedTrial]:
    """Return the trials of a suite and what each would send; sends nothing.

    Raises:
        UsageError, RunError: where no model is named, or what is named cannot be used.
        DocumentError: for a document that cannot be read.
    """
    if conditions.against != BASELINE and not Path(conditions.against).is_file():
        find_runs(conditions.against)
    return [PlannedTrial(trial, forecast(trial)) for trial in trials_of(suite, overrides)]


def evaluate_trials(
    planned: Sequence[PlannedTrial],
    conditions: Conditions,
    on_progress: Callable[[Trial, Progress], None] | None = None,
) -> Iterator[TrialResult]:
    """Run trials one after the other, score them and compare them; a stop ends all of them."""
    stopped = False
    for trial, expected in planned:
        others = [each.trial for each in planned if each.trial is not trial]
        if stopped:
            note = "not run: the one before was stopped"
            yield TrialResult(trial, expected, "stopped", note)
            continue
        report = partial(on_progress, trial) if on_progress else None
        result = _evaluated(TrialResult(trial, expected, "passed"), others, conditions, report)
        stopped = result.status == "stopped"
        yield result


def _evaluated(
    result: TrialResult,
    others: Sequence[Trial],
    conditions: Conditions,
    report: Callable[[Progress], None] | None,
) -> TrialResult:
    """Run a trial under its conditions and judge it."""
    new = result.forecast.new
    answers = result.trial.suite.answers
    if new and answers is not None:
        note = (
            f"{new:,} requests are not among the recorded answers in {answers}: a prompt, a "
            "definition, a document or a setting is another one now; nothing was run"
        )
        return replace(result, status="incomplete", note=note)
    if conditions.offline and new:
        note = f"{new:,} requests are not in the cache, and --offline sends none; nothing was run"
        return replace(result, status="incomplete", note=note)
    cap = None if conditions.cap is None else max(0.0, conditions.cap - sum(map(spent, others)))
    try:
        runs = run_trial(result.trial, cap, report)
    except Stopped as error:
        return replace(result, status="stopped", note=str(error))
    found = _judged(result, runs, conditions)
    if conditions.self_check and found.evaluations:
        gates, schema = found.trial.suite.gates, found.trial.task.schema
        return replace(found, false_alarms=false_alarms(found.evaluations, gates, schema))
    return found


def _judged(result: TrialResult, runs: Sequence[Run], conditions: Conditions) -> TrialResult:
    """Score the runs of a trial and compare them."""
    trial = result.trial
    if not all(run.complete for run in runs):
        why = commonest_note(entry for run in runs for entry in run.ledger())
        counted = sum((Counter(run.manifest["statuses"]) for run in runs), Counter[str]())
        found = sum(run.manifest["counts"]["annotations"] for run in runs)
        note = f"the run is incomplete, and no gate is applied; {remedy(counted, found)}"
        note += f"; most often: {why}" if why else ""
        return _scored(result, runs, "incomplete", note)
    own = trial.task, trial.model
    if conditions.against == BASELINE and not own_baseline(*own).is_file():
        means = trial.suite.missing_baseline if trial.gated else "not gated"
        return _scored(result, runs, *_without_baseline(means))
    before, after = find_input(conditions.against, own), Input(tuple(runs))
    try:
        comparison = compare_inputs(before, after, trial.task, trial.gold, trial.suite.gates)
    except NotComparable as error:
        if trial.gated:
            return _scored(result, runs, "not comparable", str(error))
        return _scored(result, runs, "not gated", f"compared with nothing: {error}")
    if trial.gated:
        status, note = _ending(comparison, conditions.inconclusive_above)
    else:
        status, note = "not gated", f"compared alone: {comparison.verdict}"
    compared = replace(result, comparison=comparison, status=status, note=note)
    return _described(compared, comparison.after)


def _without_baseline(
    means: MissingBaseline | Literal["not gated"],
) -> tuple[Status, str]:
    """Return what a trial comes to that has nothing to be compared with, and why."""
    note = "no baseline of this model: nothing was compared, and no gate is applied"
    if means == "not gated":
        return means, note
    if means == "inconclusive":
        return "no baseline", f"{note}; annotate bless makes one"
    return means, f'{note}; the suite says missing_baseline = "{means}"'


def _ending(comparison: Comparison, most: float | None) -> tuple[Status, str]:
    """Return what a comparison comes to; `most` is the drop that may go unseen."""
    if not comparison.passed:
        return "failed", ""
    if most is not None and comparison.may_hide(most):
        unseen = comparison.detectable or 0.0
        return "inconclusive", f"a drop of {100 * unseen:.1f} points could have gone unseen"
    return "passed", "; ".join(map(str, comparison.doubts))


def _scored(result: TrialResult, runs: Sequence[Run], status: Status, note: str) -> TrialResult:
    """Score runs that are compared with nothing."""
    trial = result.trial
    try:
        evaluations = [evaluate_run(run, trial.gold, trial.task.schema) for run in runs]
    except NotComparable as error:
        return replace(result, status="not comparable", note=str(error))
    return _described(replace(result, status=status, note=note), evaluations)


def _described(result: TrialResult, evaluations: Sequence[Evaluation]) -> TrialResult:
    return replace(
        result,
        evaluations=tuple(evaluations),
        subsets=tuple(subsets(result.trial.suite, evaluations)),
        borrowed=_borrowed(result.trial, evaluations[0].texts),
    )


def _borrowed(trial: Trial, texts: Mapping[str, str]) -> str:
    """Say which example of the prompt repeats twelve words of a document; "" for none."""
    for example in trial.prompt.examples if trial.prompt else ():
        for name, text in texts.items():
            if shared_words(example.text, text):
                file = trial.prompt.head.examples if trial.prompt else ""
                return f"{file}:{example.line}: repeats 12 words of {name} in a row"
    return ""
