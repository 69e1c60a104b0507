"""How each part of a document was read, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from annotate.formatting import visible
from annotate.ledger import Entry
from annotate.runs.silence import Silence, claimed_category
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


def quarantined(rows: Iterable[Mapping[str, Any]]) -> list[JsonValue]:
    """Return the answers that became no annotation, with their quote and why they were refused."""
    return [_refused(row) for row in rows]


def _refused(row: Mapping[str, Any]) -> JsonValue:
    item = row.get("item")
    answer = item if isinstance(item, dict) else {}
    quote = answer.get("quote")
    others = {name: v for name, v in answer.items() if name not in ("category", "quote")}
    return {
        "kind": visible(str(row["kind"])),
        "chunk": row.get("chunk", 0),
        "category": visible(claimed_category(item)),
        "quote": plain(quote) if isinstance(quote, str) else "",
        "answer": "" if answer else plain(str(item or "")),
        "attributes": stated(others),
        "problems": [plain(str(problem)) for problem in row.get("problems", ())],
    }


def silent(found: Silence, legend: Legend) -> JsonValue:
    """Return on which categories of the legend a document is silent, and for which nobody knows."""
    return {
        "silent": [legend.places[name] for name in found.silent],
        "open": [legend.places[name] for name in found.open],
        "why": found.why,
    }
