"""Draft a project for a task, and put it where its owner wants it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from annotate.drafting.from_examples import draft_task
from annotate.drafting.skeleton import draft_skeleton
from annotate.errors import UsageError
from annotate.files import SafeNames
from annotate.project.contents import tasks_in
from annotate.project.create import write_project
from annotate.project.roots import bundled_content

_NAME = re.compile("[A-Za-z][A-Za-z0-9_]{0,59}")


def draft_project(folder: Path, name: str) -> list[Path]:
    """Write a project with a task of two sample categories; return what it is made of.

    Raises:
        UsageError: for a name that no task can have, where a file would be overwritten, or where
            the folder cannot be written.
    """
    return write_project(folder, draft_skeleton(checked_name(name)))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A project that was drafted from examples.

    Attributes:
        written: its files.
        summary: what became of the examples, a sentence a line.
    """

    written: list[Path]
    summary: tuple[str, ...]


def draft_from_examples(
    folder: Path, name: str, examples: Path, *, encoding: str = "utf-8"
) -> Drafted:
    """Write a project whose task is what a table of examples shows.

    Args:
        folder: of the project.
        name: of the task.
        examples: a file of CSV or JSON Lines with the columns text, quote and category.
        encoding: of a file that does not tell its own.

    Raises:
        UsageError: as `draft_project`, and with every problem of the file.
    """
    files, summary = draft_task(checked_name(name), examples, encoding)
    return Drafted(write_project(folder, files), summary)


def checked_name(name: str) -> str:
    """Return the name of a task.

    Raises:
        UsageError: where no file of a schema can be named so on every system, or one that comes
            along is.
    """
    if not _is_name(name):
        better = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:60].rstrip("_")
        hint = f", such as {better}" if _is_name(better) else ""
        raise UsageError(
            f"--task {name[:80]!r}: names a Python file, so use up to 60 letters, digits and _, "
            f"with a letter first{hint}"
        )
    if name in tasks_in(bundled_content()):
        raise UsageError(f"--task {name}: a task of this name comes along; take another name")
    return name


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and SafeNames("").of(name) == name  # no device of Windows
