"""Unite what the samples say of each document, with how sure that is.

The confidence of an annotation is the share of the samples that made it, among those that could:
that made it or read all of its words. A chunk that failed, was refused or truncated in one sample
does not count against what the others say of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.consensus.grouping import Member, grouped, members_of
from annotate.consensus.ledger import chunk_at, united_entries
from annotate.consensus.reach import Range, holds, read_ranges, touches
from annotate.consensus.samples import Sample
from annotate.consensus.voting import confidences, share, voted
from annotate.documents.document import Document
from annotate.grounding.merge import in_text_order, single_values
from annotate.ledger import UNSURE, Entry
from annotate.schema.categories import Schema

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a united run holds of one document: annotations, rows of the quarantine, its chunks."""

    annotations: Sequence[Annotation]
    quarantine: Sequence[Row]
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class UnitedDocument:
    """What all samples say of one document.

    Attributes:
        annotations: in text order, each with its confidence.
        refused: answers that became no annotation in a sample, each with its confidence.
        entries: how the chunks ended, before it is counted what was found in them.
    """

    document: str
    annotations: Sequence[Annotation]
    refused: Sequence[tuple[Row, float]]
    entries: Sequence[Entry]

    def at(self, threshold: float) -> Delivered:
        """Return what is delivered where only annotations of this confidence are.

        What is less sure goes to the quarantine, so that nothing is left out in silence, and no
        silence is claimed on a category that a sample found.
        """
        kept = [each for each in self.annotations if _sure(each) >= threshold]
        rows = [row for row, sure in self.refused if sure >= threshold]
        unsure = [
            *(_unsure(row, row["item"], sure) for row, sure in self.refused if sure < threshold),
            *(
                _unsure({"document": a.document, "chunk": a.evidence[0].chunk}, _item(a), _sure(a))
                for a in self.annotations
                if _sure(a) < threshold
            ),
        ]
        return Delivered(kept, [*rows, *unsure], list(self._counted(kept, rows)))

    def _counted(self, kept: Iterable[Annotation], rows: Iterable[Row]) -> Iterator[Entry]:
        cited = Counter(each.chunk for annotation in kept for each in annotation.evidence)
        refused = Counter((row["chunk"], row["kind"]) for row in rows)
        for entry in self.entries:
            invalid, lost = (refused[entry.chunk, kind] for kind in ("invalid", "ungrounded"))
            status = entry.status
            if status in ("ok", "repaired", "partial"):
                # "partial" says that something of an answer is in the quarantine.
                whole = "ok" if status == "partial" else status
                status = "partial" if invalid or lost else whole
            found = cited[entry.chunk]
            yield replace(entry, status=status, annotations=found, invalid=invalid, ungrounded=lost)


def unite(samples: Sequence[Sample], document: Document, schema: Schema) -> UnitedDocument:
    """Unite what the samples say of one document."""
    return _Uniting(samples, document, schema).united()


class _Uniting:
    """The samples of one document; one that did not read it says nothing and counts for nothing."""

    def __init__(self, samples: Sequence[Sample], document: Document, schema: Schema) -> None:
        name = self._name = document.id
        self._schema = schema
        self._samples = [each for each in samples if name in each.texts]
        entries = [each.entries.get(name, ()) for each in self._samples]
        self._entries = united_entries(entries)
        self._read = [read_ranges(each) for each in entries]
        self._starts = [{entry.chunk: entry.start for entry in each} for each in entries]
        annotations = [each.annotations.get(name, ()) for each in self._samples]
        self._members = members_of(annotations, document.text)

    def united(self) -> UnitedDocument:
        groups = self._without_repeats(grouped(self._members))
        annotations = [self._annotation(each) for each in groups]
        return UnitedDocument(
            self._name,
            in_text_order(annotations, self._schema),
            list(self._refused()),
            self._entries,
        )

    def _without_repeats(self, groups: Iterable[list[Member]]) -> list[list[Member]]:
        """Join groups whose united annotations would say the same of the same words."""
        found: dict[str, list[Member]] = {}
        left = list(groups)
        while left:
            group = left.pop()
            said = voted(group, self._schema)
            single = single_values(said, self._schema)
            key = _text([said.start, said.end, said.category, single])
            if key in found:
                left.append([*found.pop(key), *group])
            else:
                found[key] = group
        return list(found.values())

    def _annotation(self, members: Sequence[Member]) -> Annotation:
        said = voted(members, self._schema)
        able = {m.sample for m in members} | self._able(said.start, said.end)
        sure, by_value = confidences(said, members, len(able))
        evidence = tuple(
            replace(each, chunk=chunk_at(self._entries, each.start)) for each in said.evidence
        )
        return replace(said, evidence=evidence, confidence=sure, value_confidence=by_value)

    def _able(self, start: int, end: int) -> set[int]:
        return {n for n, ranges in enumerate(self._read) if holds(ranges, start, end)}

    def _refused(self) -> Iterator[tuple[Row, float]]:
        """Yield each answer that became no annotation once, with the share that gave it."""
        rows: dict[str, Row] = {}
        given: dict[str, set[int]] = {}
        for number, sample in enumerate(self._samples):
            for row in sample.refused.get(self._name, ()):
                start = self._starts[number].get(row.get("chunk", 0), 0)
                own: Row = {"item": None, **row, "chunk": chunk_at(self._entries, start)}
                key = _text([own["chunk"], own["kind"], own["item"]])
                # The problems may be worded otherwise: the row may not depend on who came first.
                rows[key] = min(rows.get(key, own), own, key=_text)
                given.setdefault(key, set()).add(number)
        for key in sorted(rows):
            span = self._span(rows[key]["chunk"])
            able = given[key] | {n for n, r in enumerate(self._read) if touches(r, *span)}
            yield rows[key], share(given[key], len(able))

    def _span(self, chunk: int) -> Range:
        entry = self._entries[chunk] if self._entries else None
        return (entry.start, entry.end) if entry else (0, 0)


def _sure(annotation: Annotation) -> float:
    return annotation.confidence or 0.0


def _item(annotation: Annotation) -> dict[str, JsonValue]:
    return {
        "category": annotation.category,
        **annotation.attributes,
        "quote": annotation.quote,
    }


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _unsure(row: Row, item: JsonValue, sure: float) -> Row:
    said = f"confidence {sure:g} is below the threshold"
    return {**row, "kind": UNSURE, "problems": [said], "item": item}
