"""Import what people corrected in an annotation tool as gold.

What can be read is written, also where it breaks a rule of the gold: the lint says so, with the
line, and a person decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import JsonValue, ValidationError

from annotate.errors import InvalidAnnotation
from annotate.files import whole_folder
from annotate.formats.annotated_document import AnnotatedDocument, Span
from annotate.formats.corrections import Corrections, Problem, listed, with_remarks
from annotate.gold.records import first_fault
from annotate.gold.sources import SourceDocument, read_sources
from annotate.gold.store import (
    Gold,
    GoldAnnotation,
    Manifest,
    PinnedDocument,
    read_gold,
    write_gold,
)
from annotate.schema.categories import Schema

_LONGEST = 200  # bytes of a part of a path; file systems take 255


def import_gold(
    read: Corrections, schema: Schema, sources: Mapping[str, SourceDocument], out: Path
) -> tuple[Gold, list[Problem]]:
    """Write gold into a new folder and return it, with what could not become gold.

    Annotations that were gold keep id, status, `must_find` and note; new ones are required, and get
    an id that nothing else has. `sources` are the documents as files, whose hashes are pinned where
    they hold the text that was annotated.

    Raises:
        UsageError: where the folder holds something else, or cannot be written.
    """
    importer = _Importer(read, schema, sources)
    annotations: list[GoldAnnotation] = []
    pinned: list[PinnedDocument] = []
    for each in read.documents:
        if (reason := _unsafe(each.document.id)) is not None:
            place = f"document {each.document.id!r}"
            importer.problems.append(Problem(place, reason))
        else:
            annotations += importer.annotations(each)
            pinned.append(importer.source(each).pinned())
    with whole_folder(out) as folder:
        write_gold(Gold(folder, _manifest(read, schema, pinned), tuple(annotations)))
        names = {each.id for each in pinned}
        for name, content in read.beside.items():
            if name.startswith("log/") or any(name.endswith(f"/{each}.jsonl") for each in names):
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
    return read_gold(out, schema), importer.problems


def sources_of(read: Corrections, documents: Path | None, own: Path) -> dict[str, SourceDocument]:
    """Return the documents that gold is about: those of a folder, `own` where none is named.

    A review knows the texts of its run, which stand for documents that do not lie in `own`.

    Raises:
        DocumentError: for a document that cannot be read.
        UsageError: where a folder is missing, or holds none.
    """
    if documents is not None or read.tool != "review":
        return read_sources(documents or own)
    known = {
        each.id: SourceDocument(each, each.provenance.sha256 or each.sha256)
        for each in (annotated.document for annotated in read.documents)
    }
    if own.is_dir():
        for name, lying in read_sources(own).items():
            if name in known and known[name].document.sha256 == lying.document.sha256:
                known[name] = lying
    return known


def _manifest(read: Corrections, schema: Schema, pinned: Iterable[PinnedDocument]) -> Manifest:
    version = _version(read)
    return Manifest(
        gold=version.get("gold", "1"),
        codebook=version.get("codebook", "unknown"),
        schema_name=schema.name,
        schema_version=schema.version,
        documents=tuple(pinned),
    )


def _version(read: Corrections) -> dict[str, str]:
    """Return the versions of the gold that was exported; {} where it was none."""
    gold = read.origin.get("gold")
    found = gold.items() if isinstance(gold, dict) else ()
    return {name: value for name, value in found if isinstance(value, str)}


def _unsafe(name: str) -> str | None:
    """Return why a document's id cannot name a file of gold; None where it can."""
    parts = PurePosixPath(name).parts
    try:
        long = max((len(f"{part}.jsonl".encode()) for part in parts), default=0)
    except UnicodeEncodeError:
        return "holds half a character, so that it can name no file of gold; rename the document"
    if parts[:1] in (("log",), ("passes",)):
        return "would stand in a folder that gold keeps for itself; rename the document"
    plain = name == str(PurePosixPath(name)) and not name.endswith("/")
    if not plain or {"/", "..", "//", "."} & {*parts} or any(c in name for c in "\0\\:"):
        return "cannot name a file of gold, which would stand elsewhere; rename the document"
    if long > _LONGEST:
        return "is too long a name for a file of gold; rename the document"
    return None


class _Importer:
    """Turns spans into annotations of gold, with ids that stay unique over all documents."""

    def __init__(
        self, read: Corrections, schema: Schema, sources: Mapping[str, SourceDocument]
    ) -> None:
        self.problems: list[Problem] = []
        self._schema = schema
        self._sources = sources
        self._taken: set[str] = set()
        ids = (span.kept.get("id") for each in read.documents for span in each.spans)
        self._kept = {each for each in ids if isinstance(each, str)}

    def source(self, annotated: AnnotatedDocument) -> SourceDocument:
        """Return the document as it lies on the disk, or as it would if it lay there."""
        document = annotated.document
        source = self._sources.get(document.id)
        if source is not None and source.document.sha256 == document.sha256:
            return source
        return SourceDocument(document, document.sha256)

    def annotations(self, annotated: AnnotatedDocument) -> Iterator[GoldAnnotation]:
        """Yield the annotations of a document in text order; what fits no field is reported."""
        source = self.source(annotated)
        for span in sorted(annotated.spans, key=lambda each: (each.start, each.end)):
            try:
                yield self._annotation(span, source)
            except ValidationError as error:
                message = f"{first_fault(error)}; correct it there"
                item: JsonValue = {"category": span.category, "attributes": {**span.attributes}}
                self.problems.append(Problem(span.place, message, annotated.document.id, item))

    def _annotation(self, span: Span, source: SourceDocument) -> GoldAnnotation:
        text = source.document.text
        row: dict[str, Any] = {
            "document": source.document.id,
            "id": self._id(span, source),
            "category": span.category,
            "attributes": self._in_full(span),
            "quote": text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "status": span.kept.get("status", "required"),
            "must_find": span.kept.get("must_find", False),
            "note": _note(span),
        }
        return GoldAnnotation.model_validate_json(json.dumps(row))

    def _in_full(self, span: Span) -> Mapping[str, JsonValue]:
        """Return the attributes in full and as the schema writes them, where it knows them."""
        try:
            return self._schema.parse(span.item()).attribute_values()
        except InvalidAnnotation:
            return span.attributes

    def _id(self, span: Span, source: SourceDocument) -> str:
        # A copied region carries the id of its original; only the first one keeps it.
        kept = span.kept.get("id")
        if isinstance(kept, str) and kept not in self._taken:
            self._taken.add(kept)
            return kept
        stem = PurePosixPath(source.document.id).stem
        units = source.segmentation.units
        unit = max((each.index for each in units if each.start <= span.start), default=0)
        free = (f"{stem}-{unit:04d}-{span.category}-{number}" for number in count(1))
        # An id that a span further on has kept is not free either.
        name = next(each for each in free if each not in self._taken and each not in self._kept)
        self._taken.add(name)
        return name


def _note(span: Span) -> JsonValue:
    """Return the note of a span, with the pieces that it was marked in."""
    remarks = [f"marked as {listed(span.pieces)}"] if span.pieces else []
    return with_remarks(span.kept, remarks).get("note", "")
