"""Make a project: the package's content, copied out to be changed.

It reads no content; that a copied schema loads is the business of `annotate.project.tasks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from annotate.errors import UsageError
from annotate.files import is_same, whole_folder, write_file
from annotate.project.roots import SETTINGS_FILE, bundled_content
from annotate.project.tasks import DEFAULT_TASK, tasks_in

_TEMPLATE = f"""\
# A project of `annotate`. Flags and ANNOTATE_* variables go before what is set here.
# task = "{DEFAULT_TASK}"         # which file of schemas/ to annotate with
# chunk_size = 4000       # characters that are read in one piece, at most
# encoding = "utf-8"      # of files that do not tell theirs
"""


def create_project(folder: Path) -> list[Path]:
    """Copy the package's content into `folder` as a project; return what it is made of.

    A new folder appears whole. In one that is there the settings come last, and the same call again
    goes on where one was killed.

    Raises:
        UsageError: where a file would be overwritten, or the folder cannot be written.
    """
    root = bundled_content()
    names = [path.relative_to(root) for path in _content(root)]
    settings = folder / SETTINGS_FILE
    for target in (settings, *(folder / name for name in names)):
        same = target != settings and is_same(root / target.relative_to(folder), target)
        if target.exists() and not same:
            raise UsageError(f"{target} exists already; name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with nullcontext(folder) if folder.exists() else whole_folder(folder) as place:
            for name in names:
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                write_file(place / name, (root / name).read_bytes())
            write_file(place / SETTINGS_FILE, _TEMPLATE.encode())
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return [settings, *(folder / name for name in names)]


def _content(root: Path) -> Iterator[Path]:
    """Yield the files of the default task; in a checkout compiled schemas lie among them.

    What belongs to another task bears its name: a folder, or a file up to its first full stop.
    """
    others = {*tasks_in(root)} - {DEFAULT_TASK}
    for part in ("schemas", "prompts", "eval"):
        for path in sorted((root / part).rglob("*")):
            hidden = path.name.startswith(".") or path.suffix == ".pyc"
            named = {part.partition(".")[0] for part in path.relative_to(root).parts}
            if path.is_file() and not hidden and named.isdisjoint(others):
                yield path
