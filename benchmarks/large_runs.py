"""Large runs, true to the format: the documents of a small real run, again and again with new ids.

    made = small_run(folder / "small")
    run = repeated(made, folder / "large", 200_000)
    gold = gold_of(run, folder / "gold", 200)

The small run is of the offline baseline over the texts of `benchmarks.throughput`; the first
document lacks an answer and has a refused one, so that every file of the run has rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from annotate import Run, load_task
from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.files import json_line
from annotate.ledger import Entry
from annotate.pipeline.run import run as annotate_all
from annotate.runs.found import Found, annotated, found_in
from annotate.runs.writer import RunWriter
from benchmarks.throughput import texts

TASK = "privacy_policy"
_WRITTEN = ("format", "annotate", "status", "counts", "statuses", "refused", "usage")


def small_run(folder: Path, count: int = 20, characters: int = 2_000) -> Run:
    """Annotate so many texts of about so many characters."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "texts.jsonl"
    with source.open("wb") as file:
        for number, text in enumerate(texts(count, characters)):
            file.write(json_line({"id": f"policy-{number}", "text": text, "country": "NL"}))
    return annotate_all(source, task=TASK, out=folder / "run")


def repeated(run: Run, folder: Path, count: int) -> Run:
    """Write a run of so many documents: those of another, again and again, with new ids."""
    made = {name: each for name, each in run.manifest.items() if name not in _WRITTEN}
    every = _damaged(list(found_in(run)))
    with RunWriter(folder, made, str(run.manifest["annotate"])) as writer:
        for number, each in enumerate(islice(cycle(every), count)):
            writer.add(*_named(each, f"corpus/{number // 1000:04}/policy-{number:07}.txt"))
    return Run(folder)


def _damaged(every: list[Found]) -> list[Found]:
    """Take its answer from the first document, and let one have been refused."""
    first, *others = every
    lost = (*first.entries[:-1], replace(first.entries[-1], status="partial", note="cut short"))
    refused = {"chunk": 0, "kind": "ungrounded", "problems": ["not in the text"]}
    row = {"document": first.document.id, **refused, "item": {"category": "sharing"}}
    return [replace(first, entries=lost, refused=(row,)), *others]


def _named(
    found: Found, name: str
) -> tuple[Document, Iterator[Annotation], Iterator[Entry], Iterator[dict[str, object]]]:
    """Return what came of a document, as that of another name."""
    return (
        replace(found.document, id=name),
        (replace(each, document=name) for each in found.annotations),
        (replace(each, document=name) for each in found.entries),
        ({**each, "document": name} for each in found.refused),
    )


def gold_of(run: Run, folder: Path, count: int) -> Path:
    """Write what a run says of its first documents as gold, but for each third annotation."""
    folder.mkdir(parents=True)
    schema = load_task(TASK).schema
    pinned = []
    for document, own in islice(annotated(run), count):
        file = folder / f"{document.id}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = [each for number, each in enumerate(own) if number % 3]
        file.write_bytes(b"".join(json_line(_gold_row(each, n)) for n, each in enumerate(kept)))
        hashes = {"text_sha256": document.sha256, "file_sha256": document.provenance.sha256}
        pinned.append({"id": document.id, **hashes, "units": 1})
    versions = {"gold": "1", "schema_name": TASK, "schema_version": schema.version, "codebook": "1"}
    manifest = {"format": 1, **versions, "documents": pinned}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _gold_row(each: Annotation, number: int) -> dict[str, object]:
    return {
        "id": f"{each.document}-{number}",
        "category": each.category,
        "attributes": dict(each.attributes),
        "quote": each.quote,
        "start": each.start,
        "end": each.end,
        "status": "required",
        "must_find": False,
    }
