"""Gold: what is right about some documents, kept as files and compared over versions.

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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.documents.segmentation import segment
from annotate.documents.units import Segmentation, Unit
from annotate.errors import InvalidAnnotation, UsageError
from annotate.schema.categories import Schema
from annotate.scoring.labels import Label, Status, stated

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
            category, attributes = in_full(schema, item)
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


def in_full(schema: Schema, item: Mapping[str, JsonValue]) -> tuple[str, dict[str, JsonValue]]:
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
