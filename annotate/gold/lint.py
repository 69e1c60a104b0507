"""Lint gold: hashes, quotes, borders, values, order, coverage, and what looks inconsistent."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, combinations, pairwise
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.units import Unit
from annotate.errors import InvalidAnnotation
from annotate.findings import Finding, in_order
from annotate.gold.consistency import labelled_differently
from annotate.gold.passes import LabelledUnit, Pass
from annotate.gold.sources import SourceDocument
from annotate.gold.store import MANIFEST, Gold, GoldAnnotation
from annotate.schema.categories import Schema
from annotate.scoring.scores import LOW_SUPPORT

_ONE_LINE = 3


def check(
    gold: Gold, sources: Mapping[str, SourceDocument], schema: Schema, passes: Sequence[Pass] = ()
) -> list[Finding]:
    """Return what is wrong with gold (errors) and what deserves a look (warnings), by file.

    `passes` are the labellings it was made from: they prove that every document was read to its
    end.
    """
    lint = _Lint(gold, sources, schema)
    lint.rules()
    lint.coverage(passes)
    lint.support()
    lint.consistency()
    return in_order(lint.findings)


def errors(gold: Gold, sources: Mapping[str, SourceDocument], schema: Schema) -> list[Finding]:
    """Return what is wrong with gold alone: what only deserves a look takes longer to find."""
    lint = _Lint(gold, sources, schema)
    lint.rules()
    return [each for each in lint.findings if each.is_error]


class _Lint:
    """The checks of one gold, one method per question; each appends what it finds."""

    def __init__(self, gold: Gold, sources: Mapping[str, SourceDocument], schema: Schema) -> None:
        self.gold = gold
        self.sources = sources
        self.schema = schema
        self.index = gold.folder / MANIFEST
        self.pinned = {document.id: document for document in gold.manifest.documents}
        self.findings: list[Finding] = []

    def error(self, file: Path, line: int | None, message: str, remedy: str) -> None:
        self.findings.append(Finding("error", file, line, message, remedy))

    def warn(self, file: Path, line: int | None, message: str, remedy: str) -> None:
        self.findings.append(Finding("warning", file, line, message, remedy))

    def pinned_at(self, name: str) -> int | None:
        """Return the line of the manifest that names a document, or holds a key."""
        try:
            lines = self.index.read_text(encoding="utf-8").split("\n")
        except OSError:
            return None
        if len(lines) < _ONE_LINE:  # as it is written where nobody looks at it
            return None
        words = json.dumps(name, ensure_ascii=False)
        return next((number for number, line in enumerate(lines, 1) if words in line), None)

    def at(self, each: GoldAnnotation) -> tuple[Path, int]:
        return self.gold.file(each.document), each.line

    def rules(self) -> None:
        """Does every annotation keep the rules of gold by itself, and beside the others?"""
        self.manifest()
        for each in self.gold.annotations:
            self.evidence(each)
            self.statement(each)
        self.order()
        self.repeats()

    def manifest(self) -> None:
        """Is this the schema, and are these the documents, that were labelled?"""
        labelled = self.gold.manifest.labelled_with
        current = f"{self.schema.name} {self.schema.version}"
        if labelled != current:
            message = f"was labelled with schema {labelled}, not with {current}"
            remedy = "relabel what the change touches, then write the new version here"
            self.error(self.index, self.pinned_at("schema_version"), message, remedy)
        for file in sorted(self.gold.folder.glob("*.jsonl")):
            if file.name.removesuffix(".jsonl") not in self.pinned:
                self.error(file, None, f"is not in {MANIFEST}", "pin its document, or remove it")
        for name, then in self.pinned.items():
            if name not in self.sources:
                remedy = (
                    "name the folder that holds it with --documents; where it is gone, restore it "
                    "or remove its gold"
                )
                said = f"no document is named {name}"
                self.error(self.index, self.pinned_at(name), said, remedy)
                continue
            # The number of units is pinned too: a later segmentation may move borders in a text
            # that is the same to the byte.
            now, before = dict(self.sources[name].pinned()), dict(then)
            for what in now:
                if now[what] != before[what]:
                    message = f"{name}: {what} was {before[what]} and is {now[what]}"
                    remedy = "restore what was labelled, or relabel what moved and pin it again"
                    self.error(self.index, self.pinned_at(name), message, remedy)

    def evidence(self, each: GoldAnnotation) -> None:
        """Does the quote stand where it is said to, and is it a whole unit?"""
        if each.document not in self.sources:
            return
        source = self.sources[each.document]
        text = source.document.text
        if not 0 <= each.start < each.end <= len(text):
            remedy = "count code points from 0, the end excluded"
            self.error(*self.at(each), "the span is not in the text", remedy)
            return
        if text[each.start : each.end] != each.quote:
            remedy = "copy it from the text, or correct the span"
            self.error(*self.at(each), "the quote is not what stands at its span", remedy)
        if self.schema.unit is None:  # then a quote stands for itself, and may be any words
            return
        first, last = source.starts.get(each.start), source.ends.get(each.end)
        if first is None or last is None:
            remedy = "take the whole sentence or list item, and no heading"
            self.error(*self.at(each), "the span is not on the borders of units", remedy)
        elif first != last:
            remedy = "annotate the one that states it"
            self.warn(*self.at(each), "the span holds several units", remedy)

    def statement(self, each: GoldAnnotation) -> None:
        """Is it what the schema defines, and written as the schema writes it?"""
        try:
            attributes = self._in_full(each)
        except InvalidAnnotation as error:
            for problem in error.problems:
                self.error(*self.at(each), problem, "label it as the schema defines")
            return
        if list(attributes.items()) != list(each.attributes.items()):
            remedy = f"write {json.dumps(attributes, ensure_ascii=False)}"
            self.error(*self.at(each), "attributes: not in full and in schema order", remedy)
        if each.must_find and each.status == "optional":
            self.error(*self.at(each), "is optional and must be found", "choose one of the two")

    def order(self) -> None:
        """Is every id given once, and every file in text order?"""
        seen: dict[str, GoldAnnotation] = {}
        for each in self.gold.annotations:
            if (other := seen.setdefault(each.id, each)) is not each:
                message = f"its id {each.id} is that of {_shown(*self.at(other))}"
                self.error(*self.at(each), message, "give the newer one an id of its own")
        for before, each in pairwise(self.gold.annotations):
            behind = (each.start, each.end) < (before.start, before.end)
            if before.document == each.document and behind:
                self.error(*self.at(each), "belongs above the line before it", "sort the file")

    def repeats(self) -> None:
        """Is a span given a category twice only where a single value differs?"""
        groups: defaultdict[tuple[str, str], list[GoldAnnotation]] = defaultdict(list)
        for each in self.gold.annotations:
            groups[each.document, each.category].append(each)
        for first, second in chain.from_iterable(combinations(g, 2) for g in groups.values()):
            where = _shown(*self.at(first))
            if (first.start, first.end) == (second.start, second.end):
                if self._unites(first, second):
                    message = f"has the category, span and single values of {where}"
                    self.error(*self.at(second), message, "unite their sets in one annotation")
            elif first.start < second.end and second.start < first.end:
                message = f"overlaps {where}, which has the same category"
                self.warn(*self.at(second), message, "keep the one that states it")

    def _unites(self, first: GoldAnnotation, second: GoldAnnotation) -> bool:
        try:
            sides = self._in_full(first), self._in_full(second)
        except InvalidAnnotation:
            return False
        return self.schema.unite(first.category, *sides) is not None

    def _in_full(self, each: GoldAnnotation) -> dict[str, JsonValue]:
        return self.schema.parse({**each.attributes, "category": each.category}).attribute_values()

    def coverage(self, passes: Sequence[Pass]) -> None:
        """Has every unit of every document been read in both passes?"""
        if len(passes) < 2:
            remedy = "name both, to show that the documents were read to their end"
            self.warn(self.index, None, "fewer than two passes are at hand", remedy)
        for each in passes:
            for document in self.pinned:
                if document in self.sources:
                    rows = each.documents.get(document, ())
                    self._covered(each.file(document), rows, self.sources[document].units)
            for file, line, problem in each.problems(self.schema):
                self.error(file, line, problem, "label it as the schema defines")

    def _covered(self, file: Path, rows: Sequence[LabelledUnit], units: Sequence[Unit]) -> None:
        remedy = "write a row for every unit in order, also for those without annotation"
        for row, unit in zip(rows, units, strict=False):
            if (row.unit, row.start, row.end) != (unit.index, unit.start, unit.end):
                expected = f"unit {unit.index} [{unit.start}:{unit.end}]"
                self.error(file, row.line, f"stands where {expected} should", remedy)
                return  # every row behind a missing one would be wrong as well
        if len(rows) != len(units):
            self.error(file, None, f"has {len(rows)} rows for {len(units)} units", remedy)

    def support(self) -> None:
        """Is there enough of each category to conclude anything?"""
        # Optional gold is never a miss, so that only required annotations support a figure.
        found = Counter(a.category for a in self.gold.annotations if a.status == "required")
        for category in self.schema.categories:
            if found[category] < LOW_SUPPORT:
                message = f"{category} has a support of {found[category]}, below {LOW_SUPPORT}"
                self.warn(self.index, None, message, "draw no conclusion on it alone")

    def consistency(self) -> None:
        """Are units that are worded alike, below the same stems, labelled alike?"""
        for other, each, how in labelled_differently(self.gold, self.sources):
            message = f"{each.place} is worded {how} {other.place} and labelled otherwise"
            self.warn(each.file, each.line, message, "make sure that the context differs")


def _shown(file: Path, line: int) -> str:
    return f"{file}:{line}"
