"""What a task asks a language model with by default: `prompts/<task>/default.toml`.

    prompt = "v3"
    chunk_size = 12000

Both can be left out, and so can the file. The size is that of this prompt alone: another prompt has
the size of the settings. The prompts themselves are read where requests are made, not here.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.errors import ProjectError
from annotate.project.tasks import task_root

FIRST_PROMPT = "v1"
"""The prompt of a task that names none."""


class PromptDefaults(BaseModel):
    """What `default.toml` of a task's prompts says.

    Attributes:
        path: the file, None where the task has none.
        prompt: the version that is asked with.
        chunk_size: in characters, None for that of the settings.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    path: Annotated[Path | None, Field(exclude=True)] = None
    prompt: str = Field(default=FIRST_PROMPT, min_length=1)
    chunk_size: int | None = Field(default=None, ge=200, le=1_000_000)


def prompt_defaults(task: str, start: Path | None = None) -> PromptDefaults:
    """Return what a task asks with by default.

    Raises:
        ProjectError: where its file cannot be used.
    """
    root = task_root(task, start)
    path = root / "prompts" / task / "default.toml" if root is not None else None
    if path is None or not path.is_file():
        return PromptDefaults()
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return PromptDefaults.model_validate({**stated, "path": path})
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        name = ".".join(map(str, detail["loc"]))
        raise ProjectError(f"{path}: {name}: {detail['msg']}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: {error}") from None
