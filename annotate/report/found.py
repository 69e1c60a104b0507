"""What a run has of each document: annotations, rows of the ledger and of the quarantine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.silence import Silence, silence

T = TypeVar("T", Annotation, Entry)


@dataclass(frozen=True, slots=True)
class Found:
    """What a run has of a document.

    Attributes:
        annotations: all of them, also those that are not asked for.
    """

    run: Run
    document: Document
    annotations: tuple[Annotation, ...]
    entries: tuple[Entry, ...]
    refused: tuple[Mapping[str, Any], ...]

    def silence(self, found: Collection[str]) -> Silence:
        """Say what may be concluded from what was not found, if these categories were.

        Nothing where the schema that the run was made with is not at hand.
        """
        categories = self.run.schema.categories if self.run.schema else ()
        reads = self.run.reads
        return silence(self.document, categories, found, self.entries, self.refused, reads)


def found_in(run: Run, chosen: Selection) -> Iterator[Found]:
    """Yield what a run has of each document that is chosen, in its order.

    Raises:
        RunError: where the run is damaged.
    """
    annotations, entries = _grouped(run.annotations()), _grouped(run.ledger())
    refused: dict[str, list[Mapping[str, Any]]] = {}
    for row in run.quarantine():
        refused.setdefault(row["document"], []).append(row)
    for document in run.documents():
        if chosen.takes_document(document.id):
            yield Found(
                run,
                document,
                tuple(annotations.get(document.id, ())),
                tuple(entries.get(document.id, ())),
                tuple(refused.get(document.id, ())),
            )


def shows_silence(chosen: Selection, category: str) -> bool:
    """Tell whether silence on a category may be shown beside what is chosen.

    Where statements are chosen by what they say, it would look as if nothing else was said.
    """
    by_category = not chosen.categories or category in chosen.categories
    return by_category and not (chosen.conditions or chosen.texts)


def _grouped(rows: Iterable[T]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(row.document, []).append(row)
    return groups
