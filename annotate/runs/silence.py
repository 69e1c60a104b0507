"""On which categories a document is silent, and on which nobody knows: the one definition of both.

A document is silent on a category where nothing was found of it and all that could state something
was read: every unit that is neither a heading nor furniture lies in a chunk that was asked about
and answered, in a language that the annotator reads, and nothing that was refused claims the
category or leaves open which one it meant. A page without text may be an image, which is not read.

`annotate show`, pages and Parquet all say what this module says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.documents.units import Unit
from annotate.ledger import Entry

_MOST_PAGES = 5  # that are named


@dataclass(frozen=True, slots=True)
class Silence:
    """What may be concluded from what was not found in a document.

    Attributes:
        silent: the categories on which the document is silent.
        open: those that were not found, and for which nobody knows.
        why: why they are open; "" where none is.
    """

    silent: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    why: str = ""

    def to_json(self) -> dict[str, JsonValue]:
        """Return the categories and the reason by name."""
        return {"silent": list(self.silent), "open": list(self.open), "why": self.why}


def silence(
    document: Document,
    categories: Iterable[str],
    found: Collection[str],
    entries: Sequence[Entry],
    refused: Iterable[Mapping[str, Any]],
    reads: Collection[str] | None,
) -> Silence:
    """Say on which categories a document is silent.

    Args:
        document: the document.
        categories: all that the schema has.
        found: those of its annotations.
        entries: its rows of the ledger.
        refused: its rows of the quarantine.
        reads: the languages that the annotator reads, None where it reads any.
    """
    every = tuple(categories)
    absent = [name for name in every if name not in found]
    if why := gap(document, entries, reads):
        return Silence((), tuple(absent), why if absent else "")
    claimed = {claimed_category(row.get("item")) for row in refused}
    # A category that the schema does not know may have been meant for any of its own.
    known = [name for name in absent if name not in claimed] if claimed <= set(every) else []
    left = tuple(name for name in absent if name not in known)
    return Silence(tuple(known), left, "an answer about it was refused" if left else "")


def gap(document: Document, entries: Sequence[Entry], reads: Collection[str] | None) -> str:
    """Say why not all that a document could state was read, "" where it was."""
    if _all_answered(document, entries) and not (reads and document.languages.beyond(reads)):
        return _wordless_pages(document)  # as most are, and no text need be divided to know
    states = [unit for unit in document.segmentation.units if unit.states]
    lost = [entry for entry in entries if not _asked(entry) and _holds_any(entry, states)]
    if lost:
        said = f"{len(lost)} of {len(entries)} chunks"
        if all(entry.status == "abstained" for entry in lost):
            return f"{said} are in a language that was not read"
        if all(entry.status == "furniture" for entry in lost):
            return f"{said} were taken for furniture, and are text"
        return f"{said} not answered"
    if not entries or not all(_covered(entries, states)):
        return "not all of the text was read"
    languages = dict.fromkeys(document.languages.at(unit.start) for unit in states)
    beyond = [each for each in languages if reads is not None and each and each not in reads]
    if beyond:
        return f"it is written in {', '.join(beyond)}, which was not read"
    return _wordless_pages(document)


def _wordless_pages(document: Document) -> str:
    """Say which pages have no text; they may be images, which no reader reads."""
    pages = document.layout.pages if document.layout else ()
    wordless = [str(p.number) for p in pages if not document.text[p.start : p.end].strip()]
    if not wordless:
        return ""
    named = ", ".join(wordless[:_MOST_PAGES]) + (", …" if len(wordless) > _MOST_PAGES else "")
    return f"pages without text, perhaps images, were not read: {named}"


def claimed_category(item: object) -> str:
    """Return the category that an answer names, "" where it names none."""
    named = item.get("category") if isinstance(item, dict) else None
    return named if isinstance(named, str) else ""


def _asked(entry: Entry) -> bool:
    """Tell whether a chunk was asked about and answered: furniture was not."""
    return entry.answered and entry.status != "furniture"


def _all_answered(document: Document, entries: Sequence[Entry]) -> bool:
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.start):
        if not _asked(entry) or entry.start > reached:
            return False
        reached = max(reached, entry.end)
    return reached >= len(document.text)


def _holds_any(entry: Entry, units: Iterable[Unit]) -> bool:
    """Tell whether a unit stands in a chunk, or in those parts of it that are without an answer."""
    parts = entry.unread or ((entry.start, entry.end),)
    return any(unit.start < end and start < unit.end for unit in units for start, end in parts)


def _covered(entries: Iterable[Entry], units: Iterable[Unit]) -> Iterator[bool]:
    """Tell of each unit, in text order, whether chunks without a gap hold it."""
    ordered = iter(sorted(entries, key=lambda entry: entry.start))
    reached, begun = 0, 0
    entry = next(ordered, None)
    for unit in units:
        while entry is not None and entry.start < unit.end:
            if entry.start > reached:
                begun = entry.start
            reached = max(reached, entry.end)
            entry = next(ordered, None)
        yield begun <= unit.start and unit.end <= reached
