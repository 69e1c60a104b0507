"""Where annotations stand and what came with their documents, for formats of rows.

A document can hold more languages than one, and pages: a row says what is true of its own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.runs.reader import Run

SOURCE = ("file", "encoding", "language", "pages", "furniture")
"""What a row says of the source of its words: the file's name and encoding, the language and the
pages that the words are in, and why they are furniture where they are."""


@dataclass(frozen=True)
class Sources:
    """What is known of the documents of a run beyond their text.

    Attributes:
        metadata: what came with each document that came with any, by its id.
        documents: every document, by its id, without its text and its blocks.
    """

    metadata: Mapping[str, Mapping[str, JsonValue]]
    documents: Mapping[str, Document]

    @classmethod
    def of(cls, run: Run) -> Sources:
        """Read what is known of the documents of a run."""
        documents = {each.id: _bare(each) for each in run.documents()}
        found = ((name, each.provenance.metadata) for name, each in documents.items())
        return cls({name: metadata for name, metadata in found if metadata}, documents)

    def source(self, annotation: Annotation) -> dict[str, JsonValue]:
        """Return the columns of `SOURCE` for an annotation; empty what is not known."""
        document = self.documents[annotation.document]
        encoding = document.provenance.encoding
        layout = document.layout
        return {
            "file": document.provenance.name,
            "encoding": encoding.codec if encoding else "",
            "language": document.languages.at(annotation.start),
            "pages": [*self.pages(annotation)],
            "furniture": layout.furniture_at(annotation.start) if layout else "",
        }

    def pages(self, annotation: Annotation) -> list[int]:
        """Return the numbers of the pages that the words of an annotation stand on."""
        document = self.documents[annotation.document]
        return [page.number for page in document.pages_of(annotation.start, annotation.end)]


def _bare(document: Document) -> Document:
    layout = document.layout and replace(document.layout, blocks=())
    return replace(document, text="", layout=layout, stated_languages=document.languages)
