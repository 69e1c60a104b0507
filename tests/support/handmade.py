"""Runs and gold that are written by hand: small, real files, of the second domain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.evaluation.evaluate import evaluate_run
from annotate.evaluation.evaluation import Evaluation
from annotate.gold.store import read_gold
from annotate.ledger import Entry
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from annotate.scoring.labels import Status
from tests.conftest import INCIDENTS

TASK = load_task("incident_report", INCIDENTS)
SCHEMA = TASK.schema

TEXT = "Search was slow. A deploy caused it. We rolled back. Carts were lost. We will add a check."

Place = tuple[str, str, Mapping[str, JsonValue]]
"""Category, quote, attributes."""

SLOW: Place = ("impact", "Search was slow.", {"effects": ["slow"]})
DEPLOY: Place = ("cause", "A deploy caused it.", {"triggers": ["deployment"]})
ROLLED_BACK: Place = ("action", "We rolled back.", {"step": "mitigated"})
LOST: Place = ("impact", "Carts were lost.", {"effects": ["data_loss"]})
CHECK: Place = ("action", "We will add a check.", {"step": "prevented", "planned": True})

_REST: Mapping[str, Mapping[str, JsonValue]] = {
    "impact": {
        "effects": [],
        "countries": [],
        "duration": None,
        "customers_named": False,
        "polarity": "affirmed",
    },
    "cause": {"triggers": [], "certainty": "confirmed"},
    "action": {"step": "mitigated", "planned": False, "date": None, "attempts": None, "time": None},
}


def annotation(place: Place, document: str = "a.txt", *, text: str = TEXT) -> Annotation:
    """Return an annotation of a sentence of the text."""
    category, quote, values = place
    start = text.index(quote)
    end = start + len(quote)
    evidence = (Evidence(quote, start, end, "exact", 0),)
    attributes = {**_REST.get(category, {}), **values}
    return Annotation(document, start, end, category, attributes, quote, evidence)


def quarantined(
    kind: Literal["invalid", "ungrounded"], item: JsonValue, document: str = "a.txt"
) -> dict[str, JsonValue]:
    """Return a row of the quarantine."""
    return {"document": document, "chunk": 0, "kind": kind, "problems": ["no"], "item": item}


def write_run(
    folder: Path,
    annotations: Iterable[Annotation] = (),
    entries: Sequence[Entry] = (),
    rejected: Iterable[Mapping[str, JsonValue]] = (),
    *,
    documents: Mapping[str, str] | None = None,
    **identity: JsonValue,
) -> Run:
    """Write a run; documents without an entry were answered in one chunk."""
    found, refused = list(annotations), list(rejected)
    named: dict[str, JsonValue] = {
        "task": "incident_report",
        "schema": SCHEMA.fingerprint,
        "model": "handmade",
        "repeat": 0,
    }
    with RunWriter(folder, {**named, **identity}, "1") as writer:
        for name, text in (documents or {"a.txt": TEXT}).items():
            own = [each for each in found if each.document == name]
            ended = [entry for entry in entries if entry.document == name]
            whole = Entry(name, 0, 0, len(text), "ok", len(own))
            rows = [row for row in refused if row["document"] == name]
            writer.add(Document(name, text), own, ended or [whole], rows)
    return Run(folder)


def write_gold(
    folder: Path,
    annotations: Iterable[Annotation],
    *,
    optional: Iterable[int] = (),
    documents: Mapping[str, str] | None = None,
    version: str = "1",
) -> Path:
    """Write gold of annotations, those at the positions `optional` being so."""
    folder.mkdir(parents=True)
    rows: dict[str, list[str]] = {name: [] for name in documents or {"a.txt": TEXT}}
    needless = set(optional)
    for number, each in enumerate(annotations):
        status: Status = "optional" if number in needless else "required"
        row = {
            "id": f"{each.document}-{number}",
            "category": each.category,
            "attributes": dict(each.attributes),
            "quote": each.quote,
            "start": each.start,
            "end": each.end,
            "status": status,
            "must_find": False,
        }
        rows[each.document].append(json.dumps(row))
    for name, lines in rows.items():
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pinned = [
        {
            "id": name,
            "text_sha256": Document(name, text).sha256,
            "file_sha256": Document(name, text).sha256,
            "units": 5,
        }
        for name, text in (documents or {"a.txt": TEXT}).items()
    ]
    manifest = {
        "format": 1,
        "gold": "1",
        "schema_name": "incident_report",
        "schema_version": version,
        "codebook": "1",
        "documents": pinned,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


ALL: Sequence[Place] = (SLOW, DEPLOY, ROLLED_BACK, LOST, CHECK)


def everything(document: str = "a.txt") -> list[Annotation]:
    """Return an annotation of every sentence of the text."""
    return [annotation(place, document) for place in ALL]


def evaluated(run: Run, gold: Path) -> Evaluation:
    """Evaluate a run of this task against gold in a folder."""
    return evaluate_run(run, read_gold(gold), SCHEMA)
