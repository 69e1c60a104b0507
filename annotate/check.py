"""Check a task: everything that a run, a score or an evaluation of it would read.

Each part is checked by the package that reads it; a command that reads a part refuses the errors
that the same check finds. This goes through all parts, so that no fault hides another one.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from annotate.crosswalks.check import check_crosswalks
from annotate.errors import ProjectError, UsageError
from annotate.findings import Finding, in_order
from annotate.gold.checks import check_gold
from annotate.lexicon.checks import check_lexicon
from annotate.llm.parameters import answer_limit, check_context, sent_parameters
from annotate.llm.prompts.checks import check_prompts
from annotate.llm.prompts.load import prompt_versions
from annotate.llm.prompts.prompt import Prompt
from annotate.project.contents import suites_in
from annotate.project.prompts import defaults_file, parse_defaults
from annotate.project.roots import SETTINGS_FILE, find_project
from annotate.project.settings import (
    PROFILES,
    check_settings,
    profile_header,
    profiles_of,
    settings_file,
)
from annotate.project.tasks import DEFAULT_TASK, Task, open_task, task_names, task_root
from annotate.project.time_limit import within
from annotate.project.toml_file import TomlFile, read_toml
from annotate.report.sentence_file import check_sentences
from annotate.schema.checks import check_schema
from annotate.schema.spelling import there_is
from annotate.suites.checks import check_suite, unprofiled
from annotate.suites.suite import Suite, parse_suite

LONGEST = 10.0
"""Seconds that a schema may take to load: what takes longer waits for something, or never ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a task that was looked at.

    Attributes:
        said: what it holds.
    """

    name: str
    said: str
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        """What has to be put right."""
        return [each for each in self.findings if each.is_error]

    def to_json(self) -> dict[str, JsonValue]:
        """Return the part as JSON."""
        findings: list[JsonValue] = [each.to_json() for each in self.findings]
        return {"part": self.name, "ok": not self.errors, "said": self.said, "findings": findings}


def check_task(name: str, start: Path | None = None) -> Iterator[Part]:
    """Yield each part of the task `name`, as soon as it is checked.

    Raises:
        ProjectError: where there is no such task.
    """
    project = find_project(start)
    if project is not None:
        yield _part("settings", str(project / SETTINGS_FILE), _of_settings(start))
    try:
        with within(LONGEST):
            task = open_task(name, start)
    except ProjectError as error:
        if not error.findings:  # nothing is wrong with a file: there is no such task
            raise
        yield _part("schema", "", error.findings)
        yield from _without_schema(name, start)
        return
    yield from _parts_of(task, start)


def errors_of(name: str, start: Path | None = None) -> list[Finding]:
    """Return what has to be put right in a task, but for the settings of its project."""
    parts = check_task(name, start)
    return [each for part in parts if part.name != "settings" for each in part.errors]


def _parts_of(task: Task, start: Path | None) -> Iterator[Part]:
    schema = task.schema
    count = f"{len(schema.categories)} categories"
    yield _part("schema", count, check_schema(schema, task.file))
    try:
        yield from _around(task, count, start)
    except RecursionError:  # of a type that holds itself, which is said already
        return


def _around(task: Task, count: str, start: Path | None) -> Iterator[Part]:
    """Yield the parts that stand around a schema."""
    schema = task.schema
    if task.lexicon is not None:
        said = f"cues for {_how_many(task, task.lexicon)} of {count}"
        yield _part("lexicon", said, check_lexicon(task.lexicon, schema))
    if task.sentences is not None:
        said = f"{_how_many(task, task.sentences, 'category')} of {count}"
        yield _part("sentences", said, check_sentences(task.sentences, schema))
    if task.crosswalks:
        yield _part("crosswalks", ", ".join(task.crosswalks), check_crosswalks(task))
    yield from _prompts(task, start)
    suites = list(_suites(task, start))
    yield from _gold(task, [suite for _, suite in suites if suite is not None])
    yield from (part for part, _ in suites)


def _without_schema(name: str, start: Path | None) -> Iterator[Part]:
    """Yield the files around a schema that cannot be read either, whatever it says."""
    root = task_root(name, start) or Path()
    for what in ("lexicon", "sentences"):
        path = root / "schemas" / f"{name}.{what}.toml"
        if path.is_file() and (found := _unreadable(path)):
            yield _part(what, path.name, found)
    for suite, path in suites_in(root).items():
        if found := _unreadable(path) or parse_suite(read_toml(path))[1]:
            yield _part(f"suite {suite}", path.name, found)


def _unreadable(path: Path) -> list[Finding]:
    try:
        read_toml(path)
    except ProjectError as error:
        return list(error.findings)
    return []


def _how_many(task: Task, path: Path, table: str = "") -> int:
    """Return how many categories of a task a file has something for; 0 where it cannot be read."""
    try:
        content = read_toml(path).content
    except ProjectError:
        return 0
    tables = content.get(table) if table else content
    return len(
        task.schema.categories.keys() & (tables if isinstance(tables, Mapping) else {}).keys()
    )


def _part(name: str, said: str, findings: Iterable[Finding]) -> Part:
    return Part(name, said, tuple(in_order(findings)))


# ---- Settings ----


def _of_settings(start: Path | None) -> Iterator[Finding]:
    yield from check_settings(start)
    try:
        file, profiles = settings_file(start), profiles_of(start)
    except ProjectError:  # a file that cannot be read, which is said already
        return
    if file is not None:
        yield from _of_names(file, start)
        yield from _of_the_model(file, profiles)


def _of_names(file: TomlFile, start: Path | None) -> Iterator[Finding]:
    """Find a task and a prompt of annotate.toml that there are not."""
    task, prompt = file.content.get("task", DEFAULT_TASK), file.content.get("prompt")
    names = task_names(start)
    if not isinstance(task, str):
        return
    if task not in names:
        yield file.error(("task",), f"task: {task!r} is not here", there_is(task, names))
    elif isinstance(prompt, str) and (root := task_root(task, start)) is not None:
        yield from _of_the_prompt(file, prompt, task, prompt_versions(root, task))


def _of_the_prompt(file: TomlFile, prompt: str, task: str, known: list[str]) -> Iterator[Finding]:
    """Find a prompt that a file names and a task does not have."""
    if prompt not in known:
        said = f"prompt: task {task} has no prompt {prompt!r}"
        yield file.error(("prompt",), said, there_is(prompt, known))


def _of_the_model(file: TomlFile, profiles: Iterable[str]) -> Iterator[Finding]:
    """Find a model and an encoding of annotate.toml that are misspelt, where that shows."""
    model, encoding = file.content.get("model"), file.content.get("encoding")
    if isinstance(model, str) and (near := unprofiled(model, profiles)):
        said = f"model: {model!r} has no profile"
        yield file.warning(("model",), said, f"{near!r} is the nearest that has one")
    if isinstance(encoding, str) and not _is_encoding(encoding):
        said = f"encoding: {encoding!r} is none"
        yield file.error(("encoding",), said, 'write one that Python knows, as in "cp1252"')


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


# ---- Prompts ----


def _prompts(task: Task, start: Path | None) -> Iterator[Part]:
    known: list[str] = []
    for each in check_prompts(task):
        known.append(each.version)
        found = [*each.findings, *(_room(each.prompt, start) if not each.findings else ())]
        count = len(each.prompt.examples) if each.prompt is not None else 0
        yield _part(f"prompt {each.version}", f"{count} examples validate and ground", found)
    path = defaults_file(task.root, task.name)
    if path.is_file():
        yield _part("default prompt", path.name, _of_defaults(path, task, known))
    if not known:
        said = f"none yet: a model needs prompts/{task.name}/v1.md"
        yield _part("prompts", said, [])


def _of_defaults(path: Path, task: Task, known: list[str]) -> list[Finding]:
    try:
        file = read_toml(path)
    except ProjectError as error:
        return list(error.findings)
    stated, found = parse_defaults(file)
    return found or list(_of_the_prompt(file, stated.prompt, task.name, known))


def _room(prompt: Prompt | None, start: Path | None) -> Iterator[Finding]:
    """Find models of annotate.toml whose context window a prompt does not fit into."""
    try:
        file, profiles = settings_file(start), profiles_of(start)
    except ProjectError:
        return
    if prompt is None or file is None:
        return
    for model, settings in profiles.items():
        try:
            sent = sent_parameters(prompt.head.parameters, settings)
            check_context(prompt, answer_limit(sent), settings.context)
        except ProjectError:
            return  # a template that cannot be rendered, which is said already
        except UsageError as error:
            message, _, remedy = str(error).rpartition("; ")
            said = f"{profile_header(model)} and prompt {prompt.name}: {message}"
            yield file.error((PROFILES, model, "context"), said, remedy)


# ---- Gold ----


def _gold(task: Task, suites: Iterable[Suite]) -> Iterator[Part]:
    """Yield the gold of a task, and that of its suites, with the documents that each is about."""
    about: dict[Path, list[Path]] = {}
    if task.gold_folder.is_dir():
        about[task.gold_folder] = [task.documents_folder] if task.documents_folder.is_dir() else []
    for suite in suites:
        if suite.gold.is_dir():
            known = about.setdefault(suite.gold, [])
            known += [each for each in suite.documents if each not in known]
    for folder, documents in about.items():
        found = check_gold(folder, documents, task.schema)
        inside = folder.is_relative_to(task.root)
        place = folder.relative_to(task.root).as_posix() if inside else str(folder)
        name = "gold" if folder == task.gold_folder else f"gold in {place}"
        count = len(found.gold.annotations) if found.gold is not None else 0
        more = f"; annotate gold check has {found.remarks} remarks" if found.remarks else ""
        yield _part(name, f"{count} annotations{more}", found.findings)


# ---- Suites ----


def _suites(task: Task, start: Path | None) -> Iterator[tuple[Part, Suite | None]]:
    """Yield the suites of a task, and those that belong to no task that there is."""
    names = task_names(start)
    for path in suites_in(task.root).values():
        name = f"suite {path.stem}"
        try:
            file = read_toml(path)
        except ProjectError as error:
            yield _part(name, path.name, error.findings), None
            continue
        own = file.content.get("task")
        if own == task.name:
            suite, found = check_suite(file, task, _profiles(start))
            yield _part(name, path.name, found), suite
        elif own not in names:
            yield _part(name, path.name, [_homeless(file, own, names)]), None


def _profiles(start: Path | None) -> list[str]:
    try:
        return [*profiles_of(start)]
    except ProjectError:
        return []


def _homeless(file: TomlFile, own: object, names: list[str]) -> Finding:
    if own is None:
        return file.error(("task",), "task: missing", "add it")
    return file.error(("task",), f"task: {own!r} is not here", there_is(str(own), names))
