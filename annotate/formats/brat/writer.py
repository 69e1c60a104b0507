r"""Write brat standoff: a text and its annotations per document, and the folder's configuration.

    annotate.json      where it comes from, which file is which document, which type which category
    annotation.conf    the categories as entity types
    visual.conf        their colours
    <name>.txt         the text
    <name>.ann         T1\timpact 0 24\tCafé 😀 was unavailable.
                       #1\tAnnotatorNotes T1\t{"attributes": {…}, "span": [0, 24], …}

What brat does, by its sources (`server/src/annotation.py`, `annotator.py` and `projectconfig.py`):
offsets count code points of the decoded file, line ends as they are; lines of a `.ann` end wherever
`str.splitlines` ends one; a span never holds a line end, a longer one is written as its pieces with
";" between them and one space between their words; a type is of letters, digits, "_" and "-".

brat shows nothing but text: headings, lists and tables are its lines, and furniture looks like any
other text. What a source states of it, the index keeps.

The note keeps the span as it was, since pieces show no line end at its edges. brat's page counts
UTF-16 units where its server counts code points (its issue 1115): behind an emoji it marks the
wrong characters, and the files are right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.files import SafeNames, without_surrogates
from annotate.formats.annotated_document import AnnotatedDocument, Span, stated_of
from annotate.schema.categories import Schema

INDEX = "annotate.json"
FORMAT = "annotate brat 1"
NOTE = "AnnotatorNotes"
"""The type of a comment that a person can edit in brat."""

_LINE_ENDS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"  # of str.splitlines, by which brat reads
_PIECE = re.compile(f"[^{_LINE_ENDS}]+")
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Okabe and Ito's colours, which colour-blind readers can tell apart, as backgrounds of black text.
_COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#CC79A7", "#D55E00", "#BBBBBB")


def write_brat(
    folder: Path,
    schema: Schema,
    origin: Mapping[str, JsonValue],
    documents: Iterable[AnnotatedDocument],
) -> int:
    """Write documents into an empty folder and return how many annotations they hold."""
    types, files = SafeNames("category"), SafeNames("document")
    # Named before the documents are, so that types and colours come in the schema's order.
    for category in schema.categories:
        types.of(category)
    entries = []
    for each in documents:
        name = files.new(each.document.id.removesuffix(".txt"))
        _write(folder / f"{name}.txt", without_surrogates(each.document.text))
        _write(folder / f"{name}.ann", "".join(_lines(each, types)))
        entries.append(_entry(name, each))
    categories = types.given()
    index = {"format": FORMAT, **origin, "types": categories, "documents": entries}
    _write(folder / INDEX, json.dumps(index, indent=1) + "\n")
    _write(folder / "annotation.conf", _configuration(categories))
    _write(folder / "visual.conf", _drawing(categories))
    return sum(entry["annotations"] for entry in entries)


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return what lies between the line ends of a span, an empty piece where nothing does."""
    return [match.span() for match in _PIECE.finditer(text, start, end)] or [(start, start)]


def _lines(annotated: AnnotatedDocument, types: SafeNames) -> Iterable[str]:
    text = without_surrogates(annotated.document.text)
    for number, span in enumerate(annotated.spans, start=1):
        found = pieces(text, span.start, span.end)
        offsets = ";".join(f"{start} {end}" for start, end in found)
        words = " ".join(text[start:end] for start, end in found)
        yield f"T{number}\t{types.of(span.category)} {offsets}\t{words}\n"
        yield f"#{number}\t{NOTE} T{number}\t{_note(span)}\n"


def _note(span: Span) -> str:
    note = {"attributes": span.attributes, "span": [span.start, span.end], **span.kept}
    return _UNSAFE.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(note, ensure_ascii=False)
    )


def _entry(name: str, annotated: AnnotatedDocument) -> dict[str, Any]:
    document = annotated.document
    entry = {
        "file": name,
        "id": document.id,
        "sha256": document.sha256,
        "format": document.format,
        "annotations": len(annotated.spans),
        "chunks": list(annotated.chunks),
        **stated_of(document),
    }
    if without_surrogates(document.text) == document.text:
        return entry
    return {**entry, "text": document.text}


def _configuration(types: Iterable[str]) -> str:
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    entities = "\n".join(types)
    return f"[entities]\n\n{entities}\n\n[relations]\n\n{overlap}\n\n[events]\n\n[attributes]\n"


def _drawing(types: Iterable[str]) -> str:
    rows = (
        f"{name}\tbgColor:{_COLOURS[number % len(_COLOURS)]}" for number, name in enumerate(types)
    )
    return "[labels]\n\n[drawing]\n\n" + "\n".join(rows) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
