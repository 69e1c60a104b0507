"""The figures of a run, counted one document after the other: in little memory, however many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.documents.layout import Layout
from annotate.ledger import Entry, commonest, open_notes


class Figures:
    """What is counted over the documents of a run.

    Attributes:
        groundings: how the citations were found.
        ambiguous: how many annotations may stand for another place as well.
        quarantined: the refused answers, by kind.
    """

    def __init__(self) -> None:
        self._annotations: Counter[str] = Counter()
        self._spread: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self.groundings: Counter[str] = Counter()
        self.ambiguous = 0
        self.quarantined: Counter[str] = Counter()

    def add_annotations(self, own: Sequence[Annotation]) -> None:
        """Count the annotations of one document."""
        self._annotations.update(each.category for each in own)
        self._spread.update({each.category for each in own})
        self.ambiguous += sum(each.ambiguous for each in own)
        self.groundings.update(cited.grounding for each in own for cited in each.evidence)

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Count how chunks ended."""
        self._notes.update(open_notes(entries))

    def add_refused(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Count answers that became no annotation."""
        self.quarantined.update(row["kind"] for row in rows)

    @property
    def annotations(self) -> int:
        """How many annotations there are."""
        return self._annotations.total()

    @property
    def categories(self) -> list[dict[str, JsonValue]]:
        """How many annotations of each category there are, and in how many documents."""
        most = sorted(self._annotations.items(), key=lambda item: (-item[1], item[0]))
        return [
            {"category": name, "annotations": count, "documents": self._spread[name]}
            for name, count in most
        ]

    @property
    def why_unanswered(self) -> str:
        """Why most of the chunks without an answer have none; "" where all are answered."""
        return commonest(self._notes)


def of_document(document: Document, chunks: int, annotations: int) -> dict[str, Any]:
    """Return what is known of a document; null where an older version of the run kept none."""
    languages, encoding = document.stated_languages, document.provenance.encoding
    layout = document.layout or Layout()
    return {
        "document": document.id,
        "format": document.format,
        "language": languages and languages.main,
        "languages": languages and list(languages.every),
        "encoding": encoding and encoding.codec,
        "encoding_from": encoding and encoding.known_from,
        "pages": len(layout.pages),
        "furniture": dict(Counter(each.reason for each in layout.furniture)),
        "characters": len(document.text),
        "chunks": chunks,
        "annotations": annotations,
    }
