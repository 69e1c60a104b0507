"""The runs that are united: read, and refused where they are not samples of the same thing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import NotComparable, RunError, UsageError
from annotate.ledger import Entry
from annotate.runs.reader import Run, by_document
from annotate.schema.categories import Schema

MODEL = "consensus"
"""What the manifest of a united run calls its model."""

_HASHED = ("annotations", "documents", "ledger", "quarantine")
_MADE = ("model", "prompt", "endpoint", "mode", "chunk_size", "repeat", "lexicon")


@dataclass(frozen=True)
class Sample:
    """One of the runs, with what it says by document.

    Attributes:
        texts: the SHA-256 of each text that it read, by the document's id.
    """

    run: Run
    texts: Mapping[str, str]
    annotations: Mapping[str, Sequence[Annotation]] = field(repr=False)
    entries: Mapping[str, Sequence[Entry]] = field(repr=False)
    refused: Mapping[str, Sequence[Mapping[str, Any]]] = field(repr=False)

    @classmethod
    def of(cls, run: Run) -> Sample:
        """Read a run.

        Raises:
            RunError: where a row of it is damaged.
        """
        return cls(
            run,
            {each.id: each.sha256 for each in run.documents()},
            by_document(run.annotations(), lambda each: each.document),
            by_document(run.ledger(), lambda each: each.document),
            by_document(run.quarantine(), lambda row: str(row["document"])),
        )

    def source(self) -> dict[str, JsonValue]:
        """Return what a united run says of this one: its folder, how it was made, its hashes."""
        manifest = self.run.manifest
        made = {name: manifest[name] for name in _MADE if manifest.get(name) is not None}
        hashes: dict[str, JsonValue] = {
            f"{part}.jsonl": _sha256(self.run.path / f"{part}.jsonl") for part in _HASHED
        }
        return {"run": str(self.run.path), "complete": self.run.complete, **made, "sha256": hashes}


def read_samples(runs: Sequence[Run]) -> list[Sample]:
    """Read the runs that are to be united.

    Raises:
        UsageError: where there are fewer than two, or one is named twice or is a consensus itself.
        NotComparable: where two are of other tasks or schemas, or read another text under one name.
        RunError: where a run is damaged.
    """
    if len(runs) < 2:
        raise UsageError("a consensus needs two runs or more; name more, or run with --repeat 3")
    _check_runs(runs)
    samples = [Sample.of(run) for run in runs]
    texts: dict[str, tuple[str, Path]] = {}
    for sample in samples:
        for name, sha256 in sample.texts.items():
            known, where = texts.setdefault(name, (sha256, sample.run.path))
            if known != sha256:
                raise NotComparable(
                    f"{sample.run.path}: its {name} is another text than that of {where}; unite "
                    "runs over the same texts"
                )
    return samples


def _check_runs(runs: Sequence[Run]) -> None:
    first, seen = runs[0], set[Path]()
    for run in runs:
        if run.path.resolve() in seen:
            raise UsageError(f"{run.path}: is named twice; each run is one sample")
        seen.add(run.path.resolve())
        if run.manifest["model"] == MODEL:
            raise UsageError(f"{run.path}: is a consensus itself; name the runs it was made of")
        for key in ("task", "schema"):
            if run.manifest.get(key) != first.manifest.get(key):
                raise NotComparable(
                    f"{run.path}: its {key} is another than that of {first.path}; unite runs of "
                    "one task and schema"
                )


def schema_of(samples: Sequence[Sample]) -> Schema:
    """Return the schema that the samples were made with, of which all that they say has to be.

    Raises:
        UsageError: where that is not at hand, or stands changed.
        RunError: where a sample annotates what it did not read, or states an unknown category.
    """
    run = samples[0].run
    if run.schema is None:
        raise UsageError(
            f"{run.path}: the schema that it was made with is not at hand, or has changed since; "
            "unite it where that stands, or run again"
        )
    for sample in samples:
        for name, said in sample.annotations.items():
            unknown = {each.category for each in said} - run.schema.categories.keys()
            if name not in sample.texts or unknown:
                what = (
                    "a category that the schema does not have"
                    if unknown
                    else "a document that it did not read"
                )
                raise RunError(
                    f"{sample.run.path}/annotations.jsonl: names {what} ({name}); the same "
                    "annotate run writes it anew"
                )
    return run.schema


def documents_of(samples: Sequence[Sample]) -> Iterator[Document]:
    """Yield each document that a sample read, once, in the order of the first that has it."""
    seen: set[str] = set()
    for sample in samples:
        if sample.texts.keys() <= seen:
            continue  # its texts need not be read again
        for document in sample.run.documents():
            if document.id not in seen:
                seen.add(document.id)
                yield document


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
