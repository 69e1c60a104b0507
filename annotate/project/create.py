"""Make a project: files in a folder that are there to be changed.

The default task of the package, copied out, is one; others are drafted in `annotate.drafting`. It
reads no content; that a copied schema loads is the business of `annotate.project.tasks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

from annotate.errors import UsageError
from annotate.files import whole_folder, write_file
from annotate.project.contents import tasks_in
from annotate.project.roots import SETTINGS_FILE, bundled_content
from annotate.project.tasks import DEFAULT_TASK

_TEMPLATE = f"""\
# A project of `annotate`. Flags and ANNOTATE_* variables go before what is set here.
# task = "{DEFAULT_TASK}"         # which file of schemas/ to annotate with
# chunk_size = 4000       # characters that are read in one piece, at most
# encoding = "utf-8"      # of files that do not tell theirs
"""


def create_project(folder: Path) -> list[Path]:
    """Copy the default task into `folder` as a project; return what it is made of.

    Raises:
        UsageError: where a file would be overwritten, or the folder cannot be written.
    """
    root = bundled_content()
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in _content(root)}
    return write_project(folder, {**files, SETTINGS_FILE: _TEMPLATE.encode()})


def write_project(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files of a project, `annotate.toml` among them; return them, that one first.

    A new folder appears whole. In one that is there the settings come last, and the same call again
    goes on where one was killed.

    Args:
        folder: of the project.
        files: contents by path, relative to the folder.

    Raises:
        UsageError: where a file would be overwritten, or the folder cannot be written.
    """
    content = {name: content for name, content in files.items() if name != SETTINGS_FILE}
    for name in (SETTINGS_FILE, *content):
        target = folder / name
        if target.exists() and not _holds(target, content.get(name)):
            raise UsageError(f"{target} exists already; name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with nullcontext(folder) if folder.exists() else whole_folder(folder) as place:
            for name in (*content, SETTINGS_FILE):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                write_file(place / name, files[name])
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return [folder / name for name in (SETTINGS_FILE, *content)]


def _holds(file: Path, content: bytes | None) -> bool:
    return content is not None and file.is_file() and file.read_bytes() == content


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
