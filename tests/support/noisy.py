"""Runs made of the gold with seeded errors: what comparisons are tested on.

Nothing here is a model, and no figure about these runs says anything about one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.documents.chunking import chunk
from annotate.documents.document import Document
from annotate.documents.units import Segmentation
from annotate.evaluation.evaluate import evaluate, evaluate_predictions, gold_folder
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, GoldAnnotation, read_gold
from annotate.ledger import Entry
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter

Said = Mapping[str, Sequence[Annotation]]
"""The annotations of a run by document."""

Change = Callable[[Annotation], Iterable[Annotation]]


@dataclass(frozen=True)
class Rates:
    """How often a simulated annotator errs.

    Attributes:
        missed: share of gold annotations that are left out.
        silent: share of chunks of which everything is left out, beyond that.
        value: share of annotations with attributes of another one.
        boundary: share of annotations on a third of their span.
        spurious: wrong annotations a segment.
    """

    missed: float = 0.2
    silent: float = 0.0
    value: float = 0.15
    boundary: float = 0.05
    spurious: float = 0.25


@dataclass(frozen=True)
class Bench:
    """The task that runs are simulated for, with its gold and documents."""

    task: Task
    gold: Gold
    documents: Mapping[str, Document]

    @property
    def texts(self) -> dict[str, str]:
        return {name: each.text for name, each in self.documents.items()}

    @property
    def segmentations(self) -> dict[str, Segmentation]:
        return {name: each.segmentation for name, each in self.documents.items()}

    def chunks(self, document: str) -> list[tuple[int, int]]:
        return self._chunks.get(document, [])

    @cached_property
    def _chunks(self) -> dict[str, list[tuple[int, int]]]:
        return {
            name: [(each.start, each.end) for each in chunk(segmentation, 4000)]
            for name, segmentation in self.segmentations.items()
        }

    def of(self, document: str) -> list[GoldAnnotation]:
        return [each for each in self.gold.annotations if each.document == document]


@cache
def bench(name: str = "privacy_policy") -> Bench:
    """Return the five policies and their gold."""
    task = load_task(name)
    gold = read_gold(gold_folder(task), task.schema)
    sources = read_sources(task.root / "eval" / "documents")
    return Bench(task, gold, {name: source.document for name, source in sorted(sources.items())})


# ---- What is said ----


@lru_cache(maxsize=64)
def say(seed: int, rates: Rates = Rates()) -> dict[str, list[Annotation]]:
    """Return what an annotator with these error rates says, in text order."""
    draw = random.Random(seed)  # noqa: S311
    return {
        document: sorted(_said(document, draw, rates), key=lambda each: (each.start, each.end))
        for document in bench().segmentations
    }


def _said(document: str, draw: random.Random, rates: Rates) -> Iterator[Annotation]:
    text = bench().segmentations[document].text
    chunks = bench().chunks(document)
    silent = {number for number in range(len(chunks)) if draw.random() < rates.silent}
    for gold in bench().of(document):
        number = next(n for n, (start, end) in enumerate(chunks) if start <= gold.start < end)
        missed, value, boundary = (draw.random() for _ in range(3))
        other = draw.choice(_alike(gold.category))
        if missed < rates.missed or number in silent:
            continue
        end = gold.start + (gold.end - gold.start) // 3 if boundary < rates.boundary else gold.end
        stated = other if value < rates.value else gold
        yield made(document, gold.start, max(end, gold.start + 1), gold.category, stated, text)
    for each in bench().segmentations[document].segments:
        if draw.random() < rates.spurious:
            elsewhere = draw.choice(bench().gold.annotations)
            yield made(document, each.start, each.end, elsewhere.category, elsewhere, text)


def _alike(category: str) -> list[GoldAnnotation]:
    return [each for each in bench().gold.annotations if each.category == category]


def made(
    document: str, start: int, end: int, category: str, stated: GoldAnnotation, text: str
) -> Annotation:
    """Return an annotation that states what some gold states, on a span of its own."""
    quote = text[start:end]
    evidence = Evidence(quote, start, end, "exact", 0)
    return Annotation(document, start, end, category, stated.attributes, quote, (evidence,))


def changed(said: Said, change: Change) -> dict[str, list[Annotation]]:
    """Return what becomes of every annotation."""
    return {name: [new for old in each for new in change(old)] for name, each in said.items()}


def shuffled(said: Said, seed: int) -> dict[str, list[Annotation]]:
    """Return the documents, and the annotations of each, in another order."""
    draw = random.Random(seed)  # noqa: S311
    names = draw.sample(sorted(said), k=len(said))
    return {name: draw.sample(list(said[name]), k=len(said[name])) for name in names}


# ---- Runs ----


def identity(**more: JsonValue) -> dict[str, JsonValue]:
    """Return how a simulated run was made."""
    task = bench().task
    made: dict[str, JsonValue] = {
        "task": task.name,
        "schema": task.schema.fingerprint,
        "model": "simulated",
        "prompt": "v1",
        "chunk_size": 4000,
        "repeat": 0,
    }
    return {**made, **more}


def entries(document: str) -> list[Entry]:
    """Return a ledger in which every chunk was answered."""
    return [
        Entry(document, number, start, end, "ok", 10, 0, 0, 1, 1000, 200, 0.002, 1.5)
        for number, (start, end) in enumerate(bench().chunks(document))
    ]


def write(
    folder: Path,
    said: Said,
    *,
    ledger: Callable[[Entry], Entry] = lambda entry: entry,
    refused: Sequence[Mapping[str, JsonValue]] = (),
    texts: Mapping[str, str] | None = None,
    **more: JsonValue,
) -> Run:
    """Write a run folder that says this; `more` is how it was made otherwise than usual."""
    with RunWriter(folder, identity(**more), "1") as writer:
        for name, annotations in said.items():
            # The same document again: its segments and its language are found once.
            document = bench().documents[name] if texts is None else Document(name, texts[name])
            rejected = [row for row in refused if row["document"] == name]
            writer.add(document, annotations, map(ledger, entries(name)), rejected)
    return Run(folder)


def predictions(said: Said, name: str = "run", repeat: int = 0) -> Predictions:
    """Return the same without a folder."""
    hashes = {each.id: each.text_sha256 for each in bench().gold.manifest.documents}
    return Predictions(
        name,
        identity(repeat=repeat),
        True,
        {document: hashes[document] for document in said},
        tuple(each for annotations in said.values() for each in annotations),
        (),
        tuple(entry for document in said for entry in entries(document)),
        {"requests": 24, "prompt_tokens": 24000, "completion_tokens": 4800, "cost": 0.048},
    )


def quarantined(
    document: str, kind: str, quote: str, category: str = "use"
) -> dict[str, JsonValue]:
    """Return a row of `quarantine.jsonl`."""
    item: JsonValue = {"category": category, "quote": quote}
    return {"document": document, "chunk": 1, "kind": kind, "problems": ["none"], "item": item}


def moved(annotation: Annotation, by: int) -> Annotation:
    """Return an annotation whose offsets are off by some characters, its quote as it was."""
    return replace(annotation, start=annotation.start + by, end=annotation.end + by)


def evaluated(said: Said, repeat: int = 0, **more: Any) -> Evaluation:
    """Evaluate what is said against the gold of the bench; `more` are fields of the predictions."""
    run = replace(predictions(said, f"run-{repeat}", repeat), **more)
    return evaluate_predictions(run, bench().gold, bench().task.schema, bench().documents)


SUPPORTED = ["choice", "collection", "right", "security", "sharing", "tracking", "use"]


def compared(before: Run, after: Run, **more: Any) -> Comparison:
    """Compare two runs in fewer rounds than usual, against the gold of their task."""
    return compare_evaluations([evaluate(before)], [evaluate(after)], **{"rounds": 500, **more})


def failed(found: Comparison) -> set[tuple[str, str]]:
    """Return the gates that failed, and what of."""
    return {(check.gate, check.what) for check in found.failures}
