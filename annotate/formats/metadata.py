"""Where annotations stand and what came with their documents, for formats of rows.

A document can hold more languages than one, and pages: a row says what is true of its own words.
"""

from __future__ import annotations

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document

SOURCE = ("file", "encoding", "language", "pages", "furniture")
"""What a row says of the source of its words: the file's name and encoding, the language and the
pages that the words are in, and why they are furniture where they are."""


def source_of(document: Document, annotation: Annotation) -> dict[str, JsonValue]:
    """Return the columns of `SOURCE` for an annotation of a document; empty what is not known."""
    encoding = document.provenance.encoding
    layout = document.layout
    return {
        "file": document.provenance.name,
        "encoding": encoding.codec if encoding else "",
        "language": document.languages.at(annotation.start),
        "pages": [*pages_of(document, annotation)],
        "furniture": layout.furniture_at(annotation.start) if layout else "",
    }


def pages_of(document: Document, annotation: Annotation) -> list[int]:
    """Return the numbers of the pages that the words of an annotation stand on."""
    return [page.number for page in document.pages_of(annotation.start, annotation.end)]
