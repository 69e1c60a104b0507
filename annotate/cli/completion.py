"""What a shell offers while somebody types: formats, tasks, prompts, suites, label sets, runs.

A shell starts the program for each of these, so that nothing heavy is imported, and nothing is said
where something is wrong: the command itself says it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

from annotate.formats.registry import Kind, names_of

Complete = Callable[..., list[str]]

_PLAIN = re.compile(r"[\w./@:+=,-]+")  # what no shell takes for anything else
_DEEPEST = 3  # folders below runs/ in which runs are looked for
_MOST = 200


def _quiet(names: Callable[[typer.Context, str], Iterable[str]]) -> Complete:
    """Return a completer that says nothing where it fails, and offers only what needs no quotes."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            found = list(names(ctx, incomplete))
        except Exception:  # a line of a traceback would be offered as a word
            return []
        return [name for name in dict.fromkeys(found) if _PLAIN.fullmatch(name)][:_MOST]

    return complete


def formats(*kinds: Kind) -> Complete:
    """Return what completes the names of formats of these kinds."""
    return _quiet(lambda _ctx, _incomplete: names_of(*kinds))


def words(*known: str) -> Complete:
    """Return what completes one of some words."""
    return _quiet(lambda _ctx, _incomplete: known)


@_quiet
def tasks(_ctx: typer.Context, _incomplete: str) -> Iterable[str]:
    """Offer the tasks that can be run from here."""
    return _all_tasks()


@_quiet
def prompts(ctx: typer.Context, _incomplete: str) -> Iterable[str]:
    """Offer the prompts of the task that is typed or set, of all tasks where there is none."""
    from annotate.project.contents import prompts_in
    from annotate.project.roots import content_roots

    typed = ctx.params.get("task") or ctx.params.get("name")
    task = typed or os.environ.get("ANNOTATE_TASK") or _settings().get("task")
    asked = [task] if task else _all_tasks()
    return (name for root in content_roots() for each in asked for name in prompts_in(root, each))


@_quiet
def models(_ctx: typer.Context, _incomplete: str) -> Iterable[str]:
    """Offer the models that annotate.toml has a profile of, and the offline baseline."""
    return ("lexicon", *_settings().get("models", ()))


@_quiet
def suites(_ctx: typer.Context, _incomplete: str) -> Iterable[str]:
    """Offer the suites that can be used from here."""
    from annotate.project.contents import suites_in
    from annotate.project.roots import content_roots

    return (name for root in content_roots() for name in suites_in(root))


@_quiet
def label_sets(_ctx: typer.Context, _incomplete: str) -> Iterable[str]:
    """Offer the label sets that tasks have tables for."""
    from annotate.project.contents import crosswalks_in
    from annotate.project.roots import content_roots

    return (
        name
        for root in content_roots()
        for task in _all_tasks()
        for name in crosswalks_in(root, task)
    )


@_quiet
def runs(_ctx: typer.Context, incomplete: str) -> Iterable[str]:
    """Offer the runs below `runs`, and those in the folder that is typed.

    Where there is none, shells offer files and folders.
    """
    return _runs(incomplete)


@_quiet
def runs_or_baseline(_ctx: typer.Context, incomplete: str) -> Iterable[str]:
    """Offer runs, and the word that stands for the committed baseline."""
    return ("baseline", *_runs(incomplete))


def _runs(incomplete: str) -> list[str]:
    typed = Path(incomplete[: incomplete.rfind("/") + 1])
    found = [*_below(Path("runs"), _DEEPEST), *_below(typed, 1)]
    return sorted(str(path) for path in found if str(path).startswith(incomplete))


def _below(folder: Path, deep: int) -> Iterable[Path]:
    """Yield the runs below a folder, so many folders deep; in a run there is no other."""
    if not folder.is_dir():
        return
    for each in sorted(folder.iterdir()):
        if not each.is_dir() or each.name.startswith("."):
            continue
        if (each / "manifest.json").is_file():
            yield each
        elif deep > 1:
            yield from _below(each, deep - 1)


def _all_tasks() -> list[str]:
    from annotate.project.contents import tasks_in
    from annotate.project.roots import content_roots

    return sorted({name for root in content_roots() for name in tasks_in(root)})


def _settings() -> Mapping[str, Any]:
    """Return what annotate.toml says, {} where there is none."""
    from annotate.project.roots import SETTINGS_FILE, find_project

    project = find_project()
    if project is None:
        return {}
    return tomllib.loads((project / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
