"""Small runs, written row by row."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.ledger import Entry, Status
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter

IDENTITY: dict[str, JsonValue] = {
    "task": "incident_report",
    "model": "lexicon",
    "lexicon": "abc",
    "chunk_size": 4000,
    "inputs": ["reports"],
}


QUARANTINED: dict[str, JsonValue] = {
    "document": "a.txt",
    "chunk": 0,
    "kind": "ungrounded",
    "problems": ["the quote is not in the text"],
    "item": {"category": "impact", "quote": "never said"},
}


def document(name: str = "a.txt", text: str = "Search was slow.") -> Document:
    return Document(name, text)


def annotation(name: str = "a.txt", quote: str = "Search was slow.") -> Annotation:
    evidence = (Evidence(quote, 0, len(quote), "exact", 0),)
    return Annotation(name, 0, len(quote), "impact", {"effects": ["slow"]}, quote, evidence)


def entry(name: str = "a.txt", status: Status = "ok") -> Entry:
    return Entry(name, 0, 0, 16, status, 1)


def writer(path: Path, **identity: JsonValue) -> RunWriter:
    return RunWriter(path, {**IDENTITY, **identity}, "1.2.3")


def write(path: Path, *names: str, status: Status = "ok") -> None:
    with writer(path) as run:
        for name in names:
            run.add(document(name), [annotation(name)], [entry(name, status)], [])


def write_and_break_off(path: Path, *names: str, error: BaseException) -> None:
    with suppress(type(error)), writer(path) as run:
        for name in names:
            run.add(document(name), [annotation(name)], [entry(name)], [])
        raise error


# ---- For exports ----

TEXTS = [
    "a,b",
    'he said "no"',
    "a\r\nb",
    "a\rb",
    "a\nb",
    " a ",
    "é😀",
    "a;b|c\td",
    "",
    "NULL",
    "\\",
]
"""Texts that a table may spoil."""


def a_run(
    path: Path, *quotes: str, attributes: Mapping[str, JsonValue] | None = None, name: str = "a"
) -> Run:
    """Return a run of a document that consists of these quotes."""
    text, found = "", []
    for quote in quotes:
        start, end = len(text), len(text) + len(quote)
        text += quote
        evidence = (Evidence(quote, start, end, "exact", 0),)
        found.append(Annotation(name, start, end, "impact", attributes or {}, quote, evidence))
    with RunWriter(path, {"model": "lexicon"}, "1") as writer:
        writer.add(Document(name, text), found, [Entry(name, 0, 0, len(text), "ok")], [])
    return Run(path)
