"""What was read from an annotation tool: documents with their annotations, and what went wrong.

A place that cannot be read never loses the rest: it becomes a `Problem`, and reading goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from annotate.formats.annotated_document import Sheet


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read, or not as it stands there.

    Attributes:
        place: the file with its line, task or region.
        message: what is wrong and what to do.
        document: id of the document, "" where it is not known or could not be read at all.
        item: what was not read, where something came of the rest of the document.
        lost: whether something was left out; else it was read, and deserves a look.
    """

    place: str
    message: str
    document: str = ""
    item: JsonValue = None
    lost: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The content of one source.

    Attributes:
        tool: the format it was read from.
        source: the file or folder, as it was named.
        digest: SHA-256 of what was read.
        origin: what our export said about where it came from; {} where it was not our export.
        exported: how many annotations that export held.
    """

    tool: str
    source: str
    digest: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]
    origin: Mapping[str, JsonValue] = field(default_factory=dict)
    exported: int = 0


def with_remarks(kept: Mapping[str, JsonValue], remarks: Sequence[str]) -> dict[str, JsonValue]:
    """Return what is kept of a mark with remarks behind its note."""
    note = kept.get("note")
    lines = [note, *remarks] if isinstance(note, str) and note else [*remarks]
    return {**kept, "note": "\n".join(lines)} if remarks else {**kept}
