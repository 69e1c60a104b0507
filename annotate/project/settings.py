"""Settings of a run: a flag, else the environment, else annotate.toml, else a default.

In annotate.toml the profile of the model that is asked goes before what is set for all models. What
a language model is asked with by default, the prompts of the task say.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError, field_validator

from annotate.documents.chunking import DEFAULT_SIZE, Chunker, chunk
from annotate.errors import ProjectError, UsageError, refuse
from annotate.findings import Finding, in_order
from annotate.project.profiles import PROFILE_NAMES, Profile, unknown_names
from annotate.project.prompts import FIRST_PROMPT, ChunkSize, prompt_defaults
from annotate.project.roots import SETTINGS_FILE, find_project
from annotate.project.tasks import DEFAULT_TASK, Task, load_task
from annotate.project.toml_file import TomlFile, read_toml
from annotate.project.toml_lines import Keys
from annotate.schema.spelling import there_is

_PREFIX = "ANNOTATE_"
DEFAULT_VERIFY_PROMPT = "v1"
PROFILES = "models"
"""The table of annotate.toml that holds a profile for each model."""

LEXICON = "lexicon"
"""The name of the offline baseline among models: whoever names it asks no language model."""


class Settings(Profile):
    """What a run can be told; each may be set as ANNOTATE_<NAME> or in `annotate.toml`.

    What is of one model can stand in its profile there, `[models."NAME"]`. Sizes are in characters,
    costs in US dollars. What each is for, `annotate run --help` says.
    """

    task: str = DEFAULT_TASK
    chunk_size: ChunkSize = DEFAULT_SIZE
    encoding: str = "utf-8"
    follow_links: bool = False
    furniture: bool = False
    # Only a named model spends: a key in the environment alone never does.
    model: str | None = Field(default=None, min_length=1)
    prompt: str = FIRST_PROMPT
    verify_prompt: str = DEFAULT_VERIFY_PROMPT
    per_request: int = Field(default=10, ge=1, le=200)
    workers: int = Field(default=1, ge=1, le=1000)
    repeat: int = Field(default=1, ge=1, le=1000)
    repairs: int = Field(default=2, ge=0, le=10)
    max_cost: float | None = Field(default=None, ge=0)
    max_requests: int | None = Field(default=None, ge=0)
    give_up_after: int = Field(default=8, ge=0, le=10_000)
    offline: bool = False
    retry_failed: bool = False
    cache_dir: Path | None = None

    @property
    def chunker(self) -> Chunker:
        """What divides a document into chunks. Another chunker is named here and nowhere else."""
        return partial(chunk, size=self.chunk_size, furniture=self.furniture)

    @field_validator("model")
    @classmethod
    def _asks_nobody(cls, value: str | None) -> str | None:
        return None if value == LEXICON else value


def resolve_settings(
    flags: Mapping[str, Any],
    *,
    start: Path | None = None,
    environment: Mapping[str, str] | None = None,
    asking: bool | None = None,
) -> Settings:
    """Return the settings that hold for `flags` (None means not given) at the folder `start`.

    With `asking` they are those of requests, even where no model is named; without it a model says.

    Raises:
        UsageError: for a value that cannot be used, naming where it was set.
    """
    file = _from_file(start)
    refuse(file.faults)
    from_environment = _from_environment(os.environ if environment is None else environment)
    typed = from_environment | _from_flags(flags)  # the later one goes before the other
    asked = typed.get("model") or file.settings.get("model")
    profile = file.profiles.get(str(asked.value), {}) if asked is not None else {}
    found = file.settings | profile | typed
    if "model" in profile:  # how the endpoint calls what was typed
        found["model"] = profile["model"]
    if asking or (asking is None and asked is not None and found["model"].value != LEXICON):
        found = _from_prompts(found, start) | found
    settings, wrong = _validated(found)
    for each in wrong:
        raise each
    if settings is None:
        raise AssertionError("settings that are not valid have a fault")
    return settings


def check_settings(start: Path | None = None) -> list[Finding]:
    """Return what is wrong with the annotate.toml of the project around `start`, by line."""
    try:
        file = _from_file(start)
    except ProjectError as error:
        return list(error.findings)
    given = (file.settings, *file.profiles.values())
    errors = [error for each in given for error in _validated(each)[1]]
    wrong = [each for error in errors if isinstance(error, ProjectError) for each in error.findings]
    return in_order([*file.faults, *wrong])


def profiles_of(start: Path | None = None) -> dict[str, Settings]:
    """Return the settings that hold for each model that has a profile, where they can be used."""
    file = _from_file(start)
    found: dict[str, Settings] = {}
    for model, profile in file.profiles.items():
        named = {"model": _Found(model, "")}
        settings, _ = _validated(file.settings | named | profile)
        if settings is not None:
            found[model] = settings
    return found


def _validated(found: Mapping[str, _Found]) -> tuple[Settings | None, list[UsageError]]:
    """Return the settings that were found, None where they cannot be used, and why not."""
    try:
        return Settings.model_validate({name: each.value for name, each in found.items()}), []
    except ValidationError as error:
        return None, [
            found[str(detail["loc"][0])].refused(detail["msg"].removeprefix("Value error, "))
            for detail in error.errors(include_url=False)
        ]


class _Found(NamedTuple):
    """A value as it was found, and where that is: in a file, or what it is called elsewhere."""

    value: Any
    name: str
    file: TomlFile | None = None
    keys: Keys = ()

    def refused(self, said: str) -> UsageError:
        """Return what to raise if it cannot be used."""
        if self.file is None:
            return UsageError(f"{self.name}: {said}")
        return ProjectError.of([self.file.error(self.keys, f"{self.name}: {said}", "correct it")])


class _File(NamedTuple):
    """What annotate.toml sets for all models, and for each; and what is no setting in it."""

    settings: dict[str, _Found]
    profiles: dict[str, dict[str, _Found]]
    faults: list[Finding]


def _from_prompts(found: Mapping[str, _Found], start: Path | None) -> dict[str, _Found]:
    """Return what the prompts of the task say, for what is found nowhere else."""
    task = str(found["task"].value) if "task" in found else DEFAULT_TASK
    stated = prompt_defaults(task, start)
    prompt = found["prompt"].value if "prompt" in found else stated.prompt
    said = {"prompt": _Found(prompt, f"{stated.path}: prompt")}
    if stated.chunk_size is not None and prompt == stated.prompt:
        said["chunk_size"] = _Found(stated.chunk_size, f"{stated.path}: chunk_size")
    return said


def _from_flags(flags: Mapping[str, Any]) -> dict[str, _Found]:
    given = {name: value for name, value in flags.items() if value is not None}
    for name in _unknown(given):
        raise UsageError(f"{name}: unknown setting, there is {', '.join(Settings.model_fields)}")
    return {name: _Found(value, f"--{name.replace('_', '-')}") for name, value in given.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, _Found]:
    # Of two for one setting the later holds: ours, and not the one that OpenAI's client reads.
    names = [("base_url", "OPENAI_BASE_URL")]
    names += [(name, f"{_PREFIX}{name.upper()}") for name in Settings.model_fields]
    return {
        name: _Found(environment[variable], variable)
        for name, variable in names
        if environment.get(variable)
    }


def _from_file(start: Path | None) -> _File:
    file = settings_file(start)
    if file is None:
        return _File({}, {}, [])
    faults: list[Finding] = []
    values = dict(file.content)
    profiles = _profiles(values.pop(PROFILES, {}), file, faults)
    for name in _unknown(values):
        del values[name]
        known = (*Settings.model_fields, f"[{PROFILES}]")
        faults.append(file.error((name,), f"{name}: unknown setting", there_is(name, known)))
    if isinstance(values.get("cache_dir"), str):  # not below the current folder
        values["cache_dir"] = file.path.parent / values["cache_dir"]
    found = {name: _Found(each, name, file, (name,)) for name, each in values.items()}
    return _File(found, profiles, faults)


def _profiles(tables: Any, file: TomlFile, faults: list[Finding]) -> dict[str, dict[str, _Found]]:
    if not isinstance(tables, dict):
        said = f"{PROFILES}: is no table"
        remedy = f'needs a table for each model, [{PROFILES}."NAME"]'
        faults.append(file.error((PROFILES,), said, remedy))
        return {}
    found: dict[str, dict[str, _Found]] = {}
    for model, table in tables.items():
        said, keys = profile_header(model), (PROFILES, model)
        if not isinstance(table, dict):
            faults.append(file.error(keys, f"{said} is no table", "needs a table"))
            continue
        for name in unknown_names(table):
            if isinstance(table[name], dict):  # as [models.gpt-4.1] is read
                remedy = "quote a name that has a dot in it; each needs a table"
                fault = file.error((*keys, name), f"{said} {name}: is a table", remedy)
            else:
                remedy = there_is(name, PROFILE_NAMES)
                fault = file.error((*keys, name), f"{said} {name}: no setting of a model", remedy)
            faults.append(fault)
        found[model] = {
            name: _Found(each, f"{said} {name}", file, (*keys, name))
            for name, each in table.items()
            if name in PROFILE_NAMES
        }
    return found


def profile_header(model: str) -> str:
    """Return the line above the profile of a model."""
    # A string of JSON is one of TOML, too.
    return f"[{PROFILES}.{json.dumps(model, ensure_ascii=False)}]"


def _unknown(settings: Mapping[str, Any]) -> list[str]:
    return [name for name in settings if name not in Settings.model_fields]


def resolve_task(name: str | None = None) -> Task:
    """Load the task `name`, without one the task that the settings name.

    Raises:
        ProjectError: where there is no such task, or its file cannot be used.
    """
    return load_task(resolve_settings({"task": name}).task)


def task_of_settings(start: Path | None = None) -> str:
    """Return the task that the settings name, also where others of them cannot be used."""
    try:
        return resolve_settings({}, start=start).task
    except UsageError:
        try:
            found = read_settings(start).get("task")
        except ProjectError:
            found = None
        return found if isinstance(found, str) else DEFAULT_TASK


def read_settings(start: Path | None = None) -> dict[str, Any]:
    """Return what the `annotate.toml` of the project around `start` sets; {} without a project.

    Raises:
        ProjectError: where the file cannot be read.
    """
    file = settings_file(start)
    return dict(file.content) if file is not None else {}


def settings_file(start: Path | None = None) -> TomlFile | None:
    """Return the `annotate.toml` of the project around `start`, None without a project.

    Raises:
        ProjectError: where it cannot be read.
    """
    project = find_project(start)
    return read_toml(project / SETTINGS_FILE) if project is not None else None
