"""Where content is looked for: the project around a folder, then what the package brings along.

A project is a folder with `annotate.toml`, `schemas/`, `prompts/` and `eval/`. What its files say
is not known here.
"""

from __future__ import annotations

from pathlib import Path

from annotate.errors import UsageError

SETTINGS_FILE = "annotate.toml"
_PACKAGE = Path(__file__).resolve().parents[1]


def find_project(start: Path | None = None) -> Path | None:
    """Return the nearest folder at or above `start` that holds `annotate.toml`.

    Raises:
        UsageError: where the current folder no longer exists.
    """
    try:
        here = (start or Path.cwd()).resolve()
    except OSError:
        raise UsageError("the current folder is gone; change into another one") from None
    return next(
        (folder for folder in (here, *here.parents) if (folder / SETTINGS_FILE).is_file()), None
    )


def bundled_content() -> Path:
    """Return the content of the package: inside the wheel, or the checkout that it is run from."""
    bundled = _PACKAGE / "_bundled"  # where the wheel puts it; pyproject.toml says so
    return bundled if bundled.is_dir() else _PACKAGE.parent


def content_roots(start: Path | None = None) -> list[Path]:
    """Return where content is looked for, first match first."""
    roots = [find_project(start), bundled_content()]
    return list(dict.fromkeys(root for root in roots if root is not None))
