"""The worked examples of a prompt: texts with the annotations that are right for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.findings import Finding

_REMEDY = 'write {"text": "…", "annotations": [{…}], "context": ["…"]} on one line'


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


def parse_examples(text: str, path: Path) -> tuple[tuple[Example, ...], list[Finding]]:
    """Return the examples in a text of JSON Lines, and what is wrong with its other lines."""
    examples, faults = [], []
    # Not splitlines(): that also ends lines at characters that JSON strings may hold as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = _ExampleRow.model_validate_json(line)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                place = ".".join(str(part) for part in detail["loc"]) or "the line"
                said = f"{place}: {detail['msg']}"
                faults.append(Finding("error", path, number, said, _REMEDY))
        else:
            examples.append(Example(row.text, tuple(row.annotations), tuple(row.context), number))
    return tuple(examples), faults
