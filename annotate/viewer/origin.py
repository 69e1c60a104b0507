"""What a page says of a document itself: its languages, and the source that it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.ledger import Entry
from annotate.viewer.marks import plain

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_MOST_VALUE = 1000  # characters of one value of the metadata


def language(code: str) -> str:
    """Return a code of a language as an element may have it, "" for what is none."""
    return code if _CODE.fullmatch(code) else ""


def other_languages(document: Document) -> list[JsonValue]:
    """Return the codes of the languages of long blocks that are not the main one."""
    used = document.languages
    return [code for code in map(language, used.every) if code and code != used.main]


def left_out(furniture: str, entries: Sequence[Entry]) -> str:
    """Return what a block around the text is, and whether it was left out; "" for text."""
    if not furniture:
        return ""
    reason = plain(furniture[:1].upper() + furniture[1:])
    left = any(entry.status == "furniture" for entry in entries)
    return f"{reason}, not annotated" if left else reason


def facts(document: Document) -> list[JsonValue]:
    """Return what is known of the source of a document, as names and texts."""
    return [[plain(name), plain(text)] for name, text in described(document)]


def described(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what is known of the source of a document, as names and texts."""
    source = document.provenance
    yield "format", document.format
    if document.layout and document.layout.pages:
        yield "pages", f"{len(document.layout.pages):,}"
    if source.encoding:
        yield "encoding", f"{source.encoding.codec}, known from: {source.encoding.known_from}"
    if source.name:
        yield "source", f"{source.name}, {source.size:,} bytes"
        yield "its SHA-256", source.sha256
    for name, value in source.metadata.items():
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield name, said if len(said) <= _MOST_VALUE else f"{said[:_MOST_VALUE]}…"
