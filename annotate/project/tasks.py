"""Find a project's content and load its tasks.

A project is a folder with `annotate.toml`, `schemas/`, `prompts/` and `eval/`. Content is looked
for in the nearest ancestor with an `annotate.toml`, then in what the package brings along. A schema
file is Python and is executed, as pytest executes a conftest: open only projects that you trust.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import shutil
import sys
import tomllib
import traceback
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from annotate.errors import AnnotateError, ProjectError, UsageError
from annotate.schema.categories import Schema

SETTINGS_FILE = "annotate.toml"
DEFAULT_TASK = "privacy_policy"
_PACKAGE = Path(__file__).resolve().parents[1]
_TEMPLATE = """\
# A project of `annotate`. Flags and ANNOTATE_* variables go before what is set here.
# task = "{task}"         # which file of schemas/ to annotate with
# chunk_size = 4000       # characters that are read in one piece, at most
# encoding = "utf-8"      # of the input files
"""


@dataclass(frozen=True)
class Task:
    """A schema with what belongs to it.

    Attributes:
        name: the name of its file in `schemas/`.
        schema: its categories.
        lexicon: the cue file of the offline baseline, or None where the task has none.
        root: the content root that it was found in.
    """

    name: str
    schema: Schema
    lexicon: Path | None
    root: Path


def find_project(start: Path | None = None) -> Path | None:
    """Return the nearest folder at or above `start` that holds `annotate.toml`."""
    try:
        here = (start or Path.cwd()).resolve()
    except OSError:
        raise UsageError("the current folder is gone; change into another one") from None
    return next(
        (folder for folder in (here, *here.parents) if (folder / SETTINGS_FILE).is_file()), None
    )


def content_roots(start: Path | None = None) -> list[Path]:
    """Return where tasks are looked for, first match first."""
    bundled = _PACKAGE / "_bundled"
    fallback = bundled if bundled.is_dir() else _PACKAGE.parent
    roots = [find_project(start), fallback]
    return list(dict.fromkeys(root for root in roots if root is not None))


def task_names(start: Path | None = None) -> list[str]:
    """Return the names of the tasks that can be loaded from `start`."""
    return sorted({name for root in content_roots(start) for name in _tasks_in(root)})


def _tasks_in(root: Path) -> list[str]:
    files = (root / "schemas").glob("*.py")
    return [path.stem for path in files if path.stem.isidentifier() and path.stem[0] != "_"]


def load_task(name: str, start: Path | None = None) -> Task:
    """Load the task `name` of the project around `start`, or of the package.

    Raises:
        ProjectError: where there is no such task, or its file cannot be used.
    """
    for root in content_roots(start):
        if name in _tasks_in(root):
            lexicon = root / "schemas" / f"{name}.lexicon.toml"
            schema = _load_schema(root, name)
            return Task(name, schema, lexicon if lexicon.is_file() else None, root)
    known = ", ".join(task_names(start)) or "none"
    raise ProjectError(f"no task {name!r} here; there is {known} (schemas/<task>.py)")


def _load_schema(root: Path, name: str) -> Schema:
    path = root / "schemas" / f"{name}.py"
    try:
        module = importlib.import_module(f"{_content_package(root)}.schemas.{name}")
    except (Exception, SystemExit) as error:
        said = str(error) if isinstance(error, AnnotateError) else _named(error)
        raise ProjectError(f"{_place(error, root, path)}: {said}") from error
    schema = getattr(module, "SCHEMA", None)
    if not isinstance(schema, Schema):
        raise ProjectError(f"{path}: needs SCHEMA = Schema(...) at its top level")
    if schema.name != name:
        raise ProjectError(
            f"{path}: SCHEMA is named {schema.name!r}, the file {name!r}; make them equal"
        )
    return schema


def _content_package(root: Path) -> str:
    """Register `root` as a package under a private name and return the name.

    Importing by name, rather than executing files by path, keeps forward references and relative
    imports between schema files working.
    """
    name = f"_annotate_content_{hashlib.sha256(str(root).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(root)]
        sys.modules[name] = importlib.util.module_from_spec(spec)
    importlib.invalidate_caches()
    return name


def _named(error: BaseException) -> str:
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _place(error: BaseException, root: Path, path: Path) -> str:
    """Return the file and line of the project at which loading the file `path` failed."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(root / "schemas")]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else str(path)


def read_settings(start: Path | None = None) -> dict[str, Any]:
    """Return what the project's `annotate.toml` sets; {} without a project."""
    project = find_project(start)
    if project is None:
        return {}
    path = project / SETTINGS_FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: {error}") from None


def create_project(folder: Path) -> list[Path]:
    """Copy the package's content into `folder` as a project; return what was written.

    Raises:
        UsageError: where a file would be overwritten, or the folder cannot be written.
    """
    root = content_roots(_PACKAGE / "_bundled")[-1]
    sources = [
        path
        for part in ("schemas", "prompts", "eval")
        for path in sorted((root / part).rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".pyc"
    ]
    targets = {path: folder / path.relative_to(root) for path in sources}
    settings = folder / SETTINGS_FILE
    for target in (settings, *targets.values()):
        if target.exists():
            raise UsageError(f"{target} exists already; name a new folder")
    try:
        for source, target in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        settings.write_text(_TEMPLATE.format(task=DEFAULT_TASK), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return [settings, *targets.values()]
