"""A document: one canonical text, its name in a run, and the format that it was read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from annotate.documents.languages import Languages
from annotate.documents.layout import Layout, Page
from annotate.documents.provenance import Provenance
from annotate.documents.segmentation import segment
from annotate.documents.units import Segmentation


@dataclass(frozen=True)
class Document:
    """A text and where it came from.

    Attributes:
        id: the name it has in a run: the path below the folder, or the file's name, with `#…` for a
            line of a JSON Lines file.
        text: the canonical text.
        format: "text", "markdown", "html", "pdf", "docx" or "jsonl".
        layout: what its source states about the text; None where marks in the text say it.
        stated_languages: what was found of its languages before; they are found anew without it.
        provenance: what is known of its source; two documents are equal without it.
    """

    id: str
    text: str
    format: str = "text"
    layout: Layout | None = None
    provenance: Provenance = field(default=Provenance(), compare=False)
    stated_languages: Languages | None = field(default=None, compare=False)

    @cached_property
    def segmentation(self) -> Segmentation:
        """Its units and segments: the one way in which a document is divided."""
        return segment(self.text, self.layout)

    @property
    def languages(self) -> Languages:
        """The languages of its text."""
        return self.stated_languages or self.segmentation.languages

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """Return the pages that a range of its text stands on; none where it has no pages."""
        return self.layout.pages_of(start, end) if self.layout else ()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
