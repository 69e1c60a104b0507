"""Settings of a run: a flag, else the environment, else annotate.toml, else a default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import partial
from math import inf
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from annotate.documents.chunking import DEFAULT_SIZE, Chunker, chunk
from annotate.errors import ProjectError, UsageError
from annotate.project.roots import SETTINGS_FILE, find_project
from annotate.project.tasks import DEFAULT_TASK, Task, load_task

_PREFIX = "ANNOTATE_"
DEFAULT_PROMPT = "v1"
LEXICON = "lexicon"
"""The name of the offline baseline among models: whoever names it asks no language model."""


class Settings(BaseModel):
    """What a run can be told; each may be set as ANNOTATE_<NAME> or in `annotate.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str = DEFAULT_TASK
    chunk_size: int = Field(default=DEFAULT_SIZE, ge=200, le=1_000_000)
    encoding: str = "utf-8"
    # Only a named model spends: a key in the environment alone never does.
    model: str | None = Field(default=None, min_length=1)
    prompt: str = DEFAULT_PROMPT
    base_url: str = "https://api.openai.com/v1"
    mode: Literal["auto", "json_schema", "tools", "json"] = "auto"
    strict: bool = True
    repeat: int = Field(default=1, ge=1, le=1000)
    repairs: int = Field(default=2, ge=0, le=10)
    concurrency: int = Field(default=16, ge=1, le=1024)
    rpm: float | None = Field(default=None, gt=0)
    tpm: float | None = Field(default=None, gt=0)
    timeout: float = Field(default=300.0, gt=0)
    max_cost: float | None = Field(default=None, ge=0)
    max_requests: int | None = Field(default=None, ge=0)
    price: tuple[float, float] | None = None
    offline: bool = False
    retry_failed: bool = False
    cache_dir: Path | None = None

    @property
    def chunker(self) -> Chunker:
        """What cuts a document into chunks: another chunker is named here and nowhere else."""
        return partial(chunk, size=self.chunk_size)

    @field_validator("price", mode="before")
    @classmethod
    def _two_numbers(cls, value: Any) -> Any:
        """Read "0.15,0.6" as it is typed on a command line."""
        try:
            first, second = map(float, value.split(",") if isinstance(value, str) else value)
        except (TypeError, ValueError):
            first = second = -1.0
        if not (0 <= first < inf and 0 <= second < inf):
            raise ValueError("needs two prices, in US dollars a million tokens, as in 0.15,0.6")
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
    environment = os.environ if environment is None else environment
    project = find_project(start)
    from_file = read_settings(start)
    file = str(project / SETTINGS_FILE) if project else SETTINGS_FILE
    _known(from_file, f"{file}: ", ProjectError)
    if project and isinstance(from_file.get("cache_dir"), str):
        from_file["cache_dir"] = project / from_file["cache_dir"]
    names = {name: f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    from_environment = {n: environment[v] for n, v in names.items() if environment.get(v)}
    if (base := environment.get("OPENAI_BASE_URL")) and "base_url" not in from_environment:
        from_environment["base_url"], names["base_url"] = base, "OPENAI_BASE_URL"
    given = {name: value for name, value in flags.items() if value is not None}
    _known(given, "", UsageError)
    try:
        return Settings.model_validate({**from_file, **from_environment, **given})
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        name = str(detail["loc"][0])
        said = detail["msg"].removeprefix("Value error, ")
        if name in given:
            raise UsageError(f"--{name.replace('_', '-')}: {said}") from None
        if name in from_environment:
            raise UsageError(f"{names[name]}: {said}") from None
        raise ProjectError(f"{file}: {name}: {said}") from None


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


def _known(settings: Mapping[str, Any], place: str, kind: type[UsageError]) -> None:
    for name in settings:
        if name not in Settings.model_fields:
            known = ", ".join(Settings.model_fields)
            raise kind(f"{place}{name}: unknown setting, there is {known}")
