"""Make a project: the package's content, copied out to be changed.

It reads no content; that a copied schema loads is the business of `annotate.project.tasks`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from annotate.errors import UsageError
from annotate.project.roots import SETTINGS_FILE, bundled_content
from annotate.project.tasks import DEFAULT_TASK

_TEMPLATE = f"""\
# A project of `annotate`. Flags and ANNOTATE_* variables go before what is set here.
# task = "{DEFAULT_TASK}"         # which file of schemas/ to annotate with
# chunk_size = 4000       # characters that are read in one piece, at most
# encoding = "utf-8"      # of the input files
"""


def create_project(folder: Path) -> list[Path]:
    """Copy the package's content into `folder` as a project; return what was written.

    Raises:
        UsageError: where a file would be overwritten, or the folder cannot be written.
    """
    root = bundled_content()
    targets = {path: folder / path.relative_to(root) for path in _content(root)}
    settings = folder / SETTINGS_FILE
    for target in (settings, *targets.values()):
        if target.exists():
            raise UsageError(f"{target} exists already; name a new folder")
    try:
        for source, target in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        settings.write_text(_TEMPLATE, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return [settings, *targets.values()]


def _content(root: Path) -> Iterator[Path]:
    """Yield the files of content; in a checkout compiled schemas lie among them."""
    for part in ("schemas", "prompts", "eval"):
        for path in sorted((root / part).rglob("*")):
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".pyc":
                yield path
