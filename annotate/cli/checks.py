"""What `annotate doctor` checks: the installation, the project around it, an endpoint."""

from __future__ import annotations

import importlib.util
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from annotate.documents.readers.reader import EXTRA
from annotate.documents.readers.registry import READERS
from annotate.errors import AnnotateError
from annotate.lexicon.lexicon import Lexicon
from annotate.project.roots import find_project
from annotate.project.settings import Settings, resolve_settings
from annotate.project.tasks import load_task, task_names
from annotate.version import version


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `ok` is false where something has to be fixed."""

    name: str
    ok: bool
    finding: str

    def to_json(self) -> dict[str, JsonValue]:
        """Return the check as JSON."""
        return asdict(self)


def check_installation() -> list[Check]:
    """Return every check that sends nothing, in the order in which to read them."""
    return [_installation(), *_readers(), _project(), *_tasks()]


def check_endpoint(settings: Settings) -> list[Check]:
    """Ask an endpoint once in each mode; the best is kept for later runs.

    A mode that an endpoint does not know is not a fault as long as another one works.
    """
    from annotate.llm.probe import probe

    probes = probe(load_task(settings.task), settings)
    works = [each.mode.name for each in probes if each.works]
    lines = [Check(f"mode {each.mode.name}", bool(works), each.finding) for each in probes]
    found = f"{settings.model} is asked in mode {works[0]}" if works else "no mode works"
    return [*lines, Check("endpoint", bool(works), found)]


def _installation() -> Check:
    return Check("annotate", True, f"{version()} on Python {platform.python_version()}")


def _readers() -> Iterator[Check]:
    for reader in READERS:
        if reader.library:
            there = importlib.util.find_spec(reader.library) is not None
            hint = "read" if there else f"not read; pip install 'policy-annotate[{EXTRA}]'"
            yield Check(reader.format.upper(), True, hint)


def _project() -> Check:
    project = find_project()
    where = (
        f"project {project}"
        if project
        else "no annotate.toml here or above: the package's own content"
    )
    try:
        settings = resolve_settings({})
    except AnnotateError as error:
        return Check("settings", False, str(error))
    return Check("settings", True, f"{where}; task {settings.task}")


def _tasks() -> Iterator[Check]:
    for name in task_names():
        try:
            task = load_task(name)
            cues = "no lexicon"
            if task.lexicon is not None:
                lexicon = Lexicon.load(task.lexicon, task.schema)
                cues = f"lexicon for {len(lexicon.rules)} of them"
        except AnnotateError as error:
            yield Check(f"task {name}", False, str(error))
            continue
        yield Check(f"task {name}", True, f"{len(task.schema.categories)} categories, {cues}")
