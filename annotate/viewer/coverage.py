"""How each part of a document was read, and what may be concluded from what was not found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.formatting import visible
from annotate.ledger import Entry
from annotate.viewer.layout import Span
from annotate.viewer.legend import Legend, stated
from annotate.viewer.marks import plain


def unread(entries: Sequence[Entry]) -> list[Span]:
    """Return the ranges without an answer, each owned by the number of its chunk."""
    return [
        Span(start, end, entry.chunk)
        for entry in entries
        if not entry.answered
        for start, end in entry.unread or ((entry.start, entry.end),)
    ]


def chunks(entries: Iterable[Entry]) -> list[JsonValue]:
    """Return how each chunk of a document ended."""
    return [
        {
            "chunk": entry.chunk,
            "start": entry.start,
            "end": entry.end,
            "status": entry.status,
            "answered": entry.answered,
            "annotations": entry.annotations,
            "invalid": entry.invalid,
            "ungrounded": entry.ungrounded,
            "requests": entry.requests,
            "tokens": entry.prompt_tokens + entry.completion_tokens,
            "cost": entry.cost,
            "seconds": entry.seconds,
            "note": plain(entry.note),
        }
        for entry in entries
    ]


def quarantined(rows: Iterable[dict[str, Any]]) -> list[JsonValue]:
    """Return the answers that became no annotation, with their quote and why they were refused."""
    return [_refused(row) for row in rows]


def _refused(row: dict[str, Any]) -> JsonValue:
    item = row.get("item")
    answer = item if isinstance(item, dict) else {}
    quote = answer.get("quote")
    others = {name: v for name, v in answer.items() if name not in ("category", "quote")}
    return {
        "kind": visible(str(row["kind"])),
        "chunk": row.get("chunk", 0),
        "category": visible(_category(item)),
        "quote": plain(quote) if isinstance(quote, str) else "",
        "answer": "" if answer else plain(str(item or "")),
        "attributes": stated(others),
        "problems": [plain(str(problem)) for problem in row.get("problems", ())],
    }


def silence(
    document: Document,
    found: set[str],
    entries: Sequence[Entry],
    refused: Sequence[dict[str, Any]],
    legend: Legend,
) -> JsonValue:
    """Say on which categories a document is silent, and for which nobody knows.

    A document is silent on a category where every character was read, every chunk was answered, and
    nothing that was refused claims the category or leaves it open which one it meant.
    """
    absent = [name for name in legend.places if name not in found]
    why = _gap(document, entries)
    claimed = {_category(row.get("item")) for row in refused}
    # A category that the schema does not know may have been meant for any of its own.
    known = [n for n in absent if n not in claimed] if claimed <= legend.places.keys() else []
    known = [] if why else known
    return {
        "silent": [legend.places[name] for name in known],
        "open": [legend.places[name] for name in absent if name not in known],
        "why": why or ("an answer about it was refused" if len(known) < len(absent) else ""),
    }


def _gap(document: Document, entries: Sequence[Entry]) -> str:
    """Say why a document was not read as a whole, "" where it was."""
    lost = sum(not entry.answered for entry in entries)
    if lost:
        return f"{lost} of {len(entries)} chunks not answered"
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        if entry.start > reached:
            break
        reached = max(reached, entry.end)
    return "" if reached >= len(document.text) else "not all of the text was read"


def _category(item: object) -> str:
    """Return the category that an answer names, "" where it names none."""
    named = item.get("category") if isinstance(item, dict) else None
    return named if isinstance(named, str) else ""
