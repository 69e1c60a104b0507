"""What is said of the difference of two sides in words, the same in every format.

Nothing here is escaped: each format does so in its own way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from annotate.differences.changes import KINDS, OF_CONTENT, Change, Kind
from annotate.formatting import NOTHING

if TYPE_CHECKING:
    from annotate.differences.diff import Diff, DocumentDiff

MEANINGS: Mapping[Kind, str] = {
    "changed": "Both state it, with other values.",
    "added": "Only afterwards.",
    "removed": "Only before.",
    "reworded": "The same in other words.",
    "moved": "The same words elsewhere in the text.",
    "kept": "The same.",
}

COLUMNS = ("category", *KINDS)


def title(diff: Diff) -> str:
    """Name both sides."""
    return f"{diff.before.name} → {diff.after.name}"


def verdict(diff: Diff) -> str:
    """Say in one sentence what came of it."""
    counts = Counter(change.kind for change in diff.changes)
    of = f"{len(diff.documents):,} document{'' if len(diff.documents) == 1 else 's'}"
    if not any(counts[kind] for kind in OF_CONTENT):
        return f"nothing that is stated changed in {of} ({_counted(counts, KINDS[3:])})"
    return f"{_counted(counts, OF_CONTENT)} statements in {of} ({_counted(counts, KINDS[3:])})"


def headline(document: DocumentDiff) -> str:
    """Say how many statements of a document became what."""
    counts = Counter(change.kind for change in document.changes)
    how = ", one text read twice" if document.same_text else ""
    return f"{document.name}: {_counted(counts, KINDS)}{how}"


def _counted(counts: Mapping[Kind, int], kinds: tuple[Kind, ...]) -> str:
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds)


def category_rows(diff: Diff) -> Iterator[tuple[str, ...]]:
    """Yield how many statements became what, of the categories in which not all were kept.

    At the end stands how many they are in all.
    """
    found = diff.by_category()
    for name, counts in found.items():
        if counts.total() > counts["kept"]:
            yield name, *(f"{counts[kind]:,}" for kind in KINDS)
    yield "all", *(f"{sum(each[kind] for each in found.values()):,}" for kind in KINDS)


def shown(document: DocumentDiff, *, everything: bool = False) -> list[Change]:
    """Return the changes that are told one by one: those of content, or all that kept nothing."""
    kinds = KINDS[:-1] if everything else OF_CONTENT
    return [change for change in document.changes if change.kind in kinds]


def what(change: Change) -> str:
    """Say what a change is: the values that differ, or those that came or went."""
    also = ", moved" if change.moved and change.kind != "moved" else ""
    if change.shifts:
        differing = (
            f"{each.name} {_values(each.before)} → {_values(each.after)}" for each in change.shifts
        )
        return f"{change.category}: {'; '.join(differing)}{also}"
    if change.kind in OF_CONTENT:
        stated = ((name, (*each.values(),)) for name, each in change.sides[0].values.items())
        said = "; ".join(f"{name} {_values(each)}" for name, each in stated if each)
        return f"{change.category}: {said}" if said else change.category
    return f"{change.category}{also}"


def _values(values: tuple[str, ...]) -> str:
    return ", ".join(values) or NOTHING


def lead_in(change: Change) -> str:
    """Return what leads into a statement: the heading or stem right above it."""
    context = change.sides[-1].context
    return context[-1] if context else ""


def facts(document: DocumentDiff) -> Iterator[str]:
    """Say what the document states now and did not, what no longer, and on what it is silent."""
    if document.gained:
        yield f"stated now: {', '.join(map(str, document.gained))}"
    if document.lost:
        yield f"no longer stated: {', '.join(map(str, document.lost))}"
    for each in document.silencings:
        yield f"{each.category}: {each.turn}{f' ({each.why})' if each.why else ''}"
    yield from document.doubts
