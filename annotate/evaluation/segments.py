"""The segments of documents as one row: what results are exchanged, drawn and grouped by.

A segment is a heading, a paragraph or a list of a document, whatever a run's chunks were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from annotate.documents.document import Document


class Segments:
    """The segments of some documents, in one row; a document without any text is one segment."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.starts: dict[str, tuple[int, ...]] = {}
        self.first: dict[str, int] = {}
        self.count = 0
        for name in sorted(documents):
            segments = documents[name].segmentation.segments
            starts = tuple(each.start for each in segments) or (0,)
            self.starts[name], self.first[name] = starts, self.count
            self.count += len(starts)

    def row(self, document: str, offset: int) -> int:
        """Return the position of the segment that holds an offset, or stands last before it."""
        inside = bisect_right(self.starts[document], offset) - 1
        return self.first[document] + max(0, inside)
