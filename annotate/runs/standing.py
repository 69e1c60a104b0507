"""The run that a folder holds already: what a new one must not take the place of in silence.

A new run of the same task, model and settings may take its place where it reads the same texts, or
more of them. Other texts under the same names, or fewer, would destroy what was found in the old
ones: that is refused with what changed, unless the caller says that it may be replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import eq
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import JsonValue

from annotate.errors import OutputExists, UsageError
from annotate.files import DamagedRow, read_rows
from annotate.loopback import is_same_endpoint
from annotate.runs.manifest import MANIFEST, read_manifest

_NAMED = 5  # documents that one message names


@dataclass(frozen=True)
class Standing:
    """A run that stands in a folder.

    Attributes:
        path: the folder.
        manifest: of the run.
    """

    path: Path
    manifest: Mapping[str, Any]

    @cached_property
    def texts(self) -> dict[str, str] | None:
        """The SHA-256 of each document's text by its id; None where its rows are damaged."""
        rows = read_rows(self.path / "documents.jsonl", lambda row: (row["id"], row["sha256"]))
        try:
            return dict(rows)
        except (DamagedRow, OSError):
            return None  # to run again is the cure for a damaged run: it must not be refused


class Named(Protocol):
    """A document, or what stands for it."""

    @property
    def id(self) -> str:
        """Its name in a run."""

    @property
    def sha256(self) -> str:
        """SHA-256 of its text."""


N = TypeVar("N", bound=Named)


@dataclass
class Changes:
    """What differs between the documents of a standing run and those that are read now."""

    standing: Standing
    edited: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def note(self, document: Named) -> None:
        """Compare one document with the one of the same name."""
        texts = self.standing.texts or {}
        if document.id not in texts:
            return  # one more destroys nothing
        self.seen.add(document.id)
        if texts[document.id] != document.sha256:
            self.edited.append(document.id)

    def refuse(self) -> None:
        """Refuse to go on where something differs, once all documents have been read.

        Raises:
            OutputExists: where a document was edited, or is not there any more.
        """
        missing = [each for each in self.standing.texts or {} if each not in self.seen]
        said = [
            f"{len(names)} {what}: {', '.join(names[:_NAMED])}{', …' * (len(names) > _NAMED)}"
            for names, what in ((self.edited, "edited"), (missing, "missing"))
            if names
        ]
        if said:
            raise OutputExists(self.standing.path, f"its documents changed, {'; '.join(said)}")


def unchanged(documents: Iterable[N], standing: Iterable[Standing]) -> Iterator[N]:
    """Yield documents as long as none differs from those of the runs that stand already.

    From the first that does, the rest is read for the message alone, and nothing is yielded: what
    is annotated in vain costs money.

    Raises:
        OutputExists: where a document was edited, or is not there any more; names them.
    """
    changes = [Changes(each) for each in standing]
    for document in documents:
        for each in changes:
            each.note(document)
        if not any(each.edited for each in changes):
            yield document
    for each in changes:
        each.refuse()


def find_standing(
    path: Path, identity: Mapping[str, JsonValue], *, replace: bool
) -> Standing | None:
    """Return the run that a folder holds; None where it is empty or not there.

    With `replace`, it may be another run than the one that `identity` describes.

    Raises:
        OutputExists: where it is another run.
        UsageError: where the folder is a file, or holds something that is not a run.
    """
    if not path.exists():
        return None
    if not path.is_dir():
        raise UsageError(f"{path}: is a file; name a folder with --out")
    if not (path / MANIFEST).exists():
        if any(not entry.name.endswith(".partial") for entry in path.iterdir()):
            raise UsageError(f"{path}: is not empty and is not a run folder; choose another --out")
        return None
    existing = read_manifest(path)
    if not replace:
        refuse_another(path, existing, identity)
    return Standing(path, existing)


def refuse_another(
    path: Path, existing: Mapping[str, Any], identity: Mapping[str, JsonValue]
) -> None:
    """Refuse to go on with a run, given by its manifest, that is not the one of an identity.

    Raises:
        OutputExists: where it is another one.
    """
    for key, value in identity.items():
        if differs := _difference(key, existing.get(key), value):
            raise OutputExists(path, f"its {differs}")


def _difference(key: str, before: JsonValue, now: JsonValue) -> str:
    """Say where a part of an identity differs, "" where it does not."""
    if key == "verification" and isinstance(before, dict) and isinstance(now, dict):
        found = (_difference(name, before.get(name), now.get(name)) for name in {**now, **before})
        inner = next(filter(None, found), "")
        return f"{key}: {inner}" if inner else ""
    same = is_same_endpoint if key == "endpoint" else eq
    return "" if same(before, now) else f"{key} differs: {_brief(before)}, not {_brief(now)}"


def _brief(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
