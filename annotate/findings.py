"""What a check finds: what is wrong, where it stands, and what to do about it.

Every check of files that people write returns these: of schemas, lexicons, prompts, settings,
suites and gold. A command that cannot go on raises those that stop it, all at once, as one
`annotate.errors.ProjectError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pydantic import JsonValue

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong (an error), or that deserves a look (a warning).

    Attributes:
        line: of the file, from 1; None where it concerns the whole of it.
        remedy: what to do about it.
    """

    severity: Severity
    file: Path
    line: int | None
    message: str
    remedy: str

    @property
    def is_error(self) -> bool:
        """Whether it has to be put right."""
        return self.severity == "error"

    @property
    def place(self) -> str:
        """The file with the line."""
        return f"{self.file}:{self.line}" if self.line else str(self.file)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}; {self.remedy}"

    def to_json(self) -> dict[str, JsonValue]:
        """Return the finding with its file as a string."""
        return {**asdict(self), "file": str(self.file)}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file and line, each said once."""
    once = dict.fromkeys(findings)
    return sorted(once, key=lambda each: (each.file.as_posix(), each.line or 0, each.severity))
