"""Runs that are samples of each other, written row by row: what each of them says and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.gold.store import Gold, GoldAnnotation
from annotate.ledger import Entry
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from tests.conftest import ROOT

SCHEMA = load_task("privacy_policy", ROOT).schema
SAID = (
    "We collect your address.",
    "We encrypt what we store.",
    "We keep it for a year.",
    "You can ask us for a copy.",
)
TEXT = " ".join(SAID)
INVENTED = ("do_not_track.signal=gpc", "do_not_track.response=ignored")
"""What noisy samples state that the gold does not."""


def collected(*data_types: str, quote: str = SAID[0], name: str = "a.txt") -> Annotation:
    """Return an annotation of data that is collected."""
    return said(
        "collection",
        quote,
        {"data_types": [*data_types], "sources": ["user_provided"], "polarity": "affirmed"},
        name,
    )


def secured(*measures: str, quote: str = SAID[1], name: str = "a.txt") -> Annotation:
    """Return an annotation of how data is secured."""
    return said("security", quote, {"measures": [*measures]}, name)


def kept(period: str, duration: str | None = None, quote: str = SAID[2]) -> Annotation:
    """Return an annotation of how long data is kept."""
    return said("retention", quote, {"periods": [period], "duration": duration, "data_types": []})


def said(
    category: str, quote: str, attributes: Mapping[str, JsonValue], name: str = "a.txt"
) -> Annotation:
    """Return an annotation of words of the text."""
    start = TEXT.index(quote)
    end = start + len(quote)
    cited = (Evidence(quote, start, end, "exact", 0),)
    return Annotation(name, start, end, category, attributes, quote, cited)


def whole(status: Any = "ok", name: str = "a.txt", **more: Any) -> Entry:
    """Return the row of the ledger of a text that is one chunk."""
    return Entry(name, 0, 0, len(TEXT), status, requests=1, prompt_tokens=10, **more)


def sample(
    folder: Path,
    found: Iterable[Annotation],
    entries: Sequence[Entry] | None = None,
    refused: Sequence[Mapping[str, JsonValue]] = (),
    documents: Iterable[Document] = (Document("a.txt", TEXT),),
    **made: JsonValue,
) -> Run:
    """Write a run of the policies' task; every text is one answered chunk unless `entries` say."""
    identity: dict[str, JsonValue] = {"task": SCHEMA.name, "schema": SCHEMA.fingerprint}
    annotations = list(found)
    with RunWriter(folder, {**identity, "model": "m", **made}, "1") as writer:
        for document in documents:
            ledger = [whole(name=document.id)] if entries is None else entries
            writer.add(
                document,
                [each for each in annotations if each.document == document.id],
                [each for each in ledger if each.document == document.id],
                [row for row in refused if row["document"] == document.id],
            )
    return Run(folder)


def noisy_samples(folder: Path, policies: Run, gold: Gold) -> list[Run]:
    """Write three samples of the policies, made of their gold.

    Of what has to be found each sample lacks another seventh, two lack every 29th, and each states
    of eight units of every document, its own ones, what the gold does not.
    """
    documents = list(policies.documents())
    required = [each for each in gold.annotations if each.status == "required"]
    runs = []
    for number in range(3):
        found = [
            _of_gold(each)
            for place, each in enumerate(required)
            if place % 7 != number and (place % 29 or not number)
        ]
        for document in documents:
            found += _invented(document, required, number)
        entries = [Entry(d.id, 0, 0, len(d.text), "ok", requests=1) for d in documents]
        found.sort(key=lambda each: (each.document, each.start, each.end))
        made = sample(folder / f"noisy-{number + 1}", found, entries, (), documents, repeat=number)
        runs.append(made)
    return runs


def _of_gold(each: GoldAnnotation) -> Annotation:
    cited = (Evidence(each.quote, each.start, each.end, "exact", 0),)
    place = each.document, each.start, each.end
    return Annotation(*place, each.category, each.attributes, each.quote, cited)


def _invented(
    document: Document, required: Iterable[GoldAnnotation], number: int
) -> list[Annotation]:
    """Return what one sample states of units of which the gold states something else."""
    labelled = {each.start for each in required if each.document == document.id}
    units = [unit for unit in document.segmentation.units if unit.start in labelled]
    return [
        Annotation(
            document.id,
            unit.start,
            unit.end,
            "do_not_track",
            {"signal": "gpc", "response": "ignored"},
            document.text[unit.start : unit.end],
            (Evidence(document.text[unit.start : unit.end], unit.start, unit.end, "exact", 0),),
        )
        for unit in units[number : 8 * 3 : 3]
    ]
