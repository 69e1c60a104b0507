"""What stands in a content root, by name: tasks, prompts, suites. Files are listed, none is read.

It imports nothing heavy: a shell asks for these names while somebody types.
"""

from __future__ import annotations

from pathlib import Path

SUITES = Path("eval", "suites")


def tasks_in(root: Path) -> list[str]:
    """Return the names of the tasks whose schemas stand in a content root."""
    files = (root / "schemas").glob("*.py")
    return [path.stem for path in files if path.stem.isidentifier() and path.stem[0] != "_"]


def crosswalks_in(root: Path, task: str) -> dict[str, Path]:
    """Return the tables that say a task in other label sets, by the names of these."""
    tables = (root / "schemas" / f"{task}.crosswalks").glob("*.toml")
    return {path.stem: path for path in sorted(tables)}


def prompts_in(root: Path, task: str) -> list[str]:
    """Return the versions of a task's prompt, in the order of their names."""
    return sorted(path.stem for path in (root / "prompts" / task).glob("*.md"))


def suites_in(root: Path) -> dict[str, Path]:
    """Return the files of suites, by name."""
    return {path.stem: path for path in sorted((root / SUITES).glob("*.toml"))}
