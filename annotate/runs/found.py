"""What a run has of each document: annotations, rows of the ledger and of the quarantine.

One document after the other: all files of a run are in the order of its documents, so that walking
through them side by side takes the memory of one document, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import RunError
from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.silence import Silence, silence

T = TypeVar("T")
_EVERY = Selection()


@dataclass(frozen=True, slots=True)
class Found:
    """What a run has of a document.

    Attributes:
        annotations: all of them, also those that are not asked for.
        samples: the annotations of each other sample of the run.
    """

    run: Run
    document: Document
    annotations: tuple[Annotation, ...]
    entries: tuple[Entry, ...]
    refused: tuple[Mapping[str, Any], ...]
    samples: tuple[tuple[Annotation, ...], ...] = ()

    def silence(self, found: Collection[str]) -> Silence:
        """Say what may be concluded from what was not found, if these categories were.

        Nothing where the schema that the run was made with is not at hand.
        """
        categories = self.run.schema.categories if self.run.schema else ()
        reads = self.run.reads
        return silence(self.document, categories, found, self.entries, self.refused, reads)


def found_in(run: Run, chosen: Selection = _EVERY, samples: Sequence[Run] = ()) -> Iterator[Found]:
    """Yield what a run and its other samples have of each chosen document, in its order.

    Raises:
        RunError: where the run is damaged, or rows of it name no document of it in its order.
    """
    annotations, entries, refused = (
        _Rows(run, "annotations", run.annotations(), lambda each: each.document),
        _Rows(run, "ledger", run.ledger(), lambda each: each.document),
        _Rows(run, "quarantine", run.quarantine(), lambda row: str(row["document"])),
    )
    others = [
        _Rows(each, "annotations", each.annotations(), lambda row: row.document) for each in samples
    ]
    for document in run.documents():
        own = annotations.of(document), entries.of(document), refused.of(document)
        said = tuple(each.of(document) for each in others)
        if chosen.takes_document(document.id):
            yield Found(run, document, *own, said)
    for rows in (annotations, entries, refused):
        rows.check_end()


def annotated(
    run: Run, chosen: Selection = _EVERY
) -> Iterator[tuple[Document, tuple[Annotation, ...]]]:
    """Yield each document of a run with those of its annotations that are chosen, in its order.

    Raises:
        RunError: as `found_in`.
    """
    rows = _Rows(run, "annotations", run.annotations(), lambda each: each.document)
    for document in run.documents():
        yield document, tuple(chosen.of(rows.of(document)))
    rows.check_end()


def silences(run: Run, categories: Iterable[str]) -> Iterator[tuple[Document, Silence]]:
    """Yield each document of a run with what may be concluded from what was not found in it.

    Raises:
        RunError: as `found_in`.
    """
    every = tuple(categories)
    for each in found_in(run):
        stated = {annotation.category for annotation in each.annotations}
        yield (
            each.document,
            silence(each.document, every, stated, each.entries, each.refused, run.reads),
        )


class _Rows(Generic[T]):
    """Rows of a file of a run by document, which stand in the order of the documents."""

    def __init__(self, run: Run, part: str, rows: Iterator[T], named: Callable[[T], str]) -> None:
        self._file = run.place_of(part)
        self._groups = groupby(rows, named)
        self._next = next(self._groups, None)

    def of(self, document: Document) -> tuple[T, ...]:
        """Return the rows of a document; documents are asked for in their order."""
        if self._next is None or self._next[0] != document.id:
            return ()
        rows = tuple(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def check_end(self) -> None:
        """Check that nothing was passed over.

        Raises:
            RunError: where rows are of no document, or not in the order of the documents.
        """
        if self._next is not None:
            raise RunError(
                f"{self._file}: {self._next[0]} is not in documents.jsonl, or its rows stand out "
                "of its order; the same annotate run writes it anew"
            )


def shows_silence(chosen: Selection, category: str) -> bool:
    """Tell whether silence on a category may be shown beside what is chosen.

    Where statements are chosen by what they say, it would look as if nothing else was said.
    """
    by_category = not chosen.categories or category in chosen.categories
    return by_category and chosen.by_category_alone
