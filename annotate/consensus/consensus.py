"""Write the consensus of samples as a run of its own, which everything reads that reads a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.consensus.samples import MODEL, Sample, documents_of, read_samples, schema_of
from annotate.consensus.thresholds import Choice, choose
from annotate.consensus.uniting import UnitedDocument, unite
from annotate.documents.folders import Skipped
from annotate.errors import DocumentError, UsageError
from annotate.evaluation.evaluate import gold_folder
from annotate.evaluation.predictions import Predictions, Refused
from annotate.gold.store import Gold, read_gold
from annotate.ledger import UNSURE
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from annotate.schema.categories import Schema
from annotate.version import version


@dataclass(frozen=True)
class Consensus:
    """What came of some samples.

    Attributes:
        run: the united run; None where no threshold had the wanted precision, and none was written.
        sources: the runs, as the manifest names them.
        threshold: the least confidence that is delivered.
        unsure: how many annotations are less sure, and stand in the quarantine.
        thin: how many chunks fewer than all samples answered.
        choice: how the threshold was found; None where that was not asked for.
    """

    run: Run | None
    sources: tuple[Mapping[str, JsonValue], ...]
    threshold: float
    unsure: int
    thin: int
    choice: Choice | None

    def to_json(self) -> dict[str, Any]:
        """Return every figure by its name."""
        return {
            "run": str(self.run.path) if self.run else None,
            "complete": self.run.complete if self.run else None,
            "annotations": self.run.manifest["counts"]["annotations"] if self.run else None,
            "sources": [dict(each) for each in self.sources],
            "threshold": self.threshold,
            "unsure": self.unsure,
            "answered_by_fewer": self.thin,
            "choice": self.choice.to_json() if self.choice else None,
        }


def consensus(
    runs: Sequence[Run | str | Path],
    out: str | Path,
    *,
    threshold: float | None = None,
    precision: float | None = None,
    gold: Gold | str | Path | None = None,
    replace: bool = False,
) -> Consensus:
    """Unite samples into a run in the folder `out`.

    Every annotation that a sample made is delivered, with its confidence, or those of at least
    `threshold`; with `precision` the lowest threshold at which gold (the task's, without `gold`)
    finds this share of them right. With `replace` any run in the folder may be replaced.

    Raises:
        UsageError: where fewer than two runs are given, one is given twice, both a threshold and a
            precision are, or there is no gold; OutputExists where the folder holds another run.
        NotComparable: where the runs are of other tasks, schemas or texts, or gold cannot judge
            them.
        RunError: where a run is damaged.
    """
    _check(threshold, precision, gold)
    out = Path(out)
    for each in runs:
        path = each.path if isinstance(each, Run) else Path(each)
        if path.resolve() == out.resolve():
            raise UsageError(f"--out {out}: is one of the runs to unite; choose another folder")
    samples = read_samples([each if isinstance(each, Run) else Run(each) for each in runs])
    united = _United(samples)
    choice = None
    if precision is not None:
        choice = united.choose(precision, gold)
        threshold = choice.threshold
    return united.write(out, threshold, choice, replace=replace)


def _check(threshold: float | None, precision: float | None, gold: object) -> None:
    for name, share in (("--threshold", threshold), ("--precision", precision)):
        if share is not None and not 0 <= share <= 1:  # also where it is not a number
            raise UsageError(f"{name}: needs a share from 0 to 1")
    if threshold is not None and precision is not None:
        raise UsageError("--threshold and --precision: give one of them; the one finds the other")
    if gold is not None and precision is None:
        raise UsageError("--gold: judges thresholds; say with --precision how precise is enough")


class _United:
    """Samples, and what they say of each document together."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._samples = samples
        self._schema: Schema = schema_of(samples)
        # Texts stay on the disk: what is said of them is all that a threshold needs.
        self._documents: dict[str, UnitedDocument] = {}
        self._texts: dict[str, str] = {}
        for document in documents_of(samples):
            self._documents[document.id] = unite(samples, document, self._schema)
            self._texts[document.id] = document.sha256

    # ---- Choosing a threshold ----

    def choose(self, wanted: float, gold: Gold | str | Path | None) -> Choice:
        """Return the lowest threshold that has a precision."""
        if not isinstance(gold, Gold):
            folder = gold or gold_folder(load_task(self._schema.name))
            gold = read_gold(folder, self._schema)
        labelled = {document.id for document in gold.manifest.documents}
        documents = {d.id: d for d in documents_of(self._samples) if d.id in labelled}
        confidences = (
            each.confidence or 0.0
            for name in documents
            for each in self._documents[name].annotations
        )
        return choose(self._predictions, confidences, gold, self._schema, documents, wanted)

    def _predictions(self, threshold: float) -> Predictions:
        annotations: list[Annotation] = []
        refused: list[Refused] = []
        for document in self._documents.values():
            delivered = document.at(threshold)
            annotations += delivered.annotations
            rows = (row for row in delivered.quarantine if row["kind"] != UNSURE)
            refused += map(Refused.from_row, rows)
        return Predictions(
            name="the consensus",
            identity={"task": self._schema.name, "schema": self._schema.fingerprint},
            complete=True,
            documents=self._texts,
            annotations=tuple(annotations),
            refused=tuple(refused),
            entries=tuple(e for d in self._documents.values() for e in d.entries),
            usage={},
        )

    # ---- Writing ----

    def write(
        self, out: Path, threshold: float | None, choice: Choice | None, *, replace: bool
    ) -> Consensus:
        """Write the run, unless a precision was wanted that no threshold has."""
        sources = tuple(sample.source() for sample in self._samples)
        least = threshold or 0.0
        run, unsure = None, 0
        if choice is None or threshold is not None:
            identity = self._identity(sources, least)
            writer = RunWriter(out, identity, version(), list(self._skipped()), replace=replace)
            with writer:
                for document in documents_of(self._samples):
                    found = self._documents[document.id].at(least)
                    unsure += sum(row["kind"] == UNSURE for row in found.quarantine)
                    writer.add(document, found.annotations, found.entries, found.quarantine)
                for error in self._unreadable():
                    writer.add_unreadable(error)
            run = Run(out)
        thin = sum(bool(e.note) for d in self._documents.values() for e in d.entries if e.answered)
        return Consensus(run, sources, least, unsure, thin, choice)

    def _identity(
        self, sources: Sequence[Mapping[str, JsonValue]], threshold: float
    ) -> dict[str, JsonValue]:
        manifests = [sample.run.manifest for sample in self._samples]
        first = manifests[0]
        # What all samples share is as true of the united run, and what reads a run looks for it.
        shared: dict[str, JsonValue] = {
            name: first[name]
            for name in ("prompt", "chunk_size", "reads", "lexicon")
            if name in first and all(each.get(name) == first[name] for each in manifests)
        }
        return {
            "task": self._schema.name,
            "schema": self._schema.fingerprint,
            "model": MODEL,
            **shared,
            "consensus": {"sources": [dict(each) for each in sources], "threshold": threshold},
            "inputs": [str(sample.run.path) for sample in self._samples],
            "repeat": 0,
        }

    def _skipped(self) -> Iterator[Skipped]:
        rows = _once(row for sample in self._samples for row in sample.run.skipped)
        return (Skipped(row["source"], row["reason"]) for row in rows)

    def _unreadable(self) -> Iterator[DocumentError]:
        """Yield what no sample could read."""
        rows = _once(row for sample in self._samples for row in sample.run.unreadable())
        for row in rows:
            source = str(row["source"])
            read = any(source == name or source.endswith(f"/{name}") for name in self._texts)
            if not read:
                yield DocumentError(source, row["reason"])


def _once(rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return rows that name the same source once, the first of each."""
    found: dict[str, Mapping[str, str]] = {}
    for row in rows:
        found.setdefault(str(row["source"]), row)
    return list(found.values())
