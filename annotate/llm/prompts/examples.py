"""The worked examples of a prompt: texts with the annotations that are right for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.errors import ProjectError


@dataclass(frozen=True)
class Example:
    """A worked example: a text with the annotations that are right for it.

    Attributes:
        context: headings and stems that stand before the text.
        line: where it stands in its file, for messages.
    """

    text: str
    annotations: tuple[Mapping[str, Any], ...]
    context: tuple[str, ...] = ()
    line: int = 0


class _ExampleRow(BaseModel):
    """A line of an example file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(min_length=1)
    annotations: list[dict[str, Any]]
    context: list[str] = []


def parse_examples(text: str, path: Path) -> Iterator[Example]:
    """Yield the examples in the text of a JSON Lines file.

    Raises:
        ProjectError: for a line that is not an example; names the file and the line.
    """
    # Not splitlines(): that also ends lines at characters that JSON strings may hold as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = _ExampleRow.model_validate_json(line)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in detail["loc"]) or "the line"
            raise ProjectError(f"{path}:{number}: {place}: {detail['msg']}") from None
        yield Example(row.text, tuple(row.annotations), tuple(row.context), number)
