"""Gold: what is right about some documents, kept as files.

Gold is a folder, in text order and with one annotation per line:

    manifest.json           versions, and for each document its hashes and the number of its units
    <document id>.jsonl     {"id": "acme-0012-sharing-1", "category": "sharing", "attributes": {…},
                            "quote": "…", "start": 340, "end": 412, "status": "required",
                            "must_find": false, "note": "…"}

`status` is "optional" where an annotation may be left out; a `must_find` one gates a change that
loses it; `note` is free text and may be missing. Ids are given once and kept, also where a later
segmentation counts units differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from annotate.errors import UsageError
from annotate.files import json_line
from annotate.findings import Finding
from annotate.gold.records import (
    Record,
    checked,
    each_record,
    read_object,
    read_records,
    said_of,
)
from annotate.schema.categories import Schema
from annotate.scoring.labels import Label, Status

FORMAT_VERSION = 1
MANIFEST = "manifest.json"


class GoldAnnotation(Record):
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


class PinnedDocument(Record):
    """What a document was when it was labelled."""

    id: str
    text_sha256: str
    """Of the canonical text in UTF-8."""
    file_sha256: str
    """Of the file as it lies on the disk."""
    units: int
    """How many units it has, headings left out."""


class Manifest(Record):
    """Which versions of what the gold belongs to."""

    format: int = FORMAT_VERSION
    gold: str
    """Version of the gold itself."""
    schema_name: str
    schema_version: str
    codebook: str
    """Version of the rules that it was labelled by."""
    documents: tuple[PinnedDocument, ...]

    @property
    def labelled_with(self) -> str:
        """Name and version of the schema."""
        return f"{self.schema_name} {self.schema_version}"


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


def read_gold(folder: str | Path, schema: Schema | None = None) -> Gold:
    """Read the gold in `folder`; with `schema`, only if it was labelled with that one.

    Raises:
        UsageError: where a file is missing or damaged, or the schema is another.
    """
    path = Path(folder)
    manifest = _read_manifest(path / MANIFEST)
    if schema and manifest.labelled_with != f"{schema.name} {schema.version}":
        raise UsageError(
            f"{path / MANIFEST}: was labelled with schema {manifest.labelled_with}, not with "
            f"{schema.name} {schema.version}; relabel what the change touches"
        )
    annotations = [
        annotation
        for document in manifest.documents
        for annotation in read_records(
            path / f"{document.id}.jsonl", GoldAnnotation, {"document": document.id}
        )
    ]
    return Gold(path, manifest, tuple(annotations))


def labelled_task(folder: Path | None) -> str | None:
    """Return the task that the gold in a folder was labelled for, None where there is no gold.

    A folder of passes stands in that of its gold.

    Raises:
        UsageError: where the manifest of the gold is damaged.
    """
    places = [folder, folder.parent.parent] if folder else []
    manifests = (place / MANIFEST for place in places)
    found = next((each for each in manifests if each.is_file()), None)
    return _read_manifest(found).schema_name if found else None


def inspect_gold(folder: Path) -> tuple[Gold | None, list[Finding]]:
    """Return the gold in a folder with every row that can be read, and what is wrong with others.

    None where its manifest cannot be read.
    """
    try:
        manifest = _read_manifest(folder / MANIFEST)
    except UsageError as error:
        return None, [said_of(error, folder / MANIFEST)]
    annotations: list[GoldAnnotation] = []
    faults: list[Finding] = []
    for document in manifest.documents:
        file = folder / f"{document.id}.jsonl"
        for row in each_record(file, GoldAnnotation, {"document": document.id}):
            if isinstance(row, Finding):
                faults.append(row)
            else:
                annotations.append(row)
    return Gold(folder, manifest, tuple(annotations)), faults


def _read_manifest(file: Path) -> Manifest:
    content = read_object(file)
    # Gold is also written by hand, and a hand-written manifest may leave the format out.
    if content.get("format") not in (FORMAT_VERSION, None):
        raise UsageError(f"{file}: is of another format; upgrade annotate to read it")
    return checked(Manifest, content, str(file))


def write_gold(gold: Gold) -> None:
    """Write gold into its folder, which exists and is empty; ids must be names of files there.

    Raises:
        OSError: where it cannot be written.
    """
    rows: dict[str, list[bytes]] = {document.id: [] for document in gold.manifest.documents}
    for each in gold.annotations:
        rows[each.document].append(json_line(each.to_json()))
    for document, lines in rows.items():
        file = gold.file(document)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(lines))
    manifest = gold.manifest.model_dump(mode="json")
    (gold.folder / MANIFEST).write_bytes(json_line(manifest, indent=1))
