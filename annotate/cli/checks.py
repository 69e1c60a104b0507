"""What `annotate doctor` checks: the installation, the project around it, an endpoint."""

from __future__ import annotations

import importlib.util
import platform
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue

from annotate.documents.readers.reader import EXTRA
from annotate.documents.readers.registry import READERS, added_readers
from annotate.errors import AnnotateError, refuse
from annotate.lexicon.lexicon import Lexicon
from annotate.project.contents import tasks_in
from annotate.project.profile_file import profile_text, write_profile
from annotate.project.roots import find_project
from annotate.project.settings import Settings, profile_header, resolve_settings
from annotate.project.tasks import load_task, task_names
from annotate.version import version

if TYPE_CHECKING:
    from annotate.llm.probing.probe import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        needed: where it is not ok, something has to be fixed.
    """

    name: str
    ok: bool
    finding: str
    needed: bool = True

    @property
    def failed(self) -> bool:
        """Whether something has to be fixed."""
        return self.needed and not self.ok

    @property
    def verdict(self) -> str:
        """The word that stands before the check where it is printed."""
        return "FAIL" if self.failed else "ok" if self.ok else "no"

    def to_json(self) -> dict[str, JsonValue]:
        """Return the check as JSON."""
        return asdict(self)


def check_installation(cache_dir: Path | None = None) -> list[Check]:
    """Return every check that sends nothing, in the order in which to read them."""
    return [_installation(), *_readers(), _project(), *_cache(cache_dir), *_tasks()]


def check_endpoint(
    settings: Settings,
    model: str,
    report: Callable[[Check], object],
    *,
    seconds: float | None = None,
    write: bool = False,
) -> None:
    """Probe the endpoint of a model; each check goes to `report` as soon as it is done.

    A mode that an endpoint does not take is not a fault as long as another one works.

    Args:
        settings: with the model, and what its profile says already.
        model: the name of its profile.
        report: gets the checks; the last one is the profile, where any mode works.
        seconds: that all of it may take, None for a minute.
        write: put the profile into annotate.toml.
    """
    from annotate.llm.probing.probe import LONGEST, probe

    def found(finding: Finding) -> None:
        report(Check(finding.name, finding.ok, finding.said, finding.needed))

    task = load_task(settings.task)
    profile = probe(task, settings, found, seconds=seconds or LONGEST).profile
    if not profile:
        return
    if settings.model != model:
        profile = {"model": settings.model, **profile}
    if write:
        path = write_profile(model, profile)
        report(Check("profile", True, f"{profile_header(model)} is written to {path}"))
    else:
        text = profile_text(model, profile)
        report(Check("profile", True, f"put this into annotate.toml, or use --write\n\n{text}"))


def _installation() -> Check:
    return Check("annotate", True, f"{version()} on Python {platform.python_version()}")


def _readers() -> Iterator[Check]:
    for name in added_readers():
        yield Check(f"reader {name}", True, "added by another package")
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


def _cache(cache_dir: Path | None) -> Iterator[Check]:
    from annotate.llm.cache.folder import cache_folder

    with suppress(AnnotateError):  # what is wrong with the settings is said already
        folder = cache_folder(resolve_settings({"cache_dir": cache_dir}))
        there = "" if folder.is_dir() else "; it is made for the first of them"
        yield Check("cache", True, f"answers are kept in {folder}{there}")


def _tasks() -> Iterator[Check]:
    """Yield each task; those of a project are checked in full, since what is shipped is right."""
    from annotate.check import errors_of  # imports what reads each part

    project = find_project()
    own = tasks_in(project) if project is not None else []
    for name in task_names():
        try:
            if name in own:
                refuse(errors_of(name))
            task = load_task(name)
            cues = "no lexicon"
            if task.lexicon is not None:
                lexicon = Lexicon.load(task.lexicon, task.schema)
                cues = f"lexicon for {len(lexicon.rules)} of them"
        except AnnotateError as error:
            yield Check(f"task {name}", False, str(error))
            continue
        yield Check(f"task {name}", True, f"{len(task.schema.categories)} categories, {cues}")
