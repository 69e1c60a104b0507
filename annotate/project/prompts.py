"""What a task asks a language model with by default: `prompts/<task>/default.toml`.

    prompt = "v3"
    chunk_size = 12000

Both can be left out, and so can the file. The size is that of this prompt alone: another prompt has
the size of the settings. The prompts themselves are read where requests are made, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.errors import refuse
from annotate.findings import Finding
from annotate.project.tasks import task_root
from annotate.project.toml_file import TomlFile, read_toml

FIRST_PROMPT = "v1"
"""The prompt of a task that names none."""

ChunkSize = Annotated[int, Field(ge=200, le=1_000_000)]
"""How many characters a chunk may have."""

_REMEDY = "it holds prompt, a version, and chunk_size, its characters"


@dataclass(frozen=True, slots=True)
class PromptDefaults:
    """What `default.toml` of a task's prompts says.

    Attributes:
        path: the file, None where the task has none.
        prompt: the version that is asked with.
        chunk_size: in characters, None for that of the settings.
    """

    path: Path | None = None
    prompt: str = FIRST_PROMPT
    chunk_size: int | None = None


class _File(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: str = Field(default=FIRST_PROMPT, min_length=1)
    chunk_size: ChunkSize | None = None


def prompt_defaults(task: str, start: Path | None = None) -> PromptDefaults:
    """Return what a task asks with by default.

    Raises:
        ProjectError: where its file cannot be used; names the file and the line.
    """
    root = task_root(task, start)
    path = defaults_file(root, task) if root is not None else None
    if path is None or not path.is_file():
        return PromptDefaults()
    stated, faults = parse_defaults(read_toml(path))
    refuse(faults)
    return stated


def defaults_file(root: Path, task: str) -> Path:
    """Return where the defaults of a task stand in a content root, if it has any."""
    return root / "prompts" / task / "default.toml"


def parse_defaults(file: TomlFile) -> tuple[PromptDefaults, list[Finding]]:
    """Return what a file of defaults says, as far as it can be used, and what is wrong with it."""
    try:
        written = _File.model_validate(file.content)
    except ValidationError as error:
        return PromptDefaults(file.path), [
            file.error(each["loc"], f"{'.'.join(map(str, each['loc']))}: {each['msg']}", _REMEDY)
            for each in error.errors(include_url=False)
        ]
    return PromptDefaults(file.path, written.prompt, written.chunk_size), []
