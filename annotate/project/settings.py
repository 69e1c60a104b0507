"""Settings of a run: a flag, else the environment, else annotate.toml, else a default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import partial
from math import inf
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from annotate.documents.chunking import DEFAULT_SIZE, Chunker, chunk
from annotate.errors import ProjectError, UsageError
from annotate.project.response_modes import ModeName
from annotate.project.roots import SETTINGS_FILE, find_project
from annotate.project.tasks import DEFAULT_TASK, Task, load_task

_PREFIX = "ANNOTATE_"
DEFAULT_PROMPT = "v1"
LEXICON = "lexicon"
"""The name of the offline baseline among models: whoever names it asks no language model."""


class Settings(BaseModel):
    """What a run can be told; each may be set as ANNOTATE_<NAME> or in `annotate.toml`.

    Sizes are in characters, `timeout` in seconds, costs in US dollars; `price` is that of a million
    tokens, read and written. What each is for, `annotate run --help` says.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str = DEFAULT_TASK
    chunk_size: int = Field(default=DEFAULT_SIZE, ge=200, le=1_000_000)
    encoding: str = "utf-8"
    follow_links: bool = False
    furniture: bool = False
    # Only a named model spends: a key in the environment alone never does.
    model: str | None = Field(default=None, min_length=1)
    prompt: str = DEFAULT_PROMPT
    base_url: str = Field(default="https://api.openai.com/v1", repr=False)  # with its credentials
    mode: Literal["auto", ModeName] = "auto"
    strict: bool = True
    repeat: int = Field(default=1, ge=1, le=1000)
    repairs: int = Field(default=2, ge=0, le=10)
    concurrency: int = Field(default=16, ge=1, le=1024)
    rpm: float | None = Field(default=None, gt=0)
    tpm: float | None = Field(default=None, gt=0)
    timeout: float = Field(default=300.0, gt=0)
    max_cost: float | None = Field(default=None, ge=0)
    max_requests: int | None = Field(default=None, ge=0)
    give_up_after: int = Field(default=8, ge=0, le=10_000)
    price: tuple[float, float] | None = None
    offline: bool = False
    retry_failed: bool = False
    cache_dir: Path | None = None

    @property
    def chunker(self) -> Chunker:
        """What divides a document into chunks. Another chunker is named here and nowhere else."""
        return partial(chunk, size=self.chunk_size, furniture=self.furniture)

    @field_validator("price", mode="before")
    @classmethod
    def _two_numbers(cls, value: Any) -> Any:
        """Read "0.15,0.6" as it is typed on a command line."""
        try:
            first, second = map(float, value.split(",") if isinstance(value, str) else value)
        except (TypeError, ValueError):
            first = second = -1.0
        if not (0 <= first < inf and 0 <= second < inf):
            raise ValueError("needs two prices, in US dollars per million tokens, as in 0.15,0.6")
        return first, second

    @field_validator("model")
    @classmethod
    def _asks_nobody(cls, value: str | None) -> str | None:
        return None if value == LEXICON else value

    @field_validator("base_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("needs http:// or https://")
        return value


def resolve_settings(
    flags: Mapping[str, Any],
    *,
    start: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings that hold for `flags` (None means not given) at the folder `start`.

    Raises:
        UsageError: for a value that cannot be used, naming where it was set.
    """
    from_file = _from_file(start)
    from_environment = _from_environment(os.environ if environment is None else environment)
    found = from_file | from_environment | _from_flags(flags)  # the last one goes before the others
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


def _from_file(start: Path | None) -> dict[str, _Found]:
    project = find_project(start)
    if project is None:
        return {}
    values = read_settings(start)
    place = f"{project / SETTINGS_FILE}: "
    _check_names(values, place, ProjectError)
    if isinstance(values.get("cache_dir"), str):
        values["cache_dir"] = project / values["cache_dir"]  # not below the current folder
    return {name: _Found(each, f"{place}{name}", ProjectError) for name, each in values.items()}


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
