"""Tasks: what there is to annotate with, and loading one.

A schema file is Python and is executed, as pytest executes a conftest: open only projects that you
trust. Prompts and gold of a task are read where they are needed, not here.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import traceback
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path

from annotate.errors import ProjectError, refuse
from annotate.findings import Finding
from annotate.project.contents import crosswalks_in, tasks_in
from annotate.project.roots import content_roots
from annotate.schema.categories import Schema
from annotate.schema.checks import errors_of
from annotate.schema.source import line_of_schema, line_of_undefined_value

DEFAULT_TASK = "privacy_policy"


@dataclass(frozen=True)
class Task:
    """A schema with what belongs to it.

    Attributes:
        name: the name of its file in `schemas/`.
        schema: its categories.
        lexicon: the cue file of the offline baseline, or None where the task has none.
        sentences: the file of sentences for its reports, or None where the task has none.
        root: the content root that it was found in.
    """

    name: str
    schema: Schema
    lexicon: Path | None
    root: Path
    sentences: Path | None = None

    @property
    def crosswalks(self) -> dict[str, Path]:
        """The tables that say its annotations in other label sets, by the names of these."""
        return crosswalks_in(self.root, self.name)

    @property
    def file(self) -> Path:
        """The file of its schema."""
        return self.root / "schemas" / f"{self.name}.py"

    @property
    def gold_folder(self) -> Path:
        """Where its gold stands if it has any."""
        return self.root / "eval" / "gold" / self.name

    @property
    def documents_folder(self) -> Path:
        """Where the documents stand that it is evaluated on.

        In a folder of the task's own; without one, in that of the content root's first task.
        """
        own = self.root / "eval" / self.name / "documents"
        return own if own.is_dir() else self.root / "eval" / "documents"


def task_names(start: Path | None = None) -> list[str]:
    """Return the names of the tasks that can be loaded from `start`."""
    return sorted({name for root in content_roots(start) for name in tasks_in(root)})


def task_root(name: str, start: Path | None = None) -> Path | None:
    """Return the content root that a task is loaded from, None where there is no such task."""
    return next((root for root in content_roots(start) if name in tasks_in(root)), None)


def load_task(name: str, start: Path | None = None) -> Task:
    """Load the task `name` of the project around `start`, or of the package.

    Raises:
        ProjectError: where there is no such task, or its schema cannot be used.
    """
    task = open_task(name, start)
    refuse(errors_of(task.schema, task.file))
    return task


def open_task(name: str, start: Path | None = None) -> Task:
    """Load a task, whatever is wrong with its schema, for a check that says so.

    Raises:
        ProjectError: where there is no such task, or its file holds no schema.
    """
    root = task_root(name, start)
    if root is None:
        known = ", ".join(task_names(start)) or "none"
        raise ProjectError(f"no task {name!r} here; there is {known} (schemas/<task>.py)")
    schema = _load_schema(root, name)
    lexicon, sentences = (_beside(root, name, what) for what in ("lexicon", "sentences"))
    return Task(name, schema, lexicon, root, sentences)


def _beside(root: Path, name: str, what: str) -> Path | None:
    """Return a file beside a schema, None where the task has none."""
    path = root / "schemas" / f"{name}.{what}.toml"
    return path if path.is_file() else None


def _load_schema(root: Path, name: str) -> Schema:
    path = root / "schemas" / f"{name}.py"
    try:
        module = importlib.import_module(f"{_content_package(root)}.schemas.{name}")
    except (Exception, SystemExit) as error:  # whatever a schema file raises, and `exit()` in it
        if isinstance(error, ProjectError) and error.findings:
            raise
        file, line = _place(error, root, path)
        said, remedy = _named(error)
        if remedy == _DEFINE:
            line = line_of_undefined_value(file, line)
        raise _refused(file, line, said, remedy) from error
    schema = getattr(module, "SCHEMA", None)
    if not isinstance(schema, Schema):
        said = "needs SCHEMA = Schema(...) at its top level"
        raise _refused(path, line_of_schema(path), said, "add it, below the categories")
    if schema.name != name:
        said = f"SCHEMA is named {schema.name!r}, the file {name!r}"
        raise _refused(path, line_of_schema(path, "name"), said, "make them equal")
    return schema


def _refused(path: Path, line: int | None, message: str, remedy: str) -> ProjectError:
    return ProjectError.of([Finding("error", path, line, message, remedy)])


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
    importlib.invalidate_caches()  # a file may be newer than what was listed of its folder
    return name


_REMEDIES: tuple[tuple[type[BaseException], str], ...] = (
    (SyntaxError, "correct the line, or the one above it"),
    (ModuleNotFoundError, "install it, correct its name, or take the line out"),
    (ImportError, "correct the name, or what it is imported from"),
    (NameError, "define it above this line, or import it"),
    (SystemExit, "take it out: the file is imported, and not run"),
    (TimeoutError, "take out what waits or never ends: the file only declares categories"),
)
_DEFINE = 'write NAME = "value", "definition"'


def _named(error: BaseException) -> tuple[str, str]:
    """Return what a schema file raised, and what to do about it."""
    if isinstance(error, ProjectError):
        said, _, remedy = str(error).partition("; ")
        return said, remedy
    remedies = (remedy for kind, remedy in _REMEDIES if isinstance(error, kind))
    remedy = next(remedies, "correct the line")
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    if isinstance(error.__cause__, TypeError) and "definition" in str(error.__cause__):
        # Python 3.11 says so of a member of an Enum, and other versions on the class.
        said, remedy = f"{said}: {error.__cause__}", _DEFINE
    elif isinstance(error, TypeError) and "'definition'" in said:
        remedy = _DEFINE
    elif "Schema.__init__()" in said:
        remedy = "Schema takes name, version, practice, unit and description"
    elif "non-annotated attribute" in said:
        remedy = "write its type behind its name, as in planned: bool = False"
    elif "schema for" in said:
        remedy = "use str, int, float, bool, a Values class or a type of annotate.schema"
    said = " ".join(said.partition("For further information")[0].split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__, remedy


def _place(error: BaseException, root: Path, path: Path) -> tuple[Path, int | None]:
    """Return the file and line of the project at which loading the file `path` failed."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return Path(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(root / "schemas")]
    return (Path(own[-1].filename), own[-1].lineno) if own else (path, None)
