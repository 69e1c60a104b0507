"""Runs of hostile texts with every kind of attribute, and what Label Studio makes of them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence, Grounding
from annotate.documents.document import Document
from annotate.gold.store import read_gold
from annotate.ledger import Entry
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from annotate.schema.categories import Schema
from annotate.scoring.labels import stated
from tests.conftest import ROOT

POLICIES = load_task("privacy_policy", ROOT).schema
GOLD = ROOT / "eval" / "gold" / "privacy_policy"

Practice = tuple[str, dict[str, JsonValue]]
Task = dict[str, Any]

IMPACT: dict[str, JsonValue] = {
    "effects": ["slow", "errors"],
    "countries": ["DE", "FR", "various"],
    "duration": "PT2H",
    "customers_named": True,
    "polarity": "affirmed",
}
SLOW: dict[str, JsonValue] = {
    "effects": ["slow"],
    "countries": [],
    "duration": None,
    "customers_named": False,
    "polarity": "affirmed",
}
CAUSE: dict[str, JsonValue] = {"triggers": ["unknown"], "certainty": "suspected"}
DONE: dict[str, JsonValue] = {
    "step": "resolved",
    "planned": True,
    "date": None,
    "attempts": None,
    "time": None,
}
DATED: dict[str, JsonValue] = {
    "step": "detected",
    "planned": False,
    "date": "2024-05",
    "attempts": 3,
    "time": None,
}
HOSTILE = [
    "",
    "a\nb\r\nc",
    "\t<b>&amp;",
    "😀e\u0301\u2028\x0b",
    '{"a": 1}',
    "T1\timpact 0 1",
    "null",
]


def incident_practices() -> list[Practice]:
    return [
        ("impact", IMPACT),
        ("impact", SLOW),
        ("cause", CAUSE),
        ("action", DONE),
        ("action", DATED),
    ]


def policy_practices() -> list[Practice]:
    """Return a part of what the gold states, and contacts with values of all sorts."""
    found: list[Practice] = [
        (each.category, each.attributes) for each in read_gold(GOLD, POLICIES).annotations[::9]
    ]
    contacts: list[Practice] = [
        ("contact", {"channels": ["email"], "value": value, "officer": "company"})
        for value in HOSTILE
    ]
    return found + contacts


@dataclass(frozen=True)
class Content:
    """What a run is made of: texts with the annotations on each."""

    schema: Schema
    documents: tuple[tuple[Document, tuple[Annotation, ...]], ...]

    def write(self, path: Path) -> Run:
        """Write the run as a model's."""
        identity: dict[str, JsonValue] = {
            "task": self.schema.name,
            "schema": self.schema.fingerprint,
            "model": "a-model",
        }
        with RunWriter(path, identity, "1") as writer:
            for document, annotations in self.documents:
                writer.add(document, annotations, _ledger(document), [])
        return Run(path)


def _ledger(document: Document) -> list[Entry]:
    half = len(document.text) // 2
    return [
        Entry(document.id, 0, 0, half, "repaired"),
        Entry(document.id, 1, half, len(document.text), "ok"),
    ]


PIECES = (
    "a,é,😀,\r\n,\n,\r,\t, ,  ,e\u0301,👩\u200d👧,\u2028,\x85,\x0b,\x1c,\u202e,<b>&,slow. ".split(
        ","
    )
)
BROKEN = ["\ud83d.", "\ude00", "\x00"]
"""What databases and files cannot hold: half characters (which JSON joins if side by side), NUL."""
NAMES = ["a.txt", "../a.txt", "a/b.txt", "A.TXT", "nul", ".hidden", "😀", "a\tb\n", "x" * 300]


@st.composite
def drawn(
    draw: st.DrawFn,
    schema: Schema,
    practices: list[Practice],
    pieces: Iterable[str] = (*PIECES, *BROKEN),
    names: Iterable[str] = (*NAMES, "\udcff"),
) -> Content:
    """Draw documents with annotations anywhere, overlapping and over line ends."""
    chosen = draw(st.lists(st.sampled_from([*names]), min_size=1, max_size=3, unique=True))
    text = st.lists(st.sampled_from([*pieces]), min_size=1, max_size=30).map("".join)
    documents = [Document(name, draw(text), "markdown") for name in chosen]
    marked = [(each, draw(annotated(each, schema, practices))) for each in documents]
    return Content(schema, tuple(marked))


@st.composite
def annotated(
    draw: st.DrawFn, document: Document, schema: Schema, practices: list[Practice]
) -> tuple[Annotation, ...]:
    """Draw annotations of a text, in the order of a run."""
    found = []
    for category, attributes in draw(st.lists(st.sampled_from(practices), max_size=6)):
        start, end = draw(spans(0, len(document.text)))
        cited = tuple(
            draw(evidence(document.text, start, end)) for _ in range(draw(st.integers(1, 2)))
        )
        quote = document.text[start:end]
        sure = draw(st.none() | st.floats(0, 1)), draw(confidences(attributes))
        found.append(Annotation(document.id, start, end, category, attributes, quote, cited, *sure))
    rank = {category: position for position, category in enumerate(schema.categories)}
    return tuple(
        sorted(
            found,
            key=lambda a: (
                a.start,
                a.end,
                rank[a.category],
                json.dumps(a.attributes, sort_keys=True),
            ),
        )
    )


def confidences(
    attributes: dict[str, JsonValue],
) -> st.SearchStrategy[dict[str, dict[str, float]]]:
    """Return nothing, or how sure the maker of an annotation was of each value that it states."""
    words = {name: stated(value) for name, value in attributes.items() if stated(value)}
    by_value = {
        name: st.fixed_dictionaries(dict.fromkeys(sorted(values), st.floats(0, 1)))
        for name, values in words.items()
    }
    return st.just({}) | st.fixed_dictionaries(by_value)


def spans(start: int, end: int) -> st.SearchStrategy[tuple[int, int]]:
    place = st.integers(start, end)
    return st.tuples(place, place).map(lambda pair: (min(pair), max(pair)))


@st.composite
def evidence(draw: st.DrawFn, text: str, start: int, end: int) -> Evidence:
    first, last = draw(spans(start, end))
    grounding: Grounding = draw(st.sampled_from(("exact", "folded", "fuzzy")))
    quote = draw(st.sampled_from([text[first:last], "as cited 😀\n"]))
    return Evidence(quote, first, last, grounding, draw(st.integers(0, 1)))


# ---- Label Studio ----


def submitted(
    tasks: list[Task], change: Callable[[list[Any]], None] = lambda _: None
) -> list[Task]:
    """Return what Label Studio 1.23 exports when somebody submits every prediction.

    `change` does to the results of a task what the person did first.
    """
    exported = []
    for number, task in enumerate(copy.deepcopy(tasks), start=1):
        results = task["predictions"][0]["result"]
        for result in results:
            result["origin"] = "prediction"
            if "choices" in result["value"]:
                result["value"]["choices"].reverse()  # as they were clicked
        change(results)
        annotation = {
            "id": 10 + number,
            "completed_by": 1,
            "result": results,
            "was_cancelled": False,
            "ground_truth": False,
            "lead_time": 8.7,
        }
        about = {"drafts": [], "predictions": [number], "meta": {}, "inner_id": number}
        exported.append({"id": number, "annotations": [annotation], **about, "data": task["data"]})
    return exported


def as_marked(
    text: str, start: int, end: int, label: str, name: str = "RajdzQrlJW"
) -> dict[str, Any]:
    """Return a region as Label Studio's page makes one: white space folded, line ends spelt out."""
    lines = text[start:end].replace("\r", "\n").split("\n")
    words = "\\n".join(re.sub("[ \t]+", " ", line) for line in lines)
    value = {"start": start, "end": end, "text": words, "labels": [label]}
    return {
        "id": name,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": value,
        "origin": "manual",
    }
