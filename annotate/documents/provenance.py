"""Where a document came from: the bytes that it was read from, and what came with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import JsonValue

from annotate.documents.decoding import Encoding, KnownFrom

_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is known of the source of a document.

    Attributes:
        name: of the file; "" for a text that came from none.
        sha256: of the bytes that the document was read from: of its file, or of its line.
        size: how many bytes these are.
        encoding: of these bytes, and how it was known; None where they are no encoded text.
        metadata: what came with the text: the other fields of a JSON Lines row.
    """

    name: str = ""
    sha256: str = ""
    size: int = 0
    encoding: Encoding | None = None
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        name: str,
        data: bytes,
        encoding: Encoding | None = None,
        metadata: Mapping[str, JsonValue] | None = None,
    ) -> Provenance:
        """Return the provenance of a document that was read from `data`."""
        return cls(name, hashlib.sha256(data).hexdigest(), len(data), encoding, metadata or {})

    def to_json(self) -> dict[str, JsonValue]:
        """Return the columns of a row of `documents.jsonl`: what is known, and no others."""
        row: dict[str, JsonValue] = {}
        if self.name:
            row |= {"source": self.name, "source_sha256": self.sha256, "source_bytes": self.size}
        if self.encoding:
            row |= {"encoding": self.encoding.codec, "encoding_from": self.encoding.known_from}
        if self.metadata:
            row["metadata"] = dict(self.metadata)
        return row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Provenance:
        """Read the columns of a row; those that older runs lack are left empty.

        Raises:
            ValueError: where a column holds something else than it should.
        """
        name, sha256 = row.get("source", ""), row.get("source_sha256", "")
        size, metadata = row.get("source_bytes", 0), row.get("metadata", {})
        codec, known = row.get("encoding"), row.get("encoding_from")
        texts = all(isinstance(each, str) for each in (name, sha256, codec or "", known or ""))
        digest = texts and _DIGEST.fullmatch(sha256)
        if not (digest and isinstance(size, int) and isinstance(metadata, dict)):
            raise ValueError("what it says of its source is damaged")
        encoding = Encoding(codec, cast("KnownFrom", known)) if codec and known else None
        return cls(name, sha256, size, encoding, metadata)
