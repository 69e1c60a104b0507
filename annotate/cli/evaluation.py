"""Commands that say how good a run is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.errors import UsageError
from annotate.reporting.console import console, print_json

if TYPE_CHECKING:
    from annotate.comparison.compare import Comparison
    from annotate.pipeline.run import Progress
    from annotate.suites.trials import Trial
    from annotate.suites.verdicts import Result

FAILED = 1
INCONCLUSIVE = 3
INCOMPLETE = 4

_PAUSE = 5.0  # seconds between two words on progress

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
TaskOption = Annotated[
    str | None, typer.Option("--task", "-t", help="Task of the gold.", show_default="the run's")
]
GoldOption = Annotated[
    Path | None, typer.Option("--gold", help="Folder of the gold.", show_default="the task's own")
]
RunFolders = Annotated[
    list[Path], typer.Argument(metavar="RUN…", help="Folder of a run; its repeats may follow.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(score)
    app.command()(compare)
    app.command()(bless)
    app.command("eval")(evaluate_suite)


def score(
    runs: RunFolders, gold: GoldOption = None, task: TaskOption = None, as_json: JsonFlag = False
) -> None:
    """Score a run against gold; of several repeats, also how far their scores lie apart.

    A name that is no run folder stands for its repeats: runs/x for runs/x-1, runs/x-2 and so on.
    """
    from annotate.evaluation.evaluate import evaluate_repeats, spread
    from annotate.evaluation.references import read_yardsticks
    from annotate.runs.reader import find_runs

    found = [run for name in runs for run in find_runs(name)]
    evaluations = evaluate_repeats(found, gold, task=task)
    first = evaluations[0]
    yardsticks = read_yardsticks(first.gold.folder)
    if as_json:
        repeats = {
            "runs": [each.predictions.name for each in evaluations],
            "incomplete": [each.predictions.name for each in evaluations if not each.complete],
            "headlines": {name: found._asdict() for name, found in spread(evaluations).items()},
        }
        print_json({**first.to_json(), "repeats": repeats, "yardsticks": yardsticks.to_json()})
    else:
        from annotate.reporting.evaluation import show, show_repeats

        if len(evaluations) > 1:
            show_repeats(evaluations, console())
        show(first, console(), yardsticks)
    if not all(each.complete for each in evaluations):
        raise typer.Exit(INCOMPLETE)


def compare(
    before: Annotated[
        str, typer.Argument(metavar="A", help="Run folder, baseline file, or: baseline.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="Run folder, or baseline file.")],
    task: TaskOption = None,
    gold: GoldOption = None,
    as_json: JsonFlag = False,
    markdown: Annotated[Path | None, typer.Option(help="Also write Markdown here.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Also write JUnit XML here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Also write one HTML page here.")] = None,
    inconclusive_above: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS",
            help="End with 3 where nothing is found and a drop this large could have been missed.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the randomisation test.")] = 0,
) -> None:
    """Compare two runs, or a run with a baseline; a gate that fails ends with code 1.

    A name that is no run folder stands for its repeats: runs/x for runs/x-1, runs/x-2 and so on.
    """
    # The matrices are small: more threads of numpy's than one would mostly wait, and busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from annotate.comparison.inputs import compare

    unseen = _share(inconclusive_above)
    found = compare(before, after, task=task, gold=gold, seed=seed)
    if markdown is not None or os.environ.get("GITHUB_STEP_SUMMARY"):
        from annotate.reporting.markdown import summary

        text = summary(found)
        _write(markdown, text)
        _append_summary(text)
    if junit is not None:
        from annotate.reporting.junit import report

        _write(junit, report(found))
    if html is not None:
        from annotate.viewer import comparison_page

        _write(html, comparison_page(found))
    if as_json:
        print_json(found.to_json())
    else:
        from annotate.reporting.comparison import show

        show(found, console())
    raise typer.Exit(_exit_code(found, unseen))


def _share(points: float | None) -> float | None:
    """Return points of F1 as a share.

    Raises:
        UsageError: where they are no such points.
    """
    if points is not None and not 0 <= points <= 100:
        raise UsageError("--inconclusive-above: needs points of F1, from 0 to 100")
    return None if points is None else points / 100


def _write(file: Path | None, text: str) -> None:
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")


def _append_summary(text: str) -> None:
    """Append to the summary of a job on GitHub; that it cannot be is no failure of the run."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as summary:
                summary.write(text)
        except (OSError, ValueError) as error:
            typer.echo(f"annotate: $GITHUB_STEP_SUMMARY cannot be written ({error})", err=True)


def _exit_code(found: Comparison, unseen: float | None) -> int:
    """Return 1 for a gate that failed, 4 for an incomplete run, 3 for too little to tell."""
    if not found.passed:
        return FAILED
    if not found.complete:
        return INCOMPLETE
    return INCONCLUSIVE if unseen is not None and found.may_hide(unseen) else 0


def bless(
    runs: RunFolders,
    reason: Annotated[str, typer.Option(help="Why these runs are the ones to compare with.")],
    gold: GoldOption = None,
) -> None:
    """Keep complete runs as the project's baseline of their task and model.

    A name that is no run folder stands for its repeats: runs/x for runs/x-1, runs/x-2 and so on.
    """
    from annotate.comparison.baselines import bless as bless_runs
    from annotate.comparison.baselines import read_baseline
    from annotate.formatting import ratio, visible
    from annotate.runs.reader import find_runs

    file = bless_runs([run for name in runs for run in find_runs(name)], reason, gold)
    blessed = read_baseline(file)
    scores = ", ".join(f"{name} F1 {ratio(value)}" for name, value in blessed.scores.items())
    count = len(blessed.samples)
    samples = "1 sample" if count == 1 else f"{count} samples"
    typer.echo(visible(f"{file}: {samples} of {blessed.model}, {scores}"))


def evaluate_suite(
    suite: Annotated[
        str | None,
        typer.Argument(
            metavar="SUITE",
            help="Name in eval/suites, or a .toml file.",
            show_default="prompts where a model is named, else baseline",
        ),
    ] = None,
    prompt: Annotated[
        list[str] | None, typer.Option("--prompt", "-p", help="Version of a prompt; repeatable.")
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", help="Model to ask, or: lexicon; repeatable."),
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint.")] = None,
    against: Annotated[
        str, typer.Option(help="Run folder, baseline file, or: baseline.")
    ] = "baseline",
    offline: Annotated[
        bool | None, typer.Option("--offline", help="Use cached answers alone.")
    ] = None,
    repeat: Annotated[
        int | None, typer.Option(min=1, help="Independent samples.", show_default="the suite's")
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option(help="Most US dollars for all trials, what they spent before included."),
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="IN,OUT", help="US dollars a million tokens, in and out.")
    ] = None,
    mode: Annotated[
        str | None, typer.Option(help="How to ask: json_schema, tools, json, auto.")
    ] = None,
    chunk_size: Annotated[
        int | None, typer.Option(help="Most characters read in one piece.", show_default="4000")
    ] = None,
    cache_dir: Annotated[Path | None, typer.Option(help="Folder of answers.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder of the runs.", show_default="runs/eval/<suite>"),
    ] = None,
    as_json: JsonFlag = False,
    markdown: Annotated[Path | None, typer.Option(help="Also write Markdown here.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Also write JUnit XML here.")] = None,
    html: Annotated[
        Path | None, typer.Option(help="Also write an HTML page here, one for each comparison.")
    ] = None,
    self_check: Annotated[
        bool, typer.Option("--self-check", help="Also count false alarms between the repeats.")
    ] = False,
    inconclusive_above: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS", help="End with 3 where a drop this large could have been missed."
        ),
    ] = None,
) -> None:
    """Run a suite, score it, compare it with what was blessed: a regression test of prompts.

    Prints what would be sent and cost before it sends anything.

    Only a model that is named is asked; else the embedded baseline is evaluated, free and offline.

    Exit code, that of the worst trial: 5 stopped, 1 a gate failed, 4 incomplete, 6 not comparable,
    3 inconclusive, 0 no gate failed or none could be applied.
    """
    from annotate.formatting import visible
    from annotate.project.settings import resolve_settings
    from annotate.reporting.suite import announced
    from annotate.suites.suite import default_suite, find_suite
    from annotate.suites.trials import Choice
    from annotate.suites.verdicts import Judging, judge, plan, worst

    given = {
        "base_url": base_url,
        "offline": offline,
        "max_cost": max_cost,
        "price": price,
        "mode": mode,
        "chunk_size": chunk_size,
        "cache_dir": cache_dir,
    }
    settings = {name: value for name, value in given.items() if value is not None}
    resolved = resolve_settings(settings)
    models = tuple(model or ())
    chosen = find_suite(suite or default_suite(models or (resolved.model,)))
    unseen = _share(inconclusive_above)
    judging = Judging(against, resolved.offline, resolved.max_cost, unseen, self_check)
    choice = Choice(tuple(prompt or ()), models, repeat, out, settings)
    planned = plan(chosen, choice, judging)
    for trial, expected in planned:
        typer.echo(visible(announced(trial, expected)), err=True)
    results: list[Result] = []
    for result in judge(planned, judging, _now_and_then()):
        results.append(result)
        if not as_json:
            _show(result, alone=len(planned) == 1)
    _hand_out(chosen.name, results, markdown, junit, html)
    if as_json:
        from annotate.reporting.suite import to_json

        print_json(to_json(chosen.name, results))
    raise typer.Exit(worst(results))


def _now_and_then() -> Callable[[Trial, Progress], None]:
    """Return a callback that says every few seconds on standard error how far a trial has come."""
    from annotate.formatting import visible

    said = time.monotonic()

    def report(trial: Trial, state: Progress) -> None:
        nonlocal said
        if time.monotonic() - said >= _PAUSE:
            said = time.monotonic()
            found = f"{state.documents:,} documents, {state.annotations:,} annotations"
            typer.echo(visible(f"{trial.name}: {found}, {state.cost:.4f} USD"), err=True)

    return report


def _show(result: Result, *, alone: bool) -> None:
    """Print what came of a trial; the whole scorecard only of one alone that has no comparison."""
    from annotate.reporting import comparison as terminal
    from annotate.reporting import suite as trials
    from annotate.reporting.evaluation import show as show_scores
    from annotate.reporting.evaluation import show_repeats

    trials.show(result, console())
    if result.comparison is not None:
        terminal.show(result.comparison, console())
    elif alone and any(each.reliability.grounded for each in result.evaluations):
        if len(result.evaluations) > 1:
            show_repeats(result.evaluations, console())
        show_scores(result.evaluations[0], console())
    trials.show_alarms(result, console())


def _hand_out(
    suite: str,
    results: list[Result],
    markdown: Path | None,
    junit: Path | None,
    html: Path | None,
) -> None:
    """Write what came of a suite as files."""
    from annotate.reporting import suite as trials

    if markdown is not None or os.environ.get("GITHUB_STEP_SUMMARY"):
        text = trials.markdown(results)
        _write(markdown, text)
        _append_summary(text)
    if junit is not None:
        _write(junit, trials.junit(suite, results))
    compared = [(each.trial, each.comparison) for each in results if each.comparison is not None]
    if html is not None and compared:
        from annotate.viewer import comparison_page

        for trial, comparison in compared:
            several = html.with_name(f"{html.stem}-{trial.folder.name}{html.suffix}")
            _write(html if len(compared) == 1 else several, comparison_page(comparison))
