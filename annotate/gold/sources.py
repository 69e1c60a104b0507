"""The documents that gold is about, as they lie on the disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from annotate.documents.document import Document
from annotate.documents.reading import find_sources, read_documents
from annotate.documents.units import Segmentation, Unit
from annotate.errors import UsageError
from annotate.gold.store import PinnedDocument


@dataclass(frozen=True)
class SourceDocument:
    """A document as it lies on the disk, with its units."""

    document: Document
    file_sha256: str

    @property
    def segmentation(self) -> Segmentation:
        """Headings, stems, sentences and items of the text."""
        return self.document.segmentation

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What can be labelled: every unit that is neither a heading nor furniture."""
        return tuple(unit for unit in self.segmentation.units if unit.states)

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

    def pinned(self) -> PinnedDocument:
        """Return what a manifest keeps of the document."""
        document = self.document
        return PinnedDocument(
            id=document.id,
            text_sha256=document.sha256,
            file_sha256=self.file_sha256,
            units=len(self.units),
        )


def read_sources(folder: str | Path, *, encoding: str = "utf-8") -> dict[str, SourceDocument]:
    """Return the documents of a folder by id.

    Raises:
        DocumentError: for one that cannot be read.
        UsageError: where there is none.
    """
    if not Path(folder).is_dir():
        raise UsageError(f"{folder}: is not a folder; name the one that holds the documents")
    return sources_behind(folder, encoding=encoding)


def sources_behind(given: str | Path, *, encoding: str = "utf-8") -> dict[str, SourceDocument]:
    """Return the documents behind a file, a folder or a glob by id, as a run finds them.

    Raises:
        DocumentError: for one that cannot be read.
        UsageError: where there is none.
    """
    files = {each.id: each.path for each in find_sources([given])}
    sources: dict[str, SourceDocument] = {}
    for document in read_documents([given], encoding=encoding):
        # One of several in a JSON Lines file has the name of that file with `#…`.
        file = files.get(document.id) or files[document.id.rpartition("#")[0]]
        sha256 = hashlib.sha256(file.read_bytes() if file else b"").hexdigest()
        sources[document.id] = SourceDocument(document, sha256)
    return sources
