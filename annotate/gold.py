"""Gold: what is right about some documents, kept as files, checked, and compared over versions.

Gold is a folder, in text order and with one annotation a line:

    manifest.json           versions, and for each document its hashes and the number of its units
    <document id>.jsonl     {"id": "acme-0012-sharing-1", "category": "sharing", "attributes": {…},
                            "quote": "…", "start": 340, "end": 412, "status": "required",
                            "must_find": false, "note": "…"}

`status` is "optional" where an annotation may be left out; a `must_find` one gates a change that
loses it; `note` is free text and may be missing. Ids are given once and kept, also where a later
segmentation counts units differently.

Gold is made of passes. A pass is what one labeller wrote down: a file a document, and in it a row a
unit that is not a heading, in order, also where nothing is stated:

    <document id>.jsonl     {"unit": 12, "start": 340, "end": 412,
                            "annotations": [{"category": "sharing", …attributes…}]}
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain, combinations, pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from annotate.document import Document, read_documents
from annotate.errors import InvalidAnnotation, UsageError
from annotate.matching import Label, Status, stated
from annotate.schema import Schema
from annotate.scoring import LOW_SUPPORT
from annotate.segmentation import Segmentation, Unit, segment

FORMAT_VERSION = 1
MANIFEST = "manifest.json"


class _Record(BaseModel):
    """What a file holds: exactly these fields in exactly these types."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )


class GoldAnnotation(_Record):
    """One annotation of the gold."""

    document: str
    id: str
    """Unique in the gold, and kept over its versions."""
    category: str
    attributes: dict[str, JsonValue]
    """Every attribute of the category, as the schema writes it."""
    quote: str
    start: int
    end: int
    """Code points, half-open."""
    status: Status
    must_find: bool
    """Whether a change that loses it fails."""
    note: str = ""
    line: int = 0
    """Of the file; 0 where it comes from none."""

    def to_json(self) -> dict[str, JsonValue]:
        """Return the annotation as a row of its document's file."""
        row = self.model_dump(exclude={"document", "line"})
        return row if self.note else {name: row[name] for name in row if name != "note"}


class Pinned(_Record):
    """What a document was when it was labelled."""

    id: str
    text_sha256: str
    """Of the canonical text in UTF-8."""
    file_sha256: str
    """Of the file as it lies on the disk."""
    units: int
    """How many units that are no headings it has."""


class Manifest(_Record):
    """Which versions of what the gold belongs to."""

    format: int = FORMAT_VERSION
    gold: str
    """Version of the gold itself."""
    schema_name: str
    schema_version: str
    codebook: str
    """Version of the rules that it was labelled by."""
    documents: tuple[Pinned, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one task: annotations by document, in text order."""

    folder: Path
    manifest: Manifest
    annotations: tuple[GoldAnnotation, ...]

    def labels(self) -> list[Label]:
        """Return the annotations as scoring takes them."""
        return [Label.of(annotation, annotation.status) for annotation in self.annotations]

    def file(self, document: str) -> Path:
        """Return where the annotations of a document stand."""
        return self.folder / f"{document}.jsonl"


class Row(_Record):
    """What one labeller wrote down about one unit."""

    unit: int
    """Index of the unit in the segmentation of its document."""
    start: int
    end: int
    annotations: tuple[dict[str, JsonValue], ...]
    """Category and attributes, as they were written."""
    line: int


@dataclass(frozen=True, slots=True)
class Pass:
    """One labelling of documents: their rows by document id."""

    folder: Path
    documents: Mapping[str, tuple[Row, ...]]

    def file(self, document: str) -> Path:
        """Return where the rows of a document stand."""
        return self.folder / f"{document}.jsonl"

    def labels(self, schema: Schema) -> list[Label]:
        """Return the annotations as labels, with the attributes that `schema` completes.

        Raises:
            UsageError: for the first one that does not fit the schema.
        """
        for file, line, problem in self.problems(schema):
            raise UsageError(f"{file}:{line}: {problem}; mend the row")
        labels = []
        for document, row, item in self._items():
            category, attributes = _in_full(schema, item)
            values = {name: stated(value) for name, value in attributes.items()}
            labels.append(Label(document, row.start, row.end, category, values))
        return labels

    def problems(self, schema: Schema) -> Iterator[tuple[Path, int, str]]:
        """Yield file, line and reason for each annotation that does not fit `schema`."""
        for document, row, item in self._items():
            try:
                schema.parse(item)
            except InvalidAnnotation as error:
                for problem in error.problems:
                    yield self.file(document), row.line, problem

    def _items(self) -> Iterator[tuple[str, Row, Mapping[str, JsonValue]]]:
        for document, rows in self.documents.items():
            for row in rows:
                for item in row.annotations:
                    yield document, row, item


def _in_full(schema: Schema, item: Mapping[str, JsonValue]) -> tuple[str, dict[str, JsonValue]]:
    """Return the category and the attributes of an annotation as the schema writes them."""
    practice = schema.parse(item)
    return practice.tag(), practice.model_dump(mode="json", exclude={"category"})


# ---- Files ----


def read_gold(folder: str | Path, schema: Schema | None = None) -> Gold:
    """Read the gold in `folder`; with `schema`, only if it was labelled with that one.

    Raises:
        UsageError: where a file is missing or damaged, or the schema is another.
    """
    path = Path(folder)
    manifest = _read_manifest(path / MANIFEST)
    labelled = f"{manifest.schema_name} {manifest.schema_version}"
    if schema and labelled != f"{schema.name} {schema.version}":
        raise UsageError(
            f"{path / MANIFEST}: is of schema {labelled}, not of {schema.name} {schema.version}; "
            "relabel what the change touches"
        )
    annotations = [
        annotation
        for document in manifest.documents
        for annotation in _read(
            path / f"{document.id}.jsonl", GoldAnnotation, {"document": document.id}
        )
    ]
    return Gold(path, manifest, tuple(annotations))


def read_pass(folder: str | Path) -> Pass:
    """Read one labelling, every `.jsonl` below `folder`.

    Raises:
        UsageError: where there is none, or a row is damaged.
    """
    path = Path(folder)
    files = sorted(path.rglob("*.jsonl"), key=lambda file: file.as_posix())
    if not files:
        raise UsageError(f"{path}: holds no pass (no <document>.jsonl); name the labeller's folder")
    names = (file.relative_to(path).as_posix().removesuffix(".jsonl") for file in files)
    rows = (tuple(_read(file, Row, {})) for file in files)
    return Pass(path, dict(zip(names, rows, strict=True)))


_R = TypeVar("_R", bound=_Record)


def _read(file: Path, kind: type[_R], known: Mapping[str, str]) -> Iterator[_R]:
    """Yield the rows of a JSON Lines file with what is known of them and their line."""
    for number, line in enumerate(_text(file).split("\n"), start=1):
        if line.strip():
            place = f"{file}:{number}"
            row = _parsed(line, place)
            if taken := row.keys() & {*known, "line"}:
                raise UsageError(f"{place}: {min(taken)} is no field of a row; remove it")
            yield _valid(kind, {**row, **known, "line": number}, place)


def _read_manifest(file: Path) -> Manifest:
    content = _parsed(_text(file), str(file))
    if content.get("format") not in (FORMAT_VERSION, None):
        raise UsageError(f"{file}: is of another format; upgrade annotate to read it")
    return _valid(Manifest, content, str(file))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _parsed(text: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: is not JSON ({error}); mend it") from None
    if not isinstance(row, dict):
        raise UsageError(f"{place}: is no JSON object; write {{…}}")
    return row


def _valid(kind: type[_R], row: Mapping[str, Any], place: str) -> _R:
    try:
        # From JSON and not from Python, where a strict tuple is no list.
        return kind.model_validate_json(json.dumps(row))
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, detail["loc"]))
        raise UsageError(f"{place}: {field}: {detail['msg']}; mend it") from None


# ---- Documents ----


@dataclass(frozen=True)
class Source:
    """A document as it lies on the disk, with its units."""

    document: Document
    file_sha256: str

    @cached_property
    def segmentation(self) -> Segmentation:
        """Headings, stems, sentences and items of the text."""
        return segment(self.document.text)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What can be labelled: every unit that is no heading."""
        return tuple(unit for unit in self.segmentation.units if unit.kind != "heading")

    @cached_property
    def starts(self) -> Mapping[int, Unit]:
        """The units by their first character."""
        return {unit.start: unit for unit in self.units}

    @cached_property
    def ends(self) -> Mapping[int, Unit]:
        """The units by their end."""
        return {unit.end: unit for unit in self.units}

    def words(self, unit: Unit) -> list[str]:
        """Return the words of a unit, without case and punctuation."""
        return re.findall(r"\w+", self.segmentation.quote(unit).casefold())

    def pinned(self) -> Pinned:
        """Return what a manifest keeps of the document."""
        document = self.document
        return Pinned(
            id=document.id,
            text_sha256=document.sha256,
            file_sha256=self.file_sha256,
            units=len(self.units),
        )


def read_sources(folder: str | Path, *, encoding: str = "utf-8") -> dict[str, Source]:
    """Return the documents of a folder by id.

    Raises:
        DocumentError: for one that cannot be read.
        UsageError: where there is none.
    """
    if not Path(folder).is_dir():
        raise UsageError(f"{folder}: is no folder; name the one that holds the documents")
    sources: dict[str, Source] = {}
    for document in read_documents([folder], encoding=encoding):
        file = Path(folder) / document.id
        if not file.is_file():  # a line of a JSON Lines file
            file = Path(folder) / document.id.rpartition("#")[0]
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        sources[document.id] = Source(document, sha256)
    return sources


# ---- Checks ----

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about gold that is wrong, or that deserves a look.

    Attributes:
        line: of the file; None where it concerns the whole of it.
        remedy: what to do about it.
    """

    severity: Severity
    file: Path
    line: int | None
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.severity}: {self.message}; {self.remedy}"

    def to_json(self) -> dict[str, JsonValue]:
        """Return the finding with its file as a string."""
        return {**asdict(self), "file": str(self.file)}


def check(
    gold: Gold, sources: Mapping[str, Source], schema: Schema, passes: Sequence[Pass] = ()
) -> list[Finding]:
    """Return what is wrong with gold (errors) and what deserves a look (warnings), by file.

    `passes` are the labellings it was made from: they prove that every document was read to its
    end.
    """
    lint = _Lint(gold, sources, schema)
    lint.manifest()
    for each in gold.annotations:
        lint.evidence(each)
        lint.statement(each)
    lint.order()
    lint.repeats()
    lint.coverage(passes)
    lint.support()
    lint.wording()
    return sorted(lint.findings, key=lambda f: (f.file.as_posix(), f.line or 0, f.severity))


class _Lint:
    """The checks of one gold, a method a question; each appends what it finds."""

    def __init__(self, gold: Gold, sources: Mapping[str, Source], schema: Schema) -> None:
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

    def at(self, each: GoldAnnotation) -> tuple[Path, int]:
        return self.gold.file(each.document), each.line

    def manifest(self) -> None:
        """Is this the schema, and are these the documents, that were labelled?"""
        labelled = f"{self.gold.manifest.schema_name} {self.gold.manifest.schema_version}"
        current = f"{self.schema.name} {self.schema.version}"
        if labelled != current:
            remedy = "relabel what the change touches, then write the new version here"
            self.error(self.index, None, f"is of schema {labelled}, not {current}", remedy)
        for file in sorted(self.gold.folder.glob("*.jsonl")):
            if file.name.removesuffix(".jsonl") not in self.pinned:
                self.error(file, None, f"is not in {MANIFEST}", "pin its document, or remove it")
        for name, then in self.pinned.items():
            if name not in self.sources:
                remedy = "restore it, or remove its gold"
                self.error(self.index, None, f"no document is named {name}", remedy)
                continue
            now, before = dict(self.sources[name].pinned()), dict(then)
            for what in now:
                if now[what] != before[what]:
                    message = f"{name}: {what} was {before[what]} and is {now[what]}"
                    remedy = "restore what was labelled, or relabel what moved and pin it anew"
                    self.error(self.index, None, message, remedy)

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
        if self.schema.unit is None:
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
            attributes = self._written(each)
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
            sides = self._written(first), self._written(second)
        except InvalidAnnotation:
            return False
        return self.schema.unite(first.category, *sides) is not None

    def _written(self, each: GoldAnnotation) -> dict[str, JsonValue]:
        return _in_full(self.schema, {**each.attributes, "category": each.category})[1]

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

    def _covered(self, file: Path, rows: Sequence[Row], units: Sequence[Unit]) -> None:
        remedy = "write a row for every unit in order, also for those without annotation"
        for row, unit in zip(rows, units, strict=False):
            if (row.unit, row.start, row.end) != (unit.index, unit.start, unit.end):
                expected = f"unit {unit.index} [{unit.start}:{unit.end}]"
                self.error(file, row.line, f"stands where {expected} should", remedy)
                return
        if len(rows) != len(units):
            self.error(file, None, f"has {len(rows)} rows for {len(units)} units", remedy)

    def support(self) -> None:
        """Is there enough of each category to conclude anything?"""
        found = Counter(a.category for a in self.gold.annotations if a.status == "required")
        for category in self.schema.categories:
            if found[category] < LOW_SUPPORT:
                message = f"{category} has a support of {found[category]}, below {LOW_SUPPORT}"
                self.warn(self.index, None, message, "draw no conclusion on it alone")

    def wording(self) -> None:
        """Are units that are worded alike, below the same stems, labelled alike?"""
        first: dict[tuple[str, ...], _Wording] = {}
        for each in self._wordings():
            other = first.setdefault(each.words, each)
            self._compare(other, each, "as")
        for other, each in combinations(first.values(), 2):
            if other.stems == each.stems and _nearly_equal(other.vocabulary, each.vocabulary):
                self._compare(other, each, "nearly as")

    def _compare(self, other: _Wording, each: _Wording, how: str) -> None:
        if other.labels != each.labels:
            message = f"{each.place} is worded {how} {other.place} and labelled otherwise"
            self.warn(each.file, each.line, message, "make sure that the context differs")

    def _wordings(self) -> Iterator[_Wording]:
        labelled: defaultdict[tuple[str, int], list[GoldAnnotation]] = defaultdict(list)
        for each in self.gold.annotations:
            labelled[each.document, each.start].append(each)
        for name in filter(self.sources.__contains__, self.pinned):
            source = self.sources[name]
            for unit in source.units:
                here = labelled[name, unit.start]
                stems = [w for stem in source.segmentation.stems(unit) for w in source.words(stem)]
                words = source.words(unit)
                yield _Wording(
                    (*stems, ":", *words),
                    tuple(stems),
                    frozenset(words),
                    sorted(json.dumps([a.category, a.attributes]) for a in here),
                    f"{name}[{unit.start}:{unit.end}]",
                    self.gold.file(name),
                    here[0].line if here else None,
                )


@dataclass(frozen=True, slots=True)
class _Wording:
    """One unit: its words behind those of its stems, how it is labelled, and where it stands."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    vocabulary: frozenset[str]
    labels: list[str]
    place: str
    file: Path
    line: int | None


def _nearly_equal(first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell sentences that share four fifths of their words; few words are alike by chance."""
    shared = len(first & second)
    return shared >= 6 and 5 * shared >= 4 * (len(first) + len(second) - shared)


def _shown(file: Path, line: int) -> str:
    return f"{file}:{line}"


# ---- Versions ----


@dataclass(frozen=True, slots=True)
class Change:
    """An annotation of two versions, and the fields in which they differ: before and after."""

    before: GoldAnnotation
    after: GoldAnnotation
    fields: Mapping[str, tuple[JsonValue, JsonValue]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of gold from one version to another.

    Attributes:
        texts: the documents of both versions whose text is another.
    """

    added: tuple[GoldAnnotation, ...]
    removed: tuple[GoldAnnotation, ...]
    changed: tuple[Change, ...]
    texts: tuple[str, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """Return the difference with whole rows for what came and what went."""
        return {
            "texts": list(self.texts),
            "added": [{"document": a.document, **a.to_json()} for a in self.added],
            "removed": [{"document": a.document, **a.to_json()} for a in self.removed],
            "changed": [
                {
                    "id": each.after.id,
                    "document": each.after.document,
                    "fields": {name: list(pair) for name, pair in each.fields.items()},
                }
                for each in self.changed
            ],
        }


def diff(old: Gold, new: Gold) -> Difference:
    """Compare two versions of gold by the ids of their annotations."""
    before = {each.id: each for each in old.annotations}
    after = {each.id: each for each in new.annotations}
    changes = (
        Change(before[name], each, _differing(before[name], each))
        for name, each in after.items()
        if name in before
    )
    texts = {document.id: document.text_sha256 for document in old.manifest.documents}
    return Difference(
        tuple(each for name, each in after.items() if name not in before),
        tuple(each for name, each in before.items() if name not in after),
        tuple(change for change in changes if change.fields),
        tuple(d.id for d in new.manifest.documents if texts.get(d.id) not in (None, d.text_sha256)),
    )


def _differing(
    before: GoldAnnotation, after: GoldAnnotation
) -> dict[str, tuple[JsonValue, JsonValue]]:
    first, second = _flat(before), _flat(after)
    names = dict.fromkeys([*first, *second])
    pairs = {name: (first.get(name), second.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _flat(each: GoldAnnotation) -> dict[str, JsonValue]:
    row = {"document": each.document, **each.to_json()}
    del row["attributes"]
    return {**row, **{f"attributes.{name}": value for name, value in each.attributes.items()}}
