"""What a run keeps of a document, encoded as it is written: where it is made is of no account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.files import json_line
from annotate.ledger import Entry


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The lines of one document in the files of a run, and what a manifest counts of them.

    Attributes:
        id, sha256: of the document.
        characters: of its text.
        annotations, quarantined: how many rows there are of each.
        entries: of the ledger, as they are in its rows.
        lines: the rows, by the name of their file.
    """

    id: str
    sha256: str
    characters: int
    annotations: int
    quarantined: int
    entries: tuple[Entry, ...]
    lines: Mapping[str, bytes]

    @classmethod
    def of(
        cls,
        document: Document,
        annotations: Iterable[Annotation],
        entries: Iterable[Entry],
        rejected: Iterable[Mapping[str, JsonValue]],
    ) -> Self:
        """Encode what came of a document."""
        found = [json_line(each.to_json()) for each in annotations]
        refused = [json_line(each) for each in rejected]
        entries = tuple(entries)
        lines = {
            "documents": json_line(document_row(document)),
            "annotations": b"".join(found),
            "quarantine": b"".join(refused),
            "ledger": b"".join(json_line(each.to_json()) for each in entries),
        }
        size = len(document.text)
        return cls(document.id, document.sha256, size, len(found), len(refused), entries, lines)


def document_row(document: Document) -> dict[str, JsonValue]:
    """Return the row of a document in `documents.jsonl`."""
    row: dict[str, JsonValue] = {
        "id": document.id,
        "sha256": document.sha256,
        "format": document.format,
        "text": document.text,
    }
    if document.layout is not None:
        row["layout"] = document.layout.to_json()
    return row | document.languages.to_json() | document.provenance.to_json()
