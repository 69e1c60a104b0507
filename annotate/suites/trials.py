"""The trials of a suite: one prompt with one model each, and running them.

A trial has a folder of its own, named for what makes its run what it is: an edited prompt gets
another folder, and the same prompt finds its run again. Scores and gates are not known here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotate.errors import ProjectError, UsageError
from annotate.gold.store import Gold, read_gold
from annotate.llm import budget
from annotate.llm.factory import model_specification
from annotate.llm.pricing import Price
from annotate.llm.prompts.prompt import Prompt
from annotate.pipeline.progress import Progress
from annotate.pipeline.run import run
from annotate.project.settings import LEXICON, Settings, resolve_settings
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.suites.recorded_answers import open_answers
from annotate.suites.suite import Asked, Suite


@dataclass(frozen=True, slots=True)
class Trial:
    """One prompt with one model on the documents of a suite.

    Attributes:
        gold: of the suite.
        model: its name; "lexicon" for the offline baseline.
        prompt: None for the offline baseline, which is asked nothing.
        asked: what the suite says of the prompt.
        repeats: independent samples.
        folder: of its run; with several repeats those of the runs are named after it.
        given: the settings of the run that are not left to the environment and the project.
        price: of the model, None where none is known.
    """

    suite: Suite
    task: Task
    gold: Gold
    model: str
    prompt: Prompt | None
    repeats: int
    folder: Path
    given: Mapping[str, Any]
    price: Price | None = None
    asked: Asked | None = None

    @property
    def name(self) -> str:
        """The model, and before it the prompt, where one is used, with settings of its own."""
        if not self.prompt:
            return self.model
        own = self.asked.settings if self.asked else {}
        said = "".join(f", {name} {self.given[name]}" for name in own)
        return f"{self.prompt.name} × {self.model}{said}"

    @property
    def gated(self) -> bool:
        """Whether a gate may fail it."""
        return self.asked is None or self.asked.gated

    @property
    def inputs(self) -> list[Path]:
        """The documents, as a run takes them."""
        return _near(self.suite.documents)

    @property
    def folders(self) -> list[Path]:
        """The folders of the runs, one for each repeat."""
        if self.repeats == 1:
            return [self.folder]
        names = (f"{self.folder.name}-{number + 1}" for number in range(self.repeats))
        return [self.folder.with_name(name) for name in names]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What takes the place of what a suite says.

    Attributes:
        prompts, models: instead of the suite's; empty keeps these.
        repeat: instead of the suite's number of repeats; None keeps that.
        out: the folder of the suite's runs; None for `runs/eval/<suite>`.
        settings: further settings of the runs.
    """

    prompts: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    repeat: int | None = None
    out: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


def trials_of(suite: Suite, overrides: Overrides) -> list[Trial]:
    """Return the trials of a suite: each model with each prompt, the offline baseline once.

    Raises:
        UsageError: where no model is named, or a prompt or the gold cannot be used; nothing is sent
            before.
    """
    task = load_task(suite.task)
    gold = read_gold(suite.gold, task.schema)
    _check_documents(suite, gold)
    common = resolve_settings({**overrides.settings, "task": suite.task}, asking=True)
    models = overrides.models or suite.models or ((common.model,) if common.model else ())
    if not models:
        raise UsageError(
            f"{suite.path}: names no model, and only one that is named may cost money; "
            f"give --model NAME, or --model {LEXICON} for the offline baseline"
        )
    asked = _asked(suite, overrides.prompts or (() if suite.prompts else (common.prompt,)))
    overrides = _with_answers(suite, overrides, models)
    found = []
    for model in dict.fromkeys(models):
        if model == LEXICON:
            found.append(_offline(suite, task, gold, overrides))
        else:
            found += [_asking(suite, task, gold, overrides, model, each) for each in asked]
    return found


def _asked(suite: Suite, named: Sequence[str]) -> list[Asked]:
    """Return the prompts of a suite, those alone that are named; a new one as the suite asks."""
    if not named:
        return list(suite.prompts)
    return [
        each
        for version in dict.fromkeys(named)
        for each in [p for p in suite.prompts if p.version == version] or [Asked(version)]
    ]


def _with_answers(suite: Suite, overrides: Overrides, models: Sequence[str]) -> Overrides:
    """Return the overrides, and with them that nothing but recorded answers is used, if any are."""
    if suite.answers is None or not any(each != LEXICON for each in models):
        return overrides
    if overrides.settings.get("cache_dir") is not None:
        raise UsageError(
            f"{suite.path}: has recorded answers, which no other cache replaces; "
            "leave --cache-dir out"
        )
    kept = open_answers(suite.answers, _out(suite, overrides))
    closed = {"offline": True, "cache_dir": kept}
    return replace(overrides, settings={**overrides.settings, **closed})


def _check_documents(suite: Suite, gold: Gold) -> None:
    """Refuse a suite that sets documents apart which nobody labelled."""
    known = [each.id for each in gold.manifest.documents]
    for key, listed in (("holdout", suite.holdout), ("tuned_on", suite.tuned_on)):
        for each in listed:
            if each not in known:
                there = ", ".join(known)
                raise ProjectError(f"{suite.path}: {key}: {each!r} has no gold, use one of {there}")


def _offline(suite: Suite, task: Task, gold: Gold, overrides: Overrides) -> Trial:
    """Return the trial of the offline baseline, which says the same each time."""
    named = {"task": task.name, "model": LEXICON, "repeat": 1}
    given = {**suite.settings, **overrides.settings, **named}
    resolved = resolve_settings(given)
    lexicon = task.lexicon.read_bytes() if task.lexicon else b""
    digest = _digest(suite, task, resolved, [hashlib.sha256(lexicon).hexdigest()])
    folder = _out(suite, overrides) / f"{LEXICON}-{digest}"
    return Trial(suite, task, gold, LEXICON, None, 1, folder, given)


def _asking(
    suite: Suite, task: Task, gold: Gold, overrides: Overrides, model: str, asked: Asked
) -> Trial:
    """Return the trial of a language model."""
    repeat = overrides.repeat or asked.repeats or suite.repeats
    named = {"task": task.name, "model": model, "prompt": asked.version, "repeat": repeat}
    given = {**suite.settings, **asked.settings, **overrides.settings, **named}
    resolved = resolve_settings(given)
    made = model_specification(task, resolved)
    mode, prompt = made.mode, made.prompt
    parts = [
        *(made.model, made.endpoint, mode.name, mode.strict, made.repairs, prompt.fingerprint),
        *made.departures,
    ]
    digest = _digest(suite, task, resolved, parts)
    several = f"-x{repeat}" if repeat > 1 else ""  # so that no other repeats stand beside these
    folder = _out(suite, overrides) / _safe(f"{asked.version}-{model}-{digest}{several}")
    return Trial(suite, task, gold, model, prompt, repeat, folder, given, made.price, asked)


def _digest(suite: Suite, task: Task, resolved: Settings, parts: Sequence[object]) -> str:
    """Return a short hash of what makes the run of a trial another one."""
    common = [task.schema.fingerprint, resolved.chunk_size, resolved.encoding]
    documents = [path.as_posix() for path in _near(suite.documents)]
    return hashlib.sha256(json.dumps([*common, *documents, *parts]).encode()).hexdigest()[:8]


def _out(suite: Suite, overrides: Overrides) -> Path:
    return overrides.out or Path("runs") / "eval" / suite.name


def _safe(name: str) -> str:
    """Return a name as that of a folder; its end, which tells trials apart, is kept."""
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in name)[-80:].strip(".-")


def _near(paths: Iterable[Path]) -> list[Path]:
    """Return paths relative to the current folder where they are below it."""
    here = Path.cwd()
    return [path.relative_to(here) if path.is_relative_to(here) else path for path in paths]


# ---- Running ----


def run_trial(
    trial: Trial, cap: float | None = None, on_progress: Callable[[Progress], None] | None = None
) -> tuple[Run, ...]:
    """Run a trial, or finish its run; return a run for each repeat.

    `cap` is the most that the trial may cost in US dollars, what it has spent before included.

    Raises:
        Stopped: where the endpoint or the cap ended it early; what was answered is kept.
    """
    given = {**trial.given, **({} if cap is None else {"max_cost": cap})}
    run(trial.inputs, out=trial.folder, on_progress=on_progress, **given)
    return tuple(map(Run, trial.folders))


def spent(trial: Trial) -> float:
    """Return what the runs of a trial have spent so far, in US dollars, earlier ones included."""
    return budget.spent(budget.journal_of(trial.folder))
