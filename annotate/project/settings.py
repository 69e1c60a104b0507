"""Settings of a run: a flag, else the environment, else annotate.toml, else a default.

In annotate.toml the profile of the model that is asked goes before what is set for all models. What
a language model is asked with by default, the prompts of the task say.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError, field_validator

from annotate.documents.chunking import DEFAULT_SIZE, Chunker, chunk
from annotate.errors import ProjectError, UsageError
from annotate.project.profiles import PROFILE_NAMES, Profile, unknown_names
from annotate.project.prompts import FIRST_PROMPT, prompt_defaults
from annotate.project.roots import SETTINGS_FILE, find_project
from annotate.project.tasks import DEFAULT_TASK, Task, load_task

_PREFIX = "ANNOTATE_"
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
    chunk_size: int = Field(default=DEFAULT_SIZE, ge=200, le=1_000_000)
    encoding: str = "utf-8"
    follow_links: bool = False
    furniture: bool = False
    # Only a named model spends: a key in the environment alone never does.
    model: str | None = Field(default=None, min_length=1)
    prompt: str = FIRST_PROMPT
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
    from_file, profiles = _from_file(start)
    from_environment = _from_environment(os.environ if environment is None else environment)
    typed = from_environment | _from_flags(flags)  # the later one goes before the other
    asked = typed.get("model") or from_file.get("model")
    profile = profiles.get(str(asked.value), {}) if asked is not None else {}
    found = from_file | profile | typed
    if "model" in profile:  # how the endpoint calls what was typed
        found["model"] = profile["model"]
    if asking or (asking is None and asked is not None and found["model"].value != LEXICON):
        found = _from_prompts(found, start) | found
    try:
        return Settings.model_validate({name: each.value for name, each in found.items()})
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        wrong = found[str(detail["loc"][0])]
        said = detail["msg"].removeprefix("Value error, ")
        raise wrong.error(f"{wrong.place}: {said}") from None


class _Found(NamedTuple):
    """A value as it was found, where that is, and what to raise if it cannot be used."""

    value: Any
    place: str
    error: type[UsageError] = UsageError


def _from_prompts(found: Mapping[str, _Found], start: Path | None) -> dict[str, _Found]:
    """Return what the prompts of the task say, for what is found nowhere else."""
    task = str(found["task"].value) if "task" in found else DEFAULT_TASK
    stated = prompt_defaults(task, start)
    prompt = found["prompt"].value if "prompt" in found else stated.prompt
    said = {"prompt": _Found(prompt, f"{stated.path}: prompt", ProjectError)}
    if stated.chunk_size is not None and prompt == stated.prompt:
        said["chunk_size"] = _Found(stated.chunk_size, f"{stated.path}: chunk_size", ProjectError)
    return said


def _from_flags(flags: Mapping[str, Any]) -> dict[str, _Found]:
    given = {name: value for name, value in flags.items() if value is not None}
    _check_names(given, "", UsageError)
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


def _from_file(start: Path | None) -> tuple[dict[str, _Found], dict[str, dict[str, _Found]]]:
    """Return the settings of annotate.toml that hold for all models, and the profile of each."""
    project = find_project(start)
    if project is None:
        return {}, {}
    values = read_settings(start)
    place = f"{project / SETTINGS_FILE}: "
    profiles = _profiles(values.pop(PROFILES, {}), place)
    _check_names(values, place, ProjectError)
    if isinstance(values.get("cache_dir"), str):
        values["cache_dir"] = project / values["cache_dir"]  # not below the current folder
    found = {name: _Found(each, f"{place}{name}", ProjectError) for name, each in values.items()}
    return found, profiles


def _profiles(tables: Any, place: str) -> dict[str, dict[str, _Found]]:
    if not isinstance(tables, dict):
        raise ProjectError(f'{place}{PROFILES}: needs a table for each model, [{PROFILES}."NAME"]')
    found: dict[str, dict[str, _Found]] = {}
    for model, table in tables.items():
        said = f"{place}{profile_header(model)}"
        if not isinstance(table, dict):
            raise ProjectError(f"{said}: needs a table")
        for name in unknown_names(table):
            if isinstance(table[name], dict):  # as [models.gpt-4.1] is read
                raise ProjectError(f"{said}: quote a name that has a dot in it; needs a table")
            known = ", ".join(PROFILE_NAMES)
            raise ProjectError(f"{said} {name}: no setting of a model, there is {known}")
        found[model] = {
            name: _Found(each, f"{said} {name}", ProjectError) for name, each in table.items()
        }
    return found


def profile_header(model: str) -> str:
    """Return the line above the profile of a model."""
    # A string of JSON is one of TOML, too.
    return f"[{PROFILES}.{json.dumps(model, ensure_ascii=False)}]"


def _check_names(settings: Mapping[str, Any], place: str, kind: type[UsageError]) -> None:
    for name in settings:
        if name not in Settings.model_fields:
            known = ", ".join(Settings.model_fields)
            raise kind(f"{place}{name}: unknown setting, there is {known}")


def resolve_task(name: str | None = None) -> Task:
    """Load the task `name`, without one the task that the settings name.

    Raises:
        ProjectError: where there is no such task, or its file cannot be used.
    """
    return load_task(resolve_settings({"task": name}).task)


def read_settings(start: Path | None = None) -> dict[str, Any]:
    """Return what the `annotate.toml` of the project around `start` sets; {} without a project.

    Raises:
        ProjectError: where the file cannot be read.
    """
    project = find_project(start)
    if project is None:
        return {}
    path = project / SETTINGS_FILE
    try:
        # Editors on Windows put a byte order mark before UTF-8; TOML itself does not allow one.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: {error}") from None
