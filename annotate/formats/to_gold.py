"""Make gold of what was read from an annotation tool.

What can be read is written, also where it breaks a rule of the gold: the lint says so, with the
line, and a person decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import JsonValue, ValidationError

from annotate.errors import InvalidAnnotation
from annotate.files import whole_folder
from annotate.formats.annotated_document import Mark, Sheet
from annotate.formats.corrections import Corrections, Problem
from annotate.gold.sources import SourceDocument
from annotate.gold.store import MANIFEST, Gold, GoldAnnotation, Manifest, read_gold
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
    rows = _Rows(read, schema, sources)
    problems: list[Problem] = []
    with whole_folder(out) as folder:
        pinned = []
        for sheet in read.sheets:
            if (unsafe := _unsafe(sheet.document.id)) is not None:
                problems.append(Problem(f"document {sheet.document.id!r}", unsafe))
                continue
            found = list(rows.of(sheet, problems))
            file = folder / f"{sheet.document.id}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            lines = (json.dumps(each.to_json(), ensure_ascii=False) + "\n" for each in found)
            file.write_bytes("".join(lines).encode())
            pinned.append(rows.source(sheet).pinned())
        version = _version(read)
        manifest = Manifest(
            gold=version.get("gold", "1"),
            codebook=version.get("codebook", "unknown"),
            schema_name=schema.name,
            schema_version=schema.version,
            documents=tuple(pinned),
        )
        content = json.dumps(manifest.model_dump(mode="json"), indent=1, ensure_ascii=False)
        (folder / MANIFEST).write_bytes(f"{content}\n".encode())
    return read_gold(out, schema), problems


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


class _Rows:
    """Turns marks into rows of gold with ids that stay unique over all documents."""

    def __init__(
        self, read: Corrections, schema: Schema, sources: Mapping[str, SourceDocument]
    ) -> None:
        self._schema = schema
        self._sources = sources
        self._taken: set[str] = set()
        ids = (mark.kept.get("id") for sheet in read.sheets for mark in sheet.marks)
        self._kept = {each for each in ids if isinstance(each, str)}

    def source(self, sheet: Sheet) -> SourceDocument:
        """Return the document as it lies on the disk, or as it would if it lay there."""
        source = self._sources.get(sheet.document.id)
        if source is not None and source.document.sha256 == sheet.document.sha256:
            return source
        return SourceDocument(sheet.document, sheet.document.sha256)

    def of(self, sheet: Sheet, problems: list[Problem]) -> Iterator[GoldAnnotation]:
        """Yield the rows of a document in text order."""
        source = self.source(sheet)
        for mark in sorted(sheet.marks, key=lambda each: (each.start, each.end)):
            try:
                yield self._row(mark, source)
            except ValidationError as error:
                detail = error.errors(include_url=False, include_input=False)[0]
                field = ".".join(map(str, detail["loc"]))
                message = f"{field}: {detail['msg']}; mend it there"
                item: JsonValue = {"category": mark.category, "attributes": {**mark.attributes}}
                problems.append(Problem(mark.place, message, sheet.document.id, item))

    def _row(self, mark: Mark, source: SourceDocument) -> GoldAnnotation:
        text = source.document.text
        row: dict[str, Any] = {
            "document": source.document.id,
            "id": self._id(mark, source),
            "category": mark.category,
            "attributes": self._written(mark),
            "quote": text[mark.start : mark.end],
            "start": mark.start,
            "end": mark.end,
            "status": mark.kept.get("status", "required"),
            "must_find": mark.kept.get("must_find", False),
            "note": mark.kept.get("note", ""),
        }
        return GoldAnnotation.model_validate_json(json.dumps(row))

    def _written(self, mark: Mark) -> Mapping[str, JsonValue]:
        """Return the attributes in full and as the schema writes them, where it knows them."""
        try:
            item = {**mark.attributes, "category": mark.category}
            return self._schema.parse(item).attribute_values()
        except InvalidAnnotation:
            return mark.attributes

    def _id(self, mark: Mark, source: SourceDocument) -> str:
        kept = mark.kept.get("id")
        if isinstance(kept, str) and kept not in self._taken:
            self._taken.add(kept)
            return kept
        stem = PurePosixPath(source.document.id).stem
        units = source.segmentation.units
        unit = max((each.index for each in units if each.start <= mark.start), default=0)
        free = (f"{stem}-{unit:04d}-{mark.category}-{number}" for number in count(1))
        name = next(each for each in free if each not in self._taken and each not in self._kept)
        self._taken.add(name)
        return name
